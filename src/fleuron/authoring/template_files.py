"""Fill in the templates of new files, which are plain files in the folder `templates`."""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

# How the name of a template ends whose variables are filled in; other files are copied.
SUFFIX = ".jinja"


def template_folder() -> Traversable:
    return files(__package__).joinpath("templates")


def literal(value: object) -> str:
    """Return a text or a list of texts as it is written in Python and in YAML, on one line."""
    return json.dumps(value, ensure_ascii=False)


def source_of(name: str) -> str:
    """Return the text of a template by its path in the folder."""
    return template_folder().joinpath(*name.split("/")).read_text("utf-8")


def filled_in(template: str, /, **values: Any) -> str:
    """Return the text of a template with its variables filled in; a file that is not a template as it is."""
    if not template.endswith(SUFFIX):
        return source_of(template)
    environment = Environment(
        loader=FunctionLoader(source_of),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the files are Markdown, YAML and Python
    )
    environment.filters["literal"] = literal
    return environment.get_template(template).render(**values)
