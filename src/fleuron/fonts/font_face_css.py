"""Write the style sheet that names the font files of an edition (CSS Fonts Level 4, 4 The @font-face rule)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fontTools.ttLib import TTFont

from fleuron.fonts.font_readings import cached_reading, runs_of
from fleuron.fonts.installed import Face
from fleuron.fonts.page_letters import FOLDER
from fleuron.fonts.subsets import Subset

# The frequency of letters in English text, in percent of the letters, and that of spaces in percent of all characters.
SPACE_FREQUENCY = 17.0
LETTER_FREQUENCIES = {
    **{"e": 12.7, "t": 9.1, "a": 8.2, "o": 7.5, "i": 7.0, "n": 6.7, "s": 6.3, "h": 6.1, "r": 6.0, "d": 4.3},
    **{"l": 4.0, "c": 2.8, "u": 2.8, "m": 2.4, "w": 2.4, "f": 2.2, "g": 2.0, "y": 2.0, "p": 1.9, "b": 1.5},
    **{"v": 1.0, "k": 0.8, "j": 0.15, "x": 0.15, "q": 0.1, "z": 0.1},
}
ALPHABET = (" ", *LETTER_FREQUENCIES)


# Typefaces that readers' systems have, as fallbacks until the font files arrive: for each style, the full name of the
# face, and the average width of its letters in em (xWidthAvg by unitsPerEm, as @capsizecss/metrics 4.3 lists them).
FALLBACKS = {
    "Georgia": {
        "regular": ("Georgia", 913 / 2048),
        "italic": ("Georgia Italic", 931 / 2048),
        "semibold": ("Georgia Bold", 1062 / 2048),
    },
    "Times New Roman": {
        "regular": ("Times New Roman", 832 / 2048),
        "italic": ("Times New Roman Italic", 836 / 2048),
        "semibold": ("Times New Roman Bold", 886 / 2048),
    },
    # Of Android and Linux; the widths of DejaVu Serif as average_width() finds them.
    "Noto Serif": {
        "regular": ("Noto Serif", 0.481),
        "italic": ("Noto Serif Italic", 0.469),
        "semibold": ("Noto Serif Bold", 0.512),
    },
    "DejaVu Serif": {
        "regular": ("DejaVu Serif", 0.5145),
        "italic": ("DejaVu Serif Italic", 0.5145),
        "semibold": ("DejaVu Serif Bold", 0.5681),
    },
}
# Latin, Greek, Cyrillic and punctuation: on some systems these faces have Arabic letters too, for which there is the
# Arabic family.
FALLBACK_RANGE = "U+0-58F,U+1E00-2BFF"


def quoted(name: str) -> str:
    """Return a string as CSS writes it (CSS Syntax Level 3, 4.3.5)."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def ranges(codes: Sequence[int]) -> str:
    """Write code points, in order, as a ``unicode-range``: ``U+20-7E,U+A0``."""
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs_of(codes))


def rule(family: str, face: Face, source: str, more: str) -> str:
    """Write the rule of a face; ``more`` are descriptors after those of every rule."""
    style = "italic" if face.style.italic else "normal"
    descriptors = f"font-family:{quoted(family)};font-style:{style};font-weight:{face.weight};src:{source};{more}"
    return f"@font-face{{{descriptors}}}\n"


def subset_rule(subset: Subset, is_first: bool = False) -> str:
    """Write the rule of a subset's file; a page begins with the letters of the first."""
    source = f'url({quoted(f"{FOLDER}/{subset.name}")}) format("woff2")'
    # By “fallback” fleuron.js knows the face that it is to ask for at once. What has not come after three seconds
    # does not take the page from its reader's eyes.
    display = "fallback" if is_first else "swap"
    descriptors = f"font-display:{display};unicode-range:{ranges(subset.range)}"
    return rule(css_family(subset), subset.face, source, descriptors)


def css_family(subset: Subset) -> str:
    """Return the name that the style sheet gives to a family; one has another for each script that it is used for."""
    return f"{subset.face.family} {subset.script}" if subset.role == "script" else subset.face.family


def css_families(subsets: Sequence[Subset]) -> list[str]:
    """Return the names of the families of subsets, each once."""
    return list(dict.fromkeys(map(css_family, subsets)))


