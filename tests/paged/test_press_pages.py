"""The pages of a volume as a press signs them: front matter, full pages, a grid of lines, figures out of the way."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree
from PIL import Image

from fleuron.paged.layout.unit_resources import face_rules
from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import saved, unit
from tests.support.bound_book import font_set
from tests.support.printed_lines import PrintedLine
from tests.support.printed_lines import printed_lines as glyph_lines
from tests.support.publications import Publication, pdf_pages

CONF = (
    'project = "A Review"\nauthor = "A Press"\ncopyright = "The authors"\nextensions = ["fleuron"]\n'
    'fleuron_imprint = {"series": "Papers in Book History", "number": "7", "issn": "2049-3630", "place": "Tbilisi", '
    '"license": "CC-BY-SA-4.0"}\nfleuron_epub_fonts = False\n'
)
AUTHORS = {"ada": "Ada Maria Lindqvist-Okonkwo", "bo": "Bo Abashidze", "cem": "Cem Öztürk", "dee": "Dee Papadaki"}
HEAD = (
    "---\nauthors: [ada, bo, cem, dee]\ndate: 2026-09-15\ndoi: 10.5555/review.7.1\nsubtitle: In two registers\n---\n\n"
)
LINE, TOP, FOOT, PAGE = 14.24, 68.03, 70.87, 680.31  # points: a line, the margins, the height of a page
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="{}"><rect width="300" height="{}" fill="#468"/></svg>'
)
SENTENCE = "The clerk counts the drums and the players again, writes the sum below, and signs it with a small hand. "


def paragraphs(count: int) -> str:
    return "\n\n".join(SENTENCE * (3 + number % 4) for number in range(count)) + "\n\n"


def figure(name: str, height: int) -> str:
    return f"```{{figure}} ../{name}.svg\n:alt: A drawing of {name}\n\nThe caption of {name}.\n```\n\n"


ROWS = "\n".join(f"| Player {number} | {number * 7 % 40} | {number * 3 % 11}.5 |" for number in range(60))
TABLE = f"```{{table}} Players by quarter\n| Name | Drums | Wages |\n|---|---:|---:|\n{ROWS}\n```\n\n"
ARTICLE = (
    f"{HEAD}# Counting\n\n{paragraphs(7)}{figure('map', 300)}{paragraphs(3)}## The registers\n\n{paragraphs(2)}"
    f"> {SENTENCE * 2}\n\n{paragraphs(4)}{figure('folio', 420)}{paragraphs(6)}"
    "$$\nw = \\frac{a}{b} \\sum_i x_i\n$$\n\nwhere a wage is called *w*.\n\nAnother paragraph begins.\n\n"
    "```{table} Wages\n| Year | Wage |\n|---|---|\n| one | 12 |\n| two | 0.25 |\n| three | 3.5 |\n```\n\n"
    f"{paragraphs(3)}{TABLE}{paragraphs(3)}{figure('seal', 60)}{paragraphs(2)}"
)
LAST = f"---\nauthors: [ada]\nabstract: One line of an abstract.\nkeywords: [drums]\n---\n\n# Last\n\n{paragraphs(1)}"


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = Publication(tmp_path_factory.mktemp("review") / "source")
    listed = "\n".join(["articles/counting", "articles/last", *(f"authors/{name}" for name in AUTHORS)])
    publication.write("conf.py", CONF)
    publication.write("index.md", f"# Hands\n\n```{{toctree}}\n{listed}\n```\n")
    publication.write("articles/counting.md", ARTICLE)
    publication.write("articles/last.md", LAST)
    for name, text in AUTHORS.items():
        publication.write(f"authors/{name}.md", f"---\nname: {text}\n---\n{SENTENCE}\n")
    for name, height in (("map", 300), ("folio", 420), ("seal", 60)):
        publication.write(f"{name}.svg", DRAWING.format(height, height))
    result = publication.publish("pdf", options="-W")
    assert result.code == 0, result.output
    return publication


def volume(review: Publication) -> Path:
    return review.build / "pdf" / "a-review-en.pdf"


def offprint(review: Publication) -> Path:
    return review.build / "pdf" / "en" / "counting.pdf"


def lines_of(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.splitlines() if line.strip()]


class Line(NamedTuple):
    page: int
    top: float
    height: float
    words: str
    left: float
    right: float


def printed_lines(path: Path) -> Iterator[Line]:
    run = ["pdftotext", "-bbox-layout", str(path), "-"]
    tree = etree.fromstring(subprocess.run(run, capture_output=True, check=True).stdout, etree.XMLParser(recover=True))
    for number, page in enumerate(tree.iter("{*}page")):
        for line in page.iter("{*}line"):
            top, bottom = float(line.get("yMin", "")), float(line.get("yMax", ""))
            left, right = float(line.get("xMin", "")), float(line.get("xMax", ""))
            yield Line(number, top, bottom - top, " ".join(word.text or "" for word in line), left, right)


def emptiest(path: Path, number: int) -> float:
    """Return which part of the height of a page's text is its highest empty band."""
    run = ["pdftoppm", "-r", "40", "-gray", "-f", str(number + 1), "-l", str(number + 1), str(path)]
    with Image.open(BytesIO(subprocess.run(run, capture_output=True, check=True).stdout)) as page:
        top, foot = round(TOP * 40 / 72), round((PAGE - FOOT) * 40 / 72)
        dark = [y for y in range(top, foot) if min(page.crop((0, y, page.width, y + 1)).tobytes()) < 200]
    return max(below - above for above, below in zip([top, *dark], [*dark, foot], strict=True)) / (foot - top)


