"""Write an article as a MARC 21 bibliographic record, in MARCXML (Library of Congress, “MARC 21 XML Schema”, 1.1).

Names and titles in another script stand twice, romanised and as they are (MARC 21, Appendix A and field 880).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from anyascii import anyascii
from babel import Locale
from lxml import etree
from pymarc import Field, Indicators, Record, Subfield, record_to_xml

from fleuron.metadata.identifiers import absolute_address, orcid_address, valid_doi
from fleuron.metadata.journal_place import enumeration, place_note
from fleuron.metadata.language_codes import alpha_3, marc_code, subtag
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.related_articles import ENGLISH_RELATIONS, identified_articles
from fleuron.metadata.related_editions import RelatedEdition, original_of, translations_of
from fleuron.metadata.work import Person, Work
from fleuron.metadata.xml import xml_bytes

# An abbreviated record in Unicode, without ISBD's punctuation; 07 is that of an article in a review, or alone.
LEADER = "00000na{level} a22000003c 4500"
# 008/18-34 of a continuing resource, and of a book: online, and nothing else is coded (“|”).
MATERIAL_CODES = {"b": "|| ||o||||||   ||", "m": "|||||o|||||||| ||"}
# Terms of RDA for content, medium and carrier, with their codes.
KINDS = (
    ("336", "text", "txt", "rdacontent"),
    ("337", "computer", "c", "rdamedia"),
    ("338", "online resource", "cr", "rdacarrier"),
)
ENGLISH = Locale("en")
# The fields with names and titles that are filed; a note or a keyword stands in its own script alone (Model B).
PAIRED_TAGS = ("100", "110", "245", "246", "264", "700", "710", "765", "767", "773", "787")
# The codes of scripts in $6, with “r” for one written from the right (Appendix A, “Script identification code”).
SCRIPT_CODES = {"CYRILLIC": "/(N", "ARABIC": "/(3/r"}
# $6 has two digits.
MOST_PAIRS = 99
# The articles with which titles begin that are not filed (MARC 21, Appendix F); without “Un” and “Ein”, which are also
# numerals, where a title without its “one” would be filed at the wrong place.
INITIAL_ARTICLES = {
    "en": "(?:The|An|A) ",
    "de": "(?:Der|Die|Das) ",
    "fr": "(?:Le|La|Les) |L[’']",
    "es": "(?:El|La|Los|Las|Lo) ",
    "it": "(?:Il|Lo|La|I|Gli|Le) |L[’']",
    "pt": "(?:O|A|Os|As) ",
    "ar": "ال(?=\\S{3})",
}
# The scripts that are romanised, by the first word of Unicode's names of their characters.
SCRIPTS = ("CYRILLIC", "ARABIC")


def marcxml(work: Work, editions: Sequence[Work] = ()) -> bytes:
    """Write an article's record; ``editions`` may hold the records of its other editions, to link and name them.

    It has no control number and no time of transaction (001, 003, 005): the library that takes it in gives those.
    """
    level = "b" if one_line(work.publication) else "m"
    control = (Field("007", data="cr " + "|" * 11), Field("008", data=fixed_length_data(work, level)))
    record = Record(fields=[*control, *with_pairs(data_fields(work, editions))], leader=LEADER.format(level=level))
    # Read again, to be written as the other files of XML are.
    return xml_bytes(etree.fromstring(record_to_xml(record, namespace=True)))  # type: ignore[no-untyped-call]  # pymarc 5.4


def fixed_length_data(work: Work, level: str) -> str:
    """Return field 008; the day of publication is also that of the entry, so that no clock is read."""
    day = work.date
    entered = f"{day:%y%m%d}" if day else "||||||"
    language = work.original_language if work.untranslated else work.language
    dates = f"e{day.year:04}{day:%m%d}" if day else "nuuuuuuuu"
    return f"{entered}{dates}xx {MATERIAL_CODES[level]}{marc_code(language) or '|||'} d"


def data_fields(work: Work, editions: Sequence[Work]) -> Iterator[Field]:
    """Yield the data fields that are not empty, in the order of their tags."""
    fields = (*title_fields(work), *content_fields(work), *link_fields(work, editions))
    yield from (field for field in fields if field.subfields)


def title_fields(work: Work) -> Iterator[Field]:
    """Yield 0XX to 2XX: codes, main entry, title, publication."""
    doi = valid_doi(work.doi)
    if doi:
        yield data_field("024", "7#", ("a", doi), ("2", "doi"))
    yield data_field("040", "##", ("b", "eng"))
    yield language_field(work)
    yield from (name_field(author, "1") for author in work.signed_by[:1])
    names = " ; ".join(one_line(author.name) for author in work.signed_by)
    added = "1" if work.signed_by else "0"
    yield data_field(
        "245", f"{added}{skipped_in_filing(work, work.title)}", ("a", work.title), ("b", work.subtitle), ("c", names)
    )
    yield data_field("264", "#1", ("b", work.publisher), ("c", f"{work.date.year:04}" if work.date else ""))


def skipped_in_filing(work: Work, title: str) -> int:
    """Return how many characters of a title are an article and the space or apostrophe after it, 0 to 9."""
    language = subtag(work.original_language if work.untranslated else work.language)
    found = re.match(f"(?:{INITIAL_ARTICLES.get(language, '(?!)')})(?=\\S)", one_line(title), re.IGNORECASE)
    return len(found[0]) if found else 0


def language_field(work: Work) -> Field:
    """Return the language and, of a translation, the original's; all in one list of codes (041)."""
    source = work.original_language if work.is_translation else ""
    language = work.original_language if work.untranslated else work.language
    kind = "1" if source else "0" if work.original_language else "#"
    codes = [marc_code(tag) for tag in (language, source)]
    if codes[0] and (codes[1] or not source):
        return data_field("041", f"{kind}#", ("a", codes[0]), ("h", codes[1]))
    codes = [alpha_3(tag) for tag in (language, source)]
    if not codes[0] or (source and not codes[1]):
        return data_field("041", "##")
    return data_field("041", f"{kind}7", ("a", codes[0]), ("h", codes[1]), ("2", "iso639-3"))


