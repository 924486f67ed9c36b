"""Describe an exception as a finding: what happened at which line of which source, and whose fault it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from importlib.metadata import metadata
from pathlib import Path
from types import FrameType
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.utils import get_source_line
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from fleuron.diagnostics import Diagnostic, Finding

# Programs that call what authors and extensions ask for, as a message names them. Other libraries do what their caller
# says: an exception in one of them is the caller's.
PROGRAMS = {"fleuron": "Fleuron", "sphinx": "Sphinx", "docutils": "docutils", "myst_parser": "MyST"}
# The methods of a writer that meets a node which nobody has told it how to write.
UNKNOWN_NODE = frozenset({"unknown_visit", "unknown_departure"})
# The longest description of an exception, in characters.
LENGTH = 300


def finding_of_exception(error: BaseException, line: int = 1, extensions: Collection[str] = ()) -> Finding:
    """Return the finding about an exception; ``extensions`` are the modules of Sphinx's extensions."""
    error = original(error)
    frames = list(frames_of(error))
    if isinstance(error, RecursionError):
        return Finding(Diagnostic.NESTED_TOO_DEEPLY, line)
    if isinstance(error, OSError) and error.strerror and error.filename:
        name = Path(os.fsdecode(error.filename)).name
        return Finding(Diagnostic.UNREADABLE_FILE, line, {"name": shortened(name, 60), "problem": error.strerror})
    if isinstance(error, ValueError) and "null byte" in str(error):
        return Finding(Diagnostic.UNREADABLE_FILE, line, {"name": "…", "problem": "its name has a NUL character"})
    if frames and frames[-1][0].f_code.co_name in UNKNOWN_NODE and (node := frames[-1][0].f_locals.get("node")):
        return Finding(Diagnostic.UNKNOWN_NODE, line, {"node": type(node).__name__})
    owner, place = owner_of(frames, extensions)
    values = {"exception": summary_of(error), "place": place, "program": owner}
    if owner == PROGRAMS["fleuron"]:
        return Finding(Diagnostic.OWN_FAULT, line, {**values, "address": address_of_issues()})
    return Finding(Diagnostic.PROGRAM_FAULT, line, values)


def original(error: BaseException) -> BaseException:
    """Return the exception that a handler of an event, or a method that Sphinx calls, has raised."""
    cause = getattr(error, "orig_exc", None)
    return cause if isinstance(cause, BaseException) else error


def frames_of(error: BaseException) -> Iterator[tuple[FrameType, int]]:
    """Yield the frames of an exception's traceback with their lines, the one that raised it last."""
    step = error.__traceback__
    while step is not None:
        yield step.tb_frame, step.tb_lineno
        step = step.tb_next


def summary_of(error: BaseException) -> str:
    """Describe an exception in one line."""
    text = " ".join(str(error).split())
    return shortened(f"{type(error).__name__}: {text}" if text else type(error).__name__, LENGTH)


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


def owner_of(frames: list[tuple[FrameType, int]], extensions: Collection[str]) -> tuple[str, str]:
    """Return the program, or the extension, whose code raised an exception or called what did; and where it is."""
    for frame, line in reversed(frames):
        module = str(frame.f_globals.get("__name__", ""))
        if Path(frame.f_code.co_filename).name == "conf.py":
            return "conf.py", f"line {line}"
        if program := PROGRAMS.get(module.partition(".")[0]):
            return program, f"{module}, line {line}"
        if names := [name for name in extensions if f"{module}.".startswith(f"{name}.")]:
            return f"the extension {max(names, key=len)}", f"{module}, line {line}"
        if not is_installed(frame):
            return f"the extension {module}", f"line {line}"
    return "Python", "place unknown"


def is_installed(frame: FrameType) -> bool:
    """Return whether a frame's code is that of Python, or of an installed library."""
    return frame.f_code.co_filename.startswith(("<", sys.base_prefix, sys.prefix))


def address_of_issues() -> str:
    """Return the address where faults of Fleuron are reported."""
    addresses = (entry.partition(", ") for entry in metadata("fleuron").get_all("Project-URL", []))
    return next((address for label, _comma, address in addresses if label == "Issues"), "")


def place_of_exception(error: BaseException) -> tuple[str, int] | None:
    """Return the source file and the line of what was read or written when an exception was raised, if it is known."""
    for frame, _line in reversed(list(frames_of(original(error)))):
        values = frame.f_locals
        for name in ("node", "token", "self", "child", *values):
            if place := place_of_object(values.get(name)):
                return place
    return None


def place_of_object(value: Any) -> tuple[str, int] | None:
    """Return the file, "" for the document itself, and the line of a node, a token or a directive."""
    if isinstance(value, nodes.Element) and not isinstance(value, nodes.document):
        source, line = get_source_line(value)
        return (str(source or ""), line) if line else None
    if isinstance(value, SyntaxTreeNode) and (not value.is_root and value.map):
        return "", value.map[0]  # which MyST has made to begin with 1
    if isinstance(value, Token) and value.map:
        return "", value.map[0] + 1
    if isinstance(value, Directive):
        return "", value.lineno
    return None


def document_of_exception(error: BaseException) -> str:
    """Return the document that was read or written when an exception was raised; "" if it is not known."""
    for frame, _line in reversed(list(frames_of(original(error)))):
        for name in ("docname", "pagename", "document"):
            if isinstance(value := frame.f_locals.get(name), str):
                return value
    return ""