def test_names_stand_one_to_a_line_on_the_title_page(review: Publication) -> None:
    half, blank, title, *_ = map(lines_of, pdf_pages(volume(review)))
    assert half == ["Hands", "Papers in Book History, 7"] and not blank
    names = list(AUTHORS.values())
    assert title == ["Papers in Book History, 7", "Hands", *names, "A Press", "Tbilisi", "15 September 2026"]


def test_the_imprint_says_who_published_what_when_and_under_which_licence(review: Publication) -> None:
    imprint = lines_of(pdf_pages(volume(review))[3])
    assert imprint == [
        "The authors",
        "Publisher A Press, Tbilisi",
        "Series Papers in Book History, 7",
        "ISSN 2049-3630",
        "Licence Creative Commons Attribution-ShareAlike 4.0 International (CC BY-SA",
        "4.0), creativecommons.org/licenses/by-sa/4.0",
        "Published 15 September 2026",
        imprint[-2],
        "Cite this volume Hands, Papers in Book History 7, A Press, Tbilisi, 2026.",
    ]
    assert imprint[-2].startswith("Typefaces Vollkorn")


def test_an_offprint_has_its_subtitle_its_pages_and_its_doi_once(review: Publication) -> None:
    title, blank, *pages = pdf_pages(offprint(review))
    lines = lines_of(title)
    assert not blank.strip() and lines[1:4] == ["Counting", "In two registers", ", ".join(AUTHORS.values())]
    assert "".join(lines).count("10.5555/review.7.1") == 1
    assert f"pp. 1–{len(pages)}" in " ".join(lines) and f"Pages 1–{len(pages)}" in lines


def test_no_page_but_the_last_of_an_article_is_empty_by_more_than_an_eighth(review: Publication) -> None:
    path = offprint(review)
    pages = len(pdf_pages(path))
    assert pages > 6
    assert [number for number in range(2, pages - 1) if emptiest(path, number) > 0.12] == []


