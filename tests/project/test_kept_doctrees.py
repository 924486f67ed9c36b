"""A build keeps only some documents in memory: the first to be written, and the last to be fetched."""

from __future__ import annotations

from docutils.utils import new_document

from fleuron.kept_doctrees import MOST, FetchedDoctrees, UnwrittenDoctrees

NAMES = [f"{number:04}" for number in range(MOST + 3)]


def test_the_first_documents_are_kept_until_they_are_written() -> None:
    kept = UnwrittenDoctrees()
    for name in NAMES:
        kept[name] = new_document(name)
    assert list(kept) == NAMES[:MOST]
    read_again = new_document("again")
    kept[NAMES[1]] = read_again
    assert kept[NAMES[1]] is read_again


def test_the_last_fetched_files_are_kept() -> None:
    kept = FetchedDoctrees()
    for name in NAMES:
        kept[name] = name.encode()
    assert list(kept.items()) == [(name, name.encode()) for name in NAMES[3:]]
