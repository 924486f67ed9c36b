"""Check the catalogues (.po files) of an edition before Sphinx compiles them.

For a file that it cannot read, Sphinx 9.0 logs a warning without a line, and builds the edition without translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.catalogue_reader import read_catalogue
from fleuron.editions.catalogues import catalogues_of
from fleuron.publication.language_tags import language_tag
from fleuron.reporting import report, stop_if_any

# The catalogue of Sphinx's own texts, and of those of templates.
TEMPLATES = "sphinx"
# How much of a message is shown, in characters.
MESSAGE_LENGTH = 60
# A line of a .po file: a keyword and a string, or the string's continuation.
LINE = re.compile(r'((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s*)?"(?P<text>(\\.|[^"\\])*)"')


def check_catalogue(path: Path, language: str) -> Finding | None:
    """Return a Finding if a .po file cannot be read; ``language`` is the name of a locale."""
    source = path.read_bytes()
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return Finding(Diagnostic.NOT_UTF8, line, {"byte": error.start + 1, "value": source[error.start]})
    for number, line_text in enumerate(text.splitlines(), 1):
        if problem := check_line(line_text.strip()):
            return Finding(Diagnostic.BAD_CATALOGUE, number, {"problem": problem})
    try:
        read_po(text.splitlines(), locale=language, abort_invalid=True)
    except PoFileError as error:
        return Finding(Diagnostic.BAD_CATALOGUE, error.lineno + 1, {"problem": str(error).split(" on ")[0]})
    except (ValueError, LookupError) as error:
        return Finding(Diagnostic.BAD_CATALOGUE, 1, {"problem": error})
    return None


def doubts_about(path: Path) -> Iterator[Finding]:
    """Yield a Finding for each message that a catalogue has twice, and for a header that it lacks."""
    content = read_catalogue(path)
    if not content.has_header:
        yield Finding(Diagnostic.NO_HEADER)
    for line, message in content.repeated.items():
        yield Finding(Diagnostic.REPEATED_MESSAGE, line, {"message": message[:MESSAGE_LENGTH]})


def check_line(line: str) -> str:
    """Return what is wrong with a line of a catalogue by itself, which Babel does not check; or ""."""
    if not line or line.startswith("#"):
        return ""
    match = LINE.fullmatch(line)
    if match is None:
        return "this line is neither a comment nor a text in quotation marks, with or without a keyword before it"
    charset = re.search(r"charset=([\w-]+)", match["text"]) if match["text"].startswith("Content-Type:") else None
    if charset and charset[1].upper() not in ("UTF-8", "CHARSET"):
        return f"its charset is {charset[1]}; save it as UTF-8, and write “charset=UTF-8” here"
    return ""


def check_catalogues(app: Sphinx) -> None:
    """End the build before anything is read if a catalogue of this edition has a syntax error."""
    config = app.config
    paths = [path for _name, path in catalogues_of(app.srcdir, config.locale_dirs, language_tag(config.language))]
    findings = []
    for path in paths:
        if finding := check_catalogue(path, config.language):
            findings.append((finding, path))
    stop_if_any(app, findings)
    for path in paths:
        for doubt in doubts_about(path):
            report(doubt, path)
    for path in compiled_without_source(app.srcdir, config.locale_dirs, config.language):
        report(Finding(Diagnostic.LEFT_OVER_CATALOGUE, 1, {"name": path.with_suffix(".po").name}), path)


def compiled_without_source(source: Path, folders: list[str], language: str) -> Iterator[Path]:
    """Yield compiled catalogues of which the .po file is gone: Sphinx would continue to translate with them."""
    for folder in folders:
        catalogues = Path(source, folder, language, "LC_MESSAGES")
        for path in sorted(catalogues.rglob("*.mo")):
            text = Path(source, path.relative_to(catalogues)).with_suffix(".md")
            if text.exists() and not path.with_suffix(".po").exists():
                yield path


def report_lost_catalogues(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Report the catalogues of texts that were renamed or deleted."""
    config = app.config
    known = {docname_to_domain(document, config.gettext_compact) for document in env.found_docs} | {TEMPLATES}
    for name, path in catalogues_of(app.srcdir, config.locale_dirs, language_tag(config.language)):
        if name.removesuffix(".po") not in known:
            report(Finding(Diagnostic.LOST_CATALOGUE), path)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", check_catalogues, priority=100)
    app.connect("env-before-read-docs", report_lost_catalogues)
