"""Items of entries are kept for the next build by what the entries say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleuron.csl.sources import bibtex
from fleuron.csl.sources.bibtex import Bibliography, BibSource
from fleuron.csl.sources.entry.bib_entry import BibFinding, FieldReader
from fleuron.csl.sources.entry.bib_file import BibText
from fleuron.csl.sources.entry.item import Item, item_from_entry
from fleuron.csl.sources.kept_items import KeptItems, items_from_json

BIB = """@collection{volume, title={A \\emph{Volume}}, editor={Edit, Or}, year={2001}, jornal={x}}
@incollection{chapter, crossref={volume}, author={Name, First}, title={A Chapter}, pages={1--2}, jornal={y}}
@book{other, author={Other}, title={Other \\unknown Book}, date={1999}}
"""


def bibliography(text: str, kept: KeptItems) -> Bibliography:
    source = BibText(text)
    return Bibliography([BibSource("refs.bib", source, source.index())], kept)


def all_of(text: str, kept: KeptItems) -> dict[str, tuple[Item, list[BibFinding]]]:
    found = bibliography(text, kept)
    return {key: (found[key], found.findings_of(key)) for key in found}


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """List the keys of the entries that are converted."""
    keys: list[str] = []

    def recording(fields: FieldReader) -> Item:
        keys.append(fields.entry.key)
        return item_from_entry(fields)

    monkeypatch.setattr(bibtex, "item_from_entry", recording)
    yield keys


def next_build(kept: KeptItems) -> KeptItems:
    return items_from_json(kept.as_json("1"), "1")


def test_what_has_not_changed_is_not_converted_again(converted: list[str]) -> None:
    kept = KeptItems()
    first = all_of(BIB, kept)
    assert kept.has_new
    assert any(findings for _item, findings in first.values())
    converted.clear()
    again = next_build(kept)
    assert all_of(BIB, again) == first
    assert (converted, again.has_new) == ([], False)
    below = all_of("\n\n@book{new, title={New}}\n" + BIB, again)
    assert converted == ["new"]
    lines = [finding.line for _item, findings in first.values() for finding in findings]
    moved = [finding.line for key, (_item, findings) in below.items() if key != "new" for finding in findings]
    assert moved == [line + 3 for line in lines if line is not None]


def test_a_change_of_the_parent_converts_its_children(converted: list[str]) -> None:
    kept = KeptItems()
    all_of(BIB, kept)
    converted.clear()
    changed = BIB.replace("Volume}}", "Second Volume}}")
    assert all_of(changed, next_build(kept)) == all_of(changed, KeptItems())
    assert converted[:2] == ["volume", "chapter"]


def test_who_changes_an_item_does_not_change_what_is_kept() -> None:
    kept = KeptItems()
    dict.update(bibliography(BIB, kept)["other"], title="changed")
    assert bibliography(BIB, next_build(kept))["other"]["title"] != "changed"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"program": "1"}', b'{"program": "1", "items": 3}', b"\xff"])
def test_a_damaged_file_keeps_nothing(content: bytes) -> None:
    assert items_from_json(content, "1").items == {}


def test_another_version_of_the_program_converts_all_anew() -> None:
    kept = KeptItems()
    all_of(BIB, kept)
    assert items_from_json(kept.as_json("1"), "2").items == {}


def test_entries_that_are_gone_are_forgotten() -> None:
    kept = KeptItems()
    all_of(BIB, kept)
    short = "".join(BIB.splitlines(keepends=True)[:2])
    again = next_build(kept)
    all_of(short, again)
    assert (len(again.items), len(next_build(again).items)) == (3, 2)


@given(st.lists(st.sampled_from([*BIB.splitlines(keepends=True), "\n", "% note\n", '@string{x = "y"}\n']), max_size=8))
def test_kept_items_are_those_of_a_first_build(lines: list[str]) -> None:
    kept = KeptItems()
    all_of(BIB, kept)
    text = "".join(lines)
    assert all_of(text, next_build(kept)) == all_of(text, KeptItems())


def test_the_file_of_the_sample_gives_the_same_items() -> None:
    text = (Path(__file__).parents[2] / "refs.bib").read_text("utf-8")
    kept = KeptItems()
    first = all_of(text, kept)
    assert all_of(text, next_build(kept)) == first
