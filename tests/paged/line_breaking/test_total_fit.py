"""Lines that are chosen for a paragraph as a whole: better than one by one, hyphens at a price, and always a result."""

from __future__ import annotations

from itertools import pairwise

import pytest

from fleuron.paged.line_breaking.bonds import BOND
from fleuron.paged.line_breaking.items import FORBIDDEN, Box, Glue, Item, Penalty, legal_ends
from fleuron.paged.line_breaking.ragged import choose_ragged_ends
from fleuron.paged.line_breaking.spacing import Spacing, spacing_of
from fleuron.paged.line_breaking.total_fit import LADDER, Choice, Measure, choose_ends, price_of_hyphen

SPACE = Glue(2.0, 1.0, 0.4)
HYPHEN = Penalty(1.0, 0.0, True)


def paragraph(text: str) -> list[Item]:
    """Make items of a text whose letters are one wide; a hyphen may be put where it has a tilde."""
    items: list[Item] = []
    for word in text.split(" "):
        for part in word.split("~"):
            items += [Box(len(part), len(part)), HYPHEN]
        items[-1] = SPACE
    return items[:-1]


def lines_of(text: str, choice: Choice) -> list[str]:
    """Return the lines of a text that are chosen, with their hyphens."""
    items = paragraph(text)
    parts = [part for word in text.split(" ") for part in word.split("~")]
    boxes = [number for number, item in enumerate(items) if isinstance(item, Box)]
    lines = []
    for start, end in pairwise((-1, *choice.ends)):
        line = ""
        for number in range(max(start, 0), end):
            if isinstance(items[number], Box):
                line += parts[boxes.index(number)]
            elif isinstance(items[number], Glue) and line:
                line += " "
        lines.append(line + ("-" if end < len(items) and items[end] == HYPHEN else ""))
    return lines


def test_that_a_line_is_broken_early_for_the_next_ones_sake() -> None:
    # One by one, the first line would have “hh” too, without which the second has holes.
    text = "aa bb cc dd ee ff gg hh iiii jjjj kkkkk llll mmmmmmmmmmmmmm nnnn"
    lines = lines_of(text, choose_ends(paragraph(text), Measure(30.0)))
    assert lines == ["aa bb cc dd ee ff gg", "hh iiii jjjj kkkkk llll", "mmmmmmmmmmmmmm nnnn"]


def test_that_the_words_stay_and_that_no_line_is_too_wide() -> None:
    text = " ".join(["ab~cde", "fg~hij", "klm", "nop~qrs~tu", "vw"] * 20)
    items = paragraph(text)
    choice = choose_ends(items, Measure(40.0, 3.0))
    lines = lines_of(text, choice)
    assert "".join(
        line.removesuffix("-") if line.endswith("-") else line + " " for line in lines
    ).strip() == text.replace("~", "")
    assert choice.fits
    for place, line in enumerate(lines):
        shrunk = len(line) + line.count(" ") * (SPACE.width - SPACE.shrink - 1)
        assert shrunk <= 40.0 - (0 if place else 3.0) + 0.01


def test_that_lines_end_within_words_only_where_spaces_would_be_wide() -> None:
    easy = "abcd efgh ijkl mnop qrst uvwx yzab cdef ghij klmn"
    assert not any(line.endswith("-") for line in lines_of(easy, choose_ends(paragraph(easy), Measure(22.0))))
    hard = "abcd in~com~pre~hen~si~bil~i~ties efgh ijkl mnop"
    assert any(line.endswith("-") for line in lines_of(hard, choose_ends(paragraph(hard), Measure(22.0))))


def test_that_at_most_two_lines_in_a_row_end_within_a_word() -> None:
    text = " ".join(["abcdefg~hijklmnop"] * 24)
    lines = lines_of(text, choose_ends(paragraph(text), Measure(26.0)))
    longest = count = 0
    for line in lines:
        count = count + 1 if line.endswith("-") else 0
        longest = max(longest, count)
    assert 0 < longest <= LADDER


def test_that_the_last_line_is_no_short_word() -> None:
    text = "aa bb cc dd ee ff gg hh ii jj kk ll mm"
    loose = lines_of(text, choose_ends(paragraph(text), Measure(23.0)))
    kept = lines_of(text, choose_ends(paragraph(text), Measure(23.0, runt=5.0)))
    assert (loose[-1], kept[-1]) == ("mm", "ll mm")


