"""The page plan: which text of an edition is on which page, by folios (page numbers).

It is written when the PDFs are laid out. The next layout begins with it, and the site and the EPUB take the page
numbers from it. It is valid for a text as long as that is unchanged, and is otherwise ignored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal, get_args

from fleuron.atomic_files import write_file
from fleuron.publication.page_breaks import PageBreak

FORMAT = 2
# The file of the plan, among the doctrees of an edition.
# How often pages are laid out before it is reported that their folios never settle.
MOST_ROUNDS = 4

# Folios count through the volume (in a journal: through the issues of each volume), in each issue, or in each article.
Mode = Literal["volume", "issue", "article"]
# On which pages articles begin, where folios count through the volume: on rectos, or on any.
Openings = Literal["recto", "any"]


@dataclass(frozen=True)
class Counted:
    """Through which documents, in order, each sequence of folios counts.

    ``given`` are the first and the last folio that authors give, and ``rectos`` documents that begin on a recto,
    whatever the others do.
    """

    sequences: tuple[tuple[str, ...], ...]
    given: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    rectos: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DocumentPages:
    """The pages of a document in the plan.

    ``text`` is a digest of the document's text, ``pages`` the number of pages, ``first`` the first folio, ``folios``
    the folio of each id, and ``breaks`` where each page but the first begins.
    """

    text: str
    pages: int
    first: int
    folios: Mapping[str, int] = field(default_factory=dict)
    breaks: tuple[PageBreak, ...] = ()


@dataclass(frozen=True)
class PagePlan:
    """The pages of an edition's documents, in the order of the volume."""

    mode: Mode = "volume"
    runs: Mapping[str, DocumentPages] = field(default_factory=dict)

    def matching(
        self, texts: Mapping[str, str], mode: Mode, counted: Counted | None = None, openings: Openings = "recto"
    ) -> PagePlan:
        """Return the part of the plan that is valid for the texts, given as digests in the order of the volume.

        Where pages are ``counted`` through several documents, those of one are valid only if all those before are: a
        change there may move them.
        """
        if mode != self.mode:
            return PagePlan(mode)
        counted, valid = counted or counted_by(mode, texts), set[str]()
        for sequence in counted.sequences:
            known = list(takewhile(lambda name: self.text_of(name) == texts[name], sequence))
            counts = {name: self.runs[name].pages for name in known}
            firsts = first_folios(known, counts, openings=openings, counted=counted).items()
            valid |= dict(takewhile(lambda pair: self.runs[pair[0]].first == pair[1], firsts)).keys()
        return PagePlan(mode, {name: self.runs[name] for name in texts if name in valid})

    def text_of(self, document: str) -> str | None:
        return self.runs[document].text if document in self.runs else None


@dataclass(frozen=True)
class LayoutJob:
    """A document to lay out: its first folio, and the folios of the ids that it refers to, if they are known."""

    name: str
    first: int
    folios: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LaidOutPages:
    """The pages of a document: their number, the page (from 0) of each id, and where each but the first begins."""

    pages: int
    places: Mapping[str, int] = field(default_factory=dict)
    breaks: tuple[PageBreak, ...] = ()


@dataclass(frozen=True)
class SettledPlan:
    """A plan, the number of rounds it took, and the documents whose folios kept changing, normally none."""

    plan: PagePlan
    rounds: int
    unsettled: tuple[str, ...] = ()


