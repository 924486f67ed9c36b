"""Write the progress of editions as JSON, for other programs; docs/translating.md describes its form."""

from __future__ import annotations

import json
from collections.abc import Sequence

from fleuron.commands.progress.editions import CountedEdition
from fleuron.editions.translation_progress import TranslationProgress

# The number of the form: a program that knows it may rely on each name that it has.
VERSION = 1


def json_report(editions: Sequence[CountedEdition]) -> str:
    """Return the report, with the same bytes for the same progress."""
    report = {
        "version": VERSION,
        "languages": [
            {
                "language": edition.language,
                **figures(edition.total),
                "texts": [
                    {
                        "text": text.name,
                        "article": text.is_article,
                        "file": text.file,
                        **figures(text.progress),
                        "translators": list(text.translators),
                    }
                    for text in edition.texts
                ],
            }
            for edition in editions
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def figures(progress: TranslationProgress) -> dict[str, int | float]:
    """Return words, and the translated part of them, from 0 to 1, rounded down to four places."""
    return {
        "words": progress.words,
        "translated": progress.translated,
        "stale": progress.stale,
        "missing": progress.missing,
        "left": progress.left,
        "share": int(progress.share * 10_000) / 10_000,
    }
