"""Choose a fallback face for characters that the text faces lack, so that a letter and its accents are in one face."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fontTools.unicodedata import script, script_extension

from fleuron.fonts.font_list import ListedFace
from fleuron.fonts.han_forms import PUNCTUATION, SIMPLIFIED, form_in_text, form_of, named_script
from fleuron.fonts.installed import STYLES, Face, choose_faces
from fleuron.fonts.letter_marks import IGNORABLE, all_marks
from fleuron.fonts.script_families import families_of_script
from fleuron.publication.language_tags import script_of
from fleuron.publication.script_names import NO_SCRIPTS

NEUTRAL = frozenset("\t\n\r\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
HIDDEN = re.compile(f"[\x00-\x1f\x7f-\x9f{IGNORABLE}]")
# A letter with the marks that stand on it, across joiners: nearly a grapheme cluster (UAX #29), whose other rules
# concern characters that are in one script, and so in one face.
MARKS = "".join(sorted(all_marks()))
MARK = re.compile(f"[{MARKS}]")
CLUSTER = re.compile(f"[^{MARKS}](?:[{IGNORABLE}]*[{MARKS}])*|[{MARKS}]+", re.DOTALL)

# The share of a script's letters in a text, all of which are in another face if the text's faces lack so many.
MANY = 0.02


def clusters_of(text: str) -> Iterator[str]:
    """Split a text into its letters, each with its marks."""
    return (found[0] for found in CLUSTER.finditer(text))


def script_of_cluster(cluster: str) -> str:
    """Return the ISO 15924 code of a letter's script; Zyyy for a common character."""
    for character in cluster:
        if PUNCTUATION.match(character) and script(character) in NO_SCRIPTS:
            return "Hani"
        if (code := script(character)) not in NO_SCRIPTS:
            return str(code)
        if len(extension := script_extension(character) - NO_SCRIPTS) == 1:
            return str(next(iter(extension)))
    return "Zyyy"


def form_in(face: Face, cluster: str) -> str | None:
    """Return a letter as a face has it: as written, composed or decomposed (UAX #15); None if it lacks a character."""
    visible = HIDDEN.sub("", cluster)
    if all(ord(character) in face.characters for character in visible):
        return cluster
    for form in (unicodedata.normalize("NFC", visible), unicodedata.normalize("NFD", visible)):
        if all(ord(character) in face.characters for character in form):
            return form
    return None


@dataclass(frozen=True)
class SetRun:
    """Some letters in one face: None for the faces of the text; ``missing`` if no face has them."""

    text: str
    face: Face | None = None
    missing: bool = False


