"""Resolve the embedding levels of a paragraph (Unicode Bidirectional Algorithm, UAX #9, revision 50).

What is embedded or isolated comes as one object, U+FFFC, since elements say so (CSS Writing Modes Level 4, 2.4.2), so
explicit formatting characters (X1 to X8) are not needed, and are taken for neutral ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

# BidiBrackets.txt: those of scholarly texts.
OPENING, CLOSING = "([{⁅⁽₍⌈⌊〈❨❪❬⟦⟨⟪⟮⸢⸤⸦⸨〈《「『【〔〖〘〚（［｛｢", ")]}⁆⁾₎⌉⌋〉❩❫❭⟧⟩⟫⟯⸣⸥⸧⸩〉》」』】〕〗〙〛）］｝｣"
PAIRS = dict(zip(OPENING, CLOSING, strict=True))
NEUTRAL = ("B", "S", "WS", "ON", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN")
# The most brackets that are open at once (BD16).
MOST_OPEN = 63


def class_of(character: str) -> str:
    """Return the bidirectional class of a character; BN for one that this Python does not know."""
    return unicodedata.bidirectional(character) or "BN"


def levels_of(text: str, base: int) -> list[int]:
    """Return the embedding level of each character; ``base`` is that of the paragraph, 0 or 1."""
    classes = [class_of(character) for character in text]
    own = "R" if base % 2 else "L"
    resolve_weak(classes, own)
    resolve_brackets(text, classes, own)
    resolve_neutral(classes, own)
    return [
        base + (1 if kind != own and kind in "LR" else 0) if kind in "LR" else number_level(base) for kind in classes
    ]


def number_level(base: int) -> int:
    """Return the level of a number (I1, I2)."""
    return base + (1 if base % 2 else 2)


def resolve_weak(classes: list[str], own: str) -> None:
    """Resolve marks, numbers and what is between them (W1 to W7)."""
    before, strong = own, own
    for place, kind in enumerate(classes):
        if kind in ("NSM", "BN"):  # W1
            classes[place] = kind = before if kind == "NSM" else "BN"
        elif kind == "EN" and strong == "AL":  # W2
            classes[place] = kind = "AN"
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind != "BN":
            before = kind
    for place, kind in enumerate(classes):  # W3
        if kind == "AL":
            classes[place] = "R"
    for place in range(1, len(classes) - 1):  # W4
        left, kind, right = classes[place - 1 : place + 2]
        if (left, right) in (("EN", "EN"), ("AN", "AN")) and (kind == "CS" or (kind == "ES" and left == "EN")):
            classes[place] = left
    for first, last in runs_of(classes, ("ET",)):  # W5
        if "EN" in (*classes[max(first - 1, 0) : first], *classes[last : last + 1]):
            classes[first:last] = ["EN"] * (last - first)
    strong = own
    for place, kind in enumerate(classes):  # W6, W7
        if kind in ("ET", "ES", "CS"):
            classes[place] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            classes[place] = "L"


def resolve_brackets(text: str, classes: list[str], own: str) -> None:
    """Resolve brackets by what is in them, and before them (N0)."""
    for first, last in bracket_pairs(text, classes):
        inside = {side_of(kind) for kind in classes[first + 1 : last]}
        if own in inside:
            found = own
        elif inside & {"L", "R"}:
            before = next((side for kind in reversed(classes[:first]) if (side := side_of(kind))), own)
            found = before
        else:
            continue
        for bracket in (first, last):
            classes[bracket] = found
            for place in range(bracket + 1, len(text)):  # the marks on it
                if class_of(text[place]) != "NSM":
                    break
                classes[place] = found


def bracket_pairs(text: str, classes: Sequence[str]) -> list[tuple[int, int]]:
    """List the places of brackets that belong together, in the order of the opening ones (BD16)."""
    opened: list[tuple[str, int]] = []
    found = []
    for place, character in enumerate(text):
        if classes[place] != "ON":
            continue
        if character in PAIRS:
            if len(opened) == MOST_OPEN:
                break
            opened.append((PAIRS[character], place))
        elif any(closing == character for closing, _ in opened):
            while True:
                closing, first = opened.pop()
                if closing == character:
                    found.append((first, place))
                    break
    return sorted(found)


def resolve_neutral(classes: list[str], own: str) -> None:
    """Resolve the other neutral characters by what is on both sides of them (N1, N2)."""
    for first, last in runs_of(classes, NEUTRAL):
        left = side_of(classes[first - 1]) if first else own
        right = side_of(classes[last]) if last < len(classes) else own
        classes[first:last] = [left if left == right else own] * (last - first)


def side_of(kind: str) -> str:
    """Return L or R for a strong class or a number; "" for others."""
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else ""


def runs_of(classes: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end of each sequence of some classes."""
    first = None
    for place, kind in enumerate([*classes, ""]):
        if kind in kinds:
            first = place if first is None else first
        elif first is not None:
            yield first, place
            first = None


def first_strong(text: str) -> str:
    """Return “ltr” or “rtl” by the first letter that has a direction (P2, P3); "" if there is none."""
    for character in text:
        if (kind := class_of(character)) in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""
