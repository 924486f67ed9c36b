"""Lay out an edition's sheets until no folio changes, and bind the volume and the offprints."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fleuron.conservation.comparison import LostWord
from fleuron.content.books.imprint import Imprint
from fleuron.content.books.indexes import INDEX_OF_NAMES, index
from fleuron.editions.interface_words import interface_words
from fleuron.paged.binding.bound_document import BoundDocument, PreparedPart
from fleuron.paged.binding.folios import style_of_folios
from fleuron.paged.layout.units import FontSet, LaidOut, Unit
from fleuron.paged.sheets.bidi_runs import order_runs
from fleuron.paged.sheets.pdf_input import BackSection, Chapter, PdfInput
from fleuron.paged.sheets.sheet_faces import SheetFaces
from fleuron.paged.sheets.sheet_templates import SheetTemplates, join_sheets
from fleuron.paged.sheets.volume_contents import VolumeContents
from fleuron.publication import page_plan
from fleuron.publication.page_plan import Counted, DocumentPages, LaidOutPages, LayoutJob, PagePlan, SettledPlan
from fleuron.publication.values.places import PageRange

LayOut = Callable[[Iterable[Unit]], Mapping[str, LaidOut]]
Bind = Callable[[Sequence[PreparedPart], BoundDocument], bytes]
# The units before and after the texts.
FRONT, BACK = "front", "back"


class IncompletePagesError(Exception):
    """Raised when pages have losses, since their edition is not written, to lay out no more of it."""


@dataclass(frozen=True)
class AssembledEdition:
    """An edition's PDFs: volume, offprints by the anchors of their articles, issues by name; with its page plan.

    Where there are ``losses`` or ``lost_words``, by the names of units, there are no PDFs. ``unsettled`` are articles
    whose folios kept changing; ``undescribed`` is the number of pictures without alternative text.
    """

    volume: bytes
    offprints: Mapping[str, bytes]
    plan: PagePlan
    losses: Mapping[str, tuple[str, ...]]
    unsettled: tuple[str, ...]
    lost_words: Mapping[str, tuple[LostWord, ...]] = field(default_factory=dict)
    undescribed: int = 0
    issues: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing from the pages."""
        return not self.losses and not self.lost_words