class ScriptFaces:
    """The installed faces that have what the typefaces of the text and of Arabic script lack.

    ``families`` names the families: of the roles ``text``, ``arabic`` and ``code``, and of scripts by their ISO 15924
    codes, which come before that of the text. ``language`` is that of the edition.
    """

    def __init__(self, families: Mapping[str, str], listed: Sequence[ListedFace], language: str = "en") -> None:
        self.families = families
        self.listed = listed
        self.language = language
        self.main = {script_of(language), "Latn", "Zyyy"}
        # The form of Chinese characters in texts of no stated language.
        self.form = form_of(language) or SIMPLIFIED
        self.chosen: dict[str, list[Face]] = {}
        self.found: dict[tuple[str, str], Face | None] = {}
        self.text_forms: dict[str, str | None] = {}

    def faces_of(self, family: str) -> list[Face]:
        """Return the faces of a family, its upright regular first; none if it is not installed."""
        if family not in self.chosen:
            self.chosen[family] = choose_faces(self.listed, family, STYLES["text"])
        return self.chosen[family]

    @cached_property
    def text_faces(self) -> list[Face]:
        """The upright regular faces of the text and of Arabic script."""
        return [face for role in ("text", "arabic") for face in self.faces_of(self.families[role])[:1]]

    @cached_property
    def plain(self) -> frozenset[str]:
        """The characters other than marks that the text's own faces have, and no other face is named for."""
        codes = frozenset().union(*(face.characters for face in self.text_faces))
        own = {*self.families}
        found = {chr(code) for code in codes if not own & {script(chr(code))}}
        return frozenset(each for each in found if not unicodedata.combining(each)) | NEUTRAL

    @cached_property
    def other_families(self) -> list[str]:
        """The names of all installed families, in order, for what no named family has."""
        return sorted({face.families[0] for face in self.listed if "color" not in face.families[0].casefold()})

    def named_face(self, code: str, form: str = "") -> Face | None:
        """Return the upright regular face of the family that is named for a script."""
        named = named_script(code, form or self.form, self.families)
        return next(iter(self.faces_of(self.families[named])), None) if named else None

    def face_of(self, cluster: str, form: str = "") -> Face | None:
        """Return the first upright regular face of the chain that has a letter and all its marks.

        ``form`` is that of Chinese characters, if it is not the edition's.
        """
        form = form or self.form
        if (cluster, form) not in self.found:
            code = script_of_cluster(cluster)
            named = named_script(code, form, self.families)
            chain = (*([self.families[named]] if named else []), *families_of_script(code, form), *self.other_families)
            regular = (face for family in dict.fromkeys(chain) for face in self.faces_of(family)[:1])
            found = next((face for face in regular if form_in(face, cluster) is not None), None)
            self.found[cluster, form] = found
        return self.found[cluster, form]

    def is_plain(self, text: str) -> bool:
        """Return whether the text's own faces have all of a text, and none of it is to be in another."""
        return self.plain.issuperset(text)

    def text_form(self, cluster: str) -> str | None:
        """Return the form in which a face of the text has a letter; None if another is named for its script."""
        if cluster not in self.text_forms:
            self.text_forms[cluster] = self.find_text_form(cluster)
        return self.text_forms[cluster]

    def find_text_form(self, cluster: str) -> str | None:
        if script_of_cluster(cluster) in self.families and self.face_of(cluster):
            return None
        for face in self.text_faces:
            if (form := form_in(face, cluster)) is not None:
                return form
        return None

    def faces_throughout(self, text: str) -> dict[str, Face]:
        """Return the faces in which all words of a script are set in a text of many parts, by the scripts' codes.

        They are those of scripts other than the edition's of which the faces of the text lack many letters, as those
        of polytonic Greek: its words would be in two faces, by their accents.
        """
        if self.is_plain(text):
            return {}
        letters = Counter(clusters_of(text))
        codes = {cluster: script_of_cluster(cluster) for cluster in letters if not cluster.isascii()}
        all_of, lacking = Counter[str](), Counter[str]()
        faces: dict[str, Face] = {}
        for cluster, code in codes.items():
            if code in self.main or code in NO_SCRIPTS:
                continue
            all_of[code] += letters[cluster]
            if self.text_form(cluster) is None and (face := self.face_of(cluster)) is not None:
                lacking[code] += letters[cluster]
                faces.setdefault(code, face)
        return {code: face for code, face in faces.items() if lacking[code] >= MANY * all_of[code]}

    def runs(self, text: str, language: str = "", throughout: Mapping[str, Face] | None = None) -> Iterator[SetRun]:
        """Split a text into runs of one face each; ``language`` is that of the text, if it is known.

        Words in another script than the edition's are in one face, if it has them all, where one letter needs it; or
        in the one in which they are ``throughout``.
        """
        form = form_of(language) or form_in_text(text) or self.form
        clusters = list(clusters_of(text))
        forms = [self.text_form(cluster) for cluster in clusters]
        codes = [script_of_cluster(cluster) for cluster in clusters]
        faces = [
            None if shown is not None else self.face_of(cluster, form)
            for cluster, shown in zip(clusters, forms, strict=True)
        ]
        needed = {code: face for code, face in zip(codes, faces, strict=True) if face and code not in self.main}
        needed = {**(throughout or {}), **needed}
        needed |= {code: face for code in codes if (face := self.named_face(code, form))}
        run: list[str] = []
        last: tuple[Face | None, bool] = (None, False)
        for number, cluster in enumerate(clusters):
            face, missing = faces[number], forms[number] is None and faces[number] is None
            other = needed.get(codes[number])
            if other and face != other and form_in(other, cluster) is not None:
                face, missing = other, False
            elif (before := last[0]) and is_between(number, codes, needed, before) and form_in(before, cluster):
                face = before
            shown = forms[number] if face is None else form_in(face, cluster)
            if run and (face, missing) != last:
                yield SetRun("".join(run), *last)
                run = []
            last = (face, missing)
            run.append(cluster if shown is None else shown)
        if run:
            yield SetRun("".join(run), *last)


def is_between(number: int, codes: Sequence[str], needed: Mapping[str, Face], face: Face) -> bool:
    """Return whether a common character stands between words of scripts that are in one face."""
    if codes[number] != "Zyyy":
        return False
    following = next((code for code in codes[number:] if code != "Zyyy"), None)
    return following is not None and needed.get(following) == face
