"""Set code in a monospaced face, letters that a face lacks in fallback faces, and what none has as a box."""

from __future__ import annotations

import html as html_text
import re
from collections.abc import Iterator
from typing import Any

from fontTools.unicodedata import script
from lxml import html

from fleuron.fonts.font_face_css import quoted
from fleuron.fonts.installed import Face
from fleuron.fonts.script_faces import HIDDEN, ScriptFaces, SetRun, clusters_of
from fleuron.fonts.subset_cache import SubsetCache, cached_subset
from fleuron.fonts.subsets import Subset
from fleuron.paged.layout.units import CODE_FAMILY, FontSet

# What has no text, or text that is not laid out in faces of the sheet.
WITHOUT_TEXT = ("script", "style", "svg", "template", "{http://www.w3.org/2000/svg}svg")
# A typeface of a script is not to be taken for those of the text, whose names the style sheets know.
NAME = "Fleuron {}"
# The scripts whose small letters are to be as high as those of the text; and the sizes of other faces beside it.
WITH_X_HEIGHT = frozenset({"Armn", "Copt", "Cyrl", "Geor", "Grek", "Latn"})
LEAST, MOST = 0.8, 1.2
CODE_ELEMENTS = ("pre", "code", "kbd", "samp", "tt")
CODE_TAG = re.compile(rf"<(?:{'|'.join(CODE_ELEMENTS)})[\s>]")


class SheetFaces:
    """Sets the sheets of an edition in the faces that they need.

    ``missing`` grows by the letters that no face has, ``fallbacks`` by the families of letters that the text lacks.
    """

    def __init__(self, faces: ScriptFaces, font_set: FontSet, cache: SubsetCache | None) -> None:
        self.faces = faces
        families = faces.families
        # Monospaced faces have letters of Arabic script that nobody wants to read.
        self.code_faces = ScriptFaces(
            {**families, "text": families["code"], "Arab": families["arabic"]}, faces.listed, faces.language
        )
        self.font_set = font_set
        self.cache = cache
        # The faces of scripts in the sheet that is being set.
        self.throughout: dict[str, Face] = {}
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
        # That of code is among the others.
        return tuple(dict.fromkeys([*own, *sorted(self.fallbacks)]))

    def missing_in(self, text: str) -> Iterator[str]:
        """Yield the letters of a text that no face has."""
        if not self.faces.is_plain(text):
            for run in self.faces.runs(text):
                if run.missing:
                    yield from clusters_of(run.text)

    def set_sheet(self, sheet: str) -> tuple[str, FontSet]:
        """Return a sheet with an element around all that is in another face, and the subsets of these faces.

        Raises SystemExit where it has code, and the typeface of code is not installed.
        """
        shown = html_text.unescape(sheet)
        self.characters.update(shown)
        has_code = CODE_TAG.search(sheet) is not None
        if has_code and not self.code_faces.faces_of(self.faces.families["code"]):
            family = self.faces.families["code"]
            raise SystemExit(f"fleuron: a PDF with code needs the typeface “{family}”, which is not installed")
        if not has_code and self.faces.is_plain(shown):
            return sheet, FontSet(())
        tree: Any = html.document_fromstring(sheet)
        used: dict[Face, set[str]] = {}
        code: set[str] = set()
        self.throughout = self.faces.faces_throughout(shown)
        for element in list(tree.body.iter()):
            self.set_text(element, "text", used, code)
            if element is not tree.body:
                self.set_text(element, "tail", used, code)
        entries = [entry for face, wanted in used.items() for entry in self.subsets(face, frozenset(wanted))]
        if code:
            face = self.code_faces.text_faces[0]
            self.fallbacks.add(face.family)
            entries += self.subsets(face, frozenset(code), CODE_FAMILY)
        fonts = FontSet(tuple(entries))
        return f"<!DOCTYPE html>\n{html.tostring(tree, encoding='unicode')}", fonts

    def set_text(self, element: html.HtmlElement, place: str, used: dict[Face, set[str]], code: set[str]) -> None:
        """Set the text in an element, or that after it (``tail``), in the faces that it needs.

        Letters that are set in the face of code, by the style sheet, are added to ``code``.
        """
        text = getattr(element, place)
        parent = element if place == "text" else element.getparent()
        if not text or is_without_text(parent):
            return
        in_code = is_in_code(parent)
        faces, throughout = (self.code_faces, {}) if in_code else (self.faces, self.throughout)
        if faces.is_plain(text) and not any(script(each) in throughout for each in text if not each.isascii()):
            code.update(text if in_code else ())
            return
        before: list[str] = []
        spans: list[html.HtmlElement] = []
        for run in faces.runs(text, language_of(parent), throughout):
            if run.face is None and not run.missing:
                code.update(run.text if in_code else ())
                if spans:
                    spans[-1].tail = (spans[-1].tail or "") + run.text
                else:
                    before.append(run.text)
            else:
                spans += self.spans_of(run, used, faces.text_faces[0])
        setattr(element, place, "".join(before))
        first = 0 if place == "text" else parent.index(element) + 1
        # lxml moves what is after an element with it.
        parent[first:first] = spans

    def spans_of(self, run: SetRun, used: dict[Face, set[str]], beside: Face) -> Iterator[html.HtmlElement]:
        """Yield the element of a run in another face than ``beside``, or a box for each letter that no face has."""
        if run.face is not None:
            used.setdefault(run.face, set()).update(run.text)
            self.fallbacks.add(run.face.family)
            style = f"font-family:{quoted(name_of(run.face))}{size_of(run, beside)}"
            span = html.Element("span", {"class": "other-face", "style": style})
            span.text = run.text
            yield span
            return
        for cluster in clusters_of(run.text):
            self.missing[cluster] = None
            box = html.Element("span", {"class": "missing-character"})
            box.text = code_points(cluster)
            yield box

    def subsets(
        self, regular: Face, wanted: frozenset[str], name: str = ""
    ) -> Iterator[tuple[str, str, int, str, bytes]]:
        """Yield the faces of a family, reduced to some characters, as a font set has them, there called ``name``."""
        for face in self.faces.faces_of(regular.family):
            subset = Subset(face, "script", "Zyyy", wanted)
            if subset.characters:
                style = "italic" if face.style.italic else "normal"
                yield name or name_of(face), style, face.weight, subset.name, cached_subset(subset, self.cache)


def language_of(element: html.HtmlElement | None) -> str:
    """Return the language of an element; "" where it is not stated."""
    while element is not None:
        if language := element.get("lang"):
            return str(language)
        element = element.getparent()
    return ""


def is_in_code(element: html.HtmlElement | None) -> bool:
    """Return whether an element is, or is in, one whose text is set in the face of code."""
    while element is not None:
        if element.tag in CODE_ELEMENTS:
            return True
        element = element.getparent()
    return False


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


def size_of(run: SetRun, beside: Face) -> str:
    """Return the declaration with which the small letters of a run are as high as those of the face beside it.

    "" if they are without one, or their script has no small letters.
    """
    if run.face is None or not WITH_X_HEIGHT.intersection(map(script, run.text)):
        return ""
    here, there = run.face.x_height, beside.x_height
    size = round(min(max(there / here, LEAST), MOST), 2) if here and there else 1.0
    return "" if size == 1 else f";font-size:{size}em"


def code_points(cluster: str) -> str:
    """Write the characters that are shown of a letter by their numbers: ``U+1FC6``."""
    return " ".join(f"U+{ord(character):04X}" for character in HIDDEN.sub("", cluster))
