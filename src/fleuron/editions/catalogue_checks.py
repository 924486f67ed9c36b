"""Check the catalogues of an edition before Sphinx compiles them.

Sphinx 9.0 reports a .po file that it cannot read as a warning without a line, and builds the
edition as if there were no translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po
from sphinx.application import Sphinx

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.reporting import refuse, report

# A line of a .po file: a keyword and a string, or the string's continuation.
LINE = re.compile(r'((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s*)?"(?P<text>(\\.|[^"\\])*)"')


def catalogue_fault(path: Path, language: str) -> Finding | None:
    """Tell why a .po file cannot be read, or None where it can."""
    source = path.read_bytes()
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return Finding(Diagnostic.NOT_UTF8, line, {"byte": error.start + 1, "value": source[error.start]})
    for number, line_text in enumerate(text.splitlines(), 1):
        if problem := line_fault(line_text.strip()):
            return Finding(Diagnostic.BAD_CATALOGUE, number, {"problem": problem})
    try:
        read_po(BytesIO(source), locale=language, abort_invalid=True)
    except PoFileError as error:
        return Finding(Diagnostic.BAD_CATALOGUE, error.lineno + 1, {"problem": str(error).split(" on ")[0]})
    except (ValueError, LookupError) as error:
        return Finding(Diagnostic.BAD_CATALOGUE, 1, {"problem": error})
    return None


def line_fault(line: str) -> str:
    """Tell what is wrong with a line of a catalogue by itself; Babel looks at no line so closely."""
    if not line or line.startswith("#"):
        return ""
    match = LINE.fullmatch(line)
    if match is None:
        return "a line is a comment, or a text between quotation marks with a keyword before it"
    charset = re.search(r"charset=([\w-]+)", match["text"]) if match["text"].startswith("Content-Type:") else None
    if charset and charset[1].upper() not in ("UTF-8", "CHARSET"):
        return f"it says that it is written in {charset[1]}; catalogues are read as UTF-8"
    return ""


def catalogue_paths(source: Path, folders: list[str], language: str) -> Iterator[Path]:
    """List the .po files of a language, in the order of their names."""
    for folder in folders:
        yield from sorted(Path(source, folder, language, "LC_MESSAGES").rglob("*.po"))


def check_catalogues(app: Sphinx) -> None:
    """Stop before anything is read if a catalogue of this edition has a syntax error."""
    config = app.config
    faults = []
    for path in catalogue_paths(app.srcdir, config.locale_dirs, config.language):
        if fault := catalogue_fault(path, config.language):
            faults.append((fault, path))
    refuse(app, faults)
    for path in leftovers(app.srcdir, config.locale_dirs, config.language):
        report(Finding(Diagnostic.LEFT_OVER_CATALOGUE, 1, {"name": path.with_suffix(".po").name}), path)


def leftovers(source: Path, folders: list[str], language: str) -> Iterator[Path]:
    """List what Sphinx once compiled of catalogues that are gone, and would go on translating texts with."""
    for folder in folders:
        catalogues = Path(source, folder, language, "LC_MESSAGES")
        for path in sorted(catalogues.rglob("*.mo")):
            text = Path(source, path.relative_to(catalogues)).with_suffix(".md")
            if text.exists() and not path.with_suffix(".po").exists():
                yield path


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", check_catalogues, priority=100)
