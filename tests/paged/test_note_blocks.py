"""Notes that contain quotations, lists, code, tables, formulas and pictures: each block belongs to its note."""

from __future__ import annotations

from pathlib import Path

import page as pdf_validation
import pikepdf
import pytest
from lxml import etree

from fleuron.archive.validation.verapdf import verapdf
from fleuron.paged.layout.long_notes import split_note
from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import LINE, SQUARE, elements, lines_of, named, roles, saved, unit
from tests.support.epub_books import find, part
from tests.support.publications import Maker, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

# The notes, with the structure types of their blocks after the label of the note.
NOTES = {
    "quotation": ("As INQUOTATION says:\n\n> QUOTEDWORDS, and\n> more.\n\nAnd so ITENDS.", ["P", "BlockQuote", "P"]),
    "list": ("- FIRSTITEM\n- SECONDITEM\n  1. INNERITEM\n\nBEHINDLIST.", ["L", "P"]),
    "code": ("Code:\n\n```text\nif CODELINE:\n    return   SPACED\n```\n\nBEHINDCODE.", ["P", "Div", "P"]),
    "table": ("Table:\n\n| HEADCELL | B |\n|---|---|\n| BODYCELL | 1 |\n\nBEHINDTABLE.", ["P", "Table", "P"]),
    "formula": ("Formula\n\n$$\na = \\frac{b}{c}\n$$\n\nBEHINDFORMULA.", ["P", "P", "P"]),
    "nested": (
        "Nested:\n\n> INNERQUOTE\n>\n> - LISTINQUOTE\n>\n>   ```{list-table}\n>   * - - LISTINCELL\n>       - other\n"
        ">     - OTHERCELL\n>   ```\n\nBEHINDNESTED.",
        ["P", "BlockQuote", "P"],
    ),
    "figure": ("Figure:\n\n```{figure} a.svg\n:alt: A square\n\nCAPTIONINNOTE\n```", ["P", "Div"]),
    "first": ("> QUOTEFIRST, and words.\n\nBEHINDFIRST.", ["BlockQuote", "P"]),
    "caption": ("In:\n\n> QUOTEINCAPTIONNOTE", ["P", "BlockQuote"]),
    "cell": ("In:\n\n> QUOTEINCELLNOTE", ["P", "BlockQuote"]),
}


def definition(label: str, text: str) -> str:
    return f"[^{label}]: " + text.replace("\n", "\n    ").replace("\n    \n", "\n\n")


@pytest.fixture
def noted(make: Maker) -> Publication:
    """A publication with the notes above, in a paragraph, an item, a caption and a cell, in every format."""
    calls = " ".join(f"Text.[^{label}]" for label in list(NOTES)[:6])
    text = (
        f"{calls} In *marked[^figure] words*.\n\n- Item[^first]\n\n```{{figure}} a.svg\n:alt: A square\n\n"
        "A caption.[^caption]\n```\n\n| A | B[^cell] |\n|---|---|\n| a | b |\n\nBODYENDS.\n\n"
    )
    definitions = "\n\n".join(definition(label, text) for label, (text, _roles) in NOTES.items())
    publication = make({"articles/one.md": f"---\nauthors: [ada]\n---\n# One\n\n{text}{definitions}\n"})
    publication.write("articles/a.svg", SQUARE)
    result = publication.publish("pdf", "epub", "html", languages="en", options="-W")
    assert result.code == 0, result.output
    return publication


def marked_words(text: str) -> list[str]:
    """List the words in capitals, by which the blocks of a note are found."""
    return [
        word for word in "".join(c if c.isalnum() else " " for c in text).split() if word.isupper() and len(word) > 5
    ]


