"""Set characters that the text faces lack in fallback faces, and what no face has as a box with its code point."""

from __future__ import annotations

import html as html_text
from collections.abc import Iterator
from typing import Any

from lxml import html

from fleuron.fonts.font_face_css import quoted
from fleuron.fonts.installed import Face
from fleuron.fonts.script_faces import HIDDEN, ScriptFaces, SetRun, clusters_of
from fleuron.fonts.subset_cache import SubsetCache, cached_subset
from fleuron.fonts.subsets import Subset
from fleuron.paged.layout.units import FontSet

# What has no text, or text that is not laid out in faces of the sheet.
WITHOUT_TEXT = ("script", "style", "svg", "template", "{http://www.w3.org/2000/svg}svg")
# A typeface of a script is not to be taken for those of the text, whose names the style sheets know.
NAME = "Fleuron {}"


class SheetFaces:
    """Sets the sheets of an edition in the faces that they need.

    ``missing`` grows by the letters that no face has, ``fallbacks`` by the families of letters that the text lacks.
    """

    def __init__(self, faces: ScriptFaces, font_set: FontSet, cache: SubsetCache | None) -> None:
        self.faces = faces
        self.font_set = font_set
        self.cache = cache
        self.missing: dict[str, None] = {}
        self.characters: set[str] = set()
        self.fallbacks: set[str] = set()

    @property
    def used_families(self) -> tuple[str, ...]:
        """The families of all sheets that have been set: that of the text, that of Arabic script, then the others."""
        families, faces = self.faces.families, self.faces.text_faces
        own = [families["text"]]
        lacking = {ord(each) for each in self.characters if not HIDDEN.match(each)} - faces[0].characters
        if any(lacking & face.characters for face in faces[1:]):
            own.append(families["arabic"])
        return tuple(dict.fromkeys([*own, *sorted(self.fallbacks)]))

    def missing_in(self, text: str) -> Iterator[str]:
        """Yield the letters of a text that no face has."""
        if not self.faces.is_plain(text):
            for run in self.faces.runs(text):
                if run.missing:
                    yield from clusters_of(run.text)

    def set_sheet(self, sheet: str) -> tuple[str, FontSet]:
        """Return a sheet with an element around all that is in another face, and the subsets of these faces."""
        shown = html_text.unescape(sheet)
        self.characters.update(shown)
        if self.faces.is_plain(shown):
            return sheet, FontSet(())
        tree: Any = html.document_fromstring(sheet)
        used: dict[Face, set[str]] = {}
        for element in list(tree.body.iter()):
            self.set_text(element, "text", used)
            if element is not tree.body:
                self.set_text(element, "tail", used)
        fonts = FontSet(
            tuple(entry for face, wanted in used.items() for entry in self.subsets(face, frozenset(wanted)))
        )
        return f"<!DOCTYPE html>\n{html.tostring(tree, encoding='unicode')}", fonts

    def set_text(self, element: html.HtmlElement, place: str, used: dict[Face, set[str]]) -> None:
        """Set the text in an element, or that behind it (``tail``), in the faces that it needs."""
        text = getattr(element, place)
        if not text or self.faces.is_plain(text):
            return
        parent = element if place == "text" else element.getparent()
        if is_without_text(parent):
            return
        before: list[str] = []
        spans: list[html.HtmlElement] = []
        for run in self.faces.runs(text, language_of(parent)):
            if run.face is None and not run.missing:
                if spans:
                    spans[-1].tail = (spans[-1].tail or "") + run.text
                else:
                    before.append(run.text)
            else:
                spans += self.spans_of(run, used)
        setattr(element, place, "".join(before))
        first = 0 if place == "text" else parent.index(element) + 1
        # lxml moves what is behind an element with it.
        parent[first:first] = spans

    def spans_of(self, run: SetRun, used: dict[Face, set[str]]) -> Iterator[html.HtmlElement]:
        """Yield the element of a run in another face, or a box for each letter that no face has."""
        if run.face is not None:
            used.setdefault(run.face, set()).update(run.text)
            self.fallbacks.add(run.face.family)
            span = html.Element("span", {"class": "other-face", "style": f"font-family:{quoted(name_of(run.face))}"})
            span.text = run.text
            yield span
            return
        for cluster in clusters_of(run.text):
            self.missing[cluster] = None
            box = html.Element("span", {"class": "missing-character"})
            box.text = code_points(cluster)
            yield box

    def subsets(self, regular: Face, wanted: frozenset[str]) -> Iterator[tuple[str, str, int, str, bytes]]:
        """Yield the faces of a family, reduced to some characters, as a font set has them."""
        for face in self.faces.faces_of(regular.family):
            subset = Subset(face, "script", "Zyyy", wanted)
            if subset.characters:
                style = "italic" if face.style.italic else "normal"
                yield name_of(face), style, face.weight, subset.name, cached_subset(subset, self.cache)


def language_of(element: html.HtmlElement | None) -> str:
    """Return the language of an element; "" where it is not stated."""
    while element is not None:
        if language := element.get("lang"):
            return str(language)
        element = element.getparent()
    return ""


def is_without_text(element: html.HtmlElement | None) -> bool:
    """Return whether an element is, or is in, a drawing, a comment or code that is not shown."""
    while element is not None:
        if not isinstance(element.tag, str) or element.tag in WITHOUT_TEXT:
            return True
        element = element.getparent()
    return False


def name_of(face: Face) -> str:
    """Return the name of a family in the sheets."""
    return NAME.format(face.family)


def code_points(cluster: str) -> str:
    """Write the characters that are shown of a letter by their numbers: ``U+1FC6``."""
    return " ".join(f"U+{ord(character):04X}" for character in HIDDEN.sub("", cluster))
