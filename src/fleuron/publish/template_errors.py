"""Describe what is wrong with a page template, the publication's own or one that it extends."""

from __future__ import annotations

import traceback


def template_fault(error: BaseException) -> str:
    """Return an error as one line with the template's file and line, or an empty string if no template is involved.

    Jinja rewrites the traceback so that a template's frames have its name and its lines.
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return f"{frames[-1].filename}:{frames[-1].lineno}: {error}" if frames else ""
