"""Check the .bib files before sphinxcontrib-bibtex reads them.

sphinxcontrib-bibtex 2.7 ends at a syntax error with an exception that names no file, and goes
on without sources where the file is missing.
"""

from __future__ import annotations

from pathlib import Path

from pybtex.database import BibliographyDataError
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError
from sphinx.application import Sphinx
from sphinx.config import Config

from fleuron.diagnostics import Diagnostic, Finding, nearest
from fleuron.reports import refuse


def bibliography_fault(path: Path) -> Finding | None:
    """Tell why a .bib file cannot be used, or None where it can."""
    if not path.is_file():
        near = nearest(path.name, [other.name for other in path.parent.glob("*.bib")])
        return Finding(Diagnostic.NO_BIBLIOGRAPHY, 1, {"name": path.name, "nearest": near})
    source = path.read_bytes()
    try:
        Parser().parse_string(source.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return Finding(Diagnostic.NOT_UTF8, line, {"byte": error.start + 1, "value": source[error.start]})
    except PybtexSyntaxError as error:
        problem = Exception.__str__(error)  # str() of it adds the line, which is told already
        return Finding(Diagnostic.BAD_BIBLIOGRAPHY, error.lineno or 1, {"problem": problem})
    except (BibliographyDataError, PybtexError) as error:
        return Finding(Diagnostic.BAD_BIBLIOGRAPHY, 1, {"problem": error})
    return None


def check_bibliographies(app: Sphinx, config: Config) -> None:
    """Stop before anything is read if a bibliography is missing or cannot be read."""
    paths = [Path(app.confdir, name) for name in config.bibtex_bibfiles or ()]
    faults = [(fault, path) for path in paths if (fault := bibliography_fault(path))]
    refuse(app, faults)
