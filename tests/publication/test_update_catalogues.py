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


MEMORY = (
    '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>And more of it.</seg></tuv>'
    '<tuv xml:lang="tr"><seg>Ve dahası.</seg></tuv></tu></body></tmx>'
)


def test_messages_that_move_bring_their_translations_along(make: Maker) -> None:
    first = f"{HEAD}Quite another text.\n\nAnd more of it.\n\n> Quoted.\n"
    publication = make({"articles/two.md": first.replace("# One", "# Two")})
    contents = SMALL["index.md"].replace("one\n", "one\narticles/two\n")
    publication.write("index.md", contents)
    assert publication.run("translations").code == 0
    one, two = (publication.source / f"locale/tr/LC_MESSAGES/articles/{name}.po" for name in ("one", "two"))
    assert "#. heading, level 1\n#: ../../articles/two.md" in two.read_text("utf-8")
    assert "#. quotation\n" in two.read_text("utf-8")
    two.write_text(
        two.read_text("utf-8")
        .replace('text."\nmsgstr ""', 'text."\nmsgstr "Bambaşka bir metin."')
        .replace('msgid "Two"\nmsgstr ""', 'msgid "Two"\nmsgstr "İki"'),
        "utf-8",
    )
    # A paragraph of the second moves to the first, and the second to another folder.
    publication.write("articles/one.md", SMALL["articles/one.md"] + "\nQuite another text.\n")
    (publication.source / "articles/two.md").unlink()
    publication.write("essays/zwei.md", first.replace("# One", "# Two").replace("Quite another text.\n\n", ""))
    publication.write("index.md", contents.replace("articles/two", "essays/zwei"))
    publication.write("memory.tmx", MEMORY)
    memory = publication.source / "memory.tmx"
    result = publication.run("translations", f"--from={memory}")
    assert result.code == 0, result.output
    moved = publication.source / "locale/tr/LC_MESSAGES/essays/zwei.po"
    assert f"{one}: 1 translated elsewhere (fuzzy)" in result.output
    assert f"{moved}: 1 translated elsewhere (fuzzy), 1 gone (1 kept as obsolete)" in result.output
    assert f"{moved}: 1 translated, 1 fuzzy, 1 untranslated, 1 obsolete" in result.output
    assert not two.exists()
    offered = '#. Translation from essays/zwei.po\n#: ../../articles/one.md:9\n#, fuzzy\nmsgid "Quite another text."\n'
    assert f'{offered}msgstr "Bambaşka bir metin."\n' in one.read_text("utf-8")
    text = moved.read_text("utf-8")
    assert 'msgid "Two"\nmsgstr "İki"\n' in text
    assert '#, fuzzy\nmsgid "And more of it."\nmsgstr "Ve dahası."\n' in text
    assert '#~ msgid "Quite another text."\n#~ msgstr "Bambaşka bir metin."\n' in text
    before = {path: path.read_bytes() for path in catalogues(publication)}
    assert publication.run("translations", env={"SOURCE_DATE_EPOCH": "1900000000"}).code == 0
    assert {path: path.read_bytes() for path in catalogues(publication)} == before
