"""List the messages whose source has changed since they were translated, and what has changed in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fleuron.commands.progress.editions import CountedEdition
from fleuron.editions.catalogues import catalogues_of
from fleuron.editions.merging.catalogue_faults import faults_of
from fleuron.editions.merging.merge import ORIGIN
from fleuron.editions.merging.po_entries import Entry, Kind, read_entries
from fleuron.editions.merging.word_differences import marked_differences
from fleuron.publish.settings import PublicationSettings

NOTHING = "nothing is stale\n"


def stale_report(settings: PublicationSettings, editions: Sequence[CountedEdition]) -> str:
    """Return the stale messages of editions: the place of each, what has changed, and the translation."""
    found = [
        "\n".join((f"{path}:{entry.translation_line}: {reason_of(entry)}", *(f"  {line}" for line in shown(entry))))
        for edition in editions
        for path in catalogues_in(settings, edition)
        for entry in stale_entries(path)
    ]
    return "".join(f"{each}\n" for each in found) or NOTHING


def catalogues_in(settings: PublicationSettings, edition: CountedEdition) -> Iterator[Path]:
    """Yield the catalogues of an edition's texts."""
    wanted = {f"{text.catalogue}.po" for text in edition.texts}
    folders = settings.option("locale_dirs", [settings.catalogues.relative_to(settings.source).as_posix()])
    for name, path in catalogues_of(settings.source, folders, edition.language):
        if name in wanted:
            yield path


def stale_entries(path: Path) -> Iterator[Entry]:
    """Yield the entries of a catalogue that are to be confirmed; none of one that cannot be read."""
    if any(faults_of(path)):
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
