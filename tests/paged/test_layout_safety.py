"""A layout reads nothing but its unit, and no picture keeps it busy for ever."""

from __future__ import annotations

import base64
import builtins
import io
import socket
from typing import Any

import pytest

from fleuron.paged.layout.picture_checks import RefusedPicture, checked_picture
from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import SQUARE, font_set, unit

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
SECRET = "secret-of-the-machine"
ELSEWHERE = (
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "/etc/passwd",
    "../../../../../../etc/passwd",
    "https://assets.invalid/../../etc/passwd",
    "https://assets.invalid/%2e%2e/%2e%2e/etc/passwd",
    "http://127.0.0.1:8000/latest",
    "http://169.254.169.254/latest/meta-data/",
    "https://[::1]/",
    "ftp://example.org/a.svg",
    "//example.org/a.svg",
    "https://faces.invalid/99",
)


def svg(inner: str, start: str = "") -> bytes:
    return f'{start}<svg xmlns="http://www.w3.org/2000/svg" {XLINK} viewBox="0 0 9 9">{inner}</svg>'.encode()


def picture(name: str = "a.svg") -> str:
    return f'<p>Text</p><img src="https://assets.invalid/{name}" alt="Picture">'


@pytest.fixture(autouse=True)
def guard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Refuse every connection and every file but the fonts' own; list what was tried."""
    font_set()  # read before
    tried: list[str] = []

    def refuse(*args: Any, **options: Any) -> Any:
        tried.append(repr(args))
        raise OSError("no network in a layout")

    real = io.open

    def watch(file: Any, *args: Any, **options: Any) -> Any:
        if "passwd" in str(file) or SECRET in str(file):
            tried.append(str(file))
        return real(file, *args, **options)

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(builtins, "open", watch)
    monkeypatch.setattr(io, "open", watch)
    return tried


def told(body: str, guard: list[str], assets: dict[str, bytes] | None = None, style: str = "") -> tuple[str, ...]:
    """Lay out what tries to read elsewhere; return the losses. Nothing was tried, and the text is there."""
    made = lay_out(unit(body, {"a.svg": SQUARE, **(assets or {})}, style=style))
    assert guard == [] and made.pages >= 1
    assert b"root:x:0" not in made.pdf and SECRET.encode() not in made.pdf
    return made.losses


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_picture_outside_the_unit_is_a_loss(address: str, guard: list[str]) -> None:
    for body in (
        f'<img src="{address}" alt="x">',
        f'<object data="{address}" aria-label="x" type="image/png">x</object>',
    ):
        assert any("Failed to load" in loss for loss in told(f"<p>Text</p>{body}", guard))


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_style_sheet_reads_nothing_outside_the_unit(address: str, guard: list[str]) -> None:
    style = f"""@import "{address}"; @font-face {{ font-family: X; src: url("{address}"), local("DejaVu Sans") }}
    p {{ font-family: X; background: url("{address}"); list-style-image: url("{address}") }}
    p::before {{ content: url("{address}") }} @page {{ @top-left {{ content: url("{address}") }} }}"""
    losses = told(f'<link rel="stylesheet" href="{address}"><p>Text</p>', guard, style=style)
    assert losses and all("Failed to load" in loss for loss in losses)


def test_a_colour_profile_outside_the_unit_is_not_read(guard: list[str]) -> None:
    """WeasyPrint 70 gives up there."""
    made = lay_out(unit(style='@color-profile device-cmyk { src: url("file:///etc/passwd") }'))
    assert (made.pdf, made.pages, guard) == (b"", 0, [])
    assert len(made.losses) == 1 and "file:///etc/passwd" in made.losses[0]


def test_base_addresses_and_attachments_read_nothing_outside_the_unit(guard: list[str]) -> None:
    told('<base href="file:///etc/"><link rel="attachment" href="passwd"><p>Text</p>', guard)
    losses = told('<base href="file:///etc/"><p>Text</p><img src="passwd" alt="x">', guard)
    assert any("passwd" in loss for loss in losses)


