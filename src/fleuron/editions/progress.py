"""How much of the publication each language has, by its catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from fleuron.publication.language_tags import locale_name


@dataclass(frozen=True)
class Progress:
    """Of so many messages, how many are translated; a fuzzy one is not, for it is not printed."""

    translated: int
    messages: int

    @property
    def share(self) -> float:
        """The part that is translated, from 0 to 1; of nothing, everything is."""
        return self.translated / self.messages if self.messages else 1.0


def count(path: Path) -> Progress:
    """Count the messages of one catalogue; one that cannot be read has none."""
    try:
        with path.open("rb") as stream:
            messages = [message for message in read_po(stream) if message.id]
    except (PoFileError, ValueError, LookupError):
        return Progress(0, 0)
    return Progress(sum(bool(each.string) and not each.fuzzy for each in messages), len(messages))


def catalogues(source: Path, folders: Sequence[str], language: str) -> Iterator[tuple[str, Path]]:
    """List the catalogues of a language, each with its name below the language's folder."""
    for folder in folders:
        root = Path(source, folder, locale_name(language), "LC_MESSAGES")
        for path in sorted(root.rglob("*.po")):
            yield path.relative_to(root).as_posix(), path


def progress(source: Path, folders: Sequence[str], languages: Sequence[str]) -> Mapping[str, Progress]:
    """Count each language's translations; a catalogue that it lacks counts as another language has it."""
    counted = {
        language: {name: count(path) for name, path in catalogues(source, folders, language)} for language in languages
    }
    names = sorted({name for found in counted.values() for name in found})
    totals = {name: max(found[name].messages for found in counted.values() if name in found) for name in names}
    return {
        language: Progress(sum(each.translated for each in found.values()), sum(totals.values()))
        for language, found in counted.items()
    }
