"""Tell findings through Sphinx's log, and end a build whose sources have errors."""

from __future__ import annotations

import logging as standard_logging
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from docutils import nodes
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.logging import get_node_location

from fleuron.diagnostics import WARNINGS_THAT_ARE_ERRORS, Finding

logger = logging.getLogger(__name__)

# The attribute of Sphinx's environment that names the documents with warnings.
WARNED = "fleuron_warned"


def report(finding: Finding, path: str | Path) -> None:
    """Log a finding at its line of the file at ``path``."""
    logger.log(
        standard_logging.ERROR if finding.diagnostic.is_error else standard_logging.WARNING,
        finding.text,
        location=f"{path}:{finding.line}",
        type="fleuron",
        subtype=finding.diagnostic.subtype,
    )


class Reader(standard_logging.Handler):
    """A log handler that reads along what Sphinx logs: it counts errors, and notes where warnings stand.

    Sphinx buffers its warnings while reading and hands each to the logger again afterwards,
    so an error is known by its text and place, and counted once.
    """

    def __init__(self) -> None:
        super().__init__(standard_logging.WARNING)
        self.errors: set[tuple[str, str]] = set()
        self.places: set[str] = set()

    def emit(self, record: standard_logging.LogRecord) -> None:
        kind = f"{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}"
        place = place_of(getattr(record, "location", None))
        self.places.add(place)
        if record.levelno >= standard_logging.ERROR or kind in WARNINGS_THAT_ARE_ERRORS:
            self.errors.add((place, record.getMessage()))


def place_of(location: object) -> str:
    """Word a location as Sphinx does, from any of the forms it takes."""
    if isinstance(location, tuple):
        return str(location[0])
    if isinstance(location, nodes.Node):
        return get_node_location(location) or ""
    return str(location or "")


def documents_at(env: BuildEnvironment, places: Iterable[str]) -> set[str]:
    """Find the documents in which places lie: ``name``, ``path:line``, ``path:line:<translated>:line``."""
    found = set()
    for place in places:
        path = place.split(".md:")[0] + ".md" if ".md:" in place else place
        document = env.path2doc(path) or path
        found.add(document)
    return found & set(env.found_docs)


def stop(app: Sphinx, errors: int) -> NoReturn:
    """End the build.

    With SystemExit and not with an exception: Sphinx 9.0 prints a traceback and a request to
    report a bug for every SphinxError, though the mistake is the author's and is told above.
    The cache goes, for it may hold what was read of files that are wrong: the next build reads all.
    """
    (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    raise SystemExit(
        f"fleuron: {errors} error{'s' if errors > 1 else ''} in {app.srcdir}; nothing is published, "
        "what was published before is unchanged"
    )


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

    def with_warnings(_app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> set[str]:
        # Read again what had a warning, so that it is told by every build until it is mended.
        return set(getattr(env, WARNED, ())) & set(env.found_docs)

    def before_writing(app: Sphinx, env: BuildEnvironment) -> None:
        if reader.errors:
            stop(app, len(reader.errors))
        setattr(env, WARNED, documents_at(env, reader.places))

    def after_writing(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and reader.errors:
            stop(app, len(reader.errors))
        if app._fail_on_warnings and app._warncount:
            (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)

    app.connect("env-get-outdated", with_warnings)
    app.connect("env-updated", before_writing, priority=900)
    app.connect("build-finished", after_writing)
