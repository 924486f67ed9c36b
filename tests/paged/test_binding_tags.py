"""The structure tree of a bound document, in which all marked content and each link has its element."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

from fleuron.paged.binding.bind import bind
from fleuron.paged.binding.bound_document import PreparedPart
from fleuron.paged.binding.document_structure import number_tree_entries
from fleuron.paged.binding.prepared_parts import prepare
from tests.support.bound_book import book, laid, parts


def kids(element: Object) -> list[Object]:
    return [kid for kid in list(element.K) if isinstance(kid, Dictionary)]


def descendants(element: Object) -> Iterator[Object]:
    yield element
    for kid in kids(element):
        if "/S" in kid:
            yield from descendants(kid)


def document(pdf: Pdf) -> Object:
    (top,) = pdf.Root.StructTreeRoot.K
    return top


def outline(element: Object) -> str:
    """Write an element's types, with those within in brackets; without what only holds text in a line."""
    inner = [outline(kid) for kid in kids(element) if "/S" in kid]
    inner = [told for told in inner if told not in ("Span", "Link", "Reference", "Lbl")]
    return str(element.S)[1:] + (f"({' '.join(inner)})" if inner else "")


def marks(page: pikepdf.Page) -> set[int]:
    """List the numbers of the marked content of a page."""
    shown = pikepdf.parse_content_stream(page)
    return {
        int(entry.operands[1].MCID) for entry in shown if str(entry.operator) == "BDC" and "/MCID" in entry.operands[1]
    }


def owns(element: Object, number: int, page: Object) -> bool:
    """Tell whether an element has a piece of a page's content among its kids."""
    for kid in list(element.K):
        if isinstance(kid, int):
            if kid == number and element.Pg.objgen == page.objgen:
                return True
        elif kid.get("/MCID") == number and kid.Pg.objgen == page.objgen:
            return True
    return False


def test_a_bound_document_has_one_structure_tree_with_its_parts(pdf: Pdf) -> None:
    top = document(pdf)
    assert Name.Document == top.S and top.P.objgen == pdf.Root.StructTreeRoot.objgen
    assert [outline(part) for part in kids(top)] == [
        "Part(H1 Sect(TOC(TOCI TOCI TOCI)))",
        "Part(Art(H1 P(Note) Sect(H2 P Table(THead(TR(TH TH)) TBody(TR(TD TD))) P(Figure)) Sect(H2 P) Sect(H2 P)))",
        "Part(Art(H1 P(Note) Table(THead(TR(TH)) TBody(TR(TD))) P(Link(Figure)) Sect(H2 P)))",
        "Part(Art(H1 P))",
    ]
    for element in descendants(top):
        assert all(kid.P.objgen == element.objgen for kid in kids(element) if "/S" in kid)


def test_a_part_in_another_language_is_marked(pdf: Pdf) -> None:
    assert [str(part.get("/Lang", "")) for part in kids(document(pdf))] == ["", "", "", "tr"]
    assert [str(each.Lang) for each in descendants(document(pdf)) if "/Lang" in each] == ["fa", "tr"]


def test_each_mark_on_a_page_has_its_element(pdf: Pdf) -> None:
    owners = dict(number_tree_entries(pdf.Root.StructTreeRoot.ParentTree))
    in_tree = {each.objgen for each in descendants(document(pdf))}
    counted = 0
    for page in pdf.pages:
        found = marks(page)
        if "/StructParents" not in page.obj:
            assert not found
            continue
        listed = list(owners[int(page.obj.StructParents)])
        for number in found:
            # What stands beside the text, a folio, is marked as an artifact.
            assert owns(listed[number], number, page.obj) and listed[number].objgen in in_tree
            counted += 1
    assert counted > 20


def test_each_link_has_its_element(pdf: Pdf) -> None:
    owners = dict(number_tree_entries(pdf.Root.StructTreeRoot.ParentTree))
    counted = 0
    for page in pdf.pages:
        for link in page.obj.get("/Annots", ()):
            element = owners[int(link.StructParent)]
            assert Name.Link == element.S
            assert link.objgen in [kid.Obj.objgen for kid in kids(element) if "/Obj" in kid]
            counted += 1
    assert counted > 5
    references = [kid for each in descendants(document(pdf)) for kid in kids(each) if kid.get("/Type") == Name.OBJR]
    assert len(references) == counted
    for each in descendants(document(pdf)):
        assert Name.Link != each.S or any("/Obj" in kid for kid in kids(each))


def test_parents_are_numbered_throughout_in_leaves(pdf: Pdf) -> None:
    tree = pdf.Root.StructTreeRoot.ParentTree
    numbers = [number for number, _ in number_tree_entries(tree)]
    assert numbers == list(range(len(numbers)))
    assert len(tree.Kids) == 4
    for leaf in tree.Kids:
        inner = [number for number, _ in number_tree_entries(leaf)]
        assert list(leaf.Limits) == [inner[0], inner[-1]]


def test_each_identifier_leads_to_its_element(pdf: Pdf) -> None:
    named = {str(each.ID): each.objgen for each in descendants(document(pdf)) if "/ID" in each}
    listed = {name: each.objgen for name, each in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).items()}
    assert named == listed
    assert {"one-note-1", "two-note-1"} <= set(named)


def test_a_large_document_has_its_names_in_sorted_leaves() -> None:
    body = "<h1>Ids</h1>" + "".join(f'<p id="é{number}">{number}</p>' for number in range(150))
    with pikepdf.open(BytesIO(bind([*parts(), PreparedPart("ids", prepare(laid("ids", body).pdf))], book()))) as pdf:
        tree = pdf.Root.Names.Dests
        names: list[bytes] = []
        for leaf in tree.Kids:
            inner = [bytes(name) for name in list(leaf.Names)[::2]]
            assert [bytes(limit) for limit in leaf.Limits] == [inner[0], inner[-1]] and len(inner) <= 64
            names += inner
        assert names == sorted(names) and len(set(names)) == len(names) > 150
