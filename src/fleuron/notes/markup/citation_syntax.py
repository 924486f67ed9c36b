"""Parse citations as authors write them, ``{see also}key{pp. 12-14, n. 3}, other``, and convert them to CSL's.

The grammar is that of sphinxcontrib-bibtex's `cite` roles, whose own parser (2.7) calls itself for each source, and
takes four times as long for twice as many blanks. The text after a key is a locator if it
begins with one of the labels below and a number, or with a number alone, which means pages;
anything else is the author's own text. Neither Sphinx nor docutils is needed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import pairwise

from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.text.labelled_numbers import ABBREVIATIONS, LabelledNumber
from fleuron.csl.text.numbers import ROMAN_NUMERAL

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
    "act": "act", "can": "canon", "canon": "canon", "eq": "equation", "eqq": "equation", "equation": "equation",
    "loc": "elocation", "rule": "rule", "supp": "supplement", "suppl": "supplement", "tit": "title-locator",
    "tbl": "table", "tbls": "table", "folios": "folio", "volumes": "volume", "chapters": "chapter",
    "columns": "column", "sections": "section", "paragraphs": "paragraph", "books": "book", "parts": "part",
    "app": "appendix", "appendix": "appendix", "tab": "table", "table": "table", "sc": "scene", "scene": "scene",
}  # fmt: skip
# The initials of Russian archives: “f. 130, op. 1, d. 12, l. 5” (fond, opis, delo, list), as in the original.
ARCHIVE_LABELS = {
    "f": "fonds", "ff": "fonds", "fond": "fonds", "op": "inventory", "opis": "inventory", "d": "archive-file",
    "dd": "archive-file", "delo": "archive-file", "l": "leaf", "ll": "leaf", "list": "leaf",
}  # fmt: skip
# The labels that say by themselves that they count several.
PLURALS = frozenset((
    "arts", "bks", "books", "chaps", "chapters", "chs", "cols", "columns", "eqq", "ff", "figs", "folios", "fols",
    "lines", "ll", "nn", "nos", "notes", "pages", "paragraphs", "paras", "parts", "pp", "pts", "s.vv", "secs",
    "sections", "tbls", "verses", "vols", "volumes", "vv", "§§", "¶¶",
))  # fmt: skip
SIGNS = "§¶"
# A group in brackets, as in 19(1)(a).
GROUP = r"(?:\([\w.:/–—-]+\)|\[[\w.:/–—-]+\])"
# A Roman numeral in small letters or capitals, which is not a label itself: “l. 5”, “l [5]”.
NO_LABEL = r"(?!\w)(?!\.?\s*\d)(?!\.\s*[\w\[])(?!(?<=\b[cdlv])\s*\[)"
ROMAN = rf"(?:{ROMAN_NUMERAL}|{ROMAN_NUMERAL.upper()})(?:[.:/]\d\w*|{GROUP})*{NO_LABEL}"
# A number of any script, with what may stand in it: 12, xii, XII, 4a, ۱۲, 19(1)(a), 4.2.
# No part of it is given back (the pattern is atomic), because a hyphen may also stand between two numbers: trying both
# for each hyphen would have no end.
FIGURE = rf"(?>\d(?:[.:/-]*(?!ff\.)\w|{GROUP}|[*°′″])*)"
NUMBER = rf"(?:{FIGURE}|{ROMAN})"
# After a label also S12 and [12].
LABELLED_NUMBER = rf"(?:[^\W\d_]{{0,3}}{FIGURE}|{ROMAN}|\[(?:\d\w*|{ROMAN})\])"
DASH = r"\s*(?:--?-?|[‐‑‒–—−])\s*"
# A number in a list is followed by another, or by the end: “p. 4, 3rd edition” has one page.
LIST_END = r"\s*(?:$|[,;&+)(\[]|\.\s*$|ff?\.|and\b)"
FOLLOWING = r"(?:\s+ff?\.|(?<=\d)ff\.)(?!\s*\d)"


def numbers(number: str) -> str:
    """Return the pattern of a number, a range, or a list of them: 12-14, 20 & 30."""
    listed = rf"(?:\s*[,&;+]\s*|\s+and\s+){number}(?={DASH}{number}|{LIST_END})"
    return rf"(?P<number>{number}(?:{DASH}{number}|{listed})*)(?P<following>{FOLLOWING})?"


SPACE = re.compile(r"\s*")
KEY = re.compile(r"[^{}\s,]+")
# The author's words before and after a key.
WORDS = re.compile(r"\{([^{}]+)\}")
PLAIN = re.compile(rf"{numbers(NUMBER)}(?=\.?$|\s*[,;])")
# “I, too” is not a page.
SINGLE_CAPITAL = re.compile("[IVXLCDM]")
LABELLED = re.compile(
    rf"(?P<label>[^\W\d_]+(?=\.|\s|\d|\[)|§§?|¶¶?)\.?\s*{numbers(LABELLED_NUMBER)}(?!\w)", re.IGNORECASE
)
# Headwords: one up to a comma, or several up to another label.
HEADWORDS = re.compile(r"(?P<label>s\.\s?v(?:v)?|sv)\b\.?\s+", re.IGNORECASE)
SEPARATOR = re.compile(r"\s*(?P<sign>[,;]|and\b|)\s*(?=[^\W\d_]|[§¶])")
# What stands between two parts of a locator, by what the author wrote there.
SEPARATORS = {",": ", ", ";": "; ", "and": " and ", "": " "}


@dataclass(frozen=True)
class ParsedCite:
    """One source in a call: its key, where in it, and the author's words around it."""

    key: str
    prefix: str = ""
    locators: tuple[LabelledNumber, ...] = ()
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
        targets = list(citation_targets(text))
    except ValueError:
        return [], [CitationProblem(text, "write {see}key{p. 12}, with commas between several sources")]
    for before, key, after in targets:
        cite, found = parse_locator(ParsedCite(key, one_line(before)), one_line(after))
        cites.append(cite)
        problems.extend(found)
    return cites, problems


