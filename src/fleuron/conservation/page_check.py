"""Compare each page that a build writes with the doctree that it was written from, and report what was lost."""

from __future__ import annotations

from pathlib import Path

from sphinx.environment import BuildEnvironment

from fleuron.conservation.comparison import compare
from fleuron.conservation.hidden_words import report_hidden
from fleuron.conservation.html_words import words_of_html, words_of_page
from fleuron.conservation.loss_reports import report_losses
from fleuron.conservation.words import Streams


def check_page(env: BuildEnvironment, document: str, expected: Streams, fragment: str, page: Path) -> None:
    """Report the words of a document that its page lacks, or has in the wrong place.

    ``fragment`` is the HTML of its body. The templates of most themes write it as it is, and other words around it;
    where an extension has changed it since, the whole page is read.
    """
    written = page.read_text("utf-8", errors="replace")
    is_whole = fragment in written
    found = words_of_html(fragment) if is_whole else words_of_page(written)
    losses = compare(expected, found, all_known=is_whole and not expected.is_extended)
    where = "page" if page.suffix == ".html" else "EPUB"
    report_losses(env, document, losses, where)
    report_hidden(env, document, expected, fragment if is_whole else written, where, written)
