"""RIS (Research Information Systems, as Reference Manager specified it in 2011) and CSL-JSON, from one table.

Every line is a tag of two signs, two spaces, a hyphen and a space; a record goes from `TY` to `ER`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fleuron.csl.sources.edtf import Date, InvalidDate, read_edtf, write_edtf
from fleuron.csl.sources.entry.names import OTHERS, Name, split_particle
from fleuron.csl.sources.latex.writer import plain_text

Item = dict[str, Any]
END = "\r\n"
LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")
ISSN = re.compile(r"[0-9]{4}-[0-9]{3}[0-9Xx]")

# The type of a record for each type of CSL; all others are generic, and come back as documents.
TYPES = {
    **{"article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "bill": "BILL"},
    **{"book": "BOOK", "chapter": "CHAP", "classic": "CLSWK", "dataset": "DATA", "document": "GEN"},
    **{"entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART"},
    **{"hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP"},
    **{"motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP", "paper-conference": "CPAPER"},
    **{"patent": "PAT", "periodical": "JFULL", "personal_communication": "PCOMM", "post-weblog": "BLOG"},
    **{"report": "RPRT", "software": "COMP", "song": "SOUND", "standard": "STAND", "thesis": "THES"},
    **{"webpage": "ELEC", "broadcast": "VIDEO", "article": "INPR", "regulation": "GOVDOC"},
}
# Other types that programs write.
OTHER_TYPES = {
    **{"CONF": "paper-conference", "EDBOOK": "book", "EBOOK": "book", "ECHAP": "chapter", "EJOUR": "article-journal"},
    **{"ABST": "article-journal", "SER": "book", "UNPB": "manuscript", "ICOMM": "webpage", "WEB": "webpage"},
    **{"UNBILL": "bill", "DBASE": "dataset", "AGGR": "dataset", "ADVS": "motion_picture", "SLIDE": "graphic"},
}
# Each variable and its tags: the first is written, all are read.
NAMES = {"author": ("AU", "A1"), "editor": ("A2", "ED"), "collection-editor": ("A3",), "translator": ("A4",)}
TEXTS = {
    "title": ("TI", "T1", "CT"),
    "title-short": ("ST",),
    "container-title": ("T2", "BT", "JO", "JF"),
    "container-title-short": ("J2", "JA"),
    "collection-title": ("T3",),
    "volume": ("VL",),
    "issue": ("IS",),
    "number-of-volumes": ("NV",),
    "number": ("M1",),
    "section": ("SE",),
    "edition": ("ET",),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "genre": ("M3",),
    "abstract": ("AB", "N2"),
    "note": ("N1",),
    "archive": ("DB",),
    "archive_location": ("AN",),
    "source": ("DP",),
    "call-number": ("CN", "AV"),
    "language": ("LA",),
    "DOI": ("DO",),
    "URL": ("UR",),
    "citation-label": ("LB",),
}
DATES = {"issued": ("DA", "Y1"), "accessed": ("Y2",)}
SOURCES = {tag: variable for variable, tags in (*TEXTS.items(), *NAMES.items(), *DATES.items()) for tag in tags}
# What does not come back as it was when the file is read again, and why.
LOSSES = {
    "markup": "RIS has plain text only; line breaks become spaces",
    "types without a tag": "they come back as `document`",
    "roles but author, editor, collection-editor, translator": "RIS has no tag that programs agree on",
    "names": "a family name alone comes back as a literal name, a literal one with a comma as family and given name; "
    "particles come back non-dropping",
    "dates but issued and accessed": "RIS has none",
    "ISBN or ISSN": "they share a tag: one that looks like an ISSN comes back as one",
    "keyword": "keywords are split at commas and semicolons, and come back joined by commas",
    "all variables without a tag": "RIS has no place for them",
}


def record(item: Mapping[str, Any]) -> str:
    """Write one item as a record."""
    lines = [("TY", TYPES.get(str(item.get("type")), "GEN")), ("ID", _line(item.get("id", "")))]
    for role, tags in NAMES.items():
        names = item.get(role)
        lines += (
            [(tags[0], _name(name)) for name in names if isinstance(name, Mapping)] if isinstance(names, list) else []
        )
    lines += [(tags[0], _line(item[variable])) for variable, tags in TEXTS.items() if variable in item]
    lines += _dates(item) + _pages(item)
    lines += [("SN", _line(item[variable])) for variable in ("ISBN", "ISSN") if variable in item]
    lines += [("KW", keyword.strip()) for keyword in re.split("[,;]", _line(item.get("keyword", "")))]
    return "".join(f"{tag}  - {text}{END}" for tag, text in lines if text) + f"ER  - {END}"


def _line(value: Any) -> str:
    return re.sub(r"\s+", " ", plain_text(str(value))).strip() if isinstance(value, str | int | float) else ""


def _name(name: Mapping[str, Any]) -> str:
    if name.get("others"):
        return "et al."
    part = {key: _line(value) for key, value in name.items()}
    particles = [part.get("dropping-particle"), part.get("non-dropping-particle")]
    family = " ".join(filter(None, (*particles, part.get("family"))))
    if not part.get("family"):
        return part.get("literal") or part.get("given", "")
    return ", ".join(filter(None, (family, part.get("given"), part.get("suffix"))))


def _dates(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write a year, and a date as YYYY/MM/DD/other, of which the last is for what is no single day, in ISO 8601."""
    lines = []
    for variable, tags in DATES.items():
        date = item.get(variable)
        if not isinstance(date, Mapping):
            continue
        written = write_edtf(date)
        if written and variable == "issued" and (year := re.match("[0-9]{4}", written)):
            lines.append(("PY", year[0]))
        if written and re.fullmatch("[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", written):
            parts = [*written.split("-"), "", ""]
            text = f"{parts[0]}/{parts[1]}/{parts[2]}/"
        else:
            text = f"///{written or _line(date.get('literal') or date.get('raw') or '')}"
        lines.append((tags[0], "" if text == "///" else text))
    return lines


