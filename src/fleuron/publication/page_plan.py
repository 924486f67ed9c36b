"""The page plan: which text stands on which folio.

The press writes it when it lays out an edition, and reads it when it next does, and when it makes
what names a page. It counts as a source while it matches the text, and as absent once it does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal

from fleuron.atomic_files import write_file
from fleuron.publication.page_breaks import Break

FORMAT = 2
# The name of its file, beside the doctrees of an edition.
PLAN = "pages.json"
# How often pages are laid out before it is reported that their folios never settle.
ROUNDS = 4

# How folios run: through the volume, where each article opens on a recto, or from 1 in each article.
Mode = Literal["volume", "article"]


@dataclass(frozen=True)
class Run:
    """The pages of a document: the digest of its text, their number, the first folio, ids' folios, and where each
    page but the first begins.
    """

    text: str
    pages: int
    first: int
    folios: Mapping[str, int] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The runs of pages of an edition by document, in the volume's order."""

    mode: Mode = "volume"
    runs: Mapping[str, Run] = field(default_factory=dict)

    def matching(self, texts: Mapping[str, str], mode: Mode) -> Plan:
        """Return the part of the plan that holds for the texts, which are digests in the volume's order.

        A run of a volume holds only where all before it do: another text before it may move it.
        """
        if mode != self.mode:
            return Plan(mode)
        holds = [name for name, text in texts.items() if self.text_of(name) == text]
        if mode == "volume":
            in_place = takewhile(lambda names: len(set(names)) == 1, zip(texts, self.runs, holds, strict=False))
            holds = [name for name, *_same in in_place]
        return Plan(mode, {name: self.runs[name] for name in holds})

    def text_of(self, document: str) -> str | None:
        return self.runs[document].text if document in self.runs else None


@dataclass(frozen=True)
class Job:
    """A document to lay out: on which folio it opens, and the folios of the ids it refers to, where known."""

    name: str
    first: int
    folios: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Pages:
    """What came of a job: how many pages, on which of them (from 0) each id stands, and where those behind it begin."""

    pages: int
    places: Mapping[str, int] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class Settlement:
    """A plan, the number of rounds it took, and the documents whose folios kept changing, normally none."""

    plan: Plan
    rounds: int
    unsettled: tuple[str, ...] = ()


@dataclass(frozen=True)
class VolumeTexts:
    """The texts of a volume to be laid out: their digests in order, and the ids that each refers to by page.

    ``front_pages`` is the number of pages before the first text that have folios of the same sequence.
    """

    texts: Mapping[str, str]
    references: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mode: Mode = "volume"
    front_pages: int = 0


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def first_folios(order: Iterable[str], counts: Mapping[str, int], mode: Mode, front_pages: int = 0) -> dict[str, int]:
    """Return the folio on which each document opens; a recto has an odd one.

    A document without a count takes no pages.
    """
    found: dict[str, int] = {}
    taken = front_pages
    for name in order:
        found[name] = 1 if mode == "article" else taken + 1 + taken % 2
        taken = found[name] + counts.get(name, 0) - 1
    return found


def jobs(volume: VolumeTexts, known: Mapping[str, Pages]) -> list[Job]:
    """Return the jobs of a volume, given what is known of its pages."""
    firsts = first_folios(
        volume.texts, {name: each.pages for name, each in known.items()}, volume.mode, volume.front_pages
    )
    folios = {
        each: firsts[name] + place
        for name in volume.texts
        if name in known
        for each, place in known[name].places.items()
    }
    return [
        Job(name, firsts[name], {each: folios[each] for each in volume.references.get(name, ()) if each in folios})
        for name in volume.texts
    ]


def known_from(last: Plan) -> dict[str, Pages]:
    """Return the pages of the last build: where documents open that are not laid out yet, this is the best guess."""
    return {
        name: Pages(run.pages, {each: folio - run.first for each, folio in run.folios.items()}, run.breaks)
        for name, run in last.runs.items()
    }


def settle(volume: VolumeTexts, lay_out: Callable[[Sequence[Job]], Mapping[str, Pages]], last: Plan) -> Settlement:
    """Lay out a volume until no folio changes: normally once, or twice for what comes after a change.

    ``lay_out`` is given the jobs that are new since the last round, and returns what comes of each.
    Nothing is assumed to be laid out before: what is, `lay_out` finds in its cache.
    """
    known = known_from(last)
    done: dict[str, Job] = {}
    for number in range(ROUNDS):
        moved = [job for job in jobs(volume, known) if done.get(job.name) != job]
        if not moved:
            return Settlement(plan_of(volume, known), number)
        known.update(lay_out(moved))
        done.update((job.name, job) for job in moved)
    unsettled = tuple(job.name for job in jobs(volume, known) if done[job.name] != job)
    return Settlement(plan_of(volume, known), ROUNDS, unsettled)


def plan_of(volume: VolumeTexts, known: Mapping[str, Pages]) -> Plan:
    """Return the plan of a volume whose pages are known."""
    runs = {}
    for job in jobs(volume, known):
        laid = known[job.name]
        folios = {each: job.first + place for each, place in laid.places.items()}
        runs[job.name] = Run(volume.texts[job.name], laid.pages, job.first, folios, laid.breaks)
    return Plan(volume.mode, runs)


def names_of(plan: Plan, order: Iterable[str]) -> dict[str, list[str]]:
    """Name the pages of each document: by their folios, or where each begins at 1 by article and page, such as 3.12.

    ``order`` is that of the volume.
    """
    names = {}
    for number, document in enumerate(order, 1):
        if (run := plan.runs.get(document)) is None:
            continue
        before = f"{number}." if plan.mode == "article" else ""
        names[document] = [f"{before}{run.first + page}" for page in range(run.pages)]
    return names


def write_plan(plan: Plan, path: Path) -> None:
    """Write a plan as JSON."""
    written = {
        "format": FORMAT,
        "mode": plan.mode,
        "runs": [{"document": name, **asdict(run)} for name, run in plan.runs.items()],
    }
    write_file(path, json.dumps(written, indent=1) + "\n")


def read_plan(path: Path) -> Plan:
    """Read a plan; one that is not there, or cannot be read, is empty."""
    try:
        written = json.loads(path.read_text("utf-8"))
        if written["format"] != FORMAT or written["mode"] not in ("volume", "article"):
            return Plan()
        runs = {each["document"]: run_of(each) for each in written["runs"]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Plan()
    return Plan(written["mode"], runs)


def run_of(written: Mapping[str, Any]) -> Run:
    """Read a run; raise LookupError, TypeError or ValueError if it is none."""
    facts = {name: written[name] for name in ("text", "pages", "first", "folios")}
    run = Run(**facts, breaks=tuple(Break(**each) for each in written["breaks"]))
    counted = (number for each in run.breaks for number in (each.passage, each.letters))
    numbers = (run.pages, run.first, *run.folios.values(), *counted)
    texts = (run.text, *(each.check for each in run.breaks))
    if not all(isinstance(text, str) for text in texts) or not all(
        type(number) is int and number >= 0 for number in numbers
    ):
        raise ValueError("no run of pages")
    return run
