"""An article as a MARC 21 bibliographic record, in MARCXML (Library of Congress, “MARC 21 XML Schema”, 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from babel import Locale
from lxml import etree
from pymarc import Field, Record, record_to_xml

from fleuron.metadata.identifiers import registered
from fleuron.metadata.language_codes import alpha_3, marc_code, subtag
from fleuron.metadata.library.marc_fields import field, paired
from fleuron.metadata.plain_text import folded
from fleuron.metadata.related_editions import Relative, original, translations
from fleuron.metadata.web_addresses import absolute, orcid_address
from fleuron.metadata.work import Person, Work
from fleuron.metadata.xml import written

# An abbreviated record in Unicode, without ISBD's punctuation; 07 is that of an article in a review, or alone.
LEADER = "00000na{level} a22000003c 4500"
# 008/18-34 of a continuing resource, and of a book: an online one, and nothing else is coded (“|”).
CODED = {"b": "|| ||o||||||   ||", "m": "|||||o|||||||| ||"}
# Terms of RDA for content, medium and carrier, with their codes.
KINDS = (
    ("336", "text", "txt", "rdacontent"),
    ("337", "computer", "c", "rdamedia"),
    ("338", "online resource", "cr", "rdacarrier"),
)
ENGLISH = Locale("en")


def marcxml(work: Work, editions: Sequence[Work] = ()) -> bytes:
    """Write an article's record; ``editions`` may hold the records of its other editions, to link and name them.

    It has no control number and no time of transaction (001, 003, 005): the library that takes it in gives those.
    """
    level = "b" if folded(work.publication) else "m"
    control = (Field("007", data="cr " + "|" * 11), Field("008", data=coded(work, level)))
    record = Record(fields=[*control, *paired(fields(work, editions))], leader=LEADER.format(level=level))
    # Read again, to be written as the other files of XML are.
    return written(etree.fromstring(record_to_xml(record, namespace=True)))  # type: ignore[no-untyped-call]  # pymarc 5.4


def coded(work: Work, level: str) -> str:
    """Return field 008; the day of publication is that of the entry, too, for the clock is not asked."""
    day = work.date
    entered = f"{day:%y%m%d}" if day else "||||||"
    dates = f"e{day.year:04}{day:%m%d}" if day else "nuuuuuuuu"
    return f"{entered}{dates}xx {CODED[level]}{marc_code(work.language) or '|||'} d"


def fields(work: Work, editions: Sequence[Work]) -> Iterator[Field]:
    """Yield the data fields that have something to say, by their tags."""
    every = (*head(work), *body(work), *links(work, editions))
    yield from (each for each in every if each.subfields)


def head(work: Work) -> Iterator[Field]:
    """Yield 0XX to 2XX: codes, main entry, title, publication."""
    doi = registered(work.doi)
    if doi:
        yield field("024", "7#", ("a", doi), ("2", "doi"))
    yield field("040", "##", ("b", "eng"))
    yield languages(work)
    yield from (entry(author, "1") for author in work.signed_by[:1])
    names = " ; ".join(folded(author.name) for author in work.signed_by)
    added = "1" if work.signed_by else "0"
    # Articles at the head of a title are not told apart, so nothing is skipped in filing.
    yield field("245", f"{added}0", ("a", work.title), ("b", work.subtitle), ("c", names))
    yield field("264", "#1", ("b", work.publisher), ("c", f"{work.date.year:04}" if work.date else ""))


def languages(work: Work) -> Field:
    """Tell the language and, of a translation, what it was made from; all in one list of codes (041)."""
    source = "" if work.is_original else work.original_language
    kind = "1" if source else "0" if work.original_language else "#"
    codes = [marc_code(tag) for tag in (work.language, source)]
    if codes[0] and (codes[1] or not source):
        return field("041", f"{kind}#", ("a", codes[0]), ("h", codes[1]))
    codes = [alpha_3(tag) for tag in (work.language, source)]
    if not codes[0] or (source and not codes[1]):
        return field("041", "##")
    return field("041", f"{kind}7", ("a", codes[0]), ("h", codes[1]), ("2", "iso639-3"))


def entry(author: Person, block: str) -> Field:
    """Make the main entry (1XX) or an added one (7XX) of a person or a body."""
    whose = (("u", author.affiliation), ("1", orcid_address(author.orcid)), ("4", "aut"))
    if author.is_body:
        return field(f"{block}10", "2#", ("a", author.name), *whose)
    split = bool(author.family and author.given)
    return field(f"{block}00", "1#" if split else "0#", ("a", author.inverted), *whose)


def body(work: Work) -> Iterator[Field]:
    """Yield 3XX to 6XX: what it is, notes, keywords."""
    for tag, term, code, source in KINDS:
        yield field(tag, "##", ("a", term), ("b", code), ("2", source))
    if absolute(work.address):
        yield field("506", "0#", ("a", "Open access"))
    yield field("520", "3#", ("a", work.abstract))
    if work.licence:
        yield field("540", "##", ("a", work.licence.name), ("u", absolute(work.licence.address)))
    yield field("546", "##", ("a", language_note(work)))
    for keyword in dict.fromkeys(map(folded, work.keywords)):
        yield field("653", "##", ("a", keyword))


def name_of(tag: str) -> str:
    """Return a language's name in English, the language of the notes (040 $b)."""
    name = ENGLISH.languages.get(subtag(tag), "")
    return str(name)


def language_note(work: Work) -> str:
    language, source = name_of(work.language), name_of(work.original_language)
    if not language:
        return ""
    return f"In {language}" if work.is_original or not source else f"In {language}, translated from {source}"


def links(work: Work, editions: Sequence[Work]) -> Iterator[Field]:
    """Yield 7XX and 8XX: who else signs, the other editions, the host, and where it can be read."""
    yield from (entry(author, "7") for author in work.signed_by[1:])
    if source := original(work, editions):
        yield edition("765", source)
    for translation in translations(work, editions):
        yield edition("767", translation)
    if folded(work.publication):
        # A serial ($7) that is the host: the articles are parts of it and no series (490).
        yield field(
            "773",
            "0#",
            ("7", "nnas"),
            ("t", work.publication),
            ("d", work.publisher),
            ("o", absolute(work.publication_address)),
        )
    yield place("0", work.address, "text/html")
    for copy in work.copies:
        yield place("2" if copy.of_volume else "0", copy.address, copy.media_type, copy.title, copy.size)


def edition(tag: str, other: Relative) -> Field:
    """Link the original (765) or a translation (767)."""
    title = other.work.full_title if other.work else ""
    doi = f"doi:{other.doi}" if other.doi else ""
    return field(tag, "0#", ("t", title), ("n", name_of(other.language)), ("o", doi), ("o", other.address))


def place(kind: str, address: str, media_type: str, title: str = "", size: int | None = None) -> Field:
    """Tell where the work (0), or a volume with it (2), is found by HTTP; ``$7 0`` is open access."""
    if not absolute(address):
        return field("856", f"4{kind}")
    extent = f"{size} bytes" if size is not None else ""
    return field("856", f"4{kind}", ("3", title), ("q", media_type), ("s", extent), ("u", address), ("7", "0"))
