"""Check the catalogues (.po files) of an edition before its texts are read.

For a file that it cannot read, Sphinx 9.0 logs a warning without a line, and builds the edition without translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.catalogue_reader import UNREADABLE, read_catalogue
from fleuron.editions.catalogues import catalogues_of
from fleuron.publication.language_tags import language_tag
from fleuron.reporting import report

# The catalogue of Sphinx's own texts, and of those of templates.
TEMPLATES = "sphinx"
# How much of a message is shown, in characters.
MESSAGE_LENGTH = 60
# A line that Git, Mercurial or Subversion writes where two versions contradict each other.
CONFLICT = re.compile(r"^([<>=|]{7})(?:[ \t].*)?\r?$", re.MULTILINE)
# The character set that a header names.
CHARSET = re.compile(r'^"Content-Type:[^"]*charset=([\w-]+)', re.MULTILINE)


def check_catalogue(path: Path) -> Finding | None:
    """Return a Finding if nothing of a .po file can be used."""
    try:
        source = path.read_bytes()
    except OSError as error:
        return Finding(Diagnostic.BAD_CATALOGUE, 1, {"problem": error.strerror})
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return Finding(Diagnostic.NOT_UTF8, line, {"byte": error.start + 1, "value": source[error.start]})
    if conflict := CONFLICT.search(text):
        problem = f"it has the mark of a conflict between two versions, {conflict[1]}; choose one of the two"
        return Finding(Diagnostic.BAD_CATALOGUE, text.count("\n", 0, conflict.start()) + 1, {"problem": problem})
    charset = CHARSET.search(text)
    if charset and charset[1].upper() not in ("UTF-8", "CHARSET"):
        line = text.count("\n", 0, charset.start()) + 1
        problem = f"its charset is {charset[1]}; save it as UTF-8, and write “charset=UTF-8” here"
        return Finding(Diagnostic.BAD_CATALOGUE, line, {"problem": problem})
    try:
        read_catalogue(path)
    except UNREADABLE as error:
        return Finding(Diagnostic.BAD_CATALOGUE, 1, {"problem": error})
    return None


def doubts_about(path: Path) -> Iterator[Finding]:
    """Yield a Finding for each entry that is not used or is there twice, and for a header that a catalogue lacks."""
    content = read_catalogue(path)
    for line, problem in content.faults.items():
        yield Finding(Diagnostic.BAD_ENTRY, line, {"problem": problem})
    if not content.has_header and not content.faults:
        yield Finding(Diagnostic.NO_HEADER)
    for line, message in content.repeated.items():
        yield Finding(Diagnostic.REPEATED_MESSAGE, line, {"message": message[:MESSAGE_LENGTH]})


def check_catalogues(app: Sphinx, _env: BuildEnvironment, _documents: list[str]) -> None:
    """Report the catalogues of this edition that have a syntax error, and what is doubtful in others."""
    config = app.config
    paths = [path for _name, path in catalogues_of(app.srcdir, config.locale_dirs, language_tag(config.language))]
    for path in paths:
        if finding := check_catalogue(path):
            report(finding, path)
            continue
        for doubt in doubts_about(path):
            report(doubt, path)
    for path in compiled_without_source(app.srcdir, config.locale_dirs, config.language):
        report(Finding(Diagnostic.LEFT_OVER_CATALOGUE, 1, {"name": path.with_suffix(".po").name}), path)


def compiled_without_source(source: Path, folders: list[str], language: str) -> Iterator[Path]:
    """Yield compiled catalogues of which the .po file is gone: Sphinx would continue to translate with them.

    Where there is a whole-file translation, it does not.
    """
    for folder in folders:
        catalogues = Path(source, folder, language, "LC_MESSAGES")
        for path in sorted(catalogues.rglob("*.mo")):
            text = Path(source, path.relative_to(catalogues)).with_suffix(".md")
            whole = catalogues.parent / path.relative_to(catalogues).with_suffix(".md")
            if text.exists() and not path.with_suffix(".po").exists() and not whole.exists():
                yield path


def report_lost_catalogues(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Report the catalogues of texts that were renamed or deleted."""
    config = app.config
    known = {docname_to_domain(document, config.gettext_compact) for document in env.found_docs} | {TEMPLATES}
    for name, path in catalogues_of(app.srcdir, config.locale_dirs, language_tag(config.language)):
        if name.removesuffix(".po") not in known:
            report(Finding(Diagnostic.LOST_CATALOGUE), path)


def is_valid(path: Path) -> bool:
    """Return whether every entry of a catalogue can be used."""
    return check_catalogue(path) is None and not read_catalogue(path).faults


def setup(app: Sphinx) -> None:
    # Not when the builder is made, which each process does that reads for another one.
    app.connect("env-before-read-docs", check_catalogues, priority=100)
    app.connect("env-before-read-docs", report_lost_catalogues)
