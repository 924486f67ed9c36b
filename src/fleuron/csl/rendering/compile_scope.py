"""`CompileScope`: the state shared by the elements of a style while they are compiled into functions (renderers)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from fleuron.csl.rendering.context import Context, Output
from fleuron.csl.style.locales import Locale
from fleuron.csl.style.xml import CSL, StyleError, line_of

Renderer = Callable[[Context], Output]


@dataclass
class CompileScope:
    """One area of a style (citation or bibliography) in one locale.

    ``compile`` turns an element into a renderer. ``options`` are the attributes of the area, of which names inherit
    some (CSL 1.0.2, “Inheritable Name Options”).
    """

    path: str
    root: etree._Element
    locale: Locale
    macros: Mapping[str, etree._Element]
    options: Mapping[str, str]
    compile: Callable[[etree._Element, CompileScope], Renderer]
    compiled: dict[tuple[str, int], Renderer] = field(default_factory=dict)
    open_macros: list[str] = field(default_factory=list)
    uses_year_suffix: bool = False
    # The `names` whose substitutes are being compiled, and the macros in which a childless `names` takes its children.
    inherited_names: etree._Element | None = None
    inheriting_macros: frozenset[str] = frozenset()

    def style_option(self, name: str, default: str = "") -> str:
        """Return an attribute of the style's root element."""
        return str(self.root.get(name, default))

    def error(self, element: etree._Element, problem: str) -> StyleError:
        """Return an error with the line of an element."""
        return StyleError(self.path, line_of(element), problem)

    def children(self, element: etree._Element, *without: str) -> list[Renderer]:
        """Compile the children of an element, except those with the names in ``without``."""
        return [
            self.compile(child, self)
            for child in element
            if isinstance(child.tag, str) and local_name(child) not in without
        ]


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).removeprefix(CSL)
