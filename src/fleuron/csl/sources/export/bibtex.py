"""Write CSL-JSON items as BibTeX: the reverse of `fleuron.csl.sources.entry`.

Where BibTeX's own types and field names can express an item, they are used (`journal`, `address`, `year`,
`@phdthesis`); what only biblatex can express is in biblatex's fields.

What comes back changed when the file is read again:

- a dropping particle comes back as a non-dropping one: BibTeX has one kind;
- `comma-suffix`, `static-ordering` and `parse-names` are left out: BibTeX does not say how a name is printed;
- a given name without a family name comes back as a literal name;
- a season in words is left out: ISO 8601-2 has numbers for the seasons 1 to 4 only;
- a literal date that looks like a date comes back as that date;
- a straight apostrophe comes back as ’, as TeX prints it;
- runs of white space, and white space at the ends, are folded as TeX does;
- an edition in English words comes back as a number;
- of `custom`, only what this package writes itself is kept;
- `citation-number`, `first-reference-note-number`, `locator`, `page-first` and `year-suffix` are left out: they are
  a style's, not an item's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fleuron.csl.sources.edtf import write_edtf
from fleuron.csl.sources.entry import field_names
from fleuron.csl.sources.entry.languages import language_name
from fleuron.csl.sources.entry.localisation_keys import is_key
from fleuron.csl.sources.entry.people import FIELDS
from fleuron.csl.sources.entry.publication_details import ADDRESS, JUDICIAL
from fleuron.csl.sources.entry.types import ARTICLES, BOOKS, GENRES, PARTS_OF_BOOKS, entry_type
from fleuron.csl.sources.export.bibtex_names import write_names
from fleuron.csl.sources.latex.writer import escape, latex
from fleuron.csl.vocabulary import split_words

Item = Mapping[str, Any]
Fields = dict[str, str]

MONTHS = split_words("jan feb mar apr may jun jul aug sep oct nov dec")
DATES = {"event-date": "eventdate", "original-date": "origdate", "accessed": "urldate"} | {
    variable: field for field, variable in field_names.OWN_DATES.items()
}
PUBLISHERS = {"thesis": "school", "report": "institution", "webpage": "organization"} | dict.fromkeys(
    ("document", "manuscript", "speech", "pamphlet"), "howpublished"
)
PEOPLE = {role: field for field, role in FIELDS.items()}  # if a role has two fields, the last one (biblatex's) is used
EVENTS = ("event-title", "event-date", "event-place")
GENRE_TYPES = {genre: kind for kind, genre in GENRES.items()}
LEGAL = frozenset(split_words("jurisdiction legislation legal"))


def to_bibtex(items: Iterable[Item]) -> str:
    """Write items as the text of a .bib file (UTF-8), in their order. Never raises."""
    return "\n".join(map(write_entry, items))


def write_entry(item: Item) -> str:
    """Write one item as an entry, its fields aligned one to a line."""
    kind, fields = entry_fields(item)
    width = max(map(len, fields), default=0)
    lines = [f"  {name:<{width}} = {value}," for name, value in fields.items()]
    return "\n".join((f"@{kind}{{{entry_key(item)},", *lines, "}\n"))


def entry_key(item: Item) -> str:
    """Return an item's id as a key, without the characters that BibTeX does not allow in one."""
    return re.sub(r"[\s,{}()=#%\"'\\~]+", "_", str(item.get("id", ""))) or "untitled"


def entry_fields(item: Item) -> tuple[str, Fields]:
    """Return the entry type of an item and its fields, each value in its braces."""
    kind, subtype = entry_type(str(item.get("type", "")))
    if item.get("type") == "manuscript" and any(item.get(variable) for variable in EVENTS):
        subtype = "manuscript"  # without it, the entry would be read as a speech
    remaining = {
        variable: latex(str(value))
        for variable, value in item.items()
        if isinstance(value, str | int | float) and str(value).strip()
    }
    written = {field: write_names(item[role]) for role, field in PEOPLE.items() if isinstance(item.get(role), list)}
    written |= (
        _titles(kind, remaining)
        | _dates(item)
        | _numbers(kind, remaining, "collection-title" in item)
        | _imprint(str(item.get("type")), remaining)
    )
    written |= {
        field: _code(item[variable])
        for field, variable in (*field_names.CODES.items(), ("url", "URL"))
        if item.get(variable)
    }
    written |= {field: remaining.pop(variable, "") for field, variable in field_names.TEXTS.items()}
    written |= {
        "note": remaining.pop("note", ""),
        "pubstate": _state(item, remaining.pop("status", "")),
        "shorthand": remaining.pop("citation-label", ""),
        "copyright": latex(licence_of(item)),
    }
    written |= _language(item) | {"entrysubtype": subtype}
    kind, genre = _genre(kind, item)
    written |= {"type": genre} | {
        field: remaining[variable] for field, variable in field_names.OWN_NAMES.items() if variable in remaining
    }
    macros = {"month"} if written.get("month") in MONTHS else set()
    return kind, {name: text if name in macros else f"{{{text}}}" for name, text in written.items() if text}


def licence_of(item: Item) -> str:
    """Return who has the rights in an item, or its licence, for which CSL has no variable."""
    custom = item.get("custom")
    return str(custom.get("copyright", "")) if isinstance(custom, Mapping) else ""


