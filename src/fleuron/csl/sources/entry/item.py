"""One entry of a bibliography as an item of CSL-JSON."""

from __future__ import annotations

from typing import Any

from fleuron.csl.sources import vocabulary
from fleuron.csl.sources.edtf import Date
from fleuron.csl.sources.entry import dates, field_names
from fleuron.csl.sources.entry.field_reader import Reading
from fleuron.csl.sources.entry.languages import language_tag
from fleuron.csl.sources.entry.localisation_keys import is_key, phrase
from fleuron.csl.sources.entry.people import people
from fleuron.csl.sources.entry.publication_details import addresses, imprint
from fleuron.csl.sources.entry.titles import join, titles
from fleuron.csl.sources.entry.types import GENRES, SUBTYPES, item_type

Item = dict[str, Any]
PAGINATIONS = ("pagination", "bookpagination")
DATES = {"issued": "", "original-date": "orig", "event-date": "event", "accessed": "url"}


def item_of(reading: Reading) -> Item:
    """Return the CSL-JSON item of an entry. What it has that no variable takes is a finding."""
    kind = _type(reading)
    item: Item = {"id": reading.entry.key, "type": kind}
    item |= titles(reading) | people(reading) | _dates(reading)
    item |= imprint(reading, kind)
    item |= {variable: text for variable, text in addresses(reading).items() if variable not in item}
    item |= _texts(reading, item)
    item |= _language(reading, item)
    _report_rest(reading)
    return item


def _type(reading: Reading) -> str:
    kind, subtype = reading.entry.type, reading.raw("entrysubtype").strip().lower()
    found = item_type(kind, subtype, reading.has("eventdate", "eventtitle", "eventyear", "venue"))
    if subtype and subtype not in vocabulary.TYPES and subtype not in SUBTYPES:
        reading.report("entrysubtype", f"CSL has no type “{subtype}”")
    if found is None:
        reading.report("", f"“{kind}” is no entry type of BibTeX or biblatex; it is printed as a document")
    if kind == "set":
        reading.report("", field_names.LOST["entryset"])
        reading.raw("entryset")
    return found or "document"


def _texts(reading: Reading, item: Item) -> Item:
    found = {variable: reading.text(field) for field, variable in field_names.TEXTS.items()}
    found |= {variable: reading.code(field) for field, variable in field_names.CODES.items() if variable not in item}
    for field, variable in field_names.OWN_NAMES.items():
        if variable not in item and reading.has(field):
            found[variable] = reading.text(field, title=field in field_names.OWN_TITLES)
    found["citation-label"] = reading.text("shorthand") or reading.text("label")
    found["note"] = join(reading.text("note"), ".", reading.text("addendum"))
    found["status"] = reading.words("pubstate")
    found["genre"] = reading.words("type")
    return {variable: text for variable, text in found.items() if text} | _genre(reading, found["genre"])


def _genre(reading: Reading, genre: str) -> Item:
    """Return the kind of a thesis or report, in English, with its key in `custom`."""
    written = reading.raw("type")
    key = written if is_key(written) else "" if genre else GENRES.get(reading.entry.type, "")
    return {"genre": phrase(key), "custom": {"genre-key": key}} if key else {}


def _dates(reading: Reading) -> Item:
    found = {variable: _date(reading, stem) for variable, stem in DATES.items()}
    for field, variable in field_names.OWN_DATES.items():
        found[variable] = dates.read_date(reading.raw(field), reading.reporter(field))
    return {variable: date for variable, date in found.items() if date}


def _date(reading: Reading, stem: str) -> Date | None:
    """Read the date of one kind: biblatex's field, else BibTeX's year, month and day, and those of the range's end."""
    parts = {part: reading.raw(f"{stem}{part}") for part in ("year", "month", "day", "endyear", "endmonth", "endday")}
    if reading.has(f"{stem}date"):
        date = dates.read_date(reading.raw(f"{stem}date"), reading.reporter(f"{stem}date"))
        year = dates.read_year(parts["year"])
        if year and date and year.get("date-parts", [[0]])[0][:1] != date.get("date-parts", [[0]])[0][:1]:
            reading.report(f"{stem}year", f"it says something other than {stem}date, which counts")
        return date
    report = reading.reporter(f"{stem}month")
    date = dates.read_year(parts["year"])
    if date is None:
        if parts["month"]:
            report("a month without a year is left out")
        return None
    if parts["month"]:
        date = dates.with_month(date, parts["month"], parts["day"], report)
    end = dates.read_year(parts["endyear"])
    if end and len(end.get("date-parts", ())) == 1 and len(date.get("date-parts", ())) == 1:
        end = dates.with_month(end, parts["endmonth"], parts["endday"], report) if parts["endmonth"] else end
        date["date-parts"] = [*date["date-parts"], *end["date-parts"]]
    return date


def _language(reading: Reading, item: Item) -> Item:
    """Return the language of the title (`langid`), else of the work (`language`).

    Where both are given, or the work is in several languages, `custom` keeps those of the work as ``languages``.
    """
    options = reading.raw("langidopts")
    own = _tag(reading, "langid", reading.raw("langid"), options)
    works = [
        _tag(reading, "language", name, "")
        for name in reading.raw("language").replace("{", "").replace("}", "").split(" and ")
    ]
    of_work = [tag for tag in works if tag]
    tag = own or (of_work[0] if of_work else None)
    custom = item.get("custom", {}) | ({"languages": of_work} if of_work and of_work != [tag] else {})
    return ({"language": tag} if tag else {}) | ({"custom": custom} if custom else {})


def _tag(reading: Reading, field: str, name: str, options: str) -> str | None:
    if not name.strip():
        return None
    tag = language_tag(name, options)
    if tag is None:
        reading.report(
            field, f"the language “{name}” is not known to babel or polyglossia; write its name or its BCP 47 tag"
        )
    return tag


def _report_rest(reading: Reading) -> None:
    """Note the fields that nothing took. That locators count pages, which is said often, is no loss."""
    for field in reading.untaken():
        message = field_names.untaken(field)
        if message and reading.has(field) and not (field in PAGINATIONS and reading.raw(field) == "page"):
            reading.report(field, message)
