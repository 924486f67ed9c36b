"""How much of a publication each language has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from fleuron.editions.translation_progress import (
    KeptCounts,
    TranslationProgress,
    message_digest,
    translated_messages,
    translation_progress,
)

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def message(text: str, translation: str, mark: str = "") -> str:
    return f'{mark}msgid "{text}"\nmsgstr "{translation}"\n\n'


def digests(**messages: Sequence[str]) -> dict[str, list[str]]:
    return {name.replace("_", "/"): [message_digest(text) for text in texts] for name, texts in messages.items()}


def catalogue(root: Path, name: str, *messages: str) -> None:
    path = root / "locale" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "".join(messages), "utf-8")


def test_a_translation_that_is_not_used_does_not_count(tmp_path: Path) -> None:
    catalogue(
        tmp_path,
        "tr/LC_MESSAGES/articles/one.po",
        message("One", "Bir"),
        message("Two", ""),
        message("Three", "Üç", "#, fuzzy\n"),
        '#~ msgid "Four"\n#~ msgstr "Dört"\n',
    )
    messages = digests(articles_one=["One", "Two", "Three"])
    assert translation_progress(tmp_path, ["locale"], ["tr"], messages) == {"tr": TranslationProgress(1, 3)}


def test_messages_count_as_the_texts_have_them(tmp_path: Path) -> None:
    """A catalogue of a text that is gone counts for nothing, nor does a translation that no text needs."""
    catalogue(tmp_path, "tr/LC_MESSAGES/index.po", message("One", "Bir"), message("Gone", "Gitti"))
    catalogue(tmp_path, "tr/LC_MESSAGES/articles/gone.po", message("Two", "İki"), message("Three", "Üç"))
    catalogue(tmp_path, "pt_BR/LC_MESSAGES/articles/one.po", message("Two", "Dois"))
    messages = digests(index=["One"], articles_one=["Two", "Three", "Two"])
    assert translation_progress(tmp_path, ["locale"], ["tr", "pt-BR", "ru"], messages) == {
        "tr": TranslationProgress(1, 4),
        "pt-BR": TranslationProgress(2, 4),
        "ru": TranslationProgress(0, 4),
    }


def test_of_nothing_everything_is_translated(tmp_path: Path) -> None:
    assert translation_progress(tmp_path, ["locale"], ["tr"], {})["tr"].share == 1


def test_a_catalogue_that_cannot_be_read_has_nothing(tmp_path: Path) -> None:
    path = tmp_path / "locale/tr/LC_MESSAGES/index.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'msgid "\xff"\nmsgstr ""\n')
    assert translation_progress(tmp_path, ["locale"], ["tr"], digests(index=["One"])) == {
        "tr": TranslationProgress(0, 1)
    }


def test_a_catalogue_is_counted_again_only_if_it_or_its_text_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def translated(path: Path) -> frozenset[str]:
        read.append(path)
        return translated_messages(path)

    monkeypatch.setattr("fleuron.editions.translation_progress.translated_messages", translated)

    def count(*texts: str, program: str = "1") -> tuple[int, int]:
        """Count the translated texts; return their number, and how many catalogues were read."""
        read.clear()
        kept = KeptCounts(tmp_path / "kept.json", program)
        found = translation_progress(tmp_path, ["locale"], ["tr"], digests(index=texts), kept)
        return found["tr"].translated, len(read)

    catalogue(tmp_path, "tr/LC_MESSAGES/index.po", message("One", "Bir"), message("Two", "İki"))
    assert count("One", "Three") == (1, 1)
    assert count("One", "Three") == (1, 0)
    assert count("One", "Two") == (2, 1)
    catalogue(tmp_path, "tr/LC_MESSAGES/index.po", message("One", "Bir"), message("Two", ""))
    assert count("One", "Two") == (1, 1)
    assert count("One", "Two") == (1, 0)
    assert count("One", "Two", program="2") == (1, 1)
    (tmp_path / "kept.json").write_text("{", "utf-8")
    assert count("One", "Two", program="2") == (1, 1)
