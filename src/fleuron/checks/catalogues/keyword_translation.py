"""Report a keyword that the catalogues of a language translate in several ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Document, Message, Sources
from fleuron.checks.violation import Level, Violation
from fleuron.publication.values.plain_values import BadValueError, as_keywords


def find(sources: Sources) -> Iterator[Violation]:
    keywords = {document.name: keywords_of(document) for document in sources.documents}
    translated: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for catalogue in sources.catalogues:
        for message in catalogue.messages:
            keyword = message.source.text.source
            if keyword in keywords.get(catalogue.document, frozenset()):
                translated[catalogue.language, keyword].append(message)
    for (_language, keyword), messages in translated.items():
        yield from differing(keyword, messages)


def keywords_of(document: Document) -> frozenset[str]:
    entry = document.front_matter.entries.get("keywords")
    try:
        return frozenset(as_keywords(entry.value)) if entry else frozenset()
    except BadValueError:
        return frozenset()  # reported by the rule front-matter


def differing(keyword: str, messages: list[Message]) -> Iterator[Violation]:
    """Yield the translations that are not the most frequent one, or not the first of several that are."""
    counts = Counter(message.translation.text.source for message in messages)
    usual, _count = counts.most_common(1)[0]
    model = next(message.translation.text for message in messages if message.translation.text.source == usual)
    place = model.place(0)
    for message in messages:
        text = message.translation.text
        if text.source != usual:
            where = f"{place.path}, line {place.line}"
            yield text.violation(
                0, f"the keyword “{keyword}” is “{usual}” in {where}, and here “{text.source}”; write “{usual}” in both"
            )


RULE = Rule(
    "keyword-translation",
    Level.WARNING,
    "A keyword has one translation in a language: its articles stand together on the keyword’s page.",
    find,
)
