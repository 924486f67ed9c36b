"""The lines of written pages are those that are chosen: in any markup and direction, over pages, with every word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from fleuron.paged.layout.weasyprint_layout import lay_out
from fleuron.paged.line_breaking.protrusion import AT_BEGINNING, AT_END
from tests.paged.test_layout import saved, unit
from tests.support.printed_lines import PrintedGlyph, PrintedLine, faults_of, justified_lines, printed_lines, quality_of

TEXT = (
    "The drum travelled with the caravans on 18 November 1641, says A. S. Okonkwo (see p. 4 of her book), and it was "
    "heard for 12 km. <em>Nobody</em> who had <a href='#x'>listened to it</a> in the marketplaces forgot how "
    "characteristically it announced the incomprehensibilities of <strong>customs officers</strong>, whose registers "
    "are uninterruptedly kept. "
)
PERSIAN = (
    "بررسی تاریخ موسیقی در ایران نشان می‌دهد که سازهای کوبه‌ای پیش از دیگر سازها پدید آمدند "
    "و در آیین‌های گوناگون به کار رفتند. "
)
GERMAN = Path(__file__).parents[1] / "support" / "texts" / "register.de.txt"
ADDRESS = "https://example.org/a-long-path/of-many-parts/2024-11-18/and-a-name_of-a-page.html?question=1234567890"


def printed(body: str, folder: Path) -> Path:
    """Lay out a sheet, without a loss, and save its pages."""
    laid = lay_out(unit(f"<div id='x'>{body}</div>"))
    assert not laid.losses and not laid.lost_words
    return saved(laid, folder)


def texts(lines: list[PrintedLine]) -> list[str]:
    return [line.text.strip() for line in lines]


def test_that_lines_are_even_and_part_nothing_that_belongs_together(tmp_path: Path) -> None:
    path = printed(f"<p>{TEXT * 12}</p>", tmp_path)
    quality = quality_of(path)
    assert quality.lines > 40
    assert quality.loose < 0.03 and quality.hyphenated < 0.25 and quality.ladder <= 2
    lines = texts(justified_lines(path))
    assert not [line for line in lines if line.endswith(("18", " A.", " S.", "p.", " 12"))]
    assert any(line.endswith("\u2010") for line in lines), "words are hyphenated where spaces would be wide"


def test_that_german_lines_have_few_holes_and_hyphens(tmp_path: Path) -> None:
    """In running text, quotations and lists: German has the longest words."""
    paragraphs = [text.strip() for text in GERMAN.read_text("utf-8").split("\n\n")]
    body = "".join(
        f"<p>{each}</p><blockquote><p>{each}</p></blockquote><ul><li>{each}</li></ul>" for each in paragraphs
    )
    path = printed(f'<div lang="de">{body}</div>', tmp_path)
    (tmp_path / "narrow").mkdir()
    quality = quality_of(path)
    assert quality.lines > 240
    assert not faults_of(quality, "de")
    narrow = "".join(f"<p>{each}</p>" for each in paragraphs)
    narrow_path = printed(f'<div lang="de" style="width: 100mm">{narrow}</div>', tmp_path / "narrow")
    assert not faults_of(quality_of(narrow_path), "de")
    parted = [line.text.rsplit(None, 1)[-1].strip("‐„“(") for line in justified_lines(path) if line.is_hyphenated]
    assert parted and min(map(len, parted)) >= 3


def test_that_a_paragraph_has_the_same_lines_on_one_page_and_over_two(tmp_path: Path) -> None:
    first, paragraph = "<p>First.</p>", f"<p>{TEXT * 6}</p>"
    whole = texts(list(printed_lines(printed(first + paragraph, tmp_path))))[2:]
    below = printed(f"<div style='height: 160mm'></div>{first}{paragraph}", tmp_path)
    broken = [line for line in printed_lines(below) if not line.text.strip().isdigit()][1:]
    assert texts(broken) == whole
    assert [line.page for line in broken[:3] + broken[-3:]] == [0, 0, 0, 1, 1, 1]


def test_that_lines_from_right_to_left_end_at_both_edges(tmp_path: Path) -> None:
    path = printed(f'<div lang="fa" dir="rtl"><p>{PERSIAN * 12}</p></div>', tmp_path)
    lines = justified_lines(path)
    assert len(lines) > 8
    lefts = [line.left + hung(line.glyphs[0], AT_END) for line in lines]
    for edges in (lefts, [line.right for line in lines[1:]]):
        assert max(edges) - min(edges) < 1


def first_page(path: Path) -> list[PrintedLine]:
    return [line for line in justified_lines(path) if line.page == 0]


def hung(glyph: PrintedGlyph, parts: Mapping[str, float]) -> float:
    """Return how much of a glyph should stand in the margin."""
    return parts.get(glyph.text, 0.0) * (glyph.right - glyph.left)


def test_that_signs_at_the_ends_of_lines_stand_in_the_margin_by_their_part(tmp_path: Path) -> None:
    said = "“Where — if anywhere,” she asked, “is ‘it’; and since when: always?” He did not know it, they say. "
    lines = first_page(printed(f"<p>{(TEXT + said) * 14}</p>", tmp_path))
    right = max(line.right for line in lines if line.glyphs[-1].text.isalpha())
    left = min(line.left for line in lines if line.glyphs[0].text.isalpha())
    ends = {line.glyphs[-1].text for line in lines}
    assert ends >= {".", "\u2010"} and "“" in {line.glyphs[0].text for line in lines}
    for line in lines[1:]:
        assert abs(line.right - hung(line.glyphs[-1], AT_END) - right) < 0.6, line.text
        assert abs(line.left + hung(line.glyphs[0], AT_BEGINNING) - left) < 0.5, line.text


def test_that_signs_stand_in_the_left_margin_of_a_text_from_right_to_left(tmp_path: Path) -> None:
    said = "او گفت: «ساز» و «کوس»، و رفت؛ پس آمد. "
    lines = first_page(printed(f'<div lang="fa" dir="rtl"><p>{(PERSIAN + said) * 14}</p></div>', tmp_path))
    left = min(line.left for line in lines if line.glyphs[0].text.isalpha())
    right = max(line.right for line in lines if line.glyphs[-1].text.isalpha())
    assert {line.glyphs[0].text for line in lines} & set(AT_END), "a line ends with a sign"
    assert "«" in {line.glyphs[-1].text for line in lines}
    for line in lines[1:]:
        assert abs(line.left + hung(line.glyphs[0], AT_END) - left) < 0.5, line.text
        assert abs(line.right - hung(line.glyphs[-1], AT_BEGINNING) - right) < 0.5, line.text


def test_that_nothing_stands_in_the_margin_of_ragged_text_and_of_code(tmp_path: Path) -> None:
    words = "Who, then, as they say, has it, or had it, and when, if ever, at all, was it lost, or not, by us, here. "
    ragged = f"<p style='text-align: start'>{words * 9}</p><pre>{words * 9}</pre>"
    lines = list(printed_lines(printed(f"<p>{TEXT * 9}</p>{ragged}", tmp_path)))
    first = next(place for place, line in enumerate(lines) if line.text.startswith("Who, then"))
    edge = max(line.right for line in lines[:first] if line.glyphs[-1].text.isalpha())
    assert any(line.text.strip().endswith(",") for line in lines[first:])
    assert max(line.right for line in lines[first:]) < edge + 0.5


def test_that_an_address_in_a_note_is_broken_before_its_signs(tmp_path: Path) -> None:
    note = f'<span class="pagenote" data-number="1">See <a href="{ADDRESS}">{ADDRESS}</a>, where it is told.</span>'
    lines = [line for line in printed_lines(printed(f"<p>One{note}. Two</p>", tmp_path)) if line.size < 12]
    broken = [first.text.strip() for first, _ in pairwise(lines)]
    assert any("example.org" in line for line in broken)
    assert ADDRESS in "".join(line.text for line in lines).replace(" ", "")
    assert not [line for line in broken if line.endswith(("\u2010", ".", "_", "?", "202", "1234"))]


def test_that_a_last_line_shrinks_to_the_measure(tmp_path: Path) -> None:
    address = (
        "https://www.bl.uk/collection-guides/persian-manuscripts/marginal-annotations-and-readers-notes-in-safavid"
    )
    text = (
        "17.  British Library, “Digitised Persian Manuscripts: A Guide for Readers of Marginal Annotations in Safavid "
        f"Codices”, 2020, <a href='#x'>{address}-codices</a>, (Date of Accession: 11.02.2026)."
    )
    path = printed(f"<p style='font-size: 11.47px; width: 461px'>{text}</p>", tmp_path)
    second, last = [line for line in printed_lines(path) if line.text.startswith(("tions", "/marginal"))]
    assert last.text.endswith("11.02.2026).") and last.spaces[0] < second.spaces[0]
    assert last.right - last.glyphs[-1].size * 0.2 < second.right, "but for the stop, which stands in the margin"


def test_that_a_last_line_is_no_short_word(tmp_path: Path) -> None:
    words = re.sub("<[^>]*>", "", TEXT).split() * 3
    body = "".join(f"<p id='p{count}'>{' '.join(words[:count])} end.</p>" for count in range(60, 120))
    lines = list(printed_lines(printed(body, tmp_path)))
    last = [line for line in lines if line.text.strip().endswith("end.")]
    assert len(last) == 60
    short = [line.text for line in last if line.right - line.left < 3.9 * line.size]
    assert len(short) <= 1, short


def test_that_the_ending_of_a_participle_is_not_parted_from_its_consonant(tmp_path: Path) -> None:
    words = "pointed, recorded, intended, descended and committed, " * 6
    body = "".join(f"<p style='width: {width}mm'>{words}</p>" for width in range(40, 70))
    broken = [line.text.strip().rpartition(" ")[2] for line in printed_lines(printed(body, tmp_path))]
    parted = {word for word in broken if word.endswith("\u2010")}
    assert "commit\u2010" in parted
    assert not parted & {"poin\u2010", "recor\u2010", "inten\u2010", "descen\u2010"}


def test_that_a_heading_has_lines_of_like_width(tmp_path: Path) -> None:
    title = "The Drum and the Road: Merchants of New Julfa"
    lines = [line for line in printed_lines(printed(f"<h1>{title}</h1><p>Text.</p>", tmp_path)) if line.size > 20]
    assert texts(lines) == ["The Drum and the Road:", "Merchants of New Julfa"]


def test_that_lines_beside_a_float_are_filled_one_by_one(tmp_path: Path) -> None:
    box = "<div style='float: left; width: 40mm; height: 30mm; border: 1pt solid'></div>"
    lines = list(printed_lines(printed(f"{box}<p>{TEXT * 4}</p>", tmp_path)))
    assert min(line.left for line in lines[:4]) > min(line.left for line in lines[-3:]) + 100


def test_that_lines_of_a_table_of_contents_are_even_and_part_no_name(tmp_path: Path) -> None:
    """Also where the folio is after the title, which is not one of its words."""
    title = "The Drum and the Road: Merchants of New Julfa, their Instruments and what the Customs Officers Saw"
    names = "Marta Lindqvist Okonkwo, Eleni Papadaki, Farhad Rostami Isfahani, Nino Abashidze and Leyla Bozkurt Aydın"
    entry = f'<li><a class="entry" href="#x" data-folio="7"><bdi>{title}</bdi></a><p class="by">{names}</p></li>'
    head = f'<h1>One</h1><p class="byline">{names}, Ada Okonkwo</p>'
    path = printed(f'<nav id="contents"><ol>{entry}</ol></nav><article class="chapter">{head}</article>', tmp_path)
    lines = [line for line in printed_lines(path) if len(line.text) > 3]
    titles = [line for line in lines if line.text.strip() in title]
    assert len(titles) == 2 and titles[0].right - titles[1].right < 60
    by = ["Marta Lindqvist Okonkwo, Eleni Papadaki,", "Farhad Rostami Isfahani, Nino Abashidze and Leyla Bozkurt Aydın"]
    assert [line for line in texts(lines) if line in names][:2] == by
    ends = [line.text.strip() for line in lines if line.text.strip() in f"{names}, Ada Okonkwo"]
    assert len(ends) == 4 and all(end.endswith((",", " Aydın", "Ada Okonkwo")) for end in ends)
