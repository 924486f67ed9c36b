"""Write the text that a publication has at the foot of its pages, in Markdown, as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt

ALLOWED = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


class FooterParser(MarkdownIt):
    """Reads emphasis and links to web pages and mail addresses; all else, HTML too, is text."""

    def __init__(self) -> None:
        super().__init__("zero")
        self.enable(["emphasis", "link", "escape", "entity"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it spells it so)
        return ALLOWED.fullmatch(url) is not None


def footer_in(footer: str | Mapping[str, str], language: str, source: str) -> tuple[str, str]:
    """Return the footer of an edition as HTML, and its language; "" and "" if there is none.

    ``footer`` is a text in the language of the sources, ``source``, or one for each language.
    """
    texts = {source: footer} if isinstance(footer, str) else footer
    found = next((each for each in (language, source, *texts) if texts.get(each)), "")
    return (str(FooterParser().renderInline(texts[found])), found) if found else ("", "")
