"""Lay units out side by side, on any executor: a pool of processes here, or a Dask cluster.

A unit goes out without its fount, which is megabytes and the same for all: that travels once to
each worker. What a unit's layout raises becomes one of its losses; what stops all of them raises
`LayoutStopped`.
"""

from __future__ import annotations

import functools
import multiprocessing
import pkgutil
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from fleuron.paged.layout.units import Fount, Laid, Unit
from fleuron.paged.run.layout_cache import Cache

# What is called on a worker, by name: it alone imports the engine.
LAY_OUT = "fleuron.paged.layout.weasyprint_layout:lay_out"
# How often a unit is tried on workers that die; the layout itself is tried once.
TRIES = 2
# Characters of HTML, some thirty pages: two processes need as long to start as one to lay out these.
LEAST = 100_000
# How long a cluster may take to answer, in seconds.
PATIENCE = 30


class LayoutStopped(Exception):
    """Why nothing can be laid out, in one sentence."""


class Watch(Protocol):
    """Sees what is laid out, as it comes."""

    def begin(self, units: int) -> None:
        """A round of so many units begins."""

    def ready(self, name: str, laid: Laid, kept: bool) -> None:
        """A unit's pages are there; ``kept`` if they come from the cache."""


def laid_out(
    units: Iterable[Unit], executor: Executor, cache: Cache | None, watch: Watch, lay_out: str = LAY_OUT
) -> dict[str, Laid]:
    """Return what comes of each unit, by name, in their order; what is in the cache is not laid out.

    Raises LayoutStopped. What has losses is not kept, so that every build tells them.
    """
    wanted = list(units)
    watch.begin(len(wanted))
    found: dict[str, Laid] = {}
    for unit in wanted:
        kept = cache.get(unit.digest) if cache else None
        if kept:
            found[unit.name] = kept
            watch.ready(unit.name, kept, True)
    for _try in range(TRIES):
        for unit, laid in tried([unit for unit in wanted if unit.name not in found], executor, lay_out):
            found[unit.name] = laid
            if cache and not laid.losses:
                cache.put(unit.digest, laid)
            watch.ready(unit.name, laid, False)
    lost = [unit.name for unit in wanted if unit.name not in found]
    if lost:
        names = ", ".join(lost[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
        raise LayoutStopped(f"the processes that lay out pages died, {TRIES} times; not laid out: {names}")
    return {unit.name: found[unit.name] for unit in wanted}


def tried(units: list[Unit], executor: Executor, lay_out: str) -> Iterator[tuple[Unit, Laid]]:
    """Yield each unit with what came of it, as they come, but those whose worker died."""
    if isinstance(executor, Pool) and not executor.is_worth_starting(units):
        yield from ((unit, compose(unit, unit.fount, lay_out)) for unit in units)
        return
    waiting: dict[Future[Laid], Unit] = {}
    carry: Callable[[Fount], Any] = getattr(executor, "carry", lambda fount: fount)
    with suppress(BrokenExecutor):
        # The longest first, or the last worker would sit over it alone.
        for unit in sorted(units, key=lambda unit: -len(unit.sheet)):
            bare = replace(unit, fount=Fount(()))
            waiting[executor.submit(compose, bare, carry(unit.fount), lay_out)] = unit
    for future in as_completed(waiting):
        try:
            yield waiting[future], future.result()
        except (BrokenExecutor, CancelledError):
            continue
        except LayoutStopped:
            raise
        except Exception as error:  # such as an asset that does not travel
            yield waiting[future], failed(error)


def compose(bare: Unit, fount: Fount | str, lay_out: str) -> Laid:
    """Lay out a unit on a worker, with the fount that came with it or was there before."""
    try:
        function = pkgutil.resolve_name(lay_out)
    except (ImportError, OSError) as error:  # the latter from the loader of shared libraries
        raise LayoutStopped(f"a PDF needs WeasyPrint and Pango: {sentence(error)}") from None
    whole = replace(bare, fount=held()[fount] if isinstance(fount, str) else fount)
    try:
        return function(whole)  # type: ignore[no-any-return]
    except Exception as error:
        return failed(error)


def failed(error: Exception) -> Laid:
    """Return no pages, and why."""
    return Laid(b"", 0, {}, (f"its pages cannot be laid out: {sentence(error)}",))


def sentence(error: Exception) -> str:
    """Word an exception in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")


class Pool(Executor):
    """Processes on this machine, started when there is work, and anew when one of them was killed.

    Work of less than ``least`` characters of HTML is none to start them for.
    """

    def __init__(self, workers: int, least: int = LEAST) -> None:
        self.workers = workers
        self.least = least
        self.fount = Fount(())
        self.processes: ProcessPoolExecutor | None = None

    def is_worth_starting(self, units: Iterable[Unit]) -> bool:
        return self.processes is not None or sum(len(unit.sheet) for unit in units) >= self.least

    def carry(self, fount: Fount) -> str:
        """Let the workers have a fount from their start; return its digest, by which they know it."""
        if fount.digest != self.fount.digest:
            self.dismiss()
            self.fount = fount
        return fount.digest

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        for _try in range(TRIES):
            if self.processes is None:
                # Spawned and not forked: nothing of Sphinx's state is in them, nor of its threads.
                self.processes = ProcessPoolExecutor(
                    self.workers, multiprocessing.get_context("spawn"), initializer=start, initargs=(self.fount,)
                )
            try:
                return self.processes.submit(fn, *args, **kwargs)
            except BrokenExecutor:
                self.dismiss()
        raise BrokenExecutor

    def dismiss(self) -> None:
        """Let the processes end when they have done what they were given."""
        if self.processes is not None:
            self.processes.shutdown(wait=False)
            self.processes = None

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if self.processes is not None:
            self.processes.shutdown(wait, cancel_futures=cancel_futures)
            self.processes = None

    def __exit__(self, *exception: Any) -> None:
        self.shutdown(cancel_futures=True)


@functools.cache
def held() -> dict[str, Fount]:
    """Return what this worker process holds, by digest; it is filled once, when the process starts."""
    return {}


def start(fount: Fount) -> None:
    """Begin a worker process: it holds a fount, and leaves it to its master to end at Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    held()[fount.digest] = fount


def pool_executor(workers: int, least: int = LEAST) -> Pool:
    """Return an executor with so many processes on this machine; leaving its context ends them."""
    return Pool(workers, least)


class Cluster(Executor):
    """The workers of a Dask scheduler; they need the press and its engine, and no disk in common."""

    def __init__(self, client: Any) -> None:
        self.client = client
        # Not pure: the press has a cache of its own, and naming a task by its content is slow.
        self.executor: Executor = client.get_executor(pure=False)
        self.founts: dict[str, Any] = {}

    def carry(self, fount: Fount) -> Any:
        """Send a fount to the cluster once; return what a task receives it by.

        As the outcome of a task and not scattered: what is scattered is lost with the worker that
        has it, the outcome of a task is made again.
        """
        if fount.digest not in self.founts:
            import dask

            # It is large, and meant to be: Dask warns of what a task brings with it above 10 MB.
            with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"}):
                sent = self.client.submit(Fount, fount.faces, key=f"fount-{fount.digest}")
            self.founts[fount.digest] = sent
        return self.founts[fount.digest]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self.executor.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.executor.shutdown(wait=wait and not cancel_futures)
        self.founts.clear()
        self.client.close()

    def __exit__(self, *exception: Any) -> None:
        self.shutdown(cancel_futures=True)


def dask_executor(address: str, patience: float = PATIENCE) -> Cluster:
    """Return an executor on the workers of a Dask scheduler; raise LayoutStopped if none answers."""
    try:
        from distributed import Client
    except ImportError as error:
        raise LayoutStopped("a PDF on a Dask cluster needs its client: pip install 'fleuron[dask]'") from error
    try:
        client = Client(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError) as error:
        raise LayoutStopped(f"no Dask scheduler answers at {address}") from error
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError as error:
        client.close()
        raise LayoutStopped(f"the Dask scheduler at {address} has no workers") from error
    return Cluster(client)
