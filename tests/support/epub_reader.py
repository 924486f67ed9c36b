"""A reading system for the tests: foliate-js, which opens an EPUB in the browser as a reader's device would."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

FOLIATE = Path(__file__).parents[1] / "node_modules" / "foliate-js"
# A device of 5 inches, and a tablet.
DEVICE, TABLET = (360, 640), (1000, 700)
# Go to what a selector finds first in a file.
GO = """async ([file, selector]) => {
  const index = reader.view.book.sections.findIndex((section) => section.id.endsWith(file));
  const anchor = (page) => page.querySelector(selector);
  const shown = () => reader.view.renderer.getContents().find((each) => each.index === index);
  // While it turns a page it does not listen.
  for (let tries = 0; !shown() && tries < 100; tries += 1) {
    await reader.view.renderer.goTo({ index, anchor });
    await new Promise((done) => setTimeout(done, 50));
  }
  await reader.view.renderer.goTo({ index, anchor });
  globalThis.shown = shown().doc;
  await globalThis.shown.fonts.ready;
}"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files of a folder, and says nothing of it."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def library(folder: Path) -> Iterator[str]:
    """Serve the reading system and what else is put into a folder, on this machine; yields the address."""
    shutil.copytree(FOLIATE, folder, dirs_exist_ok=True)
    (folder / "favicon.ico").touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def opened(
    browser: Browser, address: str, book: str, device: tuple[int, int] = DEVICE, *, dark: bool = False
) -> Iterator[Page]:
    """Open a book on a device; it must give the reading system nothing to complain of, and lead to no network."""
    heard: list[str] = []
    at_home = (address, "blob:", "data:")
    context = browser.new_context(
        viewport={"width": device[0], "height": device[1]},
        color_scheme="dark" if dark else "light",
        bypass_csp=True,  # foliate-js forbids what a test asks, along with the scripts of books
    )
    page = context.new_page()
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(at_home) else heard.append(asked.url))
    page.goto(f"{address}reader.html?url={book}")
    page.wait_for_function("globalThis.reader?.view?.lastLocation")
    yield page
    context.close()
    assert heard == []


def turn_to(page: Page, file: str, selector: str = "body") -> None:
    """Turn to what a selector finds in a file of the book; a script finds the file's document as ``shown``."""
    page.evaluate(GO, [file, selector])
