"""Print an edition: lay out its parts until no folio moves, and bind them as a volume and as offprints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from fleuron.editions.interface_words import words
from fleuron.paged.binding.folios import STYLE as FOLIOS
from fleuron.paged.book_parts import Book, Part
from fleuron.paged.layout.units import Laid, Unit
from fleuron.paged.sheets.front_and_back_matter import (
    Back,
    Line,
    back_sheet,
    chapter_sheet,
    front_sheet,
    index_body,
    title_sheet,
)
from fleuron.paged.sheets.indexes import index
from fleuron.paged.sheets.manuscripts import Manuscript, Printed
from fleuron.publication import page_plan
from fleuron.publication.page_plan import Job, Pages, Plan, Run, Settlement, first_folios

LayOut = Callable[[Iterable[Unit]], Mapping[str, Laid]]
Bind = Callable[[Sequence[Part], Book], bytes]
FRONT = "front"


class SpoiledError(Exception):
    """Pages lack something: what is laid out after them would be laid out in vain."""


class Press:
    """Prints a manuscript with a function that lays out units, and one that binds them."""

    def __init__(self, manuscript: Manuscript, lay_out: LayOut, bind: Bind) -> None:
        self.manuscript = manuscript
        self.chapters = {chapter.fragment.anchor: chapter for chapter in manuscript.chapters}
        self.lay_out = lay_out
        self.bind = bind
        self.word = words(manuscript.edition.language)
        self.laid: dict[str, Laid] = {}
        self.digests: dict[str, str] = {}
        self.titles: dict[str, str] = {anchor: chapter.fragment.title for anchor, chapter in self.chapters.items()}

    def bound_unit(self, name: str, sheet: str, pictures: Mapping[str, bytes] | None = None) -> Unit:
        """Make a unit that begins on a recto, and whose folios are set when it is bound."""
        unit = self.unit(name, sheet, 1, pictures)
        return replace(unit, style=unit.style + FOLIOS)

    def unit(self, name: str, sheet: str, first: int, pictures: Mapping[str, bytes] | None = None) -> Unit:
        ours = self.manuscript
        return Unit(name, sheet, ours.style, ours.edition.language, first, ours.fount, ours.engine, pictures or {})

    def settle(self, last: Plan) -> Settlement:
        """Lay out the chapters until no folio moves; what is laid out already comes from the cache."""
        fragments = {anchor: chapter.fragment for anchor, chapter in self.chapters.items()}
        book = page_plan.Book(
            {anchor: fragment.text for anchor, fragment in fragments.items()},
            {anchor: fragment.pages_named for anchor, fragment in fragments.items()},
            self.manuscript.mode,
        )
        return page_plan.settle(book, self.set_chapters, last)

    def set_chapters(self, jobs: Sequence[Job]) -> Mapping[str, Pages]:
        ours = self.manuscript
        units = []
        for job in jobs:
            chapter = self.chapters[job.name]
            sheet = chapter_sheet(ours.imprint, chapter.fragment, ours.edition, job.folios)
            units.append(self.bound_unit(job.name, sheet, chapter.pictures))
        # A text that has only moved is not laid out again: its folios are not in its pages.
        new = [unit for unit in units if self.digests.get(unit.name) != unit.digest]
        self.laid.update(self.lay_out(new))
        self.digests.update((unit.name, unit.digest) for unit in units)
        if self.losses:
            raise SpoiledError
        return {unit.name: pages_of(self.laid[unit.name]) for unit in units}

    def backs(self, plan: Plan) -> list[Back]:
        """List the parts behind the articles that have something in them, the indexes last."""
        folios = {each: folio for run in plan.runs.values() for each, folio in run.folios.items()}
        made = list(self.manuscript.backs)
        indexes = (
            (self.word("Index of names"), "names", self.manuscript.names),
            (self.word("Index of keywords"), "keywords", self.manuscript.keywords),
        )
        for title, anchor, mentions in indexes:
            if letters := index(mentions, folios, self.manuscript.edition.language):
                made.append(Back(title, f"b-{anchor}", index_body(letters, self.manuscript.edition)))
        return made

    def set_backs(self, plan: Plan) -> dict[str, int]:
        """Lay out the parts behind the articles, side by side; return on which folio each opens."""
        ours, backs, counts = self.manuscript, self.backs(plan), {name: run.pages for name, run in plan.runs.items()}
        sheets = {
            back.anchor: back_sheet(ours.imprint, back.title, back.anchor, back.body, ours.edition) for back in backs
        }
        self.laid.update(self.lay_out([self.bound_unit(name, sheet) for name, sheet in sheets.items()]))
        self.titles.update((back.anchor, back.title) for back in backs)
        counts |= {name: self.laid[name].pages for name in sheets}
        firsts = first_folios(counts, counts, ours.mode)
        return {name: firsts[name] for name in sheets}

    def print(self, last: Plan, only: str = "") -> Printed:
        """Print the volume and its offprints, or ``only`` the offprint of one article by its anchor.

        ``last`` is the plan of the last build.
        """
        try:
            return self.print_one(only, last) if only else self.print_all(last)
        except SpoiledError:
            return Printed(b"", {}, last, self.losses, ())

    @property
    def losses(self) -> tuple[str, ...]:
        """What could not be set so far, each once."""
        return tuple(dict.fromkeys(loss for laid in self.laid.values() for loss in laid.losses))

    def print_all(self, last: Plan) -> Printed:
        settlement = self.settle(last)
        plan = settlement.plan
        firsts = {name: run.first for name, run in plan.runs.items()} | self.set_backs(plan)
        self.set_front(firsts)
        self.set_titles(plan, self.chapters)
        if self.losses:
            raise SpoiledError
        offprints = {
            name: self.offprint(name, firsts[name]) for name, chapter in self.chapters.items() if chapter.offprint
        }
        return Printed(self.volume(firsts), offprints, plan, (), settlement.restless)

    def print_one(self, name: str, last: Plan) -> Printed:
        """Print one offprint with the folios of the last build, which the published volume has; or from 1."""
        runs = last.runs if last.mode == self.manuscript.mode else {}
        folios = {each: folio for run in runs.values() for each, folio in run.folios.items()}
        first = runs[name].first if name in runs else 1
        pages = self.set_chapters([Job(name, first, folios)])[name]
        plan = Plan(last.mode, {name: Run("", pages.pages, first)})
        self.set_titles(plan, [name])
        if self.losses:
            raise SpoiledError
        return Printed(b"", {name: self.offprint(name, first)}, last, (), ())

    def set_front(self, firsts: Mapping[str, int]) -> None:
        ours = self.manuscript
        authors = {anchor: chapter.fragment.authors for anchor, chapter in self.chapters.items()}
        lines = [Line(name, self.titles[name], authors.get(name, ""), folio) for name, folio in firsts.items()]
        sheet = front_sheet(ours.imprint, lines, ours.edition)
        self.laid.update(self.lay_out([self.unit(FRONT, sheet, 1, {**ours.pictures, **ours.mark})]))

    def set_titles(self, plan: Plan, names: Iterable[str]) -> None:
        """Lay out the title sheets of offprints."""
        ours, units = self.manuscript, []
        for name in names:
            chapter = self.chapters[name]
            if chapter.offprint:
                run = plan.runs[name]
                folios = str(run.first) if run.pages < 2 else f"{run.first}–{run.first + run.pages - 1}"
                sheet = title_sheet(ours.imprint, chapter.fragment, chapter.offprint, folios, ours.edition)
                units.append(self.unit(title_name(name), sheet, 1, ours.mark))
        self.laid.update(self.lay_out(units))

    def part(self, name: str, first: int, *, recto: bool = True) -> Part:
        return Part(name, self.laid[name].pdf, first, recto=recto)

    def volume(self, firsts: Mapping[str, int]) -> bytes:
        ours = self.manuscript
        front = Part(FRONT, self.laid[FRONT].pdf, 1, "roman")
        parts = [front, *(self.part(name, first) for name, first in firsts.items())]
        book = Book(
            title=ours.imprint.title,
            language=ours.edition.language,
            authors=(ours.imprint.author,) if ours.imprint.author else (),
            rights=ours.imprint.rights,
            identifier=ours.identifier,
            version=ours.version,
            created=ours.date,
            modified=ours.date,
            attachments=tuple(each for chapter in ours.chapters for each in chapter.attachments),
        )
        return self.bind(parts, book)

    def offprint(self, name: str, first: int) -> bytes:
        ours, chapter = self.manuscript, self.chapters[name]
        title = Part(title_name(name), self.laid[title_name(name)].pdf, 1, "none")
        book = Book(
            title=chapter.fragment.title,
            language=ours.edition.language,
            authors=(chapter.fragment.authors,) if chapter.fragment.authors else (),
            subject=chapter.subject,
            keywords=chapter.fragment.keywords,
            rights=chapter.offprint.licence if chapter.offprint else "",
            identifier=chapter.offprint.address if chapter.offprint else "",
            version=ours.version,
            created=chapter.date,
            modified=chapter.date,
            links=ours.addresses,
            attachments=chapter.attachments,
        )
        return self.bind([title, self.part(name, first)], book)


def pages_of(laid: Laid) -> Pages:
    """Return what the plan must know of pages."""
    return Pages(laid.pages, laid.places, laid.breaks)


def title_name(name: str) -> str:
    """Name the title sheet of an offprint."""
    return f"t-{name}"
