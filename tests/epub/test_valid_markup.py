"""Old or mistaken markup, as importers and extensions write it, is valid in the book and keeps its words."""

from __future__ import annotations

import pytest
from lxml import etree

from fleuron.epub.valid_markup import WRAPPER, valid_markup
from tests.mistakes.test_mistakes import HEAD
from tests.support.epub_books import messages
from tests.support.publications import Maker

CORRECTED = [
    ('<p align="center">a</p>', '<p style="text-align: center">a</p>'),
    ('<p align="url(x)">a</p>', "<p>a</p>"),
    ('<div class="b" markdown="1">a</div>', '<div class="b">a</div>'),
    ("<center>a</center>", '<div style="text-align: center">a</div>'),
    ('<font color="red" size="2">b</font>', '<span style="color: red">b</span>'),
    ("<tt>a</tt><big>b</big><strike>c</strike>", '<code>a</code><span style="font-size: larger">b</span><s>c</s>'),
    ('<table border="1" cellpadding="2" width="50%"/>', '<table style="width: 50%"/>'),
    ('<td nowrap="nowrap" width="9">a</td>', '<td style="white-space: nowrap; width: 9px">a</td>'),
    (
        "<tr><td>a</td></tr><tbody><tr><td>b</td></tr></tbody>",
        "<tbody><tr><td>a</td></tr></tbody><tbody><tr><td>b</td></tr></tbody>",
    ),
    ('<img src="a" width="9" alt="" border="0"/>', '<img src="a" width="9" alt=""/>'),
    ('<p id="a">a</p><p id="a">b</p><p id="b c">c</p>', '<p id="a">a</p><p>b</p><p>c</p>'),
    ("<p>a<div>b</div>c</p><li>d</li><td>e</td>", "<div>a<div>b</div>c</div><div>d</div><div>e</div>"),
    ('<ul type="square"><li value="3">a</li></ul>', "<ul><li>a</li></ul>"),
    ('<ol><li value="3" align="left">b</li></ol>', '<ol><li value="3" style="text-align: left">b</li></ol>'),
    ('<a target="_blank" id="x">a</a><div role="doc-biblioentry">b</div>', '<a id="x">a</a><div>b</div>'),
]
WITHIN = {"<td": "<table><tr>{}</tr></table>", "<tr": "<table>{}</table>"}


def placed(first: str, markup: str) -> str:
    """Return markup within a table, if what it begins with must be in one."""
    return next((place for tag, place in WITHIN.items() if first.startswith(tag)), "{}").format(markup)


@pytest.mark.parametrize(("written", "valid"), CORRECTED)
def test_markup_is_corrected(written: str, valid: str) -> None:
    assert valid_markup(placed(written, written)) == placed(written, valid)
    words = ["".join(map(str, etree.fromstring(f"{WRAPPER}{each}</div>").itertext())) for each in (written, valid)]
    assert words[0] == words[1]


@pytest.mark.parametrize("sound", ['<p id="a" class="b">a &amp; b<br/></p>', "<p>no end", "plain"])
def test_sound_markup_stays_as_it_is(sound: str) -> None:
    assert valid_markup(sound) is sound


def test_a_book_of_old_html_is_valid(make: Maker) -> None:
    pieces = [written for written, _valid in CORRECTED if "<img" not in written and "doc-" not in written]
    old = "\n\n".join(placed(piece, piece) for piece in pieces)
    publication = make({"articles/one.md": f"{HEAD}{old}\n\n<math alttext='x'><mi>x</mi></math>\n"})
    result = publication.publish("epub", languages="en", options="-W")
    assert result.code == 0, result.output
    assert messages(publication.build / "epub/small-en.epub") == []
