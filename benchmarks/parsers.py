"""Measure how long each parser takes for inputs of twice the length: `python -m benchmarks.parsers --bytes 1048576`.

An input repeats one piece of the parser's grammar. Whatever takes more seconds of the processor for a megabyte than the
bound, or grows faster than its input, is listed; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections.abc import Iterator
from types import FrameType

from benchmarks.tables import Table
from tests.fuzz.inputs import pieces_of, valid_inputs
from tests.fuzz.parsers import PARSERS

# The seconds of the processor that a megabyte may take, on a machine that does nothing else.
BOUND = 2.0
# The growth that is still linear, with what varies.
GROWTH = 3.0
MEGABYTE = 2**20
# What takes shorter than this many seconds is not compared.
SHORTEST = 0.1
# A parser is stopped after so many times the bound.
PATIENCE = 4
# How many mixtures of a few pieces are repeated, besides each piece by itself.
MIXED = 40


class TooLong(BaseException):
    """Raised where a parser has taken too long."""


def stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def seconds(name: str, content: bytes, limit: float) -> float:
    """Return how many seconds of the processor a parser takes; ``limit`` if it is stopped or fails."""
    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    began = time.process_time()
    try:
        PARSERS[name](content)
    except TooLong:
        return limit
    except Exception:  # which the tests report
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def slow_pieces(name: str, size: int, seconds_for_megabyte: float) -> Iterator[tuple[bytes, float, float]]:
    """Yield the pieces that take too long: with the seconds for half of the size, and for all of it."""
    bound = seconds_for_megabyte * size / MEGABYTE
    chance = random.Random(name)
    mixed = [b"".join(chance.choices(pieces_of(name), k=chance.randint(2, 4))) for _ in range(MIXED)]
    for piece in [*pieces_of(name), *valid_inputs(name), *mixed]:
        content = piece * (size // len(piece) + 1)
        half = seconds(name, content[: size // 2], bound * PATIENCE)
        whole = seconds(name, content[:size], bound * PATIENCE)
        if whole > bound or (half > SHORTEST and whole > GROWTH * half):
            yield piece, half, whole


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="PARSER", help=f"one of {', '.join(PARSERS)} (default: all)")
    parser.add_argument("--bytes", type=int, default=MEGABYTE, help="the length of the longer inputs (default: 2**20)")
    parser.add_argument("--bound", type=float, default=BOUND, help="the most seconds for a megabyte (default: 2)")
    options = parser.parse_args()
    rows = []
    for name in options.names or PARSERS:
        for piece, half, whole in slow_pieces(name, options.bytes, options.bound):
            shown = piece[:30].decode("utf-8", "replace")
            print(f"{name}: {shown!r} {half:.2f} s, twice as long {whole:.2f} s", file=sys.stderr, flush=True)
            rows.append((name, repr(shown), f"{half:.2f} s", f"{whole:.2f} s"))
    print(
        Table("Slow inputs", ("Parser", "Repeated", f"{options.bytes // 2:,} bytes", f"{options.bytes:,} bytes"), rows)
    )
    return 1 if rows else 0


if __name__ == "__main__":
    sys.exit(main())
