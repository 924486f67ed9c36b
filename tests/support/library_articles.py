"""Articles for the tests of library catalogues: those of `works`, and some that only catalogues mind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from fleuron.metadata.work import Copy, Translation, person
from tests.support.article_works import BASE, HOSTILE, IN_RUSSIAN, RUSSIAN, SCRIPT, WHOLE

PERSIAN = Translation("fa", f"{BASE}/fa/articles/delta.html")
OWN_EPUB = Copy("application/epub+zip", f"{BASE}/en/downloads/delta.epub", "This article as EPUB", 9_000)
# Written in Persian by one who has no family name to tell apart, and translated into Russian.
IN_PERSIAN = replace(
    WHOLE,
    language="fa",
    title="دلتای رود",
    subtitle="پایان یک رود",
    abstract="آنچه رود به جا می‌گذارد.",
    authors=(person("صادق هدایت"), person("انجمن ویراستاران", is_organization=True)),
    keywords=("رود",),
    doi="10.5555/fa",
    publication="حاشیه‌ها",
    publisher="انتشارات",
    address=PERSIAN.address,
    copies=(OWN_EPUB,),
    translations=(RUSSIAN,),
    original_language="fa",
)
FROM_PERSIAN = replace(IN_RUSSIAN, doi="10.5555/ru", translations=(PERSIAN,), original_language="fa")
# One that claims relations, a DOI and files that are invalid.
SLY = replace(
    HOSTILE,
    doi="10.5555/<a>\x00\ud800",
    original_language="tr",
    translations=(Translation("tr", SCRIPT), Translation("de", "//evil.example/x"), Translation("fr", "../fr.html")),
)
CONTROLS = {*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF} - {0x0A}


def is_clean(text: str) -> bool:
    """Tell whether a text has no character that XML, or a line of it, cannot carry."""
    return not any(ord(sign) in CONTROLS or 0xD800 <= ord(sign) <= 0xDFFF for sign in text)


def leaves(value: Any) -> Iterator[str]:
    """Yield each text of a record."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield value


def is_whole(value: Any) -> bool:
    """Tell whether nothing in a record is empty."""
    if isinstance(value, dict):
        return bool(value) and all(map(is_whole, value.values()))
    if isinstance(value, list):
        return bool(value) and all(map(is_whole, value))
    return value not in ("", None)


def leads_astray(text: str) -> bool:
    """Tell whether a text is an address that nobody should follow."""
    return text.startswith((SCRIPT, "data:", "//", "java", "../"))


def read_json(written: str) -> dict[str, Any]:
    """Read a record, and hold its file to the form that all have."""
    record = json.loads(written)
    assert written == json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    written.encode()
    assert is_whole(record)
    assert all(map(is_clean, leaves(record)))
    assert isinstance(record, dict)
    return record
