"""Read HTML as browsers do where Python's parser gives up."""

from __future__ import annotations

from html.parser import HTMLParser


class LenientHtmlParser(HTMLParser):
    """Reads ``<![`` as the beginning of a comment (HTML, 13.2.5.42), at which Python 3.11 raises AssertionError."""

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        return self.parse_bogus_comment(i, bool(report))
