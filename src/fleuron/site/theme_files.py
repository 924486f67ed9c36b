"""Find the theme's files: its folder, and the template of the landing page, which stands above all editions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from fleuron.compiled_templates import cache_templates

THEME = Path(__file__).parent / "theme"
LANDING_TEMPLATE = "landing.html"


def landing_template(overrides: Sequence[Path]) -> Template:
    """Load the landing page's template, from the first of the folders ``overrides`` that has one, or from the theme.

    A publication's own may extend "theme/landing.html". Raises jinja2.TemplateError.
    """
    folders = [*overrides, THEME, THEME.parent]
    environment = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)
    cache_templates(environment)
    return environment.get_template(LANDING_TEMPLATE)
