"""Translations that a translator brings along: other catalogues and translation memories."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.editions.merging.compendium import Suggestion
from fleuron.editions.merging.translation_memory import MemoryFault, first_found, read_memory

# TMX 1.4b, as OmegaT and others write it: with a document type, inline codes and notes.
TMX = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="OmegaT" creationtoolversion="6" segtype="sentence" o-tmf="x" adminlang="en" srclang="en-US"
    datatype="plaintext"/>
  <body>
    <tu tuid="1">
      <note>a note</note>
      <tuv xml:lang="en-US"><seg>The first
        text.</seg></tuv>
      <tuv xml:lang="tr"><seg>İlk <bpt i="1">&lt;b&gt;</bpt>metin<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
      <tuv xml:lang="ru"><seg>Первый <hi>текст</hi>.</seg></tuv>
    </tu>
    <tu><tuv xml:lang="EN"><seg>Two &amp; three</seg></tuv><tuv lang="TR-tr"><seg>İki ve üç</seg></tuv></tu>
    <tu srclang="de"><tuv xml:lang="en"><seg>Of German</seg></tuv><tuv xml:lang="tr"><seg>Almancadan</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Empty</seg></tuv><tuv xml:lang="tr"><seg> </seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Alone</seg></tuv></tu>
    <tu/>
  </body>
</tmx>
"""
PO = 'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRIES = (
    'msgid "One"\nmsgstr "Bir"\n\n#, fuzzy\nmsgid "Two"\nmsgstr "İki?"\n\nmsgid "Three"\nmsgstr ""\n\n'
    '#~ msgid "Four"\n#~ msgstr "Dört"\n'
)


def memory_file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_memory_has_the_translations_of_a_language(tmp_path: Path) -> None:
    path = memory_file(tmp_path, "memory.tmx", TMX)
    turkish = read_memory(path, "en", "tr")
    assert turkish.translations == {"The first text.": "İlk metin.", "Two & three": "İki ve üç"}
    assert read_memory(path, "en", "ru").translations == {"The first text.": "Первый текст."}
    assert read_memory(path, "en", "fa").translations == {}
    assert turkish.find("The  first text.") == Suggestion("İlk metin.", "memory.tmx")
    assert turkish.find("The second text.") is None


def test_a_catalogue_serves_as_memory_without_what_is_not_confirmed(tmp_path: Path) -> None:
    path = memory_file(tmp_path, "other.po", PO.format(language="tr") + ENTRIES)
    assert read_memory(path, "en", "tr").translations == {"One": "Bir", "Four": "Dört"}
    assert read_memory(path, "en", "ru").translations == {}
    nameless = memory_file(tmp_path, "nameless.po", PO.format(language="") + ENTRIES)
    assert set(read_memory(nameless, "en", "ru").translations) == {"One", "Four"}


@pytest.mark.parametrize(
    ("named", "wanted", "is_used"),
    [("pt_BR", "pt", True), ("pt", "pt-BR", True), ("pt_PT", "pt-BR", False), ("TR_tr", "tr", True)],
)
def test_a_region_may_stand_for_its_language(tmp_path: Path, named: str, wanted: str, *, is_used: bool) -> None:
    path = memory_file(tmp_path, "other.po", PO.format(language=named) + ENTRIES)
    assert bool(read_memory(path, "en", wanted).translations) is is_used


def test_the_first_memory_has_precedence(tmp_path: Path) -> None:
    files = [memory_file(tmp_path, f"{n}.po", PO.format(language="tr") + ENTRIES.replace("Bir", n)) for n in "ab"]
    assert first_found([read_memory(path, "en", "tr") for path in files], "One") == Suggestion("a", "a.po")
    assert first_found([], "One") is None


ENTITIES = '<!DOCTYPE tmx [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
SECRET = '<!DOCTYPE tmx [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (TMX.replace("</seg>", "", 1), 10, "not well-formed"),
        (TMX.replace('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', ENTITIES), 1, "declares entities"),
        (TMX.replace('<!DOCTYPE tmx SYSTEM "tmx14.dtd">', SECRET).encode("utf-16"), 1, "declares entities"),
        ("<xliff/>", 1, "its root element is <xliff>"),
        ("", 1, "not well-formed"),
        (b"\xff\x00", 1, "not well-formed"),
    ],
    ids=["torn", "entities", "file", "other kind", "empty", "bytes"],
)
def test_what_is_wrong_with_a_memory_is_told_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, problem: str
) -> None:
    if isinstance(content, bytes):
        content = content.replace("UTF-8".encode("utf-16-le"), "UTF-16".encode("utf-16-le"))
    path = memory_file(tmp_path, "memory.tmx", content)
    with pytest.raises(MemoryFault) as fault:
        read_memory(path, "en", "tr")
    assert str(fault.value).startswith(f"{path}:{line}: ") and problem in str(fault.value)


def test_a_damaged_catalogue_is_no_memory(tmp_path: Path) -> None:
    path = memory_file(tmp_path, "other.po", PO.format(language="tr") + 'msgid "One"\nmsgstr "Bir\n')
    with pytest.raises(MemoryFault, match=r"other\.po:7: "):
        read_memory(path, "en", "tr")
