"""Check and read the .bib files in place of sphinxcontrib-bibtex, and find the lines of their entries.

sphinxcontrib-bibtex 2.7 ends at a syntax error with an exception that names no file, goes on
without sources where a file is missing, and stops at the first repeated key.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from pybtex import errors
from pybtex.database.input.bibtex import Parser
from pybtex.scanner import PybtexSyntaxError
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime, is_bibdata_outdated
from sphinxcontrib.bibtex.domain import BibtexDomain

from fleuron.config import set_default_bibliography
from fleuron.diagnostics import Diagnostic, Finding, suggestion
from fleuron.reporting import report, stop_if_any

# The entry of the domain's data that says whether the files that were read last repeat a key or a field.
REPEATED = "fleuron_repeated"


def check_bibliographies(app: Sphinx, config: Config) -> None:
    """End the build before anything is read if a bibliography is missing or cannot be read."""
    paths = [Path(app.confdir, name) for name in config.bibtex_bibfiles or ()]
    stop_if_any(app, [(problem, path) for path in paths if (problem := bibliography_problem(path))])


def bibliography_problem(path: Path) -> Finding | None:
    """Return a Finding if a .bib file is missing, is not UTF-8 or has a syntax error."""
    if not path.is_file():
        near = suggestion(path.name, [other.name for other in path.parent.glob("*.bib")])
        return Finding(Diagnostic.NO_BIBLIOGRAPHY, 1, {"name": path.name, "suggestion": near})
    source = path.read_bytes()
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return Finding(Diagnostic.NOT_UTF8, line, {"byte": error.start + 1, "value": source[error.start]})
    # Within `capture` pybtex goes on after an error; repeated keys are reported when the file is read.
    with errors.capture() as problems:
        Parser().parse_string(text)
    for problem in problems:
        if isinstance(problem, PybtexSyntaxError):
            return syntax_finding(text, problem)
    return None


def syntax_finding(text: str, error: PybtexSyntaxError) -> Finding:
    """Locate a syntax error; one that swallows the next entry lies in the entry before."""
    problem = Exception.__str__(error)  # str() of it adds the line, which the location has already
    line = error.lineno or 1
    lines = text.splitlines()
    if line > len(lines) or lines[line - 1].lstrip().startswith("@") or "end of file" in problem:
        entry_lines = [number for number, content in enumerate(lines, 1) if content.lstrip().startswith("@")]
        line = max((number for number in entry_lines if number < line), default=line)
        problem += ", in the entry that begins here: is a brace or a quotation mark of it not closed?"
    return Finding(Diagnostic.BAD_BIBLIOGRAPHY, line, {"problem": problem})


def read_bibliographies(app: Sphinx) -> None:
    """Read the .bib files before sphinxcontrib-bibtex does, and report repeated keys and fields.

    pybtex goes on after a repeated key, and keeps the first of two entries; sphinxcontrib-bibtex 2.7
    drops all entries behind it.
    """
    domain = cast(BibtexDomain, app.env.get_domain("cite"))
    paths = [Path(app.confdir, name).resolve() for name in app.config.bibtex_bibfiles or ()]
    outdated = is_bibdata_outdated(domain.bibdata, paths, app.config.bibtex_encoding)
    # Repetitions are reported by every build, so files that have some are read by every build.
    if not outdated and not domain.data.get(REPEATED):
        return
    parser, files = Parser(app.config.bibtex_encoding), {}
    known: dict[str, None] = {}
    repeated = False
    for path in paths:
        with errors.capture() as problems:
            parser.parse_file(str(path))
        for problem in problems:
            repeated = True
            line = line_of_repetition(path.read_text("utf-8-sig"), str(problem))
            report(Finding(Diagnostic.REPEATED_SOURCE, line, {"problem": problem}), path)
        keys = dict.fromkeys(key for key in parser.data.entries if key not in known)
        known |= keys
        files[path] = BibFile(mtime=get_mtime(path), keys=keys)
    domain.data["bibdata"] = BibData(encoding=app.config.bibtex_encoding, bibfiles=files, data=parser.data)
    domain.data[REPEATED] = repeated


def line_of_repetition(text: str, message: str) -> int:
    """Find the line of the second of two entries with one key, or of two fields with one name in an entry.

    pybtex 0.26 reports them without a line: “repeated bibliography entry: key”, “entry with key key
    has a duplicate name field”.
    """
    if match := re.search(r"entry with key (\S+) has a duplicate (\S+) field", message):
        entry = re.search(rf"^\s*@\w+\s*[{{(]\s*{re.escape(match[1])}\s*,", text, re.MULTILINE)
        fields = (
            re.finditer(rf"^\s*{re.escape(match[2])}\s*=", text[entry.end() :], re.MULTILINE) if entry else iter(())
        )
        offsets = [entry.end() + field.end() for field in fields] if entry else []
    else:
        key = re.escape(message.rsplit(": ", 1)[-1])
        offsets = [entry.end() for entry in re.finditer(rf"@\w+\s*[{{(]\s*{key}\s*,", text)]
    return text.count("\n", 0, offsets[1]) + 1 if len(offsets) > 1 else 1


def line_of_entry(text: str, key: str) -> int:
    """Find the line (from 1) on which an entry of a .bib file begins."""
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if content.startswith("@") and "{" in content and content.partition("{")[2].split(",")[0].strip() == key:
            return number
    return 1


def setup(app: Sphinx) -> None:
    app.connect("config-inited", set_default_bibliography, priority=120)
    # Before sphinxcontrib-bibtex opens the files in the set-up of its domain, and reads them at priority 500.
    app.connect("config-inited", check_bibliographies, priority=300)
    app.connect("builder-inited", read_bibliographies, priority=400)
