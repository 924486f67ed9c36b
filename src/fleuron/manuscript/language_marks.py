"""The languages that authors and translators mark words and blocks with: each is one that there is.

A quotation in a language without typographic quotation marks keeps those that were typed: docutils 0.22 warns of such
a language (`No smart quotes defined`), so that a block in Persian ended a build; its table of quotation marks is the
one place where it can be told of others.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.utils import normalize_language_tag
from docutils.utils.smartquotes import smartchars
from sphinx.application import Sphinx
from sphinx.transforms import SphinxSmartQuotes, SphinxTransform

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.bidirectional import LANGUAGE
from fleuron.manuscript.source_positions import place_of
from fleuron.publication.language_tags import code_of_name, is_language
from fleuron.reporting import report

TYPED = "\"\"''"


class CheckTongues(SphinxTransform):
    """Tell of a mark that names no language, and take it away; keep the quotation marks of the others."""

    default_priority = SphinxSmartQuotes.default_priority - 1

    def apply(self, **kwargs: Any) -> None:
        for element in list(self.document.findall(nodes.Element)):
            for name in [each for each in element["classes"] if each.startswith(LANGUAGE)]:
                tag = name.removeprefix(LANGUAGE)
                if is_language(tag):
                    keep_quotes(tag)
                else:
                    element["classes"].remove(name)
                    self.tell(element, tag)

    def tell(self, element: nodes.Element, tag: str) -> None:
        near = code_of_name(tag)
        nearest = f"; did you mean “{LANGUAGE}{near}”?" if near else f", as “{LANGUAGE}fa” does; give its code"
        path, line = place_of(self.env, self.env.current_document.docname, element, LANGUAGE + tag)
        report(Finding(Diagnostic.UNKNOWN_LANGUAGE, line, {"tag": tag, "suggestion": nearest}), path)


def keep_quotes(tag: str) -> None:
    tags = normalize_language_tag(tag)
    if not any(each in smartchars.quotes for each in tags):
        smartchars.quotes[tags[-1]] = TYPED


def setup(app: Sphinx) -> None:
    app.add_transform(CheckTongues)
