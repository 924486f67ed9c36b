"""Citations as authors write them: ``{see also}key{pp. 12-14, n. 3}, other`` (no Sphinx, no docutils).

The grammar is that of sphinxcontrib-bibtex's `cite` roles. What stands behind a key is a locator
if it begins with one of the codes below and a number, or with a number alone, which counts pages;
anything else are the author's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from sphinxcontrib.bibtex.citation_target import parse_citation_targets

# The codes of locators, whatever the language of the edition, and the CSL term that prints each
# (CSL 1.0.2, appendix I, “Locators”).
CODES = {
    "p": "page", "pp": "page", "pg": "page", "page": "page", "pages": "page",
    "ch": "chapter", "chs": "chapter", "chap": "chapter", "chaps": "chapter", "chapter": "chapter",
    "sec": "section", "secs": "section", "sect": "section", "§": "section", "§§": "section", "section": "section",
    "vol": "volume", "vols": "volume", "volume": "volume",
    "n": "note", "nn": "note", "note": "note", "notes": "note", "fn": "note",
    "fol": "folio", "fols": "folio", "f": "folio", "ff": "folio", "folio": "folio",
    "no": "issue", "nos": "issue", "nr": "issue", "issue": "issue",
    "col": "column", "cols": "column", "column": "column",
    "fig": "figure", "figs": "figure", "figure": "figure",
    "l": "line", "ll": "line", "line": "line", "lines": "line",
    "para": "paragraph", "paras": "paragraph", "par": "paragraph", "¶": "paragraph", "¶¶": "paragraph",
    "paragraph": "paragraph",
    "pt": "part", "pts": "part", "part": "part",
    "bk": "book", "bks": "book", "book": "book",
    "v": "verse", "vv": "verse", "verse": "verse", "verses": "verse",
    "op": "opus", "opus": "opus",
    "art": "article-locator", "arts": "article-locator", "article": "article-locator",
    "s.v": "sub-verbo", "s.vv": "sub-verbo", "sv": "sub-verbo",
    "app": "appendix", "appendix": "appendix", "tab": "table", "table": "table", "sc": "scene", "scene": "scene",
}  # fmt: skip
# A number of any script, with what may stand in it: 12, 12-14, xii, 4a, ۱۲, 12, 15 & 20.
NUMBER = r"(?:\d[\w.:/-]*|[ivxlcdm]+\b)"
NUMBERS = rf"{NUMBER}(?:\s*(?:--?|[–—,&;])\s*{NUMBER})*"
LABELLED = re.compile(
    rf"(?P<code>[^\W\d_]+(?:\.[^\W\d_]+)*(?=\.|\s|\d)|§§?|¶¶?)\.?\s*(?P<number>{NUMBERS})(?P<rest>.*)", re.DOTALL
)
NAMED = re.compile(r"(?P<code>s\.\s?vv?)\.?\s+(?P<number>[^,;]+)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
PLAIN = re.compile(rf"(?P<number>{NUMBERS})(?P<rest>(?:[,;].*)?)", re.DOTALL)


@dataclass(frozen=True)
class Citation:
    """One source in a call: where in it, as a CSL label and a number, and the author's words around it."""

    key: str
    prefix: str = ""
    label: str = ""
    locator: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Slip:
    """What is wrong with a call: the words in question, and what to write instead."""

    words: str
    advice: str


def read_call(text: str) -> tuple[list[Citation], list[Slip]]:
    """Read the text of a role into its sources, in their order, with what is wrong with them."""
    citations: list[Citation] = []
    slips: list[Slip] = []
    try:
        targets = list(parse_citation_targets(text))
    except ValueError:
        return [], [Slip(text, "write {see}key{p. 12}, with commas between several sources")]
    for target in targets:
        citation, found = read_locator(Citation(target.key, tidy(target.pre)), tidy(target.post))
        citations.append(citation)
        slips.extend(found)
    return citations, slips


def tidy(words: str) -> str:
    return " ".join(words.split())


def read_locator(citation: Citation, post: str) -> tuple[Citation, list[Slip]]:
    """Take the locator from the words behind a key."""
    match = PLAIN.fullmatch(post)
    if match:
        return located(citation, "page", match), []
    match = NAMED.fullmatch(post) or LABELLED.fullmatch(post)
    if not match:
        return replace(citation, suffix=post), list(unfinished(post))
    code = match["code"].replace(" ", "").rstrip(".").lower()
    if code in CODES:
        return located(citation, CODES[code], match), []
    near = get_close_matches(code, CODES, n=1, cutoff=0.7)
    advice = "write an English code, such as “p. 12”, “ch. 3”, “vol. 2”, “n. 4”"
    if near:
        advice = f"write “{near[0]}. {match['number']}”"
    # Words such as “Chapter the 3rd” are the author's own; a code is short and ends in a full stop.
    is_code = len(code) <= 5 and post[len(match["code"]) :].startswith(".")
    return replace(citation, suffix=post), [Slip(post, advice)] if is_code else []


def unfinished(post: str) -> Iterator[Slip]:
    """Find a code that no number follows."""
    if (code := post.rstrip(". ").lower()) in CODES and len(code) <= 5:
        yield Slip(post, f"write a number behind it: “{code}. 12”")


def located(citation: Citation, label: str, match: re.Match[str]) -> Citation:
    number = re.sub(r"\s*(--?|[–—])\s*", "-", match["number"]).strip()
    return replace(citation, label=label, locator=number, suffix=own_words(match["rest"]))


def own_words(rest: str) -> str:
    """Return an author's words behind a locator, parted from it as they were written."""
    rest = rest.strip()
    return rest if not rest or rest[0] in ",;" else f" {rest}"
