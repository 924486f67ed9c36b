"""Compile a style for one locale: its citation and bibliography as renderers, with their options and sort keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from fleuron.csl.rendering.compile_scope import CompileScope, Renderer
from fleuron.csl.rendering.conditions import render_in_order
from fleuron.csl.rendering.context import Context, NameLimits, VariableUse
from fleuron.csl.rendering.elements import compile_element, compile_macro_call
from fleuron.csl.rendering.formatting import Formatting, read_formatting
from fleuron.csl.style.locales import Locale, locale_for_style
from fleuron.csl.style.style_files import Style
from fleuron.csl.style.xml import CSL, StyleError
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Run, join_pieces
from fleuron.csl.vocabulary import NAME_VARIABLES


@dataclass(frozen=True)
class SortKey:
    """One sort key: a variable, or the renderer of a macro or of names; its direction and its limits on names."""

    variable: str
    rendered: Renderer | None
    descending: bool
    limits: NameLimits


@dataclass(frozen=True)
class Area:
    """The `citation` or `bibliography` element of a style, compiled."""

    options: Mapping[str, str]
    elements: tuple[Renderer, ...]
    layout: Formatting
    delimiter: tuple[Run, ...]
    keys: tuple[SortKey, ...]

    def option(self, name: str, default: str = "") -> str:
        """Return an option as text."""
        return self.options.get(name, default)

    def flag(self, name: str) -> bool:
        """Return whether an option is “true”."""
        return self.options.get(name) == "true"

    def number(self, name: str, default: int) -> int:
        """Return an option as a whole number, or the default if it is not one."""
        found = read_whole_number(self.options.get(name))
        return default if found is None else found

    def render(self, context: Context) -> tuple[Run, ...]:
        """Render a cite or an entry, without the formatting and affixes of the layout."""
        pieces, _status = render_in_order(list(self.elements), context)
        return join_pieces(pieces, ())


@dataclass(frozen=True)
class CompiledStyle:
    """A style in a locale, ready to render."""

    style: Style
    locale: Locale
    citation: Area
    bibliography: Area | None
    has_disambiguate_tests: bool = False
    capitalizes_prefixes: bool = False

    def option(self, name: str, default: str = "") -> str:
        """Return an attribute of the style's root element."""
        return str(self.style.root.get(name, default))


def compile_style(style: Style, language: str = "") -> CompiledStyle:
    """Compile a style for a language (BCP 47), or for the style's own, or for en-US.

    Raises
    ------
    StyleError
        The style calls a macro that does not exist or calls itself, or has an element that CSL does not define.
    """
    locale = locale_for_style(language or style.default_locale or "en-US", style.locales)
    citation = compile_area(style, locale, "citation")
    if citation is None:
        raise StyleError(style.path, 1, "the style must have a <citation> element")
    has_disambiguate_tests = any(
        condition.get("disambiguate") for condition in style.root.iter(f"{CSL}if", f"{CSL}else-if")
    )
    return CompiledStyle(
        style,
        locale,
        citation,
        compile_area(style, locale, "bibliography"),
        has_disambiguate_tests,
        style.capitalizes_prefixes,
    )


def compile_area(style: Style, locale: Locale, name: str) -> Area | None:
    """Compile `citation` or `bibliography`; return None if the style has no such element."""
    element = style.area(name)
    if element is None:
        return None
    options = {str(key): str(value) for key, value in element.attrib.items()}
    citation = style.area("citation")
    if citation is not None and "disambiguate-add-year-suffix" in citation.attrib:
        options["disambiguate-add-year-suffix"] = str(citation.attrib["disambiguate-add-year-suffix"])
    scope = CompileScope(style.path, style.root, locale, style.macros, options, compile_element)
    scope.inheriting_macros = macros_with_inherited_names(style)
    # The year suffix is added to the first year that is rendered, unless the style renders it itself.
    scope.uses_year_suffix = places_year_suffix(style, element)
    layout = element.find(f"{CSL}layout")
    if layout is None:
        raise scope.error(element, f"<{name}> must have a <layout>")
    elements = tuple(scope.children(layout))
    return Area(
        options,
        elements,
        read_formatting(layout, locale.language),
        read_text(str(layout.get("delimiter") or "")),
        tuple(compile_key(key, scope) for key in element.iterfind(f"{CSL}sort/{CSL}key")),
    )


def macros_with_inherited_names(style: Style) -> frozenset[str]:
    """Find the macros with a childless `names`, in them or in macros that they call."""
    found = {
        name for name, macro in style.macros.items() if any(len(element) == 0 for element in macro.iter(f"{CSL}names"))
    }
    while True:
        more = {
            name
            for name, macro in style.macros.items()
            if name not in found and any(element.get("macro") in found for element in macro.iter(f"{CSL}text"))
        }
        if not more:
            return frozenset(found)
        found |= more


def places_year_suffix(style: Style, area: etree._Element) -> bool:
    """Return whether an area renders the variable `year-suffix` itself, directly or in a macro."""
    visited: set[str] = set()
    pending = [area]
    while pending:
        for element in pending.pop().iter(f"{CSL}text"):
            if element.get("variable") == "year-suffix":
                return True
            macro = str(element.get("macro") or "")
            if macro and macro not in visited and macro in style.macros:
                visited.add(macro)
                pending.append(style.macros[macro])
    return False


def read_whole_number(value: str | None) -> int | None:
    """Read the whole number in an attribute; return None if it is not one."""
    return int(value) if value is not None and value.isdecimal() else None


def compile_key(key: etree._Element, scope: CompileScope) -> SortKey:
    """Compile a sort key (CSL 1.0.2, “Sorting”)."""
    variable, macro = str(key.get("variable") or ""), str(key.get("macro") or "")
    if bool(variable) == bool(macro):
        raise scope.error(key, "a sort <key> must have either a variable or a macro")
    names_min, names_use_first = (read_whole_number(key.get(name)) for name in ("names-min", "names-use-first"))
    limits = NameLimits(names_min, names_use_first, key.get("names-use-last"))
    rendered = compile_macro_call(macro, key, scope) if macro else compile_names_key(variable, scope)
    return SortKey(variable, rendered, key.get("sort") == "descending", limits)


def compile_names_key(variable: str, scope: CompileScope) -> Renderer | None:
    """Compile the sort key of a name variable: as many of its names as the style shows, in full ("Sorting")."""
    if variable not in NAME_VARIABLES:
        return None
    names = etree.Element(f"{CSL}names", {"variable": variable})
    etree.SubElement(names, f"{CSL}name", {"form": "long", "name-as-sort-order": "all"})
    return scope.compile(names, scope)


def render_sort_key(key: SortKey, context: Context) -> tuple[Run, ...]:
    """Render the text of a sort key; return no runs if it has no content."""
    if key.rendered is None:
        return ()
    pieces, status = key.rendered(context)
    return join_pieces(pieces, ()) if status is not VariableUse.EMPTY else ()