def test_figures_stand_at_the_head_or_foot_of_their_page_or_the_next(review: Publication) -> None:
    path = offprint(review)
    lines = list(printed_lines(path))
    for name in ("map", "folio"):
        caption = next(line for line in lines if f"The caption of {name}." in line.words)
        on_page = [line for line in lines if line.page == caption.page and TOP < line.top < PAGE - FOOT]
        assert caption == on_page[0] or caption == max(on_page, key=lambda line: line.top), caption
    # It is read where it is called: this is the order of the structure tree, in which words are compared.
    numbers = [int(number) for line in lines for number in re.findall(r"^Fig\. (\d) The caption", line.words)]
    assert numbers == sorted(numbers) and len(numbers) == 3


def test_the_lines_of_the_text_stand_on_one_grid(review: Publication) -> None:
    lines = [
        line for line in printed_lines(offprint(review)) if line.page > 0 and "clerk counts the drums" in line.words
    ]
    text = [line for line in lines if abs(line.height - 14.49) < 0.1]
    assert len(text) > 60 and len({line.page for line in text}) > 6
    offsets = {round(((line.top - TOP) / LINE + 0.5) % 1, 1) for line in text}
    assert offsets == {0.5}


def test_a_table_that_goes_on_says_so_and_repeats_its_head(review: Publication) -> None:
    pages = [page for page in map(lines_of, pdf_pages(offprint(review))) if any("Player" in line for line in page[1:])]
    rows = [page for page in pages if any(re.match(r"Player \d", line) for line in page)]
    assert len(rows) == 2
    assert [any("Table 2 (continued)" in line for line in page) for page in rows] == [False, True]
    assert all("Name Drums Wages" in page for page in rows)
    assert [line for page in rows for line in page if line.startswith("Player 5 ")] == ["Player 5 35 4.5"]


def test_decimal_signs_stand_below_each_other(review: Publication) -> None:
    lines = list(printed_lines(offprint(review)))
    quarter = next(line for line in lines if line.words == "0.25")
    beside = {line.words: line for line in lines if line.page == quarter.page and abs(line.top - quarter.top) < 20}
    whole, half = beside["12"], beside["3.5"]
    figure = (whole.right - whole.left) / 2
    sign = quarter.right - quarter.left - 3 * figure
    places = [whole.right, quarter.right - sign - 2 * figure, half.right - sign - figure]
    assert max(places) - min(places) < 0.2


def test_what_is_said_of_a_formula_is_not_indented(review: Publication) -> None:
    lines = list(printed_lines(offprint(review)))
    where = next(line for line in lines if line.words.startswith("where a wage"))
    another = next(line for line in lines if line.words.startswith("Another paragraph"))
    assert another.left - where.left == pytest.approx(1.3 * 10.4, abs=1)


def test_keywords_stand_close_to_their_abstract(review: Publication) -> None:
    lines = list(printed_lines(review.build / "pdf" / "en" / "last.pdf"))
    abstract = next(line for line in lines if line.words.startswith("One line of an abstract"))
    keywords = next(line for line in lines if line.words.endswith("drums"))
    assert keywords.page == abstract.page
    assert keywords.top - abstract.top == pytest.approx(12 + 2 / 25.4 * 72, abs=0.5)


def test_what_is_after_the_articles_runs_on_without_blank_pages(review: Publication) -> None:
    pages = pdf_pages(volume(review))
    last = max(number for number, page in enumerate(pages) if "Last" in page.split("\n")[0] or "\nLast" in page)
    after = pages[last:]
    assert all(page.strip() for page in after)
    assert any("Contributors" in page and "Index of names" in page for page in after)


def test_an_old_style_1_is_no_small_i() -> None:
    text, arabic = face_rules(font_set()).splitlines()
    assert 'font-feature-settings:"ss11"' in text and "ss11" not in arabic


