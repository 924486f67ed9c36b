"""Make a PDF that was laid out ready to be bound: with a list of what binding must touch.

All that needs a walk through the whole file is done here, once for a part. What comes of it is a PDF
for `binding.bind` alone: its catalogue has the entry /Gathering, and no metadata.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from fleuron.paged.binding.destinations import entries
from fleuron.paged.binding.folios import list_folios
from fleuron.paged.binding.shared_objects import Wares
from fleuron.paged.binding.tag_tree import numbered
from fleuron.paged.book_parts import VOLUME

# What a book says of itself, and says anew.
OF_A_WHOLE = ("/Names", "/Outlines", "/Metadata", "/OutputIntents", "/StructTreeRoot", "/MarkInfo", "/PageLabels")


def prepare(pdf: bytes) -> bytes:
    """Make a tagged PDF/A ready to be bound; raises ValueError if it has no tags, language or output intent."""
    with pikepdf.open(BytesIO(pdf)) as part:
        for needed in ("/StructTreeRoot", "/OutputIntents", "/Lang"):
            if needed not in part.Root:
                raise ValueError(f"a part that has no {needed} cannot be bound")
        gathering = part.make_indirect(Dictionary(Intents=part.Root.OutputIntents))
        gathering.Language = part.Root.Lang
        names = part.Root.get("/Names", Dictionary())
        gathering.Dests = flat(entries(names.get("/Dests", Dictionary())))
        gathering.Outline = part.Root.get("/Outlines", Dictionary())
        list_structure(part, gathering)
        gathering.Folios = list_folios(part)
        gathering.Crossings = Array(crossings(gathering))
        gathering.Wares = Array(wares(part))
        for key in OF_A_WHOLE:
            if key in part.Root:
                del part.Root[key]
        if "/Info" in part.trailer:
            del part.trailer["/Info"]
        part.Root.Gathering = gathering
        gathered = BytesIO()
        part.save(gathered, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return gathered.getvalue()


def list_structure(part: Pdf, gathering: Object) -> None:
    """List a structure tree's /Top, its elements with an /ID, and who owns the content of what.

    /Holders are pages and annotations, /Owners for each the elements of its content.
    """
    tree = part.Root.StructTreeRoot
    (top,) = tree.K if isinstance(tree.K, Array) else (tree.K,)
    top.S = Name.Part
    # Binding gives it another; this one would bring the old tree along.
    del top["/P"]
    gathering.Top = top
    gathering.Ids = flat(entries(tree.get("/IDTree", Dictionary())))
    holders: dict[int, Object] = {}
    for page in part.pages:
        for holder, key in [(page.obj, "/StructParents"), *((link, "/StructParent") for link in links_on(page.obj))]:
            if key in holder:
                holders[int(holder[key])] = holder
    owners = dict(numbered(tree.ParentTree))
    gathering.Holders = Array([holders[key] for key in sorted(holders)])
    gathering.Owners = Array([owners[key] for key in sorted(holders)])


def flat(pairs: Iterable[tuple[Object, Object]]) -> Array:
    return Array([one for pair in pairs for one in pair])


def links_on(page: Object) -> list[Object]:
    return list(page.get("/Annots", ()))


def crossings(gathering: Object) -> list[Object]:
    """List each link to another part: the annotation, its page, its element, the id that it leads to."""
    owners = {
        holder.objgen: owner for holder, owner in zip(list(gathering.Holders), list(gathering.Owners), strict=True)
    }
    found: list[Object] = []
    for page in (holder for holder in gathering.Holders if holder.get("/Type") == Name.Page):
        for link in links_on(page):
            address = str(link.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(VOLUME + "#"):
                name = pikepdf.String(unquote(address.removeprefix(VOLUME + "#")))
                found += (link, page, owners[link.objgen], name)
    return found


def wares(part: Pdf) -> list[object]:
    """List what the pages of a part draw on, as [holder way digest …]."""
    wares = Wares()
    for page in part.pages:
        if page.obj.Resources.is_indirect:
            wares.digest(page.obj.Resources, page.obj, ["/Resources"])
        else:
            wares.content(page.obj.Resources, page.obj, ["/Resources"])
    return [one for holder, way, digest in wares.found for one in (holder, Array(way), digest)]
