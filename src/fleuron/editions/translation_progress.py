"""Count how much of a publication is translated into each language, and keep the counts for the next build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.editions.catalogue_reader import UNREADABLE, read_catalogue
from fleuron.editions.catalogues import catalogues_of


@dataclass(frozen=True)
class TranslationProgress:
    """The number of messages, and of those that are translated; a fuzzy translation is not used, and does not count."""

    translated: int
    messages: int

    @property
    def share(self) -> float:
        """The translated part, from 0 to 1; 1 if there are no messages."""
        return self.translated / self.messages if self.messages else 1.0


def message_digest(message: str) -> str:
    """Return a digest of a message, which stands for it where only equality matters."""
    return hashlib.blake2b(message.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class KeptCounts:
    """A file that keeps the number of translated messages of each catalogue, by a digest of what it depends on.

    ``program`` names what counts, with its version; without a ``record``, nothing is kept.
    """

    def __init__(self, record: Path | None = None, program: str = "") -> None:
        self.record, self.program = record, program
        self.before = self.read()
        self.now: dict[str, int] = {}

    def read(self) -> dict[str, int]:
        """Return what the last build recorded; nothing if it cannot be used."""
        if self.record:
            with suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
                kept = json.loads(self.record.read_bytes())
                if kept["program"] == self.program:
                    return {str(digest): int(count) for digest, count in dict(kept["counts"]).items()}
        return {}

    def translated(self, path: Path, messages: Sequence[str]) -> int:
        """Return how many messages, given by their digests, a catalogue translates."""
        key = hashlib.sha256(path.read_bytes() + " ".join(messages).encode()).hexdigest()
        count = self.before.get(key)
        if count is None:
            known = translated_messages(path)
            count = sum(message in known for message in messages)
        self.now[key] = count
        return count

    def save(self) -> None:
        """Keep the counts that were asked for."""
        if self.record and self.now != self.before:
            write_file(self.record, json.dumps({"program": self.program, "counts": self.now}))


def translation_progress(
    source: Path,
    folders: Sequence[str],
    languages: Sequence[str],
    messages: Mapping[str, Sequence[str]],
    kept: KeptCounts | None = None,
) -> Mapping[str, TranslationProgress]:
    """Return the progress of each language.

    ``messages`` are the digests of those of the publication's texts, by the name of their catalogue without ending;
    what else is in a catalogue, or in that of a text that is gone, does not count.
    """
    kept = kept or KeptCounts()
    total = sum(map(len, messages.values()))
    progress = {}
    for language in languages:
        translated = 0
        for name, path in catalogues_of(source, folders, language):
            if found := messages.get(name.removesuffix(".po")):
                translated += kept.translated(path, found)
        progress[language] = TranslationProgress(translated, total)
    kept.save()
    return progress


def translated_messages(path: Path) -> frozenset[str]:
    """Return the digests of a catalogue's messages that have a translation which is used; none if it is unreadable."""
    try:
        translations = read_catalogue(path).translations
    except UNREADABLE:
        return frozenset()  # reported when the edition is read
    used = (message for message, found in translations.items() if found.text.strip() and not found.is_fuzzy)
    return frozenset(map(message_digest, used))