def test_every_block_of_a_note_belongs_to_its_note(noted: Publication) -> None:
    path = noted.build / "pdf" / "en" / "one.pdf"
    words = {label: marked_words(text) for label, (text, _roles) in NOTES.items()}
    pages = pdf_pages(path)
    printed = [word for page in pages for word in marked_words(page) if word != "AUTHOR"]
    assert sorted(printed) == sorted([*(word for found in words.values() for word in found), "BODYENDS"])
    last = next(page for page in pages if "BODYENDS" in page)
    assert "QUOTEINCELLNOTE" in last.partition("Ada writes.")[2], "at the foot"
    assert "if CODELINE:\n" in "\n".join(pages), "code keeps its lines"
    with pikepdf.open(path) as pdf:
        notes = named(list(elements(pdf.Root.StructTreeRoot.K[0])), "Note")
        assert [roles(note) for note in notes] == [["Lbl", *blocks] for _text, blocks in NOTES.values()]
        assert all(note.P.S in ("/P", "/LBody", "/Caption", "/TH") for note in notes), "it is read at its call"
    assert pdf_validation.validate_pdf(path, profile="ua1").failures == []
    assert verapdf([path], noted.build)["failures"] == {}
    page = part(next((noted.build / "epub").glob("*.epub")), "articles/one.xhtml")
    asides = find(page, "//h:aside[@role='doc-footnote']")
    assert [marked_words(text_of(aside)) for aside in asides] == list(words.values())
    asides = noted.page("en", "articles/one").xpath("//aside[@role='doc-footnote']")
    assert [marked_words(text_of(aside)) for aside in asides] == list(words.values())


def test_a_long_note_with_blocks_continues_at_the_foot_of_the_next_page(tmp_path: Path) -> None:
    """Each block is tagged once, items keep their numbers, and no word is lost."""
    count = 0

    def words(number: int) -> str:
        nonlocal count
        count += number
        return " ".join(f"w{place}" for place in range(count - number, count))

    blocks = [
        f'<p class="run-in">{words(40)}</p>',
        f"<blockquote>\n<p>{words(200)}</p>\n<p>{words(150)}</p>\n</blockquote>",
        f'<ol start="3">\n<li>{words(60)}</li>\n<li>{words(190)}</li>\n<li>{words(50)}</li>\n</ol>',
        "<pre>" + "\n".join(f"  {words(5)}" for _line in range(30)) + "</pre>",
        "<table><thead>\n<tr><th>A</th></tr>\n</thead>\n<tbody>\n"
        + "\n".join(f"<tr><td>{words(1)}</td><td>{words(12)}</td></tr>" for _row in range(30))
        + "\n</tbody></table>",
        f"<p>{words(100)}</p>",
    ]
    inner = "\n".join(blocks)
    note = '<span class="pagenote" id="n1" data-number="1"></span>'
    body = f'<p>{LINE * 9} call{note} {LINE * 110}</p><aside data-blocks-of="n1">{inner}</aside>'
    laid = lay_out(unit(body))
    lines = [line for line in lines_of(saved(laid, tmp_path)) if line.words != str(line.page + 1)]
    printed = [word for line in lines for word in line.words.split() if word[0] == "w" and word[1:].isdigit()]
    assert sorted(printed, key=lambda word: int(word[1:])) == [f"w{number}" for number in range(count)]
    assert laid.losses == () and len({line.page for line in lines if " w" in line.words}) >= 3
    numbers = [word for line in lines for word in line.words.split()[:1] if word in ("3.", "4.", "5.", "6.")]
    assert sorted(numbers) == ["3.", "4.", "5."]
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        (tagged,) = named(list(elements(pdf.Root.StructTreeRoot.K[0])), "Note")
        assert roles(tagged) == ["Lbl", "P", "BlockQuote", "L", "P", "Table", "P"]
        assert [roles(block) for block in tagged.K if block.S == "/BlockQuote"] == [["P", "P"]]
        assert len(named(list(elements(tagged)), "LI")) == 3 and len(named(list(elements(tagged)), "TR")) == 31


def test_a_list_that_begins_with_another_number_is_numbered_from_it(tmp_path: Path) -> None:
    body = '<ol start="7"><li>seven</li><li>eight</li></ol><ol class="loweralpha"><li>a letter</li></ol>'
    lines = "\n".join(line.words for line in lines_of(saved(lay_out(unit(body)), tmp_path)))
    for marker in ("7.", "8.", "a."):
        assert marker in lines


def test_a_note_is_split_after_the_end_of_a_block_and_not_before_it() -> None:
    """An empty second part would take the rule below a table with it."""
    table = "<table><tbody>\n<tr><td>one</td></tr>\n<tr><td>two</td></tr>\n</tbody></table>"
    parent = etree.fromstring(f"<div><span>{table}\n<p>three</p></span></div>")
    split_note(parent[0], parent, ["one", "", "two", "three", "", ""])
    assert [text_of(part).split() for part in parent] == [["one", "two"], ["three"]]
    assert [child.tag for child in parent[1]] == ["p"]
