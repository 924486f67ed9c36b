"""The titles of an entry: its own, that of the volume, the book, the journal, the series and the event."""

from __future__ import annotations

import re

from fleuron.csl.sources.entry.field_reader import Reading
from fleuron.csl.sources.entry.localisation_keys import is_key, phrase
from fleuron.csl.sources.entry.types import ARTICLES, BOOKS, PARTS_OF_BOOKS

Texts = dict[str, str]


def titles(reading: Reading) -> Texts:
    """Return the title variables of CSL (1.0.2, appendix IV).

    `@proceedings` of old may have only a `booktitle`, or have it twice for the entries that refer to them.
    With a main title, the work of several volumes is the title, and the volume's own is `volume-title`; for a part
    of a book they are `container-title` and `volume-title`. The title of a special issue is a `volume-title`.
    """
    kind = reading.entry.type
    found: Texts = {}
    if kind == "periodical" and reading.has("issuetitle"):
        found["title"], found["container-title"] = _whole(reading, "issue"), _whole(reading, "")
    elif reading.has("maintitle") and kind not in PARTS_OF_BOOKS:
        found["title"], found["volume-title"] = _whole(reading, "main"), _whole(reading, "")
    elif kind in BOOKS:
        found["title"] = _whole(reading, "") or _whole(reading, "book")
        if reading.has("booktitle") and reading.text("booktitle", title=True) != reading.text("title", title=True):
            reading.report("booktitle", "a whole book is in no other book; it is not printed")
    else:
        found["title"] = _whole(reading, "")
        found |= _containers(reading)
    found["title-short"] = reading.text("shorttitle", title=True) or _main_part(reading)
    found["container-title-short"] = reading.text("shortjournal", title=True)
    found["collection-title"] = _series(reading)
    found["event-title"] = _whole(reading, "event")
    found["original-title"] = reading.text("origtitle", title=True)
    return {variable: text for variable, text in found.items() if text}


def _containers(reading: Reading) -> Texts:
    if reading.has("maintitle"):
        return {"container-title": _whole(reading, "main"), "volume-title": _whole(reading, "book")}
    first, second = ("journal", "book") if reading.entry.type in ARTICLES else ("book", "journal")
    stem = first if reading.has(f"{first}title") else second
    issue = {"volume-title": _whole(reading, "issue")} if reading.has("issuetitle") else {}
    return {"container-title": _whole(reading, stem), **issue}


def _whole(reading: Reading, stem: str) -> str:
    """Join a title, its subtitle and what is added to it: "Title: Subtitle. Addition"."""
    title, subtitle, addition = (
        reading.text(f"{stem}{part}", title=True) for part in ("title", "subtitle", "titleaddon")
    )
    return join(join(title, ":", subtitle), ".", addition)


def _main_part(reading: Reading) -> str:
    """Return the title without its subtitle, where the author has told them apart."""
    stem = "main" if reading.has("maintitle") and reading.entry.type not in PARTS_OF_BOOKS else ""
    both = reading.has(f"{stem}title") and reading.has(f"{stem}subtitle", f"{stem}titleaddon")
    return reading.text(f"{stem}title", title=True) if both else ""


def _series(reading: Reading) -> str:
    """Return the series of a book, or of a journal where it is more than a number (which is `collection-number`)."""
    source = reading.entry.fields["series"].text if reading.has("series") else ""
    if not source or (reading.entry.type in ARTICLES and re.fullmatch("[0-9]+", source)):
        return ""
    return phrase(reading.raw("series")) if is_key(source) else reading.text("series", title=True)


def join(first: str, sign: str, second: str) -> str:
    """Join two texts by a sign, unless the first ends in one of its own."""
    if not first or not second:
        return first or second
    end = re.sub(r"(?:</?(?:i|b|sup|sub|span)\b[^>]*>|[”’»)])+$", "", first)
    return (
        f"{first} {second}"
        if end.endswith(("!", "?", ".", ",", ":", ";", "…", "؟", "。"))
        else f"{first}{sign} {second}"
    )
