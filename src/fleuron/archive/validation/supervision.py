"""Run validators so that no process and no file of theirs outlives the command, however that ends.

Browsers begin sessions of their own and keep their files in the system's temporary folder, and neither a signal nor the
end of the command reaches them. A process between the command and the validators waits for the end of either, ends
whatever is left, and deletes the folder.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from fleuron.archive.bag.temporary_folders import temporary_folder
from fleuron.publish.build_processes import end_by_signals, end_with_parent, process_context

# The option of prctl(2) by which a process becomes the parent of its descendants whose parents have ended.
PR_SET_CHILD_SUBREAPER = 36
Result = TypeVar("Result")


def run_supervised(function: Callable[[], Result]) -> Result:
    """Return the result of a function that is run in another process, with a temporary folder of its own.

    When it returns or raises, and when this process is killed, all that the function has started ends.
    """
    received, sent = process_context().Pipe(duplex=False)
    lifeline, held = process_context().Pipe(duplex=False)  # the system closes `held` if this process is killed
    supervisor = new_process(supervise, function, sent, lifeline, (received, held))
    supervisor.start()
    sent.close()
    lifeline.close()
    try:
        result, error = received.recv()
    except EOFError:
        raise RuntimeError("the process of the validators was ended from outside") from None
    finally:
        held.close()
        received.close()
        supervisor.join()
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]  # what comes through a pipe has no type


def new_process(target: Callable[..., None], *arguments: object) -> BaseProcess:
    # The classes of contexts have the attribute, the abstract one of the type stubs has not.
    return process_context().Process(target=target, args=arguments)  # type: ignore[attr-defined,no-any-return]


def supervise(
    function: Callable[[], object], sent: Connection, lifeline: Connection, of_command: tuple[Connection, ...]
) -> None:
    """Run a function in a process of its own until it or the command ends, and end all that it has started."""
    for connection in of_command:
        connection.close()
    if sys.platform != "win32":
        os.setsid()  # no signal of the terminal comes here
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    with temporary_folder() as folder:
        worker = new_process(work, function, sent, str(folder), lifeline)
        worker.start()
        sent.close()
        try:
            wait([worker.sentinel, lifeline])
        finally:
            end_all(worker)


def work(function: Callable[[], object], sent: Connection, folder: str, lifeline: Connection) -> None:
    """Run a function with a folder for temporary files, and send its result, or the exception that it raised."""
    lifeline.close()
    end_with_parent()
    end_by_signals()
    os.environ["TMPDIR"] = folder
    tempfile.tempdir = None  # found again, from the environment
    try:
        sent.send((function(), None))
    except Exception as error:
        sent.send((None, error))


def end_all(worker: BaseProcess) -> None:
    """End a process and its descendants: where the system gives them to this process (Linux), all of them."""
    worker.kill()
    worker.join()
    while children := list(children_of(os.getpid())):
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        for child in children:
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def children_of(process: int) -> Iterator[int]:
    """Yield the processes whose parent is this one; none where the system does not list processes as files."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name of the program, in brackets, may contain anything.
            if int(path.read_text("utf-8", "replace").rpartition(")")[2].split()[1]) == process:
                yield int(path.parent.name)