def _pages(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    page = _line(item.get("page", ""))
    found = re.fullmatch(r"([^\s,;-]+)-([^\s,;-]+)", page)
    return [("SP", found[1]), ("EP", found[2])] if found else [("SP", page)]


def read_ris(text: str) -> list[Item]:
    """Read the records of a RIS file as items. Never raises: lines that are none are read on to the tag before them."""
    items: list[Item] = []
    for number, lines in enumerate(_records(text), 1):
        tags: dict[str, list[str]] = {}
        for tag, value in lines:
            tags.setdefault(tag, []).append(value)
        items.append(_item(tags, f"ris{number}"))
    return items


def _records(text: str) -> Iterator[list[tuple[str, str]]]:
    lines: list[tuple[str, str]] = []
    for line in text.removeprefix("\ufeff").splitlines():
        found = LINE.fullmatch(line.rstrip())
        if found and found[1] == "ER":
            if lines:
                yield lines
            lines = []
        elif found and (lines or found[1] == "TY"):
            lines.append((found[1], (found[2] or "").strip()))
        elif lines and line.strip():
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.strip()}")
    if lines:
        yield lines


def _item(tags: Mapping[str, list[str]], fallback: str) -> Item:
    kinds = {tag: kind for kind, tag in TYPES.items()} | OTHER_TYPES
    item: Item = {"id": tags.get("ID", [fallback])[0], "type": kinds.get(tags["TY"][0], "document")}
    for tag, values in tags.items():
        variable = SOURCES.get(tag)
        if variable in NAMES:
            item.setdefault(variable, []).extend(_read_name(value) for value in values if value)
        elif variable in TEXTS and values[0] and (variable not in item or tag == TEXTS[variable][0]):
            item[variable] = "; ".join(values) if variable == "note" else values[0]
    item |= _read_dates(tags) | _read_numbers(tags)
    return item


def _read_name(value: str) -> Name:
    if value.casefold() in ("et al.", "others"):
        return dict(OTHERS)
    family, *rest = (part.strip() for part in value.split(",", 2))
    if not rest:
        return {"literal": value}
    particle, family = split_particle(family)
    parts = {
        "family": family,
        "given": rest[0],
        "non-dropping-particle": particle,
        "suffix": rest[1] if rest[1:] else "",
    }
    return {part: text for part, text in parts.items() if text}


def _read_dates(tags: Mapping[str, list[str]]) -> Item:
    found = {}
    for variable, names in DATES.items():
        written = next(
            (tags[name][0] for name in (*names, *(("PY",) if variable == "issued" else ())) if name in tags), ""
        )
        date = _read_date(written)
        if date:
            found[variable] = date
    return found


def _read_date(written: str) -> Date | None:
    year, month, day, other = (part.strip() for part in [*written.split("/", 3), "", "", ""][:4])
    try:
        return read_edtf(
            other or "-".join(filter(None, (year, month.zfill(2) if month else "", day.zfill(2) if day else "")))
        )
    except InvalidDate:
        literal = other or written.strip("/ ")
        return {"literal": literal} if literal else None


def _read_numbers(tags: Mapping[str, list[str]]) -> Item:
    found: Item = {}
    pages = [tags[tag][0] for tag in ("SP", "EP") if tags.get(tag, [""])[0]]
    if pages:
        found["page"] = "-".join(pages)
    for number in tags.get("SN", ()):
        found.setdefault("ISSN" if ISSN.fullmatch(number) else "ISBN", number)
    if keywords := [keyword for keyword in tags.get("KW", ()) if keyword]:
        found["keyword"] = ", ".join(keywords)
    return found
