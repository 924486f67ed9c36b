"""Report notes and citations that a translation has lost or added, and locators that it has changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fleuron.checks.catalogues.paired_sections import SectionContent, paired_sections
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Call, Message, Passage, Sources, Text
from fleuron.checks.violation import Level, Violation
from fleuron.notes.markup.citation_syntax import ParsedCite

NUMBER = re.compile(r"\d+|[ivxlcdm]+\b", re.IGNORECASE)


def find(sources: Sources) -> Iterator[Violation]:
    for message in sources.messages:
        text = message.translation.text
        yield from differing_labels(message)
        yield from differing_cites(message.source, message.translation, text)
    for source, translation in paired_sections(sources):
        yield from differing_calls(source, translation)


def differing_calls(source: SectionContent, translation: SectionContent) -> Iterator[Violation]:
    """Yield the notes and citations that only one of two sections has, by their labels and keys."""
    ours, theirs = (Counter(names_of(section)) for section in (source, translation))
    for name in ours - theirs:
        line = next(text.place(call.start).line for text, call in source.calls if name in names_in(call))
        message = f"{name} of {source.place.path}, line {line}, is missing in this section; write it there"
        yield Violation(translation.place, message)
    for name in theirs - ours:
        text, start = next((text, call.start) for text, call in translation.calls if name in names_in(call))
        yield text.violation(start, f"the source does not have {name} in this section; delete it")


def names_of(section: SectionContent) -> Iterator[str]:
    for _text, call in section.calls:
        yield from names_in(call)


def names_in(call: Call) -> list[str]:
    """Return what a call is to be named by: its note, or what it cites, where."""
    cites = [f"the citation of “{cite.key}”{where(cite)}" for cite in call.cites]
    return [f"the note “[^{call.label}]”", *cites] if call.label else cites


def where(cite: ParsedCite) -> str:
    numbers = ", ".join(numbers_of(cite))
    return f" ({numbers})" if numbers else ""


def differing_labels(message: Message) -> Iterator[Violation]:
    """Yield the notes that only one side calls, by their labels, and another number of notes in the text."""
    ours, theirs = labels_of(message.source), labels_of(message.translation)
    text = message.translation.text
    for label in ours - theirs:
        yield text.violation(0, f"the note “[^{label}]” of the source is missing here; write it into the translation")
    for label in theirs - ours:
        start = next(call.start for call in message.translation.calls if call.label == label)
        yield text.violation(start, f"the source does not have the note “[^{label}]” here; delete it")
    own, translated = len(message.source.marks_of("own note")), len(message.translation.marks_of("own note"))
    if own != translated:
        yield text.violation(
            0, f"notes within the text (“^[…]”) are {own} in the source, and {translated} here; write as many"
        )


def labels_of(passage: Passage) -> Counter[str]:
    return Counter(call.label for call in passage.calls if call.label)


def differing_cites(source: Passage, translation: Passage, text: Text) -> Iterator[Violation]:
    """Yield the sources that only one side cites, and those that are cited at another place."""
    ours, theirs = cites_of(source), cites_of(translation)
    keys, their_keys = Counter(cite.key for _call, cite in ours), Counter(cite.key for _call, cite in theirs)
    for key in keys - their_keys:
        yield text.violation(0, f"the citation of “{key}” is missing here; write {written_calls(source, key)}")
    for key in their_keys - keys:
        start = next(call.start for call, cite in theirs if cite.key == key)
        yield text.violation(start, f"the source does not cite “{key}” here; delete the citation")
    for key in keys & their_keys:
        if keys[key] == their_keys[key]:
            yield from differing_locators(source, [each for each in theirs if each[1].key == key], key, text)


def differing_locators(
    source: Passage, theirs: list[tuple[Call, ParsedCite]], key: str, text: Text
) -> Iterator[Violation]:
    wanted = Counter(numbers_of(cite) for _call, cite in cites_of(source) if cite.key == key)
    for call, cite in theirs:
        if wanted[numbers_of(cite)] > 0:
            wanted[numbers_of(cite)] -= 1
        else:
            message = f"“{key}” is cited at another place than in the source; write {written_calls(source, key)}"
            yield text.violation(call.start, message)


def cites_of(passage: Passage) -> list[tuple[Call, ParsedCite]]:
    return [(call, cite) for call in passage.calls for cite in call.cites]


def numbers_of(cite: ParsedCite) -> tuple[str, ...]:
    """Return the numbers of a locator, whose words and digits are those of a language."""
    texts = [locator.text for locator in cite.locators] + ([] if cite.locators else [cite.suffix])
    return tuple(decimal_digits(found) for text in texts for found in NUMBER.findall(text))


def decimal_digits(number: str) -> str:
    return str(int(number)) if number.isdecimal() else number.casefold()


def written_calls(source: Passage, key: str) -> str:
    """Return how the source cites a work, each way once."""
    calls = [call for call in source.calls if any(cite.key == key for cite in call.cites)]
    return " and ".join(dict.fromkeys(source.text.source[call.start : call.end] for call in calls))


RULE = Rule(
    "differing-note",
    Level.WARNING,
    "A translation calls the notes of its source, and cites the same works at the same places; the words around a "
    "citation are translated.",
    find,
)
