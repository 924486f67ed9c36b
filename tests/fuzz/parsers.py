"""The parsers of what authors, translators and archives give, each with the exceptions that it may raise."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from lxml import etree
from markdown_it import MarkdownIt
from myst_parser.config.main import MdParserConfig

from fleuron.archive.bag.bag_info import bag_info_problems
from fleuron.archive.bag.manifests import read_manifest
from fleuron.archive.bag.unpacking import UnsafeTar, unpack
from fleuron.cache_folder import CacheFolder
from fleuron.config import ConfigurationError
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import compile_style
from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.csl.sources.edtf import InvalidDate, read_edtf, write_edtf
from fleuron.csl.sources.export.bibtex import to_bibtex
from fleuron.csl.sources.export.ris import to_ris
from fleuron.csl.sources.kept_items import items_from_json
from fleuron.csl.style.style_files import read_style
from fleuron.csl.style.xml import StyleError
from fleuron.csl.text.labelled_numbers import split_labelled_numbers
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.run_writers import to_html
from fleuron.editions.catalogue_reader import LINE_END, UNREADABLE, line_of_translation, parse_valid_entries
from fleuron.editions.merging.catalogue_faults import faults_of
from fleuron.editions.merging.merge import CatalogueMerge, Sources
from fleuron.editions.merging.po_entries import read_entries
from fleuron.editions.merging.translation_memory import MemoryFault, read_memory
from fleuron.formulas.definitions import definitions_in
from fleuron.formulas.equation_rows import equations_of
from fleuron.formulas.latex_tree import FormulaError
from fleuron.formulas.mathml import latex_to_mathml
from fleuron.importing.conversion.pandoc import ConversionError
from fleuron.importing.google_documents import read_google_document
from fleuron.importing.latex.document import read_document
from fleuron.importing.latex.words import latex_text
from fleuron.importing.word.document import read_word_document
from fleuron.importing.wordpress.content import post_page
from fleuron.importing.wordpress.export import read_export
from fleuron.importing.wordpress.words import post_text
from fleuron.manuscript.pictures.html_pieces import pieces_of
from fleuron.manuscript.pictures.svg_cleaning import BrokenSvg, clean_inline_svg, clean_svg
from fleuron.manuscript.restrictions.expressions import is_harmless
from fleuron.notes.markup.calls import NoteCallParser
from fleuron.notes.markup.citation_syntax import ParsedCite, parse_citation, parse_locator
from fleuron.paged.binding.bound_document_cache import read_record
from fleuron.paged.run.layout_cache import parse_content
from fleuron.publication.article import read_article
from fleuron.publication.contributor import read_contributor
from fleuron.publication.front_matter import read_front_matter, without_front_matter
from fleuron.publication.notebook import read_notebook
from fleuron.publication.page_plan import read_plan
from fleuron.publish.untrusted_sources import faults_of_options, read_literals

ITEM = {"id": "a", "type": "book", "title": "A", "author": [{"family": "B", "given": "C"}], "issued": "2000"}


@dataclass(frozen=True)
class Parser:
    """What reads an input, and the exceptions of ours by which it refuses one."""

    read: Callable[[bytes], object]
    refusals: tuple[type[BaseException], ...] = ()

    def __call__(self, content: bytes) -> None:
        with suppress(*self.refusals):
            self.read(content)


def text_of(content: bytes) -> str:
    return content.decode("utf-8", "replace")


@cache
def folder() -> Path:
    """Return a folder of this process for parsers that read files."""
    return Path(tempfile.mkdtemp(prefix="fleuron-fuzz-"))


def written(content: bytes, name: str = "input") -> Path:
    path = folder() / name
    path.write_bytes(content)
    return path


def bibliography(content: bytes) -> None:
    items, _findings = read_bibliography(text_of(content))
    to_bibtex(items.values())
    to_ris(items.values())


def citation(content: bytes) -> None:
    text = text_of(content)
    parse_citation(text)
    parse_locator(ParsedCite("key"), text)
    split_labelled_numbers(text)


@cache
def markdown_parser() -> MarkdownIt:
    return NoteCallParser.markdown_parser(MdParserConfig())


def front_matter(content: bytes) -> None:
    text = text_of(content)
    found = read_front_matter(text)
    read_article(found, {"ada"})
    read_contributor(found)
    without_front_matter(text, found, frozenset({"myst"}), "A title")


def catalogue(content: bytes) -> None:
    lines = LINE_END.split(content.decode("utf-8-sig"))
    found, _faults = parse_valid_entries(lines)
    for message in found:
        line_of_translation(lines, message.lineno or 1)


def merged_catalogue(content: bytes) -> None:
    """Read a catalogue as lines, which it has all when it is written, and merge it with a template if it is valid."""
    read = read_entries(content)
    ends = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    assert [line for line in LINE_END.split(read.text()) if line.strip()] == [line for line in ends if line.strip()]
    if any(faults_of(written(content, "input.po"))):
        return
    template = read_entries(b'msgid ""\nmsgstr ""\n\n#: a.md:1\nmsgid "a"\nmsgstr ""\n')
    merged = CatalogueMerge(template, read, "tr", Sources()).merged()
    assert read_entries(merged.text().encode("utf-8", "surrogatepass")).text() == merged.text()


def memory(content: bytes) -> None:
    path = written(content, "memory.tmx")
    for message in read_memory(path, "en", "tr").translations:
        assert message.strip()


def style(content: bytes) -> None:
    processor = Processor(compile_style(read_style(content, "own.csl"), "en-US"), {"a": ITEM})
    processor.register(["a"])
    for runs in processor.render_citations([Citation((Cite("a"), Cite("a", "12")), 1), Citation((Cite("a"),), 2)]):
        to_html(runs)
    for entry in processor.render_bibliography():
        to_html(entry.runs)


def layout_entry(content: bytes) -> None:
    """Read an entry of a cache that is not damaged: its checksum is right."""
    cached = CacheFolder(folder(), b"form", ".pages", 2**20)
    digest = sha256(b"unit").hexdigest()
    written(b"\n".join((b"form", sha256(content).hexdigest().encode(), content)), f"{digest}.pages")
    cached.read(digest, lambda entry: parse_content("unit", entry))
    written(content, f"{digest}.pages")
    cached.read(digest, lambda entry: parse_content("unit", entry))


def records(content: bytes) -> None:
    read_plan(written(content))
    read_record(written(content))
    items_from_json(content, "program")


def bag(content: bytes) -> None:
    text = text_of(content)
    read_manifest("manifest-sha512.txt", text)
    read_manifest("tagmanifest-sha512.txt", text)
    bag_info_problems(text, "1.1")


def tar(content: bytes) -> None:
    with tempfile.TemporaryDirectory(dir=folder()) as target:
        unpack(written(content, "bag.tar"), Path(target))


def date(content: bytes) -> None:
    write_edtf(read_edtf(text_of(content)))


def formula(content: bytes) -> None:
    text = text_of(content)
    definitions_in(text)
    equations_of(text)
    latex_to_mathml(text, block=True)


def settings(content: bytes) -> None:
    list(faults_of_options(Path("/nowhere"), read_literals(content)))


def latex(content: bytes) -> None:
    latex_text(text_of(content))
    read_document(written(content, "input.tex"))


def wordpress(content: bytes) -> None:
    export = read_export(written(content, "input.xml"))
    for post in export.posts:
        post_page(post, export.attachments, folder())
        post_text(post)


def word_document(content: bytes) -> None:
    """Read a document with the body of its text, and with that of its comments."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in ("document", "comments", "footnotes"):
            made.writestr(f"word/{name}.xml", content)
    read_word_document(stream.getvalue())


