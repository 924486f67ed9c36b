"""Each parser reads any input, or refuses it with an exception of ours.

``FLEURON_FUZZ_INPUTS`` is the number of inputs for all parsers together, new ones in each run, as each night; without
it, a few that are always the same. An input at which a parser fails becomes a file in ``failures/``: put it under
version control with what mends it, and it is read for ever.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.inputs import inputs, pieces_of, valid_inputs
from tests.fuzz.parsers import PARSERS

NUMBER = os.environ.get("FLEURON_FUZZ_INPUTS", "")
FEW = 40
FAILURES = Path(__file__).parent / "failures"
# An input that is found now, in its shortest form.
FOUND = "found"


@pytest.mark.parametrize("name", PARSERS)
def test_valid_inputs_are_read(name: str) -> None:
    assert len(pieces_of(name)) > 20
    assert valid_inputs(name)
    for content in valid_inputs(name):
        PARSERS[name].read(content)


@pytest.mark.parametrize("name", PARSERS)
def test_any_input_is_read_or_refused(name: str) -> None:
    @settings(
        max_examples=max(int(NUMBER or 0) // len(PARSERS), FEW),
        deadline=None,
        derandomize=not NUMBER,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(content=inputs(name))
    def read(content: bytes) -> None:
        try:
            PARSERS[name](content)
        except BaseException:
            path = FAILURES / name / FOUND
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            raise

    read()


def past_failures() -> list[Path]:
    return sorted(path for path in FAILURES.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", past_failures(), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_failed_in_the_past_does_not(path: Path) -> None:
    PARSERS[path.parent.name](path.read_bytes())
