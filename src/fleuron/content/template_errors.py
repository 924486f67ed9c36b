"""Describe a mistake in a Jinja template, the publication's own or one that it extends, with its file and line."""

from __future__ import annotations

import traceback


def template_place(error: BaseException) -> tuple[str, int] | None:
    """Return the file and the line of the template in which an error occurred, or None if no template is involved.

    Jinja rewrites the traceback so that a template's frames have its name and its lines.
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else None


def template_fault(error: BaseException) -> str:
    """Return an error as one line with the template's file and line, or an empty string if no template is involved."""
    place = template_place(error)
    return f"{place[0]}:{place[1]}: {error}" if place else ""
