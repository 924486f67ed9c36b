"""Convert names of BibTeX and biblatex to the name objects of CSL-JSON.

A list that ends in "and others" ends in the name ``{"literal": "others", "others": True}``: a processor that knows
``others`` prints "et al.", any other prints the word, as with Pandoc.
"""

from __future__ import annotations

import re
from typing import Any

from pybtex.bibtex.utils import split_tex_string

from fleuron.csl.sources.latex.reader import Report, decode

Name = dict[str, Any]
OTHERS: Name = {"literal": "others", "others": True}

AND = r"\s[Aa][Nn][Dd](?=\s)"
EXTENDED = re.compile(r'\s*"?\s*(?:family|given|prefix|suffix|useprefix)(?:-i)?\s*=', re.IGNORECASE)
PARTS = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
# Parts of biblatex's extended format that have no meaning in CSL: initials, which a style makes itself, and sorting.
HINTS = frozenset(("family-i", "given-i", "prefix-i", "suffix-i", "id", "nametemplates", "sortingnamekeytemplatename"))


def read_names(source: str, report: Report, use_prefix: bool = True) -> list[Name]:
    """Read a list of names joined by "and".

    ``use_prefix`` (biblatex's option) is whether a "von" belongs to the family name when it is sorted or shortened.
    ``report`` gets a message for each name that cannot be read. Never raises.
    """
    names: list[Name] = []
    written = [part.strip() for part in split_tex_string(f" {source} ", AND)]
    for part in written:
        if not part:
            report("a name is empty: there is one “and” too many")
        elif part.casefold() == "others":
            names.append(dict(OTHERS))
        elif name := read_name(part, report, use_prefix):
            names.append(name)
    return names


def read_name(source: str, report: Report, use_prefix: bool = True) -> Name | None:
    """Read one name; return None if it is empty."""
    if is_group(source):
        literal = decode(source, report, markup=False)
        return {"literal": literal} if literal else None
    if EXTENDED.match(source):
        return _drop_prefix(_extended(source, report), use_prefix)
    parts = [part.strip() for part in split_tex_string(source, ",")]
    if len(parts) > 3:
        report(f"the name “{source}” has too many commas; is an “and” missing? It is printed as it is")
        return {"literal": decode(source, report, markup=False)}
    if len(parts) == 1:
        given, particle, family = _split_natural_order(split_at_spaces(source))
        suffix = ""
    else:
        particle, family = _split_inverted(split_at_spaces(parts[0]))
        given, suffix = parts[-1], parts[1] if len(parts) == 3 else ""
    found = {"family": family, "given": given, "non-dropping-particle": particle, "suffix": suffix}
    name = {part: decode(text, report, markup=False) for part, text in found.items()}
    return _drop_prefix({part: text for part, text in name.items() if text}, use_prefix)


def is_group(source: str) -> bool:
    """Return whether one pair of braces encloses the whole text, as with a corporate name."""
    if not (source.startswith("{") and source.endswith("}")):
        return False
    depth = 0
    for brace in re.finditer(r"[{}]", source):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end() == len(source)
    return False


def split_at_spaces(source: str) -> list[str]:
    """Split a name at spaces and ties outside braces."""
    return [word for word in split_tex_string(source, r"[ \t\r\n~]+") if word]


def begins_lowercase(word: str) -> bool:
    """Return whether a word begins with a lower-case letter; a word in braces or in a script without case does not."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    plain = decode(word, markup=False) if "\\" in word else word
    first = next((character for character in plain if character.isalpha()), "")
    return first.islower()


def _split_natural_order(names: list[str]) -> tuple[str, str, str]:
    """Split "First von Last" into given names, particle and family name (BibTeX, Tame the BeaST, 11)."""
    small = [n for n, word in enumerate(names[:-1]) if begins_lowercase(word)]
    if small:
        start, end = small[0], small[-1] + 1
    else:
        start = end = len(names) - 1
    return " ".join(names[:start]), " ".join(names[start:end]), " ".join(names[end:])


def _split_inverted(names: list[str]) -> tuple[str, str]:
    """Split "von Last" into particle and family name; as in biblatex, a name that begins with a capital has none."""
    end = 0
    while end < len(names) - 1 and begins_lowercase(names[end]):
        end += 1
    return " ".join(names[:end]), " ".join(names[end:])


def split_particle(family: str) -> tuple[str, str]:
    """Split a family name (plain text) into its particle, or "", and the rest."""
    particle, name = _split_inverted(family.split())
    return particle, name


def _extended(source: str, report: Report) -> Name:
    """Read biblatex's extended format: "family=Beethoven, given=Ludwig, prefix=van" (manual, 3.4)."""
    name: Name = {}
    for pair in split_tex_string(source.strip().strip('"'), ","):
        part, _sign, value = (text.strip() for text in pair.partition("="))
        part = part.casefold()
        text = decode(value.strip('"'), report, markup=False)
        if part in PARTS and text:
            name[PARTS[part]] = text
        elif part == "useprefix":
            name["useprefix"] = text.casefold() == "true"
        elif part not in HINTS and part not in PARTS and pair:
            report(f"“{pair}” is not a valid part of a name")
    return name


def _drop_prefix(name: Name, use_prefix: bool) -> Name | None:
    """Make the prefix a dropping particle if `useprefix` is false, and a name without a family name a literal one."""
    if not name.pop("useprefix", use_prefix) and "non-dropping-particle" in name:
        name["dropping-particle"] = name.pop("non-dropping-particle")
    if name and "family" not in name:
        return {"literal": " ".join(name.values())}
    return name or None
