"""Show HTML as text where a publication is built with ``--untrusted``: it could run scripts in a reader's browser."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.source_positions import position_of
from fleuron.manuscript.translated.message_parser import is_line_break
from fleuron.reporting import report

COMMENTS = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)


class ShowRawMarkupAsText(SphinxTransform):
    """Show HTML as text, and leave out what tells a browser to open another page."""

    # After `ShowMarkupAsText`, which reports the HTML of titles and translations.
    default_priority = Locale.default_priority + 2

    def apply(self, **kwargs: Any) -> None:
        if not self.config.fleuron_untrusted:
            return
        for raw in list(self.document.findall(nodes.raw)):
            markup = raw.astext()
            if is_line_break(raw) or "html" not in raw.get("format", "").split():
                continue
            if COMMENTS.fullmatch(markup):
                raw.parent.remove(raw)
                continue
            self.report(raw, markup)
            text = nodes.Text(markup)
            raw.replace_self(text if isinstance(raw.parent, nodes.TextElement) else nodes.paragraph("", "", text))
        for meta in list(self.document.findall(nodes.meta)):
            if "http-equiv" in meta:
                self.report(meta, f"http-equiv={meta['http-equiv']}")
                meta.parent.remove(meta)

    def report(self, node: nodes.Element, markup: str) -> None:
        path, line = position_of(node, self.document["source"])
        report(Finding(Diagnostic.RAW_MARKUP, line, {"markup": markup.strip()}), path)


def setup(app: Sphinx) -> None:
    app.add_transform(ShowRawMarkupAsText)
