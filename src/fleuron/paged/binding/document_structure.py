"""Make a bound PDF's named destinations, links and structure tree from those of its parts.

Each part brings a dictionary /BindingData that `prepared_parts.prepare` has made; these functions take a list of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf

# Entries of a leaf of a name tree.
LEAF = 64


# Destinations and links (ISO 32000-1, 12.3.2 and 12.5.6.5)


def name_tree_entries(tree: Object) -> Iterator[tuple[Object, Object]]:
    """List a name tree's names and values (ISO 32000-1, 7.9.6)."""
    for node in tree.get("/Kids", ()):
        yield from name_tree_entries(node)
    names = list(tree.get("/Names", ()))
    yield from zip(names[::2], names[1::2], strict=True)


def collect_names(
    binding_data: Sequence[Object], key: str, part_names: Sequence[str]
) -> dict[bytes, tuple[Object, Object]]:
    """Collect the names that parts have under ``key``; raises ValueError for one that two parts have."""
    found: dict[bytes, tuple[Object, Object]] = {}
    owners: dict[bytes, str] = {}
    for data, part_name in zip(binding_data, part_names, strict=True):
        names = list(data[key])
        for name, value in zip(names[::2], names[1::2], strict=True):
            written = bytes(name)
            if written in found:
                raise ValueError(f"{owners[written]} and {part_name} both have a place {str(name)!r}")
            found[written] = (name, value)
            owners[written] = part_name
    return found


def name_tree(document: Pdf, names: Mapping[bytes, tuple[Object, Object]]) -> Object:
    """Make a name tree of two levels; its names are sorted by their bytes."""
    order = sorted(names)
    leaves = []
    for start in range(0, len(order), LEAF):
        run = order[start : start + LEAF]
        listed = Array([value for name in run for value in names[name]])
        limits = Array([names[run[0]][0], names[run[-1]][0]])
        leaves.append(document.make_indirect(Dictionary(Limits=limits, Names=listed)))
    return document.make_indirect(Dictionary(Kids=Array(leaves)))


def resolve_links(data: Object, destinations: Mapping[str, Object], addresses: Mapping[str, str]) -> None:
    """Point a part's links to other parts at a destination in the document or at a web address, or remove them.

    ``destinations`` are the document's, by their text; ``addresses`` are those of ids that are not in it.
    """
    links = list(data.CrossLinks)
    for link, page, element, name in zip(*(links[place::4] for place in range(4)), strict=True):
        described_by_address = link.get("/Contents") == link.A.URI
        if str(name) in destinations:
            del link["/A"]
            link.Dest = destinations[str(name)]
            description = str(name)
        elif str(name) in addresses:
            description = addresses[str(name)]
            link.A.URI = description
        else:
            remove_link(link, page, element)
            continue
        # WeasyPrint 70 describes a link by its address.
        if described_by_address:
            link.Contents = description


def remove_link(link: Object, page: Object, element: Object) -> None:
    """Make a link plain text: remove its annotation from the page and from the structure tree."""
    kept = [other for other in list(page.Annots) if other.objgen != link.objgen]
    page.Annots = Array(kept)
    if not kept:
        del page["/Annots"]
    # A link that is broken over lines has several annotations, and all of them are removed.
    element.K = Array([kid for kid in list(element.K) if not is_object_reference(kid)])
    element.S = Name.Span


def is_object_reference(kid: Object) -> bool:
    """Check whether a kid of an element is a reference to an annotation (ISO 32000-1, 14.7.4.3)."""
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR


# The structure tree (ISO 32000-1, 14.7)


def number_tree_entries(tree: Object) -> Iterator[tuple[int, Object]]:
    """List a number tree's entries (ISO 32000-1, 7.9.7)."""
    for node in tree.get("/Kids", ()):
        yield from number_tree_entries(node)
    entries = list(tree.get("/Nums", ()))
    yield from zip(entries[::2], entries[1::2], strict=True)


def join_structure_trees(document: Pdf, binding_data: Sequence[Object]) -> None:
    """Join the structure trees of parts under one /Document, each as a /Part."""
    root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    top_element = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    parts = []
    for data in binding_data:
        part = data.Top
        part.P = top_element
        if data.Language != document.Root.Lang:
            part.Lang = data.Language
        parts.append(part)
    top_element.K = Array(parts)
    root.K = Array([top_element])
    root.ParentTree = parent_tree(document, binding_data)
    document.Root.StructTreeRoot = root
    document.Root.MarkInfo = Dictionary(Marked=True)


def parent_tree(document: Pdf, binding_data: Sequence[Object]) -> Object:
    """Number pages and annotations throughout, and return the tree that maps them to elements (14.7.4.4).

    Each part has a leaf of its own.
    """
    leaves, count = [], 0
    for data in binding_data:
        entries: list[int | Object] = []
        for holder, owner in zip(list(data.Holders), list(data.Owners), strict=True):
            holder["/StructParents" if holder.get("/Type") == Name.Page else "/StructParent"] = count
            entries += (count, owner)
            count += 1
        if entries:
            limits = Array([entries[0], entries[-2]])
            leaves.append(document.make_indirect(Dictionary(Limits=limits, Nums=Array(entries))))
    return document.make_indirect(Dictionary(Kids=Array(leaves)))
