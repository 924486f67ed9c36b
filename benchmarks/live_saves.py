"""Measure how long `fleuron live` takes from a saved article to its page in each edition, as a browser would see it.

A client waits for the events that make open pages load themselves again, and loads the page then.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpus import name_of
from benchmarks.timed_builds import NOT_INHERITED, BuildFailed, copy_sample

# Upper bounds in seconds, until the page is there in all editions: of the sample, and of sites by their articles.
SAMPLE_BOUND = 0.7
BOUNDS = {200: 1.0, 1000: 2.0}
TIMES = 7
# Seconds between two saves.
PAUSE = 2.0
ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)/ shows")


@dataclass(frozen=True)
class Saves:
    """The seconds from a save to the page: in the edition that is open in the browser, and in the last of all."""

    name: str
    first: float
    last: float
    bound: float

    @property
    def is_bounded(self) -> bool:
        return self.last <= self.bound


@contextmanager
def live(source: Path, build: Path, languages: Sequence[str]) -> Iterator[int]:
    """Run `fleuron live` and yield its port once the site is built."""
    words = ["--source", str(source), "--build", str(build), "--languages", " ".join(languages), "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    log_file = build.with_name(f"{build.name}-live.log")
    with log_file.open("wb") as log:
        command = [sys.executable, "-P", "-m", "fleuron", "live", *words]
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        try:
            while not (found := ADDRESS.search(log_file.read_bytes())):
                if process.poll() is not None:
                    raise BuildFailed(log_file.read_text("utf-8", "replace"))
                time.sleep(0.1)
            yield int(found[1])
        finally:
            process.terminate()
            process.wait()


def page_of(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", address)
    try:
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def measure_saves(name: str, source: Path, build: Path, languages: Sequence[str], article: str, bound: float) -> Saves:
    """Save an article several times, and return the medians; a page of the first language is open."""
    path, found = source / "articles" / f"{article}.md", list[list[float]]()
    text = path.read_text("utf-8")
    with live(source, build, languages) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", f"/.live/events?{languages[0]}")
        events = connection.getresponse()
        for number in range(TIMES):
            time.sleep(PAUSE)
            sentence = f"Saved for the {number}th time."
            path.write_text(f"{text}\n{sentence}\n", "utf-8")
            found.append(list(seconds_to_pages(events, port, len(languages), f"articles/{article}.html", sentence)))
        connection.close()
    path.write_text(text, "utf-8")
    return Saves(name, median(each[0] for each in found), median(each[-1] for each in found), bound)


def seconds_to_pages(
    events: http.client.HTTPResponse, port: int, editions: int, page: str, sentence: str
) -> Iterator[float]:
    """Yield the seconds from now until each edition has a page with a sentence, as the events name them."""
    saved, waiting, event = time.monotonic(), editions, ""
    while waiting:
        field, _colon, value = events.fp.readline().decode().strip().partition(": ")
        event = value if field == "event" else event
        if (event, field) == ("changed", "data") and sentence in page_of(port, f"/{json.loads(value)}/{page}"):
            waiting -= 1
            yield time.monotonic() - saved


def live_sample(folder: Path) -> Saves:
    """Measure saves of an article of the sample, in three languages."""
    source = folder / "source-live"
    copy_sample(source, "https://review.example/")
    return measure_saves("the sample", source, folder / "live", ("en", "tr", "ru", "fa"), "footnote", SAMPLE_BOUND)


def live_site(articles: int, folder: Path) -> Saves:
    """Measure saves in a site that `rebuilds.rebuild` has built, in two languages."""
    source, build, article = folder / f"changed-{articles}", folder / f"own-{articles}", name_of(articles // 2)
    bound = BOUNDS.get(articles, max(BOUNDS.values()))
    return measure_saves(f"{articles:,} articles", source, build, ("en", "tr"), article, bound)
