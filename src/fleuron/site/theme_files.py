"""Find the theme's files: its folder, and the templates of the pages that belong to several editions."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from fleuron.compiled_templates import cache_templates
from fleuron.look.colours import ACCENT, lightened

THEME = Path(__file__).parent / "theme"
LANDING_TEMPLATE, PARALLEL_TEMPLATE = "landing.html", "parallel.html"
# The style sheets of the theme, and of the publication's own colours and mark, in `_static`.
THEME_SHEETS, LOOK = ("fleuron.css", "overviews.css"), "look.css"
# A comment, a string, or white space with the punctuation around it (CSS Syntax Level 3).
SHEET_PART = re.compile(r"""/\*.*?\*/|("[^"]*"|'[^']*')|\s*([{};,])\s*|(:)\s+|(\s+)""", re.DOTALL)


def compact_style_sheet(text: str) -> str:
    """Return a style sheet without comments and the white space that says nothing: it is half as large.

    No address in it is without quotation marks, and no selector has white space after a colon.
    """

    def shortened(found: re.Match[str]) -> str:
        string, mark, colon, space = found.groups()
        return string or mark or colon or (" " if space else "")

    without_comments = SHEET_PART.sub(lambda found: "" if found[0].startswith("/*") else found[0], text)
    return SHEET_PART.sub(shortened, without_comments).replace(";}", "}").strip() + "\n"


def look_style_sheet(look: Mapping[str, str], mark: bytes) -> str:
    """Return the rules for the publication's own colours and mark (``fleuron_theme``)."""
    rules = ""
    if not {"accent", "accent-dark"}.isdisjoint(look):
        light = look.get("accent", ACCENT)
        dark = look.get("accent-dark") or lightened(light)
        rules += f":root{{--accent:{light}}}\n"
        rules += f"@supports (color: light-dark(black, white)){{:root{{--accent:light-dark({light}, {dark})}}}}\n"
    if "mark" in look:
        # Embedded, as in the theme's style sheet: browsers load no mask from a disk.
        rules += f':root{{--mark:url("data:image/svg+xml;base64,{b64encode(mark).decode()}")}}\n'
    return rules


def landing_template(overrides: Sequence[Path]) -> Template:
    """Load the landing page's template, from the first of the folders ``overrides`` that has one, or from the theme.

    A publication's own may extend "theme/landing.html". Raises jinja2.TemplateError.
    """
    return template_named(LANDING_TEMPLATE, overrides)


def parallel_template(overrides: Sequence[Path]) -> Template:
    """Load the template of an article in two languages, as that of the landing page."""
    return template_named(PARALLEL_TEMPLATE, overrides)


def template_named(name: str, overrides: Sequence[Path]) -> Template:
    folders = [*overrides, THEME, THEME.parent]
    environment = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)
    cache_templates(environment)
    return environment.get_template(name)
