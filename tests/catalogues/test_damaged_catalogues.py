"""What is wrong with a catalogue is told with its line before any is changed: what cannot be read could be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.editions.merging.catalogue_faults import faults_of
from fleuron.editions.translation_progress import KeptCounts, TextMessage, message_states
from fleuron.publish.settings import CommandError
from fleuron.publish.translation_catalogues import refuse_damaged

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
)
GOOD = f'{HEADER}\nmsgid "One"\nmsgstr "Bir"\n'

# The text of a catalogue, and the line that the message about it names.
DAMAGES: dict[str, tuple[str | bytes, int]] = {
    "a quotation mark is missing": (f'{GOOD}\nmsgid "Two"\nmsgstr "İki\n', 10),
    "a quotation mark within": (f'{GOOD}\nmsgid "Two"\nmsgstr "İki "iki""\n', 10),
    "no translation": (f'{GOOD}\nmsgid "Two"\n', 9),
    "no message": (f'{GOOD}\nmsgstr "İki"\n', 9),
    "two translations": (f'{GOOD}\nmsgid "Two"\nmsgstr "İki"\nmsgstr "2"\n', 11),
    "two messages": (f'{GOOD}\nmsgid "Two"\nmsgid "Three"\nmsgstr "Üç"\n', 9),
    "the mark of a conflict": (f'{GOOD}\n<<<<<<< HEAD\nmsgid "Two"\nmsgstr "İki"\n=======\n', 9),
    "a mistyped keyword": (f'{GOOD}\nmsgid "Two"\nmsgstring "İki"\n', 10),
    "a word without keyword": (f"{GOOD}\nTwo\n", 9),
    "a plural form too many": (f'{GOOD}\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[5] "x"\n', 9),
    "a form that is not a number": (f'{GOOD}\nmsgid "a"\nmsgid_plural "b"\nmsgstr[x] "y"\n', 11),
    "a message that is there twice": (f'{GOOD}\nmsgid "One"\nmsgstr "1"\n', 9),
    "a torn end": (GOOD.encode()[:-4], 7),
    "no UTF-8": (GOOD.replace("Bir", "Şiş").encode("iso8859-9"), 7),
    "UTF-16": (GOOD.encode("utf-16"), 1),
    "another charset": (GOOD.replace("UTF-8", "windows-1254"), 3),
    "binary": (bytes(range(256)), 2),
    "HTML": ("<!DOCTYPE html>\n<p>Not found</p>\n", 1),
    "zeros": (b"\0" * 100, 1),
    "a bad number of plurals": (GOOD.replace("nplurals=2", "nplurals=many"), 1),
    "isolates in a place": (f'{GOOD}\n#: \u2068one.md:1\nmsgid "Two"\nmsgstr "İki"\n', 9),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_with_its_line(tmp_path: Path, damage: str) -> None:
    content, line = DAMAGES[damage]
    path = tmp_path / "one.po"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert [found for found, _problem in faults_of(path)][:1] == [line]
    with pytest.raises(CommandError) as error:
        refuse_damaged([path])
    assert f"{path}:{line}: " in str(error.value)


def test_a_folder_or_a_link_to_itself_in_place_of_a_catalogue_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.po").mkdir()
    (tmp_path / "two.po").symlink_to("two.po")
    for path in sorted(tmp_path.iterdir()):
        with pytest.raises(CommandError, match=rf"{path.name}:1: the catalogue cannot be read"):
            refuse_damaged([path])
        # Of a language that is only counted, what can be used: the edition that prints it is refused.
        assert message_states([path]) == {}
        assert KeptCounts().progress([path], [TextMessage("0", 3)]).missing == 3


@pytest.mark.parametrize("content", ["", GOOD, GOOD.replace("\n", "\r\n"), f"\ufeff{GOOD}", "# A comment.\n"])
def test_a_whole_catalogue_has_no_faults(tmp_path: Path, content: str) -> None:
    path = tmp_path / "one.po"
    path.write_bytes(content.encode())
    assert not list(faults_of(path))
