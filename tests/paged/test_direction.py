"""Words of both directions in one paragraph: the order in which they are on a page, and on pages of the site."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from docutils import nodes
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from lxml import html

from fleuron.editions.bidirectional import isolate, isolate_directions, isolated_text, language_within
from fleuron.paged.layout.glyphs import inkless_glyphs
from fleuron.paged.sheets.bidi_levels import levels_of
from fleuron.paged.sheets.bidi_runs import order_runs
from tests.support.publications import Maker, pdf_pages, text_of

CONF = 'project = "Mixed"\nextensions = ["fleuron"]\nfleuron_languages = ["{}"]\nfleuron_epub_fonts = False\n'
HEAD = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n"
MIXED = f"""{HEAD}# متن

یک: The *Footnote* and **Its** History (1997) پایان.

کد `alpha < beta` و پایان.

```python
if gamma < delta:
```

سه: *متن English* Words پایان.[^a]

```{{option}} --delta <value>
شرح.
```

می‌خواهم کتاب‌ها را **نمی‌شود**.

{"بند " * 60}

*ibid.* و *op. cit.* و The *Works.* پایان.

| a | b |
|---|---|
| op. cit.[^a] | متن |

![نقشه](../map.svg)

[^a]: See *The* Works نوشته.
"""


# Proportions without a size, and a text whose letters join.
MAP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><text x="9" y="20">تاجیکستان</text></svg>'


def right_edges(path: Path, page: int, word: str) -> list[float]:
    """Return where the lines that are of one word end on the right, in points, from the first."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(path), "-"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    edges: dict[str, float] = {}
    for right, bottom in re.findall(rf'xMax="(\S+)" yMax="(\S+)">(?:{word}|{word[::-1]})</word>', output):
        edges[bottom] = max(float(right), edges.get(bottom, 0))
    return list(edges.values())


