"""No word of an article is lost on its page or in its book: every fault of a writer is found, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.publications import SMALL, Publication
from tests.support.shared_folders import shared_folder
from tests.support.word_faults import ARTICLE, FAULTS, WORDS

pytestmark = pytest.mark.slow

PLACES = list(WORDS)
# Every word is dropped; every third one is doubled, moved and so on.
NAMES = [
    f"{fault}-{number:02}"
    for step, fault in enumerate(FAULTS)
    for number in range(len(PLACES))
    if not step or number % 3 == step % 3
]
EXPECTED = {
    "drop": "lacks words of this text",
    "double": "has words of this text twice",
    "move": "has words of this text in another order",
    "misplace": "has words of a note in the text, or the reverse",
    "split": "lacks words of this text",
}


# In PDFs the words of two places, in the text and in its note: `test_pdf_words` has the rest.
NAMES_IN_PDF = [f"{fault}-{number:02}" for fault in FAULTS for number in (1, 5)]


def publication_with(folder: Path, names: Iterable[str]) -> Publication:
    """Write a publication with an article for each name, and one without a fault."""
    publication = Publication(folder / "source")
    conf = SMALL["conf.py"].replace('"fleuron"]', '"fleuron", "tests.support.word_faults"]').replace(', "tr"', "")
    articles = [f"articles/{name}" for name in (*names, "sound")]
    publication.write("conf.py", conf)
    publication.write("index.md", "# Small\n\n```{toctree}\n" + "\n".join(articles) + "\n```\n")
    publication.write("authors/ada.md", SMALL["authors/ada.md"])
    for article in articles:
        publication.write(f"{article}.md", ARTICLE)
    return publication


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the build says of an article for each fault and word, and of one without a fault."""

    def build(folder: Path) -> None:
        publication = publication_with(folder, NAMES)
        results = [publication.publish(format, options="--keep-going") for format in ("html", "epub")]
        assert [result.code for result in results] == [1, 1]
        assert not (publication.build / "html").exists()
        assert not (publication.build / "epub").exists()
        (folder / "output").write_text("\n".join(result.output for result in results))

    return (shared_folder(tmp_path_factory, "word-faults", build) / "output").read_text()


def lines_about(output: str, name: str) -> list[str]:
    return [line for line in output.splitlines() if f"articles/{name}.md:" in line]


@pytest.fixture(scope="module")
def pdf_output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the build of the PDF says."""

    def build(folder: Path) -> None:
        publication = publication_with(folder, NAMES_IN_PDF)
        result = publication.publish("pdf", options="--keep-going")
        assert result.code == 1
        assert not (publication.build / "pdf").exists()
        (folder / "output").write_text(result.output)

    return (shared_folder(tmp_path_factory, "word-faults-pdf", build) / "output").read_text()


def check(output: str, name: str, format: str) -> None:
    """Check that the fault of an article is reported at the line of its word."""
    fault, place = name.partition("-")[0], PLACES[int(name.partition("-")[2])]
    found = [line for line in lines_about(output, name) if f"the {format} " in line]
    word = WORDS[place]
    assert any(EXPECTED[fault] in line and word in line for line in found), found
    at = next(number for number, line in enumerate(ARTICLE.splitlines(), 1) if word in line)
    assert any(f".md:{at}: ERROR: " in line for line in found), (at, found)


@pytest.mark.parametrize("format", ["page", "EPUB"])
@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_found_with_its_line(output: str, name: str, format: str) -> None:
    check(output, name, format)


@pytest.mark.parametrize("name", NAMES_IN_PDF)
def test_a_fault_of_a_sheet_is_found_with_its_line(pdf_output: str, name: str) -> None:
    check(pdf_output, name, "PDF")


def test_an_article_without_a_fault_is_not_reported(output: str, pdf_output: str) -> None:
    assert not lines_about(output + pdf_output, "sound")
    assert not lines_about(output + pdf_output, "index")


PARAGRAPH = "A first juniper stands with *marigold* and [nasturtium](https://example.org) by `oleander`.[^own]"
TRANSLATED = "Önce juniper durur, *marigold* ve [nasturtium](https://example.org) ile, `oleander` yanında.[^own]"
CATALOGUE = f"""msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "{PARAGRAPH}"
msgstr "{TRANSLATED}"

msgid "The peony of notes."
msgstr "Notların peony sözü."
"""


@pytest.mark.parametrize(
    ("format", "where"),
    [
        ("html", "page"),
        pytest.param("epub", "EPUB", marks=pytest.mark.nightly),
        pytest.param("pdf", "PDF", marks=pytest.mark.nightly),
    ],
)
def test_what_a_translation_lost_is_told_at_the_line_of_its_catalogue(tmp_path: Path, format: str, where: str) -> None:
    """Words that stand in the source as well, too: who looks for what an edition lacks opens its catalogue."""
    publication = publication_with(tmp_path, ["drop-01", "drop-05", "drop-07"])
    publication.write("conf.py", (publication.source / "conf.py").read_text().replace('["en"]', '["en", "tr"]'))
    for name in ("drop-01", "drop-05", "drop-07"):
        publication.write(f"locale/tr/LC_MESSAGES/articles/{name}.po", CATALOGUE)
    result = publication.publish(format, options="--keep-going", languages="tr")
    assert result.code == 1
    told = [line for line in result.output.splitlines() if f"the {where} lacks words" in line]
    places = [line.partition(": ERROR")[0] for line in told]
    assert [place.removeprefix(f"{publication.source}/") for place in places] == [
        "articles/drop-07.md:10",  # which is not translated
        "locale/tr/LC_MESSAGES/articles/drop-01.po:5",
        "locale/tr/LC_MESSAGES/articles/drop-05.po:8",
    ]