def test_that_letters_are_tracked_rather_than_spaces_stretched_far() -> None:
    spacing = spacing_of(slack=8.0, spaces=4, letters=30, stretch=1.0, shrink=0.4, tracking=0.1)
    assert spacing.letters == pytest.approx(8.0 / 30 - 4 * 1.3 / 30)
    assert spacing.words * 4 + spacing.letters * 30 == pytest.approx(8.0)
    assert spacing_of(4.0, 4, 30, 1.0, 0.4, 0.1) == Spacing(1.0)
    squeezed = spacing_of(-3.0, 4, 30, 1.0, 0.4, 0.1)
    assert squeezed.words == pytest.approx(-0.4)
    assert squeezed.letters == pytest.approx(-1.4 / 30)
    assert spacing_of(5.0, 0, 3, 1.0, 0.4, 0.1) == Spacing()


def test_that_tracking_leaves_spaces_as_they_are() -> None:
    ends = legal_ends([Box(9, 9), SPACE, Box(8, 8), SPACE, Box(7, 7)])
    assert ends.letters == [9, 16, 22]
    assert ends.next_letters[:2] == [8, 15]
    joined = legal_ends([Box(9), SPACE, Box(8), SPACE, Box(7)])
    assert joined.letters == [0, 0, 0]


def test_that_of_two_lines_with_holes_the_one_with_lesser_holes_is_taken() -> None:
    items: list[Item] = [Box(4), SPACE, Box(4), SPACE, Box(4), Penalty(0, BOND), SPACE, Box(28), SPACE, Box(2)]
    assert choose_ends(items, Measure(30.0)).ends[0] == 5


def test_that_nothing_ends_where_it_is_forbidden() -> None:
    items: list[Item] = [Box(8), SPACE, Box(5), Penalty(0, FORBIDDEN), SPACE, Box(8), SPACE, Box(9)]
    assert legal_ends(items).items == [1, 6, 8]
    assert 3 not in choose_ends(items, Measure(16.0)).ends


def test_that_what_belongs_together_is_parted_only_where_nothing_else_fits() -> None:
    four: list[Item] = [Box(3), SPACE] * 4
    items: list[Item] = [*four, Box(3), Penalty(0, BOND), SPACE, Box(6), SPACE, Box(9)]
    assert choose_ends(items, Measure(23.0)).ends == (7, 14)
    bound: list[Item] = [Box(16), Penalty(0, BOND), SPACE, Box(9)]
    assert choose_ends(bound, Measure(18.0)).ends == (1, 4)


def test_that_a_word_wider_than_the_measure_has_a_line_and_is_known() -> None:
    text = "aaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cc"
    choice = choose_ends(paragraph(text), Measure(10.0))
    assert lines_of(text, choice)[1] == "b" * 31
    assert not choice.fits
    assert not choose_ragged_ends(paragraph(text), Measure(10.0), is_balanced=True).fits


def test_that_the_lines_of_a_title_are_even() -> None:
    text = "aaaa bbbb cccc dddd eeee ff"
    filled = lines_of(text, choose_ragged_ends(paragraph(text), Measure(31.0), is_balanced=False))
    balanced = lines_of(text, choose_ragged_ends(paragraph(text), Measure(31.0), is_balanced=True))
    assert filled == ["aaaa bbbb cccc dddd eeee", "ff"]
    assert balanced == ["aaaa bbbb cccc", "dddd eeee ff"]


def test_that_hyphens_cost_more_where_words_are_long() -> None:
    assert price_of_hyphen("ru") > price_of_hyphen("de-AT") > price_of_hyphen("tr") == price_of_hyphen("")


def test_that_a_sign_in_the_margin_takes_no_room_on_its_line() -> None:
    items: list[Item] = [Box(5), Penalty(-0.6), SPACE, Box(5), SPACE, Box(4, hung=0.5), Penalty(), SPACE, Box(3)]
    ends = legal_ends(items)
    assert ends.widths[:3] == pytest.approx([4.4, 12.0, 18.0])
    assert ends.next_widths[1] == pytest.approx(14.5), "the line begins within its first box"
    assert choose_ends(items, Measure(4.4)).ends[0] == 1
