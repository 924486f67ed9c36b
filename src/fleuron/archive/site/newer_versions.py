"""Say on the pages of older versions that a newer one exists, in a line at their head that needs no script.

Only the copies on the site are changed, and only by this line: without it, a page is byte for byte that of its bag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import quote

from fleuron.archive.site.page_templates import LIST, VERSIONS
from fleuron.atomic_files import write_file
from fleuron.editions.interface_words import attributes_as_html, interface_words

LINE = re.compile(rb'<aside class="newer-version".*?</aside>\n', re.DOTALL)
# It stands before the head of the page, so that the link to the text stays the first one; else where the body begins.
HEAD, BODY = re.compile(rb'(?=<header class="masthead"|<main\b)'), re.compile(rb"<body\b[^>]*>")
LANGUAGE = re.compile(rb'<html[^>]*?\slang="([A-Za-z0-9-]+)"')
# Written into the line: the style sheet of an older version has no rule for it.
STYLE = "padding:.6rem 1rem;text-align:center;color:#3a2c00;background:#fdf0c4;border-bottom:2px solid #b58900"


def mark_as_older(versions: Path, version: str, latest: Path, names: Iterable[str] | None = None) -> None:
    """Write the line on the pages of a version in the folder of all versions, or on those of some ``names`` alone.

    ``latest`` is the folder with the pages of the latest version: a page leads to the same one there, if there is one.
    A page is replaced, not written in place, since it may be a hard link to one that is being read.
    """
    folder = versions / version
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    for name in sorted(pages if names is None else pages.intersection(names)):
        before = (folder / name).read_bytes()
        after = with_line(before, name, version, has_newer=(latest / name).is_file())
        if after != before:
            write_file(folder / name, after)


def with_line(page: bytes, name: str, version: str, *, has_newer: bool) -> bytes:
    """Return a page with the line, or as it is if it has no body; ``name`` is its path in the version's folder."""
    plain = without_line(page)
    place = HEAD.search(plain) or BODY.search(plain)
    if not place:
        return plain
    found = LANGUAGE.search(plain)
    language = found[1].decode() if found else "en"
    made = line(name, version, language, has_newer=has_newer).encode()
    return plain[: place.end()] + made + plain[place.end() :]


def without_line(page: bytes) -> bytes:
    """Return a page as its bag has it."""
    return LINE.sub(b"", page)


def line(name: str, version: str, language: str, *, has_newer: bool) -> str:
    """Return the line in a language of the interface, or else in English; the list is linked if the page is gone."""
    word = interface_words(language)
    up = "../" * (name.count("/") + 2)
    address = f"{up}{quote(name)}" if has_newer else f"{up}{VERSIONS}/{LIST}"
    text = escape(word("This is version {version}. A newer version exists.").format(version=version))
    link = f'<a href="{address}" rel="latest-version" style="color:inherit">{escape(word("Latest version"))}</a>'
    label = escape(word("Version"))
    return (
        f'<aside class="newer-version" aria-label="{label}"{attributes_as_html(language)} style="{STYLE}">'
        f"{text} {link}</aside>\n"
    )
