"""`fleuron translations` keeps what was translated, and makes catalogues that gettext accepts."""

from __future__ import annotations

import subprocess
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from tests.mistakes.test_mistakes import HEAD, TURKISH
from tests.support.publications import SMALL, Maker, Publication

pytestmark = pytest.mark.slow

BOOK = "@book{key, author = {Ada Author}, title = {A Title}, publisher = {P}, address = {A}, year = {1999}}\n"
TEXT = (
    f"{HEAD}The words {{footcite}}`{{see}}key{{p. 4}}` of 60 % of all.\n\nBroken\\\nhere.\n\n```{{index}} Paper\n```\n"
)


def catalogues(publication: Publication) -> list[Path]:
    return sorted((publication.source / "locale").rglob("*.po"))


def test_catalogues_are_accepted_by_gettext(make: Maker) -> None:
    publication = make({"articles/one.md": TEXT, "refs.bib": BOOK})
    assert publication.run("translations").code == 0
    text = (publication.source / TURKISH).read_text("utf-8")
    assert all(f'msgid "{message}"' in text for message in ("One", "Paper", r"Broken\\ here."))
    written = text.replace('of all."\nmsgstr ""', 'of all."\nmsgstr "%60’ın sözleri."').replace("#, fuzzy\n", "", 1)
    (publication.source / TURKISH).write_text(written, "utf-8")
    publication.write("articles/one.md", f"{TEXT}\nMore {{of}} it.\n")
    for path in catalogues(publication):
        path.write_bytes(BOM_UTF8 + path.read_bytes())
    result = publication.run("translations")
    assert result.code == 0 and "WARNING" not in result.output, result.output
    for path in catalogues(publication):
        assert "python-" not in path.read_text("utf-8")
        check = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, text=True, check=False)
        assert check.returncode == 0, check.stderr


def test_a_renamed_article_keeps_its_translations(make: Maker) -> None:
    publication = make({"articles/two.md": f"{HEAD}Quite another text.\n\nAnd more of it.\n"})
    publication.write("index.md", SMALL["index.md"].replace("one\n", "one\narticles/two\n"))
    assert publication.run("translations").code == 0
    written = (publication.source / TURKISH).read_text("utf-8").replace('text."\nmsgstr ""', 'text."\nmsgstr "Metin."')
    (publication.source / TURKISH).write_text(written, "utf-8")
    (publication.source / "articles/one.md").unlink()
    (publication.source / "articles/two.md").unlink()
    publication.write("essays/eins.md", SMALL["articles/one.md"].replace("# One", "# First"))
    publication.write("index.md", SMALL["index.md"].replace("articles/one", "essays/eins"))
    result = publication.run("translations")
    assert result.code == 0, result.output
    names = [str(path.relative_to(publication.source / "locale/tr/LC_MESSAGES")) for path in catalogues(publication)]
    assert names == ["articles/two.po", "authors/ada.po", "essays/eins.po", "index.po"]
    assert "articles/one.po → essays/eins.po, with 1 of 2 messages" in result.output
    assert "Without text:" in result.output
    assert 'msgstr "Metin."' in (publication.source / "locale/tr/LC_MESSAGES/essays/eins.po").read_text("utf-8")
