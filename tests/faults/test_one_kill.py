"""A build that ends while it writes pages leaves what was published, and the next publishes what a clean one does."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.killed_commands import command_line, leftovers, of_session, published, run_until_page
from tests.support.publications import SMALL, Publication

TEXTS = (SMALL["articles/one.md"], SMALL["articles/one.md"] + "\nAnother line.\n")


@dataclass(frozen=True)
class Alternating:
    """A publication of which one text or the other is published, and what a clean build publishes of each."""

    publication: Publication
    clean: Mapping[str, Mapping[str, bytes]]

    def change(self) -> str:
        """Write the text that is not published, and return it."""
        before = (self.publication.source / "articles/one.md").read_text("utf-8")
        (text,) = {*TEXTS} - {before}
        self.publication.write("articles/one.md", text)
        return text


@pytest.fixture(scope="module")
def alternating(tmp_path_factory: pytest.TempPathFactory) -> Alternating:
    publication, clean = Publication(tmp_path_factory.mktemp("alternating") / "source"), {}
    for text in TEXTS:
        for name, content in {**SMALL, "articles/one.md": text}.items():
            publication.write(name, content)
        shutil.rmtree(publication.build, ignore_errors=True)
        assert publication.publish("html", languages="tr").code == 0
        clean[text] = publication.files()
    return Alternating(publication, clean)


# The signal, whether the whole group of processes has it, and the exit code. Ctrl-C is sent to the group.
ENDS = {
    "killed": (signal.SIGKILL, False, -signal.SIGKILL),
    "killed with all that it has started": (signal.SIGKILL, True, -signal.SIGKILL),
    "Ctrl-C": (signal.SIGINT, True, 130),
    "ended": (signal.SIGTERM, False, 143),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_build_that_ends_early_changes_nothing_that_a_reader_sees(
    alternating: Alternating, tmp_path: Path, end: str
) -> None:
    number, whole_group, code = ENDS[end]
    publication, text = alternating.publication, alternating.change()
    old = published(publication.build)
    line = command_line("publish", "html", "--languages=tr", "--source", publication.source)
    temporary, output = tmp_path / "temporary", publication.build / "editions" / "tr" / "html"
    command = [*line, "--build", str(publication.build)]
    ended = run_until_page(command, output, temporary, number, whole_group=whole_group)
    assert ended.code == code, ended.output
    assert published(publication.build) == old
    assert [path.name for path in temporary.iterdir()] == []
    if number == signal.SIGKILL:
        assert list(leftovers(publication.build)) != [] and ended.output == ""
    else:
        assert list(leftovers(publication.build)) == ["editions/tr/html.unfinished"]
        assert ended.output == "fleuron: interrupted; what is published is whole, the old or the new\n"
        assert of_session(ended.session) == []
    result = publication.publish("html", languages="tr")
    assert result.code == 0, result.output
    assert list(leftovers(publication.build)) == []
    assert publication.files() == alternating.clean[text] != {}
