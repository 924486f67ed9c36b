"""CachedDocument-ins for the layout, which workers import by name: cheap, slow to die or quick to."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from fleuron.paged.layout.units import LaidOut, Unit

# What changes in one process, and another must not inherit.
STATE: list[str] = []


def plain(unit: Unit) -> LaidOut:
    """A page for each letter of the sheet; the PDF is what the unit is known by."""
    return LaidOut(unit.digest.encode(), len(unit.sheet), {"process": os.getpid(), "state": len(STATE)})


def noted(unit: Unit) -> LaidOut:
    """Note in which order units come, where this process lays them out itself."""
    STATE.append(unit.name)
    return plain(unit)


def lossy(unit: Unit) -> LaidOut:
    return LaidOut(b"", 0, {}, ("a picture is missing",))


def choosy(unit: Unit) -> LaidOut:
    """Fail at one unit."""
    if unit.name == "bad":
        raise ValueError("no\nsuch   glyph")
    return plain(unit)


def mortal(unit: Unit) -> LaidOut:
    """Kill the worker once: the first time that the unit comes whose sheet is the place of a mark."""
    mark = Path(unit.sheet)
    if mark.is_absolute() and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(unit)


def fatal(unit: Unit) -> LaidOut:
    """Kill the worker at one unit, always."""
    if unit.name == "bad":
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(unit)
