"""Lay out units in parallel, on a pool of processes of this machine or on a Dask cluster.

A unit is sent without its font set, which is megabytes and the same for all: that is sent once to
each worker. An exception in a unit's layout becomes one of its losses; what prevents any layout raises
`LayoutStopped`.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import pkgutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from fleuron.cluster.connection import CLUSTER_TIMEOUT, NoCluster, connect, send_once
from fleuron.paged.layout.units import FontSet, LaidOut, Unit
from fleuron.paged.run.layout_cache import Cache
from fleuron.system_faults import stops_builds

# The function that workers call, by name, as only they import WeasyPrint.
LAY_OUT = "fleuron.paged.layout.weasyprint_layout:lay_out_for_binding"
# How often a unit is sent to a worker when workers die; a layout that fails is not repeated.
ATTEMPTS = 2
# Characters of HTML, some thirty pages: to start two processes takes as long as to lay these out.
MINIMUM_WORK = 100_000


class LayoutStopped(Exception):
    """Raised when nothing can be laid out, with the reason in one sentence."""


class LayoutObserver(Protocol):
    """Is notified of what is laid out, in the order in which it is ready."""

    def begin(self, units: int) -> None:
        """Take note that a round of so many units begins."""

    def ready(self, name: str, laid: LaidOut, cached: bool) -> None:
        """Take note that a unit's pages are ready; ``cached`` if they come from the cache."""


