"""Report findings through Sphinx's log, and end a build whose sources have errors."""

from __future__ import annotations

import logging as standard_logging
import re
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

# The attribute of Sphinx's environment with the documents that had warnings.
WARNED = "fleuron_warned"


def report(finding: Finding, path: str | Path) -> None:
    """Log a finding at its line of the file ``path``."""
    logger.log(
        standard_logging.ERROR if finding.diagnostic.is_error else standard_logging.WARNING,
        finding.text,
        location=f"{path}:{finding.line}",
        type="fleuron",
        subtype=finding.diagnostic.subtype,
    )


# The name of a document in the path of its catalogue.
CATALOGUE = re.compile(r"/LC_MESSAGES/(.+)\.po(:|$)")


class ErrorCollector(standard_logging.Handler):
    """A log handler that collects errors, and the locations of errors and warnings.

    Sphinx buffers warnings while it reads, and logs each again afterwards: an error is known by its location and text,
    so that it counts once.
    """

    def __init__(self) -> None:
        super().__init__(standard_logging.WARNING)
        self.errors: set[tuple[str, str]] = set()
        self.locations: set[str] = set()

    def emit(self, record: standard_logging.LogRecord) -> None:
        kind = f"{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}"
        location = location_text(getattr(record, "location", None))
        self.locations.add(location)
        if record.levelno >= standard_logging.ERROR or kind in WARNINGS_THAT_ARE_ERRORS:
            self.errors.add((location, record.getMessage()))


def location_text(location: object) -> str:
    """Return a location as Sphinx shows it: it is given as a text, a tuple or a node."""
    if isinstance(location, tuple):
        return str(location[0])
    if isinstance(location, nodes.Node):
        return get_node_location(location) or ""
    return str(location or "")


def documents_at(env: BuildEnvironment, locations: Iterable[str]) -> set[str]:
    """Return the documents of locations: ``name``, or ``path:line`` of a source or a catalogue."""
    found = set()
    for location in locations:
        path = location.split(".md:")[0] + ".md" if ".md:" in location else location
        document = env.path2doc(path) or path
        if catalogue := CATALOGUE.search(location):
            document = catalogue[1]
        found.add(document)
    return found & set(env.found_docs)


def stop_build(app: Sphinx, errors: int) -> NoReturn:
    """End the build by SystemExit, and make the next build read all sources.

    For a SphinxError, Sphinx 9.0 would print a traceback and a request to report a bug, though the mistake is the
    author's and is reported above. Sphinx's cache is deleted, because it may contain what was read from wrong files.
    """
    (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    raise SystemExit(
        f"fleuron: {errors} error{'s' if errors > 1 else ''} in {app.srcdir}; nothing is published, "
        "what was published before is unchanged"
    )


def stop_if_any(app: Sphinx, findings: Iterable[tuple[Finding, str | Path]]) -> None:
    """Report findings, each an error, and end the build if there are any."""
    found = list(findings)
    for finding, path in found:
        report(finding, path)
    if found:
        stop_build(app, len(found))


def setup(app: Sphinx) -> None:
    """End a build before it writes if there was an error in reading, and at its end if there was one in writing."""
    collector = ErrorCollector()
    standard_logging.getLogger(logging.NAMESPACE).addHandler(collector)

    def with_warnings(_app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> set[str]:
        # Read again what had a warning, so that every build reports it until it is corrected.
        return set(getattr(env, WARNED, ())) & set(env.found_docs)

    def before_writing(app: Sphinx, env: BuildEnvironment) -> None:
        if collector.errors:
            stop_build(app, len(collector.errors))
        setattr(env, WARNED, documents_at(env, collector.locations))

    def after_writing(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and collector.errors:
            stop_build(app, len(collector.errors))
        if app._fail_on_warnings and app._warncount:
            (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)

    app.connect("env-get-outdated", with_warnings)
    app.connect("env-updated", before_writing, priority=900)
    app.connect("build-finished", after_writing)
