"""What is wrong with a page's markup: elements that do not end, that are where HTML has none, and ids given twice."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from fleuron.epub.raw_html import ENDING_PARAGRAPHS, VOID

# What may stand within itself nowhere below.
NOT_WITHIN_ITSELF = frozenset({"a", "button", "label", "form", "p"})
# Elements whose end tag raw HTML may leave out, and the browser puts in.
OPTIONAL_END = frozenset({"li", "dt", "dd", "td", "th", "tr", "p"})


class MarkupReader(HTMLParser):
    """Reads a page as it was written, without the corrections that browsers make."""

    def __init__(self) -> None:
        super().__init__()
        self.open_elements: list[str] = []
        self.ids: Counter[str] = Counter()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids.update(value or "" for name, value in attrs if name == "id")
        if "svg" not in self.open_elements and "math" not in self.open_elements:
            if "p" in self.open_elements and tag in ENDING_PARAGRAPHS:
                self.faults.append(f"{tag} in p at {self.getpos()}")
            if tag in NOT_WITHIN_ITSELF and tag in self.open_elements:
                self.faults.append(f"{tag} in {tag} at {self.getpos()}")
        if tag not in VOID:
            self.open_elements.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids.update(value or "" for name, value in attrs if name == "id")

    def handle_endtag(self, tag: str) -> None:
        while self.open_elements and self.open_elements[-1] != tag and self.open_elements[-1] in OPTIONAL_END:
            self.open_elements.pop()
        if not self.open_elements or self.open_elements.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


def faults_of_page(path: Path) -> list[str]:
    """Return what is wrong with the markup of a page, with lines and columns."""
    reader = MarkupReader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    doubled = [f"two elements have the id {name}" for name, number in reader.ids.items() if number > 1]
    return [*reader.faults, *doubled, *(f"{tag} does not end" for tag in reader.open_elements if tag != "html")]
