"""A small local web server for the benchmarks, with compression and cache headers."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli

HOST = "127.0.0.1"
# Files that are compressed already.
ALREADY_COMPRESSED = frozenset((".woff2", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".epub"))
TYPES = {".woff2": "font/woff2", ".js": "text/javascript; charset=utf-8", ".xml": "application/xml; charset=utf-8"}
# Pages are always revalidated; what they load is cached for a year.
PAGE, REST = "no-cache", "public, max-age=31536000"


@cache
def compressed_file(path: Path, changed: int, coding: str) -> bytes:
    """Return a compressed file; ``changed``, its time in nanoseconds, makes a changed file be compressed again."""
    return compress(path.read_bytes(), coding)


def compressed_text(text: str, coding: str) -> bytes:
    """Return a compressed text."""
    return compress(text.encode(), coding)


def compress(plain: bytes, coding: str) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(plain, quality=9))
    return gzip.compress(plain, 9, mtime=0) if coding == "gzip" else plain


def coding_for(path: Path, accepted: str) -> str:
    """Choose a content coding (RFC 9110, 8.4.1) that the browser accepts, or none."""
    names = {part.partition(";")[0].strip() for part in accepted.split(",")}
    wanted = [] if path.suffix in ALREADY_COMPRESSED else ["br", "gzip"]
    return next((name for name in wanted if name in names), "")


def media_type(path: Path) -> str:
    known = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"{known}; charset=utf-8" if known.startswith("text/") and "charset" not in known else known


class Handler(BaseHTTPRequestHandler):
    """Respond with a file of the server's folder."""

    protocol_version = "HTTP/1.1"
    server: FolderServer

    def do_GET(self) -> None:
        path = self.server.file_at(urlsplit(self.path).path)
        if path is None:
            self.answer(HTTPStatus.NOT_FOUND, b"", {"Content-Type": "text/plain"})
            return
        coding = coding_for(path, self.headers.get("Accept-Encoding", ""))
        headers = {"Content-Type": media_type(path), "Vary": "Accept-Encoding"}
        headers["Cache-Control"] = PAGE if path.suffix in (".html", ".xml", ".txt") else REST
        if coding:
            headers["Content-Encoding"] = coding
        self.answer(HTTPStatus.OK, compressed_file(path, path.stat().st_mtime_ns, coding), headers)

    def answer(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Log nothing, since the tables go to the same output."""


class FolderServer(ThreadingHTTPServer):
    """Serves a folder on a free port."""

    def __init__(self, folder: Path) -> None:
        super().__init__((HOST, 0), Handler)
        self.folder = folder.resolve()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}/"

    def file_at(self, path: str) -> Path | None:
        """Return the file of an address, or None if the folder does not contain it."""
        found = (self.folder / unquote(path).lstrip("/")).resolve()
        found = found / "index.html" if found.is_dir() else found
        return found if found.is_file() and found.is_relative_to(self.folder) else None


@contextmanager
def serving(folder: Path) -> Iterator[FolderServer]:
    """Serve a folder within a `with` block; the folder may be filled later."""
    folder.mkdir(parents=True, exist_ok=True)
    with FolderServer(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
