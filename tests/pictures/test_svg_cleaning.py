"""Code and references to other files are taken out of drawings, and nothing else is."""

from __future__ import annotations

import base64

import pytest
from lxml import etree

from fleuron.manuscript.pictures.svg_cleaning import BrokenSvg, clean_inline_svg, clean_svg

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
HTML = 'xmlns="http://www.w3.org/1999/xhtml"'
INNER = f"<svg {NAMES}><script>evil()</script></svg>"
EVIL = "http://evil.example/x"

# What a drawing has, and what is left of it.
UNSAFE = [
    ("<script>evil()</script><g/>", "<g/>"),
    ("<g onclick='evil()' id='a'/>", '<g id="a"/>'),
    ("<a href='javascript:evil()'><g/></a>", "<a><g/></a>"),
    ("<a xlink:href=' JaVa\nScript:evil()'><g/></a>", "<a><g/></a>"),
    (f"<image href='{EVIL}.png'/><g/>", "<g/>"),
    ("<image xlink:href='other.png'/><g/>", "<g/>"),
    ("<use href='other.svg#part'/><g/>", "<g/>"),
    (f"<rect fill='url({EVIL})'/>", '<rect fill="none"/>'),
    (f"<rect style='fill:url({EVIL});stroke:red'/>", '<rect style="stroke:red;"/>'),
    (rf"<rect style='fill:\75rl({EVIL})'/>", '<rect style=""/>'),
    (f"<style>@import '{EVIL}';</style><g/>", "<style/><g/>"),
    (f"<style>a{{fill:url({EVIL});stroke:red}}</style>", "<style>a{stroke:red;}</style>"),
    (f"<style>@font-face{{src:url({EVIL})}}</style>", "<style/>"),
    ("<set attributeName='onclick' to='evil()'/><g/>", "<g/>"),
    ("<animate attributeName='xlink:href' values='javascript:evil()'/><g/>", "<g/>"),
    (f"<foreignObject><p {HTML} onclick='x'>Words<script>x</script></p></foreignObject>",
     f"<foreignObject><p {HTML}>Words</p></foreignObject>"),
    (f"<foreignObject><iframe {HTML} src='{EVIL}'/></foreignObject>", "<foreignObject/>"),
    (f"<g xml:base='{EVIL}'/>", "<g/>"),
    ("<image href='data:text/html,evil'/><g/>", "<g/>"),
]  # fmt: skip


def inner(content: bytes) -> str:
    """Return what is in a drawing, without the namespaces of its root."""
    text = etree.tostring(etree.fromstring(content), method="c14n").decode()
    return text.partition(">")[2].removesuffix("</svg>")


def canonical(text: str) -> str:
    return inner(f"<svg {NAMES}>{text}</svg>".encode())


@pytest.mark.parametrize(("written", "left"), UNSAFE)
def test_what_a_drawing_may_not_have_is_taken_out_and_told(written: str, left: str) -> None:
    cleaned = clean_svg(f"<svg {NAMES}>\n{written}</svg>".encode())
    assert inner(cleaned.content).strip() == canonical(left)
    assert cleaned.removed
    assert {removal.line for removal in cleaned.removed} <= {2, 3}
    assert b"evil" not in cleaned.content
    assert not clean_svg(cleaned.content).removed


SAFE = [
    "<a href='https://example.org/'><text>A link</text></a>",
    "<use href='#part'/><rect fill='url(#shade)' clip-path='url(\"#clip\")'/>",
    "<image href='data:image/png;base64,aaaa' width='2'/>",
    "<style>rect{fill:url(#shade)} @media print{a{fill:red}}</style>",
    "<metadata><source>words</source></metadata><text font-family='Source Serif'>url</text>",
    "<path d='M0 0h9' transform='translate(1 2)'/><animate attributeName='r' values='1;2'/>",
]


@pytest.mark.parametrize("written", SAFE)
def test_any_other_drawing_keeps_its_bytes(written: str) -> None:
    content = f"<?xml version='1.0'?>\n<svg {NAMES}>{written}</svg>\n".encode()
    cleaned = clean_svg(content)
    assert (cleaned.content, cleaned.removed) == (content, ())


def test_a_drawing_within_a_drawing_is_cleaned() -> None:
    data = base64.b64encode(INNER.encode()).decode()
    cleaned = clean_svg(f"<svg {NAMES}><image href='data:image/svg+xml;base64,{data}'/></svg>".encode())
    address = etree.fromstring(cleaned.content)[0].get("href") or ""
    assert b"script" not in base64.b64decode(address.partition(",")[2])
    assert len(cleaned.removed) == 1


def test_entities_are_words_and_read_no_file() -> None:
    declared = '<!DOCTYPE svg [<!ENTITY own "words"><!ENTITY other SYSTEM "file:///etc/hostname">]>'
    cleaned = clean_svg(f"{declared}<svg {NAMES}><text>&own; a&other;b</text></svg>".encode())
    assert inner(cleaned.content) == "<text>words ab</text>"
    assert [removal.what for removal in cleaned.removed] == ["an entity that is in another file"]
    harmless = clean_svg(f'<!DOCTYPE svg [<!ENTITY own "words">]><svg {NAMES}><text>&own;</text></svg>'.encode())
    assert (inner(harmless.content), harmless.removed) == ("<text>words</text>", ())


def test_a_document_type_is_left_out_silently() -> None:
    """An EPUB allows only some (EPUB 3.3, 3.9.1)."""
    usual = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    cleaned = clean_svg(f"{usual}<svg {NAMES}/>".encode())
    assert (b"DOCTYPE" in cleaned.content, cleaned.removed) == (False, ())


BROKEN = {
    "": 1,
    f"<svg {NAMES}>\n<path>\n</svg>": 3,
    "<p/>": 1,
    "<svg/>": 1,
    "words": 1,
    f"<svg {NAMES}>\n&nothing;</svg>": 2,
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><svg {NAMES}><text>&i;</text></svg>": 1,
}


@pytest.mark.parametrize("written", BROKEN)
def test_what_is_no_drawing_is_told_at_its_line(written: str) -> None:
    with pytest.raises(BrokenSvg) as raised:
        clean_svg(written.encode())
    assert raised.value.line == BROKEN[written]


def test_a_drawing_in_html_becomes_xml() -> None:
    cleaned = clean_inline_svg(
        '<svg viewBox="0 0 9 9"><title>A&nbsp;dot &amp; more</title><use xlink:href="#a"/></svg>'
    )
    root = etree.fromstring(cleaned.content)
    assert (root.tag, root.get("viewBox")) == ("{http://www.w3.org/2000/svg}svg", "0 0 9 9")
    assert root[0].text == "A\N{NO-BREAK SPACE}dot & more"
    assert not cleaned.removed
