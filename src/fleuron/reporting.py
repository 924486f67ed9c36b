"""Report findings through Sphinx's log, and end a build whose sources have errors."""

from __future__ import annotations

import logging as standard_logging
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.logging import get_node_location

from fleuron.build_results import WRITTEN_WITH_FAULTS, count_of
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.system_faults import stops_builds

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


# The number of a line at the end of a location.
LINE = re.compile(r":\d+$")
# The name of a document in the path of its catalogue.
CATALOGUE = re.compile(r"/LC_MESSAGES/(.+)\.po(:|$)")


# Warnings of Sphinx and of the extensions that Fleuron loads which mean that a page is wrong, as "type.subtype": they
# end a build whatever SPHINXOPTS is.
WARNINGS_THAT_ARE_ERRORS = frozenset(
    {
        "bibtex.bibfile_data_error",
        "bibtex.bibfile_error",
        "bibtex.key_not_found",
        "download.not_readable",
        "image.not_readable",
        "myst.directive_unknown",
        "myst.role_unknown",
        "myst.xref_missing",
        "ref.doc",
        "ref.numref",
        "ref.ref",
        "ref.term",
        "toc.not_readable",
    }
)

# Errors of a catalogue as a whole, and those of translations that are used, and would be printed with a hole; any other
# error in a catalogue concerns one message, whose source is printed.
CATALOGUE_ERRORS = frozenset(
    {
        Diagnostic.BAD_CATALOGUE.subtype,
        Diagnostic.NOT_UTF8.subtype,
        Diagnostic.MISSING_CHARACTER.subtype,
        Diagnostic.WORD_MISSING.subtype,
        Diagnostic.WORD_DOUBLED.subtype,
        Diagnostic.WORD_OUT_OF_ORDER.subtype,
        Diagnostic.WORD_IN_WRONG_PLACE.subtype,
    }
)


# Warnings of Sphinx about what Fleuron reports, at the place where it can be mended.
UNKNOWN_NODE = "unknown node type: %r"
REPORTED_OTHERWISE = frozenset({"toc.no_title"})
# Errors that leave a document, or an edition, unwritten.
UNWRITTEN = frozenset(
    {
        "loss",
        Diagnostic.BROKEN_MARKUP.subtype,
        Diagnostic.NESTED_TOO_DEEPLY.subtype,
        Diagnostic.PROGRAM_FAULT.subtype,
        Diagnostic.OWN_FAULT.subtype,
        Diagnostic.UNKNOWN_NODE.subtype,
        Diagnostic.UNREADABLE_FILE.subtype,
    }
)