class EditionAssembler:
    """Makes an edition's PDFs, with a function that lays out units, and one that binds their pages."""

    def __init__(self, pdf_input: PdfInput, templates: SheetTemplates, lay_out: LayOut, bind: Bind) -> None:
        self.input = pdf_input
        self.templates = templates
        self.bound = [chapter.fragment.anchor for chapter in pdf_input.chapters]
        of_issues = (chapter for book in pdf_input.issues.values() for chapter in book.chapters)
        self.chapters = {chapter.fragment.anchor: chapter for chapter in (*of_issues, *pdf_input.chapters)}
        # Chapters have the name of the publication in their heads, in the book of an issue too.
        self.imprint = pdf_input.imprint
        preface = pdf_input.root if pdf_input.imprint.preface else ""
        self.contents = VolumeContents(pdf_input.contents, self.chapters, preface)
        self.lay_out = lay_out
        self.bind = bind
        self.word = interface_words(pdf_input.edition.language)
        self.laid: dict[str, LaidOut] = {}
        self.digests: dict[str, str] = {}
        self.titles: dict[str, str] = {anchor: chapter.fragment.title for anchor, chapter in self.chapters.items()}

    def assemble(self, last: PagePlan, only: str = "", issue: str = "") -> AssembledEdition:
        """Make volume, offprints and books of issues, or ``only`` the offprint of one article, by its anchor.

        With the name of an ``issue``, only its book is made. ``last`` is the plan of the last build. Raises
        SheetTemplateError.
        """
        try:
            if issue:
                return self.assemble_issue(issue, last)
            return self.assemble_article(only, last) if only else self.assemble_all(last)
        except IncompletePagesError:
            return AssembledEdition(b"", {}, last, self.losses, (), self.lost_words)

    @property
    def losses(self) -> Mapping[str, tuple[str, ...]]:
        """What is missing from the pages laid out so far, by the names of their units."""
        return {name: laid.losses for name, laid in self.laid.items() if laid.losses}

    @property
    def lost_words(self) -> Mapping[str, tuple[LostWord, ...]]:
        """What the pages laid out so far lack of the words of their sheets, by the names of their units."""
        return {name: laid.lost_words for name, laid in self.laid.items() if laid.lost_words}

    def are_described(self, *names: str) -> bool:
        """Return whether all pictures in the pages of some units have an alternative text."""
        return not any(self.laid[name].undescribed for name in names)

    @property
    def undescribed(self) -> int:
        """The number of pictures without alternative text, in the pages laid out so far."""
        return sum(laid.undescribed for laid in self.laid.values())

    def assemble_all(self, last: PagePlan) -> AssembledEdition:
        """Make the volume and all offprints."""
        settlement = self.settle(last, self.chapters)
        plan = settlement.plan
        back = self.lay_out_around(plan)
        self.lay_out_offprint_titles(plan, self.chapters)
        if self.losses or self.lost_words:
            raise IncompletePagesError
        offprints = {name: self.offprint(name, plan) for name, chapter in self.chapters.items() if chapter.offprint}
        volume = self.volume(plan, back)
        issues = {name: self.issue(name, plan) for name in self.input.issues}
        return AssembledEdition(
            volume, offprints, plan, {}, settlement.unsettled, undescribed=self.undescribed, issues=issues
        )

    def assemble_issue(self, name: str, last: PagePlan) -> AssembledEdition:
        """Make the book of one issue, after laying out what is counted before its pages."""
        own, wanted = {chapter.fragment.anchor for chapter in self.input.issues[name].chapters}, set[str]()
        for sequence in (self.input.counted or page_plan.counted_by(self.input.mode, self.chapters)).sequences:
            end = max((place + 1 for place, each in enumerate(sequence) if each in own), default=0)
            wanted.update(sequence[:end])
        settlement = self.settle(last, wanted)
        issues = {name: self.issue(name, settlement.plan)}
        kept = last.runs if last.mode == self.input.mode else {}
        plan = PagePlan(self.input.mode, {**kept, **settlement.plan.runs})
        unsettled, undescribed = settlement.unsettled, self.undescribed
        return AssembledEdition(b"", {}, plan, {}, unsettled, undescribed=undescribed, issues=issues)

    def issue(self, name: str, plan: PagePlan) -> bytes:
        """Make the book of an issue from chapters that are laid out; raises IncompletePagesError."""
        faces = self.input.faces
        own_faces = SheetFaces(faces.faces, faces.font_set, faces.cache) if faces else None
        own = replace(self.input.issues[name], faces=own_faces)
        book = EditionAssembler(own, self.templates, self.lay_out, self.bind)
        book.imprint, book.laid, book.digests = self.imprint, dict(self.laid), dict(self.digests)
        # They only tell which typefaces this book needs.
        folios = {target: folio for run in plan.runs.values() for target, folio in run.folios.items()}
        book.lay_out_chapters([LayoutJob(each, plan.runs[each].first, folios) for each in book.bound])
        back = book.lay_out_around(plan)
        if book.losses or book.lost_words:
            self.laid |= {f"{name}: {each}": laid for each, laid in book.laid.items() if each in (FRONT, BACK)}
            raise IncompletePagesError
        return book.volume(plan, back)

    def lay_out_around(self, plan: PagePlan) -> int | None:
        """Lay out what stands before and after the chapters; return the first folio of the latter, or None."""
        runs = {name: plan.runs[name] for name in self.bound}
        back = self.lay_out_back_sections(PagePlan(plan.mode, runs))
        self.lay_out_front({name: run.first for name, run in runs.items()} | back)
        return min(back.values(), default=None)

    def assemble_article(self, name: str, last: PagePlan) -> AssembledEdition:
        """Make one offprint with the folios of the last build, which the published volume has; or from 1."""
        runs = last.runs if last.mode == self.input.mode else {}
        folios = {anchor: folio for run in runs.values() for anchor, folio in run.folios.items()}
        first = runs[name].first if name in runs else 1
        pages = self.lay_out_chapters([LayoutJob(name, first, folios)])[name]
        plan = PagePlan(last.mode, {name: DocumentPages("", pages.pages, first)})
        self.lay_out_offprint_titles(plan, [name])
        if self.losses or self.lost_words:
            raise IncompletePagesError
        return AssembledEdition(b"", {name: self.offprint(name, plan)}, last, {}, (), undescribed=self.undescribed)

    def settle(self, last: PagePlan, wanted: Collection[str]) -> SettledPlan:
        """Lay out the wanted chapters until no folio changes; pages laid out before come from the cache."""
        fragments = {anchor: chapter.fragment for anchor, chapter in self.chapters.items() if anchor in wanted}
        texts = page_plan.VolumeTexts(
            {anchor: fragment.text for anchor, fragment in fragments.items()},
            {anchor: fragment.pages_named for anchor, fragment in fragments.items()},
            self.input.mode,
            openings=self.input.openings,
            counted=self.counted(fragments),
        )
        return page_plan.settle_folios(texts, self.lay_out_chapters, last)

    def counted(self, names: Collection[str]) -> Counted | None:
        """Return how the folios of some chapters count, if the mode alone does not say it."""
        if self.input.counted is None:
            return None
        sequences = (tuple(name for name in each if name in names) for each in self.input.counted.sequences)
        return replace(self.input.counted, sequences=tuple(filter(None, sequences)))

    def lay_out_chapters(self, jobs: Sequence[LayoutJob]) -> Mapping[str, LaidOutPages]:
        """Lay out chapters; raises IncompletePagesError."""
        units = []
        for job in jobs:
            chapter = self.chapters[job.name]
            sheet = self.templates.chapter(self.imprint, chapter.fragment, self.input.edition, job.folios)
            units.append(self.unit_with_stamped_folios(job.name, sheet, job.first, chapter.pictures))
        # A text that has only moved is not laid out again: its folios are not in its pages.
        new = [unit for unit in units if self.digests.get(unit.name) != unit.digest]
        self.laid.update(self.lay_out(new))
        self.digests.update((unit.name, unit.digest) for unit in units)
        if self.losses or self.lost_words:
            raise IncompletePagesError
        return {unit.name: pages_of(self.laid[unit.name]) for unit in units}

    def lay_out_back_sections(self, plan: PagePlan) -> dict[str, int]:
        """Lay out the sections after the articles, one after another; return on which folio each begins."""
        sections = self.back_sections(plan)
        if not sections:
            return {}
        sheet = join_sheets(
            [self.templates.back(self.input.imprint, section, self.input.edition) for section in sections]
        )
        pictures = {name: content for section in sections for name, content in section.pictures.items()}
        last = max((run.first + run.pages - 1 for run in plan.runs.values()), default=0)
        first = 1 if self.input.mode == "article" else last + 1
        unit = self.unit_with_stamped_folios(BACK, sheet, first, pictures)
        if not self.input.numbers_back:  # the next issue counts on from the texts of this one
            no_folios = style_of_folios(self.input.edition, are_printed=False)
            unit = replace(self.unit(BACK, sheet, pictures), style=unit.style + no_folios)
        self.laid.update(self.lay_out([unit]))
        self.titles.update((section.anchor, section.title) for section in sections)
        places = self.laid[BACK].places
        if not self.input.numbers_back:
            return {section.anchor: 0 for section in sections}
        return {section.anchor: first + places.get(section.anchor, 0) for section in sections}

    def back_sections(self, plan: PagePlan) -> list[BackSection]:
        """List the sections after the articles that are not empty, the indexes last."""
        folios = {anchor: folio for run in plan.runs.values() for anchor, folio in run.folios.items()}
        sections = list(self.input.back_sections)
        word = self.word
        indexes = (
            (word("Index of names"), INDEX_OF_NAMES, self.input.names),
            (word("Index of keywords"), "b-keywords", self.input.keywords),
        )
        for title, name, entries in indexes:
            if letters := index(entries, folios, self.input.edition.language):
                body = self.templates.index_body(letters, self.input.edition)
                sections.append(BackSection(title, name, body))
        return sections

    def lay_out_front(self, firsts: Mapping[str, int]) -> None:
        """Lay out the front matter, whose table of contents has the first folio of each text."""
        lines = self.contents.lines(firsts, self.titles)
        # Set once before its typefaces are named in it: it may need others than all the rest.
        self.unit(FRONT, self.templates.front(self.input.imprint, lines, self.input.edition))
        sheet = self.templates.front(self.imprint_with_typefaces(), lines, self.input.edition)
        self.laid.update(self.lay_out([self.unit(FRONT, sheet, {**self.input.pictures, **self.input.mark})]))

    def imprint_with_typefaces(self) -> Imprint:
        """Return the imprint with the typefaces of all sheets that have been set."""
        imprint, faces = self.input.imprint, self.input.faces
        if faces is None:
            return imprint
        detail = (self.word("Typefaces"), ", ".join(faces.used_families))
        return replace(imprint, details=(*imprint.details, detail))

    def lay_out_offprint_titles(self, plan: PagePlan, names: Iterable[str]) -> None:
        """Lay out the title sheets of offprints."""
        units = []
        for name in names:
            chapter = self.on_pages(name, plan)
            if chapter.offprint:
                folios = pages_of_run(plan.runs[name]).joined()
                sheet = self.templates.offprint_title(
                    self.input.imprint, chapter.fragment, chapter.offprint, folios, self.input.edition
                )
                units.append(self.unit(title_name(name), sheet, self.input.mark))
        self.laid.update(self.lay_out(units))

    def on_pages(self, name: str, plan: PagePlan) -> Chapter:
        """Return a chapter that says on which pages of a plan it is."""
        chapter = self.chapters[name]
        return chapter.on_pages(pages_of_run(plan.runs[name])) if chapter.on_pages else chapter

    def unit_with_stamped_folios(self, name: str, sheet: str, first: int, pictures: Mapping[str, bytes]) -> Unit:
        """Return a unit whose folios are printed when it is bound; it begins on a verso if its first one is even."""
        unit = self.unit(name, sheet, pictures)
        return replace(unit, style=unit.style + style_of_folios(self.input.edition), first_folio=2 - first % 2)

    def unit(self, name: str, sheet: str, pictures: Mapping[str, bytes] | None = None) -> Unit:
        """Return a unit whose pages are numbered from 1."""
        faces = self.input.faces
        sheet, script_fonts = faces.set_sheet(sheet) if faces else (sheet, FontSet(()))
        sheet = order_runs(sheet, self.input.edition.direction)
        return Unit(
            name=name,
            sheet=sheet,
            style=self.input.style,
            language=self.input.edition.language,
            first_folio=1,
            font_set=self.input.font_set,
            programs=self.input.programs,
            script_fonts=script_fonts,
            assets=pictures or {},
        )

    def part(self, name: str, first: int) -> PreparedPart:
        """Return the pages of a text, which begin with a folio; an odd one is on a recto."""
        return PreparedPart(name, self.laid[name].pdf, first, recto=first % 2 == 1)

    def volume(self, plan: PagePlan, back: int | None) -> bytes:
        """Bind the volume, given the first folio of what is after the texts: 0 if that has none, None if none is."""
        parts = [PreparedPart(FRONT, self.laid[FRONT].pdf, 1, "roman")]
        parts += [self.part(name, plan.runs[name].first) for name in self.bound]
        if back is not None:
            after = PreparedPart(BACK, self.laid[BACK].pdf, 1, "none", recto=True)
            parts.append(self.part(BACK, back) if back else after)
        imprint = self.input.imprint
        description = BoundDocument(
            title=imprint.title,
            language=self.input.edition.language,
            authors=(imprint.author,) if imprint.author else (),
            translators=imprint.translators,
            rights=imprint.rights,
            identifier=self.input.identifier,
            version=self.input.version,
            created=self.input.date,
            modified=self.input.modified,
            attachments=tuple(attached for name in self.bound for attached in self.on_pages(name, plan).attachments),
            is_accessible=self.are_described(*(part.name for part in parts)),
            bookmarks=self.contents.bookmarks(),
        )
        return self.bind(parts, description)

    def offprint(self, name: str, plan: PagePlan) -> bytes:
        """Bind the offprint of an article: its title sheet, and its pages with the folios of the volume.

        It names no version of the publication, so that that of an article that does not change has the same bytes.
        """
        chapter = self.on_pages(name, plan)
        title = PreparedPart(title_name(name), self.laid[title_name(name)].pdf, 1, "none")
        description = BoundDocument(
            title=chapter.fragment.title,
            language=self.input.edition.language,
            authors=(chapter.fragment.authors,) if chapter.fragment.authors else (),
            translators=chapter.offprint.translators if chapter.offprint else (),
            subject=chapter.subject,
            keywords=chapter.fragment.keywords,
            rights=chapter.offprint.licence if chapter.offprint else "",
            identifier=chapter.offprint.address if chapter.offprint else "",
            created=chapter.date,
            modified=chapter.modified,
            source=chapter.source,
            links=self.input.addresses,
            attachments=chapter.attachments,
            is_accessible=self.are_described(title_name(name), name),
        )
        return self.bind([title, self.part(name, plan.runs[name].first)], description)


def pages_of_run(run: DocumentPages) -> PageRange:
    """Return the first and the last folio of a document in a plan."""
    return PageRange(str(run.first), str(run.first + run.pages - 1) if run.pages > 1 else "")


def pages_of(laid: LaidOut) -> LaidOutPages:
    """Return what the page plan records of laid-out pages."""
    return LaidOutPages(laid.pages, laid.places, laid.breaks)


def title_name(name: str) -> str:
    """Return the name of the title sheet of an offprint."""
    return f"t-{name}"
