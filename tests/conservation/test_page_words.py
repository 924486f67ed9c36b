"""No word of an article is lost on its page or in its book: every fault of a writer is found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.publications import SMALL, Publication
from tests.support.shared_folders import shared_folder
from tests.support.word_faults import ARTICLE, FAULTS, WORDS

PLACES = list(WORDS)
# Every word is dropped; every third one is doubled, moved and so on.
NAMES = {
    f"{fault}-{number:02}": (fault, place)
    for step, fault in enumerate(FAULTS)
    for number, place in enumerate(PLACES)
    if not step or number % 3 == step % 3
}
EXPECTED = {
    "drop": "lacks words of this text",
    "double": "has words of this text twice",
    "move": "has words of this text in another order",
    "misplace": "has words of a note in the text, or the reverse",
    "split": "lacks words of this text",
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the build says of an article for each fault and word, and of one without a fault."""

    def build(folder: Path) -> None:
        publication = Publication(folder / "source")
        conf = SMALL["conf.py"].replace('"fleuron"]', '"fleuron", "tests.support.word_faults"]').replace(', "tr"', "")
        articles = "\n".join(f"articles/{name}" for name in (*NAMES, "sound"))
        files = {
            "conf.py": conf,
            "index.md": f"# Small\n\n```{{toctree}}\n{articles}\n```\n",
            "authors/ada.md": SMALL["authors/ada.md"],
        } | {f"articles/{name}.md": ARTICLE for name in (*NAMES, "sound")}
        for name, text in files.items():
            publication.write(name, text)
        results = [publication.publish(format, options="--keep-going") for format in ("html", "epub")]
        assert [result.code for result in results] == [1, 1]
        assert not (publication.build / "html").exists()
        assert not (publication.build / "epub").exists()
        (folder / "output").write_text("\n".join(result.output for result in results))

    return (shared_folder(tmp_path_factory, "word-faults", build) / "output").read_text()


def lines_about(output: str, name: str) -> list[str]:
    return [line for line in output.splitlines() if f"articles/{name}.md:" in line]


@pytest.mark.parametrize("format", ["page", "EPUB"])
@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_found_with_its_line(output: str, name: str, format: str) -> None:
    fault, place = NAMES[name]
    found = [line for line in lines_about(output, name) if f"the {format} " in line]
    word = WORDS[place]
    assert any(EXPECTED[fault] in line and word in line for line in found), found
    at = next(number for number, line in enumerate(ARTICLE.splitlines(), 1) if word in line)
    assert any(f".md:{at}: ERROR: " in line for line in found), (at, found)


def test_an_article_without_a_fault_is_not_reported(output: str) -> None:
    assert not lines_about(output, "sound")
    assert not lines_about(output, "index")
