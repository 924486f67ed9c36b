"""Abbreviate given names to initials (CSL 1.0.2, “initialize-with”)."""

from __future__ import annotations

import re

HYPHENS = re.compile(r"([-‐‑])")
# A full stop ends an initial or an abbreviation; the letters after it begin another.
TAG = re.compile(r"(<[^<>]*>)")
PIECES = re.compile(r"[^\s.]+\.?|\.")


def initialize_given_name(given: str, mark: str, *, whole: bool, hyphenated: bool) -> str:
    """Write a given name with initials.

    ``mark`` follows each initial. Without ``whole`` only initials are rewritten, and full names are kept.
    ``hyphenated`` keeps the hyphen of “J.-L.”.
    """
    if TAG.search(given):
        return initialize_marked_up(given, mark, whole=whole, hyphenated=hyphenated)
    text = ""
    for piece in PIECES.findall(given.replace("\u00a0", " ")):
        word = piece.rstrip(".")
        if not word:
            continue
        stopped = piece.endswith(".")
        if word == word.lower() and not stopped and not word[:1].isupper() and word[:1].isalpha() and has_case(word):
            text = f"{text.rstrip()} {word} "
        elif stopped or whole or len(word) == 1:
            text = text.rstrip() if HYPHENS.match(word) and hyphenated else text
            text += initials_of(word, mark, stopped=stopped, hyphenated=hyphenated)
        else:
            text = f"{text.rstrip() + ' ' if text else ''}{word} "
    return re.sub(r"\s+", " ", text).strip()


def has_case(word: str) -> bool:
    """Return whether a word has letters with upper and lower case."""
    return word.upper() != word.lower()


def initials_of(word: str, mark: str, *, stopped: bool, hyphenated: bool) -> str:
    """Shorten one word to its initials; if it ends in a full stop, it is an abbreviation already and is kept."""
    parts = HYPHENS.split(word)
    letters = ""
    for number, part in enumerate(parts):
        if number % 2:
            continue
        if not part:
            continue
        if number and (part == part.lower() and has_case(part)):
            continue
        hyphen = "-" if number and hyphenated else ""
        letter = part if stopped else first_letter(part)
        letters = f"{letters.rstrip() if hyphen else letters}{hyphen}{letter}{mark}"
    return letters


def first_letter(word: str) -> str:
    """Return the first letter, or a digraph that is written with two capitals: “TSerendorjiin” gives “Ts”."""
    capitals = re.match(r"[^\W\d_a-z]+", word)
    if capitals and 1 < len(capitals[0]) < len(word) and word[len(capitals[0])].islower() and word[1].isupper():
        return word[0] + word[1 : len(capitals[0])].lower()
    return word[:1]


def initialize_marked_up(given: str, mark: str, *, whole: bool, hyphenated: bool) -> str:
    """Shorten a given name that contains tags, which are kept; so are hyphens between its parts if ``hyphenated``."""
    text = ""
    for piece in TAG.split(given):
        if piece.startswith("<"):
            text += piece
            continue
        for part in re.split(r"([-\s]+)", piece):
            if part.strip("- "):
                text += initialize_given_name(part, mark, whole=whole, hyphenated=hyphenated)
            else:
                text += "-" if "-" in part and hyphenated else part
    return text
