"""Catalogues are a translator's work: no command that ends at any moment, and no two at once, damage one."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from fleuron.atomic_files import write_file
from fleuron.publish import translation_catalogues
from fleuron.publish.settings import read_settings
from tests.support.publications import SMALL, Publication

CATALOGUE = Path("locale/tr/LC_MESSAGES/articles/one.po")


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication with a catalogue that a translator has written in, and a text that has changed since."""
    publication = Publication(tmp_path_factory.mktemp("translated") / "source")
    for name, text in SMALL.items():
        publication.write(name, text)
    update(publication)
    written = (publication.source / CATALOGUE).read_text("utf-8")
    publication.write(str(CATALOGUE), written.replace('text."\nmsgstr ""', 'text."\nmsgstr "İlk metin."'))
    publication.write("articles/one.md", SMALL["articles/one.md"] + "\nAnother text.\n")
    return publication


def update(publication: Publication) -> None:
    settings = read_settings(publication.source)
    translation_catalogues.update_catalogues(settings, publication.build, settings.languages, ())


def is_locked(folder: Path) -> bool:
    """Return whether another command would wait for a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def test_a_catalogue_is_as_it_was_until_the_new_one_takes_its_place(translated: Publication) -> None:
    path = translated.source / CATALOGUE
    states: list[bytes] = []
    locked: list[tuple[bool, bool]] = []
    old = path.read_bytes()
    (translated.source / "locale/pot").mkdir()
    (translated.source / "locale/pot/gone.pot").write_bytes(old)  # of a command that was killed
    run = translation_catalogues.run

    def observe() -> None:
        states.append(path.read_bytes())
        locked.append((is_locked(translated.build), is_locked(translated.source / "locale")))

    def observed_run(module: str, *arguments: str) -> None:
        run(module, *arguments)
        observe()

    def observed_write(target: Path, content: bytes) -> None:
        observe()
        write_file(target, content)

    with (
        patch.object(translation_catalogues, "run", observed_run),
        patch.object(translation_catalogues, "write_file", observed_write),
    ):
        update(translated)
    assert states == [old, old], "until the merged catalogue is written"
    assert locked == [(True, True)] * 2
    new = path.read_bytes()
    assert "İlk metin.".encode() in new and b"Another text." in new
    names = sorted(str(each.relative_to(translated.source)) for each in translated.source.rglob("*.p*"))
    assert names == [
        *("conf.py", "locale/tr/LC_MESSAGES/articles/one.po", "locale/tr/LC_MESSAGES/authors/ada.po"),
        "locale/tr/LC_MESSAGES/index.po",
    ]
