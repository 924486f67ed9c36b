"""Count how many words of the texts that are translated as a whole are translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from fleuron.editions.translation_progress import TextMessages, TranslationProgress, progress_of
from fleuron.editions.whole_files.files import SUFFIX, whole_files
from fleuron.editions.whole_files.front_matter import TRANSLATED_FROM
from fleuron.editions.whole_files.pairing import Pairing, pair, unpaired
from fleuron.editions.whole_files.sections import (
    recorded_sections,
    sections_of,
    sections_of_translation,
)
from fleuron.editions.whole_files.states import own_texts, state_of, states_of_sections
from fleuron.publication.front_matter import read_front_matter


def whole_file_progress(
    source: Path, folders: Sequence[str], languages: Sequence[str], texts: Mapping[str, TextMessages]
) -> dict[str, dict[str, TranslationProgress]]:
    """Return the progress of each text that is translated as a whole, by the language's tag and the text's name.

    ``folders`` are Sphinx's ``locale_dirs``, relative to the folder ``source``.
    """
    return {
        language: {
            name: progress_of_file(source / path, source / f"{name}{SUFFIX}", texts[name])
            for name, path in whole_files(source, folders, language).items()
            if name in texts
        }
        for language in languages
    }


def progress_of_file(translation: Path, source: Path, text: TextMessages) -> TranslationProgress:
    """Return the progress of a text in a file."""
    own = translation.read_text("utf-8-sig", errors="replace")
    original = source.read_text("utf-8-sig", errors="replace") if source.is_file() else ""
    pairing = pairing_of(own, original) if original else None
    number = max((message.section for message in text.messages), default=0) + 1
    states, texts = states_of_sections(pairing, number), own_texts(own, original)
    return progress_of((message, state_of(message, states, texts)) for message in text.messages)


def pairing_of(text: str, source: str) -> Pairing | None:
    """Pair the sections of a translation with those of its source; return None if that is not possible."""
    try:
        recorded = recorded_sections(read_front_matter(text), TRANSLATED_FROM)
    except ValueError:
        recorded = None  # reported when the edition is read
    sections = sections_of(source)
    if unpaired(sections_of_translation(text, source), recorded or sections, ""):
        return None
    return pair(recorded, sections)
