"""Each step of the tutorial (docs/tutorial.md) works, from nothing to a translated and printed article."""

from __future__ import annotations

import io
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from lxml import html
from markdown_it import MarkdownIt

from tests.support.publications import ROOT, pdf_pages, run_in_process

pytestmark = pytest.mark.slow

TUTORIAL = ROOT / "docs" / "tutorial.md"
NAME = "the-pivot-and-the-footnote"
# What sets up the machine, which has all that the tests need.
SET_UP = ("python3", ".", "pip")


def steps() -> Iterator[tuple[str, str, str]]:
    """Yield the blocks of code of the tutorial: language, the file that it is to be put into, and text."""
    for token in MarkdownIt().parse(TUTORIAL.read_text("utf-8")):
        if token.type == "fence":
            language, _, rest = token.info.removeprefix("{code-block} ").partition(" ")
            assert not rest
            caption, _, text = token.content.removeprefix(":caption: ").partition("\n\n")
            yield (language, "", token.content) if language == "sh" else (language, caption, text)


def take(step: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what a block of code tells its reader to do."""
    language, file, text = step
    if language == "sh":
        for command, *arguments in map(shlex.split, text.splitlines()):
            if command == "cd":
                monkeypatch.chdir(arguments[0])
            elif command not in SET_UP:
                assert command == "fleuron"
                result = run_in_process(arguments)
                assert result.code == 0, result.output
                assert "WARNING" not in result.output, result.output
    elif language == "po":
        path = Path(file)
        catalogue = read_po(io.BytesIO(path.read_bytes()))
        for message in read_po(io.StringIO(text)):
            if message.id:
                assert message.id in catalogue, message.id
                catalogue[message.id].string = message.string
        with path.open("wb") as written:
            write_po(written, catalogue)
    else:
        assert Path(file).exists(), "a command has made it"
        Path(file).write_text(text, "utf-8")


def words(page: Path) -> str:
    return " ".join(str(html.parse(page).xpath("string()")).split())


def test_each_step_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for step in steps():
        take(step, monkeypatch)
    english, turkish = (words(Path(f"_build/html/{language}/articles/{NAME}.html")) for language in ("en", "tr"))
    assert "H. J. Mackinder" in english and "Ibid., p. 437." in english and "To take home" in english
    assert "Mihver ve Dipnot" in turkish and "Aynı yer, s. 437." in turkish
    assert "Mihver ve Dipnot" in "".join(pdf_pages(Path(f"_build/pdf/tr/{NAME}.pdf")))
    assert Path("_build/pdf/my-review-en.pdf").exists() and Path("_build/epub/my-review-en.epub").exists()
