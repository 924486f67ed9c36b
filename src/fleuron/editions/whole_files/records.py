"""What is known of a whole-file translation and of its source while an edition is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fleuron.editions.translation_progress import MessageState, TextMessage
from fleuron.editions.whole_files.pairing import Pairing
from fleuron.editions.whole_files.states import OwnTexts, state_of, states_of_sections
from fleuron.publication.article import Article, Page
from fleuron.publication.contributor import Contributor
from fleuron.publication.journal.issues import Issue


@dataclass(frozen=True)
class OutlinedSection:
    """A section of a source: its ids, the slug of its heading, and its passages, each by number and kind of node."""

    ids: tuple[str, ...] = ()
    slug: str = ""
    passages: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class SourceOutline:
    """The sections of a source, the first of which has its title.

    ``labels`` are the ids of the labels that its author has written; ``slugs`` those by which MyST finds its headings;
    ``listed`` are the documents that its tables of contents list; ``calls`` those of notes in each section, counted.
    """

    sections: tuple[OutlinedSection, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(default_factory=dict)
    messages: tuple[TextMessage, ...] = ()
    listed: tuple[str, ...] = ()
    calls: tuple[Mapping[str, int], ...] = ()


@dataclass(frozen=True)
class WholeFile:
    """A text that is read from a whole-file translation.

    ``name`` is that of its source's file; ``keys`` are those of the translation's own front matter, and ``head`` the
    record of both together; ``pairing`` is None where the sections cannot be paired, which is reported; ``texts``
    tell which texts are those of the source.
    """

    name: str
    keys: frozenset[str]
    head: Article | Contributor | Issue | Page | None = None
    pairing: Pairing | None = None
    outline: SourceOutline = field(default_factory=SourceOutline)
    texts: OwnTexts = field(default_factory=OwnTexts)

    @property
    def is_stale(self) -> bool:
        """Whether the source has changed, so that it may have more than could be translated."""
        return self.pairing is None or not self.pairing.is_current

    def messages(self) -> Iterator[tuple[TextMessage, MessageState]]:
        """Yield each message of the source, and what the translation has for it."""
        states = states_of_sections(self.pairing, len(self.outline.sections))
        yield from ((message, state_of(message, states, self.texts)) for message in self.outline.messages)

    @property
    def absent_words(self) -> int:
        """The words of the source's sections that the translation does not have in any language."""
        if self.pairing is None:
            return 0
        paired, messages = set(self.pairing.counterparts), self.outline.messages
        return sum(message.words for message in messages if message.section not in paired)
