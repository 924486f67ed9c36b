"""List the messages whose source has changed since they were translated, and what has changed in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fleuron.commands.progress.editions import CountedEdition
from fleuron.editions.merging.catalogue_faults import faults_of
from fleuron.editions.merging.merge import ORIGIN
from fleuron.editions.merging.po_entries import Entry, Kind, read_entries
from fleuron.editions.merging.word_differences import marked_differences
from fleuron.editions.printed_texts import PrintedText
from fleuron.publish.settings import PublicationSettings

# The ending of catalogues.
CATALOGUE = ".po"
NOTHING = "nothing is stale\n"


def stale_report(settings: PublicationSettings, editions: Sequence[CountedEdition]) -> str:
    """Return the stale messages of editions: the place of each, what has changed, and the translation."""
    found = [
        line
        for edition in editions
        for text in edition.texts
        for line in stale_parts(settings.source / text.file, text, edition.language)
    ]
    return "".join(f"{line}\n" for line in found) or NOTHING


def stale_parts(path: Path, text: PrintedText, language: str) -> Iterator[str]:
    """Yield lines about the parts of a text that are stale; about a whole-file translation, how to see them."""
    if path.suffix != CATALOGUE:
        if text.progress.stale:
            show = f"fleuron translation show {language} {text.name}.md"
            yield f"{path}:1: sections of the source have changed since they were translated; see them: {show}"
        return
    for entry in stale_entries(path):
        yield f"{path}:{entry.translation_line}: {reason_of(entry)}"
        yield from (f"  {line}" for line in shown(entry))


def stale_entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of a catalogue that are to be confirmed; none of one that cannot be read."""
    if not path.is_file() or any(faults_of(path)):
        return
    for entry in read_entries(path.read_bytes()).messages:
        if entry.is_fuzzy and entry.is_translated:
            yield entry


def reason_of(entry: Entry) -> str:
    """Say why a translation is to be confirmed."""
    origins = [text.removeprefix(ORIGIN) for text in entry.texts(Kind.EXTRACTED) if text.startswith(ORIGIN)]
    if origins:
        return f"offered from {origins[0]}, to be confirmed"
    if entry.previous:
        return "the source has changed since it was translated"
    return "marked as fuzzy"


def shown(entry: Entry) -> Iterator[str]:
    """Yield the lines of a message, with what has changed in it, and of its translation."""
    message = entry.message or ""
    yield from (marked_differences(entry.previous, message) if entry.previous else message).splitlines()
    yield from entry.translation.splitlines()
