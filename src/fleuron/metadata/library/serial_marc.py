"""Write the MARC 21 record of a journal as a whole, in MARCXML, for the catalogues that its articles do not go into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree
from pymarc import Field, Record, record_to_xml

from fleuron.metadata.identifiers import absolute_address, valid_doi
from fleuron.metadata.journal_place import first_in_serial, place_note
from fleuron.metadata.language_codes import marc_code
from fleuron.metadata.library.marcxml import (
    KINDS,
    data_field,
    english_name,
    name_field,
    script_of_character,
    skipped_in_filing,
    with_pairs,
)
from fleuron.metadata.plain_text import distinct, one_line
from fleuron.metadata.work import Work
from fleuron.metadata.xml import xml_bytes

# An abbreviated record of a serial (s) in Unicode, without ISBD's punctuation.
LEADER = "00000nas a22000003c 4500"
# The frequencies that 008/18 has a code for; of any other, only the words are given (310).
FREQUENCIES = {
    **{"annual": "a", "bimonthly": "b", "semiweekly": "c", "daily": "d", "biweekly": "e", "semiannual": "f"},
    **{"biennial": "g", "triennial": "h", "continuously updated": "k", "monthly": "m", "quarterly": "q"},
    **{"semimonthly": "s", "three times a year": "t", "weekly": "w"},
}
ALPHABETS = {"CYRILLIC": "c", "ARABIC": "f"}


def serial_marcxml(works: Sequence[Work], imprint: Mapping[str, str]) -> bytes:
    """Write the record of the journal that articles appear in; empty for a publication that is not a journal.

    A journal has an ISSN, or articles with a volume or an issue. The works of the source's language come first;
    ``imprint`` has the entries of ``fleuron_imprint``.
    """
    first = first_in_serial(works)
    if not first:
        return b""
    titled = titled_editions(works)
    control = (Field("007", data="cr " + "|" * 11), Field("008", data=fixed_length_data(first, titled[0], imprint)))
    fields = (field for field in data_fields(works, first, titled, imprint) if field.subfields)
    record = Record(fields=[*control, *with_pairs(fields)], leader=LEADER)
    return xml_bytes(etree.fromstring(record_to_xml(record, namespace=True)))  # type: ignore[no-untyped-call]  # pymarc 5.4


def titled_editions(works: Sequence[Work]) -> list[Work]:
    """Return an article of each edition of the journal, the source's first."""
    found: dict[str, Work] = {}
    for work in works:
        if one_line(work.publication):
            found.setdefault(work.language, work)
    return list(found.values())


def fixed_length_data(first: Work, titled: Work, imprint: Mapping[str, str]) -> str:
    """Return field 008; the day of the first article is also that of the entry, so that no clock is read."""
    day = first.date
    entered, year = (f"{day:%y%m%d}", f"{day.year:04}") if day else ("||||||", "uuuu")
    told = one_line(imprint.get("frequency", "")).lower()
    frequency = FREQUENCIES.get(told, " " if told == "irregular" else "u" if not told else "z")
    regularity = "x" if told == "irregular" else "r" if told in FREQUENCIES else "u"
    script = next(filter(None, map(script_of_character, titled.publication)), "")
    alphabet = ALPHABETS.get(script, "b" if not titled.publication.isascii() else "a")
    codes = f"{frequency}{regularity} poo     0   {alphabet}0"
    return f"{entered}c{year}9999xx {codes}{marc_code(titled.language) or '|||'} d"


def data_fields(
    works: Sequence[Work], first: Work, titled: Sequence[Work], imprint: Mapping[str, str]
) -> Iterator[Field]:
    """Yield the data fields in the order of their tags."""
    yield data_field("022", "##", ("a", first.issn))
    if doi := valid_doi(imprint.get("doi", "")):
        yield data_field("024", "7#", ("a", doi), ("2", "doi"))
    yield data_field("040", "##", ("b", "eng"))
    yield data_field("041", f"{1 if len(titled) > 1 else 0}#", *languages(titled))
    main = titled[0]
    yield data_field("245", f"0{skipped_in_filing(main, main.publication)}", ("a", main.publication))
    for title in distinct(work.publication for work in titled[1:]):
        if title != one_line(main.publication):
            yield data_field("246", "31", ("a", title))
    began = f"{first.date.year:04}-" if first.date else ""
    yield data_field("264", "#1", ("a", imprint.get("place", "")), ("b", main.publisher), ("c", began))
    yield data_field("310", "##", ("a", imprint.get("frequency", "")))
    for tag, term, code, source in KINDS:
        yield data_field(tag, "##", ("a", term), ("b", code), ("2", source))
    place = place_note(first)
    yield data_field("362", "1#", ("a", f"Began with {place[:1].lower()}{place[1:]}" if place else ""))
    if absolute_address(main.publication_address):
        yield data_field("506", "0#", ("a", "Open access"))
    licences = {work.licence for work in works}
    licence = licences.pop() if len(licences) == 1 else None
    if licence:
        yield data_field("540", "##", ("a", licence.name), ("u", absolute_address(licence.address)))
    names = distinct(english_name(work.language) for work in titled)
    yield data_field("546", "##", ("a", f"In {', '.join(names)}" if names else ""))
    for editor in main.editors:
        if one_line(editor.name):
            yield name_field(editor, "7", "edt", "editor")
    for work in titled:
        yield address_field(work)


def languages(titled: Sequence[Work]) -> list[tuple[str, str]]:
    """Return the codes of the languages of the text, and that of the original if there are translations."""
    codes = [("a", marc_code(work.language)) for work in titled]
    return [*codes, ("h", marc_code(titled[0].language))] if len(titled) > 1 else codes


def address_field(work: Work) -> Field:
    """Return where an edition of the journal is found by HTTP; ``$7 0`` is open access."""
    address = absolute_address(work.publication_address)
    if not address:
        return data_field("856", "40")
    return data_field("856", "40", ("3", f"Edition in {english_name(work.language)}"), ("u", address), ("7", "0"))
