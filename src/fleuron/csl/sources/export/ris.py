"""Write CSL-JSON items as RIS records (Research Information Systems; Reference Manager's specification of 2011).

A line is a two-character tag, two spaces, a hyphen, a space and the value; a record goes from `TY` to `ER`.

The records are written here and not by `rispy` (0.10.0, MIT, no dependencies): it has no mapping from CSL, so that it
could replace only the line of code that joins tag and value, and its writer puts a number before each record ("1.") and
ends lines in LF, where the specification has CRLF and no numbers (measured on 2026-11-28). The tests read the records
back with rispy.

What RIS cannot express, or programs read back differently:

- markup: RIS is plain text; line breaks become spaces;
- types without a tag are written as `GEN`;
- of the people, only authors, editors, editors of the series and translators have a tag on which programs agree;
- of the dates, only `issued` and `accessed`;
- ISBN and ISSN share a tag;
- keywords are split at commas and semicolons;
- a licence has no tag, and stands in a note;
- variables without a tag are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fleuron.csl.sources.edtf import write_edtf
from fleuron.csl.sources.export.bibtex import licence_of
from fleuron.csl.sources.latex.writer import plain_text

LINE_END = "\r\n"

# The type of a record for each type of item; all others are `GEN` (generic).
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
NAME_TAGS = {"author": "AU", "editor": "A2", "collection-editor": "A3", "translator": "A4"}
TEXT_TAGS = {
    "title": "TI",
    "title-short": "ST",
    "container-title": "T2",
    "container-title-short": "J2",
    "collection-title": "T3",
    "volume": "VL",
    "issue": "IS",
    "number-of-volumes": "NV",
    "number": "M1",
    "section": "SE",
    "edition": "ET",
    "publisher": "PB",
    "publisher-place": "CY",
    "genre": "M3",
    "abstract": "AB",
    "note": "N1",
    "archive": "DB",
    "archive_location": "AN",
    "source": "DP",
    "call-number": "CN",
    "language": "LA",
    "DOI": "DO",
    "URL": "UR",
    "citation-label": "LB",
}
DATE_TAGS = {"issued": "DA", "accessed": "Y2"}


def to_ris(items: Iterable[Mapping[str, Any]]) -> str:
    """Write items as the text of a .ris file (UTF-8), in their order. Never raises."""
    return "".join(map(write_record, items))


def write_record(item: Mapping[str, Any]) -> str:
    """Write one item as a record."""
    lines = [("TY", TYPES.get(str(item.get("type")), "GEN")), ("ID", _plain_line(item.get("id", "")))]
    for role, tag in NAME_TAGS.items():
        names = item.get(role)
        if isinstance(names, list):
            lines += [(tag, _write_name(name)) for name in names if isinstance(name, Mapping)]
    lines += [(tag, _plain_line(item[variable])) for variable, tag in TEXT_TAGS.items() if variable in item]
    lines += [("N1", f"License: {licence}")] if (licence := _plain_line(licence_of(item))) else []
    lines += _date_lines(item) + _page_lines(item)
    lines += [("SN", _plain_line(item[variable])) for variable in ("ISBN", "ISSN") if variable in item]
    lines += [("KW", keyword.strip()) for keyword in re.split("[,;]", _plain_line(item.get("keyword", "")))]
    return "".join(f"{tag}  - {text}{LINE_END}" for tag, text in lines if text) + f"ER  - {LINE_END}"


def _plain_line(value: Any) -> str:
    """Return a text or number without markup and line breaks; "" for any other value."""
    return re.sub(r"\s+", " ", plain_text(str(value))).strip() if isinstance(value, str | int | float) else ""


def _write_name(name: Mapping[str, Any]) -> str:
    """Write a name as "family, given, suffix", with its particles before the family name."""
    if name.get("others"):
        return "et al."
    part = {key: _plain_line(value) for key, value in name.items()}
    particles = [part.get("dropping-particle"), part.get("non-dropping-particle")]
    family = " ".join(filter(None, (*particles, part.get("family"))))
    if not part.get("family"):
        return part.get("literal") or part.get("given", "")
    return ", ".join(filter(None, (family, part.get("given"), part.get("suffix"))))


def _date_lines(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write each date as YYYY/MM/DD/other, and the year of publication alone.

    The fourth part, "other", takes what has no year, month and day: a range or a season in ISO 8601-2, or words.
    """
    lines = []
    for variable, tag in DATE_TAGS.items():
        date = item.get(variable)
        if not isinstance(date, Mapping):
            continue
        written = write_edtf(date)
        if written and variable == "issued" and (year := re.match("[0-9]{4}", written)):
            lines.append(("PY", year[0]))
        if written and re.fullmatch("[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?", written):
            parts = [*written.split("-"), "", ""]
            text = f"{parts[0]}/{parts[1]}/{parts[2]}/"
        else:
            text = f"///{written or _plain_line(date.get('literal') or date.get('raw') or '')}"
        lines.append((tag, "" if text == "///" else text))
    return lines


def _page_lines(item: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write a range of pages as first and last page, and any other text of pages as the first."""
    page = _plain_line(item.get("page", ""))
    found = re.fullmatch(r"([^\s,;-]+)-([^\s,;-]+)", page)
    return [("SP", found[1]), ("EP", found[2])] if found else [("SP", page)]