PARSERS: Mapping[str, Parser] = {
    "bibliography": Parser(bibliography),
    "citation": Parser(citation),
    # What is nested too deeply is reported where the document is read (`guarded_documents`).
    "markdown": Parser(lambda content: markdown_parser().parse(text_of(content)), (RecursionError,)),
    "front-matter": Parser(front_matter),
    "notebook": Parser(lambda content: read_notebook(text_of(content), Path("a.ipynb"))),
    "catalogue": Parser(catalogue, UNREADABLE),
    "merged-catalogue": Parser(merged_catalogue, (UnicodeDecodeError,)),
    "memory": Parser(memory, (MemoryFault,)),
    "style": Parser(style, (StyleError,)),
    "layout-entry": Parser(layout_entry),
    "records": Parser(records),
    "bag": Parser(bag),
    "tar": Parser(tar, (UnsafeTar,)),
    "date": Parser(date, (InvalidDate,)),
    "formula": Parser(formula, (FormulaError,)),
    "rich-text": Parser(lambda content: read_text(text_of(content))),
    "drawing": Parser(clean_svg, (BrokenSvg,)),
    "inline-drawing": Parser(lambda content: clean_inline_svg(f"<svg{text_of(content)}"), (BrokenSvg,)),
    "html": Parser(lambda content: pieces_of(text_of(content))),
    "latex": Parser(latex, (ConversionError,)),
    "wordpress": Parser(wordpress, (ConversionError,)),
    "google-document": Parser(read_google_document, (ConversionError,)),
    "word-document": Parser(word_document, (etree.XMLSyntaxError,)),
    "settings": Parser(settings, (ConfigurationError,)),
    "expression": Parser(lambda content: is_harmless(text_of(content), {"a", "b"})),
}
