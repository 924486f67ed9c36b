"""`fleuron new` makes a publication that is built at once, without a warning, and grows by further commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import yaml

from fleuron.archive.validation.pdf_validators import validate_pdf
from fleuron.archive.validation.site_validators import check_links
from fleuron.authoring.new_language import about_language
from fleuron.authoring.publication_kinds import KINDS
from fleuron.publication.article import FIELDS, PAGE_FIELDS, SPHINX_KEYS
from fleuron.publication.contributor import FIELDS as CONTRIBUTOR_FIELDS
from fleuron.publication.journal.issues import FIELDS as ISSUE_FIELDS
from fleuron.sphinx_defaults import DEFAULTS_FOR_PUBLICATIONS
from tests.support.epub_books import COUNTED, messages
from tests.support.publications import Publication, Result, run_in_process, text_of
from tests.support.small_fonts import font_folder

pytestmark = pytest.mark.slow


def in_folder(publication: Publication, *words: str) -> Result:
    return run_in_process([*words, "--source", str(publication.source)])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication in Turkish, with an article, an author and a language that were added; all of it is built."""
    publication = Publication(tmp_path_factory.mktemp("new") / "my-review")
    commands = [
        run_in_process(["new", str(publication.source), "--languages", "tr", "--style", "review"]),
        in_folder(publication, "contributor", "Ada Yazar", "--orcid", "0000-0002-1825-0097"),
        in_folder(publication, "article", "İstanbul’un “şehri”", "--author", "ada-yazar"),
        in_folder(publication, "language", "add", "fa"),
    ]
    # The catalogues of the new language are empty, and its edition offers the articles all the same.
    conf = publication.source / "conf.py"
    conf.write_text(f"{conf.read_text('utf-8')}fleuron_edition_threshold = 0\n", "utf-8")
    commands.append(publication.publish("html", "epub", "pdf", options="-W"))
    for result in commands:
        assert result.code == 0, result.output
    assert "WARNING" not in commands[-1].output and "ERROR" not in commands[-1].output, commands[-1].output
    return publication


def test_what_was_added_is_published_in_all_languages(made: Publication) -> None:
    for language in ("tr", "fa"):
        article = made.page(language, "articles/istanbul-un-sehri")
        assert text_of(article.cssselect("h1")[0]).startswith("İstanbul’un “şehri”")
        assert text_of(article.cssselect(".byline")[0]) == "Ada Yazar ORCID"
        assert made.page(language, "articles/first-article").cssselect('[role="doc-footnote"], .footnote')
    assert made.page("tr", "articles/first-article").cssselect("p.language-en, p[lang=en]")


