"""Serve the site while its author writes: watch the sources, and tell the open pages when they have changed.

It is a process of its own, because its threads must not be in the one from which builds are copied. It serves this
computer alone.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

HOST = "127.0.0.1"
# A page loads itself again when the server names its edition; after a pause of the server, the browser asks again.
SCRIPT_ADDRESS, EVENTS_ADDRESS = "/.live/reload.js", "/.live/events"
SCRIPT = """\
new EventSource("/.live/events").onmessage = ({ data }) => {
  if (location.pathname === "/" || location.pathname.startsWith(`/${data}/`)) location.reload();
};
"""
ELEMENT = f'<script src="{SCRIPT_ADDRESS}"></script>\n'.encode()
# Folders that no author writes in; hidden ones are left out too.
UNWATCHED = frozenset({"node_modules", "__pycache__"})
# Milliseconds without a change after which what an editor saves is taken to be written.
PAUSE = 20
# Seconds between two signs of life on a connection that waits, by which a browser that has gone away is noticed.
SIGN_OF_LIFE = 15


class OpenPages:
    """The pages that are open in browsers, each with a queue of the editions that have changed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.queues: set[queue.SimpleQueue[str]] = set()

    def tell(self, language: str) -> None:
        with self.lock:
            for each in self.queues:
                each.put(language)

    @contextmanager
    def changes(self) -> Iterator[queue.SimpleQueue[str]]:
        """Yield the queue of a page that is opened, until it is closed."""
        own = queue.SimpleQueue[str]()
        with self.lock:
            self.queues.add(own)
        try:
            yield own
        finally:
            with self.lock:
                self.queues.discard(own)


class LiveHandler(SimpleHTTPRequestHandler):
    """Answers with the files of the site; its pages have a script that loads them again."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, pages: OpenPages, directory: str) -> None:
        self.pages = pages
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if not self.is_for_this_computer():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path == EVENTS_ADDRESS:
            self.send_events()
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

    def send_events(self) -> None:
        """Send the language of each edition that changes, until the page is closed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with self.pages.changes() as changes:
            while True:
                try:
                    message = f"data: {changes.get(timeout=SIGN_OF_LIFE)}\n\n"
                except queue.Empty:
                    message = ": waiting\n\n"
                try:
                    self.wfile.write(message.encode())
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
    """Serve the site in ``build``, and send the paths of changed sources to the builder, which sends back languages.

    It first sends the address of the site, or the reason why there is none; it ends with the builder.
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
        builder.send(sorted(path for _, path in changes))


def tell_pages(builder: Connection, pages: OpenPages, stop: threading.Event) -> None:
    """Tell the open pages which editions have changed, until the builder has ended."""
    try:
        while True:
            pages.tell(builder.recv())
    except (EOFError, OSError):
        stop.set()