def name_field(person: Person, block: str, code: str = "aut", term: str = "") -> Field:
    """Return the main entry (1XX) or an added one (7XX) of a person or an organisation.

    ``code`` and ``term`` are those of the relation to the work.
    """
    details = (("u", person.affiliation), ("1", orcid_address(person.orcid)), ("4", code))
    if person.is_organization:
        return data_field(f"{block}10", "2#", ("a", person.name), ("e", term), *details)
    split = bool(person.family and person.given)
    return data_field(f"{block}00", "1#" if split else "0#", ("a", person.inverted), ("e", term), *details)


def content_fields(work: Work) -> Iterator[Field]:
    """Yield 3XX to 6XX: content, medium and carrier, notes, keywords."""
    for tag, term, code, source in KINDS:
        yield data_field(tag, "##", ("a", term), ("b", code), ("2", source))
    yield data_field("500", "##", ("a", history_note(work)))
    if absolute_address(work.address):
        yield data_field("506", "0#", ("a", "Open access"))
    yield data_field("520", "3#", ("a", work.abstract))
    for funder in work.funding.funders:
        numbers = [("c", grant) for grant in funder.grants]
        yield data_field("536", "##", ("a", funder.name), *numbers)
    yield data_field("536", "##", ("a", work.funding.statement))
    if work.licence:
        yield data_field("540", "##", ("a", work.licence.name), ("u", absolute_address(work.licence.address)))
    yield data_field(
        "542", "##", ("d", work.copyright), ("g", f"{work.date.year:04}" if work.copyright and work.date else "")
    )
    yield data_field("546", "##", ("a", language_note(work)))
    for keyword in dict.fromkeys(map(one_line, work.keywords)):
        yield data_field("653", "##", ("a", keyword))
    yield data_field("655", "#4", ("a", work.genre_word))


def history_note(work: Work) -> str:
    """Return a note on the dates of the article, in English, the language of the notes (040 $b)."""
    given = [("Received", work.received), ("accepted", work.accepted), ("updated", work.updated)]
    given.append(("withdrawn", work.withdrawn.date if work.withdrawn else None))
    note = "; ".join(f"{name} {day.isoformat()}" for name, day in given if day)
    return note[:1].upper() + note[1:]


def english_name(tag: str) -> str:
    """Return a language's name in English, the language of the notes (040 $b)."""
    name = ENGLISH.languages.get(subtag(tag), "")
    return str(name)


def language_note(work: Work) -> str:
    language, source = english_name(work.language), english_name(work.original_language)
    if work.untranslated:
        language = source
    if not language:
        return ""
    return f"In {language}" if not work.is_translation or not source else f"In {language}, translated from {source}"