def test_numbers_of_a_list_have_the_figures_of_the_text(tmp_path: Path) -> None:
    body = "<p>Of 78 drums.</p><ol start='7'><li>A drum.</li><li>Another.</li></ol><table><tr><td>78</td></tr></table>"
    laid = lay_out(unit(body))
    assert not laid.losses
    lines = list(glyph_lines(saved(laid, tmp_path)))
    text, seven, eight, table = (
        {glyph.text: (glyph.right - glyph.left) / glyph.size for glyph in line.glyphs if glyph.text in "78"}
        for line in lines
        if {"7", "8"} & set(line.text)
    )
    assert text == pytest.approx(seven | eight, abs=0.001)
    assert table["7"] == table["8"] != pytest.approx(text["7"], abs=0.01)


def glyph_lines_of(body: str, folder: Path) -> list[PrintedLine]:
    laid = lay_out(unit(body))
    assert not laid.losses and not laid.lost_words
    return list(glyph_lines(saved(laid, folder)))


def test_a_list_may_begin_a_page_below_the_paragraph_before_it(tmp_path: Path) -> None:
    filler = "".join(f"<p>Filler {number}.</p>" for number in range(34))
    two, item = "<p>They were " + "named in words, " * 5 + "by</p>", "an item that is long enough for two lines, " * 3
    lines = glyph_lines_of(f"<article class='chapter'>{filler}{two}<ul><li>{item}</li></ul></article>", tmp_path)
    pages = {line.text.split()[0]: line.page for line in lines}
    assert (pages["They"], pages["•"]) == (0, 1)


def test_code_stands_in_the_middle_of_its_lines(tmp_path: Path) -> None:
    code = "<div class='highlight-none'><div class='highlight'><pre>one\ntwo\nthree</pre></div></div>"
    lines = glyph_lines_of(f"<article class='chapter'><p>Before.</p>{code}<p>After.</p></article>", tmp_path)
    before, first, _, last, after = [line for line in lines if not line.text.isdigit()]
    assert abs((first.y - before.y) - (after.y - last.y)) < 6
    assert (after.y - before.y) * 0.75 % LINE == pytest.approx(0, abs=0.5), "on the grid"


def test_a_paragraph_after_verse_is_indented(tmp_path: Path) -> None:
    verse = "<div class='line-block'><div class='line'>A verse.</div></div>"
    body = f"<p>First.</p>{verse}<p>Another paragraph.</p>{verse}<p>and its sentence goes on.</p>"
    lefts = {line.text: line.left for line in glyph_lines_of(f"<article class='chapter'>{body}</article>", tmp_path)}
    continued = lefts["and its sentence goes on."]
    assert lefts["Another paragraph."] - continued == pytest.approx(1.3 * 13.866, abs=1)


def test_the_short_label_of_a_row_has_one_line(tmp_path: Path) -> None:
    note = f"<span class='pagenote' data-number='1'>{'A note on the labels of rows. ' * 8}</span>"
    cells = f"<td>{'a household that had not divided its hearth, ' * 6}</td><td>the instrument</td>"
    rows = "".join(f"<tr><td>{label}</td>{cells}</tr>" for label in (f"Unit taxed{note}", "A label of several words"))
    lines = glyph_lines_of(f"<article class='chapter'><table>{rows}</table></article>", tmp_path)
    assert any(line.text.startswith("Unit taxed") for line in lines)
    assert sum("A note on" in line.text for line in lines) > 1 and max(line.right for line in lines) < 550
    assert not any(line.text.startswith("A label of several words") for line in lines)


@pytest.mark.parametrize(
    "block", ["<ul><li>Item.</li></ul>", "<pre>Code.</pre>", "<dl><dt>Term</dt></dl>", "<p>Text.</p>"]
)
def test_what_begins_a_page_stands_at_its_head(tmp_path: Path, block: str) -> None:
    filler = "".join(f"<p>Filler {number}.</p>" for number in range(38))
    lines = glyph_lines_of(f"<article class='chapter'>{filler}{block}<p>After.</p></article>", tmp_path)
    first, after = [line for line in lines if line.page == 1 and line.text != "2"]
    assert first.y == pytest.approx(103.5, abs=5)
    assert (after.y - 103.5) * 0.75 % LINE == pytest.approx(0, abs=0.5)
