"""Check the languages that authors and translators mark words and blocks with (``language-fa``).

In a language whose quotation marks docutils does not know, those that were typed are kept: docutils 0.22 warns of such
a language (`No smart quotes defined`), which ends a build with ``-W``, and its table of quotation marks is the only
place to add one.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import smartchars
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxSmartQuotes, SphinxTransform

from fleuron.config import has_own_theme, languages_of
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.manuscript.source_positions import position_of_words
from fleuron.publication.language_tags import code_of_name, is_language
from fleuron.reporting import report
from fleuron.sphinx_versions import complete_docutils

TYPED_QUOTES = "\"\"''"


class CheckLanguageMarks(SphinxTransform):
    """Report and remove marks that do not name a language; let docutils keep typed quotation marks in the others."""

    default_priority = SphinxSmartQuotes.default_priority - 1

    def apply(self, **kwargs: Any) -> None:
        for element in list(self.document.findall(nodes.Element)):
            for name in [name for name in element["classes"] if name.startswith(LANGUAGE_CLASS)]:
                tag = name.removeprefix(LANGUAGE_CLASS)
                if is_language(tag):
                    keep_typed_quotes(tag)
                else:
                    element["classes"].remove(name)
                    self.report_unknown(element, tag)

    def report_unknown(self, element: nodes.Element, tag: str) -> None:
        code = code_of_name(tag)
        hint = (
            f"; did you mean “{LANGUAGE_CLASS}{code}”?"
            if code
            else f"; write a language code, as in “{LANGUAGE_CLASS}fa”"
        )
        path, line = position_of_words(self.env, self.env.current_document.docname, element, LANGUAGE_CLASS + tag)
        report(Finding(Diagnostic.UNKNOWN_LANGUAGE, line, {"tag": tag, "suggestion": hint}), path)


def keep_typed_quotes(tag: str) -> None:
    """Let docutils keep the typed quotation marks in a language whose own it does not know."""
    tags = normalize_language_tag(tag)
    if not any(name in smartchars.quotes for name in tags):
        smartchars.quotes[tags[-1]] = TYPED_QUOTES


def keep_quotes_of_editions(app: Sphinx, config: Config) -> None:
    """Let docutils keep the typed quotation marks of a publication's languages, as far as it does not know these."""
    if not has_own_theme(config):
        for language in languages_of(config):
            keep_typed_quotes(language)


def setup(app: Sphinx) -> None:
    complete_docutils()
    app.connect("config-inited", keep_quotes_of_editions)
    app.add_transform(CheckLanguageMarks)
