"""What gettext, Babel and polib write is left as it is, and they accept what Fleuron writes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from fleuron.editions.merging.merge import CatalogueMerge, Sources
from fleuron.editions.merging.po_entries import PoFile, read_entries

HERE = Path(__file__).parent
TEMPLATE = (HERE / "footnote.pot").read_text("utf-8")
# What a translator has made of the template of before: comments, flags, a fuzzy entry and an obsolete one.
CATALOGUE = (HERE / "footnote.po").read_text("utf-8")


def of_msgcat(*options: str) -> Callable[[bytes], bytes]:
    return lambda content: gettext("msgcat", *options, "-", content=content)


def of_babel(width: int = 76) -> Callable[[bytes], bytes]:
    def rewritten(content: bytes) -> bytes:
        written = BytesIO()
        write_po(written, read_po(BytesIO(content)), width=width)
        return written.getvalue()

    return rewritten


def of_polib(content: bytes) -> bytes:
    polib = pytest.importorskip("polib")
    return str(polib.pofile(content.decode("utf-8"))).encode("utf-8")


def as_it_is(content: bytes) -> bytes:
    return content


TOOLS = {
    "no tool": as_it_is,
    "msgcat": of_msgcat(),  # as Poedit, which wraps at 79 by default
    "msgcat, not wrapped": of_msgcat("--no-wrap"),  # as Poedit and Weblate, where they are told so
    "msgcat, as Weblate": of_msgcat("--width=77"),
    "msgcat, without lines": of_msgcat("--add-location=file"),
    "msgcat, without places": of_msgcat("--no-location"),
    "msgattrib": lambda content: gettext("msgattrib", "-", content=content),
    "Babel": of_babel(),  # as sphinx-intl and Transifex's client
    "Babel, not wrapped": of_babel(0),
    "polib": of_polib,
}


def gettext(program: str, *options: str, content: bytes) -> bytes:
    done = subprocess.run([program, *options], input=content, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def merged(content: bytes, template: str = TEMPLATE) -> bytes:
    pot = read_entries(template.encode())
    return CatalogueMerge(pot, read_entries(content), "tr", Sources()).merged().text().encode("utf-8")


def without_new(template: str) -> str:
    """Return the template without the message that the catalogue lacks."""
    return template.replace('#: ../../articles/one.md:8\nmsgid "A new one."\nmsgstr ""\n\n', "")


@pytest.mark.parametrize("tool", TOOLS)
def test_what_a_tool_has_written_is_left_as_it_is(tool: str) -> None:
    saved = TOOLS[tool](CATALOGUE.encode())
    kept = merged(saved, without_new(TEMPLATE))
    # Babel takes braces for Python's, and msgfmt would then refuse the translation.
    assert kept == saved.replace(b"#, python-brace-format\n", b"")


@pytest.mark.parametrize("tool", TOOLS)
def test_a_new_message_adds_its_lines_alone(tool: str) -> None:
    saved = TOOLS[tool](CATALOGUE.encode()).replace(b"#, python-brace-format\n", b"")
    updated = merged(saved)
    before, after = saved.decode().splitlines(), updated.decode().splitlines()
    added = [line for line in after if line not in before]
    assert [line for line in before if line not in after] == ['"POT-Creation-Date: 2026-01-01 10:00+0000\\n"']
    assert added[0].startswith('"POT-Creation-Date: 2026-03-03') and added[-1] == 'msgid "A new one."'
    assert len(added) <= 3
    assert merged(updated) == updated


@pytest.mark.parametrize("tool", TOOLS)
def test_an_updated_catalogue_is_accepted_by_gettext_and_read_alike(tool: str, tmp_path: Path) -> None:
    updated = merged(TOOLS[tool](CATALOGUE.encode()))
    gettext("msgfmt", "--check", "--output-file=/dev/null", "-", content=updated)
    reference = tmp_path / "one.pot"
    reference.write_text(TEMPLATE, "utf-8")
    # msgmerge finds nothing to do but to write lines anew.
    again = gettext("msgmerge", "--quiet", "--previous", "--no-fuzzy-matching", "-", str(reference), content=updated)
    assert contents(read_entries(again)) == contents(read_entries(updated))
    found = {message.id: (message.string, message.fuzzy) for message in read_po(BytesIO(updated)) if message.id}
    assert found == {entry.message: (entry.translation, entry.is_fuzzy) for entry in read_entries(updated).messages}


def contents(file: PoFile) -> list[tuple[object, ...]]:
    return [
        (entry.key, entry.translation, entry.previous, entry.is_fuzzy, entry.is_obsolete)
        for entry in file.entries
        if entry.message
    ]


def test_fuzzy_entries_are_those_of_msgmerge(tmp_path: Path) -> None:
    """A message that was changed keeps its translation and its former self, as with gettext's own program."""
    template = TEMPLATE.replace("The Footnote", "The Footnotes").replace("long enough", "quite long enough")
    reference = tmp_path / "one.pot"
    reference.write_text(template, "utf-8")
    theirs = gettext("msgmerge", "--quiet", "--previous", "-", str(reference), content=CATALOGUE.encode())
    ours = merged(CATALOGUE.encode(), template)
    assert contents(read_entries(ours)) == contents(read_entries(theirs))


def test_a_new_catalogue_has_what_tools_need() -> None:
    made = merged(b"")
    gettext("msgfmt", "--check", "--output-file=/dev/null", "-", content=made)
    fields = read_entries(made).fields
    assert (fields["language"], fields["plural-forms"]) == ("tr", "nplurals=1; plural=0;")
    assert made.startswith(b"# Turkish translation of Book 1.\nmsgid")
    assert merged(made) == made