def link_fields(work: Work, editions: Sequence[Work]) -> Iterator[Field]:
    """Yield 7XX and 8XX: further authors, translators, the other editions, the host, and where it can be read."""
    yield from (name_field(author, "7") for author in work.signed_by[1:])
    yield from (name_field(translator, "7", "trl", "translator") for translator in work.translated_by)
    yield from (name_field(editor, "7", "edt", "editor") for editor in work.edited_by if one_line(editor.name))
    if source := original_of(work, editions):
        yield edition_field("765", source)
    for translation in translations_of(work, editions):
        yield edition_field("767", translation)
    if one_line(work.publication):
        # A serial ($7) as the host: the articles are parts of it, and it is not their series (490).
        yield data_field(
            "773",
            "0#",
            ("7", "nnas"),
            ("t", work.publication),
            ("d", work.publisher),
            ("n", edited_by(work)),
            ("o", absolute_address(work.publication_address)),
            ("x", work.issn),
            ("g", place_note(work)),
            ("q", enumeration(work)),
        )
    for reviewed in work.reviewed:
        authors = " ; ".join(author.inverted for author in reviewed.authors)
        doi = f"doi:{reviewed.doi}" if valid_doi(reviewed.doi) else ""
        named = ("t", reviewed.title or reviewed.text), ("d", f"{reviewed.publisher}, {reviewed.year}".strip(", "))
        numbers = ("o", doi), ("z", reviewed.isbn)
        yield data_field("787", "08", ("i", "Review of:"), ("a", authors), *named, *numbers)
    for other in identified_articles(work):
        doi = f"doi:{other.doi}" if other.doi else ""
        lead_in = ENGLISH_RELATIONS[other.related.relation]
        yield data_field("787", "08", ("i", lead_in), ("t", other.related.title), ("o", doi), ("o", other.address))
    yield location_field("0", work.address, "text/html")
    for copy in work.copies:
        yield location_field("2" if copy.of_volume else "0", copy.address, copy.media_type, copy.title, copy.size)


def edited_by(work: Work) -> str:
    """Return a note on the editors of the volume, in English, the language of the notes (040 $b)."""
    names = " ; ".join(one_line(editor.name) for editor in work.editors)
    return f"Edited by {names}" if names else ""


def edition_field(tag: str, other: RelatedEdition) -> Field:
    """Link the original (765) or a translation (767)."""
    title = other.work.full_title if other.work else ""
    doi = f"doi:{other.doi}" if other.doi else ""
    return data_field(tag, "0#", ("t", title), ("n", english_name(other.language)), ("o", doi), ("o", other.address))


def location_field(kind: str, address: str, media_type: str, title: str = "", size: int | None = None) -> Field:
    """Return where the work (0), or a volume with it (2), is found by HTTP; ``$7 0`` is open access."""
    if not absolute_address(address):
        return data_field("856", f"4{kind}")
    extent = f"{size} bytes" if size is not None else ""
    return data_field("856", f"4{kind}", ("3", title), ("q", media_type), ("s", extent), ("u", address), ("7", "0"))


def data_field(tag: str, indicators: str, *parts: tuple[str, str]) -> Field:
    """Return a data field of the subfields that are not empty, each in one line; “#” is a blank indicator."""
    first, second = list(indicators.replace("#", " "))
    subfields = [Subfield(code, one_line(text)) for code, text in parts if one_line(text)]
    return Field(tag, Indicators(first, second), subfields)


def with_pairs(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield the fields in Latin letters, then their pairs in another script (Model A)."""
    pairs: list[Field] = []
    for field in fields:
        script = script_to_romanise("".join(part.value for part in field.subfields)) if field.tag in PAIRED_TAGS else ""
        if not script or len(pairs) == MOST_PAIRS:
            yield field
            continue
        number = f"{len(pairs) + 1:02}"
        latin = [Subfield(part.code, romanised(part.value)) for part in field.subfields]
        yield Field(field.tag, field.indicators, [Subfield("6", f"880-{number}"), *latin])
        link = Subfield("6", f"{field.tag}-{number}{SCRIPT_CODES[script]}")
        pairs.append(Field("880", field.indicators, [link, *field.subfields]))
    yield from pairs


def script_to_romanise(text: str) -> str:
    """Return the first script in a text that is to be romanised; an empty text if there is none."""
    return next(filter(None, map(script_of_character, text)), "")


def script_of_character(character: str) -> str:
    name = unicodedata.name(character, "")
    return next((script for script in SCRIPTS if name.startswith(script)), "")


def romanised(text: str) -> str:
    """Return a text with its Cyrillic and Arabic letters in Latin ones, and all else as it stands.

    The letters are anyascii's and not those of an ALA-LC table, which would need diacritics and, for Arabic script,
    the vowels that are not written. They serve for finding and ordering; the original stands beside them.
    """
    # Characters without a width join or separate Arabic letters, and mean nothing between Latin ones.
    characters = (
        (character for character in text if unicodedata.category(character) != "Cf")
        if script_to_romanise(text)
        else text
    )
    return "".join(anyascii(letter) if script_of_character(letter) else letter for letter in characters)
