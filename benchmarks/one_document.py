"""A publication's volume by WeasyPrint alone: one HTML document, laid out in one run, for comparison with Fleuron.

Sphinx does what it does for Fleuron's own builder, up to the input of the PDFs; fragments, styles and faces are the
same. The folios of the contents are counters that WeasyPrint looks up. What only Fleuron does is left out: splitting
long notes, conformance beyond tags, attached files, offprints.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from weasyprint import CSS, HTML

from fleuron.content.books.indexes import IndexEntry, index
from fleuron.editions.interface_words import interface_words
from fleuron.paged.binding.bound_document import VOLUME
from fleuron.paged.builder import PdfBuilder
from fleuron.paged.layout.unit_resources import ASSETS, UnitFetcher, UnitFontConfiguration, face_files, face_rules
from fleuron.paged.sheets.fragments import FragmentTranslator
from fleuron.paged.sheets.pdf_input import BackSection, ContentsLine, PdfInput
from fleuron.paged.sheets.sheet_templates import SheetTemplates

# Folios that are not consecutive, so that an index joins none of them in a range.
FIRST, APART = 9, 2
COUNTED = ".contents a::after { content: leader('.') target-counter(attr(href), page) }"


class PlainBuilder(PdfBuilder):
    """Write ``volume.pdf``."""

    name = "plain"

    def finish(self) -> None:
        pdf_input = self.pdf_input()
        fetcher = UnitFetcher({**pdf_input.pictures, **pdf_input.mark}, dict(face_files(pdf_input.font_set)))
        fonts = UnitFontConfiguration()
        styles = [
            CSS(string=sheet, base_url=ASSETS, font_config=fonts, url_fetcher=fetcher)
            for sheet in (face_rules(pdf_input.font_set), pdf_input.style, COUNTED)
        ]
        page = HTML(string=one_document(pdf_input, self.sheet_templates()), base_url=ASSETS, url_fetcher=fetcher)
        page.write_pdf(Path(self.outdir, "volume.pdf"), stylesheets=styles, font_config=fonts, pdf_tags=True)


def one_document(pdf_input: PdfInput, templates: SheetTemplates) -> str:
    """Join all sheets of a volume in the body of the first."""
    imprint, edition, word = pdf_input.imprint, pdf_input.edition, interface_words(pdf_input.edition.language)
    back_sections = list(pdf_input.back_sections)
    for title, anchor, entries in (
        ("Index of names", "b-names", pdf_input.names),
        ("Index of keywords", "b-keywords", pdf_input.keywords),
    ):
        letters = index(entries, folios(entries), edition.language)
        back_sections.append(BackSection(word(title), anchor, templates.index_body(letters, edition)))
    fragments = [chapter.fragment for chapter in pdf_input.chapters]
    lines = [ContentsLine(each.anchor, each.title, each.authors, 0) for each in fragments]
    lines += [ContentsLine(section.anchor, section.title, "", 0) for section in back_sections]
    sheets = [templates.front(imprint, lines, edition)]
    sheets += [templates.chapter(imprint, each, edition, {}) for each in fragments]
    sheets += [templates.back(imprint, each, edition) for each in back_sections]
    head, _, _ = sheets[0].partition("<body>")
    bodies = [sheet.partition("<body>")[2].rpartition("</body>")[0] for sheet in sheets]
    return f"{head}<body>{''.join(bodies)}</body></html>".replace(f"{VOLUME}#", "#")


def folios(entries: tuple[IndexEntry, ...]) -> dict[str, int]:
    """Give each place that an index refers to a folio of its own."""
    places = dict.fromkeys(entry.place for entry in entries)
    return {place: FIRST + APART * number for number, place in enumerate(places)}


def setup(app: Sphinx) -> None:
    app.add_builder(PlainBuilder)
    app.set_translator("plain", FragmentTranslator)
