"""Build again and again what an author looks at: in copies of a process that has imported all it needs."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

from fleuron.publication.edition import Edition
from fleuron.publish.build_processes import end_by_signals, end_with_parent, process_context
from fleuron.publish.edition_builds import BuildOutcome
from fleuron.publish.live.open_pages import Reported, Tell
from fleuron.publish.live.server import LiveHandler, serve
from fleuron.publish.settings import CommandError
from fleuron.system_faults import message_of_fault


@dataclass(frozen=True)
class LiveBuild(ABC):
    """What is built again and again: its publication, its build folder, and which editions.

    ``options`` returns those for Sphinx, and ends a build whose sources it refuses; ``machine`` is the digest of what
    was installed when the command began.
    """

    source: Path
    build: Path
    wanted: Sequence[str]
    options: Callable[[], tuple[str, ...]]
    machine: str
    # The format, in the folder of which the server finds what it sends.
    form: ClassVar[str]
    handler: ClassVar[type[LiveHandler]]
    # What the server shows, for the message that names its address.
    what: ClassVar[str]

    @abstractmethod
    def build_again(self, tell: Tell, shown: Set[str] = frozenset()) -> list[str]:
        """Build what has changed and publish it; return the names of what was written.

        ``shown`` is what the open pages show. They are told what has changed, and at the end all that is wrong.
        """

    @property
    def folder(self) -> Path:
        return self.build / self.form


def serve_live(live: LiveBuild, port: int) -> int:
    """Build, serve what is built, and build it again after each change until Ctrl-C; return the exit code.

    Raises CommandError if the port cannot be used.
    """
    pages, server = start_server(live, port)
    address = pages.recv()
    if not address.startswith("http"):
        raise CommandError(f"port {port} cannot be used ({address}); choose another one with --port")
    try:
        build_and_report(live, pages.send)
        print(f"{address} shows {live.what}; it changes when you save a file. Ctrl-C ends.", flush=True)
        while True:
            changed, shown = pages.recv()
            while pages.poll():
                more, shown = pages.recv()
                changed += more
            if any(path.endswith(".py") for path in changed):
                begin_anew(server, address)
            build_and_report(live, pages.send, shown)
    except KeyboardInterrupt:
        return 0
    except EOFError:
        return 1  # the server has ended, and has said why
    finally:
        server.terminate()


def start_server(live: LiveBuild, port: int) -> tuple[Connection, BaseProcess]:
    """Start the process that serves what is built and watches the sources; return the connection to it."""
    own, other = multiprocessing.Pipe()
    live.folder.mkdir(parents=True, exist_ok=True)
    served = (live.handler, live.folder.resolve(), live.source.resolve(), live.build.resolve(), port)
    # The classes of contexts have the attribute, the abstract one of the type stubs has not.
    server: BaseProcess = process_context().Process(  # type: ignore[attr-defined]
        target=run_server, args=(*served, other, own), daemon=True
    )
    server.start()
    other.close()
    return own, server


def run_server(
    handler: type[LiveHandler],
    folder: Path,
    source: Path,
    build: Path,
    port: int,
    builder: Connection,
    own: Connection,
) -> None:
    """Run the server in this process, a new one, which leaves Ctrl-C to its parent and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_by_signals()
    end_with_parent()
    own.close()
    try:
        serve(handler, folder, source, build, port, builder)
    except OSError as error:  # such as more folders than the system lets a program watch
        print(f"fleuron: the sources cannot be watched: {error}", file=sys.stderr, flush=True)


def build_and_report(live: LiveBuild, tell: Tell, shown: Set[str] = frozenset()) -> None:
    """Build again, and say how long it took; what cannot be built waits for the next change."""
    started = time.monotonic()
    try:
        names = live.build_again(tell, shown)
    except SystemExit as error:
        refuse(str(error.code), tell)
    except OSError as error:
        refuse(f"fleuron: {message_of_fault(error)}", tell)
    else:
        if names:
            print(f"{', '.join(names)}: written in {time.monotonic() - started:.1f} s", flush=True)


def refuse(message: str, tell: Tell) -> None:
    """Say in the terminal and on the open pages why nothing is built."""
    print(message, file=sys.stderr, flush=True)
    tell(Reported(f"{message}\n"))


def is_published(language: str, code: int) -> bool:
    """Return whether an edition is written, with errors or without; say it in the terminal if it is not.

    An author sees on the page what is wrong with one that has errors, and reads why there and in the terminal.
    """
    is_written = BuildOutcome(code, keeps_going=True).is_publishable
    if not is_written:
        print(f"{Edition(language).name}: not written; its pages are those of before", flush=True)
    return is_written


def begin_anew(server: BaseProcess, address: str) -> None:
    """Replace this process by a new one of the same command: what conf.py imports is imported once in a process.

    It serves at the same address, also where the command named no port.
    """
    server.terminate()
    server.join()
    port = str(urlsplit(address).port)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "--port", port])