@dataclass(frozen=True)
class VolumeTexts:
    """The texts of a volume to be laid out: their digests in order, and the ids that each refers to by page.

    ``front_pages`` is the number of pages before the first text that have folios of the same sequence; ``openings``
    says on which pages texts begin; ``counted`` is through which texts folios count, if the mode alone does not say it.
    """

    texts: Mapping[str, str]
    references: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mode: Mode = "volume"
    front_pages: int = 0
    openings: Openings = "recto"
    counted: Counted | None = None

    def first_folios(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Return the first folio of each text, given their numbers of pages."""
        counted = self.counted or counted_by(self.mode, self.texts)
        before = 0 if self.mode == "article" else self.front_pages
        sequences = (first_folios(each, counts, before, self.openings, counted) for each in counted.sequences)
        return {name: first for firsts in sequences for name, first in firsts.items()}


def counted_by(mode: Mode, texts: Iterable[str]) -> Counted:
    """Return how folios count where no text is in an issue: through all texts, or in each."""
    return Counted(tuple((name,) for name in texts) if mode == "article" else (tuple(texts),))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first_folios(
    order: Iterable[str],
    counts: Mapping[str, int],
    front_pages: int = 0,
    openings: Openings = "recto",
    counted: Counted | None = None,
) -> dict[str, int]:
    """Return the first folio of each document of a sequence: odd, that of a recto, unless any page may open one.

    ``counts`` are numbers of pages; a document without one has no pages. A folio that an author gives is kept.
    """
    given, rectos = (counted.given, counted.rectos) if counted else ({}, frozenset())
    found: dict[str, int] = {}
    taken = front_pages
    for name in order:
        blank = taken % 2 if openings == "recto" or name in rectos else 0
        first, last = given.get(name, (taken + 1 + blank, 0))
        found[name] = first
        taken = max(first + counts.get(name, 0) - 1, last)
    return found


def layout_jobs(volume: VolumeTexts, known: Mapping[str, LaidOutPages]) -> list[LayoutJob]:
    """Return the jobs of a volume, given what is known of its pages."""
    counts = {name: pages.pages for name, pages in known.items()}
    firsts = volume.first_folios(counts)
    folios = {
        identifier: firsts[name] + page
        for name in volume.texts
        if name in known
        for identifier, page in known[name].places.items()
    }
    return [
        LayoutJob(
            name,
            firsts[name],
            {target: folios[target] for target in volume.references.get(name, ()) if target in folios},
        )
        for name in volume.texts
    ]


def pages_in(last: PagePlan) -> dict[str, LaidOutPages]:
    """Return the pages of the last build, the best guess for documents that are not laid out yet."""
    return {
        name: LaidOutPages(run.pages, {target: folio - run.first for target, folio in run.folios.items()}, run.breaks)
        for name, run in last.runs.items()
    }


def settle_folios(
    volume: VolumeTexts, lay_out: Callable[[Sequence[LayoutJob]], Mapping[str, LaidOutPages]], last: PagePlan
) -> SettledPlan:
    """Lay out a volume until no folio changes: normally once, or twice for what comes after a change.

    ``lay_out`` is given the jobs that are new since the last round, and returns the pages of each. It is given every
    job at least once; pages that were laid out by an earlier build, it finds in its cache.
    """
    known = pages_in(last)
    latest: dict[str, LayoutJob] = {}
    for number in range(MOST_ROUNDS):
        changed = [job for job in layout_jobs(volume, known) if latest.get(job.name) != job]
        if not changed:
            return SettledPlan(plan_of(volume, known), number)
        known.update(lay_out(changed))
        latest.update((job.name, job) for job in changed)
    unsettled = tuple(job.name for job in layout_jobs(volume, known) if latest[job.name] != job)
    return SettledPlan(plan_of(volume, known), MOST_ROUNDS, unsettled)


def plan_of(volume: VolumeTexts, known: Mapping[str, LaidOutPages]) -> PagePlan:
    """Return the plan of a volume whose pages are known."""
    runs = {}
    for job in layout_jobs(volume, known):
        pages = known[job.name]
        folios = {target: job.first + page for target, page in pages.places.items()}
        runs[job.name] = DocumentPages(volume.texts[job.name], pages.pages, job.first, folios, pages.breaks)
    return PagePlan(volume.mode, runs)


def page_names(plan: PagePlan, order: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of each document's pages: folios, or, if these begin at 1 in each article, as in 3.12.

    ``order`` is that of the volume.
    """
    names = {}
    for number, document in enumerate(order, 1):
        if (run := plan.runs.get(document)) is None:
            continue
        prefix = f"{number}." if plan.mode == "article" else ""
        names[document] = [f"{prefix}{run.first + page}" for page in range(run.pages)]
    return names


def write_plan(plan: PagePlan, path: Path) -> None:
    """Write a plan as JSON."""
    written = {
        "format": FORMAT,
        "mode": plan.mode,
        "runs": [{"document": name, **asdict(run)} for name, run in plan.runs.items()],
    }
    write_file(path, json.dumps(written, indent=1) + "\n")


def read_plan(path: Path) -> PagePlan:
    """Read a plan; return an empty one if the file does not exist or is not a plan."""
    try:
        written = json.loads(path.read_text("utf-8"))
        if written["format"] != FORMAT or written["mode"] not in get_args(Mode):
            return PagePlan()
        runs = {run["document"]: read_run(run) for run in written["runs"]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return PagePlan()
    return PagePlan(written["mode"], runs)


def read_run(written: Mapping[str, Any]) -> DocumentPages:
    """Return the pages of a document as a plan's file has them; raise LookupError, TypeError or ValueError."""
    values = {name: written[name] for name in ("text", "pages", "first", "folios")}
    run = DocumentPages(**values, breaks=tuple(PageBreak(**page_break) for page_break in written["breaks"]))
    counts = (count for page_break in run.breaks for count in (page_break.passage, page_break.letters))
    numbers = (run.pages, run.first, *run.folios.values(), *counts)
    digests = (run.text, *(page_break.check for page_break in run.breaks))
    if not all(isinstance(digest, str) for digest in digests) or not all(
        type(number) is int and number >= 0 for number in numbers
    ):
        raise ValueError("not the pages of a document")
    return run
