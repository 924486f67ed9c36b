"""Pair the sections of whole-file translations with those of their sources, to compare what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fleuron.checks.reading.publication import text_of
from fleuron.checks.sources import Call, Document, Link, Sources, Text
from fleuron.checks.violation import Place
from fleuron.editions.whole_files.comparison import compared
from fleuron.editions.whole_files.sections import Section, sections_of, sections_of_translation

# The number of an item of a list, which is one of the text where a language writes ordinals so: “19. yüzyılda”.
NUMBER = re.compile(r"[ \t>]*(\d+)[.)][ \t]")


@dataclass(frozen=True)
class SectionContent:
    """What is in a section of a file, which begins at ``place``; ``words`` are those of its texts and lists."""

    place: Place
    language: str
    words: str
    texts: tuple[Text, ...]
    links: tuple[Link, ...]

    @property
    def calls(self) -> list[tuple[Text, Call]]:
        return [(text, call) for text in self.texts for call in text.calls]


def paired_sections(sources: Sources) -> Iterator[tuple[SectionContent, SectionContent]]:
    """Yield each section of a source and its translation, unless the source has changed since."""
    by_name = {document.name: document for document in sources.documents}
    for translation in sources.translations:
        if source := by_name.get(translation.name):
            text, original = text_of(sources.root / translation.path), text_of(sources.root / source.path)
            pairing, findings = compared(text, translation.front_matter, original, source.path, translation.language)
            if findings:
                continue  # reported by the rule whole-file-translation
            own = contents(translation, text, sections_of_translation(text, original))
            others = contents(source, original, sections_of(original))
            for number, counterpart in enumerate(pairing.counterparts):
                if counterpart is not None and number not in pairing.stale:
                    yield others[counterpart], own[number]


def contents(document: Document, source: str, sections: list[Section]) -> list[SectionContent]:
    """Return what is in each section of a document, whose file has the text ``source``."""
    lines = source.split("\n")
    ends = [*(section.line for section in sections[1:]), float("inf")]
    found = []
    for number, (section, end) in enumerate(zip(sections, ends, strict=True)):
        start = section.line if number else 0
        texts = tuple(text for text in document.texts if start <= text.place(0).line < end)
        written = [lines[line - 1] for line in dict.fromkeys(text.place(0).line for text in texts)]
        numbers = [marked[1] for line in written if (marked := NUMBER.match(line))]
        found.append(
            SectionContent(
                Place(document.path, section.line),
                document.language,
                "\n".join([*(text.words for text in texts), *numbers]),
                texts,
                tuple(link for link in document.links if start <= link.place.line < end),
            )
        )
    return found
