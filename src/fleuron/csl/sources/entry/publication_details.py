"""Read the publication details of an entry: publisher, places, edition, numbers, pages, identifiers, addresses."""

from __future__ import annotations

import re

from fleuron.csl.sources.entry.archives import archive_details
from fleuron.csl.sources.entry.bib_entry import FieldReader
from fleuron.csl.sources.entry.localisation_keys import is_key, phrase
from fleuron.csl.sources.entry.titles import Texts
from fleuron.csl.sources.entry.types import ARTICLES, BOOKS, PARTS_OF_BOOKS
from fleuron.csl.sources.latex.reader import decode
from fleuron.csl.vocabulary import split_words

ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
# The archives of eprints by type (biblatex, 3.14.7): name and address prefix.
ARCHIVES = {
    "arxiv": ("arXiv", "https://arxiv.org/abs/"),
    "jstor": ("JSTOR", "https://www.jstor.org/stable/"),
    "hdl": ("Handle", "https://hdl.handle.net/"),
    "googlebooks": ("Google Books", "https://books.google.com/books?id="),
}
IDENTIFIERS = {"pubmed": "PMID", "pmid": "PMID", "pmc": "PMCID", "pmcid": "PMCID"}
ORDINALS = split_words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
)
CONFERENCES = frozenset(split_words("inproceedings conference proceedings mvproceedings"))
# Types whose institution is an authority (a court or legislature), not a publisher.
JUDICIAL = frozenset(split_words("legal_case legislation bill regulation hearing treaty"))


def imprint(reader: FieldReader, item_type: str) -> Texts:
    """Return publisher, place, medium, edition, numbers and pages of an entry that becomes an item of this type."""
    found = _publishers(reader, item_type)
    place = "jurisdiction" if item_type == "patent" else "publisher-place"
    found[place] = _places(reader, "location")
    found["edition"] = _edition(reader)
    found |= _numbers(reader)
    # CSL writes a range of numbers with a hyphen, which may also stand within a number; one of folios keeps its dash.
    page = re.sub(r"(?<=[0-9])\s*[–—]\s*(?=[0-9])|(?<=[0-9])\s+-\s+(?=[0-9])", "-", reader.text("pages"))
    found["page"] = re.sub(r"\s*[–—]\s*", "–", page)
    library = "archive" if item_type == "manuscript" and not reader.has("archive") else "call-number"
    found[library] = reader.text("library")
    found |= archive_details(reader, found)
    return {variable: text for variable, text in found.items() if text}


def _publishers(reader: FieldReader, item_type: str) -> Texts:
    """Return the publisher, which may be a school, an institution or (as for a web site) an organization.

    Several are joined by semicolons, as in Pandoc. `howpublished` is the publisher if there is no other; otherwise it
    is the medium, unless it only repeats the publisher.
    """
    names = [reader.text(field) for field in ("institution", "organization", "publisher")]
    found: Texts = {}
    if names[2] and reader.entry.type in CONFERENCES:
        names[1] = ""  # the organizer of the conference, which is read as one of the people
    if item_type in JUDICIAL and (authority := names[0] or names[1]):
        found["authority"] = authority
        names[0 if names[0] else 1] = ""
    found["publisher"] = "; ".join(dict.fromkeys(name for name in names if name))
    how = reader.text("howpublished")
    if ADDRESS.fullmatch(how):
        return found if reader.has("url") else {**found, "URL": how}
    if not found["publisher"]:
        found["publisher"] = how
    elif found["publisher"].casefold() not in how.casefold():
        found["medium"] = how
    return found


def _places(reader: FieldReader, field: str) -> str:
    """Return the places of a list joined by "and", joined by semicolons."""
    source = reader.raw(field)
    if is_key(source):
        return phrase(source)
    places = re.split(r"\s+and\s+(?![^{]*\})", source)
    return "; ".join(decode(place, reader.reporter_for(field)) for place in places if place)


def _edition(reader: FieldReader) -> str:
    """Return the edition; an English ordinal ("Second", "2nd") becomes a number, which any language can write."""
    text = reader.text("edition")
    small = re.sub(r"\s*\b(?:edition|ed\.?)$", "", text.casefold()).strip()
    if small in ORDINALS:
        return str(ORDINALS.index(small) + 1)
    found = re.fullmatch(r"([0-9]+)(?:st|nd|rd|th)?\.?", small)
    return found[1] if found else text


def _numbers(reader: FieldReader) -> Texts:
    """Return `number`, `issue` and `eid`, as issue, number in a series or number of a report, by the type of entry."""
    kind = reader.entry.type
    number, issue, eid = reader.text("number"), reader.text("issue"), reader.text("eid")
    series = reader.entry.fields["series"].text if reader.has("series") else ""
    if kind in ARTICLES:
        found = {"issue": ", ".join(filter(None, (number, issue))), "number": eid}
        if re.fullmatch("[0-9]+", series):
            found["collection-number"] = reader.raw("series")
        return found
    if kind in BOOKS or kind in PARTS_OF_BOOKS:
        if series:
            return {"collection-number": number, "number": eid, "issue": issue}
    return {"number": number or eid, "issue": issue}


def addresses(reader: FieldReader) -> Texts:
    """Return DOI, URL and eprint. Other addresses than http, https and mailto are left out (unsafe) and reported."""
    found = {
        "DOI": re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", reader.identifier("doi"), flags=re.IGNORECASE)
    }
    url = reader.identifier("url")
    if url and not ADDRESS.fullmatch(url):
        reader.report("url", f"“{url}” is not an address that begins with http:// or https://; it is left out")
        url = ""
    found |= _eprint(reader)
    found["URL"] = url or found.get("URL", "")
    return {variable: text for variable, text in found.items() if text}


def _eprint(reader: FieldReader) -> Texts:
    """Return archive, location and address of an eprint, or its identifier."""
    eprint = reader.identifier("eprint")
    if not eprint:
        return {}
    kind, group = reader.identifier("eprinttype"), reader.identifier("eprintclass")
    if kind.lower() in IDENTIFIERS:
        return {IDENTIFIERS[kind.lower()]: eprint}
    if ADDRESS.fullmatch(eprint):
        return {"URL": eprint}
    name, prefix = ARCHIVES.get(kind.lower(), (kind, ""))
    location = f"{eprint} [{group}]" if group else eprint
    return {"archive": name, "archive_location": location, "URL": f"{prefix}{eprint}" if prefix else ""}