OUTWARD = (
    '<image href="{}" width="9" height="9"/>',
    '<image xlink:href="{}" width="9" height="9"/>',
    '<image xml:base="{}" href="#a" width="9" height="9"/><image xml:base="{}" href="x" width="9" height="9"/>',
    '<use href="{}#part"/>',
    '<use xlink:href="{}#part"/>',
    '<rect width="9" height="9" fill="url({}#part)"/>',
    '<rect width="9" height="9" style="filter: url(\'{}\')"/>',
    '<style>@import "{}";</style><rect width="9" height="9"/>',
    "<style>@import url({});</style><rect width='9' height='9'/>",
    "<style>@\\69mport '{}';</style><rect width='9' height='9'/>",
    "<style>@font-face {{ font-family: X; src: url({}) }}</style><text font-family='X'>t</text>",
    "<style>rect {{ fill: u\\72l({}) }}</style><rect width='9' height='9'/>",
    '<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" href="{}"/></foreignObject>',
)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://169.254.169.254/", "https://assets.invalid/b.svg"])
@pytest.mark.parametrize("inner", OUTWARD)
def test_an_svg_refers_to_nothing_outside_itself(inner: str, address: str, guard: list[str]) -> None:
    drawing = svg(inner.replace("{}", address).replace("{{", "{").replace("}}", "}"))
    losses = told(picture(), guard, {"a.svg": drawing, "b.svg": SQUARE})
    assert len(losses) == 1 and losses[0].startswith("Failed to load image at 'a.svg'")


def chain(form: str, count: int) -> str:
    """Draw a chain in which each link draws the one before ten times: ten to the power of ``count``."""
    parts = ['<g id="n0"><rect width="1" height="1"/></g>']
    parts += [f'<g id="n{link}">{form.format(link - 1) * 10}</g>' for link in range(1, count)]
    return "".join(parts)


ENDLESS = {
    "entities": svg("&d;", '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY d "&a;&a;&a;&a;&a;&a;">]>'),
    "entity of a file": svg("<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "parameter entity": svg("", '<!DOCTYPE svg [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>'),
    "itself": svg('<g id="a"><use href="#a"/></g>'),
    "each other": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "uses of uses": svg(chain('<use href="#n{}"/>', 12)),
    "old uses of uses": svg(chain('<use xlink:href="#n{}"/>', 12)),
    "patterns": svg(chain('<rect width="1" height="1" fill="url(#n{})"/>', 12)),
    "pattern by a style": svg('<style>rect{fill:url(#p)}</style><pattern id="p"><rect/></pattern><rect/>'),
    "markers": svg(chain("<path/>", 2) + '<marker id="m">' + "<path/>" * 500 + "</marker>"
                   + '<path marker-mid="url(#m)" d="M0 0' + "h1" * 5000 + '"/>'),
    "deep": svg("<g>" * 900 + "</g>" * 900),
    "within itself": svg(f'<image href="data:image/svg+xml;base64,{base64.b64encode(SQUARE).decode()}"/>'),
    "broken": b"<svg xmlns='http://www.w3.org/2000/svg'><g>",
    "no picture": b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file",
    "a page": b"<html><body>text</body></html>",
}  # fmt: skip


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_picture_is_refused(name: str, guard: list[str]) -> None:
    with pytest.raises(RefusedPicture):
        checked_picture(ENDLESS[name])
    losses = told(picture(), guard, {"a.svg": ENDLESS[name]})
    assert len(losses) == 1 and losses[0].startswith("Failed to load image at 'a.svg'")


PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)  # fmt: skip
SOUND = {
    "gradients": '<linearGradient id="g"><stop/></linearGradient><rect width="9" height="9" fill="url(#g)"/>',
    "styled": '<style>.a{fill:url(#g)}</style><linearGradient id="g"/><rect class="a" width="9" height="9"/>',
    "reused": '<defs><g id="a"><rect width="1" height="1"/></g></defs><use href="#a"/><use xlink:href="#a" x="3"/>',
    "linked": '<a href="https://example.org/"><rect width="9" height="9"/></a>',
    "photograph": f'<image href="data:image/png;base64,{PIXEL}" width="9" height="9"/>',
}


@pytest.mark.parametrize("name", SOUND)
def test_a_valid_svg_is_laid_out(name: str, guard: list[str]) -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    for start in ("", f'<?xml version="1.0"?>{doctype}'):
        assert told(picture(), guard, {"a.svg": svg(SOUND[name], start)}) == ()
