"""A real browser for the tests: the Chromium that setup/provide found."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
# No sandbox, for CI runs as root; nothing that would look for a network.
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


def executable() -> str:
    """Return the path of the browser: the one named CHROMIUM, or the first that is installed."""
    named = os.environ.get("CHROMIUM", "")
    found = named or next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "no browser: sh setup/provide test"
    return found


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run the browser without a window."""
    # The Node.js of the system: the one in Playwright's package wants a libatomic that not all have.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", shutil.which("node") or "")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        yield browser
        browser.close()


def is_at_home(address: str) -> bool:
    """Tell whether a browser finds what it asks for on this machine."""
    return address.startswith(("file:", "data:", "blob:"))


@contextmanager
def visiting(browser: Browser, path: Path, width: int, *, dark: bool = False, **circumstances: Any) -> Iterator[Page]:
    """Open a page in a window of so many pixels; it must give the browser nothing to complain of."""
    heard: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", **circumstances
    )
    page = context.new_page()
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: heard.append(f"{request.failure} {request.url}"))
    page.on("request", lambda request: heard.append(request.url) if not is_at_home(request.url) else None)
    page.goto(path.as_uri())
    yield page
    context.close()
    # An icon is still on its way when the page is closed.
    assert [line for line in heard if not line.startswith("net::ERR_ABORTED")] == []