def average_width(face: Face, font: TTFont) -> float:
    """Return the average width of a letter of English text in em; 0 if the opened font lacks some of the letters."""
    names = font.getBestCmap()
    if any(ord(letter) not in names for letter in ALPHABET):
        return 0
    glyphs = font.getGlyphSet(location=face.location(font) or None)
    # Rounded as in an instance of a variable font.
    widths = {letter: round(glyphs[names[ord(letter)]].width) for letter in ALPHABET}
    total = sum(widths[letter] * frequency for letter, frequency in LETTER_FREQUENCIES.items())
    letters = total / sum(LETTER_FREQUENCIES.values())
    average = (letters * (100 - SPACE_FREQUENCY) + widths[" "] * SPACE_FREQUENCY) / 100
    return float(average) / float(font["head"].unitsPerEm)


def metrics_of(face: Face) -> tuple[float, int, dict[str, int]]:
    """Return the average width of a face's letters, the units of its em, and by their names in CSS the heights."""
    font = face.open()
    heights = font["hhea"]
    named = {"ascent": heights.ascent, "descent": -heights.descent, "line-gap": heights.lineGap}
    return average_width(face, font), font["head"].unitsPerEm, named


def fallback_rules(face: Face) -> dict[str, str]:
    """Return the rules that give the reader's own faces the width and height of a face, by the fallback's family.

    So lines stay where they are when the font file arrives. There is none for a style that has no fallback, nor for a
    font without Latin letters.
    """
    asked = ("metrics", face.source.number, face.source.instance, LETTER_FREQUENCIES, SPACE_FREQUENCY)
    width, em, metrics = cached_reading(asked, face.file_digest, lambda: metrics_of(face))
    rules = {}
    for family, styles in FALLBACKS.items():
        if width and face.style.name in styles:
            local, usual_width = styles[face.style.name]
            size = width / usual_width
            overrides = "".join(f"{name}-override:{value / em / size:.1%};" for name, value in metrics.items())
            more = f"size-adjust:{size:.1%};{overrides}unicode-range:{FALLBACK_RANGE}"
            rules[family] = rule(fallback_name(face.family, family), face, f"local({quoted(local)})", more)
    return rules


def fallback_name(family: str, fallback: str) -> str:
    """Return the name that the style sheet gives to a fallback of a family."""
    return f"{family} by {fallback}"


def marked_rules(marked: Mapping[str, Sequence[Subset]], text: str = "var(--serif)") -> str:
    """Write the rules for elements of a language that has other forms of Chinese characters than the page.

    ``text`` are the families of the page.
    """
    rules = []
    for language, subsets in marked.items():
        families = ",".join([*map(quoted, css_families(subsets)), text])
        rules.append(f":lang({language}):not(code):not(kbd):not(pre):not(samp){{font-family:{families}}}\n")
    return "".join(rules)


def stylesheet(
    families: Mapping[str, str],
    subsets: Sequence[Subset],
    script: str,
    before: Sequence[Subset] = (),
    after: Sequence[Subset] = (),
) -> str:
    """Write the style sheet: a rule for each file, and the properties ``--text-face`` and ``--arabic-face``.

    Each property is a list of quoted families, without a generic one at its end. ``script`` is that of the edition;
    the families of ``before`` and ``after`` are for scripts and letters that those of the text lack.
    """
    faces = dict.fromkeys(subset.face for subset in subsets if subset.role == "text")
    fallbacks = [fallback_rules(face) for face in faces]
    by_family = {family: "".join(rules.get(family, "") for rules in fallbacks) for family in FALLBACKS}
    first, last = css_families(before), css_families(after)
    names = {role: [*first, families[role], *last] for role in ("arabic", "text")}
    if last:  # before which the Latin letters of a Persian text are to be in the typeface of the text
        names["arabic"].insert(len(first) + 1, families["text"])
    names["text"] += [fallback_name(families["text"], family) for family, rules in by_family.items() if rules]
    properties = "".join(f"--{role}-face:{','.join(map(quoted, names[role]))};" for role in sorted(names))
    rules = "".join(subset_rule(subset, is_first(subset, script)) for subset in subsets)
    return f":root{{{properties}}}\n{rules}{''.join(by_family.values())}"


def is_first(subset: Subset, script: str) -> bool:
    """Return whether a file has the letters that a page of the edition begins with."""
    role = "arabic" if script == "Arab" else "text"
    return (subset.role, subset.script, subset.face.style.name) == (role, script, "regular")
