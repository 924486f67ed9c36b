"""Read the titles of an entry: its own and those of its volume, book, journal, series and event."""

from __future__ import annotations

import re

from fleuron.csl.sources.entry.bib_entry import FieldReader
from fleuron.csl.sources.entry.localisation_keys import is_key, phrase
from fleuron.csl.sources.entry.types import ARTICLES, BOOKS, PARTS_OF_BOOKS

Texts = dict[str, str]
COLON = re.compile(r"\s*[:：]\s+")
# What a colon may stand within: a title that is cut there would not be whole.
PAIRS = (("<span", "</span"), ("<i>", "</i>"), ("<b>", "</b>"), ("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))


def titles(reader: FieldReader) -> Texts:
    """Return the title variables of CSL (1.0.2, appendix IV).

    Older `@proceedings` may have only a `booktitle`, or repeat the title in it for the entries that refer to them. With
    a main title, `title` is that of the multi-volume work and `volume-title` that of the volume; for a part of a book
    they are `container-title` and `volume-title`. The title of a special issue is a `volume-title`.
    """
    kind = reader.entry.type
    found: Texts = {}
    if kind == "periodical" and reader.has("issuetitle"):
        found["title"], found["container-title"] = _whole(reader, "issue"), _whole(reader, "")
    elif reader.has("maintitle") and kind not in PARTS_OF_BOOKS:
        found["title"], found["volume-title"] = _whole(reader, "main"), _whole(reader, "")
    elif kind in BOOKS:
        found["title"] = _whole(reader, "") or _whole(reader, "book")
        if reader.has("booktitle") and reader.text("booktitle", title=True) != reader.text("title", title=True):
            reader.report(
                "booktitle", "this is an entry for a whole book, which cannot have a booktitle; it is not printed"
            )
    else:
        found["title"] = _whole(reader, "")
        found |= _containers(reader)
    found["title-short"] = reader.text("shorttitle", title=True) or _main_part(reader)
    found["container-title-short"] = reader.text("shortjournal", title=True)
    found["collection-title"] = _series(reader)
    found["event-title"] = _whole(reader, "event")
    found["original-title"] = reader.text("origtitle", title=True)
    return {variable: text for variable, text in found.items() if text}


def _containers(reader: FieldReader) -> Texts:
    """Return the title of what contains the source: a book, a journal or a multi-volume work."""
    if reader.has("maintitle"):
        return {"container-title": _whole(reader, "main"), "volume-title": _whole(reader, "book")}
    first, second = ("journal", "book") if reader.entry.type in ARTICLES else ("book", "journal")
    stem = first if reader.has(f"{first}title") else second
    issue = {"volume-title": _whole(reader, "issue")} if reader.has("issuetitle") else {}
    return {"container-title": _whole(reader, stem), **issue}


def _whole(reader: FieldReader, stem: str) -> str:
    """Join a title, its subtitle and what is added to it: "Title: Subtitle. Addition"."""
    title, subtitle, addition = (
        reader.text(f"{stem}{part}", title=True) for part in ("title", "subtitle", "titleaddon")
    )
    return join_title_parts(join_title_parts(title, ":", subtitle), ".", addition)


def _main_part(reader: FieldReader) -> str:
    """Return the title without its subtitle, which is in a field of its own or follows a colon; "" if there is none."""
    stem = "main" if reader.has("maintitle") and reader.entry.type not in PARTS_OF_BOOKS else ""
    title = reader.text(f"{stem}title", title=True)
    before = COLON.split(title, maxsplit=1)[0]
    if before != title and all(before.count(first) == before.count(last) for first, last in PAIRS):
        return before
    return title if title and reader.has(f"{stem}subtitle", f"{stem}titleaddon") else ""


def _series(reader: FieldReader) -> str:
    """Return the series of a book, or of a journal unless it is only a number (which is `collection-number`)."""
    source = reader.entry.fields["series"].text if reader.has("series") else ""
    if not source or (reader.entry.type in ARTICLES and re.fullmatch("[0-9]+", source)):
        return ""
    return phrase(reader.raw("series")) if is_key(source) else reader.text("series", title=True)


def join_title_parts(first: str, mark: str, second: str) -> str:
    """Join two parts of a title with a punctuation mark, unless the first ends in one already."""
    if not first or not second:
        return first or second
    end = re.sub(r"(?:</?(?:i|b|sup|sub|span)\b[^>]*>|[”’»)])+$", "", first)
    return (
        f"{first} {second}"
        if end.endswith(("!", "?", ".", ",", ":", ";", "…", "؟", "。"))
        else f"{first}{mark} {second}"
    )
