"""`fleuron progress` counts the words that an edition prints translated, and shows what has changed in the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fleuron.commands.progress.editions import CountedEdition
from fleuron.commands.progress.table import table
from fleuron.editions.merging.word_differences import marked_differences
from fleuron.editions.printed_texts import PrintedText
from fleuron.editions.translation_progress import TranslationProgress
from tests.catalogues.test_damaged_catalogues import DAMAGES
from tests.support.publications import SMALL, Publication, Result, run_in_process

HEADER = (
    '# Ada Çevirmen <ada@example.org>, 2026.\nmsgid ""\nmsgstr ""\n'
    '"Last-Translator: Bora Çevirmen <bora@example.org>\\n"\n'
    '"Language: tr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
)
TEXT = (
    "---\nauthors: [ada]\n---\n# Four words of title\n\nSix words that are not translated.\n\n"
    "Five words that were changed.\n\nSee [the first](one.md) of them.\n\nA word.\n"
)
ENTRIES = (
    'msgid "Four words of title"\nmsgstr "Başlığın dört kelimesi"\n\n'
    '#, fuzzy\n#| msgid "Four words that were"\nmsgid "Five words that were changed."\nmsgstr "Olan dört kelime"\n\n'
    # Not printed, because there is no such file.
    'msgid "See [the first](one.md) of them."\nmsgstr "Bkz. [birinci](eins.md)."\n\n'
    '#. Translation from articles/one.po\n#, fuzzy\nmsgid "A word."\nmsgstr "Bir kelime."\n'
)


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication whose second article is translated in part."""
    publication = Publication(tmp_path_factory.mktemp("half") / "source")
    for name, text in SMALL.items():
        publication.write(name, text)
    publication.write("index.md", SMALL["index.md"].replace("one\n", "one\narticles/two\n"))
    publication.write("articles/two.md", TEXT)
    publication.write("locale/tr/LC_MESSAGES/articles/two.po", HEADER + ENTRIES)
    # The first is translated as a whole, and its source has changed since.
    assert run_in_process(["translation", "start", "tr", "articles/one.md", *folders(publication)[:2]]).code == 0
    whole = publication.source / "locale/tr/articles/one.md"
    whole.write_text(
        whole.read_text("utf-8").replace("The first text.", "İlk metin.").replace("# One", "# Bir"), "utf-8"
    )
    publication.write("articles/one.md", SMALL["articles/one.md"] + "\nAnd more.\n")
    return publication


def folders(publication: Publication) -> list[str]:
    return ["--source", str(publication.source), "--build", str(publication.build)]


def progress(publication: Publication, *arguments: str) -> Result:
    return run_in_process(["progress", *arguments, *folders(publication)])


def test_a_word_counts_as_translated_when_it_is_printed_translated(half: Publication) -> None:
    output = progress(half, "tr", "two", "--format=json").output
    report = json.loads(output[output.index("{\n") :])
    assert report["version"] == 1
    (language,) = report["languages"]
    (text,) = language.pop("texts")
    assert language == {
        **{"language": "tr", "words": 22, "translated": 4, "stale": 7, "missing": 11, "left": 18, "share": 0.1818}
    }
    assert (text["text"], text["article"], text["file"]) == (
        *("articles/two", True, "locale/tr/LC_MESSAGES/articles/two.po"),
    )
    assert text["translators"] == ["Bora Çevirmen"]


def test_too_little_is_told_by_the_exit_code(half: Publication) -> None:
    result = progress(half, "two", "--fail-under=0.2")
    assert result.code == 1
    assert "fleuron: tr: 18.1 % of the words are translated, less than 20 %" in result.output
    assert progress(half, "two", "--fail-under=0.17").code == 0


def test_what_is_stale_is_shown_with_what_has_changed(half: Publication) -> None:
    path = half.source / "locale/tr/LC_MESSAGES/articles/two.po"
    assert progress(half, "--stale").output.endswith(
        f"{path}:14: the source has changed since it was translated\n"
        "  [-Four-]{+Five+} words that were{+ changed.+}\n  Olan dört kelime\n"
        f"{path}:22: offered from articles/one.po, to be confirmed\n  A word.\n  Bir kelime.\n"
    )
    assert progress(half, "index", "--stale").output.endswith("nothing is stale\n")


