"""Keep lines that begin with a percent sign, which MyST takes for comments: Turkish writes the sign before a number.

In a publication this holds for every text. In a project that has a theme of its own, it holds for articles and for the
files of contributors; the project's other pages may have comments.
"""

from __future__ import annotations

from dataclasses import replace

from sphinx.application import Sphinx

from fleuron.config import has_own_theme
from fleuron.publication.document_names import is_article, is_contributor

# The rule of MyST 5.2 (`mdit_py_plugins.myst_blocks`); `+++` and `(label)=` are rules of their own.
COMMENT_RULE = "myst_line_comment"


def choose_comment_rule(app: Sphinx, document: str, content: list[str]) -> None:
    """Let MyST read a document with its comments or without them; included files are read like the document."""
    disabled = list(app.config.myst_disable_syntax)
    if not has_own_theme(app.config) or is_article(document) or is_contributor(document):
        disabled.append(COMMENT_RULE)
    app.env.myst_config = replace(app.env.myst_config, disable_syntax=disabled)  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    app.connect("source-read", choose_comment_rule)