def _titles(kind: str, remaining: Fields) -> Fields:
    """Write the titles, and remove their variables from ``left``."""
    found = {"shorttitle": remaining.pop("title-short", ""), "shortjournal": remaining.pop("container-title-short", "")}
    found |= {
        "series": remaining.pop("collection-title", ""),
        "eventtitle": remaining.pop("event-title", remaining.pop("event", "")),
    }
    found |= {"origtitle": remaining.pop("original-title", ""), "title": remaining.pop("title", "")}
    if kind == "periodical" and "container-title" in remaining:
        found |= {"issuetitle": found["title"], "title": remaining.pop("container-title")}
    elif kind in BOOKS and "volume-title" in remaining and found["title"]:
        found |= {"maintitle": found["title"], "title": remaining.pop("volume-title")}
    elif kind in PARTS_OF_BOOKS and "volume-title" in remaining and "container-title" in remaining:
        found |= {"maintitle": remaining.pop("container-title"), "booktitle": remaining.pop("volume-title")}
    elif kind in ARTICLES and kind != "periodical":
        found |= {"journal": remaining.pop("container-title", ""), "issuetitle": remaining.pop("volume-title", "")}
    elif kind not in BOOKS and kind != "periodical":
        found["journal" if kind in LEGAL else "booktitle"] = remaining.pop("container-title", "")
    return found


def _numbers(kind: str, remaining: Fields, in_series: bool) -> Fields:
    """Write issue and numbers, and remove their variables from ``left``."""
    if kind in ARTICLES:
        return {"number": remaining.pop("issue", ""), "eid": remaining.pop("number", "")}
    if in_series and (kind in BOOKS or kind in PARTS_OF_BOOKS):
        return {
            "number": remaining.pop("collection-number", ""),
            "eid": remaining.pop("number", ""),
            "issue": remaining.pop("issue", ""),
        }
    return {"number": remaining.pop("number", ""), "issue": remaining.pop("issue", "")}


def _imprint(item_type: str, remaining: Fields) -> Fields:
    """Write publisher, place, edition, pages and library, and remove their variables from ``left``."""
    publisher = remaining.pop("publisher", "")
    field = PUBLISHERS.get(item_type, "publisher")
    found = {"organization" if field == "howpublished" and ADDRESS.fullmatch(publisher) else field: publisher}
    if item_type in JUDICIAL:
        found["institution"] = remaining.pop("authority", "")
    place = remaining.pop("jurisdiction" if item_type == "patent" else "publisher-place", "")
    found["address"] = " and ".join(f"{{{one}}}" if " and " in one else one for one in place.split("; "))
    found |= {"edition": remaining.pop("edition", ""), "pages": remaining.pop("page", "").replace("-", "--")}
    found["library"] = remaining.pop("archive" if item_type == "manuscript" else "call-number", "")
    return found


def _dates(item: Item) -> Fields:
    """Write the dates: `year` and `month` where they suffice, otherwise `date`."""
    found: Fields = {}
    for variable, field in DATES.items():
        if isinstance(item.get(variable), Mapping):
            found[field] = write_edtf(item[variable]) or _literal(item[variable])
    issued = item.get("issued")
    if not isinstance(issued, Mapping):
        return found
    written = write_edtf(issued)
    if written is None:
        return {**found, "year": _literal(issued)}
    simple = re.fullmatch("([0-9]{4})(?:-(0[1-9]|1[0-2]))?", written)
    if simple and int(simple[1]):
        return {**found, "year": simple[1], "month": MONTHS[int(simple[2]) - 1] if simple[2] else ""}
    return {**found, "date": written, "year": written[:4] if re.fullmatch("[0-9]{4}(?:-[0-9]{2}){2}", written) else ""}


def _literal(date: Item) -> str:
    """Return the text of a date that is not in numbers."""
    return escape(str(date.get("literal") or date.get("raw") or ""))


def _code(value: Any) -> str:
    """Write an identifier or address without braces and white space."""
    return re.sub(r"[{}\s]+", "", str(value))


def _genre(kind: str, item: Item) -> tuple[str, str]:
    """Return the entry type and the field `type`; BibTeX has entry types for some theses and reports."""
    custom = item.get("custom")
    key = str(custom.get("genre-key", "")) if isinstance(custom, Mapping) else ""
    if key in GENRE_TYPES and kind in ("thesis", "report"):
        return GENRE_TYPES[key], ""
    genre = str(item.get("genre", ""))
    if key and genre:
        return kind, key
    return kind, f"{{{latex(genre)}}}" if is_key(genre) else latex(genre)


def _state(item: Item, text: str) -> str:
    """Return the localisation key of the state of publication, or else its text."""
    custom = item.get("custom")
    return str(custom.get("status-key") or text) if isinstance(custom, Mapping) else text


def _language(item: Item) -> Fields:
    """Write the language of the title and those of the work."""
    custom = item.get("custom")
    works = custom.get("languages", ()) if isinstance(custom, Mapping) else ()
    found = {"langid": language_name(str(item["language"])) if item.get("language") else ""}
    return found | {"language": " and ".join(language_name(str(tag)) for tag in works)}
