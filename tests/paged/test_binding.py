"""Bound documents: pages, folios, links, bookmarks, shared objects, and the same bytes from the same parts."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, Object, OutlineItem, Pdf

from fleuron.paged.binding.bind import bind
from fleuron.paged.binding.bound_document import PreparedPart
from fleuron.paged.binding.prepared_parts import prepare
from tests.support.bound_book import ELSEWHERE, ONE, book, faults, laid, parts

LOST = "in a register that was lost with the house in the fire of 1509, and of which there is no copy"


def texts(pdf: bytes, folder: Path) -> list[str]:
    """Read the text of each page."""
    path = folder / "book.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def links(pdf: Pdf) -> list[tuple[int, Object]]:
    """List the links, each with its page from 0."""
    return [(number, link) for number, page in enumerate(pdf.pages) for link in list(page.obj.get("/Annots", ()))]


def places(pdf: Pdf) -> dict[str, int]:
    """Find the page, from 0, of each name."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    return {str(name): numbers[value[0].objgen] for name, value in pikepdf.NameTree(pdf.Root.Names.Dests).items()}


def test_a_book_has_the_pages_of_its_parts_in_order(bound: bytes, tmp_path: Path) -> None:
    alone = [texts(part.pdf, tmp_path) for part in parts()]
    assert [len(pages) for pages in alone] == [1, 3, 2, 1]
    assert texts(bound, tmp_path) == [*alone[0], "", *alone[1], *alone[2], *alone[3]]


def test_a_part_begins_on_a_recto_after_a_blank_page(pdf: Pdf) -> None:
    blank, before = pdf.pages[1].obj, pdf.pages[0].obj
    assert "/Contents" not in blank and "/StructParents" not in blank
    assert list(blank.MediaBox) == list(before.MediaBox)
    first, *others = parts()
    for recto in (first, *others[:1]):
        with pikepdf.open(BytesIO(bind([replace(recto, recto=True), replace(others[1], recto=True)], book()))) as other:
            pages = len(other.pages) - 2
            assert pages % 2 == 0 and places(other)["d-two"] == pages


def test_labels_are_the_folios(pdf: Pdf) -> None:
    assert [str(page.label) for page in pdf.pages] == ["i", "ii", "5", "6", "7", "8", "9", "Ek"]


def test_a_link_to_another_part_leads_to_its_page(pdf: Pdf) -> None:
    where = places(pdf)
    assert {name: where[name] for name in ("front", "d-one", "one-b", "d-two", "two-b", "üçüncü")} == {
        "front": 0, "d-one": 2, "one-b": 3, "d-two": 5, "two-b": 6, "üçüncü": 7,
    }  # fmt: skip
    led = [(number, str(link.Dest)) for number, link in links(pdf) if "/Dest" in link]
    assert set(led) == {
        (0, "d-one"),
        (0, "d-two"),
        (0, "üçüncü"),
        (2, "two-b"),
        (2, "one-b"),
        (5, "one-a"),
        (6, "one-b"),
    }
    assert not any("/A" in link for _, link in links(pdf) if "/Dest" in link)


def test_no_link_keeps_an_address_that_only_binding_uses(pdf: Pdf) -> None:
    """A picture that is a link has no words of its own."""
    assert [str(link.Contents) for number, link in links(pdf) if number == 5] == ["one-a"]
    assert not [link for _, link in links(pdf) if "volume.invalid" in str(link.Contents)]


def test_a_link_to_a_text_that_is_not_in_the_document_leads_to_the_site(pdf: Pdf) -> None:
    addresses = [str(link.A.URI) for _, link in links(pdf) if "/A" in link]
    assert addresses == [ELSEWHERE, "https://doi.org/10.1000/1"]


def test_a_link_without_a_target_becomes_text(pdf: Pdf, bound: bytes, tmp_path: Path) -> None:
    """It is broken over lines, so it had several areas."""
    with pikepdf.open(BytesIO(laid("one", ONE, folio=5).pdf)) as part:
        lost = [str(link.Contents) for _, link in links(part) if "/A" in link and str(link.A.URI).endswith("#gone")]
        before = len(links(part))
    assert lost == [LOST] * len(lost) and len(lost) > 1
    told = [str(link.Contents) for _, link in links(pdf)]
    assert "elsewhere" in told and LOST not in told
    on_part = [link for number, link in links(pdf) if number in (2, 3, 4)]
    assert len(on_part) == before - len(lost)
    assert LOST in " ".join(texts(bound, tmp_path)[3].split())


