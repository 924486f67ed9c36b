"""Merge the messages that a text has now into its catalogue, as msgmerge of gettext does, and change no other line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fleuron.editions.merging.compendium import Memory, Suggestion, is_usable
from fleuron.editions.merging.headers import has_header, new_header, with_creation_date
from fleuron.editions.merging.po_entries import FUZZY, Entry, Kind, Line, PoFile
from fleuron.editions.merging.po_strings import message_lines, previous_lines, translation_lines, width_of
from fleuron.editions.merging.references import ReferenceForm
from fleuron.editions.merging.similar_messages import SimilarMessages

# The comment on a translation that stands in another file, until it is confirmed.
ORIGIN = "#. Translation from "


@dataclass
class MergeCounts:
    """How many messages are new, and which changed: similar ones, ones translated elsewhere, and those that came back.

    ``gone`` are those that the text has no more, ``kept`` those of them with a translation, which is kept.
    """

    new: int = 0
    changed: int = 0
    offered: int = 0
    returned: int = 0
    gone: int = 0
    kept: int = 0

    def __bool__(self) -> bool:
        return any((self.new, self.changed, self.offered, self.returned, self.gone))


def nothing(_message: str) -> None:
    """Find no translation."""


@dataclass(frozen=True)
class Sources:
    """Where translations of new messages are looked for: ``elsewhere``, and in what a translator has given.

    What is ``given`` is also offered for messages that are there already and have no translation.
    """

    elsewhere: Memory = nothing
    given: Memory = nothing


class CatalogueMerge:
    """The merging of one template into one catalogue."""

    def __init__(self, template: PoFile, catalogue: PoFile, language: str, sources: Sources) -> None:
        self.template, self.catalogue, self.language, self.sources = template, catalogue, language, sources
        self.counts = MergeCounts()
        self.width = width_of(catalogue)
        self.references = ReferenceForm.of(catalogue)
        self.wanted = {entry.key for entry in template.messages}
        self.obsolete = {entry.key: entry for entry in reversed(catalogue.obsolete)}
        usable = [entry for entry in catalogue.entries if is_usable(entry)]
        # Those that the text has lost come first, and the obsolete ones last.
        usable.sort(key=lambda entry: (entry.is_obsolete, entry.key in self.wanted))
        self.candidates: Mapping[str, Entry] = {entry.message or "": entry for entry in reversed(usable)}
        self.before_change = {
            entry.previous: entry for entry in usable if entry.previous and entry.key not in self.wanted
        }
        self.similar: SimilarMessages | None = None
        self.used: set[tuple[str | None, str]] = set()

    def merged(self) -> PoFile:
        """Return the merged catalogue; the catalogue itself if the text has the messages that it has."""
        entries = [self.entry_for(message) for message in self.template.messages]
        obsolete = [*self.kept_obsolete(), *self.newly_obsolete()]
        if not self.counts and has_header(self.catalogue):
            return without_python_flags(self.catalogue)
        header = with_creation_date(self.catalogue.header, self.template) or new_header(self.template, self.language)
        loose = [entry for entry in self.catalogue.entries if entry.message is None]
        entries = [replace(entry, gap=max(entry.gap, 1)) for entry in entries]
        merged = replace(self.catalogue, entries=(header, *entries, *obsolete, *loose))
        return without_python_flags(merged)

    def entry_for(self, message: Entry) -> Entry:
        """Return the entry of a message of the text."""
        known = self.catalogue.by_key.get(message.key)
        if known is None or not is_written(known):
            before = self.obsolete.get(message.key)
            if before is not None and before.is_translated:
                self.counts.returned += 1
                self.used.add(before.key)
                return self.refreshed(replace(before, is_obsolete=False, gap=1), message)
        if known is None:
            return self.new_entry(message)
        if not known.is_translated and (given := self.sources.given(message.message or "")):
            self.counts.offered += 1
            return self.refreshed(self.offer(known, given), message, given.origin)
        return self.refreshed(known, message)

    def new_entry(self, message: Entry) -> Entry:
        """Return the entry of a message that the catalogue lacks, with a translation to confirm if there is one."""
        text = message.message or ""
        plain = Entry(message.lines).with_flags([flag for flag in message.flags if flag != FUZZY])
        plain = replace(plain, lines=(*without_strings(plain), *message_lines(text, "", self.width, message.context)))
        if message.context or message.texts(Kind.PLURAL):
            self.counts.new += 1
            return self.refreshed(Entry(message.lines), message)
        if before := self.before_change.get(text):
            self.counts.returned += 1
            self.used.add(before.key)
            return self.refreshed(self.restored(plain, before), message)
        suggestion = self.sources.given(text) or self.sources.elsewhere(text)
        if suggestion and suggestion.previous is None:
            self.counts.offered += 1
            return self.refreshed(self.offer(plain, suggestion), message, suggestion.origin)
        if source := self.nearest(text):
            self.counts.changed += 1
            if not source.is_obsolete:
                self.used.add(source.key)
            return self.refreshed(self.adapted(plain, source), message)
        if suggestion:
            self.counts.offered += 1
            return self.refreshed(self.offer(plain, suggestion), message, suggestion.origin)
        self.counts.new += 1
        return self.refreshed(plain, message)

    def nearest(self, message: str) -> Entry | None:
        """Return the entry of the catalogue whose message is most similar to a new one."""
        if self.similar is None:
            self.similar = SimilarMessages(self.candidates)
        found = self.similar.nearest(message)
        return self.candidates[found] if found is not None else None

    def adapted(self, entry: Entry, source: Entry) -> Entry:
        """Return an entry with the translation of a similar message, and with that message."""
        previous = source.previous if source.is_fuzzy else source.message
        adapted = self.with_translation(entry, source.translation, previous)
        return adapted.with_lines(Kind.COMMENT, source.texts(Kind.COMMENT))

    def restored(self, entry: Entry, source: Entry) -> Entry:
        """Return an entry with the translation that was made for it, before the text had another message for a time."""
        lines = (*without_strings(entry), *message_lines(entry.message or "", source.translation, self.width))
        return replace(entry, lines=lines).with_lines(Kind.COMMENT, source.texts(Kind.COMMENT))

    def offer(self, entry: Entry, suggestion: Suggestion) -> Entry:
        return self.with_translation(entry, suggestion.text, suggestion.previous)

    def with_translation(self, entry: Entry, translation: str, previous: str | None) -> Entry:
        """Return an entry with a translation that is to be confirmed."""
        kept = [line for line in entry.lines if line.kind is not Kind.TRANSLATION]
        entry = replace(entry, lines=(*kept, *translation_lines(translation, self.width)))
        entry = entry.with_lines(Kind.PREVIOUS, previous_lines(previous, self.width) if previous else [])
        return entry.with_flags([FUZZY, *(flag for flag in entry.flags if flag != FUZZY)])

    def refreshed(self, entry: Entry, message: Entry, origin: str = "") -> Entry:
        """Return an entry with the places and comments of its message in the sources."""
        kept = [text for text in entry.texts(Kind.EXTRACTED) if text.startswith(ORIGIN) and entry.is_fuzzy]
        comments = [*message.texts(Kind.EXTRACTED), *([f"{ORIGIN}{origin}"] if origin else kept)]
        if words_of(entry.texts(Kind.EXTRACTED)) != words_of(comments):
            entry = entry.with_lines(Kind.EXTRACTED, comments)
        return self.references.applied(entry, message)

    def kept_obsolete(self) -> list[Entry]:
        """Return the entries that were obsolete and still are."""
        return [
            entry
            for entry in self.catalogue.obsolete
            if entry.key not in self.used or entry is not self.obsolete[entry.key]
        ]

    def newly_obsolete(self) -> list[Entry]:
        """Return the entries of messages that the text no longer has, if a translator has written anything in them."""
        gone = [entry for entry in self.catalogue.messages if entry.key not in self.wanted]
        self.counts.gone = len(gone)
        kept = [entry for entry in gone if entry.key not in self.used and is_written(entry)]
        self.counts.kept = len(kept)
        return [replace(without_places(entry), is_obsolete=True, gap=1) for entry in kept]


def without_strings(entry: Entry) -> tuple[Line, ...]:
    """Return the lines of comments of an entry."""
    return tuple(line for line in entry.lines if line.kind < Kind.CONTEXT)


def without_places(entry: Entry) -> Entry:
    return entry.with_lines(Kind.EXTRACTED, ()).with_lines(Kind.REFERENCE, ())


def is_written(entry: Entry) -> bool:
    """Return whether a translator has written anything in an entry."""
    return entry.is_translated or any(text.strip("# ") for text in entry.texts(Kind.COMMENT))


def words_of(comments: Sequence[str]) -> list[str]:
    """Return the words of comments, which tools wrap differently."""
    return " ".join(text[2:] for text in comments).split()


def without_python_flags(catalogue: PoFile) -> PoFile:
    """Return a catalogue without the flags that Babel 2.18 gives messages with braces or a percent sign.

    It takes them for Python's formats, and `msgfmt -c` would demand the same “fields” in a translation.
    """
    entries = [
        entry.with_flags([flag for flag in entry.flags if not flag.startswith("python-")])
        for entry in catalogue.entries
    ]
    return replace(catalogue, entries=tuple(entries))
