"""HTML whose end tags are left out becomes XHTML in which nothing is within what it should follow."""

from __future__ import annotations

import pytest

from fleuron.epub.raw_html import to_xhtml, with_xml_tags

PIECES = {
    "<ul><li>a<li>b</ul>": "<ul><li>a</li><li>b</li></ul>",
    "<ul><li>a<ul><li>b</ul><li>c</ul>": "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
    "<dl><dt>a<dd>b<p>c<dt>d</dl>": "<dl><dt>a</dt><dd>b<p>c</p></dd><dt>d</dt></dl>",
    "<p>a<p>b<div>c</div>": "<p>a</p><p>b</p><div>c</div>",
    "<p>a<table><tr><td><p>b</table>": "<p>a</p><table><tr><td><p>b</p></td></tr></table>",
    "<table><caption>z<thead><tr><th>a<th>b<tbody><tr><td>c<td>d<tr><td>e</table>": (
        "<table><caption>z</caption><thead><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td>c</td><td>d</td></tr><tr><td>e</td></tr></tbody></table>"
    ),
    "<ruby>a<rp>(<rt>b<rp>)</ruby>": "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>",
    "<select><option>a<option>b</select>": "<select><option>a</option><option>b</option></select>",
    '<svg viewBox="0 0 1 1"><linearGradient id="x"></linearGradient><path d="M0 0"/></svg>': (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><linearGradient id="x"></linearGradient>'
        '<path d="M0 0"/></svg>'
    ),
    "<ul><li>a</li><li>b</li></ul>": "<ul><li>a</li><li>b</li></ul>",
}


@pytest.mark.parametrize(("piece", "whole"), PIECES.items())
def test_end_tags_are_written_where_html_implies_them(piece: str, whole: str) -> None:
    left_open: list[str] = []
    written = to_xhtml(piece, left_open)
    assert written + "".join(f"</{tag}>" for tag in reversed(left_open)) == whole


@pytest.mark.parametrize(
    ("piece", "whole"),
    [
        ('<input checked id="a" type=radio>', '<input checked="checked" id="a" type="radio"/>'),
        ("<details open class='x \"y\"'>", '<details open="open" class="x &quot;y&quot;">'),
        ('<img alt="" src="a.png" /><br>', '<img alt="" src="a.png"/><br/>'),
        ("</details> a < b <p>", "</details> a < b <p>"),
        (
            '<svg viewBox="0 0 1 1"><path d="M0 0" /></svg>',
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        ),
        ('<p id="x"></p><p id="x" title="">', '<p id="x"></p><p title="">'),
    ],
)
def test_start_tags_of_extensions_are_written_as_xml_has_them(piece: str, whole: str) -> None:
    assert with_xml_tags(piece, set()) == whole