def lay_out_units(
    units: Iterable[Unit], executor: Executor, cache: Cache | None, observer: LayoutObserver, lay_out: str = LAY_OUT
) -> dict[str, LaidOut]:
    """Return the laid-out units by name, in their order, from the cache where possible.

    Raises LayoutStopped. A unit with losses is not cached, so that every build reports them.
    """
    wanted = list(units)
    observer.begin(len(wanted))
    found: dict[str, LaidOut] = {}
    for unit in wanted:
        cached = cache.get(unit.digest) if cache else None
        if cached:
            found[unit.name] = cached
            observer.ready(unit.name, cached, True)
    for _attempt in range(ATTEMPTS):
        for unit, laid in attempt([unit for unit in wanted if unit.name not in found], executor, lay_out):
            found[unit.name] = laid
            if cache and not laid.losses:
                cache.put(unit.digest, laid)
            observer.ready(unit.name, laid, False)
    lost = [unit.name for unit in wanted if unit.name not in found]
    if lost:
        names = ", ".join(lost[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
        raise LayoutStopped(f"the processes that lay out pages died, {ATTEMPTS} times; not laid out: {names}")
    return {unit.name: found[unit.name] for unit in wanted}


def attempt(units: list[Unit], executor: Executor, lay_out: str) -> Iterator[tuple[Unit, LaidOut]]:
    """Yield each unit with its pages, as soon as they are ready; without those whose worker died."""
    if isinstance(executor, Pool) and not executor.is_worth_starting(units):
        yield from ((unit, lay_out_on_worker(unit, unit.font_set, lay_out)) for unit in units)
        return
    waiting: dict[Future[LaidOut], Unit] = {}
    send: Callable[[FontSet], Any] = getattr(executor, "send_font_set", lambda font_set: font_set)
    with suppress(BrokenExecutor):
        # The longest first, or the other workers would wait for it at the end.
        for unit in sorted(units, key=lambda unit: -len(unit.sheet)):
            without_fonts = replace(unit, font_set=FontSet(()))
            task = executor.submit(lay_out_on_worker, without_fonts, send(unit.font_set), lay_out)
            waiting[task] = unit
    for future in as_completed(waiting):
        try:
            yield waiting[future], future.result()
        except (BrokenExecutor, CancelledError):
            continue
        except LayoutStopped:
            raise
        except Exception as error:  # such as an asset that cannot be pickled
            if stops_builds(error):
                raise
            yield waiting[future], failure(error)


def lay_out_on_worker(unit: Unit, font_set: FontSet | str, lay_out: str) -> LaidOut:
    """Lay out a unit on a worker, with a font set, or with the digest of one that this process has."""
    try:
        function = pkgutil.resolve_name(lay_out)
    except (ImportError, OSError) as error:  # the latter from the loader of shared libraries
        raise LayoutStopped(f"a PDF needs WeasyPrint and Pango: {one_line(error)}") from None
    fonts = font_sets_of_process()[font_set] if isinstance(font_set, str) else font_set
    try:
        return function(replace(unit, font_set=fonts))  # type: ignore[no-any-return]
    except Exception as error:
        if stops_builds(error):
            raise
        return failure(error)


def failure(error: Exception) -> LaidOut:
    """Return no pages, and the reason as a loss."""
    return LaidOut(b"", 0, {}, (f"its pages cannot be laid out: {one_line(error)}",))


def one_line(error: Exception) -> str:
    """Describe an exception in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")


class Pool(Executor):
    """Processes on this machine, started when there is enough work, and again when one of them was killed.

    Enough is ``least`` characters of HTML; less is laid out in the process that asks.
    """

    def __init__(self, workers: int, least: int = MINIMUM_WORK) -> None:
        self.workers = workers
        self.least = least
        self.font_set = FontSet(())
        self.processes: ProcessPoolExecutor | None = None

    def is_worth_starting(self, units: Iterable[Unit]) -> bool:
        """Check whether there is enough work for processes, or whether they are running."""
        return self.processes is not None or sum(len(unit.sheet) for unit in units) >= self.least

    def send_font_set(self, font_set: FontSet) -> str:
        """Start workers with a font set; return its digest, by which they find it."""
        if font_set.digest != self.font_set.digest:
            self.dismiss()
            self.font_set = font_set
        return font_set.digest

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        for _attempt in range(ATTEMPTS):
            if self.processes is None:
                # Spawned and not forked, so that they have nothing of Sphinx's state, nor of its threads.
                self.processes = ProcessPoolExecutor(
                    self.workers,
                    multiprocessing.get_context("spawn"),
                    initializer=start_worker,
                    initargs=(self.font_set,),
                )
            try:
                return self.processes.submit(fn, *args, **kwargs)
            except BrokenExecutor:
                self.dismiss()
        raise BrokenExecutor

    def dismiss(self) -> None:
        """Let the processes end when they have finished their tasks."""
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
def font_sets_of_process() -> dict[str, FontSet]:
    """Return the font sets of this worker process, by digest; filled once, when the process starts."""
    return {}


def start_worker(font_set: FontSet) -> None:
    """Prepare a worker process: keep a font set, and leave Ctrl-C to the main process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    font_sets_of_process()[font_set.digest] = font_set


def end_with_parent() -> None:
    """End this process when the one that started it has been killed.

    Python 3.11 lets it wait for its next task for ever, because it can write to the queue of tasks itself.
    """
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def pool_executor(workers: int, least: int = MINIMUM_WORK) -> Pool:
    """Return an executor with so many processes on this machine; leaving its context ends them."""
    return Pool(workers, least)


class Cluster(Executor):
    """The workers of a Dask scheduler; they need Fleuron with WeasyPrint, but no common disk."""

    def __init__(self, client: Any) -> None:
        self.client = client
        # Not pure: there is a cache already, and naming a task by its content is slow.
        self.executor: Executor = client.get_executor(pure=False)
        self.font_sets: dict[str, Any] = {}

    def send_font_set(self, font_set: FontSet) -> Any:
        """Send a font set to the cluster once; return the future by which tasks receive it."""
        if font_set.digest not in self.font_sets:
            name = f"font-set-{font_set.digest}"
            self.font_sets[font_set.digest] = send_once(self.client, name, FontSet, font_set.faces)
        return self.font_sets[font_set.digest]

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self.executor.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.executor.shutdown(wait=wait and not cancel_futures)
        self.font_sets.clear()
        self.client.close()

    def __exit__(self, *exception: Any) -> None:
        self.shutdown(cancel_futures=True)


def dask_executor(address: str, timeout: float = CLUSTER_TIMEOUT) -> Cluster:
    """Return an executor on the workers of a Dask scheduler; raise LayoutStopped if none answers."""
    try:
        return Cluster(connect(address, timeout))
    except NoCluster as problem:
        raise LayoutStopped(str(problem)) from problem
