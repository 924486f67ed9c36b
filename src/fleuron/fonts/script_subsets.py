"""Choose the subsets of faces for what the typefaces of the text lack on the pages of an edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fleuron.fonts.font_list import ListedFace
from fleuron.fonts.han_forms import form_of
from fleuron.fonts.installed import Face
from fleuron.fonts.script_faces import MARK, ScriptFaces, form_in, script_of_cluster
from fleuron.fonts.subsets import Subset

# The arrow of Fleuron's own pages at the end of a note, which is shown in any typeface of the reader.
LEFT_TO_READER = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"


@dataclass(frozen=True)
class ScriptSubsets:
    """Subsets for scripts and letters; those ``before`` the typeface of the text have whole scripts.

    ``marked`` are those for Chinese characters in elements of a language that has other forms than the page.
    """

    before: tuple[Subset, ...] = ()
    after: tuple[Subset, ...] = ()
    marked: Mapping[str, tuple[Subset, ...]] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Subset, ...]:
        return (*self.before, *self.after, *(subset for subsets in self.marked.values() for subset in subsets))


def plan_script_subsets(
    letters: Iterable[str],
    families: Mapping[str, str],
    listed: Sequence[ListedFace],
    language: str,
    marked: Callable[[], Iterable[str]] = tuple,
) -> ScriptSubsets:
    """Choose the subsets for the letters that pages use, and the typefaces of the text lack; none without these.

    ``language`` is that of the edition; ``marked`` returns the languages of parts of its pages, and is called only
    if they have Chinese characters.

    A browser takes a file for the characters of its `unicode-range`: a script of which the text lacks a letter, other
    than that of the edition, is set in one face, and so comes first; a Latin letter with its marks comes last, or all
    such letters would be in its face.
    """
    faces = ScriptFaces(families, listed, language)
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
    chinese = by_script.get("Hani", [])
    languages = sorted(set(marked())) if chinese else []
    forms = {each: form for each in languages if (form := form_of(each)) not in ("", faces.form)}
    return ScriptSubsets(
        subsets_of(faces, before),
        subsets_of(faces, after),
        {each: subsets_of(faces, in_form(faces, chinese, form)) for each, form in forms.items()},
    )


def in_form(faces: ScriptFaces, letters: Iterable[str], form: str) -> dict[tuple[Face, str], set[str]]:
    """Return the Chinese characters that the face of a form has; the others are in the faces of the page."""
    chosen = [(letter, face) for letter in letters if (face := faces.face_of(letter, form))]
    usual = Counter(face for _letter, face in chosen).most_common(1)
    return {(face, "Hani"): {each for letter, own in chosen if own == face for each in letter} for face, _ in usual}


def subsets_of(faces: ScriptFaces, wanted: Mapping[tuple[Face, str], set[str]]) -> tuple[Subset, ...]:
    """Return the subsets of all faces of some families that have some of the characters."""
    subsets = (
        Subset(face, "script", code, frozenset(characters))
        for (regular, code), characters in wanted.items()
        for face in faces.faces_of(regular.family)
    )
    return tuple(subset for subset in subsets if subset.characters)
