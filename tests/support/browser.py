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
# Messages on the console that a test fails for.
COMPLAINTS = ("error", "warning")


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


def is_local(address: str) -> bool:
    """Return whether an address is one of this machine."""
    return address.startswith(("file:", "data:", "blob:"))


@contextmanager
def window(browser: Browser, width: int, *, dark: bool = False, **options: Any) -> Iterator[Page]:
    """Open a window of so many pixels; whatever is opened in it must give the browser nothing to complain of."""
    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", **options
    )
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type in COMPLAINTS else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"{request.failure} {request.url}"))
    page.on("request", lambda request: complaints.append(request.url) if not is_local(request.url) else None)
    yield page
    context.close()
    # An icon is still loading when a page is left.
    assert [line for line in complaints if not line.startswith("net::ERR_ABORTED")] == []


@contextmanager
def visiting(browser: Browser, path: Path, width: int, *, dark: bool = False, **options: Any) -> Iterator[Page]:
    """Open a page in a window of its own; to open many, one window is faster."""
    with window(browser, width, dark=dark, **options) as page:
        page.goto(path.as_uri())
        yield page
