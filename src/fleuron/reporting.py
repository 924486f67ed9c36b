"""Report findings through Sphinx's log, and end a build whose sources have errors."""

from __future__ import annotations

import logging as standard_logging
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.logging import get_node_location

from fleuron.diagnostics import WARNINGS_THAT_ARE_ERRORS, Diagnostic, Finding

logger = logging.getLogger(__name__)

# The attribute of Sphinx's environment with the documents that had warnings.
WARNED = "fleuron_warned"


def report(finding: Finding, path: str | Path, once: bool = False) -> None:
    """Log a finding at its line of the file ``path``; ``once`` for what each document would report again."""
    logger.log(
        standard_logging.ERROR if finding.diagnostic.is_error else standard_logging.WARNING,
        finding.text,
        location=f"{path}:{finding.line}",
        type="fleuron",
        subtype=finding.diagnostic.subtype,
        once=once,
    )


# The name of a document in the path of its catalogue.
CATALOGUE = re.compile(r"/LC_MESSAGES/(.+)\.po(:|$)")


# Errors of a catalogue as a whole; any other error in a catalogue concerns one message, whose source is printed.
CATALOGUE_ERRORS = frozenset(
    {
        Diagnostic.BAD_CATALOGUE.subtype,
        Diagnostic.NOT_UTF8.subtype,
        Diagnostic.MISSING_CHARACTER.subtype,  # a translation that is used, and would be printed with a hole
    }
)


class SeverityFilter(standard_logging.Filter):
    """Gives each record the severity that it has for a publication, before a handler shows or counts it.

    A warning that means that a page is wrong is an error, and an error cannot be suppressed, or the build would end
    without a reason. But what is wrong in a translation refuses no edition, and a reference that has words of its own
    is printed with them, and is only no link.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__()
        self.app = app

    def filter(self, record: standard_logging.LogRecord) -> bool:
        kind, subtype = getattr(record, "type", None), getattr(record, "subtype", None)
        in_catalogue = CATALOGUE.search(location_text(getattr(record, "location", None)))
        if is_reference_with_words(getattr(record, "location", None)):
            record.only_link_missing = True  # the next handler's record has the place as a text
        if f"{kind}.{subtype}" in WARNINGS_THAT_ARE_ERRORS and not hasattr(record, "only_link_missing"):
            set_level(record, standard_logging.ERROR)
        if record.levelno == standard_logging.ERROR and in_catalogue and subtype not in CATALOGUE_ERRORS:
            set_level(record, standard_logging.WARNING)
        if record.levelno >= standard_logging.ERROR and kind:
            if logging.is_suppressed_warning(kind, subtype or "", self.app.config.suppress_warnings):
                record.type = None
        return True


def is_reference_with_words(location: object) -> bool:
    """Return whether a message is about a reference whose words are right without its target: ``[words](#nowhere)``."""
    if not isinstance(location, pending_xref):
        return False
    kind = location.get("reftype")
    return kind == "term" or (bool(location.get("refexplicit")) and kind != "numref")


def set_level(record: standard_logging.LogRecord, level: int) -> None:
    record.levelno, record.levelname = level, standard_logging.getLevelName(level)


class MessageCollector(standard_logging.Handler):
    """A log handler that collects errors and warnings, and their locations.

    Sphinx buffers warnings while it reads, and logs each again afterwards: a message is known by its location and text,
    so that it counts once.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__(standard_logging.WARNING)
        self.app = app
        self.errors: set[tuple[str, str]] = set()
        self.warnings: set[tuple[str, str]] = set()
        self.locations: set[str] = set()

    def emit(self, record: standard_logging.LogRecord) -> None:
        location = location_text(getattr(record, "location", None))
        message = (location, standard_logging.LogRecord.getMessage(record))
        kind, subtype = getattr(record, "type", None), getattr(record, "subtype", None)
        self.locations.add(location)
        if record.levelno >= standard_logging.ERROR:
            self.errors.add(message)
        elif not (kind and logging.is_suppressed_warning(kind, subtype or "", self.app.config.suppress_warnings)):
            self.warnings.add(message)


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


def result_of(errors: int, warnings: int, source: Path) -> str:
    """Return the message at the end of a build that failed; ``warnings`` are those that count as errors."""
    counts = [f"{errors} error{'s' if errors > 1 else ''}"] if errors else []
    if warnings:
        counts.append(f"{warnings} warning{'s' if warnings > 1 else ''}")
    reason = " (-W makes warnings errors)" if warnings else ""
    return (
        f"fleuron: {' and '.join(counts)} in {source}{reason}; nothing is published, "
        "what was published before is unchanged"
    )


def stop_build(app: Sphinx, errors: int, warnings: int = 0) -> NoReturn:
    """End the build by SystemExit, and make the next build read all sources.

    For a SphinxError, Sphinx 9.0 would print a traceback and a request to report a bug, though the mistake is the
    author's and is reported above. Sphinx's cache is deleted, because it may contain what was read from wrong files.
    """
    (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    raise SystemExit(result_of(errors, warnings, app.srcdir))


def stop_if_any(app: Sphinx, findings: Iterable[tuple[Finding, str | Path]]) -> None:
    """Report findings, each an error, and end the build if there are any."""
    found = list(findings)
    for finding, path in found:
        report(finding, path)
    if found:
        stop_build(app, len(found))


def setup(app: Sphinx) -> None:
    """End a build before it writes if there was an error in reading, and at its end if there was one in writing."""
    collector = MessageCollector(app)
    log = standard_logging.getLogger(logging.NAMESPACE)
    log.addHandler(collector)
    severity = SeverityFilter(app)
    for handler in log.handlers:
        handler.filters.insert(0, severity)  # before Sphinx's own, which leave out what is suppressed

    def with_warnings(_app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> set[str]:
        # Read again what had a warning, so that every build reports it until it is corrected.
        return set(getattr(env, WARNED, ())) & set(env.found_docs)

    def stop_if_errors(app: Sphinx) -> None:
        warnings = len(collector.warnings) if app._fail_on_warnings else 0
        if collector.errors:
            stop_build(app, len(collector.errors), warnings)

    def before_writing(app: Sphinx, env: BuildEnvironment) -> None:
        stop_if_errors(app)
        setattr(env, WARNED, documents_at(env, collector.locations))

    def after_writing(app: Sphinx, exception: Exception | None) -> None:
        if exception is None:
            stop_if_errors(app)
        if app._fail_on_warnings and app._warncount:
            (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
            if exception is None and collector.warnings:
                stop_build(app, 0, len(collector.warnings))

    app.connect("env-get-outdated", with_warnings)
    app.connect("env-updated", before_writing, priority=900)
    app.connect("build-finished", after_writing)
