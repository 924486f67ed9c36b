"""Check and read the .bib files in place of sphinxcontrib-bibtex, which reads only BibTeX.

sphinxcontrib-bibtex 2.7 ends at a syntax error with an exception that names no file, goes on without sources where a
file is missing, and converts all entries of all files. It is given entries that are read when it asks for them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any, cast

from pybtex.database import BibliographyData, Entry, Person
from pybtex.utils import OrderedCaseInsensitiveDict
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.domain import BibtexDomain

from fleuron.atomic_files import write_file
from fleuron.cache_folder import CacheFolder, find_folder
from fleuron.config import set_default_bibliography
from fleuron.csl.sources.bibtex import Bibliography, BibSource
from fleuron.csl.sources.entry.bib_entry import BibFinding
from fleuron.csl.sources.entry.bib_file import BibIndex, BibText, EntryPlace
from fleuron.csl.sources.kept_items import KeptItems, items_from_json
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import suggestion
from fleuron.extras import installed_version
from fleuron.publication.control_characters import control_character
from fleuron.reporting import report, report_errors

# The number goes up when an index is made otherwise than before.
FORMAT = b"fleuron bibliography index 1"
LIMIT = 2**26


class BibliographyFiles:
    """The .bib files of a build: they are read once, before sphinxcontrib-bibtex wants them."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.sources: list[BibSource] = []
        self.kept = KeptItems()

    def check(self, app: Sphinx, config: Config) -> None:
        """Report the bibliographies that are missing or cannot be read."""
        self.paths = paths = [Path(app.confdir, name).resolve() for name in config.bibtex_bibfiles or ()]
        cache = open_index_cache(os.environ, Path(app.doctreedir))
        problems: list[tuple[Finding, Path]] = []
        self.sources = []
        for path in paths:
            text, fault = text_of_bibliography(path, config.bibtex_encoding)
            if fault:
                problems.append((fault, path))
            if not path.is_file():
                continue
            source = BibSource(str(path), BibText(text), index_of(text, cache))
            self.sources.append(source)
            problems += [
                (Finding(Diagnostic.BAD_BIBLIOGRAPHY, found.line or 1, {"problem": problem_of(found)}), path)
                for found in source.index.findings
                if found.kind == "syntax"
            ]
        report_errors(problems)

    def read(self, app: Sphinx) -> None:
        """Give the entries to the domain of sphinxcontrib-bibtex, and report repeated keys and fields."""
        self.kept = items_from_json(content_of(kept_file(app)), program())
        bibliography = Bibliography(self.sources, self.kept)
        keys: dict[str, dict[str, None]] = {str(path): {} for path in self.paths}
        for key in bibliography:
            keys[bibliography.places[key][0].name][key] = None
        files = {Path(name): BibFile(mtime=get_mtime(Path(name)), keys=found) for name, found in keys.items()}
        domain = cast(BibtexDomain, app.env.get_domain("cite"))
        encoding = app.config.bibtex_encoding
        domain.data["bibdata"] = BibData(encoding=encoding, bibfiles=files, data=SourceDatabase(bibliography))
        own = [(source, found) for source in self.sources for found in source.index.findings]
        for source, found in (*own, *bibliography.repeated):
            if found.kind == "repeated":
                values = {"problem": problem_of(found)}
                report(Finding(Diagnostic.REPEATED_SOURCE, found.line or 1, values), Path(source.name))

    def keep(self, app: Sphinx, _exception: Exception | None) -> None:
        """Keep the items that this build has converted for the next one."""
        if self.kept.has_new:
            write_file(kept_file(app), self.kept.as_json(program()))


def kept_file(app: Sphinx) -> Path:
    """Return the file that keeps the items of sources."""
    return Path(app.doctreedir, "sources.json")


def content_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def program() -> str:
    """Name the program that converts entries; the number goes up when entries are converted otherwise than before."""
    return f"fleuron {installed_version('fleuron')}, 1"


def all_files_exist(env: BuildEnvironment) -> bool:
    """Return whether no .bib file is missing, which is reported, and of which nobody knows what it has."""
    domain = cast(BibtexDomain, env.get_domain("cite"))
    return all(Path(name).is_file() for name in domain.bibdata.bibfiles)


def text_of_bibliography(path: Path, encoding: str = "utf-8-sig") -> tuple[str, Finding | None]:
    """Return the text of a .bib file, and what is wrong with it: missing, not UTF-8, or with control characters.

    The ``encoding`` is another one where a project sets bibtex_encoding.
    """
    if not path.is_file():
        near = suggestion(path.name, [other.name for other in path.parent.glob("*.bib")])
        return "", Finding(Diagnostic.NO_BIBLIOGRAPHY, 1, {"name": path.name, "suggestion": near})
    source = path.read_bytes()
    try:
        text = source.decode(encoding)
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        values = {"byte": error.start + 1, "value": source[error.start]}
        return source.decode(encoding, "replace"), Finding(Diagnostic.NOT_UTF8, line, values)
    if found := control_character(text):
        code, line = found
        return text, Finding(Diagnostic.CONTROL_CHARACTER, line, {"code": code})
    return text, None