def test_a_whole_file_translation_is_counted_by_its_sections(half: Publication) -> None:
    output = progress(half, "one", "--format=json").output
    (text,) = json.loads(output[output.index("{\n") :])["languages"][0]["texts"]
    assert text["file"] == "locale/tr/articles/one.md"
    assert (text["words"], text["translated"], text["stale"], text["missing"]) == (6, 0, 6, 0)
    path = half.source / "locale/tr/articles/one.md"
    shown = f"{path}:1: sections of the source have changed since they were translated; see them: fleuron translation"
    assert f"{shown} show tr articles/one.md\n" in progress(half, "one", "--stale").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tow"], "there is no text and no language “tow”; did you mean “two”?"),
        (["en"], "there is no translation to count: en is the language of the sources"),
        (["--format=jsno"], "there is no format “jsno”; did you mean “json”?"),
        (["--fail-under=90"], "“90” is not a part of a whole; write a number from 0 to 1, such as 0.9"),
        (["--languages=rt"], "there is no edition “rt” to build; did you mean “tr”?"),
    ],
)
def test_mistakes_are_told_with_what_to_write(half: Publication, arguments: list[str], message: str) -> None:
    result = progress(half, *arguments)
    assert result.code in (1, 2) and message in result.output


def test_damaged_catalogues_are_told_with_their_lines(half: Publication, tmp_path: Path) -> None:
    """No command ends in a traceback, changes a catalogue, or counts what cannot be read."""
    publication = Publication(tmp_path / "source")
    names = [f"text-{number}" for number in range(len(DAMAGES))]
    contents = "# Damaged\n\n```{toctree}\n" + "".join(f"articles/{name}\n" for name in names) + "```\n"
    for name, text in {**SMALL, "index.md": contents}.items():
        publication.write(name, text)
    places = []
    for name, (content, line) in zip(names, DAMAGES.values(), strict=True):
        publication.write(f"articles/{name}.md", SMALL["articles/one.md"].replace("# One", "# Two"))
        publication.write(f"locale/tr/LC_MESSAGES/articles/{name}.po", content)
        places.append(f"{publication.source}/locale/tr/LC_MESSAGES/articles/{name}.po:{line}: ")
    before = {path: path.read_bytes() for path in publication.source.rglob("*.po")}
    for arguments in (["progress"], ["progress", "--stale"], ["translations"], ["publish", "html"]):
        result = run_in_process([*arguments, "--source", str(publication.source), "--build", str(publication.build)])
        assert result.code == 1 and "Traceback" not in result.output, result.output
        assert [place for place in places if place not in result.output] == []
    assert {path: path.read_bytes() for path in publication.source.rglob("*.po")} == before
    assert not (publication.build / "html/tr").exists()


def test_the_table_is_aligned_and_rounded_down() -> None:
    texts = (
        PrintedText("articles/one", True, "one.po", TranslationProgress(1999, 1, 0), ("Ada", "Bora")),
        PrintedText("index", False, "index.po", TranslationProgress(0, 0, 0)),
    )
    assert table([CountedEdition("tr", texts), CountedEdition("ru", ())]).splitlines() == [
        "Türkçe (tr)     share    words  translated    stale  missing     left  translators",
        "articles/one     99 %    2,000       1,999        1        0        1  Ada, Bora",
        "index           100 %        0           0        0        0        0",
        "together         99 %    2,000       1,999        1        0        1",
        "",
        "Русский (ru)    share    words  translated    stale  missing     left  translators",
        "together        100 %        0           0        0        0        0",
    ]


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("", "New.", "{+New.+}"),
        ("the same", "the same", "the same"),
        ("a first word", "a second word", "a [-first-]{+second+} word"),
        ("On p. 4.{footcite}`key`", "On p. 5.{footcite}`key`", "On p. [-4-]{+5+}.{footcite}`key`"),
        ("纸上的字", "纸上之字", "纸上[-的-]{+之+}字"),
        ("نسخه خطی", "نسخهٔ خطی", "[-نسخه-]{+نسخهٔ+} خطی"),
    ],
)
def test_differences_are_marked_by_words(old: str, new: str, marked: str) -> None:
    assert marked_differences(old, new) == marked
