"""Messages say how severe they are, come in the order of files, and are counted as they are shown."""

from __future__ import annotations

import re

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH, told
from tests.support.publications import SMALL, Maker, Result

TWO = {"index.md": SMALL["index.md"].replace("one\n", "one\narticles/two\n")}


def places(result: Result) -> list[tuple[str, str]]:
    """Return the place and the severity of each message, in their order."""
    found = [re.match(r"(\S+?:\d+): (ERROR|WARNING): ", line) for line in told(result)]
    return [(match[1], match[2]) for match in found if match]


def last_line(result: Result) -> str:
    return told(result)[-1]


def test_errors_and_warnings_in_the_order_of_files(make: Maker) -> None:
    """A translator's fault is a warning; what is wrong in every edition is shown and counted once."""
    catalogue = f'{CATALOGUE}msgid "Text."\nmsgstr "{{ref}}`burada` yok."\n'
    text = f"{HEAD}See {{doc}}`nothing`.\n\nText.\n\nSee {{ref}}`nowhere`.\n"
    publication = make({**TWO, "articles/one.md": text, "articles/two.md": f"{HEAD}{{ref}}`no`\n", TURKISH: catalogue})
    result = publication.publish("html")
    assert places(result) == [
        ("articles/one.md:7", "ERROR"),
        ("articles/one.md:11", "ERROR"),
        ("articles/two.md:7", "ERROR"),
        (f"{TURKISH}:6", "WARNING"),
    ]
    assert last_line(result).startswith("fleuron: 3 errors in ")


def test_with_w_warnings_are_counted_as_errors(make: Maker) -> None:
    catalogue = f'{CATALOGUE}msgid "The first text."\nmsgstr "{{ref}}`burada` yok."\n'
    publication = make({TURKISH: catalogue})
    result = publication.publish("html", options="-W")
    assert places(result) == [(f"{TURKISH}:6", "WARNING")]
    assert last_line(result).startswith("fleuron: 1 warning in ")
    assert "-W makes warnings errors" in last_line(result)
    assert result.code != 0


def test_an_error_is_shown_even_if_it_is_suppressed(make: Maker) -> None:
    """One of Fleuron's own: words would be lost without a sign."""
    conf = SMALL["conf.py"] + 'suppress_warnings = ["ref.ref", "fleuron"]\n'
    publication = make({"conf.py": conf, "articles/one.md": f"{HEAD}See {{ref}}`nowhere`, and this.[^lost]\n"})
    result = publication.publish("html", languages="en")
    assert places(result) == [("articles/one.md:7", "ERROR")]
    assert last_line(result).startswith("fleuron: 1 error in ")


def test_a_missing_bibliography_is_one_message(make: Maker) -> None:
    text = f"{HEAD}One.{{footcite}}`one` Two.{{footcite}}`two`\n"
    publication = make({**TWO, "articles/one.md": text, "articles/two.md": text})
    result = publication.publish("html")
    assert places(result) == [("refs.bib:1", "WARNING")]
