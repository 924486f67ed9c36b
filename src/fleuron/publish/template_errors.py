"""Word what is wrong with a page template, the publication's own or one that it extends."""

from __future__ import annotations

import traceback


def template_fault(error: BaseException) -> str:
    """Word an error of a template as one line with its file and line; empty where none is to blame.

    Jinja rewrites the traceback so that the frames of a template bear its name and its lines.
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return f"{frames[-1].filename}:{frames[-1].lineno}: {error}" if frames else ""