def citation_targets(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the key of each source with the words before and after it; raise ValueError for anything else."""
    at = 0
    while True:
        before, at = words_at(text, at)
        key = KEY.match(text, at)
        if key is None:
            raise ValueError(f"no key at {at}")
        after, at = words_at(text, key.end())
        yield before, key[0], after
        if at == len(text):
            return
        if text[at] != ",":
            raise ValueError(f"no comma at {at}")
        at += 1


def words_at(text: str, at: int) -> tuple[str, int]:
    """Return the words in braces at a position, if there are any, and the position after them and blanks."""
    at = end_of_space(text, at)
    found = WORDS.match(text, at)
    return (found[1], end_of_space(text, found.end())) if found else ("", at)


def end_of_space(text: str, at: int) -> int:
    space = SPACE.match(text, at)
    assert space is not None
    return space.end()


def one_line(text: str) -> str:
    return " ".join(text.split())


def parse_locator(cite: ParsedCite, post: str) -> tuple[ParsedCite, list[CitationProblem]]:
    """Split the text after a key into a locator and a suffix."""
    parts, labels, end = locator_parts(post)
    if parts:
        located = tuple(with_archive_terms(parts, labels))
        return replace(cite, locators=located, suffix=suffix_after_locator(post[end:])), []
    return replace(cite, suffix=post), [*unknown_labels(post), *missing_number(post)]


def locator_parts(post: str) -> tuple[list[LabelledNumber], list[str], int]:
    """Read the parts of a locator from the beginning of a text; return them, their labels as written, and their end."""
    parts: list[LabelledNumber] = []
    labels: list[str] = []
    end = 0
    in_archive = False
    plain = PLAIN.match(post)
    if plain and (plain.end() == len(post) or not SINGLE_CAPITAL.fullmatch(plain["number"])):
        parts, labels, end = [labelled_number("page", "", plain)], [""], plain.end()
    while True:
        separator = SEPARATOR.match(post, end) if parts else None
        if parts and (separator is None or (not separator[0] and post[end - 1].isalnum())):
            break
        start = separator.end() if separator else 0
        found = headwords(post, start) or numbered_part(post, start, in_archive=in_archive)
        if found is None:
            break
        part, label, after = found
        if separator:
            parts[-1] = replace(parts[-1], separator=SEPARATORS[separator["sign"]])
        parts.append(part)
        labels.append(label)
        in_archive |= label in ("f", "op")
        end = after
    return parts, labels, end


def numbered_part(post: str, start: int, *, in_archive: bool = False) -> tuple[LabelledNumber, str, int] | None:
    """Read a label with its numbers at a position; ``in_archive`` if labels of an archive stand before it."""
    match = LABELLED.match(post, start)
    if match is None:
        return None
    label = match["label"].lower()
    if (label not in LABELS and label not in ARCHIVE_LABELS) or (label in ("d", "dd") and not in_archive):
        return None
    return labelled_number(LABELS.get(label, ""), label, match), label, match.end()


def labelled_number(term: str, label: str, match: re.Match[str]) -> LabelledNumber:
    """Make a part of a locator from a match of its numbers; ``label`` is the label as written."""
    number, following = match["number"], match["following"] or ""
    text = re.sub(r"\s*--+-?\s*", "--", re.sub(r"\s*([‐‑‒–—−-])\s*(?=\S)", r"\1", number)).strip()
    if following:
        text += " " + following.strip()
    return LabelledNumber(
        term,
        text,
        plural=label in PLURALS or bool(following),
        form="symbol" if label[:1] in SIGNS and label else "",
    )


def headwords(post: str, start: int) -> tuple[LabelledNumber, str, int] | None:
    """Read the words under which a dictionary has something, “s.v. Pamir”; “s.vv.” has several, with commas."""
    match = HEADWORDS.match(post, start)
    if match is None:
        return None
    label = match["label"].replace(" ", "").lower()
    several = label == "s.vv"
    end = match.end()
    while end < len(post) and post[end] != ";":
        if post[end] == ",":
            separator = SEPARATOR.match(post, end)
            if not several or (separator and numbered_part(post, separator.end())):
                break
        end += 1
    words = post[match.end() : end].strip()
    if not words:
        return None
    return LabelledNumber("sub-verbo", words, plural=several), label, end


def with_archive_terms(parts: Sequence[LabelledNumber], labels: Sequence[str]) -> Iterator[LabelledNumber]:
    """Yield the parts, in the terms of archives if the labels together are those of a Russian archive.

    “f. 12” alone is a folio, and “op. 1” an opus.
    """
    follows = set(pairwise(labels))
    is_archive = bool({"d", "dd"} & set(labels)) or ("f", "op") in follows
    for part, label in zip(parts, labels, strict=True):
        archival = label in ARCHIVE_LABELS and (is_archive or label not in LABELS)
        yield replace(part, label=ARCHIVE_LABELS[label]) if archival else part


def unknown_labels(post: str) -> Iterator[CitationProblem]:
    """Yield a problem if a text begins with an abbreviation and a number, and the abbreviation is not a known label."""
    match = LABELLED.match(post)
    if match is None:
        return
    label = match["label"].lower()
    # Words such as “Chapter the 3rd” are the author's own; an abbreviation is short and ends in a full stop.
    if len(label) > 5 or not post[len(match["label"]) :].startswith("."):
        return
    near = get_close_matches(label, LABELS, n=1, cutoff=0.7)
    advice = "write an English abbreviation, such as “p. 12”, “ch. 3”, “vol. 2”, “n. 4”"
    if near:
        advice = f"write “{near[0]}. {match['number']}”"
    yield CitationProblem(post, advice)


def missing_number(post: str) -> Iterator[CitationProblem]:
    """Yield a problem if the text is a label without a number."""
    if (label := post.rstrip(". ").lower()) in LABELS and len(label) <= 5:
        yield CitationProblem(post, f"write a number after it: “{label}. 12”")


def suffix_after_locator(rest: str) -> str:
    """Return an author's words after a locator, separated from it as they were written."""
    words = rest.strip()
    return f" {words}" if words and rest[0].isspace() else words


@dataclass(frozen=True)
class NumberedNote:
    """A note with its number (from 1), the cites of each call in it, and whether the author wrote its text.

    ``sources_only`` is true for an author's own note that has nothing but citations and punctuation.
    """

    number: int
    calls: tuple[tuple[ParsedCite, ...], ...]
    has_own_text: bool = False
    sources_only: bool = False

    @property
    def prevents_ibid(self) -> bool:
        """Whether no ibid. may refer to this note: a reader would not know to which of its sources."""
        several = len({cite.key for call in self.calls for cite in call}) > 1
        return self.has_own_text and (several or not self.sources_only)


def csl_citations(notes: Sequence[NumberedNote]) -> list[Citation]:
    """Return one CSL citation for each call of the notes, in order.

    A note that prevents an ibid. is followed by a citation without any source.
    """
    citations: list[Citation] = []
    for note in notes:
        citations.extend(Citation(tuple(map(csl_cite, call)), note.number) for call in note.calls)
        if note.prevents_ibid:
            citations.append(Citation((), note.number))
    return citations


def csl_cite(cite: ParsedCite) -> Cite:
    """Return a cite with the space and the comma that its prefix and suffix need."""
    prefix = f"{cite.prefix} " if cite.prefix else ""
    suffix = cite.suffix
    if suffix and not cite.locators and suffix[0] not in ",;.:!?":
        suffix = f" {suffix}" if suffix[0] in "([" else f", {suffix}"
    return Cite(cite.key, "", "page", prefix, suffix, locators=cite.locators)
