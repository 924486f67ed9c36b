"""Laid-out units: the same bytes everywhere, only their own fonts, valid PDF/A and PDF/UA, tags as in their sheets."""

from __future__ import annotations

import hashlib
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import page as pdf_validation
import pikepdf
import pytest
from lxml import etree

import fleuron
from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.installed import STYLES, choose_faces
from fleuron.paged.layout.units import FontSet, LaidOut, Unit
from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.support.publications import pdf_pages

pytestmark = pytest.mark.slow

STYLE = files("fleuron.paged.sheets").joinpath("print.css").read_text("utf-8")
HEAD = """<meta name="author" content="Ada Yılmaz"><meta name="author" content="Борис Ким">
<meta name="description" content="On notes &amp; calls"><meta name="keywords" content="notes, calls">
<meta name="dcterms.created" content="2025-11-25"><meta name="dcterms.modified" content="2025-11-26">
<meta name="generator" content="Fleuron">"""
LINE = "Words that fill a line of the page so that the one below it is pushed down a little further. "
SQUARE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><rect width="9" height="9"/></svg>'
)
BODY = f"""<article class="chapter" id="one--top"><h1 id="one--title">First</h1>
<p id="one--p">A <em>word</em> of <bdi lang="fa" dir="rtl">فارسی</bdi> and a note<span class="pagenote" id="one--n1"
data-number="1">The first note, <i lang="de">siehe dort</i>.</span> follows;
see <a href="#one--far">there</a></p>
<figure><img src="https://assets.invalid/a.svg" alt="A square"><figcaption>What it is</figcaption></figure>
<table><caption>Rows</caption><thead><tr><th>Head</th><th>Other</th></tr></thead>
<tbody>{"".join(f'<tr><th scope="row">r{number}</th><td>cell</td></tr>' for number in range(60))}</tbody></table>
<ul><li>Item<ul><li>Inner</li></ul></li></ul>
<p id="one--long">{LINE * 90}</p><h2 id="one--far">Far</h2><p lang="ru">Далеко<span class="pagenote" id="one--n2"
data-number="2">The second.</span> <a href="https://example.org/">away</a></p></article>"""


@cache
def font_set() -> FontSet:
    """The faces of Fleuron's own style."""
    listed = listed_faces()
    return FontSet(
        tuple(
            (family, "italic" if face.style.italic else "normal", face.weight, path.name, path.read_bytes())
            for family, styles in (("Vollkorn", STYLES["text"]), ("Amiri", STYLES["arabic"]))
            for face in choose_faces(listed, family, styles)
            for path in [face.source.path]
        )
    )


def sheet(body: str, head: str = HEAD, language: str = "en") -> str:
    start = f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>A title &amp; more</title>'
    return f"{start}{head}</head><body>{body}</body></html>"


def unit(body: str = BODY, assets: Mapping[str, bytes] | None = None, **facts: Any) -> Unit:
    """Make a unit of English text in Fleuron's own style; ``facts`` are fields with other values."""
    pictures = {"a.svg": SQUARE} if assets is None else assets
    given: dict[str, Any] = {
        "name": "articles/one",
        "style": STYLE,
        "language": "en",
        "first_folio": 1,
        "programs": "test",
    } | facts
    return Unit(sheet=sheet(body, language=given["language"]), font_set=font_set(), assets=pictures, **given)


@pytest.fixture(scope="module")
def laid() -> LaidOut:
    return lay_out(unit(first_folio=42))