def words_by_line(path: Path, page: int) -> list[list[str]]:
    """Return the words of a page of a PDF by line, from left to right, as they are painted."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(path), "-"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.findall(r'<word xMin="(\S+)" yMin="\S+" xMax="\S+" yMax="(\S+)">(.*?)</word>', output)
    lines: dict[int, list[tuple[float, str]]] = {}
    for left, bottom, word in found:
        lines.setdefault(round(float(bottom) / 6), []).append((float(left), html.fromstring(word).text or ""))
    return [[word for _, word in sorted(line)] for _, line in sorted(lines.items())]


def in_order(lines: list[list[str]], *words: str) -> bool:
    """Return whether words are beside each other on a line, from left to right."""
    return any(line[place : place + len(words)] == [*words] for line in lines for place in range(len(line)))


def test_left_to_right_words_in_a_persian_text_are_in_their_own_order(make: Maker) -> None:
    publication = make({"conf.py": CONF.format("fa"), "articles/one.md": MIXED, "map.svg": MAP})
    result = publication.publish("pdf", "html", "epub", options="-W")
    assert result.code == 0, result.output
    lines = words_by_line(publication.build / "pdf" / "fa" / "one.pdf", 3)
    assert in_order(lines, "The", "Footnote", "and", "Its", "History", "(1997)"), lines
    assert in_order(lines, "alpha", "<", "beta") and in_order(lines, "if", "gamma", "<", "delta:"), lines
    assert in_order(lines, "English", "Words") and in_order(lines, "See", "The", "Works"), lines
    page = " ".join(pdf_pages(publication.build / "pdf" / "fa" / "one.pdf"))
    assert all(word in page for word in ("می‌خواهم", "کتاب‌ها", "نمی‌شود")), "non-joiners are in the text"
    assert "تاجیکستان" in page, "the letters of a picture are in their order"
    first, *others = right_edges(publication.build / "pdf" / "fa" / "one.pdf", 3, "بند")
    assert len(others) > 1 and all(edge - first > 8 for edge in others), "the first line is indented on the right"
    article = publication.page("fa", "articles/one")
    assert [
        each.get("dir") for each in article.xpath("//main//code | //main//div[contains(@class, 'highlight-')]")
    ] == [
        "ltr",
        "ltr",
    ]
    isolated = [
        text_of(each) for each in article.xpath("//main/article//p/em/bdi[@dir='ltr'] | //main//td//bdi[@dir='ltr']")
    ]
    assert isolated == ["ibid.", "op. cit.", "op. cit."], "their full stops would be shown before them"
    book = next((publication.build / "epub").rglob("*.epub"))
    with zipfile.ZipFile(book) as parts:
        pages = [parts.read(name).decode() for name in parts.namelist() if name.endswith("one.xhtml")]
    assert re.findall(r"<code[^>]* dir=\"ltr\"", pages[0]) and re.findall(r"<div[^>]* dir=\"ltr\"", pages[0])


def test_a_persian_title_over_two_lines_keeps_its_quotation_marks(make: Maker) -> None:
    title = "«" + " ".join(["گلستان"] * 12) + "» " + " ".join(["بوستان"] * 12)
    sentence = " ".join(["شیراز"] * 70)
    publication = make(
        {
            "conf.py": CONF.format("en"),
            "articles/one.md": f"{HEAD}# One\n\nSee [{title}]{{.language-fa}}, 1997.\n\n[{sentence}]{{.language-fa}}\n",
        }
    )
    result = publication.publish("pdf", options="-W")
    assert result.code == 0, result.output
    lines = words_by_line(publication.build / "pdf" / "en" / "one.pdf", 3)
    quoted = [line for line in lines if any("«" in word or "»" in word for word in line)]
    # The title begins at the right of its line, with the mark at the right of its first word.
    assert any("«" in word for word in quoted[0][-1:]), quoted
    # A paragraph of that language alone has its indent and the end of its last line on their own sides.
    first, *between, last = right_edges(publication.build / "pdf" / "en" / "one.pdf", 3, "شیراز")
    assert between and first < last - 5 and max(between) < last + 1


def test_a_paragraph_whose_words_are_all_of_another_direction_runs_in_it() -> None:
    def marked(text: str, *others: nodes.Node) -> nodes.paragraph:
        paragraph = nodes.paragraph("", "", nodes.inline("", text, classes=["language-fa", "verse"]), *others)
        isolate_directions(nodes.section("", paragraph), "en")
        return paragraph

    for paragraph in (marked("همان."), marked("همان.", nodes.footnote_reference("", "1"))):
        assert paragraph["classes"] == ["language-fa"]
        assert [each["classes"] for each in paragraph.findall(nodes.inline)] == [["verse"]]
    within = marked("همان", nodes.Text(", 1997."))
    assert within["classes"] == [] and isinstance(within.children[0], isolate)


def test_an_unmarked_persian_title_with_quotation_marks_is_one_run() -> None:
    runs = [
        part for part in isolated_text("See گلستان «سعدی» شیراز or «بوستان» and آن «این».") if isinstance(part, isolate)
    ]
    assert [run.astext() for run in runs] == ["گلستان «سعدی» شیراز", "بوستان", "آن «این»"]


@pytest.mark.parametrize(
    ("text", "base", "levels"),
    [
        ("abc", 0, "000"),
        ("abc", 1, "222"),
        ("دب a.", 1, "11121"),
        ("a (دب) c", 0, "00011000"),
        ("دب (a) 12", 1, "111121122"),
        ("a 12, دب", 1, "22221111"),
        ("دب 12–14", 1, "11122122"),
        ("دب 12", 0, "11122"),
        ("a ($12) ب", 1, "222222211"),
    ],
)
def test_levels_are_those_of_the_algorithm(text: str, base: int, levels: str) -> None:
    assert "".join(map(str, levels_of(text, base))) == levels


def body_of(content: str, direction: str) -> str:
    """Return the ordered content of a sheet."""
    return order_runs(f"<body>{content}</body>", direction).partition("<body>")[2].partition("</body>")[0]


@pytest.mark.parametrize(
    ("content", "direction", "expected"),
    [
        ("<p>a <b>b</b></p>", "ltr", "<p>a <b>b</b></p>"),
        ("<p>دب</p>", "rtl", "<p>دب</p>"),
        ("<p>د <em>a</em> b</p>", "rtl", '<p>د <span class="run" dir="ltr"><em>a</em> b</span></p>'),
        # An element that is partly in a run is divided, and its id stays with the first part.
        (
            '<p><em id="x">د a</em> b د</p>',
            "rtl",
            '<p><em id="x">د </em><span class="run" dir="ltr"><em>a</em> b</span> د</p>',
        ),
        # What is isolated has its own direction, and is one object in the line.
        ("<p>a <bdi>د <b>ب</b></bdi> 1</p>", "ltr", '<p>a <bdi dir="rtl">د <b>ب</b></bdi> 1</p>'),
        (
            '<p>د <code dir="ltr">a د</code></p>',
            "rtl",
            '<p>د <code dir="ltr">a <span class="run" dir="rtl">د</span></code></p>',
        ),
        # A line is what is between blocks and forced breaks.
        (
            "<p>a<br>د b</p>",
            "rtl",
            '<p><span class="run" dir="ltr">a</span><br>د <span class="run" dir="ltr">b</span></p>',
        ),
        # A number in one text needs no element.
        ("<p>د 12 ب</p>", "rtl", "<p>د 12 ب</p>"),
        ("<p>د 1<b>2</b></p>", "rtl", '<p>د <span class="run" dir="ltr">1<b>2</b></span></p>'),
    ],
)
def test_runs_have_elements_of_their_direction(content: str, direction: str, expected: str) -> None:
    assert body_of(content, direction) == expected


def test_ordering_loses_and_moves_no_word() -> None:
    note = '<span class="pagenote" data-number="1">x د <i>y</i></span>'
    content = f'<p>یک <em id="a">متن The</em> <b>F<i>o</i></b>ot {note}(12) پ</p>'
    for direction in ("ltr", "rtl"):
        before, after = html.fromstring(content), html.fromstring(body_of(content, direction))
        assert text_of(after) == text_of(before)
        assert after.xpath("//@id") == ["a"]


def test_a_note_of_the_edition_in_words_of_another_language_is_in_its_own() -> None:
    note, marked = nodes.inline("", "Ibid."), nodes.inline("", "همان", classes=["language-fa"])
    nodes.section("", nodes.paragraph("", "", note, marked, classes=["language-fa"]))
    assert language_within(note, "en") == {"lang": "en", "dir": "ltr"}
    assert language_within(note, "ar") == {"lang": "ar", "dir": "rtl"}
    assert language_within(note, "fa") == language_within(marked, "en") == {}
    plain = nodes.inline("", "Ibid.")
    nodes.paragraph("", "", plain)
    assert language_within(plain, "en") == {}


def test_joiners_are_drawn_without_ink() -> None:
    """Amiri shows its own glyphs of joiners as strokes."""
    command = ["fc-match", "-f", "%{file}", "Amiri"]
    face = TTFont(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    shapes, chosen = face.getGlyphSet(), inkless_glyphs(face)
    assert set(chosen) == {"\u200c", "\u200d"}
    for number in chosen.values():
        pen = BoundsPen(shapes)
        shapes[face.getGlyphName(number)].draw(pen)
        assert pen.bounds is None
