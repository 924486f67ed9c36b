"""Read the words of HTML that an author wrote."""

from __future__ import annotations

from fleuron.conservation.html_words import UNSEEN
from fleuron.manuscript.restrictions.html_parser import LenientHtmlParser


class RawText(LenientHtmlParser):
    """Reads the text of a piece of HTML that an author wrote, whose elements may begin and end in other pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        if tag == "img":
            self.parts.append(f" {dict(attrs).get('alt') or ''} ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in UNSEEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN and self.unseen:
            self.unseen -= 1

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def text_of_raw(piece: str) -> str:
    """Return the text of a piece of HTML."""
    reader = RawText()
    reader.feed(piece)
    reader.close()
    return "".join(reader.parts)
