"""Who published a source, where, in which form and under which number; its addresses and identifiers."""

from __future__ import annotations

import re

from fleuron.csl.sources.entry.bib_entry import FieldReader
from fleuron.csl.sources.entry.localisation_keys import is_key, phrase
from fleuron.csl.sources.entry.titles import Texts
from fleuron.csl.sources.entry.types import ARTICLES, BOOKS, PARTS_OF_BOOKS
from fleuron.csl.sources.latex.reader import decode
from fleuron.csl.vocabulary import split_words

ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
# Where an eprint of these kinds is found (biblatex, 3.14.7); the name is that of the archive.
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
# A court or a legislature is no publisher.
JUDICIAL = frozenset(split_words("legal_case legislation bill regulation hearing treaty"))


def imprint(reader: FieldReader, item_type: str) -> Texts:
    """Return publisher, places, form, edition and numbers of an entry that becomes an item of this type."""
    found = _publishers(reader, item_type)
    place = "jurisdiction" if item_type == "patent" else "publisher-place"
    found[place] = _places(reader, "location")
    found["edition"] = _edition(reader)
    found |= _numbers(reader)
    page = re.sub(r"\s*[–—]\s*", "-", reader.text("pages"))
    found["page"] = re.sub(r"(?<=[0-9])\s+-\s+(?=[0-9])", "-", page)
    library = "archive" if item_type == "manuscript" and not reader.has("archive") else "call-number"
    found[library] = reader.text("library")
    return {variable: text for variable, text in found.items() if text}


def _publishers(reader: FieldReader, item_type: str) -> Texts:
    """Return the publisher, which may be a school, an institution or (as for a web site) an organization.

    Several are joined by a semicolon, as in Pandoc. `howpublished` is the publisher where there is no other; else it
    is the medium, unless it only repeats the publisher.
    """
    names = [reader.text(field) for field in ("institution", "organization", "publisher")]
    found: Texts = {}
    if names[2] and reader.entry.type in CONFERENCES:
        names[1] = ""  # the organizer, who is one of the people
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
    """Return places, of which biblatex has a list joined by "and", joined by semicolons."""
    source = reader.raw(field)
    if is_key(source):
        return phrase(source)
    places = re.split(r"\s+and\s+(?![^{]*\})", source)
    return "; ".join(decode(place, reader.reporter_for(field)) for place in places if place)


def _edition(reader: FieldReader) -> str:
    """Return the edition, as a number where it is an English ordinal ("Second", "2nd"), for each language to write."""
    text = reader.text("edition")
    small = re.sub(r"\s*\b(?:edition|ed\.?)$", "", text.casefold()).strip()
    if small in ORDINALS:
        return str(ORDINALS.index(small) + 1)
    found = re.fullmatch(r"([0-9]+)(?:st|nd|rd|th)?\.?", small)
    return found[1] if found else text


def _numbers(reader: FieldReader) -> Texts:
    """Return the `number`, which is an issue, a place in a series or the number of a report, and what goes with it."""
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
    """Return DOI, URL and eprint. An address that is not of the web is a finding: nothing could link to it safely."""
    found = {
        "DOI": re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", reader.identifier("doi"), flags=re.IGNORECASE)
    }
    url = reader.identifier("url")
    if url and not ADDRESS.fullmatch(url):
        reader.report("url", f"“{url}” is no address that begins with http:// or https://; it is left out")
        url = ""
    found |= _eprint(reader)
    found["URL"] = url or found.get("URL", "")
    return {variable: text for variable, text in found.items() if text}


def _eprint(reader: FieldReader) -> Texts:
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
