"""Read which rules of a publication's own style sheets hide text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tinycss2
from cssselect2 import Matcher, SelectorError, compile_selector_list
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder

# Rules with other rules in them that do not depend on the medium.
GROUPS = frozenset({"supports", "layer", "container", "scope"})
# A size that is not relative to that of the text around it.
SIZE = re.compile(r"[\d.]*[1-9][\d.]*(?:px|pt|rem|mm|cm|in|pc)")
MEDIA_TYPES = re.compile(r"\b(?:all|print|screen|speech)\b")


@dataclass(frozen=True)
class StyleSheet:
    """A style sheet: how messages name it, and what it says."""

    name: str
    text: str


def own_style_sheets(builder: Builder) -> tuple[StyleSheet, ...]:
    """Return the style sheets that conf.py names for what a builder writes, named by their path in the publication.

    Those that pages have for paper alone are left out.
    """
    source, paths = Path(builder.srcdir), []
    if isinstance(builder, StandaloneHTMLBuilder) and builder.name != "pdf":
        for name, attributes in builder.get_builder_config("css_files", "html"):
            in_folders = [source / folder / name for folder in builder.config.html_static_path]
            if attributes.get("media") != "print":
                paths += [path for path in in_folders if path.is_file()][-1:]
    else:
        paths = [source / name for name in builder.config.fleuron_pdf_css if (source / name).is_file()]
    # The folders of html_static_path may be anywhere.
    names = [Path(os.path.relpath(path, source)).as_posix() for path in paths]
    return tuple(
        StyleSheet(name, path.read_text("utf-8", errors="replace")) for name, path in zip(names, paths, strict=True)
    )


@dataclass(frozen=True)
class Declaration:
    """A value of a property by which a text may be hidden or shown, and how a message says where that stands."""

    name: str
    value: str
    is_important: bool
    where: str

    @property
    def hides(self) -> bool:
        """Whether nothing is seen of a text with this value."""
        if self.name == "display":
            return self.value == "none"
        if self.name == "visibility":
            return self.value in ("hidden", "collapse")
        return re.fullmatch(r"0*\.?0*(?:[a-z]+|%)?", self.value) is not None and "0" in self.value

    @property
    def is_inherited(self) -> bool:
        """Whether what is within an element may be shown again."""
        return self.name in ("visibility", "font-size")

    @property
    def shows(self) -> bool:
        """Whether a text is seen with this value, whatever that of the element around it is."""
        if self.name == "visibility":
            return not self.hides and self.value not in ("inherit", "unset")
        return self.name == "font-size" and SIZE.match(self.value) is not None


HIDING = frozenset({"display", "visibility", "font-size", "opacity"})


def declarations(content: Any, where: str) -> Iterator[Declaration]:
    """Yield the declarations of a rule, or of a style attribute, by which a text may be hidden or shown."""
    for part in tinycss2.parse_blocks_contents(content):
        if part.type == "declaration" and part.lower_name in HIDING:
            value = tinycss2.serialize(part.value).strip().lower()
            yield Declaration(part.lower_name, value, part.important, f"“{part.lower_name}: {value}” {where}")


@lru_cache(maxsize=4)
def hiding_rules(sheets: tuple[StyleSheet, ...], medium: str) -> Matcher | None:
    """Return what style sheets declare of display, visibility and size in a medium; None if none of it hides a text."""
    matcher = Matcher()
    hides = False
    for sheet in sheets:
        rules = tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True)
        for rule in rules_for(rules, medium):
            found = tuple(declarations(rule.content, f"at line {rule.source_line} of {sheet.name}"))
            with suppress(SelectorError):
                for selector in compile_selector_list(rule.prelude) if found else ():
                    if selector.pseudo_element is None:
                        matcher.add_selector(selector, found)
                        hides = hides or any(each.hides for each in found)
    return matcher if hides else None


def rules_for(rules: Sequence[Any], medium: str) -> Iterator[Any]:
    """Yield the rules with selectors that are for a medium."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.content is not None:
            types = MEDIA_TYPES.findall(tinycss2.serialize(rule.prelude).lower())
            is_for = rule.lower_at_keyword == "media" and (not types or medium in types or "all" in types)
            if is_for or rule.lower_at_keyword in GROUPS:
                yield from rules_for(tinycss2.parse_rule_list(rule.content), medium)


def winning(found: Sequence[Declaration]) -> dict[str, Declaration]:
    """Return the declaration that counts for each property; the later ones are of more specific rules."""
    best: dict[str, Declaration] = {}
    for each in found:
        if each.name not in best or each.is_important or not best[each.name].is_important:
            best[each.name] = each
    return best
