"""Report text that looks like a picture but is not one, because its name has spaces."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.source_positions import position_of_words
from fleuron.reporting import report

# ``![](a b.png)``, which Markdown takes for text (CommonMark 0.31, 6.3).
PICTURE = re.compile(
    r"!\[[^\]]*\]\(\s*(?P<name>(?:[^<>\"\n()\0]|\([^<>\"\n()\0]*\))*\.(?:png|jpe?g|gif|webp|svg|tiff?|avif|bmp))\s*\)",
    re.IGNORECASE,
)
WITHOUT_MARKUP = (nodes.literal, nodes.FixedTextElement, nodes.raw, nodes.comment)


def report_misread_pictures(app: Sphinx, doctree: nodes.document) -> None:
    """Report each text that looks like a picture."""
    for block in doctree.findall(nodes.TextElement):
        # What is not text between two texts is not part of a name.
        text = "".join(str(child) if isinstance(child, nodes.Text) else "\0" for child in block.children)
        if isinstance(block, WITHOUT_MARKUP) or "![" not in text:
            continue
        for match in PICTURE.finditer(text):
            if " " in match["name"]:
                path, line = position_of_words(app.env, app.env.current_document.docname, block, match["name"])
                report(Finding(Diagnostic.MISREAD_PICTURE, line, {"name": match["name"], "words": match[0]}), path)


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", report_misread_pictures)
