"""End a command that is interrupted as one that fails: what it has begun is cleared away."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# The signals by which a terminal that is closed, or a system that shuts down, ends a command; Windows has no SIGHUP.
SIGNALS = [number for number in signal.Signals if number.name in ("SIGTERM", "SIGHUP")]


class EndedBySignal(KeyboardInterrupt):
    """Raised where a command is when it has a signal to end; ``number`` is that of the signal."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__()
        self.number = number


def end(number: int, _frame: FrameType | None) -> None:
    raise EndedBySignal(number)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise EndedBySignal for a signal to end, as Python raises KeyboardInterrupt for Ctrl-C.

    A signal that this process ignores, as under nohup, stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread has signals
        return
    taken = [number for number in SIGNALS if signal.getsignal(number) == signal.SIG_DFL]
    for number in taken:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def exit_code_of(interruption: KeyboardInterrupt) -> int:
    """Return the exit code of a command that was interrupted, as shells have it: 130 for Ctrl-C."""
    number = interruption.number if isinstance(interruption, EndedBySignal) else signal.SIGINT
    return 128 + number
