"""A publication's volume by WeasyPrint alone: one document of HTML, in one run, as one would do it without a press.

Sphinx does what it does for the press, up to the manuscript; it has the same fragments, styles and faces. The
folios of the contents are counters that WeasyPrint looks up. What the press alone does is left out: long notes,
rules of conformance beyond tags, attached files, offprints.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from weasyprint import CSS, HTML

from fleuron.editions.interface_words import words
from fleuron.paged.book_parts import VOLUME
from fleuron.paged.builder import PdfBuilder
from fleuron.paged.layout.assets import ASSETS, UnitFetcher
from fleuron.paged.layout.unit_fonts import OwnFonts, face_files, face_rules
from fleuron.paged.sheets.composition import manuscript_of
from fleuron.paged.sheets.fragments import FragmentTranslator
from fleuron.paged.sheets.front_and_back_matter import Line, back_sheet, chapter_sheet, front_sheet, index_body
from fleuron.paged.sheets.indexes import Mention, index
from fleuron.paged.sheets.manuscripts import Manuscript

# Folios that stand apart, so that an index gathers none of them in a range.
FIRST, APART = 9, 2
COUNTED = ".contents a::after { content: leader('.') target-counter(attr(href), page) }"


class PlainBuilder(PdfBuilder):
    """Write ``volume.pdf``."""

    name = "plain"

    def finish(self) -> None:
        manuscript = manuscript_of(self)
        fetcher = UnitFetcher({**manuscript.pictures, **manuscript.mark}, dict(face_files(manuscript.fount)))
        fonts = OwnFonts()
        styles = [
            CSS(string=sheet, base_url=ASSETS, font_config=fonts, url_fetcher=fetcher)
            for sheet in (face_rules(manuscript.fount), manuscript.style, COUNTED)
        ]
        page = HTML(string=one_document(manuscript), base_url=ASSETS, url_fetcher=fetcher)
        page.write_pdf(Path(self.outdir, "volume.pdf"), stylesheets=styles, font_config=fonts, pdf_tags=True)


def one_document(manuscript: Manuscript) -> str:
    """Join all sheets of a volume in the body of the first."""
    imprint, edition, word = manuscript.imprint, manuscript.edition, words(manuscript.edition.language)
    backs = [(back.title, back.anchor, back.body) for back in manuscript.backs]
    for title, anchor, mentions in (
        ("Index of names", "b-names", manuscript.names),
        ("Index of keywords", "b-keywords", manuscript.keywords),
    ):
        letters = index(mentions, folios(mentions), edition.language)
        backs.append((word(title), anchor, index_body(letters, edition)))
    fragments = [chapter.fragment for chapter in manuscript.chapters]
    lines = [Line(each.anchor, each.title, each.authors, 0) for each in fragments]
    lines += [Line(anchor, title, "", 0) for title, anchor, _ in backs]
    sheets = [front_sheet(imprint, lines, edition)]
    sheets += [chapter_sheet(imprint, each, edition, {}) for each in fragments]
    sheets += [back_sheet(imprint, *each, edition) for each in backs]
    head, _, _ = sheets[0].partition("<body>")
    bodies = [sheet.partition("<body>")[2].rpartition("</body>")[0] for sheet in sheets]
    return f"{head}<body>{''.join(bodies)}</body></html>".replace(f"{VOLUME}#", "#")


def folios(mentions: tuple[Mention, ...]) -> dict[str, int]:
    """Give each place that an index refers to a folio of its own."""
    places = dict.fromkeys(mention.place for mention in mentions)
    return {place: FIRST + APART * number for number, place in enumerate(places)}


def setup(app: Sphinx) -> None:
    app.add_builder(PlainBuilder)
    app.set_translator("plain", FragmentTranslator)
