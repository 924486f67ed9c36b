"""Measure how fast a bag is verified: `python -m benchmarks.bag_verification [MEGABYTES]` prints a table.

It is compared with sha512sum on the same files, which reads and hashes them one after another. Both read from the
system's warm cache, so that the disk is not measured; they take turns in going first, and the best of three counts.
"""

from __future__ import annotations

import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.tables import Table

from fleuron.archive.bag.verification import verify_files
from fleuron.archive.bag.writing import root_hash, write_bag

MEGABYTES, FILES, ROUNDS = 1000, 2000, 3
INFO = {
    "Source-Organization": "A publisher",
    "External-Identifier": "https://doi.org/10.5555/12345678",
    "Internal-Sender-Identifier": "1",
    "Bagging-Date": "2026-01-01",
    "Bag-Software-Agent": "Fleuron",
    "External-Description": "Noise",
}


def make(bag: Path, megabytes: int) -> None:
    """Make a bag of random bytes: many small files, like pages, and some large ones, like books."""
    chance = random.Random(0)
    weights = [chance.paretovariate(1.1) for _file in range(FILES)]
    for number, weight in enumerate(weights):
        path = bag / "data" / f"{number % 40:02}" / f"{number:04}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(int(megabytes * 1e6 * weight / sum(weights))))
    write_bag(bag, INFO)


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def measure(bag: Path) -> tuple[dict[str, list[float]], int]:
    """Return the seconds of each round for both programs, and how many bytes each reads."""
    known = root_hash(bag)
    files = sorted(str(path) for path in bag.rglob("*") if path.is_file() and path.name != "tagmanifest-sha512.txt")
    listed = "\0".join(files).encode()
    size = verify_files(bag, known).size

    def fleuron() -> None:
        result = verify_files(bag, known)
        assert not result.faults and result.size == size

    def sha512sum() -> None:
        command = ["xargs", "-0", "-n", str(len(files)), "sha512sum"]
        subprocess.run(command, input=listed, stdout=subprocess.DEVNULL, check=True)

    programs = {"verify_files()": fleuron, "sha512sum": sha512sum}
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    sha512sum()  # to fill the cache
    for number in range(2 * ROUNDS):
        for name in sorted(programs, reverse=bool(number % 2)):
            seconds[name].append(timed(programs[name]))
    return seconds, size


def main(megabytes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bag = Path(folder) / "bag"
        make(bag, megabytes)
        seconds, size = measure(bag)
    best = {name: min(each) for name, each in seconds.items()}
    rows = [
        [name, f"{best[name]:.2f}", f"{size / best[name] / 1e6:.0f}", f"{best['sha512sum'] / best[name]:.2f}"]
        for name in best
    ]
    note = f"{FILES} files of {size / 1e6:.0f} MB, best of {ROUNDS} in either order; {os.cpu_count()} cores, Python "
    columns = ["program", "seconds", "MB/s", "times sha512sum"]
    print(Table("Verifying a bag", columns, rows, note + platform.python_version() + "."))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES)
