"""Read the translations that a translator brings along: another catalogue (.po), or a translation memory (TMX 1.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from fleuron.editions.catalogue_checks import check_catalogue
from fleuron.editions.catalogue_reader import read_catalogue
from fleuron.editions.merging.compendium import Suggestion, is_usable
from fleuron.editions.merging.po_entries import read_entries
from fleuron.publication.language_tags import language_tag

XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Codes of another program in a segment (TMX 1.4b, 4.8), which are not text; <hi> and <sub> have text.
CODES = ("bpt", "ept", "it", "ph", "ut")
KINDS = (".po", ".tmx")


class MemoryFault(Exception):
    """A translation memory cannot be read; ``line`` is the place, from 1."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")


@dataclass(frozen=True)
class TranslationMemory:
    """Translations of one language, by their messages without differences of space; ``name`` is that of the file."""

    name: str
    translations: Mapping[str, str]

    def find(self, message: str) -> Suggestion | None:
        """Return the translation of a message."""
        text = self.translations.get(folded(message))
        return Suggestion(text, self.name) if text else None


def folded(message: str) -> str:
    return " ".join(message.split())


def read_memory(path: Path, source: str, language: str) -> TranslationMemory:
    """Read the translations from one language into another, both as BCP 47 tags; raise MemoryFault or OSError.

    A catalogue is in the language that its header names, or in any if it names none.
    """
    pairs = pairs_of_catalogue(path, language) if path.suffix.lower() == ".po" else pairs_of_tmx(path, source, language)
    found: dict[str, str] = {}
    for message, translation in pairs:
        if message.strip() and translation.strip():
            found.setdefault(folded(message), translation)
    return TranslationMemory(path.name, found)


def pairs_of_catalogue(path: Path, language: str) -> Iterator[tuple[str, str]]:
    """Yield the messages of a catalogue and their translations, without those that are to be confirmed."""
    if fault := check_catalogue(path):
        raise MemoryFault(path, fault.line, fault.text)
    for line, problem in read_catalogue(path).faults.items():
        raise MemoryFault(path, line, problem)
    catalogue = read_entries(path.read_bytes())
    named = catalogue.fields.get("language", "")
    if named and not is_same(language_tag(named), language):
        return
    for entry in catalogue.entries:
        if is_usable(entry) and not entry.is_fuzzy:
            yield entry.message or "", entry.translation


def is_same(found: str, wanted: str) -> bool:
    """Return whether a text in a language may be used in another: ``pt-BR`` in ``pt``, but not in ``pt-PT``."""
    first, second = found.lower(), wanted.lower()
    return first == second or first.startswith(f"{second}-") or second.startswith(f"{first}-")


def pairs_of_tmx(path: Path, source: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the segments of a translation memory in the source's language and in another."""
    root = parse(path)
    header = root.find("header")
    default = header.get("srclang", "") if header is not None else ""
    for unit in root.iterfind("body/tu"):
        variants = [(variant, language_of(variant)) for variant in unit.iterfind("tuv")]
        wanted = unit.get("srclang", default)
        origins = [found for found, tag in variants if is_same(tag, source)]
        targets = [found for found, tag in variants if is_same(tag, language)]
        if origins and targets and (wanted in ("", "*all*") or is_same(language_tag(wanted), source)):
            yield segment_of(origins[0]), segment_of(targets[0])


def parse(path: Path) -> etree._Element:
    """Parse a translation memory; no other file is read, and none with entities of its own."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise MemoryFault(path, error.lineno or 1, f"the file is not well-formed XML: {error.msg}") from None
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise MemoryFault(path, 1, "the file declares entities; save it again from the program that made it")
    if root.tag != "tmx":
        raise MemoryFault(path, 1, f"the file is not a translation memory (TMX): its root element is <{root.tag}>")
    return root


def language_of(variant: etree._Element) -> str:
    """Return the language of a variant; TMX 1.1 had the attribute ``lang``."""
    return language_tag(variant.get(XML_LANGUAGE) or variant.get("lang") or "")


def segment_of(variant: etree._Element) -> str:
    segment = variant.find("seg")
    return "".join(texts_of(segment)) if segment is not None else ""


def texts_of(element: etree._Element) -> Iterator[str]:
    """Yield the texts of a segment, without the codes of another program."""
    yield element.text or ""
    for child in element:
        if child.tag not in CODES:
            yield from texts_of(child)
        yield child.tail or ""


def first_found(memories: Sequence[TranslationMemory], message: str) -> Suggestion | None:
    """Return what the first memory that knows a message has for it."""
    return next((found for memory in memories if (found := memory.find(message))), None)
