"""Serve what is built while its author writes: watch the sources, and tell the open pages what has changed.

It is a process of its own, because its threads must not be in the one from which builds are copied. It serves this
computer alone.
"""

from __future__ import annotations

import queue
import socket
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote

from fleuron.publish.live.open_pages import OpenPages

HOST = "127.0.0.1"
# What a page asks for that is in no folder begins with this.
OWN_ADDRESSES = "/.live/"
EVENTS_ADDRESS = f"{OWN_ADDRESSES}events"
# Folders that no author writes in; hidden ones are left out too.
UNWATCHED = frozenset({"node_modules", "__pycache__"})
# Milliseconds without a change after which what an editor saves is taken to be written.
PAUSE = 20
# Seconds between two signs of life on a connection that waits, by which a browser that has gone away is noticed.
SIGN_OF_LIFE = 15


class LiveHandler(SimpleHTTPRequestHandler):
    """Answers with the files of a folder, and sends the open pages what they are to be told."""

    protocol_version = "HTTP/1.1"
    # The scripts that pages load, and the files beside this module that each consists of.
    scripts: ClassVar[dict[str, tuple[str, ...]]] = {}
    # Whether what a page shows is built once it is opened, and not before.
    builds_what_is_opened: ClassVar[bool] = False

    def __init__(self, *arguments: object, pages: OpenPages, directory: str) -> None:
        self.pages = pages
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        address, _, query = self.path.partition("#")[0].partition("?")
        if not self.is_for_this_computer():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif address == EVENTS_ADDRESS:
            self.send_events(unquote(query))
        elif files := self.scripts.get(address.removeprefix(OWN_ADDRESSES)):
            script = "".join(own_file(name) for name in files)
            self.send_content(script.encode(), "text/javascript; charset=utf-8")
        elif not self.answer(address, query):
            super().do_GET()

    def answer(self, address: str, query: str) -> bool:
        """Answer an address that is not a file of the folder; return whether there is an answer."""
        return False

    def is_for_this_computer(self) -> bool:
        """Return whether the browser means this computer: a name of the web may be made to lead here as well."""
        name = self.headers.get("Host", "").partition(":")[0]
        return name in (HOST, "localhost")

    def send_content(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def send_events(self, name: str) -> None:
        """Send a page all that changes of what it shows, and what is wrong with the sources, until it is closed."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with self.pages.news(name) as news:
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
    """The server of a folder on a port of this computer."""

    daemon_threads = True

    def __init__(self, port: int, handler: type[LiveHandler], folder: Path, pages: OpenPages) -> None:
        super().__init__((HOST, port), partial(handler, pages=pages, directory=str(folder)))

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Ignore a browser that closes a connection before it has its answer."""


def own_file(name: str) -> str:
    """Return the text of a file beside this module."""
    return Path(__file__).with_name(name).read_text("utf-8")


def is_watched(path: str, source: Path, build: Path) -> bool:
    """Return whether a changed file may be one that an author has saved."""
    file = Path(path)
    if file.is_relative_to(build) or not file.is_relative_to(source):
        return False
    parts = file.relative_to(source).parts
    return not (
        any(part.startswith(".") or part in UNWATCHED for part in parts) or file.suffix == ".mo" or path.endswith("~")
    )


def serve(handler: type[LiveHandler], folder: Path, source: Path, build: Path, port: int, builder: Connection) -> None:
    """Serve a folder, and tell the builder what is saved in ``source`` and what is opened; it sends back news.

    It is sent the paths of the sources, none where a page was opened, and what all open pages show. The first that it
    is sent is the address, or the reason why there is none. The server ends with the builder.
    """
    from watchfiles import watch

    lock = threading.Lock()

    def tell_builder(changed: list[str]) -> None:
        with lock:
            builder.send((changed, pages.shown()))

    pages = OpenPages(partial(tell_builder, [])) if handler.builds_what_is_opened else OpenPages()
    try:
        server = LiveServer(port, handler, folder, pages)
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
        tell_builder(sorted(path for _, path in changes))


def tell_pages(builder: Connection, pages: OpenPages, stop: threading.Event) -> None:
    """Tell the open pages what the builder sends, until it has ended."""
    try:
        while True:
            pages.tell(builder.recv())
    except (EOFError, OSError):
        stop.set()
