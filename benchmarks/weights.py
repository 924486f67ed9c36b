"""What a page weighs: all that a browser asked for to show it, as it travelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from browser import browsing
from playwright.sync_api import Browser, Response

KINDS = ("document", "stylesheet", "script", "font", "image")
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Weight:
    """The bytes of the bodies, as they travelled, of each kind of KINDS and of all others together."""

    bytes: dict[str, int]
    requests: int

    @property
    def total(self) -> int:
        return sum(self.bytes.values())

    @property
    def without_fonts(self) -> int:
        return self.total - self.bytes["font"]


def weigh(browser: Browser, address: str) -> Weight:
    """Open a page in a new window, and weigh what it loads until it is at rest."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page, heard = context.new_page(), list[Response]()
    page.on("response", lambda response: heard.append(response))
    page.goto(address, wait_until="networkidle")
    weights = dict.fromkeys((*KINDS, "other"), 0)
    travelled = [response for response in heard if not response.url.startswith("data:")]
    for response in travelled:
        kind = response.request.resource_type
        length = int(response.headers.get("content-length", "0"))
        weights[kind if kind in KINDS else "other"] += length
    context.close()
    return Weight(weights, len(travelled))


def weigh_all(addresses: Sequence[str]) -> list[Weight]:
    with browsing() as browser:
        return [weigh(browser, address) for address in addresses]