def test_what_is_published_is_valid(made: Publication) -> None:
    assert not check_links(made.build / "html")["faults"]
    for language in ("tr", "fa"):
        assert {each[0] for each in messages(made.build / f"epub/my-review-{language}.epub")} <= {COUNTED}
        for name in (f"my-review-{language}.pdf", f"{language}/first-article.pdf"):
            failures = validate_pdf(made.build / "pdf" / name)["failures"]
            assert not [each for found in failures.values() for each in found if "proof" not in each]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fa", ["Words of the interface: complete", "Typeface: Amiri, for Arabic script"]),
        (
            "pt-BR",
            [
                "Words of the interface: missing are “Abstract”, “Keywords”, “Cover” and",
                "Typeface: Vollkorn, for Latin script",
                "Hyphenation in PDFs: patterns of pt_BR",
            ],
        ),
        (
            "zh-Hant",
            [
                "Words of the interface: complete",
                "Typeface: no installed typeface has the letters of Han; install one, in Debian's package",
            ],
        ),
        (
            "tg",
            [
                "Words of the interface: missing are",
                "Words of notes, such as “p.”: in English, since there is no CSL locale of the language",
                "Typeface: Vollkorn, for Cyrillic script",
                "Hyphenation in PDFs: none, since pyphen has no patterns of the language",
            ],
        ),
    ],
)
def test_what_a_language_has_and_lacks_is_told(
    language: str, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", {})))
    lines = list(about_language(language, {}))
    assert len(lines) == len(told)
    assert all(line.startswith(beginning) for line, beginning in zip(lines, told, strict=True)), lines


def test_a_language_is_added_to_its_line_alone(made: Publication) -> None:
    lines = (made.source / "conf.py").read_text("utf-8").splitlines()
    assert len(lines) < 40
    assert [line for line in lines if line.startswith("fleuron_languages")] == [
        'fleuron_languages = ["tr", "fa"]  # the language of the sources first; to add one: fleuron language add fa'
    ]
    assert (made.source / "locale/fa/LC_MESSAGES/articles/istanbul-un-sehri.po").is_file()
    result = in_folder(made, "language", "add", "tr")
    assert result == Result(1, "fleuron: tr is a language of the publication already: ['tr', 'fa']\n")


def test_nothing_that_exists_is_replaced(made: Publication) -> None:
    before = made.files()
    for words, message in (
        (("article", "İstanbul’un şehri"), f"{made.source}/articles/istanbul-un-sehri.md exists already"),
        (("contributor", "Ada Yazar"), f"{made.source}/authors/ada-yazar.md exists already"),
        (("article", "More", "--author", "ada"), "the author “ada” has no file in authors/; did you mean “ada-yazar”?"),
    ):
        result = in_folder(made, *words)
        assert (result.code, result.output.split(";")[0]) == (1, f"fleuron: {message.split(';')[0]}")
    result = run_in_process(["new", str(made.source)])
    assert (result.code, result.output.count("\n")) == (1, 1)
    assert "has a conf.py already" in result.output
    assert made.files() == before


def test_ten_notes_cite_the_bibliography_of_the_publication(made: Publication) -> None:
    result = in_folder(made, "style", "try", "opcit", "--languages", "fa")
    lines = result.output.splitlines()
    assert lines[0] == "فارسی, opcit:"
    assert [line.strip()[:2].strip() for line in lines[1::2]] == [str(number) for number in range(1, 11)]
    notes = [line[6:] for line in lines[1::2]]
    assert notes[0].startswith("H. J. Mackinder, «The Geographical Pivot of History»")
    assert (notes[1], notes[4]) == ("همان.", "Mackinder, پیشین, ص 20.")
    wrong = in_folder(made, "style", "try", "opcitt")
    assert (wrong.code, "did you mean “opcit”?" in wrong.output, wrong.output.count("\n")) == (1, True, 1)


def test_the_schema_has_the_keys_of_front_matter(made: Publication) -> None:
    schema = json.loads((made.source / ".vscode/front-matter.schema.json").read_text("utf-8"))
    known = {name: set(each["properties"]) for name, each in schema["definitions"].items()}
    fields = {"article": FIELDS, "contributor": CONTRIBUTOR_FIELDS, "page": PAGE_FIELDS, "issue": ISSUE_FIELDS}
    assert known == {name: {*keys, *SPHINX_KEYS} for name, keys in fields.items()}
    snippets = json.loads((made.source / ".vscode/fleuron.code-snippets").read_text("utf-8"))
    assert all(each["scope"] == "markdown" and each["body"] for each in snippets.values())


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_settings_and_texts_that_can_be_read(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "история"
    words = [
        "--kind",
        kind,
        "--title",
        'The "Book"',
        "--author",
        "Институт: истории",
        "--address",
        "https://a.example/",
    ]
    assert run_in_process(["new", str(folder), *words]).code == 0
    values: dict[str, object] = {}
    exec(compile((folder / "conf.py").read_text("utf-8"), "conf.py", "exec"), values)
    assert (values["project"], values["html_baseurl"]) == ('The "Book"', "https://a.example/")
    (author,) = (folder / "authors").iterdir()
    front_matter = yaml.safe_load(author.read_text("utf-8").split("---")[1])
    assert front_matter["name"] == "Институт: истории"
    assert front_matter.get("organization", False) is (kind == "blog"), "whoever else is named is a person"
    assert f"authors/{author.stem}" in (folder / "index.md").read_text("utf-8")
    assert (folder / ".gitignore").is_file()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """A terminal whose answers a test writes."""

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    typed = Terminal()
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr("fleuron.authoring.questions.can_ask", lambda: True)
    monkeypatch.setattr("fleuron.commands.new.can_ask", lambda: True)
    yield typed


def test_questions_are_asked_again_until_they_can_be_answered(answers: StringIO, tmp_path: Path) -> None:
    answers.write("monograf\n2\nA Book\npersian\nfa\nreview\nAda Author\n")
    answers.seek(0)
    result = run_in_process(["new", str(tmp_path / "book")])
    assert result.code == 0, result.output
    assert "“monograf” is not one of them; did you mean “monograph”?" in result.output
    assert "“persian” is not the tag of a language; did you mean “fa”?" in result.output
    assert "همان" in result.output  # the notes that show the styles are in the language that was chosen
    text = (tmp_path / "book/conf.py").read_text("utf-8")
    assert 'fleuron_languages = ["fa"]' in text and 'fleuron_note_style = "review"' in text


def test_without_answers_nothing_is_made(answers: StringIO, tmp_path: Path) -> None:
    result = run_in_process(["new", str(tmp_path / "book")])
    assert (result.code, (tmp_path / "book").exists()) == (1, False)
    assert result.output.endswith("fleuron: nothing is made: the questions were not answered\n")


def test_sphinx_has_its_own_values_back_by_the_lines_that_say_so(tmp_path: Path) -> None:
    publication = Publication(tmp_path / "my-review")
    assert run_in_process(["new", str(publication.source), "--languages", "en", "--style", "review"]).code == 0
    conf = (publication.source / "conf.py").read_text("utf-8")
    shown = [line for line in conf.splitlines() if line.startswith(("# html_use", "# html_copy", "# numfig"))]
    assert len(shown) == 3
    for line in shown:
        conf = conf.replace(line, line.removeprefix("# "))
        names = line.split("  #")[0].removeprefix("# ").split(" = ")[:-1]
        assert set(names) <= DEFAULTS_FOR_PUBLICATIONS.keys()
    publication.write("conf.py", conf)
    result = publication.publish("html", options="-W")
    assert result.code == 0, result.output
    assert publication.page("en", "genindex") is not None
    assert (publication.build / "html/en/_sources/articles/first-article.md.txt").is_file()
