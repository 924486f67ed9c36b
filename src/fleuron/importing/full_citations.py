"""Read citations in full, as the styles of three languages write them, as entries of a bibliography.

Only what has the whole shape of a citation is read: authors, title, and an imprint or a journal with its year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anyascii import anyascii

from fleuron.importing.citation_words import MEDIUM, folded

YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
NAME = r"[^\W\d_][\w’'-]*"
INITIALS = r"[^\W\d_]\.(?:[\s-]?[^\W\d_]\.)*"
# “Ada B. Lovelace”, “A. B. Lovelace”: a first name or initials, and a family name with its particles.
GIVEN_FIRST = rf"(?:(?:{NAME}|{INITIALS})[\s]+)+{NAME}"
# “Lovelace, Ada B.”
FAMILY_FIRST = rf"{NAME}(?:[\s-]{NAME})?,\s(?:{NAME}|{INITIALS})(?:\s(?:{NAME}|{INITIALS}))*"
# “Лотман Ю. М.”, as GOST 7.0.5 has it.
FAMILY_INITIALS = rf"{NAME},?\s{INITIALS}"
AND = r"(?:,?\s(?:and|ve|и|&)\s|,\s)"
PLACE = r"(?P<place>[^\W\d_][^\d:;,()]*?(?:,\s[^\W\d_][^\d:;,()]*?)?)"
PUBLISHER = r"(?P<publisher>[^\d:;()]+?)"
EDITION = r"(?:,\s(?P<edition>\d+)\S*\s(?:rev\.\s)?(?:ed|bs|baskı|b)\.?)?"
PAGES = r"(?P<pages>\d+\s*[-–—]\s*\d+)"
JOURNAL = r"(?P<journal>[^\d“”\"();]+?)"
TITLE = r"(?P<title>[^“”\"]{3,}?)"
QUOTED = r"[“\"«](?P<title>[^“”\"»]{3,}?)[,.]?[”\"»],?"
DASH = r"(?:\.?\s[—–-])?\s"
# A word by which the name of a publisher is known where no colon tells it.
HOUSE = r"(?:Press|Books|Publish|Verlag|Yay[ıi]n|Kitab?[ep]?v?|Bas[ıi]m|Matbaa|University|Üniversite|Издат|Наука)"
MARKS = re.compile(r"\s+")
SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # Chicago: Author, Title (Place: Publisher, 1997)
        rf"(?P<authors>{GIVEN_FIRST}(?:{AND}{GIVEN_FIRST})*),\s{TITLE},?\s"
        rf"\((?:{PLACE}:\s{PUBLISHER}{EDITION}|{PLACE.replace('place', 'town')}),?\s{YEAR}\)",
        # Yazar, “Başlık”, Dergi, c. 6 (1980), s. 283-337
        rf"(?P<authors>{GIVEN_FIRST}(?:{AND}{GIVEN_FIRST})*),\s{QUOTED}\s{JOURNAL},\s(?:c\.|cilt|C\.)\s?(?P<volume>\d+)"
        rf"(?:,\s(?:sayı|sy\.|S\.|no\.)\s?(?P<issue>\d+))?,?\s\(?{YEAR}\)?(?:,\s(?:ss?\.)\s?{PAGES})?",
        # Chicago: Author, “Title,” Journal 23, no. 4 (1904): 421–437
        rf"(?P<authors>{GIVEN_FIRST}(?:{AND}{GIVEN_FIRST})*),\s{QUOTED}\s{JOURNAL},?\s(?P<volume>\d+)"
        rf"(?:,\s(?:no\.|sayı|sy\.|S\.)\s?(?P<issue>\d+))?\s\((?:[^()\d]*\s)?{YEAR}\)(?:[:,]\s(?:pp?\.\s|ss?\.\s)?{PAGES})?",
        # MLA: Family, Given. “Title.” Journal, vol. 23, no. 4, 1904, pp. 421–37
        rf"(?P<authors>{FAMILY_FIRST}(?:,?\s(?:and|ve)\s{GIVEN_FIRST})?)\.?\s{QUOTED}\s{JOURNAL},\s"
        rf"(?:vol\.|c\.|cilt)\s(?P<volume>\d+)(?:,\s(?:no\.|sayı|sy\.)\s(?P<issue>\d+))?,\s(?:[^\d,]*\s)?{YEAR}"
        rf"(?:,\s(?:pp?\.|ss?\.)\s{PAGES})?",
        # MLA and bibliographies: Family, Given. Title. Place: Publisher, 1997
        rf"(?P<authors>{FAMILY_FIRST}(?:,?\s(?:and|ve)\s{GIVEN_FIRST})?)\.\s{TITLE}\.\s(?:{PLACE}:\s)?{PUBLISHER},\s{YEAR}",
        # GOST, an article: Снесарев А. Е. Название // Журнал. 1908. № 89. С. 93–104
        rf"(?P<authors>{FAMILY_INITIALS}(?:,\s{FAMILY_INITIALS})*)\s{TITLE}\s//\s(?P<journal>[^\d.]+?(?:\.\s[^\d.]+?)?)"
        rf"\.{DASH}{YEAR}(?:\.{DASH}(?:Т|Vol)\.\s(?P<volume>\d+))?(?:[.,]{DASH}(?:№|No\.|Вып\.)\s?(?P<issue>\d+(?:\s?\(\d+\))?))?"
        rf"(?:\.{DASH}(?:С|P)\.\s{PAGES})?",
        # GOST, a book: Лотман Ю. М. Название. — СПб.: Издательство, 1994
        rf"(?P<authors>{FAMILY_INITIALS}(?:,\s{FAMILY_INITIALS})*)\s(?P<title>[^/]{{3,}}?)\.{DASH}"
        rf"(?P<place>[^\W\d_][\w.-]*(?:\s[^\W\d_][\w.-]*)?)\s?:\s(?P<publisher>[^\d:;]+?),\s{YEAR}",
        # Yazar, Başlık, Yer: Yayınevi, 1984
        rf"(?P<authors>{GIVEN_FIRST}(?:{AND}{GIVEN_FIRST})*),\s{TITLE},\s(?P<place>[^\W\d_][\w-]*(?:\s[^\W\d_][\w-]*)?):\s"
        rf"{PUBLISHER}{EDITION},\s{YEAR}",
        # Yazar, Başlık, Yayınevi, Yer 2002
        rf"(?P<authors>{GIVEN_FIRST}(?:{AND}{GIVEN_FIRST})*),\s{TITLE},\s(?P<publisher>[^\d,:;()]*{HOUSE}[^\d,:;()]*),\s"
        rf"(?P<place>[^\W\d_][\w-]*)[\s,]\s?{YEAR}",
    )
)
# The longest text, in characters, that is read as a citation.
LONGEST = 500
# Abbreviations of places that every Russian bibliography has.
PLACES = {"М.": "Москва", "СПб.": "Санкт-Петербург", "Л.": "Ленинград", "М.; Л.": "Москва; Ленинград"}
PARTICLES = frozenset(
    [
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "ter",
        "van",
        "von",
        "y",
        "zu",
    ]
)
LANGUAGES = (("ru", re.compile(r"[а-яА-Я]{3}")), ("tr", re.compile(r"[ğşıİĞŞ]")))


@dataclass(frozen=True)
class FullCitation:
    """A citation in full: the item that it describes (CSL-JSON, without a key), and where its description ends."""

    item: Mapping[str, Any]
    end: int


def read_full_citation(text: str) -> FullCitation | None:
    """Return the source that a text plainly cites in full, or None; the locator stands after its end."""
    bare = MEDIUM.sub("", text)
    if len(bare) > LONGEST:
        return None
    for shape in SHAPES:
        if found := shape.match(bare):
            names = names_of(found["authors"])
            groups = found.groupdict()
            if names and is_title(groups["title"]):
                return FullCitation(item_of(names, groups), found.end())
    return None


def is_title(title: str | None) -> bool:
    """Return whether words can be a title: they begin with a capital, a figure or a mark, and are not a sentence."""
    words = str(title).strip()
    return bool(words) and not words[0].islower() and len(words.split()) <= 30


def item_of(names: list[dict[str, str]], groups: Mapping[str, str | None]) -> dict[str, Any]:
    is_article = bool(groups.get("journal"))
    place = groups.get("place") or groups.get("town")
    item: dict[str, Any] = {
        "type": "article-journal" if is_article else "book",
        "author": names,
        "title": tidy(groups["title"]),
        "issued": {"date-parts": [[int(str(groups["year"]))]]},
    }
    texts = {
        **{"container-title": groups.get("journal"), "volume": groups.get("volume"), "issue": groups.get("issue")},
        **{
            "page": pages_of(groups.get("pages")),
            "publisher": groups.get("publisher"),
            "edition": groups.get("edition"),
        },
        "publisher-place": PLACES.get(str(place), place),
    }
    item |= {name: tidy(value) for name, value in texts.items() if value}
    language = next((tag for tag, letters in LANGUAGES if letters.search(item["title"])), "")
    return item | ({"language": language} if language else {})


def tidy(text: str | None) -> str:
    return MARKS.sub(" ", str(text)).strip(" ,;")


def pages_of(pages: str | None) -> str | None:
    """Return a range of pages with all digits of its end: 421–437 for 421–37."""
    if not pages:
        return None
    first, last = re.split(r"\s*[-–—]\s*", pages)
    return f"{first}–{first[: max(len(first) - len(last), 0)]}{last}"


def names_of(authors: str) -> list[dict[str, str]]:
    """Return the names of authors, in the order that the style has them in."""
    if re.fullmatch(rf"{FAMILY_INITIALS}(?:,\s{FAMILY_INITIALS})*", authors):
        found = re.findall(rf"({NAME}),?\s({INITIALS})", authors)
        return [{"family": capitals(family), "given": given} for family, given in found]
    first = re.match(rf"({NAME}(?:[\s-]{NAME})?),\s((?:{NAME}|{INITIALS})(?:\s(?:{NAME}|{INITIALS}))*)", authors)
    names = []
    rest = authors
    if first and not re.fullmatch(rf"{GIVEN_FIRST}(?:{AND}{GIVEN_FIRST})+", authors):
        names.append({"family": capitals(first[1]), "given": first[2]})
        rest = re.sub(rf"\A{AND}", "", authors[first.end() :])
    for name in re.split(AND, rest) if rest else ():
        words = name.split()
        particles = [word for word in words[1:-1] if word in PARTICLES]
        given = [word for word in words[:-1] if word not in particles]
        if not given or any(word[0].islower() for word in (*given, words[-1])):
            return []
        particle = {"non-dropping-particle": " ".join(particles)} if particles else {}
        names.append({"family": capitals(words[-1]), "given": " ".join(given), **particle})
    return names


def capitals(name: str) -> str:
    """Return a family name that is in capitals, as some styles have it, with one."""
    if not name.isupper() or len(name) < 2:
        return name
    lower = name.replace("I", "ı").replace("İ", "i").lower() if re.search("[İŞĞ]", name) else name.lower()
    return name[0] + lower[1:]


def key_of(item: Mapping[str, Any]) -> str:
    """Return the key of an item: its first family name in Latin letters, and its year."""
    family = folded(anyascii(item["author"][0]["family"]))
    return re.sub(r"[^a-z0-9]+", "", family) + str(item["issued"]["date-parts"][0][0])
