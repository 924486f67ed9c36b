"""HTML is split at its pictures, and put together it is as it was written."""

from __future__ import annotations

import pytest

from fleuron.manuscript.pictures.html_pieces import candidates_of, pieces_of

TEXTS = {
    '<figure>\n<img src="a b.png" alt="x">\n<figcaption>A &amp; b</figcaption></figure>\n': ["img"],
    '<picture><source srcset="a.webp 2x"><img src=c.png></picture>': ["picture", "source", "img", "/picture"],
    '<p>x</p><svg viewBox="0 0 1 1"><svg/><image href="a"/></svg> tail <img\n src="x"/>': ["svg", "img"],
    '<!-- <img src=x> --><script>"<img src=x>"</script><b title="<img>">x</b>': [],
    '<VIDEO POSTER="p.png"><source src=x.mp4>No films</VIDEO>': ["video", "source", "/video"],
    "<svg><g>\nno end": ["svg"],
    '<a href="a.PNG?x=1">x</a><a href="a.html">y</a><a href="https://e.org/a.png">z</a>': ["a"],
    '<b style="color:red">x</b><i style="background:URL(x)">y</i>': ["i"],
    '<img src="x': [],
    "": [],
}


@pytest.mark.parametrize("text", TEXTS)
def test_pieces(text: str) -> None:
    pieces = pieces_of(text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.tag for piece in pieces if piece.tag] == TEXTS[text]
    assert all(piece.line == text.count("\n", 0, text.index(piece.text)) for piece in pieces)


def test_the_first_of_two_attributes_counts() -> None:
    assert pieces_of("<img src=a.png alt SRC=b.png>")[0].get("src") == "a.png"
    assert pieces_of("<img src=a.png alt>")[0].get("alt") == ""
    assert pieces_of("<img src=a.png>")[0].get("alt") is None


def test_candidates() -> None:
    assert candidates_of("a.png, b.png 2x,c.png 300w") == [("a.png", ""), ("b.png", "2x"), ("c.png", "300w")]
    assert candidates_of("data:image/png;base64,aa= 1x, b 2x") == [("data:image/png;base64,aa=", "1x"), ("b", "2x")]
