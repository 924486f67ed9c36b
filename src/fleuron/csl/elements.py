"""The rendering elements `text`, `number`, `label` and `group`, compiled into functions of a context."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

from fleuron.csl.conditions import compile_choose, in_turn
from fleuron.csl.context import MISSING, Context, Output, Status
from fleuron.csl.dating import compile_date
from fleuron.csl.fieldtext import read_text
from fleuron.csl.formatting import Formatting, read_formatting
from fleuron.csl.names import compile_names
from fleuron.csl.numbers import is_numeric, is_plural, page_ranges, separated
from fleuron.csl.runs import Mark, Run, Span, Text
from fleuron.csl.scope import Renderer, Scope, joined, local
from fleuron.csl.textcase import with_case

# Addresses that a link may lead to; an item comes from anywhere.
SCHEMES = ("http://", "https://", "mailto:")
NUMBERED = frozenset(
    """chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version
    volume""".split()
)
PAGED = frozenset({"page", "locator"})
# A locator that brings a label of its own: “vol. 1, fol. 186”.
LABELLED = re.compile(r"(bk|ch|chap|col|fig|fol|l|n|no|op|p|para|pp|pt|sec|v|vol|vv)s?\.\s", re.IGNORECASE)


def once(runs: Sequence[Run], status: Status = Status.FULL) -> Output:
    return ([tuple(runs)] if runs else []), status


def compile_text(element: etree._Element, scope: Scope) -> Renderer:
    """Compile `text` with whichever of its four sources it has."""
    formatting = read_formatting(element, scope.locale.language)
    for name, compiler in SOURCES.items():
        if element.get(name) is not None:
            return compiler(element, scope, formatting)
    raise scope.error(element, f"<text> has no content; add one of: {', '.join(SOURCES)}")


def compile_macro(element: etree._Element, scope: Scope, formatting: Formatting) -> Renderer:
    macro = called_macro(str(element.get("macro")), element, scope)

    def render(context: Context) -> Output:
        pieces, status = macro(context)
        # A macro counts as a group: it is left out when all the variables that it calls are empty.
        if status is Status.EMPTY or not pieces:
            return [], status
        return once(formatting.apply(joined(pieces, ()), context), Status.FULL)

    return render


def called_macro(name: str, element: etree._Element, scope: Scope) -> Renderer:
    """Compile a macro, once for each `names` that gives its children to those in the macro."""
    if name in scope.open_macros:
        raise scope.error(element, f"the macro “{name}” calls itself: {' → '.join([*scope.open_macros, name])}")
    if name not in scope.macros:
        raise scope.error(element, f"there is no macro “{name}”; there is: {', '.join(sorted(scope.macros)) or 'none'}")
    inherited = scope.inherited_names if name in scope.inheriting_macros else None
    key = (name, id(inherited))
    if key not in scope.compiled:
        scope.open_macros.append(name)
        renderers = scope.children(scope.macros[name])
        scope.open_macros.pop()
        scope.compiled[key] = lambda context: in_turn(renderers, context)
    return scope.compiled[key]


def compile_term(element: etree._Element, scope: Scope, formatting: Formatting) -> Renderer:
    name, form = str(element.get("term")), element.get("form", "long")
    plural = element.get("plural") == "true"
    term = scope.locale.term(name, form, plural=plural) or ""
    # The language tells a term from the words of the style, which are in no language that one could name.
    # One that the style sets in small letters is to stay so at the beginning of a note.
    language = "" if formatting.case == "lowercase" else scope.locale.language
    runs = formatting.inner((Text(term.replace("'", "’"), "", language),)) if term else ()

    output = [formatting.affixed(runs) if not formatting.display else formatting.apply(runs)] if runs else []
    # An empty term is what a substitute may be meant to print.
    if not runs and local(parent_of(element)) == "substitute" and scope.locale.entry(name, form) is not None:
        output = [()]
    return lambda _context: (list(output), Status.IDLE)


def parent_of(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def compile_value(element: etree._Element, scope: Scope, formatting: Formatting) -> Renderer:
    angle = "«" in scope.locale.quotes(0)[0]
    runs = formatting.apply(read_text(str(element.get("value")), "", "", angle)) if element.get("value") else ()
    return lambda _context: once(runs, Status.IDLE)


def compile_variable(element: etree._Element, scope: Scope, formatting: Formatting) -> Renderer:
    name = str(element.get("variable"))
    if element.get("form") == "short" and name in ("title", "container-title"):
        variables = (f"{name}-short", name)
    else:
        variables = (name,)
    if name == "year-suffix":
        scope.uses_year_suffix = True
        return lambda context: render_suffix(context, formatting)
    if name == "citation-label":
        return lambda context: render_label(context, formatting)
    angle = "«" in scope.locale.quotes(0)[0]
    ranges = scope.style_option("page-range-format")
    delimiter = scope.locale.term("page-range-delimiter") or "–"
    ampersand = scope.locale.term("and", "symbol") or "&"

    def render(context: Context) -> Output:
        for variable in variables:
            value = context.value(variable)
            if value is not None:
                break
        else:
            return MISSING
        context.touch(name)
        text = str(value)
        if variable in PAGED:
            ranged = ranges if variable == "page" or context.cite.label == "page" else ""
            text = page_ranges(text, ranged, delimiter, ampersand)
        runs = linked(variable, text, context, angle)
        return once(formatting.apply(runs, context))

    return render


def render_suffix(context: Context, formatting: Formatting) -> Output:
    """Render the letter that tells works of one author and year apart."""
    suffix = context.distinction.year_suffix
    if suffix is None or context.suffix_shown or context.plain_years:
        return [], Status.IDLE  # a letter that is not needed leaves its group as it is
    context.suffix_shown = True
    return once(formatting.apply((Text(suffix_letters(suffix), "year-suffix"),)))


def suffix_letters(number: int) -> str:
    """Write a number from 0 as a year suffix: a to z, aa, ab."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def render_label(context: Context, formatting: Formatting) -> Output:
    """Render the citation label, with the letter that tells works with the same one apart."""
    text = str(context.value("citation-label") or "")
    if not text:
        return MISSING
    suffix = context.distinction.year_suffix
    runs: tuple[Run, ...] = (Text(text, "citation-label"),)
    if suffix is not None and not context.suffix_shown and not context.plain_years:
        context.suffix_shown = True
        runs = (*runs, Text(suffix_letters(suffix), "year-suffix"))
    return once(formatting.apply(runs, context))


