"""Write the progress of editions as a table of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fleuron.commands.progress.editions import CountedEdition
from fleuron.editions.translation_progress import TranslationProgress
from fleuron.publication.edition import Edition

HEADINGS = ("share", "words", "translated", "stale", "missing", "left", "translators")
TOTAL = "together"


def table(editions: Sequence[CountedEdition]) -> str:
    """Return a table for each edition: a line for each text, and one for all."""
    width = max((len(text.name) for edition in editions for text in edition.texts), default=0)
    return "\n".join("".join(f"{line.rstrip()}\n" for line in lines_of(edition, width)) for edition in editions)


def lines_of(edition: CountedEdition, width: int) -> Iterator[str]:
    """Yield the lines of an edition's table; ``width`` is that of the names of texts, in letters."""
    name = f"{Edition(edition.language).name} ({edition.language})"
    width = max(width, len(name), len(TOTAL))
    yield row(name, HEADINGS, width)
    for text in edition.texts:
        yield row(text.name, (*figures(text.progress), ", ".join(text.translators)), width)
    yield row(TOTAL, (*figures(edition.total), ""), width)


def figures(progress: TranslationProgress) -> tuple[str, ...]:
    """Return the figures of a row; the share is rounded down, so that nothing is called complete before it is."""
    counts = (progress.words, progress.translated, progress.stale, progress.missing, progress.left)
    return (f"{int(progress.share * 100)} %", *(f"{count:,}" for count in counts))


def row(name: str, cells: Sequence[str], width: int) -> str:
    """Return a line with figures on the right of their columns."""
    *numbers, translators = cells
    columns = zip(numbers, HEADINGS, strict=False)
    aligned = (f"{number:>{max(len(heading), 7)}}" for number, heading in columns)
    return "  ".join((f"{name:{width}}", *aligned, translators))
