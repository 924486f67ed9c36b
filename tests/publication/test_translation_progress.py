"""How many words of each text each language has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from fleuron.editions.message_list import read_message_list, write_message_list
from fleuron.editions.translation_progress import (
    KeptCounts,
    MessageState,
    TextMessages,
    TranslationProgress,
    message_states,
    text_message,
    total_progress,
    translation_progress,
)
from fleuron.editions.word_counts import count_words
from fleuron.publish.settings import read_settings
from fleuron.publish.translation_catalogues import publication_messages
from tests.support.publications import Maker

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def message(text: str, translation: str, mark: str = "") -> str:
    return f'{mark}msgid "{text}"\nmsgstr "{translation}"\n\n'


def texts(**messages: Sequence[str]) -> dict[str, TextMessages]:
    """Make the messages of texts, each with a catalogue of its name."""
    names = {name.replace("_", "/"): found for name, found in messages.items()}
    return {name: TextMessages(name, [text_message(each) for each in found]) for name, found in names.items()}


def catalogue(root: Path, name: str, *messages: str) -> None:
    path = root / "locale" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "".join(messages), "utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("— … !", 0),
        ("Maps don’t lie, said 3 of 4.", 7),
        ("a dash—without spaces", 4),
        ("*Marked* [words](https://example.org/a-b) and {cite:p}`smith2001`[^one]", 4),
        ("Санкт-Петербург, 1703 г.", 3),
        ("نقشه‌های کهن", 2),
        ("地図の歴史、2001年", 7),
        ("แผนที่", 4),
        ("한국어 지도", 2),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


def test_a_translation_that_is_not_printed_does_not_count(tmp_path: Path) -> None:
    catalogue(
        tmp_path,
        "tr/LC_MESSAGES/articles/one.po",
        message("One word", "Bir"),
        message("Two", ""),
        message("Three more good words", "Üç", "#, fuzzy\n"),
        '#~ msgid "Four"\n#~ msgstr "Dört"\n',
    )
    found = texts(articles_one=["One word", "Two", "Three more good words"])
    progress = translation_progress(tmp_path, ["locale"], ["tr"], found)["tr"]["articles/one"]
    assert progress == TranslationProgress(translated=2, stale=4, missing=1)
    assert (progress.words, progress.left, progress.share) == (7, 5, 2 / 7)


def test_messages_count_as_often_as_the_texts_have_them(tmp_path: Path) -> None:
    """A catalogue of a text that is gone counts for nothing, nor does a translation that no text needs."""
    catalogue(tmp_path, "tr/LC_MESSAGES/index.po", message("One", "Bir"), message("Gone", "Gitti"))
    catalogue(tmp_path, "tr/LC_MESSAGES/articles/gone.po", message("Two", "İki"), message("Three", "Üç"))
    catalogue(tmp_path, "pt_BR/LC_MESSAGES/articles/one.po", message("Two", "Dois"))
    found = texts(index=["One"], articles_one=["Two", "Three", "Two"])
    assert translation_progress(tmp_path, ["locale"], ["tr", "pt-BR", "ru"], found) == {
        "tr": {"index": TranslationProgress(1, 0, 0), "articles/one": TranslationProgress(0, 0, 3)},
        "pt-BR": {"index": TranslationProgress(0, 0, 1), "articles/one": TranslationProgress(2, 0, 1)},
        "ru": {"index": TranslationProgress(0, 0, 1), "articles/one": TranslationProgress(0, 0, 3)},
    }


def test_texts_with_one_catalogue_are_counted_apart(tmp_path: Path) -> None:
    catalogue(tmp_path, "tr/LC_MESSAGES/articles.po", message("One", "Bir"))
    found = {
        "articles/one": TextMessages("articles", [text_message("One")]),
        "articles/two": TextMessages("articles", [text_message("Two")]),
    }
    progress = translation_progress(tmp_path, ["locale"], ["tr"], found)["tr"]
    assert progress == {"articles/one": TranslationProgress(1), "articles/two": TranslationProgress(missing=1)}


def test_a_translation_of_any_folder_goes_before_a_stale_one(tmp_path: Path) -> None:
    catalogue(tmp_path, "tr/LC_MESSAGES/index.po", message("One", "Eski", "#, fuzzy\n"), message("Two", "İki"))
    catalogue(tmp_path, "more/tr/LC_MESSAGES/index.po", message("One", "Bir"), message("Two", "Eski", "#, fuzzy\n"))
    folders = ["locale", "locale/more"]
    progress = translation_progress(tmp_path, folders, ["tr"], texts(index=["One", "Two"]))
    assert total_progress(progress["tr"].values()) == TranslationProgress(2)


def test_a_catalogue_may_lack_the_line_breaks_that_a_message_shows(tmp_path: Path) -> None:
    catalogue(tmp_path, "tr/LC_MESSAGES/index.po", message("One line", "Bir"))
    progress = translation_progress(tmp_path, ["locale"], ["tr"], texts(index=["One\\ line"]))
    assert progress["tr"]["index"].left == 0


def test_of_nothing_everything_is_translated(tmp_path: Path) -> None:
    assert total_progress([]).share == 1
    assert translation_progress(tmp_path, ["locale"], ["tr"], {}) == {"tr": {}}


def test_a_catalogue_that_cannot_be_read_has_nothing(tmp_path: Path) -> None:
    path = tmp_path / "locale/tr/LC_MESSAGES/index.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'msgid "\xff"\nmsgstr ""\n')
    progress = translation_progress(tmp_path, ["locale"], ["tr"], texts(index=["One"]))
    assert progress["tr"]["index"] == TranslationProgress(missing=1)


def test_a_catalogue_is_counted_again_only_if_it_or_its_text_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counted(paths: Iterable[Path]) -> dict[str, MessageState]:
        read.extend(paths)
        return message_states(read[-1:])

    monkeypatch.setattr("fleuron.editions.translation_progress.message_states", counted)

    def count(*messages: str, program: str = "1") -> tuple[int, int]:
        """Count the translated words; return their number, and how many catalogues were read."""
        read.clear()
        kept = KeptCounts(tmp_path / "kept.json", program)
        found = translation_progress(tmp_path, ["locale"], ["tr"], texts(index=messages), kept)
        return found["tr"]["index"].translated, len(read)

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


def test_a_list_of_messages_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = texts(index=["One", "Two words"], articles_one=["Ünlü"])
    write_message_list(tmp_path, written)
    assert read_message_list(tmp_path) == written


def test_the_messages_of_a_publication_are_those_of_its_texts(make: Maker) -> None:
    publication = make({"articles/one.md": "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nThe first text.\n"})
    found = publication_messages(read_settings(publication.source), publication.build, ())
    assert sorted(found) == ["articles/one", "authors/ada", "index"]
    assert found["articles/one"] == texts(articles_one=["One", "The first text."])["articles/one"]
    assert sum(each.words for each in found["articles/one"].messages) == 4