def linked(variable: str, text: str, context: Context, angle: bool) -> tuple[Run, ...]:
    """Read the text of a variable; an address is not prose, and becomes a link where it is a safe one."""
    if variable in ("URL", "DOI", "PMID", "PMCID"):
        address = {"DOI": "https://doi.org/", "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
                   "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/"}.get(variable, "") + text  # fmt: skip
        if variable == "DOI" and text.lower().startswith(("http://", "https://")):
            address = text
        if address.lower().startswith(SCHEMES):
            return (Span(Mark.LINK, (Text(text, variable),), address),)
        return (Text(text, variable),)
    if variable == "first-reference-note-number":
        return (Span(Mark.LINK, (Text(text, variable),), f"#note-{text}"),)
    return read_text(text, variable, context.item.language, angle)


SOURCES: dict[str, Callable[[etree._Element, Scope, Formatting], Renderer]] = {
    "macro": compile_macro,
    "term": compile_term,
    "value": compile_value,
    "variable": compile_variable,
}


def compile_number(element: etree._Element, scope: Scope) -> Renderer:
    """Compile `number`: a numeric value in a form, any other value as it is."""
    formatting = read_formatting(element, scope.locale.language)
    variable, form = str(element.get("variable")), element.get("form", "numeric")
    gender = scope.locale.gender_of(variable)
    ranges = scope.style_option("page-range-format")
    delimiter = scope.locale.term("page-range-delimiter") or "–"
    ampersand = scope.locale.term("and", "symbol") or "&"

    def render(context: Context) -> Output:
        value = context.value(variable)
        if value is None:
            return MISSING
        context.touch(variable)
        text = str(value)
        if variable in PAGED:
            text = page_ranges(text, ranges, delimiter, ampersand)
        elif is_numeric(value):
            text = separated(text, form, scope.locale, gender)
        return once(formatting.apply((Text(text, variable, context.item.language),), context))

    return render


def compile_label(element: etree._Element, scope: Scope) -> Renderer:
    """Compile `label` of a number or locator, in the plural where there are several."""
    formatting = read_formatting(element, scope.locale.language)
    variable, form = str(element.get("variable")), element.get("form", "long")
    plural = element.get("plural", "contextual")

    def render(context: Context) -> Output:
        value = context.value(variable)
        if value is None:
            return MISSING
        if variable == "locator" and LABELLED.match(str(value)):
            return [], Status.IDLE
        name = (context.cite.label or "page").replace("sub verbo", "sub-verbo") if variable == "locator" else variable
        many = plural == "always" or (plural == "contextual" and names_several(variable, value))
        term = scope.locale.term(name, form, plural=many) or (
            scope.locale.term("sub verbo", form, plural=many) if name == "sub-verbo" else None
        )
        return once(formatting.apply((Text(term),)) if term else (), Status.IDLE)

    return render


def names_several(variable: str, value: Any) -> bool:
    if variable in ("number-of-pages", "number-of-volumes"):
        return not str(value).strip().isdigit() or int(str(value)) > 1
    return is_plural(str(value))


def compile_group(element: etree._Element, scope: Scope) -> Renderer:
    """Compile `group`, which is left out when it calls variables and all of them are empty."""
    formatting = read_formatting(element, scope.locale.language)
    delimiter = read_text(str(element.get("delimiter") or ""))
    renderers = scope.children(element)

    def render(context: Context) -> Output:
        pieces, status = in_turn(renderers, context)
        if status is Status.EMPTY or not pieces:
            return [], status
        # “A non-empty nested cs:group is treated as a non-empty variable” (CSL 1.0.2, “Group”).
        return once(formatting.apply(joined(pieces, delimiter), context), Status.FULL)

    return render


COMPILERS: dict[str, Callable[[etree._Element, Scope], Renderer]] = {
    "text": compile_text,
    "number": compile_number,
    "label": compile_label,
    "group": compile_group,
    "choose": compile_choose,
    "date": compile_date,
    "names": compile_names,
}


def compile_element(element: etree._Element, scope: Scope) -> Renderer:
    """Compile any rendering element."""
    name = local(element)
    if name not in COMPILERS:
        raise scope.error(element, f"<{name}> is no rendering element; there is: {', '.join(COMPILERS)}")
    return COMPILERS[name](element, scope)


def capitalised(runs: Sequence[Run], language: str) -> tuple[Run, ...]:
    return with_case(runs, "capitalize-first", language, english=True)