class SeverityFilter(standard_logging.Filter):
    """Gives each record the severity that it has for a publication, before a handler shows or counts it.

    A warning that means that a page is wrong is an error, unless conf.py suppresses it; but none of Fleuron's own
    errors can be suppressed, since words would be lost without a sign. What is wrong in a translation refuses no
    edition, and a reference that has words of its own is printed with them, and is only no link. In a project with a
    theme of its own, Sphinx's warnings stay what they are.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__()
        self.app = app

    def filter(self, record: standard_logging.LogRecord) -> bool:
        raise_refusal(record)
        kind, subtype = getattr(record, "type", None), getattr(record, "subtype", None)
        is_suppressed = is_suppressed_record(self.app, record)
        in_catalogue = CATALOGUE.search(location_text(getattr(record, "location", None)))
        if f"{kind}.{subtype}" in REPORTED_OTHERWISE or record.msg == UNKNOWN_NODE:
            return False
        if is_reference_with_words(getattr(record, "location", None)):
            record.only_link_missing = True  # the next handler's record has the place as a text
        is_error = f"{kind}.{subtype}" in WARNINGS_THAT_ARE_ERRORS and not is_suppressed and is_publication(self.app)
        if record.levelno > standard_logging.ERROR or (is_error and not hasattr(record, "only_link_missing")):
            set_level(record, standard_logging.ERROR)
        if record.levelno == standard_logging.ERROR and in_catalogue and subtype not in CATALOGUE_ERRORS:
            set_level(record, standard_logging.WARNING)
        if record.levelno >= standard_logging.ERROR and kind == "fleuron" and is_suppressed:
            record.type = None
        return True


def raise_refusal(record: standard_logging.LogRecord) -> None:
    """Raise again what stops any build: Sphinx 9.0 only warns of a page that it cannot write on a full disk."""
    for value in record.args if isinstance(record.args, tuple) else ():
        if isinstance(value, OSError) and stops_builds(value):
            raise value


def is_reference_with_words(location: object) -> bool:
    """Return whether a message is about a reference whose words are right without its target: ``[words](#nowhere)``."""
    if not isinstance(location, pending_xref):
        return False
    kind = location.get("reftype")
    return kind == "term" or (bool(location.get("refexplicit")) and kind != "numref")


def is_publication(app: Sphinx) -> bool:
    """Return whether a project has Fleuron's theme, which `config.set_defaults` sets where conf.py names none."""
    return bool(app.config.html_theme == "fleuron")


def is_suppressed_record(app: Sphinx, record: standard_logging.LogRecord) -> bool:
    """Return whether ``suppress_warnings`` in conf.py names the kind of a message."""
    kind, subtype = getattr(record, "type", None) or "", getattr(record, "subtype", None) or ""
    return bool(kind) and logging.is_suppressed_warning(kind, subtype, app.config.suppress_warnings)


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
        self.places: set[tuple[str, int]] = set()
        self.is_unwritten = False

    def emit(self, record: standard_logging.LogRecord) -> None:
        location = location_text(getattr(record, "location", None))
        message = (location, standard_logging.LogRecord.getMessage(record))
        self.locations.add(location)
        if is_suppressed_record(self.app, record):
            return
        if record.levelno >= standard_logging.ERROR and self.ends_build(record):
            self.errors.add(message)
            given = getattr(record, "location", None)
            path, _colon, line = location.rpartition(":")
            if isinstance(given, tuple):  # of a document and a line
                path, line = str(self.app.env.doc2path(given[0])), str(given[1])
            if line.isdecimal():
                self.places.add((path, int(line)))
            self.is_unwritten |= getattr(record, "subtype", None) in UNWRITTEN
        else:
            self.warnings.add(message)

    def ends_build(self, record: standard_logging.LogRecord) -> bool:
        """Return whether an error ends a build, as those of docutils do in a publication alone."""
        return getattr(record, "type", None) == "fleuron" or is_publication(self.app)

    @property
    def failures(self) -> set[tuple[str, str]]:
        """The messages for which a build fails: errors, and with -W warnings."""
        return self.errors | self.warnings if self.app._fail_on_warnings else self.errors


def location_text(location: object) -> str:
    """Return a location as Sphinx shows it: it is given as a text, a tuple or a node."""
    if isinstance(location, tuple):
        return str(location[0])
    if isinstance(location, nodes.Node):
        return get_node_location(location) or ""
    return str(location or "")


def documents_at(env: BuildEnvironment, locations: Iterable[str]) -> set[str]:
    """Return the documents of locations: ``name``, or ``path:line`` of a source, a catalogue or a file of theirs."""
    found = set()
    for location in locations:
        path = location.split(".md:")[0] + ".md" if ".md:" in location else LINE.sub("", location)
        document = env.path2doc(path) or path
        if catalogue := CATALOGUE.search(location):
            document = catalogue[1]
        found |= {document} if document in env.found_docs else documents_that_use(env, path)
    return found & set(env.found_docs)


def documents_that_use(env: BuildEnvironment, path: str) -> set[str]:
    """Return the documents that a file belongs to, such as a picture, by its absolute path."""
    source, file = Path(env.srcdir), Path(path)
    return {name for name, files in env.dependencies.items() if any(source / each == file for each in files)}


def collected_messages() -> MessageCollector | None:
    """Return the messages of this build; None in a project that loads only a part of Fleuron."""
    handlers = standard_logging.getLogger(logging.NAMESPACE).handlers
    return next((handler for handler in handlers if isinstance(handler, MessageCollector)), None)


def places_with_errors() -> set[tuple[str, int]]:
    """Return the files and lines at which an error has been reported."""
    messages = collected_messages()
    return messages.places if messages else set()


def documents_with_errors(env: BuildEnvironment) -> set[str]:
    """Return the documents in which an error has been reported."""
    messages = collected_messages()
    return documents_at(env, [location for location, _text in messages.errors]) if messages else set()


def has_errors() -> bool:
    """Return whether an error has been reported in this build."""
    messages = collected_messages()
    return bool(messages and messages.errors)


def note_unwritten() -> None:
    """Note that an edition is not written as a whole, because of errors that have been reported."""
    if messages := collected_messages():
        messages.is_unwritten = True


def is_to_be_published(app: Sphinx) -> bool:
    """Return whether what is built now may be published: it has no error so far, or is published all the same."""
    messages = collected_messages()
    return not (messages and messages.failures) or bool(app.config.fleuron_keep_going)


def stop_build(app: Sphinx, *, is_written: bool) -> NoReturn:
    """End the build by SystemExit, and make the next build read all sources.

    Its exit code is WRITTEN_WITH_FAULTS if ``is_written``: the edition is whole, and may be published all the same.
    For a SphinxError, Sphinx 9.0 would print a traceback and a request to report a bug, though the mistake is the
    author's and is reported above. Sphinx's cache is deleted, because it may contain what was read from wrong files.
    """
    (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    messages = collected_messages()
    if messages:
        warnings = len(messages.warnings) if app._fail_on_warnings else 0
        published = is_written and app.config.fleuron_keep_going
        result = (
            "published all the same" if published else "nothing is published, what was published before is unchanged"
        )
        print(f"fleuron: {count_of(len(messages.errors), warnings, app.srcdir)}; {result}", file=sys.stderr)
    raise SystemExit(WRITTEN_WITH_FAULTS if is_written else 1)


def report_errors(findings: Iterable[tuple[Finding, str | Path]]) -> None:
    """Report findings, each an error of a file; end the build if nothing else would, in a project of another kind."""
    found = list(findings)
    for finding, path in found:
        report(finding, path)
    if found and collected_messages() is None:
        raise SystemExit(1)


def setup(app: Sphinx) -> None:
    """End a build at its end if there was an error in reading or writing, so that all faults are reported at once."""
    collector = MessageCollector(app)
    log = standard_logging.getLogger(logging.NAMESPACE)
    log.addHandler(collector)
    # Sphinx 9.0 makes a record of each event and directive, which no handler takes: a twentieth of a small build.
    log.setLevel(min(handler.level for handler in log.handlers if handler.level))
    severity = SeverityFilter(app)
    for handler in log.handlers:
        handler.filters.insert(0, severity)  # before Sphinx's own, which leave out what is suppressed

    def with_warnings(_app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> set[str]:
        # Read again what had a warning, so that every build reports it until it is corrected.
        return set(getattr(env, WARNED, ())) & set(env.found_docs)

    def keep_locations(app: Sphinx, env: BuildEnvironment) -> None:
        setattr(env, WARNED, documents_at(env, collector.locations))

    def stop_if_failed(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and collector.failures:
            stop_build(app, is_written=not collector.is_unwritten)

    app.connect("env-get-outdated", with_warnings)
    app.connect("env-updated", keep_locations, priority=900)
    app.connect("build-finished", stop_if_failed)
