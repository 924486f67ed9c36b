"""Count how many words of each text are translated into each language, and keep the counts for the next build.

Only a translation that is printed counts: one that is fuzzy is stale, because its source has changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.editions.catalogue_reader import UNREADABLE, Translation, read_catalogue
from fleuron.editions.catalogues import catalogues_of
from fleuron.editions.word_counts import count_words


class MessageState(Enum):
    """What a catalogue has for a message: a translation, one of an earlier source (fuzzy), or none."""

    TRANSLATED = "translated"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True)
class TextMessage:
    """A message of a text, by a digest, how many words the text has of it, and the number of its section, from 0."""

    digest: str
    words: int
    section: int = 0


@dataclass(frozen=True)
class TextMessages:
    """The messages of a text, in its order, and the name of the catalogue of their translations, without ending."""

    catalogue: str
    messages: Sequence[TextMessage]


@dataclass(frozen=True)
class TranslationProgress:
    """The words of a text's messages: those that are translated, those that are stale, and those that are missing."""

    translated: int = 0
    stale: int = 0
    missing: int = 0

    @property
    def words(self) -> int:
        return self.translated + self.stale + self.missing

    @property
    def left(self) -> int:
        """The words that are left to translate."""
        return self.stale + self.missing

    @property
    def share(self) -> float:
        """The translated part, from 0 to 1; 1 if there are no words."""
        return self.translated / self.words if self.words else 1.0

    @property
    def share_with_older(self) -> float:
        """The part that is translated or has an older translation, from 0 to 1; 1 if there are no words."""
        return (self.translated + self.stale) / self.words if self.words else 1.0


def progress_of(messages: Iterable[tuple[TextMessage, MessageState]]) -> TranslationProgress:
    """Return the progress of messages in these states."""
    words: Counter[MessageState] = Counter()
    for message, state in messages:
        words[state] += message.words
    return TranslationProgress(*(words[state] for state in MessageState))


def total_progress(progress: Iterable[TranslationProgress]) -> TranslationProgress:
    """Return the progress of several texts together."""
    found = list(progress)
    return TranslationProgress(
        sum(each.translated for each in found), sum(each.stale for each in found), sum(each.missing for each in found)
    )


def text_message(message: str) -> TextMessage:
    """Return the record of a message, whose digest is the same with and without the line breaks that it shows.

    A message without any letter, such as a year in a table, has no words: it needs no translation.
    """
    folded = fold_breaks(message).encode("utf-8", "surrogatepass")
    words = count_words(message) if any(map(str.isalpha, message)) else 0
    return TextMessage(hashlib.blake2b(folded, digest_size=8).hexdigest(), words)


def fold_breaks(message: str) -> str:
    """Return a message without the line breaks that it shows, which an older catalogue may lack."""
    return " ".join(message.replace("\\ ", " ").split())


class KeptCounts:
    """A file that keeps the progress of each text, by a digest of what it depends on.

    ``program`` names what counts, with its version; without a ``record``, nothing is kept.
    """

    def __init__(self, record: Path | None = None, program: str = "") -> None:
        self.record, self.program = record, program
        self.before = self.read()
        self.now: dict[str, TranslationProgress] = {}

    def read(self) -> dict[str, TranslationProgress]:
        """Return what the last build recorded; nothing if it cannot be used."""
        if self.record:
            with suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
                kept = json.loads(self.record.read_bytes())
                if kept["program"] == self.program:
                    return {
                        str(digest): TranslationProgress(*map(int, counts))
                        for digest, counts in dict(kept["counts"]).items()
                    }
        return {}

    def progress(self, catalogues: Sequence[Path], messages: Sequence[TextMessage]) -> TranslationProgress:
        """Return the progress of messages whose translations are in any of these catalogues."""
        key = digest_of(catalogues, messages)
        progress = self.before.get(key)
        if progress is None:
            states = message_states(catalogues)
            progress = progress_of((each, states.get(each.digest, MessageState.MISSING)) for each in messages)
        self.now[key] = progress
        return progress

    def save(self) -> None:
        """Keep the counts that were asked for."""
        if self.record and self.now != self.before:
            counts = {key: (each.translated, each.stale, each.missing) for key, each in self.now.items()}
            write_file(self.record, json.dumps({"program": self.program, "counts": counts}))


def digest_of(catalogues: Sequence[Path], messages: Sequence[TextMessage]) -> str:
    """Return a digest of all that the progress of messages depends on."""
    digest = hashlib.sha256()
    for path in catalogues:
        with suppress(OSError):  # reported when the edition is read
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update(" ".join(f"{each.digest} {each.words}" for each in messages).encode())
    return digest.hexdigest()


def translation_progress(
    source: Path,
    folders: Sequence[str],
    languages: Sequence[str],
    texts: Mapping[str, TextMessages],
    kept: KeptCounts | None = None,
) -> dict[str, dict[str, TranslationProgress]]:
    """Return the progress of each text in each language, by the language's tag (BCP 47) and the text's name.

    ``folders`` are Sphinx's ``locale_dirs``. What a catalogue has that no text needs does not count.
    """
    kept = kept or KeptCounts()
    progress = {}
    for language in languages:
        catalogues: dict[str, list[Path]] = {}
        for name, path in catalogues_of(source, folders, language):
            catalogues.setdefault(name.removesuffix(".po"), []).append(path)
        progress[language] = {
            name: kept.progress(catalogues.get(text.catalogue, ()), text.messages) for name, text in texts.items()
        }
    kept.save()
    return progress


def message_states(catalogues: Iterable[Path]) -> dict[str, MessageState]:
    """Return the states of the messages that have a translation in catalogues, by digest.

    A catalogue that cannot be read has none, which is reported when the edition is read.
    """
    states: dict[str, MessageState] = {}
    for message, found in chain.from_iterable(translations_in(path).items() for path in catalogues):
        if found.text.strip():
            state = MessageState.STALE if found.is_fuzzy else MessageState.TRANSLATED
            digest = text_message(message).digest
            if states.get(digest) != MessageState.TRANSLATED:
                states[digest] = state
    return states


def translations_in(path: Path) -> Mapping[str, Translation]:
    try:
        return read_catalogue(path).translations
    except UNREADABLE:
        return {}
