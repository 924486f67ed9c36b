"""Check the .bib files before sphinxcontrib-bibtex reads them.

sphinxcontrib-bibtex 2.7 ends at a syntax error with an exception that names no file, and goes
on without sources where the file is missing.
"""

from __future__ import annotations

import re
from pathlib import Path

from pybtex import errors
from pybtex.database.input.bibtex import Parser
from pybtex.scanner import PybtexSyntaxError
from sphinx.application import Sphinx
from sphinx.config import Config

from fleuron.diagnostics import Diagnostic, Finding, nearest
from fleuron.reporting import refuse


def bibliography_fault(path: Path) -> Finding | None:
    """Tell why a .bib file cannot be used, or None where it can."""
    if not path.is_file():
        near = nearest(path.name, [other.name for other in path.parent.glob("*.bib")])
        return Finding(Diagnostic.NO_BIBLIOGRAPHY, 1, {"name": path.name, "nearest": near})
    source = path.read_bytes()
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return Finding(Diagnostic.NOT_UTF8, line, {"byte": error.start + 1, "value": source[error.start]})
    # pybtex stops at its first mistake unless it is asked to go on; repetitions are told when it is read.
    with errors.capture() as mistakes:
        Parser().parse_string(text)
    for mistake in mistakes:
        if isinstance(mistake, PybtexSyntaxError):
            return syntax_fault(text, mistake)
    return None


def syntax_fault(text: str, error: PybtexSyntaxError) -> Finding:
    """Place a syntax error; one that swallows the next entry lies in the entry before."""
    problem = Exception.__str__(error)  # str() of it adds the line, which is told already
    line = error.lineno or 1
    lines = text.splitlines()
    if line > len(lines) or lines[line - 1].lstrip().startswith("@") or "end of file" in problem:
        starts = [number for number, each in enumerate(lines, 1) if each.lstrip().startswith("@")]
        line = max((number for number in starts if number < line), default=line)
        problem += ", in the entry that begins here: is a brace or a quotation mark of it not closed?"
    return Finding(Diagnostic.BAD_BIBLIOGRAPHY, line, {"problem": problem})


def line_of_repetition(text: str, message: str) -> int:
    """Find the second of two entries with one key, or of two fields with one name in an entry.

    pybtex 0.26 tells them without a line: “repeated bibliography entry: key”, “entry with key key
    has a duplicate name field”.
    """
    if match := re.search(r"entry with key (\S+) has a duplicate (\S+) field", message):
        entry = re.search(rf"^\s*@\w+\s*[{{(]\s*{re.escape(match[1])}\s*,", text, re.MULTILINE)
        places = (
            re.finditer(rf"^\s*{re.escape(match[2])}\s*=", text[entry.end() :], re.MULTILINE) if entry else iter(())
        )
        offsets = [entry.end() + place.end() for place in places] if entry else []
    else:
        key = re.escape(message.rsplit(": ", 1)[-1])
        offsets = [place.end() for place in re.finditer(rf"@\w+\s*[{{(]\s*{key}\s*,", text)]
    return text.count("\n", 0, offsets[1]) + 1 if len(offsets) > 1 else 1


def check_bibliographies(app: Sphinx, config: Config) -> None:
    """Stop before anything is read if a bibliography is missing or cannot be read."""
    paths = [Path(app.confdir, name) for name in config.bibtex_bibfiles or ()]
    faults = [(fault, path) for path in paths if (fault := bibliography_fault(path))]
    refuse(app, faults)
