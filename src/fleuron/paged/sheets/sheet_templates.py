"""Fill the HTML templates of sheets: front matter, chapters, back sections, and the title sheets of offprints.

A publication overrides a template with a file of the same name in the folder ``pdf`` of its ``templates_path``, which
may extend the original: ``{% extends "!chapter.html" %}``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from lxml import html
from markupsafe import Markup

from fleuron.compiled_templates import cache_templates
from fleuron.conservation.comparison import missing_words
from fleuron.conservation.html_words import words_of_html
from fleuron.conservation.sheet_words import words_of_sheet
from fleuron.content.books.imprint import Imprint, licence_in_words
from fleuron.content.books.indexes import LetterGroup
from fleuron.content.template_errors import template_place
from fleuron.editions.interface_words import interface_marker, interface_words
from fleuron.paged.binding.bound_document import VOLUME
from fleuron.paged.sheets.fragments import Fragment, page_number_placeholder, running_head
from fleuron.paged.sheets.pdf_input import BackSection, ContentsLine, OffprintDetails
from fleuron.publication.edition import Edition

# The folder of a publication's PDF templates, within each folder of ``templates_path``.
FOLDER = "pdf"
FRONT_TEMPLATE = "front.html"
# Before the name of a template, this means the original and not the publication's.
ORIGINAL = "!"

# Is given the anchor of the sheet's document (empty if it has none) and its HTML; returns the HTML to lay out.
ComposedSheet = Callable[[str, str], str]


class SheetTemplateError(Exception):
    """A mistake in a template, with its file and line."""


class SheetTemplates:
    """The templates of one publication.

    ``folders`` are those with its own templates, ``source`` is the folder to which messages name them relatively.
    """

    def __init__(
        self,
        folders: Sequence[Path] = (),
        source: Path = Path(),
        composed: ComposedSheet | None = None,
    ) -> None:
        self.source = source
        self.composed = composed
        self.environment = Environment(
            loader=loader_of(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        cache_templates(self.environment)

    def front(self, imprint: Imprint, lines: Sequence[ContentsLine], edition: Edition) -> str:
        """Return the sheet of half-title, title page, imprint page and table of contents."""
        return self.compose(FRONT_TEMPLATE, "", imprint, edition, lines=lines)

    def chapter(self, imprint: Imprint, fragment: Fragment, edition: Edition, folios: Mapping[str, int]) -> str:
        """Return the sheet of an article; ``folios`` are those of the ids that it refers to by page."""
        body = fragment.body
        for place in fragment.pages_named:
            body = body.replace(page_number_placeholder(place), edition.numerals(folios.get(place, "?")))
        values = {"fragment": fragment, "body": Markup(body), "head": running_head(fragment.title)}
        return self.compose("chapter.html", fragment.anchor, imprint, edition, **values)

    def offprint_title(
        self, imprint: Imprint, fragment: Fragment, offprint: OffprintDetails, folios: str, edition: Edition
    ) -> str:
        """Return the title sheet of an offprint: what it is, where it is from, how to cite it."""
        values = {
            "fragment": fragment,
            "offprint": offprint,
            "citation": Markup(offprint.cite(folios)),
            "folios": edition.numerals(folios),
            "licence": licence_in_words(offprint.licence, interface_words(edition.language)),
        }
        return self.compose("offprint.html", fragment.anchor, imprint, edition, **values)

    def back(self, imprint: Imprint, section: BackSection, edition: Edition) -> str:
        """Return the sheet of a section after the articles, such as the list of sources."""
        values = {"title": section.title, "anchor": section.anchor, "body": Markup(section.body)}
        head = running_head(section.title)
        return self.compose("back.html", "", imprint, edition, section=section, head=head, **values)

    def index_body(self, letters: Sequence[LetterGroup], edition: Edition) -> str:
        """Return an index as HTML."""
        return self.render("index.html", letters=letters, volume=f"{VOLUME}#", edition=edition)

    def compose(self, template: str, document: str, imprint: Imprint, edition: Edition, **values: object) -> str:
        """Fill the template of a sheet; ``document`` is the anchor of the document that it is of, or empty."""
        sheet = self.render(
            template,
            imprint=imprint,
            preface=Markup(imprint.preface),
            how_to_cite=Markup(imprint.citation),
            edition=edition,
            word=interface_words(edition.language),
            marked=interface_marker(edition.language),
            volume=f"{VOLUME}#",
            **values,
        )
        text = str(values.get("body", imprint.preface if template == FRONT_TEMPLATE else ""))
        if text not in sheet and (lost := lost_text(text, sheet)):
            raise SheetTemplateError(f"{FOLDER}/{template}: the sheet does not have its text: “{lost}”")
        return self.composed(document, sheet) if self.composed else sheet

    def render(self, template: str, **values: object) -> str:
        """Fill a template; raises SheetTemplateError for a mistake in it."""
        try:
            return self.environment.get_template(template).render(**values)
        except TemplateSyntaxError as error:
            raise SheetTemplateError(
                f"{self.named(error.filename or template, error.lineno)}: {error.message}"
            ) from error
        except Exception as error:  # a template can call anything that it is given
            found = template_place(error)
            if found is None:
                raise
            problem = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
            if isinstance(error, TemplateNotFound):
                problem = f"there is no template “{error.name}”"
            raise SheetTemplateError(f"{self.named(*found)}: {problem}") from error

    def named(self, filename: str, line: int) -> str:
        """Return a template's file, relative to the publication, with a line."""
        path = Path(filename)
        return f"{path.relative_to(self.source) if path.is_relative_to(self.source) else path}:{line}"


def join_sheets(sheets: Sequence[str]) -> str:
    """Join sheets, at least one, into one whose sections follow each other, with the head of the first."""
    if len(sheets) == 1:
        return sheets[0]
    first, *others = trees_of(sheets)
    for other in others:
        first.body.extend(list(other.body))
    return f"<!DOCTYPE html>\n{html.tostring(first, encoding='unicode')}"


def trees_of(sheets: Sequence[str]) -> Iterator[Any]:
    return (html.document_fromstring(sheet) for sheet in sheets)


def lost_text(text: str, sheet: str) -> str:
    """Return the first words of a text that a sheet lacks, since its template has left them out; or ""."""
    written = words_of_sheet(html.document_fromstring(sheet), set())
    losses = missing_words(words_of_html(text), written)
    return losses[0].words if losses else ""


def loader_of(folders: Sequence[Path]) -> BaseLoader:
    """Return a loader that looks for a template in the folders, then among the originals."""
    originals = PackageLoader("fleuron.paged.sheets")

    def original(name: str) -> tuple[str, str | None, Callable[[], bool] | None] | None:
        if not name.startswith(ORIGINAL):
            return None
        return originals.get_source(Environment(), name.removeprefix(ORIGINAL))

    own = [FileSystemLoader(folder) for folder in folders]
    return ChoiceLoader([FunctionLoader(original), *own, originals])
