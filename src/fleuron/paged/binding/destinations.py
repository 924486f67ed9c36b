"""Where links lead: the names of places in a book, and links from one part to another (ISO 32000-1, 12.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf

# Entries of a leaf of a name tree.
LEAF = 64


def entries(tree: Object) -> Iterator[tuple[Object, Object]]:
    """List a name tree's names and values (ISO 32000-1, 7.9.6)."""
    for node in tree.get("/Kids", ()):
        yield from entries(node)
    names = list(tree.get("/Names", ()))
    yield from zip(names[::2], names[1::2], strict=True)


def gather_names(gatherings: Sequence[Object], key: str, parts: Sequence[str]) -> dict[bytes, tuple[Object, Object]]:
    """Collect the names that parts have under ``key``; raises ValueError for one that two parts have."""
    found: dict[bytes, tuple[Object, Object]] = {}
    owners: dict[bytes, str] = {}
    for gathering, part in zip(gatherings, parts, strict=True):
        names = list(gathering[key])
        for name, value in zip(names[::2], names[1::2], strict=True):
            written = bytes(name)
            if written in found:
                raise ValueError(f"{owners[written]} and {part} both have a place {str(name)!r}")
            found[written] = (name, value)
            owners[written] = part
    return found


def name_tree(book: Pdf, names: Mapping[bytes, tuple[Object, Object]]) -> Object:
    """Make a name tree of two levels; its names are sorted by their bytes."""
    order = sorted(names)
    leaves = []
    for start in range(0, len(order), LEAF):
        run = order[start : start + LEAF]
        listed = Array([value for name in run for value in names[name]])
        limits = Array([names[run[0]][0], names[run[-1]][0]])
        leaves.append(book.make_indirect(Dictionary(Limits=limits, Names=listed)))
    return book.make_indirect(Dictionary(Kids=Array(leaves)))


def lead(gathering: Object, places: Mapping[str, Object], links: Mapping[str, str]) -> None:
    """Lead a part's links to other parts where they belong: in the book, on the site, or nowhere.

    ``places`` are the names of the book's places, by their text.
    """
    crossings = list(gathering.Crossings)
    for link, page, element, name in zip(*(crossings[place::4] for place in range(4)), strict=True):
        told = link.get("/Contents") == link.A.URI
        if str(name) in places:
            del link["/A"]
            link.Dest = places[str(name)]
            said = str(name)
        elif str(name) in links:
            said = links[str(name)]
            link.A.URI = said
        else:
            take_away(link, page, element)
            continue
        # WeasyPrint 70 describes a link by where it leads.
        if told:
            link.Contents = said


def take_away(link: Object, page: Object, element: Object) -> None:
    """Make a link plain text: no annotation on the page, nor in the structure."""
    kept = [other for other in list(page.Annots) if other.objgen != link.objgen]
    page.Annots = Array(kept)
    if not kept:
        del page["/Annots"]
    # A link that is broken over lines has several annotations, and all of them go.
    element.K = Array([kid for kid in list(element.K) if not is_reference(kid)])
    element.S = Name.Span


def is_reference(kid: Object) -> bool:
    """Tell whether a kid of an element is a reference to an annotation (ISO 32000-1, 14.7.4.3)."""
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
