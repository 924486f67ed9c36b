"""How much of a publication each language has."""

from __future__ import annotations

from pathlib import Path

from fleuron.editions.catalogues import TranslationProgress, translation_progress

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def message(text: str, translation: str, mark: str = "") -> str:
    return f'{mark}msgid "{text}"\nmsgstr "{translation}"\n\n'


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
    assert translation_progress(tmp_path, ["locale"], ["tr"]) == {"tr": TranslationProgress(1, 3)}


def test_an_article_without_a_catalogue_counts_as_another_language_has_it(tmp_path: Path) -> None:
    catalogue(tmp_path, "tr/LC_MESSAGES/index.po", message("One", "Bir"))
    catalogue(tmp_path, "tr/LC_MESSAGES/articles/one.po", message("Two", "İki"), message("Three", "Üç"))
    catalogue(tmp_path, "pt_BR/LC_MESSAGES/index.po", message("One", "Um"))
    counted = translation_progress(tmp_path, ["locale"], ["tr", "pt-BR", "ru"])
    assert counted == {
        "tr": TranslationProgress(3, 3),
        "pt-BR": TranslationProgress(1, 3),
        "ru": TranslationProgress(0, 3),
    }


def test_of_nothing_everything_is_translated(tmp_path: Path) -> None:
    assert translation_progress(tmp_path, ["locale"], ["tr"])["tr"].share == 1


def test_a_catalogue_that_cannot_be_read_has_nothing(tmp_path: Path) -> None:
    path = tmp_path / "locale/tr/LC_MESSAGES/index.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'msgid "\xff"\nmsgstr ""\n')
    assert translation_progress(tmp_path, ["locale"], ["tr"]) == {"tr": TranslationProgress(0, 0)}
