"""Measure the size of a page: the bytes of everything that a browser loads for it, as transferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import tinycss2
from benchmarks.web_server import compressed_text
from playwright.sync_api import Browser, Response
from tests.support.browser import browsing
from tinycss2.ast import Node

KINDS = ("document", "stylesheet", "script", "font", "image", "other")


@dataclass(frozen=True)
class Weight:
    """The bytes of response bodies, as transferred, for each kind of KINDS."""

    bytes: dict[str, int]
    requests: int

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    @property
    def without_fonts(self) -> int:
        return self.total - self.bytes["font"]


def weigh(browser: Browser, address: str) -> Weight:
    """Open a page at the size of a phone, and measure what it loads until the network is idle."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page, responses = context.new_page(), list[Response]()
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    # A font is asked for when the text that needs it is laid out.
    page.evaluate("() => { document.body.getBoundingClientRect(); return document.fonts.ready.then(() => true) }")
    transferred = [response for response in responses if not response.url.startswith("data:")]
    weights = dict.fromkeys(KINDS, 0)
    for response in transferred:
        for kind, length in parts(response):
            weights[kind if kind in KINDS else "other"] += length
    context.close()
    return Weight(weights, len(transferred))


def parts(response: Response) -> Iterator[tuple[str, int]]:
    """Yield the kind of a response and its bytes; a font embedded in a stylesheet counts as a font."""
    kind, length = response.request.resource_type, int(response.headers.get("content-length", "0"))
    if kind == "stylesheet":
        sheet = response.text()
        bare = sheet
        for address in fonts_within(tinycss2.parse_stylesheet(sheet)):
            bare = bare.replace(address, "")
        if bare != sheet:
            rest = len(compressed_text(bare, response.headers.get("content-encoding", "")))
            yield "font", length - rest
            length = rest
    yield kind, length


def fonts_within(nodes: Iterable[Node]) -> Iterator[str]:
    """List the fonts that a stylesheet embeds as data: addresses (RFC 2397)."""
    for node in nodes:
        if node.type in ("url", "string") and node.value.startswith("data:font/"):
            yield node.value
        for inner in (getattr(node, "content", None), getattr(node, "arguments", None)):
            yield from fonts_within(inner or ())


def weigh_all(addresses: Sequence[str]) -> list[Weight]:
    with browsing() as browser:
        return [weigh(browser, address) for address in addresses]
