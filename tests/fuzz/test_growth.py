"""An input of twice the length takes a parser at most a little more than twice as many steps.

The steps are calls of functions, of Python and of C; what a regular expression or a copy takes by itself is measured by
`benchmarks.parsers`.
"""

from __future__ import annotations

import sys

import pytest

from tests.fuzz.inputs import pieces_of
from tests.fuzz.parsers import PARSERS
from tests.fuzz.test_fuzz import NUMBER

# How often a piece is repeated, and the most that twice as many may take. Some parsers need many steps for a piece.
OFTEN = 300
# Whose pieces take long: by night alone.
IMPORTED = ("google-document", "latex", "word-document", "wordpress")
FEWER = {} if NUMBER else {"formula": 50, "markdown": 50}
GROWTH = 2.3


def steps(name: str, content: bytes) -> int:
    """Count the calls that a parser makes."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        PARSERS[name](content)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", [name for name in PARSERS if NUMBER or name not in IMPORTED])
def test_twice_as_much_takes_twice_as_many_steps(name: str) -> None:
    for piece in pieces_of(name):
        content = piece * FEWER.get(name, OFTEN)
        steps(name, content)  # what is imported or kept at first
        once, twice = steps(name, content + b" "), steps(name, content * 2 + b" ")
        assert twice <= GROWTH * once + 2000, (piece, once, twice)
