"""Compile rendering elements into functions of a context: `text`, `group`, macros, and the dispatch to all others."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from fleuron.csl.dates.date_element import compile_date
from fleuron.csl.names.names_element import compile_names
from fleuron.csl.rendering.compile_scope import CompileScope, Renderer, local_name
from fleuron.csl.rendering.conditions import compile_choose, render_in_order
from fleuron.csl.rendering.context import Context, Output, VariableUse
from fleuron.csl.rendering.formatting import Formatting, read_formatting
from fleuron.csl.rendering.variables import as_piece, compile_label, compile_number, compile_variable
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Text, join_pieces


def compile_text(element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile `text` with a macro, term, value or variable."""
    formatting = read_formatting(element, scope.locale.language)
    for name, compiler in SOURCES.items():
        if element.get(name) is not None:
            return compiler(element, scope, formatting)
    raise scope.error(element, f"<text> has no content; add one of the attributes: {', '.join(SOURCES)}")


def compile_macro(element: etree._Element, scope: CompileScope, formatting: Formatting) -> Renderer:
    """Compile `text` that calls a macro."""
    macro = compile_macro_call(str(element.get("macro")), element, scope)

    def render(context: Context) -> Output:
        pieces, status = macro(context)
        # A macro counts as a group: it is omitted if all the variables that it uses are empty.
        if status is VariableUse.EMPTY or not pieces:
            return [], status
        return as_piece(formatting.apply(join_pieces(pieces, ()), context), VariableUse.FILLED)

    return render


def compile_macro_call(name: str, element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile a macro, once for each `names` whose children a childless `names` in the macro inherits."""
    if name in scope.open_macros:
        raise scope.error(element, f"the macro “{name}” calls itself: {' → '.join([*scope.open_macros, name])}")
    if name not in scope.macros:
        known = f"existing macros: {', '.join(sorted(scope.macros))}" if scope.macros else "the style has no macros"
        raise scope.error(element, f"the macro “{name}” does not exist; {known}")
    inherited = scope.inherited_names if name in scope.inheriting_macros else None
    key = (name, id(inherited))
    if key not in scope.compiled:
        scope.open_macros.append(name)
        renderers = scope.children(scope.macros[name])
        scope.open_macros.pop()
        scope.compiled[key] = lambda context: render_in_order(renderers, context)
    return scope.compiled[key]


def compile_term(element: etree._Element, scope: CompileScope, formatting: Formatting) -> Renderer:
    """Compile `text` with a term of the locale."""
    name, form = str(element.get("term")), element.get("form", "long")
    plural = element.get("plural") == "true"
    term = scope.locale.term(name, form, plural=plural) or ""
    # The language marks a run as a term of the locale (text in a style has no known language), which is capitalised at
    # the beginning of a note, unless the style puts it in lower case.
    language = "" if formatting.case == "lowercase" else scope.locale.language
    runs = formatting.format_content((Text(term.replace("'", "’"), "", language),)) if term else ()

    output = [formatting.with_affixes(runs) if not formatting.display else formatting.apply(runs)] if runs else []
    # A substitute may be an empty term on purpose.
    if not runs and local_name(parent_of(element)) == "substitute" and scope.locale.find_term(name, form) is not None:
        output = [()]
    return lambda _context: (list(output), VariableUse.NONE)


def parent_of(element: etree._Element) -> etree._Element:
    """Return the parent of an element, or the element itself if it is the root."""
    parent = element.getparent()
    return element if parent is None else parent


def compile_value(element: etree._Element, scope: CompileScope, formatting: Formatting) -> Renderer:
    """Compile `text` with a value in the style."""
    angle = "«" in scope.locale.quotes(0)[0]
    runs = formatting.apply(read_text(str(element.get("value")), "", "", angle)) if element.get("value") else ()
    return lambda _context: as_piece(runs, VariableUse.NONE)


SOURCES: dict[str, Callable[[etree._Element, CompileScope, Formatting], Renderer]] = {
    "macro": compile_macro,
    "term": compile_term,
    "value": compile_value,
    "variable": compile_variable,
}


def compile_group(element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile `group`, which is omitted if it uses variables and all of them are empty."""
    formatting = read_formatting(element, scope.locale.language)
    delimiter = read_text(str(element.get("delimiter") or ""))
    renderers = scope.children(element)

    def render(context: Context) -> Output:
        pieces, status = render_in_order(renderers, context)
        if status is VariableUse.EMPTY or not pieces:
            return [], status
        # “A non-empty nested cs:group is treated as a non-empty variable” (CSL 1.0.2, “Group”).
        return as_piece(formatting.apply(join_pieces(pieces, delimiter), context), VariableUse.FILLED)

    return render


COMPILERS: dict[str, Callable[[etree._Element, CompileScope], Renderer]] = {
    "text": compile_text,
    "number": compile_number,
    "label": compile_label,
    "group": compile_group,
    "choose": compile_choose,
    "date": compile_date,
    "names": compile_names,
}


def compile_element(element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile any rendering element."""
    name = local_name(element)
    if name not in COMPILERS:
        raise scope.error(element, f"<{name}> is not a rendering element; use one of: {', '.join(COMPILERS)}")
    return COMPILERS[name](element, scope)
