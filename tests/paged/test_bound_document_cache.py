"""PDFs are reused until a part, their metadata, the programs or their own bytes change."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from fleuron.paged.binding import bound_document_cache
from fleuron.paged.binding.bound_document import Attachment, BoundDocument, PreparedPart
from fleuron.paged.binding.bound_document_cache import BoundDocumentCache

PARTS = (PreparedPart("front", b"pages i", 1, "roman"), PreparedPart("one", b"pages 1", 1, recto=True))
DAY = datetime.datetime(2026, 11, 27, tzinfo=datetime.UTC)
SOURCE = Attachment("one.md", "text/markdown", b"words", "Source", "Source", DAY)
BOOK = BoundDocument("A Review", "en", links={"d-one": "https://press.example/one.html"}, attachments=(SOURCE,))


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> list[BoundDocument]:
    """What was bound anew."""
    found: list[BoundDocument] = []

    def bind(parts: Iterable[PreparedPart], book: BoundDocument) -> bytes:
        found.append(book)
        return f"{book.title} {len(found)}".encode() + b"".join(part.pdf for part in parts)

    monkeypatch.setattr(bound_document_cache, "bind", bind)
    return found


@pytest.fixture
def build(tmp_path: Path, bound: list[BoundDocument]) -> Callable[..., bytes]:
    """Bind a document in a build of its own and write it as ``en/one.pdf``."""

    def build(
        parts: tuple[PreparedPart, ...] = PARTS, book: BoundDocument = BOOK, programs: str = "programs 1"
    ) -> bytes:
        stand = BoundDocumentCache(tmp_path, tmp_path / "books.json", programs)
        content = stand.bind(parts, book)
        (tmp_path / "en").mkdir(exist_ok=True)
        (tmp_path / "en/one.pdf").write_bytes(content)
        stand.save_record({"en/one.pdf": content})
        return content

    return build


def test_the_same_parts_are_bound_once(build: Callable[..., bytes], bound: list[BoundDocument]) -> None:
    assert build() == build() == build(book=replace(BOOK, links=dict(BOOK.links)))
    assert len(bound) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"parts": (PARTS[0], replace(PARTS[1], pdf=b"pages 2"))},
        {"parts": (PARTS[0], replace(PARTS[1], first_folio=3))},
        {"parts": (PARTS[0], replace(PARTS[1], recto=False))},
        {"parts": (replace(PARTS[0], numbering="decimal"), PARTS[1])},
        {"parts": PARTS[::-1]},
        {"parts": PARTS[1:]},
        {"book": replace(BOOK, version="2")},
        {"book": replace(BOOK, links={"d-one": "https://press.example/1.html"})},
        {"book": replace(BOOK, attachments=(replace(SOURCE, content=b"other words"),))},
        {"programs": "programs 2"},
    ],
    ids=lambda changed: "-".join(changed),
)
def test_a_change_of_anything_binds_again(
    changed: dict[str, object], build: Callable[..., bytes], bound: list[BoundDocument]
) -> None:
    build()
    build(**changed)
    assert len(bound) == 2


@pytest.mark.parametrize("content", [b"", b"damaged", None], ids=["empty", "damaged", "gone"])
def test_a_pdf_whose_bytes_have_changed_is_bound_again(
    content: bytes | None, build: Callable[..., bytes], bound: list[BoundDocument], tmp_path: Path
) -> None:
    build()
    if content is None:
        (tmp_path / "en/one.pdf").unlink()
    else:
        (tmp_path / "en/one.pdf").write_bytes(content)
    build()
    assert len(bound) == 2


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"format": "older", "books": {}}', '{"format"'])
def test_a_record_that_cannot_be_read_counts_as_empty(
    written: str, build: Callable[..., bytes], bound: list[BoundDocument], tmp_path: Path
) -> None:
    build()
    (tmp_path / "books.json").write_text(written, "utf-8")
    build()
    assert len(bound) == 2


def test_pdfs_that_a_build_does_not_bind_stay_in_the_record(
    build: Callable[..., bytes], bound: list[BoundDocument], tmp_path: Path
) -> None:
    build()
    stand = BoundDocumentCache(tmp_path, tmp_path / "books.json", "programs 1")
    other = stand.bind(PARTS[:1], replace(BOOK, title="Another"))
    (tmp_path / "other.pdf").write_bytes(other)
    stand.save_record({"other.pdf": other})
    build()
    assert [book.title for book in bound] == ["A Review", "Another"]
