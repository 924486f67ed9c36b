"""Choose the subsets of faces for what the typefaces of the text lack on the pages of an edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fleuron.fonts.installed import Face, ListedFace
from fleuron.fonts.script_faces import MARK, ScriptFaces, form_in, script_of_cluster
from fleuron.fonts.subsets import Subset

# The arrow of Fleuron's own pages at the end of a note, which is shown in any typeface of the reader.
LEFT_TO_READER = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"


@dataclass(frozen=True)
class ScriptSubsets:
    """Subsets for scripts and letters; those ``before`` the typeface of the text have whole scripts."""

    before: tuple[Subset, ...] = ()
    after: tuple[Subset, ...] = ()

    @property
    def all(self) -> tuple[Subset, ...]:
        return self.before + self.after


def plan_script_subsets(
    letters: Iterable[str], families: Mapping[str, str], listed: Sequence[ListedFace], script: str
) -> ScriptSubsets:
    """Choose the subsets for the letters that pages use, and the typefaces of the text lack; none without these.

    A browser takes a file for the characters of its `unicode-range`: a script of which the text lacks a letter, other
    than that of the edition, is set in one face, and so comes first; a Latin letter with its marks comes last, or all
    such letters would be in its face.
    """
    faces = ScriptFaces(families, listed, script)
    if not faces.faces_of(families["text"]):
        return ScriptSubsets()
    by_script: dict[str, list[str]] = {}
    for letter in sorted(letters):
        if letter.isprintable() and not letter.isspace() and letter not in LEFT_TO_READER and not MARK.match(letter):
            by_script.setdefault(script_of_cluster(letter), []).append(letter)
    before: dict[tuple[Face, str], set[str]] = {}
    after: dict[tuple[Face, str], set[str]] = {}
    for code, own in by_script.items():
        lacking = {
            letter: face for letter in own if faces.text_form(letter) is None and (face := faces.face_of(letter))
        }
        first = faces.named_face(code) or next(iter(lacking.values()), None)
        whole = first if code not in faces.main else None
        for letter in own:
            if whole and form_in(whole, letter) is not None:
                before.setdefault((whole, code), set()).update(letter)
            elif letter in lacking:
                after.setdefault((lacking[letter], code), set()).update(letter)
    return ScriptSubsets(subsets_of(faces, before), subsets_of(faces, after))


def subsets_of(faces: ScriptFaces, wanted: Mapping[tuple[Face, str], set[str]]) -> tuple[Subset, ...]:
    """Return the subsets of all faces of some families that have some of the characters."""
    subsets = (
        Subset(face, "script", code, frozenset(characters))
        for (regular, code), characters in wanted.items()
        for face in faces.faces_of(regular.family)
    )
    return tuple(subset for subset in subsets if subset.characters)
