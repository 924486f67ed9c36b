"""Prepare a laid-out PDF for binding: list in /BindingData what `bind.bind` has to change.

All that needs a walk through the whole file is done here, once for a part. The result is a PDF for `bind.bind`
alone: its document catalog has the entry /BindingData, and no metadata.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from fleuron.paged.binding.bound_document import VOLUME
from fleuron.paged.binding.document_structure import name_tree_entries, number_tree_entries
from fleuron.paged.binding.folios import list_folios
from fleuron.paged.binding.shared_objects import SharedObjects

# Entries of the document catalog that binding writes anew for the whole document.
REPLACED = ("/Names", "/Outlines", "/Metadata", "/OutputIntents", "/StructTreeRoot", "/MarkInfo", "/PageLabels")


def prepare(pdf: bytes) -> bytes:
    """Make a tagged PDF/A ready to be bound; raises ValueError if it has no tags, language or output intent."""
    with pikepdf.open(BytesIO(pdf)) as part:
        for needed in ("/StructTreeRoot", "/OutputIntents", "/Lang"):
            if needed not in part.Root:
                raise ValueError(f"a part that has no {needed} cannot be bound")
        data = part.make_indirect(Dictionary(Intents=part.Root.OutputIntents))
        data.Language = part.Root.Lang
        names = part.Root.get("/Names", Dictionary())
        data.Dests = flat(name_tree_entries(names.get("/Dests", Dictionary())))
        data.Outline = part.Root.get("/Outlines", Dictionary())
        list_structure(part, data)
        data.Folios = list_folios(part)
        data.CrossLinks = Array(cross_links(data))
        data.SharedObjects = Array(shared_objects(part))
        for key in REPLACED:
            if key in part.Root:
                del part.Root[key]
        if "/Info" in part.trailer:
            del part.trailer["/Info"]
        part.Root.BindingData = data
        prepared = BytesIO()
        part.save(prepared, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return prepared.getvalue()


def list_structure(part: Pdf, data: Object) -> None:
    """List a structure tree's /Top, its elements with an /ID, and which elements own the content of what.

    /Holders are pages and annotations, /Owners for each the elements of its content.
    """
    tree = part.Root.StructTreeRoot
    (top,) = tree.K if isinstance(tree.K, Array) else (tree.K,)
    top.S = Name.Part
    # Binding gives it another parent; this one would bring the old tree along.
    del top["/P"]
    data.Top = top
    data.Ids = flat(name_tree_entries(tree.get("/IDTree", Dictionary())))
    holders: dict[int, Object] = {}
    for page in part.pages:
        for holder, key in [(page.obj, "/StructParents"), *((link, "/StructParent") for link in links_on(page.obj))]:
            if key in holder:
                holders[int(holder[key])] = holder
    owners = dict(number_tree_entries(tree.ParentTree))
    data.Holders = Array([holders[key] for key in sorted(holders)])
    data.Owners = Array([owners[key] for key in sorted(holders)])


def flat(pairs: Iterable[tuple[Object, Object]]) -> Array:
    """Make one array of pairs."""
    return Array([one for pair in pairs for one in pair])


def links_on(page: Object) -> list[Object]:
    """List the annotations of a page, all of which are links."""
    return list(page.get("/Annots", ()))


def cross_links(data: Object) -> list[Object]:
    """List each link to another part: the annotation, its page, its element, the id that it leads to."""
    owners = {holder.objgen: owner for holder, owner in zip(list(data.Holders), list(data.Owners), strict=True)}
    found: list[Object] = []
    for page in (holder for holder in data.Holders if holder.get("/Type") == Name.Page):
        for link in links_on(page):
            address = str(link.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(VOLUME + "#"):
                name = pikepdf.String(unquote(address.removeprefix(VOLUME + "#")))
                found += (link, page, owners[link.objgen], name)
    return found


def shared_objects(part: Pdf) -> list[object]:
    """List the objects that the pages of a part use, as [holder path digest …]."""
    objects = SharedObjects()
    for page in part.pages:
        if page.obj.Resources.is_indirect:
            objects.digest(page.obj.Resources, page.obj, ["/Resources"])
        else:
            objects.content(page.obj.Resources, page.obj, ["/Resources"])
    return [one for holder, path, digest in objects.found for one in (holder, Array(path), digest)]
