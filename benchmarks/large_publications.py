"""Measure how large publications are read on a Dask cluster: `make bench-large` prints a table.

A publication of each size is built from nothing, on a cluster of processes of this machine. The memory is that of the
largest process of each kind: the command, the builds of editions, the workers of the cluster, and the processes in
which these read. It is read from /proc, so that this needs Linux. `--workers 0` builds without a cluster.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpus import corpus, write, write_catalogues
from benchmarks.tables import Table
from benchmarks.timed_builds import Cost, add_to_conf, publish

# The languages of an edition each, that of the sources first.
LANGUAGES = ("en", "tr", "ru")
# The upper bound of the memory of any process, in MB.
MEMORY = 1500
# Seconds between two looks at the processes.
INTERVAL = 1.0
COMMAND, EDITION, WORKER, READING = "command", "edition", "worker", "reading"
KINDS = (COMMAND, EDITION, WORKER, READING)


@dataclass
class Processes:
    """The processes that this one has started, directly or not: the most memory (MB) and processor seconds of each."""

    memory: dict[tuple[int, str], float] = field(default_factory=dict)
    work: dict[tuple[int, str], float] = field(default_factory=dict)

    def look(self) -> None:
        """Note what the processes have used until now."""
        parents = dict(running_processes())
        for process in parents:
            try:
                kind = kind_of(process, parents[process])
                status = Path(f"/proc/{process}/status").read_text("utf-8")
                fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
            self.memory[process, kind] = int(peak.split()[1]) * 1024 / 1e6
            self.work[process, kind] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def most_memory(self, kind: str) -> float:
        return max((peak for (_process, each), peak in self.memory.items() if each == kind), default=0.0)

    def all_work(self) -> float:
        return sum(self.work.values())


def running_processes() -> Iterator[tuple[int, int]]:
    """Yield the processes below this one, each with its parent."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text("utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
    for process in parents:
        above = parents[process]
        while above in parents and above != os.getpid():
            above = parents[above]
        if above == os.getpid():
            yield process, parents[process]


def kind_of(process: int, parent: int) -> str:
    """Return what a process is, by what it and its parent were started with."""
    line = Path(f"/proc/{process}/cmdline").read_bytes().decode("utf-8", "replace")
    if "fleuron.cluster.reading_process" in line:
        return READING
    if "publish" not in line:
        return WORKER
    return COMMAND if parent == os.getpid() else EDITION


@contextmanager
def watching() -> Iterator[Processes]:
    """Look at the processes until the context is left."""
    processes, ended = Processes(), threading.Event()

    def watch() -> None:
        while not ended.wait(INTERVAL):
            processes.look()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield processes
    finally:
        ended.set()
        thread.join()


@dataclass(frozen=True)
class LargeBuild:
    """What the first build of a publication cost, and the processes that it needed."""

    articles: int
    editions: int
    workers: int
    cost: Cost
    processes: Processes

    @property
    def is_bounded(self) -> bool:
        return all(self.processes.most_memory(kind) <= MEMORY for kind in KINDS)

    def cells(self) -> Iterator[str]:
        work = self.processes.all_work()
        yield f"{self.articles:,} articles, {self.editions} edition{'s' if self.editions > 1 else ''}"
        yield str(self.workers)
        yield from (f"{self.cost.clock:,.0f} s", f"{work:,.0f} s")
        yield f"{1000 * work / self.articles / self.editions:.0f} ms"
        yield from (f"{self.processes.most_memory(kind):,.0f} MB" for kind in KINDS)


def build(articles: int, editions: int, workers: int, folder: Path) -> LargeBuild:
    """Build a publication of so many articles and editions with so many workers; none: without a cluster."""
    from distributed import LocalCluster

    made, source = corpus(articles), folder / f"source-{articles}"
    write(made, source)
    languages = LANGUAGES[:editions]
    add_to_conf(source, f"fleuron_languages = {list(languages)!r}\nfleuron_edition_threshold = 0")
    for language in languages[1:]:
        write_catalogues(made, source, language)
    with watching() as processes:
        if not workers:
            return LargeBuild(articles, editions, 0, publish(source, folder / f"build-{articles}"), processes)
        # A worker gets no part of this machine's memory, beyond which it would be stopped.
        with LocalCluster(
            n_workers=workers, threads_per_worker=1, memory_limit=0, dashboard_address="127.0.0.1:0"
        ) as cluster:
            add_to_conf(source, f'fleuron_pdf_executor = "dask"\nfleuron_pdf_scheduler = "{cluster.scheduler_address}"')
            cost = publish(source, folder / f"build-{articles}")
        return LargeBuild(articles, editions, workers, cost, processes)


def table(builds: Sequence[LargeBuild]) -> Table:
    columns = ("publication", "workers", "clock", "processor", "an article", *(f"largest {kind}" for kind in KINDS))
    note = f"“An article” is the processor time of one in one edition. The bound of memory is {MEMORY:,} MB a process."
    return Table("Reading on a cluster", columns, [[*each.cells()] for each in builds], note)


def main() -> int:
    """Print the table; return 1 if a process needed more memory than it may."""
    options = argparse.ArgumentParser(prog="make bench-large", description=__doc__.split("\n", 1)[0])
    options.add_argument("--articles", type=int, nargs="+", default=[200, 1000], help="the sizes of publications")
    options.add_argument("--editions", type=int, default=1, help="how many editions each has, at most three")
    options.add_argument("--workers", type=int, default=2, help="the workers of the cluster; 0: no cluster")
    chosen = options.parse_args()
    print(f"Python {platform.python_version()}; {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory(prefix="fleuron-") as name:
        builds = [build(articles, chosen.editions, chosen.workers, Path(name)) for articles in chosen.articles]
    print(table(builds), flush=True)
    return 0 if all(each.is_bounded for each in builds) else 1


if __name__ == "__main__":
    sys.exit(main())
