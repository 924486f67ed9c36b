"""Which decimals a number lacks in its column."""

from __future__ import annotations

import pytest

from fleuron.paged.layout.placement.decimal_columns import missing_decimals


@pytest.mark.parametrize(
    ("column", "missing"),
    [
        (["1.5", "12", "0.25"], ["0", ".00", ""]),
        (["1,5", "12", ""], ["", ",0", ""]),
        (["1,234", "56"], ["", ""]),
        (["1,234.5", "56"], ["", ".0"]),
        (["1.234.567", "5.1"], ["", ""]),
        (["5 %", "2.5"], ["", ""]),
        (["–", "2.50"], ["", ""]),
    ],
)
def test_each_number_gets_the_decimals_of_the_longest(column: list[str], missing: list[str]) -> None:
    assert missing_decimals(column) == missing
