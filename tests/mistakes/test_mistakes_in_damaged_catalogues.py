"""A damaged catalogue: each kind is told at its line by a build and by a check, without a traceback.

What cannot be read as a whole ends the build before anything is published; an entry that cannot be read leaves the
source's text in its place, and the other entries are used.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.editions.catalogue_checks import check_catalogue
from tests.catalogues.test_damaged_catalogues import DAMAGES
from tests.mistakes.test_mistakes import HEAD, assert_no_crash, told
from tests.support.publications import SMALL, Publication, run_in_process, text_of

pytestmark = pytest.mark.slow

# By the name of an article, the content of its catalogue and the line of the message.
FILES = {
    f"kind{number}": (content if isinstance(content, bytes) else content.encode(), line)
    for number, (content, line) in enumerate(DAMAGES.values())
}
CONTENTS = "# S\n\nText.\n\n```{toctree}\n" + "".join(f"articles/{name}\n" for name in FILES) + "```\n"


def catalogue(name: str) -> str:
    return f"locale/tr/LC_MESSAGES/articles/{name}.po"


def unreadable(folder: Path) -> set[str]:
    """Return the articles whose catalogues cannot be read as a whole."""
    found = set()
    for name, (content, _line) in FILES.items():
        (folder / "a.po").write_bytes(content)
        if check_catalogue(folder / "a.po"):
            found.add(name)
    return found


def publication_with(folder: Path, names: set[str]) -> Publication:
    made = Publication(folder / "source")
    for name, text in {**SMALL, "index.md": CONTENTS}.items():
        made.write(name, text)
    for name in FILES:
        made.write(f"articles/{name}.md", HEAD + "One\n\nTwo\n")
        if name in names:
            made.write(catalogue(name), FILES[name][0])
    return made


def test_what_cannot_be_read_is_told_and_nothing_is_published(tmp_path: Path) -> None:
    names = unreadable(tmp_path)
    assert len(names) >= 7
    publication = publication_with(tmp_path, names)
    result = publication.publish("html", languages="tr")
    assert_no_crash(result)
    assert result.code != 0
    lines = told(result)
    for name in names:
        place = f"{catalogue(name)}:{FILES[name][1]}: ERROR"
        assert [line for line in lines if line.startswith(place)], (place, result.output)
    assert not [name for name in publication.files() if name.startswith("html/")]


def test_an_entry_that_cannot_be_read_is_told_and_the_others_are_used(tmp_path: Path) -> None:
    names = set(FILES) - unreadable(tmp_path)
    publication = publication_with(tmp_path, names)
    result = publication.publish("html", languages="tr")
    assert_no_crash(result)
    assert result.code == 0, result.output
    lines = told(result)
    for name in names:
        content, line = FILES[name]
        place = f"{catalogue(name)}:{line}: WARNING"
        assert [each for each in lines if each.startswith(place)], (place, result.output)
        if b'\nmsgstr "Bir"\n' in content:
            printed = [text_of(each) for each in publication.page("tr", f"articles/{name}").cssselect("section > p")]
            # What is not translated has its language before it.
            assert "Bir" in printed and ("EN Two" in printed or "İki" in printed), (name, printed)


def test_a_check_tells_each_at_its_line(tmp_path: Path) -> None:
    publication = publication_with(tmp_path, set(FILES))
    result = run_in_process(["check", "--source", str(publication.source)])
    assert_no_crash(result)
    for name, (_content, line) in FILES.items():
        place = f"{catalogue(name)}:{line}: "
        assert [each for each in result.output.splitlines() if each.startswith(place)], (place, result.output)