@pytest.fixture(scope="module")
def path(laid: LaidOut, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(laid, tmp_path_factory.mktemp("layout"))


def saved(laid: LaidOut, folder: Path) -> Path:
    target = folder / "one.pdf"
    target.write_bytes(laid.pdf)
    return target


def pages_of(laid: LaidOut, folder: Path) -> list[str]:
    return pdf_pages(saved(laid, folder))


ELSEWHERE = """
import hashlib, pickle, sys
from fleuron.paged.layout.weasyprint_layout import lay_out
units = pickle.load(sys.stdin.buffer)
print([hashlib.sha256(lay_out(each).pdf).hexdigest() for each in units][-1])
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_unit_has_the_same_bytes_in_any_process_and_after_any_other(laid: LaidOut, seed: str, tmp_path: Path) -> None:
    other = unit("<p>Другое, <em>other</em></p>", name="other", language="ru")
    units = pickle.dumps([other, unit(first_folio=42)] if seed == "2" else [unit(first_folio=42)])
    source = str(Path(fleuron.__file__).parents[1])
    env = {"PYTHONPATH": source, "PYTHONHASHSEED": seed, "HOME": str(tmp_path), "TZ": "Asia/Tokyo", "LANG": "C"}
    run = [sys.executable, "-P", "-c", ELSEWHERE]
    done = subprocess.run(run, input=units, capture_output=True, cwd=tmp_path, env=env, check=True)
    assert done.stdout.decode().strip() == hashlib.sha256(laid.pdf).hexdigest()


def test_pages_have_the_folios_of_the_volume_and_its_sides(laid: LaidOut, path: Path) -> None:
    pages = pdf_pages(path)
    assert len(pages) == laid.pages
    # The opening page has its folio at the foot, a verso on the left of its head, a recto on the right.
    assert pages[0].split()[-1] == "42"
    assert pages[1].splitlines()[0].split()[-1] == "43"
    assert pages[2].splitlines()[0].split()[0] == "44"


def test_every_id_has_its_place(laid: LaidOut, path: Path) -> None:
    ids = {element.get("id") for element in etree.HTML(unit().sheet).iter() if element.get("id")}
    assert set(laid.places) == ids
    pages = pdf_pages(path)
    for name, words in {"one--title": "First", "one--n1": "The first note", "one--far": "Далеко"}.items():
        assert words in pages[laid.places[name]]
    assert laid.places["one--far"] > laid.places["one--long"] > 0


def faces_in(path: Path) -> set[str]:
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    return {line.split()[0].partition("+")[2].split("-")[0] for line in listed.splitlines()[2:]}


def test_no_installed_font_is_used(path: Path, tmp_path: Path) -> None:
    assert faces_in(path) == {"Vollkorn", "Amiri"}
    asked = lay_out(unit("<p>One</p>", style=STYLE + "p { font-family: DejaVu Sans, sans-serif }"))
    assert asked.losses == () and faces_in(saved(asked, tmp_path)) <= {"Vollkorn", "Amiri"}
    missing = lay_out(unit("<p>One 字 two</p>")).losses
    assert len(missing) == 1 and "字" in missing[0]


def test_a_unit_is_pdf_a_and_pdf_ua_at_once(path: Path) -> None:
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for profile in ("3a", "ua1"):
        report = pdf_validation.validate_pdf(path, profile=profile)
        assert [(fault.rule_id, fault.message) for fault in report.failures] == []


def test_the_metadata_are_those_of_the_sheet(laid: LaidOut, path: Path) -> None:
    with pikepdf.open(path) as pdf:
        meta = pdf.open_metadata()
        assert meta["dc:title"] == "A title & more"
        assert meta["dc:creator"] == ["Ada Yılmaz", "Борис Ким"]
        assert meta["dc:description"] == "On notes & calls"
        assert meta["dc:language"] == {"en"}
        assert meta["dc:subject"] == {"notes", "calls"}
        assert (meta["xmp:CreateDate"], meta["xmp:ModifyDate"]) == (
            "2025-11-25T00:00:00+00:00",
            "2025-11-26T00:00:00+00:00",
        )
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("3", "A", "1")
        assert str(pdf.docinfo["/ModDate"]) == "D:20251126"
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"


def elements(part: Any) -> Iterator[Any]:
    yield part
    for kid in part.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def roles(part: Any) -> list[str]:
    return [str(kid.S)[1:] for kid in part.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


@pytest.fixture
def structure(path: Path) -> Iterator[list[Any]]:
    with pikepdf.open(path) as pdf:
        yield list(elements(pdf.Root.StructTreeRoot.K[0]))


def named(structure: list[Any], role: str) -> list[Any]:
    return [part for part in structure if f"/{role}" == part.S]


def test_a_note_is_read_at_its_call(structure: list[Any]) -> None:
    notes = named(structure, "Note")
    assert [str(note.ID) for note in notes] == ["articles/one-note-1", "articles/one-note-2"]
    for note in notes:
        assert roles(note)[0] == "Lbl"
        siblings = list(note.P.K)
        before = siblings[siblings.index(note) - 1]
        assert before.S == "/Reference" and note.P.S == "/P"


def test_an_element_over_two_pages_is_tagged_once_and_so_are_repeated_heads(
    laid: LaidOut, structure: list[Any]
) -> None:
    assert len(named(structure, "Art")) == len(named(structure, "Table")) == len(named(structure, "H2")) == 1
    heads = named(structure, "TH")
    assert [str(head.A.Scope) for head in heads] == ["/Column"] * 2 + ["/Row"] * 60
    assert [len(head.K) for head in heads] == [1] * 62
    long = max(named(structure, "P"), key=lambda part: len(part.K))
    assert {str(kid.Type) for kid in long.K if isinstance(kid, pikepdf.Dictionary)} == {"/MCR"}


def test_languages_and_isolates_are_marked(structure: list[Any]) -> None:
    marked = [(str(part.S), str(part.Lang)) for part in structure if "/Lang" in part]
    assert marked == [("/Span", "fa"), ("/Span", "de"), ("/P", "ru")]


def test_lists_figures_and_links_are_tagged(structure: list[Any]) -> None:
    assert [roles(part) for part in named(structure, "LI")] == [["Lbl", "LBody"]] * 2
    assert [str(part.Alt) for part in named(structure, "Figure")] == ["A square"]
    assert [str(part.P.S) for part in named(structure, "Caption")] == ["/Div", "/Table"]
    assert all(
        any("/Obj" in kid for kid in part.K if isinstance(kid, pikepdf.Dictionary)) for part in named(structure, "Link")
    )
    assert len(named(structure, "Link")) == 2


def test_a_picture_without_alternative_text_is_counted_and_an_ornament_is_an_artifact() -> None:
    picture = '<img src="https://assets.invalid/a.svg"'
    laid = lay_out(unit(f'<p>One</p>{picture}>{picture} alt="">{picture} alt="A square">'))
    assert (laid.losses, laid.undescribed) == ((), 1)
    with pikepdf.open(BytesIO(laid.pdf)) as pdf:
        figures = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and part.get("/S") == "/Figure"]
        assert [str(part.get("/Alt", "none")) for part in figures] == ["none", "A square"]
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()
    ornament = lay_out(unit(f'<p>One</p>{picture} alt="">'))
    with pikepdf.open(BytesIO(ornament.pdf)) as pdf:
        assert ornament.undescribed == 0
        assert b"<pdfuaid:part>1<" in pdf.Root.Metadata.read_bytes()


def foot_of(pages: list[str], number: int) -> int:
    return next(page for page, text in enumerate(pages) if f"foot{number}." in text)


def test_a_note_is_on_the_page_of_its_call(tmp_path: Path) -> None:
    """Also where the first line of the next paragraph finds no room, or the note is long."""
    noted = [
        f'<p>{LINE * (number * 7 % 5)} call{number}.<span class="pagenote" data-number="{number}">foot{number}. '
        f"{LINE * (12 if number == 30 else number % 3 + 1)}</span> {LINE * (number % 4)}</p>"
        for number in range(60)
    ]
    pages = pages_of(lay_out(unit("".join(noted))), tmp_path)
    assert len(pages) > 8
    for number in range(60):
        assert f"call{number}." in pages[foot_of(pages, number)]


def test_a_note_longer_than_a_page_continues_at_the_foot_of_the_next(tmp_path: Path) -> None:
    """All of it is there, in order, as one note; each page has text; nothing shows where it was divided."""
    words = " ".join(f"w{number}" for number in range(1500))
    long = f'<span class="pagenote" id="n1" data-number="1">foot1. <i>{words}</i> <b>the end</b></span>'
    after = 'call2<span class="pagenote" id="n2" data-number="2">foot2.</span>'
    made = lay_out(unit(f"<p>{LINE * 9} call1{long} {LINE * 60} {after} {LINE}</p>"))
    pages = pages_of(made, tmp_path)
    assert made.losses == () and foot_of(pages, 1) == 0 and "the end" in pages[2]
    printed = [word for text in pages for word in text.split() if word[0] == "w" and word[1:].isdigit()]
    assert printed == words.split()
    assert all("Words that fill" in " ".join(text.split()) for text in pages[:3])
    feet = [line.split() for text in pages for line in text.splitlines() if len(line.split()) > 3 and " w" in line]
    assert min(map(len, feet[1:-2])) > 8, "every line is full"
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        notes = named(list(elements(pdf.Root.StructTreeRoot.K[0])), "Note")
        assert [roles(note)[0] for note in notes] == ["Lbl", "Lbl"]
        assert [str(note.ID) for note in notes] == ["articles/one-note-1", "articles/one-note-2"]
    assert (made.places["n1"], set(made.places)) == (0, {"n1", "n2"})
    for profile in ("3a", "ua1"):
        assert pdf_validation.validate_pdf(tmp_path / "one.pdf", profile=profile).failures == []


class Line(NamedTuple):
    """A line of a page: its left and right edges and its top in points, its page from 0, and its words."""

    left: float
    right: float
    top: float
    page: int
    words: str


def lines_of(path: Path) -> list[Line]:
    """Read the lines of a PDF."""
    run = ["pdftotext", "-bbox-layout", str(path), "-"]
    told = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    return [
        Line(left, right, top, number, " ".join(word.text or "" for word in line.iter("word")))
        for number, page in enumerate(etree.HTML(told).iter("page"))
        for line in page.iter("line")
        for left, right, top in [[float(line.get(edge, "")) for edge in ("xmin", "xmax", "ymin")]]
    ]


TOLD = (
    "The press that set this page was asked to carry more than it was built for, and it carried it without complaint, "
    "line under line, until the foot of the page had no more room for what the text had promised. "
)


def test_the_lines_of_a_long_note_are_full_where_it_is_split(tmp_path: Path) -> None:
    """None but the last of each paragraph is short, and of those that a paragraph runs on in none is indented."""
    note = f'<span>{TOLD * 17}</span><span class="paragraph">A second paragraph. {TOLD * 2}</span>'
    text = f'<p>{"Text. " * 99} <span class="pagenote" data-number="1">{note}</span> {"Text. " * 900}</p>'
    lines = [line for line in lines_of(saved(lay_out(unit(text)), tmp_path)) if "Text." not in line.words]
    foot = [line for line in lines if not line.words.isdigit()]
    short = [line.words for line in foot if line.right - line.left < 320]
    assert [words.rpartition(" ")[2] for words in short] == ["promised.", "promised."]
    edges = {56.7, 65.2}  # of versos and rectos
    assert [line.words[:8] for line in foot if round(line.left, 1) not in edges] == ["A second"]


def test_the_right_edge_of_a_page_is_even(tmp_path: Path) -> None:
    """Also where letters are kerned with the spaces beside them, and where a line has words in another face."""
    words = "Tiny waves, Vast AWAY To <em>Yvette</em>, LT of a 1921. Toll "
    lines = lines_of(saved(lay_out(unit(f"<p>{words * 40}</p>")), tmp_path))
    edges = [line.right for line in lines if line.right > 380]
    assert len(edges) > 15 and max(edges[:-1]) - min(edges[:-1]) < 0.5


def test_nothing_runs_off_the_page(tmp_path: Path) -> None:
    """Neither a table of many columns, nor a long word or address, nor a picture that is taller than a page."""
    cells = "".join(f"<td>{word}</td>" for word in ("characteristically", "1,234,567") * 5)
    address = "https://example.org/" + "a%D8%A7" * 30 + "?identifier=" + "0123456789" * 4
    tall = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="2000"><rect width="9" height="9"/></svg>'
    figure = '<figure><img src="https://assets.invalid/a.svg" alt="A"><figcaption>Its caption</figcaption></figure>'
    link = f'<span class="pagenote" data-number="1">See <a href="{address}">{address}</a></span>'
    body = f"<h1>{'Gesellschaft' * 5}</h1><p>One{link}</p><table>{f'<tr>{cells}</tr>' * 3}</table><p>Two</p>{figure}"
    lines = lines_of(saved(lay_out(unit(body, {"a.svg": tall.encode()})), tmp_path))
    assert max(line.right for line in lines) < 412
    assert any(line.words.count("1,234,567") == 5 for line in lines), "no number is parted"
    printed = "".join(line.words for line in lines)
    assert address in printed, "no hyphen is put into it"
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        (picture,) = named(list(elements(pdf.Root.StructTreeRoot.K[0])), "Figure")
        bottom, caption = float(picture.A.BBox[1]), next(line for line in lines if line.words == "Its caption")
        assert bottom > 70 and pdf.pages[caption.page].obj == picture.Pg


CITED = """<span lang="en">Ahmed Rashid</span>, <em><span lang="en">Taliban: Militant Islam, Oil and Fundamentalism in
Central Asia</span></em>, <span lang="en">Yale University Press</span>, <span lang="en">New Haven</span>, 2000, гл. 14;
см. также: <span lang="en">Barnett R. Rubin</span>, <em><span lang="en">The Fragmentation of Afghanistan: State
Formation and Collapse in the International System</span></em>, 2-е изд., <span lang="en">Yale University Press</span>,
<span lang="en">New Haven</span>, 2002."""


def test_no_word_is_broken_without_a_hyphen(tmp_path: Path) -> None:
    """Where marked words begin within a line that has no room for all of the first: “New” has lost its N to it."""
    note = '<span class="pagenote" data-number="9"><span>' + CITED.replace("\n", " ") + "</span></span>"
    lines = lines_of(saved(lay_out(unit(f"<p>One{note}. Two</p>")), tmp_path))
    printed = re.sub("[-\u2010]\n", "", "\n".join(line.words for line in lines))
    assert " ".join(printed.split()).count("New Haven") == 2, printed


def test_a_heading_at_the_top_of_a_page_has_no_margin(tmp_path: Path) -> None:
    for count in range(26, 34):
        body = f'<article class="chapter"><h1>One</h1>{"<p>Line</p>" * count}<h2>Two</h2><p>Three</p></article>'
        lines = lines_of(saved(lay_out(unit(body)), tmp_path))
        two = next(line for line in lines if line.words == "Two")
        if two.page == 1:
            break
    # It stands in the middle of two lines of the grid, of which the page begins with the first.
    assert two.top < 82 and "Line" not in {line.words for line in lines if line.page == 1}


def test_a_term_is_on_the_page_of_its_definition(tmp_path: Path) -> None:
    terms = "".join(f"<dt>term{number}</dt><dd><p>means {number}. {LINE * 2}</p></dd>" for number in range(40))
    pages = pages_of(lay_out(unit(f"<dl>{terms}</dl>")), tmp_path)
    assert len(pages) > 3
    for number in range(40):
        assert f"means {number}." in next(text for text in pages if re.search(rf"\bterm{number}\b", text))


def fonts_of(path: Path) -> Iterator[Any]:
    with pikepdf.open(path) as pdf:
        yield from (each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each)


def test_each_glyph_has_the_text_of_its_own_letter_or_mark(tmp_path: Path) -> None:
    """Also where a consonant is doubled and has a vowel, and both are one cluster to the engine."""
    path = saved(
        lay_out(unit('<p>fit <i lang="fa">\u0645\u064f\u062d\u064e\u0645\u064e\u0651\u062f</i></p>')), tmp_path
    )
    maps = {str(font.BaseFont).partition("+")[2]: font.ToUnicode.read_bytes() for font in fonts_of(path)}
    said = {family: re.findall(rb"^<\w{4}> <(\w*)>$", told, re.M)[1:] for family, told in maps.items()}
    texts = {
        family: {bytes.fromhex(each.decode()).decode("utf-16-be") for each in found} for family, found in said.items()
    }
    assert texts["Amiri"] == {"\u0645", "\u062d", "\u062f", "\u064e", "\u064f", "\u0651"}
    assert "fi" in texts["Vollkorn"], "a ligature says its letters"


def test_no_two_subsets_have_one_name(tmp_path: Path) -> None:
    """A volume has those of all its units."""
    first = [str(font.BaseFont) for font in fonts_of(saved(lay_out(unit("<p>One</p>")), tmp_path))]
    second = [str(font.BaseFont) for font in fonts_of(saved(lay_out(unit("<p>Two</p>")), tmp_path))]
    same = [str(font.BaseFont) for font in fonts_of(saved(lay_out(unit("<p>One</p>")), tmp_path))]
    assert first == same and not {*first} & {*second}
    for font in fonts_of(tmp_path / "one.pdf"):
        below = font.DescendantFonts[0]
        assert re.fullmatch(r"/[A-Z]{6}\+\w+", str(font.BaseFont))
        assert font.BaseFont == below.BaseFont == below.FontDescriptor.FontName


def test_the_number_of_a_later_call_never_begins_a_line(tmp_path: Path) -> None:
    call = '…<sup class="again">77</sup>'
    words = [word + call if place % 3 == 0 else word for place, word in enumerate((LINE * 80).split())]
    run = ["pdftotext", "-raw", str(saved(lay_out(unit(f"<p>{' '.join(words)}</p>")), tmp_path)), "-"]
    lines = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    assert sum("…77" in line for line in lines) > 100
    assert not any(line.startswith("77") for line in lines)


@pytest.mark.parametrize("rows", [4, 30])
@pytest.mark.parametrize("lines", [26, 29, 32])
def test_no_row_and_no_caption_is_left_alone(rows: int, lines: int, tmp_path: Path) -> None:
    cells = "".join(f"<tr><td>row{number}.</td></tr>" for number in range(rows))
    table = f"<table><caption>Caption</caption><thead><tr><th>Head</th></tr></thead><tbody>{cells}</tbody></table>"
    pages = pages_of(lay_out(unit("<p>Line</p>" * lines + table)), tmp_path)
    found = [text.count("row") for text in pages if "row" in text]
    assert sum(found) == rows and all(each > 1 for each in found)
    assert rows > 15 or len(found) == 1
    assert "Caption" in next(text for text in pages if "row0." in text)
