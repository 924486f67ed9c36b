"""Parse citations as authors write them, ``{see also}key{pp. 12-14, n. 3}, other``, and convert them to CSL's.

The grammar is that of sphinxcontrib-bibtex's `cite` roles. The text behind a key is a locator if it
begins with one of the labels below and a number, or with a number alone, which means pages;
anything else is the author's own text. Neither Sphinx nor docutils is needed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.text.labelled_numbers import ABBREVIATIONS

# What authors may write for a locator's label, whatever the language of the edition, and the CSL term that prints it
# (CSL 1.0.2, appendix I, “Locators”): the abbreviations that the CSL processor knows, full words and signs.
LABELS = ABBREVIATIONS | {
    "page": "page", "pages": "page", "pg": "page", "chapter": "chapter", "volume": "volume",
    "sect": "section", "§": "section", "§§": "section", "section": "section",
    "note": "note", "notes": "note", "fn": "note", "f": "folio", "ff": "folio", "folio": "folio",
    "nr": "issue", "issue": "issue", "column": "column", "figure": "figure", "line": "line", "lines": "line",
    "par": "paragraph", "¶": "paragraph", "¶¶": "paragraph", "paragraph": "paragraph", "part": "part", "book": "book",
    "v": "verse", "vv": "verse", "verse": "verse", "verses": "verse", "opus": "opus",
    "art": "article-locator", "arts": "article-locator", "article": "article-locator",
    "s.v": "sub-verbo", "s.vv": "sub-verbo", "sv": "sub-verbo",
    "app": "appendix", "appendix": "appendix", "tab": "table", "table": "table", "sc": "scene", "scene": "scene",
}  # fmt: skip
# A number of any script, with what may stand in it: 12, 12-14, xii, 4a, ۱۲, 12, 15 & 20.
NUMBER = r"(?:\d[\w.:/-]*|[ivxlcdm]+\b)"
NUMBERS = rf"{NUMBER}(?:\s*(?:--?|[–—,&;])\s*{NUMBER})*"
LABELLED = re.compile(
    rf"(?P<label>[^\W\d_]+(?:\.[^\W\d_]+)*(?=\.|\s|\d)|§§?|¶¶?)\.?\s*(?P<number>{NUMBERS})(?P<rest>.*)", re.DOTALL
)
NAMED = re.compile(r"(?P<label>s\.\s?vv?)\.?\s+(?P<number>[^,;]+)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
PLAIN = re.compile(rf"(?P<number>{NUMBERS})(?P<rest>(?:[,;].*)?)", re.DOTALL)


@dataclass(frozen=True)
class ParsedCite:
    """One source in a call: its key, where in it (a CSL label and a number), and the author's words around it."""

    key: str
    prefix: str = ""
    label: str = ""
    locator: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class CitationProblem:
    """What is wrong with a call: the text in question, and what to write instead."""

    text: str
    advice: str


def parse_citation(text: str) -> tuple[list[ParsedCite], list[CitationProblem]]:
    """Parse the text of a role into its cites, in their order, and the problems found."""
    cites: list[ParsedCite] = []
    problems: list[CitationProblem] = []
    try:
        targets = list(parse_citation_targets(text))
    except ValueError:
        return [], [CitationProblem(text, "write {see}key{p. 12}, with commas between several sources")]
    for target in targets:
        cite, found = parse_locator(ParsedCite(target.key, one_line(target.pre)), one_line(target.post))
        cites.append(cite)
        problems.extend(found)
    return cites, problems


def one_line(text: str) -> str:
    return " ".join(text.split())


def parse_locator(cite: ParsedCite, post: str) -> tuple[ParsedCite, list[CitationProblem]]:
    """Split the text behind a key into a locator and a suffix."""
    match = PLAIN.fullmatch(post)
    if match:
        return with_locator(cite, "page", match), []
    match = NAMED.fullmatch(post) or LABELLED.fullmatch(post)
    if not match:
        return replace(cite, suffix=post), list(missing_number(post))
    label = match["label"].replace(" ", "").rstrip(".").lower()
    if label in LABELS:
        return with_locator(cite, LABELS[label], match), []
    near = get_close_matches(label, LABELS, n=1, cutoff=0.7)
    advice = "write an English abbreviation, such as “p. 12”, “ch. 3”, “vol. 2”, “n. 4”"
    if near:
        advice = f"write “{near[0]}. {match['number']}”"
    # Words such as “Chapter the 3rd” are the author's own; an abbreviation is short and ends in a full stop.
    is_abbreviation = len(label) <= 5 and post[len(match["label"]) :].startswith(".")
    return replace(cite, suffix=post), [CitationProblem(post, advice)] if is_abbreviation else []


def missing_number(post: str) -> Iterator[CitationProblem]:
    """Yield a problem if the text is a label without a number."""
    if (label := post.rstrip(". ").lower()) in LABELS and len(label) <= 5:
        yield CitationProblem(post, f"write a number behind it: “{label}. 12”")


def with_locator(cite: ParsedCite, label: str, match: re.Match[str]) -> ParsedCite:
    number = re.sub(r"\s*(--?|[–—])\s*", "-", match["number"]).strip()
    return replace(cite, label=label, locator=number, suffix=suffix_behind_locator(match["rest"]))


def suffix_behind_locator(rest: str) -> str:
    """Return an author's words behind a locator, separated from it as they were written."""
    rest = rest.strip()
    return rest if not rest or rest[0] in ",;" else f" {rest}"


@dataclass(frozen=True)
class NumberedNote:
    """A note with its number (from 1), the cites of each call in it, and whether the author wrote its text."""

    number: int
    calls: tuple[tuple[ParsedCite, ...], ...]
    has_own_text: bool = False


def csl_citations(notes: Sequence[NumberedNote]) -> list[Citation]:
    """Return one CSL citation for each call of the notes, in order.

    A note of the author's own text is followed by a citation without any source, so that no ibid. refers to
    it: a reader would not know to which of its sources.
    """
    citations: list[Citation] = []
    for note in notes:
        citations.extend(Citation(tuple(map(csl_cite, call)), note.number) for call in note.calls)
        if note.has_own_text:
            citations.append(Citation((), note.number))
    return citations


def csl_cite(cite: ParsedCite) -> Cite:
    """Return a cite with the space and the comma that its prefix and suffix need."""
    prefix = f"{cite.prefix} " if cite.prefix else ""
    suffix = cite.suffix
    if suffix and suffix[0].isalnum():
        suffix = f", {suffix}"
    return Cite(cite.key, cite.locator, cite.label or "page", prefix, suffix)
