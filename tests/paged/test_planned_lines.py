"""The lines of written pages are those that are chosen: in any markup and direction, over pages, with every word."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import saved, unit
from tests.support.printed_lines import PrintedLine, justified_lines, printed_lines, quality_of

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
    for edges in ([line.left for line in lines], [line.right for line in lines[1:]]):
        assert max(edges) - min(edges) < 1


def test_that_an_address_in_a_note_is_broken_before_its_signs(tmp_path: Path) -> None:
    note = f'<span class="pagenote" data-number="1">See <a href="{ADDRESS}">{ADDRESS}</a>, where it is told.</span>'
    lines = [line for line in printed_lines(printed(f"<p>One{note}. Two</p>", tmp_path)) if line.size < 12]
    broken = [first.text.strip() for first, _ in pairwise(lines)]
    assert any("example.org" in line for line in broken)
    assert ADDRESS in "".join(line.text for line in lines).replace(" ", "")
    assert not [line for line in broken if line.endswith(("\u2010", ".", "_", "?", "202", "1234"))]


def test_that_a_heading_has_lines_of_like_width(tmp_path: Path) -> None:
    title = "The Drum and the Road: Merchants of New Julfa"
    lines = [line for line in printed_lines(printed(f"<h1>{title}</h1><p>Text.</p>", tmp_path)) if line.size > 20]
    assert texts(lines) == ["The Drum and the Road:", "Merchants of New Julfa"]


def test_that_lines_beside_a_float_are_filled_one_by_one(tmp_path: Path) -> None:
    box = "<div style='float: left; width: 40mm; height: 30mm; border: 1pt solid'></div>"
    lines = list(printed_lines(printed(f"{box}<p>{TEXT * 4}</p>", tmp_path)))
    assert min(line.left for line in lines[:4]) > min(line.left for line in lines[-3:]) + 100
