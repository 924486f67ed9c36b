"""The cover that is drawn for a book without one."""

from __future__ import annotations

import itertools

import pytest
from lxml import etree

from fleuron.content.mark import fleuron_mark
from fleuron.epub.cover import (
    FALLBACK_FACE,
    HEIGHT,
    MARGIN,
    WIDTH,
    Cover,
    MeasuredFace,
    break_lines,
    cover_png,
    cover_svg,
    fit_text,
)

SVG = "{http://www.w3.org/2000/svg}"
MARK = b'<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><path d="M0 0h64v64z"/></svg>'
COVER = Cover("A Review of Everything", "And more", "Ada Author", "3", "ltr", MARK)


@pytest.fixture(scope="module")
def face() -> MeasuredFace:
    return MeasuredFace(FALLBACK_FACE)


def texts(cover: Cover, face: MeasuredFace) -> list[etree._Element]:
    return etree.fromstring(cover_svg(cover, face)).findall(f"{SVG}text")


def test_lines_are_as_wide_as_they_may_be_and_no_wider(face: MeasuredFace) -> None:
    lines = break_lines("one two three four five six", face, 100, 600)
    assert " ".join(lines) == "one two three four five six"
    assert all(face.width(line, 100) <= 600 for line in lines)
    assert all(face.width(f"{line} {following.split()[0]}", 100) > 600 for line, following in itertools.pairwise(lines))


@pytest.mark.parametrize(
    ("title", "large"),
    [("Notes", True), ("A Review of Everything " * 3, True), ("Extraordinarily" * 4, False), ("a " * 300, False)],
)
def test_a_title_is_as_large_as_fits_and_stays_on_the_cover(face: MeasuredFace, title: str, large: bool) -> None:
    size, lines = fit_text(title, face, (190, 100, 60), 6)
    assert len(lines) <= 8 and (size == 190) == large
    for text in texts(Cover(title, "", "", "", "ltr", MARK), face):
        assert 0 < int(str(text.get("y"))) < HEIGHT


def test_a_cover_says_title_subtitle_authors_and_number_in_order(face: MeasuredFace) -> None:
    said = texts(COVER, face)
    assert " ".join(str(text.text) for text in said) == "A Review of Everything And more Ada Author 3"
    places = [int(str(text.get("y"))) for text in said]
    assert places == sorted(places)


def test_a_cover_in_arabic_letters_begins_at_the_right(face: MeasuredFace) -> None:
    text = texts(Cover("عنوان", "", "", "", "rtl", MARK), face)[0]
    assert (text.get("x"), text.get("text-anchor")) == (str(WIDTH - MARGIN), "end")


def test_a_title_without_spaces_is_broken_and_no_line_begins_with_a_stop(face: MeasuredFace) -> None:
    assert break_lines("直観と骨格、日本語", face, 100, 410) == ["直観と骨", "格、日本", "語"]
    assert break_lines("直観と骨、日本 and more", face, 100, 410) == ["直観と", "骨、日本", "and more"]


def test_words_are_no_markup(face: MeasuredFace) -> None:
    assert str(texts(Cover("<script>&", "", "", "", "ltr", MARK), face)[0].text) == "<script>&"


def test_the_picture_is_the_same_each_time_and_of_the_size_that_booksellers_want() -> None:
    first, second = (cover_png(COVER, [FALLBACK_FACE]) for _ in range(2))
    assert first == second
    assert first[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(first[16:20]), int.from_bytes(first[20:24])) == (WIDTH, HEIGHT)
    assert cover_png(Cover("", "", "", "", "ltr", MARK), [FALLBACK_FACE]) != first  # the face has drawn something


def test_the_mark_of_fleuron_can_be_drawn(face: MeasuredFace) -> None:
    drawn = etree.fromstring(cover_svg(Cover("A", "", "", "", "ltr", fleuron_mark()), face))
    assert drawn.find(f"{SVG}svg/{SVG}path") is not None
