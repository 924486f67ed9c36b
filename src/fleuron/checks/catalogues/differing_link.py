"""Report links, pictures and references of a translation whose targets are not those of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from fleuron.checks.catalogues.counterparts import counterparts
from fleuron.checks.catalogues.paired_sections import SectionContent, paired_sections
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Mark, Message, Sources
from fleuron.checks.violation import Level, Violation
from fleuron.publication.language_tags import is_language

KINDS = ("link", "picture", "{ref}", "{doc}", "{eq}", "{numref}", "{page}", "{term}", "{any}", "{download}")
LABEL = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")


def find(sources: Sources) -> Iterator[Violation]:
    terms = translated_terms(sources)
    for message in sources.messages:
        yield from differing_targets(message, terms.get(message.translation.text.language, {}))
    for source, translation in paired_sections(sources):
        yield from missing_links(source, translation)


def missing_links(source: SectionContent, translation: SectionContent) -> Iterator[Violation]:
    """Yield the links to other sites that a section has not in its translation; headings there have other addresses."""
    theirs = [link.address for link in translation.links]
    for link in source.links:
        if "://" in link.address and not any(
            link.address == each or are_of_one_site(link.address, each) for each in theirs
        ):
            line = f"{link.place.path}, line {link.place.line},"
            message = f"the link to “{link.address}” of {line} is missing in this section; write it there"
            yield Violation(translation.place, message)


def translated_terms(sources: Sources) -> Mapping[str, Mapping[str, str]]:
    """Return the translations of messages that may be terms of a glossary, in small letters, by language."""
    terms: dict[str, dict[str, str]] = {}
    for message in sources.messages:
        if not message.source.marks and len(message.source.words) < 80:
            translated = message.translation.text
            known = terms.setdefault(translated.language, {})
            known[message.source.words.casefold()] = translated.source.casefold()
    return terms


def differing_targets(message: Message, terms: Mapping[str, str]) -> Iterator[Violation]:
    """Yield the targets that only one side has; a target that the translation repeats is not reported."""
    ours, theirs = message.source.marks_of(*KINDS), message.translation.marks_of(*KINDS)
    lost = missing(ours, theirs, terms)
    added = [mark for mark in theirs if not any(are_same(other, mark, terms) for other in ours)]
    text = message.translation.text
    meant = counterparts(lost, added)
    for mark in added:
        other = meant.get(mark)
        advice = (
            f"the source has “{other.value}” there; write that" if other else "write that of the source, or delete it"
        )
        yield text.violation(mark.start, f"{named(mark)} is not in the source; {advice}")
    for mark in lost:
        if mark not in meant.values():
            yield text.violation(0, f"{named(mark)} of the source is missing here; write it into the translation")


def missing(ours: Sequence[Mark], theirs: Sequence[Mark], terms: Mapping[str, str]) -> list[Mark]:
    """Return the marks of the source that have none in the translation, or fewer than they are."""
    left = list(theirs)
    lost = []
    for mark in ours:
        if same := next((other for other in left if are_same(mark, other, terms)), None):
            left.remove(same)
        else:
            lost.append(mark)
    return lost


def named(mark: Mark) -> str:
    if mark.kind in ("link", "picture"):
        preposition = "to" if mark.kind == "link" else "of"
        return f"the {mark.kind} {preposition} “{mark.value}”"
    return f"the reference “{mark.kind}`{mark.value}`”"


def are_same(source: Mark, translation: Mark, terms: Mapping[str, str]) -> bool:
    """Return whether two marks have one target, or that of a translation has its counterpart in a language."""
    if source.kind != translation.kind:
        return False
    ours, theirs = source.value, translation.value
    if source.kind == "{term}":
        ours, theirs = ours.casefold(), theirs.casefold()
        return ours == theirs or terms.get(ours) == theirs
    if source.kind == "picture":
        return ours == theirs or ours.rpartition(".")[0] == theirs.rpartition(".")[0].rpartition(".")[0]
    return ours == theirs or (source.kind == "link" and are_of_one_site(ours, theirs))


def are_of_one_site(source: str, translation: str) -> bool:
    """Return whether an address is that of a page in another language of a site: en.wikipedia.org, /en/ and /tr/."""
    ours, theirs = urlsplit(source), urlsplit(translation)
    if not ours.netloc or not theirs.netloc:
        return False
    if without_language(ours.netloc.split(".")) != without_language(theirs.netloc.split(".")):
        return False
    return ours.netloc != theirs.netloc or without_language(ours.path.split("/")) == without_language(
        theirs.path.split("/")
    )


def without_language(parts: list[str]) -> list[str]:
    return [part for part in parts if not (LABEL.fullmatch(part) and is_language(part.replace("_", "-")))]


RULE = Rule(
    "differing-link",
    Level.WARNING,
    "The links, pictures and references of a translation have the targets of its source: labels and files are not "
    "translated. A term of a glossary is, and a link may lead to the same site in another language.",
    find,
)
