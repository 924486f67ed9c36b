"""Tell findings through Sphinx's log, and end a build whose sources have errors."""

from __future__ import annotations

import logging as standard_logging
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.util import logging

from fleuron.diagnostics import GRAVE_WARNINGS, Finding

logger = logging.getLogger(__name__)


def report(finding: Finding, path: str | Path) -> None:
    """Log a finding at its line of the file at ``path``."""
    logger.log(
        standard_logging.ERROR if finding.diagnostic.is_error else standard_logging.WARNING,
        finding.diagnostic.worded(finding.facts),
        location=f"{path}:{finding.line}",
        type="fleuron",
        subtype=finding.diagnostic.value.code,
    )


class Reader(standard_logging.Handler):
    """A log handler that counts the errors among what Sphinx logs.

    Sphinx buffers its warnings while reading and hands each to the logger again afterwards,
    so a fault is known by its text and place, and counted once.
    """

    def __init__(self) -> None:
        super().__init__(standard_logging.WARNING)
        self.errors: set[tuple[str, str]] = set()

    def emit(self, record: standard_logging.LogRecord) -> None:
        kind = f"{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}"
        if record.levelno >= standard_logging.ERROR or kind in GRAVE_WARNINGS:
            self.errors.add((str(getattr(record, "location", "")), record.getMessage()))


def stop(app: Sphinx, errors: int) -> NoReturn:
    """End the build.

    With SystemExit and not with an exception: Sphinx 9.0 prints a traceback and a request to
    report a bug for every SphinxError, though the mistake is the author's and is told above.
    """
    print(
        f"fleuron: {errors} error{'s' if errors > 1 else ''} in {app.srcdir}; nothing is published, "
        "what was published before is unchanged",
        file=sys.stderr,
    )
    raise SystemExit(1)


def refuse(app: Sphinx, findings: Iterable[tuple[Finding, str | Path]]) -> None:
    """Report findings that each forbid a build, and end it if there is any."""
    found = list(findings)
    for finding, path in found:
        report(finding, path)
    if found:
        stop(app, len(found))


def setup(app: Sphinx) -> None:
    """Let a build end before it writes if reading met an error, and fail if writing met one."""
    reader = Reader()
    standard_logging.getLogger(logging.NAMESPACE).addHandler(reader)

    def before_writing(app: Sphinx, _env: object) -> None:
        if reader.errors:
            stop(app, len(reader.errors))

    def after_writing(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and reader.errors:
            # The next build must meet the errors again, so it must read everything again.
            (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
            stop(app, len(reader.errors))

    app.connect("env-updated", before_writing, priority=900)
    app.connect("build-finished", after_writing)