def problem_of(found: BibFinding) -> str:
    """Return the message of a finding about a whole file, with the entry and field that it is about."""
    place = ", ".join(filter(None, (found.key and f"entry “{found.key}”", found.field and f"field “{found.field}”")))
    return f"{place}: {found.message}" if place else found.message


def open_index_cache(environment: Mapping[str, str], doctrees: Path) -> CacheFolder:
    """Open the cache of indexes, which is beside the doctrees where FLEURON_CACHE is off."""
    folder, _reason = find_folder(environment, "bibliographies", "bibliographies")
    if folder is None:
        folder = doctrees / "bibliographies"
        folder.mkdir(parents=True, exist_ok=True)
    return CacheFolder(folder, FORMAT, ".json", LIMIT)


def index_of(text: str, cache: CacheFolder) -> BibIndex:
    """Return the index of a .bib file, from the cache if the file was parsed before, by any edition."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    index = cache.read(digest, parse_index)
    if index is None:
        index = BibText(text).index()
        rows = (index.entries, index.strings, [astuple(finding) for finding in index.findings])
        cache.write(digest, json.dumps(rows, ensure_ascii=False).encode())
    return index


def parse_index(content: bytes) -> BibIndex:
    """Parse a cached index; raise ValueError, LookupError or TypeError if it is damaged."""
    entries, strings, findings = json.loads(content)
    return BibIndex(
        tuple(EntryPlace(*row) for row in entries), tuple(strings), tuple(BibFinding(*row) for row in findings)
    )


class SourceEntry(Entry):  # type: ignore[misc]  # pybtex has no types
    """An entry as sphinxcontrib-bibtex sees it: its fields and people are read when a filter asks for them."""

    def __init__(self, key: str, bibliography: Bibliography) -> None:
        self.key, self.bibliography = key, bibliography
        self.type = self.original_type = bibliography.places[key][1].type

    @property
    def fields(self) -> OrderedCaseInsensitiveDict:
        """The fields as they are written, by BibTeX's and biblatex's names."""
        read = self.bibliography.entry(self.key).fields
        return OrderedCaseInsensitiveDict(
            {
                name: text
                for name, found in read.items()
                for name, text in ((name, found.text), (found.name, found.text))
            }
        )

    @property
    def persons(self) -> OrderedCaseInsensitiveDict:
        """The authors and editors."""
        item = self.bibliography[self.key]
        return OrderedCaseInsensitiveDict({role: [*map(person, item.get(role, ()))] for role in ("author", "editor")})

    def __reduce__(self) -> tuple[Any, ...]:
        return Entry, (self.type, [*self.fields.items()], [*self.persons.items()]), {"key": self.key}


def person(name: Mapping[str, Any]) -> Person:
    """Return a person of pybtex with the parts of a name."""
    found = Person()
    found.first_names = str(name.get("given", "")).split()
    found.prelast_names = str(name.get("non-dropping-particle") or name.get("dropping-particle") or "").split()
    found.last_names = [str(name.get("family") or name.get("literal") or "")]
    found.lineage_names = str(name.get("suffix", "")).split()
    return found


class SourceEntries(Mapping[str, Entry]):
    """The entries of a bibliography as sphinxcontrib-bibtex sees them."""

    def __init__(self, bibliography: Bibliography) -> None:
        self.bibliography = bibliography

    def __getitem__(self, key: str) -> Entry:
        if key not in self.bibliography:
            raise KeyError(key)
        return SourceEntry(key, self.bibliography)

    def __contains__(self, key: object) -> bool:
        return key in self.bibliography

    def __iter__(self) -> Iterator[str]:
        return iter(self.bibliography)

    def __len__(self) -> int:
        return len(self.bibliography)


class SourceDatabase(BibliographyData):  # type: ignore[misc]  # pybtex has no types
    """The database that sphinxcontrib-bibtex reads; it is not stored with the environment, for every build makes it."""

    def __init__(self, bibliography: Bibliography | None = None) -> None:
        super().__init__()
        self.bibliography = Bibliography([]) if bibliography is None else bibliography
        self.entries = SourceEntries(self.bibliography)

    def __reduce__(self) -> tuple[Any, ...]:
        return SourceDatabase, ()


def setup(app: Sphinx) -> None:
    files = BibliographyFiles()
    app.connect("config-inited", set_default_bibliography, priority=120)
    # Before sphinxcontrib-bibtex reads the files at priority 500, unless it finds them read.
    app.connect("config-inited", files.check, priority=300)
    app.connect("builder-inited", files.read, priority=400)
    app.connect("build-finished", files.keep)
