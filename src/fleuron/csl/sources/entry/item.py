"""Convert one bibliography entry to a CSL-JSON item."""

from __future__ import annotations

from typing import Any

from fleuron.csl import vocabulary
from fleuron.csl.sources.edtf import CslDate
from fleuron.csl.sources.entry import dates, field_names
from fleuron.csl.sources.entry.bib_entry import FieldReader
from fleuron.csl.sources.entry.languages import known_names, language_tag
from fleuron.csl.sources.entry.localisation_keys import PUBLICATION_STATES, is_key, phrase
from fleuron.csl.sources.entry.people import people
from fleuron.csl.sources.entry.publication_details import addresses, imprint
from fleuron.csl.sources.entry.titles import join_title_parts, titles
from fleuron.csl.sources.entry.types import GENRES, SUBTYPES, TYPES, item_type

Item = dict[str, Any]
PAGINATIONS = ("pagination", "bookpagination")
DATES = {"issued": "", "original-date": "orig", "event-date": "event", "accessed": "url"}


def item_from_entry(reader: FieldReader) -> Item:
    """Return the CSL-JSON item of an entry, and report fields that no variable uses."""
    kind = _type(reader)
    item: Item = {"id": reader.entry.key, "type": kind}
    item |= titles(reader) | people(reader) | _dates(reader)
    item |= imprint(reader, kind)
    item |= {variable: text for variable, text in addresses(reader).items() if variable not in item}
    item |= _texts(reader, item)
    item |= _language(reader, item)
    _report_rest(reader)
    return item


def _type(reader: FieldReader) -> str:
    """Return the item type of the entry, and report unknown types."""
    kind, subtype = reader.entry.type, reader.raw("entrysubtype").strip().lower()
    found = item_type(kind, subtype, reader.has("eventdate", "eventtitle", "eventyear", "venue"))
    if subtype and subtype not in vocabulary.ITEM_TYPES and subtype not in SUBTYPES:
        reader.report("entrysubtype", f"“{subtype}” is not a type of CSL")
    if found is None:
        near = field_names.did_you_mean(kind, TYPES)
        message = f"“{kind}” is not an entry type of BibTeX or biblatex; the entry is printed as a document{near}"
        reader.report("", message)
    if kind == "set":
        reader.report("", field_names.WITHOUT_VARIABLE["entryset"])
        reader.raw("entryset")
    return found or "document"


def _texts(reader: FieldReader, item: Item) -> Item:
    """Read the fields that become a variable without further conversion."""
    found = {variable: reader.text(field) for field, variable in field_names.TEXTS.items()}
    found |= {
        variable: reader.identifier(field) for field, variable in field_names.CODES.items() if variable not in item
    }
    for field, variable in field_names.OWN_NAMES.items():
        if variable not in item and reader.has(field):
            found[variable] = reader.text(field, title=field in field_names.OWN_TITLES)
    found["citation-label"] = reader.text("shorthand") or reader.text("label")
    found["note"] = join_title_parts(reader.text("note"), ".", reader.text("addendum"))
    state = reader.raw("pubstate")
    found["status"] = phrase(state) if state in PUBLICATION_STATES else reader.text("pubstate")
    found["genre"] = reader.phrase("type")
    genre = _genre_key(reader, found["genre"])
    if genre:
        found["genre"] = phrase(genre)
    keys = {"genre-key": genre, "status-key": state if state in PUBLICATION_STATES else ""}
    custom = {name: key for name, key in keys.items() if key}
    return {variable: text for variable, text in found.items() if text} | ({"custom": custom} if custom else {})


def _genre_key(reader: FieldReader, genre: str) -> str:
    """Return the localisation key of the genre of a thesis or report, or "" if it has none."""
    written = reader.raw("type")
    return written if is_key(written) else "" if genre else GENRES.get(reader.entry.type, "")


def _dates(reader: FieldReader) -> Item:
    """Read all dates of the entry."""
    found = {variable: _date(reader, stem) for variable, stem in DATES.items()}
    for field, variable in field_names.OWN_DATES.items():
        found[variable] = dates.read_date(reader.raw(field), reader.reporter_for(field))
    return {variable: date for variable, date in found.items() if date}


def _date(reader: FieldReader, stem: str) -> CslDate | None:
    """Read one kind of date: biblatex's field, or else year, month and day, and those of the end of a range."""
    parts = {part: reader.raw(f"{stem}{part}") for part in ("year", "month", "day", "endyear", "endmonth", "endday")}
    if reader.has(f"{stem}date"):
        date = dates.read_date(reader.raw(f"{stem}date"), reader.reporter_for(f"{stem}date"))
        year = dates.read_year(parts["year"])
        if year and date and year.get("date-parts", [[0]])[0][:1] != date.get("date-parts", [[0]])[0][:1]:
            reader.report(f"{stem}year", f"the year differs from that in {stem}date, which is used")
        return date
    report = reader.reporter_for(f"{stem}month")
    date = dates.read_year(parts["year"])
    if date is None:
        if parts["month"]:
            report("a month without a year is ignored")
        return None
    if parts["month"]:
        date = dates.with_month(date, parts["month"], parts["day"], report)
    end = dates.read_year(parts["endyear"])
    if end and len(end.get("date-parts", ())) == 1 and len(date.get("date-parts", ())) == 1:
        end = dates.with_month(end, parts["endmonth"], parts["endday"], report) if parts["endmonth"] else end
        date["date-parts"] = [*date["date-parts"], *end["date-parts"]]
    return date


def _language(reader: FieldReader, item: Item) -> Item:
    """Return the language of the title (`langid`), or else of the work (`language`).

    If both are given, or the work is in several languages, `custom` has those of the work as ``languages``.
    """
    options = reader.raw("langidopts")
    own = _tag(reader, "langid", reader.raw("langid"), options)
    works = [
        _tag(reader, "language", name, "")
        for name in reader.raw("language").replace("{", "").replace("}", "").split(" and ")
    ]
    of_work = [tag for tag in works if tag]
    tag = own or (of_work[0] if of_work else None)
    custom = item.get("custom", {}) | ({"languages": of_work} if of_work and of_work != [tag] else {})
    return ({"language": tag} if tag else {}) | ({"custom": custom} if custom else {})


def _tag(reader: FieldReader, field: str, name: str, options: str) -> str | None:
    """Return the language tag of a language name, and report an unknown one."""
    if not name.strip():
        return None
    tag = language_tag(name, options)
    if tag is None:
        advice = field_names.did_you_mean(name, known_names()) or "; write its English name or BCP 47 tag"
        reader.report(field, f"the language “{name}” is not known to babel or polyglossia{advice}")
    return tag


def _report_rest(reader: FieldReader) -> None:
    """Report unused fields.

    `pagination = {page}` is not reported, since pages are the default; nor is an inherited field that only the entry
    that has it uses.
    """
    for field in reader.unused_fields():
        message = field_names.message_for_unused(field)
        if not message or not reader.has(field) or (message == field_names.UNUSED and reader.inherits(field)):
            continue
        if not (field in PAGINATIONS and reader.raw(field) == "page"):
            reader.report(field, message)
