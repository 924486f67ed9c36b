"""A translator's slip never refuses an edition: it is told at its line, and the source's text is printed."""

from __future__ import annotations

import pytest

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH, assert_no_crash, told
from tests.mistakes.test_severity import places
from tests.support.publications import Maker, text_of

pytestmark = pytest.mark.slow

# What is written in a catalogue in place of a plain paragraph.
SLIPS = (
    *("{nope}`x`", "{ref}`burada", "{ref}`burada`", "{ref}`bura <yok>`", "{doc}`yok`", "{doc}`../../etc/passwd`"),
    *("{term}`yok`", "{numref}`yok`", "{eq}`yok`", "{any}`yok`", "{option}`x`", "{py:func}`yok`", "{cite}`yok`"),
    *(
        "{footcite}`yok`",
        "{footcite:t}`yok`",
        "kelime[^yok]",
        "[^x]: not",
        "![resim](yok.png)",
        "![resim](/etc/passwd)",
    ),
    *("![resim](https://x.example/z.png)", "{download}`yok.pdf`", "[bağ](yok.md)", "[bağ](#yok)", "[bağ][yok]"),
    *(
        "[bağ](javascript:x)",
        "{raw}`x`",
        "{pep}`x`",
        "**kalın kelime",
        "{{ yok }}",
        ":::{note}",
        "kelime $$x",
        "x\\x\x01",
    ),
)
# Slips that are shown as text, each told.
HTML = ("<b>kalın", "<div>kutu</div>", "<script>x</script>", "<a href=x>y", "<!-- yorum -->")
# Broken syntax of the catalogue itself, after `msgstr `; the entry is left out.
BROKEN = ('"bir" iki"', '"bir', "bir", '"bir"\nmsgstr "iki"', '"bir"\nrubbish')


def test_no_slip_refuses_an_edition(make: Maker) -> None:
    slips = [f'"{slip}"'.replace('""', '"') for slip in (*SLIPS, *HTML)] + list(BROKEN)
    text = HEAD + "".join(f"Plain text {number}.\n\n" for number in range(len(slips))) + "The last.\n"
    entries = [f'msgid "Plain text {number}."\nmsgstr {slip}\n\n' for number, slip in enumerate(slips)]
    catalogue = CATALOGUE + "".join(entries) + 'msgid "The last."\nmsgstr "Sonuncu."\n'
    publication = make({"articles/one.md": text, TURKISH: catalogue, "refs.bib": "@book{a, title = {T}}\n"})
    result = publication.publish("html", "epub", languages="tr")
    assert_no_crash(result)
    assert result.code == 0, result.output
    found = dict(places(result))
    assert set(found.values()) == {"WARNING"}
    line, missing = 5, []
    for entry, slip in zip(entries, slips, strict=True):
        lines = range(line, line + entry.count("\n"))
        if not any(f"{TURKISH}:{number}" in found for number in lines):
            missing.append(slip)
        line += entry.count("\n")
    assert missing == []
    assert all(place.startswith(TURKISH) for place in found), result.output
    page = text_of(publication.page("tr", "articles/one").cssselect("article")[0])
    numbers = [number for number in range(len(slips)) if f"Plain text {number}." not in page]
    assert [slips[number] for number in numbers] == [f'"{slip}"' for slip in HTML]
    assert "Sonuncu." in page, "what follows a broken entry is used"
    assert publication.publish("html", languages="tr", options="-W").code == 1


def test_a_file_that_is_no_catalogue_is_an_error(make: Maker) -> None:
    publication = make({TURKISH: "This is a letter to the editor.\n"})
    result = publication.publish("html")
    assert result.code == 1
    assert places(result) == [(f"{TURKISH}:1", "ERROR")]
    assert told(result)[-1].endswith("not published: Türkçe (html); what was published of it before is unchanged")
