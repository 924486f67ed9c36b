"""Serve the site while its author writes: watch the sources, and tell the open pages what has changed and is wrong.

It is a process of its own, because its threads must not be in the one from which builds are copied. It serves this
computer alone.
"""

from __future__ import annotations

import json
import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

HOST = "127.0.0.1"
# A page loads itself again when the server names its edition; after a pause of the server, the browser asks again.
SCRIPT_ADDRESS, EVENTS_ADDRESS = "/.live/reload.js", "/.live/events"
# What is wrong with the sources is shown at the foot of the window; a page that loads itself again keeps its place.
SCRIPT = """\
const events = new EventSource(`/.live/events?${location.pathname.split("/")[1]}`);
events.addEventListener("changed", ({ data }) => {
  if (location.pathname === "/" || location.pathname.startsWith(`/${data}/`)) location.reload();
});
events.addEventListener("reported", ({ data }) => {
  const messages = JSON.parse(data);
  document.getElementById("live-messages")?.remove();
  if (!messages) return;
  const shown = document.createElement("pre");
  Object.assign(shown, { id: "live-messages", role: "alert", dir: "ltr", lang: "en", textContent: messages });
  Object.assign(shown.style, {
    position: "fixed", insetInline: 0, bottom: 0, zIndex: 99, maxHeight: "40vh", overflow: "auto", margin: 0,
    padding: "1rem", whiteSpace: "pre-wrap", overflowWrap: "anywhere", font: "0.85rem/1.4 monospace",
    color: "#fff", background: "#7a2415",
  });
  document.body.append(shown);
});
"""
ELEMENT = f'<script src="{SCRIPT_ADDRESS}"></script>\n'.encode()
# Folders that no author writes in; hidden ones are left out too.
UNWATCHED = frozenset({"node_modules", "__pycache__"})
# Milliseconds without a change after which what an editor saves is taken to be written.
PAUSE = 20
# Seconds between two signs of life on a connection that waits, by which a browser that has gone away is noticed.
SIGN_OF_LIFE = 15


@dataclass(frozen=True)
class Changed:
    """News for the open pages: an edition has changed."""

    language: str

    @property
    def event(self) -> bytes:
        """The event as pages are sent it (HTML Living Standard, 9.2.6)."""
        return f"event: changed\ndata: {self.language}\n\n".encode()


@dataclass(frozen=True)
class Reported:
    """News for the open pages: what is wrong with the sources now, or nothing."""

    messages: str = ""

    @property
    def event(self) -> bytes:
        return f"event: reported\ndata: {json.dumps(self.messages)}\n\n".encode()


News = Changed | Reported


class OpenPages:
    """The pages that are open in browsers: the edition of each, by its queue of what it is to be told."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.queues: dict[queue.SimpleQueue[News], str] = {}
        self.reported = Reported()

    def languages(self) -> set[str]:
        """Return the languages of the editions of which a page is open."""
        with self.lock:
            return {*self.queues.values()}

    def tell(self, news: News) -> None:
        with self.lock:
            if isinstance(news, Reported):
                self.reported = news
            for each in self.queues:
                each.put(news)

    @contextmanager
    def news(self, language: str) -> Iterator[queue.SimpleQueue[News]]:
        """Yield the queue of a page of an edition that is opened, until it is closed; it begins with what is wrong."""
        own = queue.SimpleQueue[News]()
        with self.lock:
            own.put(self.reported)
            self.queues[own] = language
        try:
            yield own
        finally:
            with self.lock:
                self.queues.pop(own, None)


class LiveHandler(SimpleHTTPRequestHandler):
    """Answers with the files of the site; its pages have a script that loads them again."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, pages: OpenPages, directory: str) -> None:
        self.pages = pages
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if not self.is_for_this_computer():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path.partition("?")[0] == EVENTS_ADDRESS:
            self.send_events(self.path.partition("?")[2])
        elif self.path == SCRIPT_ADDRESS:
            self.send_content(SCRIPT.encode(), "text/javascript; charset=utf-8")
        elif (page := self.page()) is not None:
            self.send_content(page.read_bytes() + ELEMENT, "text/html; charset=utf-8")
        else:
            super().do_GET()

    def is_for_this_computer(self) -> bool:
        """Return whether the browser means this computer: a name of the web may be made to lead here as well."""
        name = self.headers.get("Host", "").partition(":")[0]
        return name in (HOST, "localhost")

    def page(self) -> Path | None:
        """Return the page that is asked for, if it is one."""
        path = Path(self.translate_path(self.path))
        address = self.path.partition("?")[0].partition("#")[0]
        if path.is_dir() and address.endswith("/"):
            path /= "index.html"
        return path if path.suffix == ".html" and path.is_file() else None

    def send_content(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def send_events(self, language: str) -> None:
        """Send a page of an edition all that changes, and what is wrong with the sources, until it is closed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with self.pages.news(language) as news:
            while True:
                try:
                    event = news.get(timeout=SIGN_OF_LIFE).event
                except queue.Empty:
                    event = b": waiting\n\n"
                try:
                    self.wfile.write(event)
                    self.wfile.flush()
                except OSError:
                    return

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Be silent: the terminal belongs to the messages of the builds."""


class LiveServer(ThreadingHTTPServer):
    """The server of a site on a port of this computer."""

    daemon_threads = True

    def __init__(self, port: int, site: Path, pages: OpenPages) -> None:
        super().__init__((HOST, port), partial(LiveHandler, pages=pages, directory=str(site)))

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Ignore a browser that closes a connection before it has its answer."""


def is_watched(path: str, source: Path, build: Path) -> bool:
    """Return whether a changed file may be one that an author has saved."""
    file = Path(path)
    if file.is_relative_to(build) or not file.is_relative_to(source):
        return False
    parts = file.relative_to(source).parts
    return not (
        any(part.startswith(".") or part in UNWATCHED for part in parts) or file.suffix == ".mo" or path.endswith("~")
    )


def serve(source: Path, build: Path, port: int, builder: Connection) -> None:
    """Serve the site in ``build``, and tell the builder what is saved; it sends back news.

    It is sent the paths of the sources, and the languages of the editions that are open in a browser. The first that
    it is sent is the address of the site, or the reason why there is none. The server ends with the builder.
    """
    from watchfiles import watch

    pages = OpenPages()
    try:
        server = LiveServer(port, build / "html", pages)
    except OSError as error:
        builder.send(error.strerror or str(error))
        return
    builder.send(f"http://{HOST}:{server.server_address[1]}/")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stop = threading.Event()
    threading.Thread(target=tell_pages, args=(builder, pages, stop), daemon=True).start()
    for changes in watch(
        source,
        watch_filter=lambda _, path: is_watched(path, source, build),
        step=PAUSE,
        stop_event=stop,
        raise_interrupt=False,
    ):
        builder.send((sorted(path for _, path in changes), pages.languages()))


def tell_pages(builder: Connection, pages: OpenPages, stop: threading.Event) -> None:
    """Tell the open pages what the builder sends, until it has ended."""
    try:
        while True:
            pages.tell(builder.recv())
    except (EOFError, OSError):
        stop.set()
