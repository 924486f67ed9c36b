"""Write and read how much of each text an edition prints translated, and by whom."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.editions.translation_progress import TranslationProgress

PRINTED_TEXTS = "progress.json"


@dataclass(frozen=True)
class PrintedText:
    """A text of an edition: its name, whether it is an article, and the file of its translation.

    The ``file`` is relative to the publication's folder: a catalogue, or a whole-file translation.
    """

    name: str
    is_article: bool
    file: str
    progress: TranslationProgress
    translators: tuple[str, ...] = ()


def write_printed_texts(folder: Path, texts: Iterable[PrintedText]) -> None:
    """Write the texts of an edition into a folder."""
    listed = [
        {
            "name": text.name,
            "article": text.is_article,
            "file": text.file,
            "progress": [text.progress.translated, text.progress.stale, text.progress.missing],
            "translators": text.translators,
        }
        for text in texts
    ]
    write_file(folder / PRINTED_TEXTS, json.dumps(listed))


def read_printed_texts(folder: Path) -> list[PrintedText]:
    """Read the texts of an edition, in the order in which they are read."""
    return [
        PrintedText(
            text["name"],
            text["article"],
            text["file"],
            TranslationProgress(*text["progress"]),
            tuple(text["translators"]),
        )
        for text in json.loads((folder / PRINTED_TEXTS).read_text("utf-8"))
    ]
