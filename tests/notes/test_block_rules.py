"""Rules of markdown-it for what stands around notes: amounts of money, and definitions below a quotation."""

from __future__ import annotations

import pytest
from myst_parser.config.main import MdParserConfig

from fleuron.notes.markup.calls import NoteCallParser


def formulas(text: str) -> list[str]:
    """Return the formulas in a text of MyST."""
    parser = NoteCallParser.markdown_parser(MdParserConfig(enable_extensions={"dollarmath"}))
    inline = [child for token in parser.parse(text) for child in token.children or ()]
    return [child.content for child in inline if child.type == "math_inline"]


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 to $10.",
        "From $5-$10, or US$7 or US$8.",
        "5$ ile 10$ arasında",
        "$5 and more, then\n$6",
        r"\$5 to \$10",
        "$5",
    ],
)
def test_amounts_of_money_are_text(text: str) -> None:
    assert formulas(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$5$ and $10$", ["5", "10"]),
        (r"a 3$\times$5 matrix", [r"\times"]),
        ("$ 2x $ and 5$ x $", [" 2x ", " x "]),
        ("It costs $5, and $x$ is $y$", ["x", "y"]),
        (r"\\$5 to$", ["5 to"]),
    ],
)
def test_formulas_beside_numbers(text: str, found: list[str]) -> None:
    assert formulas(text) == found


def test_a_note_is_defined_on_the_line_below_a_quotation() -> None:
    parser = NoteCallParser.markdown_parser(MdParserConfig())
    tokens = parser.parse("> Words.\n[^a]: A note.\n\nText.[^a]\n")
    assert [token.type for token in tokens if "quote" in token.type or token.type == "footnote_reference_open"] == [
        "blockquote_open",
        "blockquote_close",
        "footnote_reference_open",
    ]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("19. March\n\n5. May\n6. June", [19, 5]),
        ("1. a\n2. b\n2. c", [1, 2]),
        ("1. a\n1. b\n1. c", [1]),
        ("1. a\n2. b\n   1. x\n   3. y\n3. c", [1, 1, 3]),
        ("> - 7) a\n>   5) b", [7, 5]),
    ],
)
def test_the_numbers_of_a_list_are_those_that_are_written(text: str, starts: list[int]) -> None:
    tokens = NoteCallParser.markdown_parser(MdParserConfig()).parse(text)
    assert [token.attrs.get("start", 1) for token in tokens if token.type == "ordered_list_open"] == starts
    assert sum(token.nesting for token in tokens) == 0