def test_bookmarks_are_those_of_the_parts(pdf: Pdf) -> None:
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}

    def told(items: list[OutlineItem]) -> list[object]:
        return [(item.title, numbers[item.destination[0].objgen], told(item.children)) for item in items]  # type: ignore[index]

    # Before it is opened, for what has been opened is written anew.
    assert pdf.Root.Outlines.Count == 8
    last = pdf.Root.Outlines.Last
    assert last.Title == "Üç" and last.Prev.Title == "Two" and "/Next" not in last
    assert last.Parent.objgen == pdf.Root.Outlines.objgen and "/Prev" not in pdf.Root.Outlines.First
    with pdf.open_outline() as outline:
        assert told(outline.root) == [
            ("Contents", 0, []),
            ("One", 2, [("Hands", 2, []), ("Prices", 3, []), ("Doubts", 4, [])]),
            ("Two", 5, [("Ink", 6, [])]),
            ("Üç", 7, []),
        ]


def test_objects_of_several_parts_are_stored_once(pdf: Pdf) -> None:
    streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    assert sum(stream.get("/Subtype") == Name.Image for stream in streams) == 1
    assert len([stream for stream in streams if stream.get("/N") == 3]) == 1
    intent = pdf.Root.OutputIntents[0]
    assert len(pdf.Root.OutputIntents) == 1 and intent.S == Name.GTS_PDFA1 and intent.DestOutputProfile.N == 3
    twice = replace(parts()[1], name="again")
    with pikepdf.open(BytesIO(twice.pdf)) as again:
        for key in ("Dests", "Ids"):
            again.Root.BindingData[f"/{key}"] = pikepdf.Array()
        renamed = BytesIO()
        again.save(renamed)
    with pikepdf.open(BytesIO(bind([*parts(), replace(twice, pdf=renamed.getvalue())], book()))) as larger:
        assert fonts(larger) == fonts(pdf)
        assert len(fonts(pdf)) == len(set(fonts(pdf))) > 1


def fonts(pdf: Pdf) -> list[str]:
    keys = ("/FontFile", "/FontFile2", "/FontFile3")
    descriptors = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/FontBBox")]
    files = {each[key].objgen: each[key].read_bytes() for each in descriptors for key in keys if key in each}
    return sorted(hashlib.sha256(content).hexdigest() for content in files.values())


def test_the_same_parts_make_the_same_bytes(bound: bytes, tmp_path: Path) -> None:
    bind(parts()[:2], book())
    assert bind(parts(), book()) == bound
    (tmp_path / "book").write_bytes(pickle.dumps((parts(), book())))
    code = (
        "import pickle, sys; from fleuron.paged.binding.bind import bind\n"
        "sys.stdout.buffer.write(bind(*pickle.load(open(sys.argv[1], 'rb'))))"
    )
    for seed in ("1", "2"):
        surroundings = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-P", "-c", code, str(tmp_path / "book")]
        assert subprocess.run(command, env=surroundings, capture_output=True, check=True).stdout == bound


def test_a_change_of_a_part_or_of_the_book_changes_the_file(bound: bytes) -> None:
    with pikepdf.open(BytesIO(bound)) as first, pikepdf.open(BytesIO(bind(parts()[:3], book()))) as other:
        assert bytes(first.trailer.ID[0]) != bytes(other.trailer.ID[0])
    assert bind(parts(), replace(book(), title="Another")) != bound


def test_a_book_is_valid(bound: bytes, tmp_path: Path) -> None:
    assert faults(bound, "3a") == []
    assert faults(bound, "ua1") == []
    path = tmp_path / "book.pdf"
    path.write_bytes(bound)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["front", "one", "two", "uc"])
def test_a_part_bound_alone_is_valid(name: str) -> None:
    alone = bind([part for part in parts() if part.name == name], book())
    assert faults(alone, "3a") == [] and faults(alone, "ua1") == []


def test_a_part_is_prepared_the_same_each_time_and_only_once() -> None:
    raw = laid("front", "<h1>Front</h1>").pdf
    assert prepare(raw) == prepare(raw)
    with pikepdf.open(BytesIO(prepare(raw))) as prepared:
        dictionaries = [each for each in prepared.objects if isinstance(each, pikepdf.Dictionary)]
        # The tree as it was would be copied with each element.
        assert not any(each.get("/Type") == Name.StructTreeRoot for each in dictionaries)
    with pytest.raises(ValueError, match="bare is not prepared"):
        bind([PreparedPart("bare", raw)], book())
    with pytest.raises(ValueError, match="StructTreeRoot"):
        prepare(prepare(raw))


def test_a_bound_document_can_be_a_part_of_another(bound: bytes, pdf: Pdf, tmp_path: Path) -> None:
    whole = bind([PreparedPart("whole", prepare(bound))], book())
    assert texts(whole, tmp_path) == texts(bound, tmp_path)
    assert faults(whole, "3a") == [] and faults(whole, "ua1") == []
    with pikepdf.open(BytesIO(whole)) as again:
        assert places(again) == places(pdf) and len(links(again)) == len(links(pdf)) > 5


def test_two_parts_with_the_same_destination_are_an_error() -> None:
    first, second, *_ = parts()
    with pytest.raises(ValueError, match="front and copy both have a place"):
        bind([first, second, replace(first, name="copy")], book())
    with pytest.raises(ValueError, match="at least one part"):
        bind([], book())
