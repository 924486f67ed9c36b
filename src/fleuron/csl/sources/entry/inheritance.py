"""Resolve `crossref` and `xdata`: the fields that an entry inherits (biblatex manual, 2.4.1 and appendix B)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pybtex.bibtex.utils import split_tex_string

from fleuron.csl.sources.entry.bib_entry import BibEntry, BibField, BibFinding
from fleuron.csl.sources.entry.names import AND
from fleuron.csl.sources.entry.types import PARTS_OF_BOOKS
from fleuron.csl.vocabulary import split_words

NEVER = frozenset(
    split_words(
        "ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions "
        "relatedstring relatedtype shorthand shorthandintro sortkey"
    )
)
# Fields about the parent's own title, which are not inherited if the child has that title under another name.
TITLES_ONLY = frozenset(split_words("shorttitle sorttitle indextitle indexsorttitle"))
INBOOKS = frozenset(split_words("inbook bookinbook suppbook"))
WHOLES = split_words("book collection reference proceedings")
DATES = re.compile(r"(event|orig|url|)(?:date|(?:end)?(?:year|month|day))")
REFERENCE = re.compile(r"xdata\s*=\s*(?P<key>.+?)-(?P<field>[a-z]+)(?:-(?P<number>[0-9]+))?", re.IGNORECASE)


def inherit(
    entries: Mapping[str, BibEntry], findings: list[BibFinding], resolved: dict[str, BibEntry] | None = None
) -> dict[str, BibEntry]:
    """Return the entries with the fields they inherit, also through chains; report loops and missing parents.

    ``resolved`` has other entries with what they inherit, by key in lower case; these entries are added to it, each
    after those from which it inherits.
    """
    by_name = {key.casefold(): entry for key, entry in entries.items()}
    resolved = {} if resolved is None else resolved
    for key in by_name:
        path = [key] if key not in resolved else []
        while path:
            entry = by_name[path[-1]]
            parents = [name for name in parents_of(entry) if name in by_name and name not in resolved]
            unresolved = [name for name in parents if name not in path]
            if unresolved:
                path.append(unresolved[0])
                continue
            if parents:
                message = (
                    f"the entry inherits from itself, through {' and '.join(by_name[name].key for name in parents)}"
                )
                findings.append(BibFinding(entry.key, "crossref", entry.line, message))
            resolved[path[-1]] = _with_parents(entry, by_name, resolved, findings)
            path.pop()
    return {key: resolved[key.casefold()] for key in entries}


def parents_of(entry: BibEntry) -> list[str]:
    """Return the keys, in lower case, of all entries from which this one inherits."""
    names = [name for name, _field in _listed(entry, "xdata")] + [name for name, _field in _listed(entry, "crossref")]
    pointed = [REFERENCE.fullmatch(part) for field in entry.fields.values() for part in _pieces(field.text)]
    return [name.casefold() for name in (*names, *(found["key"] for found in pointed if found))]


def _listed(entry: BibEntry, name: str) -> Iterator[tuple[str, BibField]]:
    """Yield the keys in a field (`xdata` may have several), each with the field."""
    field = entry.fields.get(name)
    for key in re.split(r"[\s,]+", field.text) if field else ():
        if key:
            yield key, field  # type: ignore[misc]  # there is a field where there is a key


def _pieces(text: str) -> list[str]:
    """Split a field that may contain `xdata=` references at "and"."""
    return split_tex_string(text, AND) if "xdata" in text else []


def _with_parents(
    entry: BibEntry, known: Mapping[str, BibEntry], resolved: Mapping[str, BibEntry], findings: list[BibFinding]
) -> BibEntry:
    """Return an entry with the fields of its parents, which must be resolved already."""
    entry = _with_pieces(entry, resolved, findings)
    fields = dict(entry.fields)
    for name in ("xdata", "crossref"):
        for key, field in _listed(entry, name):
            parent = resolved.get(key.casefold())
            if parent is None and key.casefold() not in known:
                findings.append(
                    BibFinding(
                        entry.key, name, field.line, f"the entry {key}, from which this one inherits, does not exist"
                    )
                )
            elif parent is not None:
                taken = _inherited(parent, entry.type) if name == "crossref" else _all_of(parent)
                _fill(fields, taken)
    return replace(entry, fields=fields)


def _fill(fields: dict[str, BibField], taken: Mapping[str, BibField]) -> None:
    """Add missing fields; the fields of a date are inherited all or not at all."""
    dated = {found[1] for name in fields if (found := DATES.fullmatch(name))}
    for name, field in taken.items():
        found = DATES.fullmatch(name)
        if not (found and found[1] in dated):
            fields.setdefault(name, field)


def _all_of(parent: BibEntry) -> dict[str, BibField]:
    """Return the fields that an entry inherits from an `@xdata` entry: all of them."""
    return {name: field for name, field in parent.fields.items() if name not in ("ids", "xdata")}


def _inherited(parent: BibEntry, child: str) -> dict[str, BibField]:
    """Return a parent's fields under the names that they have in a child of this type."""
    stem = _stem(parent.type, child)
    taken: dict[str, BibField] = {}
    others: dict[str, BibField] = {}
    for name, field in parent.fields.items():
        if name in NEVER or (stem and name in TITLES_ONLY):
            continue
        if stem and name in ("title", "subtitle", "titleaddon"):
            taken[f"{stem}{name}"] = field
        else:
            others[name] = field
    if "author" in others and parent.type in ("mvbook", "book") and child in INBOOKS:
        taken["bookauthor"] = others["author"]
    return others | taken


def _stem(parent: str, child: str) -> str:
    """Return the prefix of the parent's title in the child: "main", "book", "journal", or "" if it stays `title`."""
    whole = parent.removeprefix("mv")
    if whole in WHOLES:
        if parent != whole and (child in WHOLES or child in PARTS_OF_BOOKS):
            return "main"
        return "book" if parent == whole and child in PARTS_OF_BOOKS else ""
    return "journal" if parent == "periodical" and child in ("article", "suppperiodical", "review") else ""


def _with_pieces(entry: BibEntry, resolved: Mapping[str, BibEntry], findings: list[BibFinding]) -> BibEntry:
    """Replace references to a field of another entry: `author = {xdata=people-author-2}`."""
    fields = dict(entry.fields)
    for name, field in entry.fields.items():
        pieces = _pieces(field.text)
        if any(REFERENCE.fullmatch(piece) for piece in pieces):
            texts = [_piece(piece, resolved) for piece in pieces]
            if None in texts:
                findings.append(
                    BibFinding(entry.key, name, field.line, f"“{field.text}” refers to a field that does not exist")
                )
            fields[name] = replace(field, text=" and ".join(text for text in texts if text))
    return replace(entry, fields=fields)


def _piece(text: str, resolved: Mapping[str, BibEntry]) -> str | None:
    """Return the text to which a reference refers, None if it does not exist; other text is returned unchanged."""
    found = REFERENCE.fullmatch(text)
    if not found:
        return text
    entry = resolved.get(found["key"].casefold())
    field = entry.fields.get(found["field"].lower()) if entry else None
    if field is None or not found["number"]:
        return field.text if field else None
    pieces = split_tex_string(field.text, AND)
    number = int(found["number"])
    return pieces[number - 1] if 1 <= number <= len(pieces) else None
