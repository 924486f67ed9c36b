"""Check the catalogues of an edition before Sphinx compiles them.

Sphinx 9.0 reports a .po file that it cannot read as a warning without a line, and builds the
edition as if there were no translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po
from sphinx.application import Sphinx

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.reports import refuse


def catalogue_fault(path: Path, language: str) -> Finding | None:
    """Tell why a .po file cannot be read, or None where it can."""
    try:
        with path.open("rb") as stream:
            read_po(stream, locale=language, abort_invalid=True)
    except PoFileError as error:
        return Finding(Diagnostic.BAD_CATALOGUE, error.lineno + 1, {"problem": str(error).split(" on ")[0]})
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return Finding(Diagnostic.NOT_UTF8, line, {"byte": error.start + 1, "value": error.object[error.start]})
    except ValueError as error:
        return Finding(Diagnostic.BAD_CATALOGUE, 1, {"problem": error})
    return None


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


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", check_catalogues, priority=100)
