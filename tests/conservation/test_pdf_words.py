"""No word of a sheet is lost in its PDF: words are taken out of the tags of a laid-out page, and each loss is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from lxml import html

from fleuron.conservation.comparison import LostWord, compare
from fleuron.conservation.pdf_words import words_of_pdf
from fleuron.conservation.sheet_words import words_of_sheet
from fleuron.conservation.words import as_printed
from fleuron.diagnostics import Diagnostic
from fleuron.paged.layout.units import LaidOut, Unit
from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.support.bound_book import font_set

# Each word is in an element of its own, and so has a tag of its own.
WORDS = ("alder", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel", "ironwood", "juniper", "larch", "maple")
IN_NOTE = ("larch", "maple")


def marked(word: str) -> str:
    return f'<bdi lang="la">{word}</bdi>'


BODY = (
    "<article><h1>The {0} title</h1><p>A {1} and {2}<span class='pagenote' id='n1' data-number='1'>See {10}, "
    "with care, {11}."
    "</span> or a {3}.</p><ul><li>One {4}</li><li>Two {5}</li></ul><blockquote><p>Say {6}</p></blockquote>"
    "<table><tr><th>Head {7}</th><td>Cell {8}</td></tr></table><p>At last a {9}.</p></article>".format(
        *map(marked, WORDS)
    )
)
SHEET = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>{BODY}</body></html>'
STYLE = "::footnote-call { content: attr(data-number) } .pagenote { float: footnote }"


@cache
def laid() -> bytes:
    pages: LaidOut = lay_out(Unit("one", SHEET, STYLE, "en", 1, font_set(), "test"))
    assert (pages.losses, pages.lost_words) == ((), ())
    return pages.pdf


def elements(element: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each structure element below one, with its parent."""
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid, element
            yield from elements(kid)


class Tags:
    """The tags of the page: those of the words in their order, by the word, and of the note and the last paragraph."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        found = list(elements(pdf.Root.StructTreeRoot.K[0]))
        spans = [(span, parent) for span, parent in found if span.get("/Lang") == "la"]
        in_order = [*WORDS[:3], *IN_NOTE, *WORDS[3:10]]
        assert len(spans) == len(in_order)
        self.words = dict(zip(in_order, spans, strict=True))
        self.note = next(element for element, _ in found if element.S == "/Note")

    def target(self, word: str, *, misplaced: bool) -> Any:
        """Return the element that a word is moved to: far from it, in its stream or not."""
        if (word in IN_NOTE) != misplaced:
            return self.note
        return self.words["juniper" if word != "juniper" else "alder"][1]


def remove(tags: Tags, word: str) -> Any:
    span, parent = tags.words[word]
    at = next(number for number, kid in enumerate(parent.K) if getattr(kid, "objgen", 0) == span.objgen)
    del parent.K[at]
    return span


def drop(tags: Tags, word: str) -> None:
    remove(tags, word)


def double(tags: Tags, word: str) -> None:
    span, parent = tags.words[word]
    parent.K.append(span)


def move(tags: Tags, word: str) -> None:
    span, target = remove(tags, word), tags.target(word, misplaced=False)
    if word == "maple":
        target.K.insert(0, span)
    else:
        target.K.append(span)


def misplace(tags: Tags, word: str) -> None:
    tags.target(word, misplaced=True).K.append(remove(tags, word))


FAULTS: dict[Callable[[Tags, str], None], Diagnostic] = {
    drop: Diagnostic.WORD_MISSING,
    double: Diagnostic.WORD_DOUBLED,
    move: Diagnostic.WORD_OUT_OF_ORDER,
    misplace: Diagnostic.WORD_IN_WRONG_PLACE,
}


def lost(pdf: bytes) -> list[LostWord]:
    expected = words_of_sheet(html.document_fromstring(SHEET), set()).changed(as_printed)
    return compare(expected, words_of_pdf(pdf, set(), {}).changed(as_printed))


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_of_the_tags_is_found(fault: Callable[[Tags, str], None], word: str) -> None:
    with pikepdf.open(BytesIO(laid())) as pdf:
        fault(Tags(pdf), word)
        changed = BytesIO()
        pdf.save(changed)
    found = lost(changed.getvalue())
    assert (FAULTS[fault], word) in {(loss.diagnostic, loss.words) for loss in found}, found


def test_a_letter_that_no_glyph_stands_for_is_found() -> None:
    """Without its line in ToUnicode, a letter cannot be read, copied or searched."""
    with pikepdf.open(BytesIO(laid())) as pdf:
        for font in {font.objgen: font for page in pdf.pages for font in page.obj.Resources.Font.values()}.values():
            lines = font.ToUnicode.read_bytes().splitlines()
            font.ToUnicode = pdf.make_stream(b"\n".join(line for line in lines if not line.endswith(b"<0067>")))
        changed = BytesIO()
        pdf.save(changed)
    assert "ginkgo" in {loss.words for loss in lost(changed.getvalue())}


def test_a_page_as_it_was_laid_out_has_every_word() -> None:
    assert lost(laid()) == []
