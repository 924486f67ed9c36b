"""Collect the characters that the pages of a folder use, and keep them for the next build."""

from __future__ import annotations

import html
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.fonts.letter_marks import marked_letters

# The folder of the font files, below that of the style sheet.
FOLDER = "typefaces"
STYLESHEET = f"{FOLDER}.css"
# The languages of elements of a page whose forms are not those of the rest.
MARKED = re.compile(r'\blang="((?:zh|ja|ko|yue|lzh|cmn|nan|hak|wuu|ojp|okm|ryu)(?:-[A-Za-z0-9-]+)?)"')
# What a page does not show: its scripts and its tags, but for the attributes that are shown.
HIDDEN = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
SHOWN_ATTRIBUTES = re.compile(r"""\s(?:alt|title|placeholder|value|data-[\w-]+)=("[^"]*"|'[^']*')""")
# CSS Syntax Level 3, 4.3.5: the strings of a style sheet; 4.3.7: a character by its number.
CSS_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
CSS_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})")
# The number goes up when letters are found otherwise than before.
FORMAT = 4
# The elements that the theme sets in bold; what else is bold loads the other letters of the face as well.
BOLD = re.compile(r"<(th|strong|b|dt)\b[^>]*>(.*?)</\1\s*>", re.DOTALL)
# What a browser or a script adds to any text.
ADDED = frozenset("-\N{HYPHEN}0123456789")

# The letters of a file, after its size in bytes and the time of its last change in nanoseconds: single characters as
# one text, which is read much faster than a list, letters with marks, and the characters in bold.
Known = tuple[int, int, str, list[str], str]


def letters_of(outdir: Path, record: Path | None = None) -> set[str]:
    """Collect the characters of all pages and style sheets in a folder, and the letters with marks.

    The pages that this build has not written again are in the folder too. ``record`` is a file that keeps the letters
    of each page, so that the next build reads only the pages that have changed.
    """
    known = letters_by_file(outdir, record).values()
    return set().union(*(letters for *_status, characters, marked, _bold in known for letters in (characters, marked)))


def letters_in_bold(outdir: Path, record: Path | None = None) -> set[str]:
    """Collect the characters that pages in a folder have in bold."""
    return set().union(*(bold for *_others, bold in letters_by_file(outdir, record).values()))


def letters_by_file(outdir: Path, record: Path | None) -> dict[str, Known]:
    """Return the letters of each page and style sheet in a folder, and keep them in the record."""
    before = read_record(record) if record else {}
    now: dict[str, Known] = {}
    start = len(str(outdir)) + 1
    for path in pages_and_sheets(outdir):
        name, status = path[start:].replace(os.sep, "/"), os.stat(path)  # noqa: PTH116, which is faster
        known = before.get(name)
        if known is None or known[:2] != (status.st_size, status.st_mtime_ns):
            text = Path(path).read_text("utf-8", errors="ignore")
            found = sorted(letters_of_sheet(text) if path.endswith(".css") else letters_of_page(text))
            characters = "".join(letter for letter in found if len(letter) == 1)
            marked = [letter for letter in found if len(letter) > 1]
            bold = "" if path.endswith(".css") else "".join(sorted(bold_letters_of_page(text)))
            known = (status.st_size, status.st_mtime_ns, characters, marked, bold)
        now[name] = known
    if record and now != before:
        write_file(record, json.dumps({"format": FORMAT, "pages": now}).encode())
    return now


def pages_and_sheets(outdir: Path) -> Iterator[str]:
    """Yield the pages of a folder, and the style sheets but that of the typefaces themselves."""
    for folder, _folders, names in os.walk(outdir):
        for name in names:
            if name.endswith((".html", ".xhtml", ".css")) and name != STYLESHEET:
                yield f"{folder}{os.sep}{name}"


def letters_of_page(text: str) -> set[str]:
    """Return the characters that a page shows, and the letters with marks."""
    seen = HIDDEN.sub(" ", text)
    attributes = " ".join(SHOWN_ATTRIBUTES.findall(seen))
    shown = html.unescape(f"{TAG.sub(' ', seen)} {attributes}")
    return {*shown} | marked_letters(shown)


def bold_letters_of_page(text: str) -> set[str]:
    """Return the characters that a page has in bold."""
    bold = " ".join(words for _tag, words in BOLD.findall(text))
    return {*html.unescape(TAG.sub("", bold))}


def letters_of_sheet(text: str) -> set[str]:
    """Return the characters of a style sheet's strings, those that it names by number too."""
    strings = "".join(CSS_STRING.findall(text))
    numbers = (int(number, 16) for number in CSS_ESCAPE.findall(strings))
    return {*strings, *ADDED, *(chr(number) for number in numbers if number <= sys.maxunicode)}


def marked_languages(outdir: Path) -> set[str]:
    """Collect the languages of East Asia that elements of the pages in a folder are marked with."""
    pages = (Path(path) for path in pages_and_sheets(outdir) if not path.endswith(".css"))
    return {language for path in pages for language in MARKED.findall(path.read_text("utf-8", errors="ignore"))}


def read_record(path: Path) -> dict[str, Known]:
    """Return what an earlier build recorded; nothing if it cannot be used."""
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        record = json.loads(path.read_bytes())
        if record["format"] == FORMAT:
            return {
                name: (*status, text, marked, bold) for name, (*status, text, marked, bold) in record["pages"].items()
            }
    return {}
