"""The pages that are open in browsers, and what they are told: what has changed, and what is wrong."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class NewsOfOne:
    """News of what some open pages show, such as an edition, by its name."""

    kind: ClassVar[str]
    name: str

    @property
    def event(self) -> bytes:
        return event(self.kind, self.name)


class Started(NewsOfOne):
    """What open pages show is being built."""

    kind = "started"


class Changed(NewsOfOne):
    """What open pages show has changed."""

    kind = "changed"


@dataclass(frozen=True)
class Reported:
    """News for the open pages: what is wrong with the sources now, or nothing."""

    messages: str = ""

    @property
    def event(self) -> bytes:
        return event("reported", self.messages)


@dataclass(frozen=True)
class OffprintList:
    """News for the page that lists offprints: their articles, by path and title, and the languages of the editions."""

    articles: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def event(self) -> bytes:
        return event("changed", "")


News = Started | Changed | Reported | OffprintList
Tell = Callable[[News], None]


def event(kind: str, text: str) -> bytes:
    """Return an event as pages are sent it (HTML Living Standard, 9.2.6)."""
    return f"event: {kind}\ndata: {json.dumps(text)}\n\n".encode()


class OpenPages:
    """The pages that are open in browsers: what each shows, by the queue of the news that it is sent.

    A site's page shows an edition (``en``), that of an offprint an article in it (``en/paper``). ``opened`` is called
    when one is opened.
    """

    def __init__(self, opened: Callable[[], None] = lambda: None) -> None:
        self.opened = opened
        self.lock = threading.Lock()
        self.queues: dict[queue.SimpleQueue[News], str] = {}
        self.reported = Reported()
        self.offprints = OffprintList()

    def shown(self) -> set[str]:
        """Return what the open pages show."""
        with self.lock:
            return {*self.queues.values()}

    def tell(self, news: News) -> None:
        with self.lock:
            if isinstance(news, Reported):
                self.reported = news
            if isinstance(news, OffprintList):
                if news == self.offprints:
                    return
                self.offprints = news
            for each in self.queues:
                each.put(news)

    @contextmanager
    def news(self, name: str) -> Iterator[queue.SimpleQueue[News]]:
        """Yield the queue of a page that is opened, until it is closed; it begins with what is wrong."""
        own = queue.SimpleQueue[News]()
        with self.lock:
            own.put(self.reported)
            self.queues[own] = name
        self.opened()
        try:
            yield own
        finally:
            with self.lock:
                self.queues.pop(own, None)
