"""Write the plain text of each page, of which the search shows excerpts.

A page that is opened from a disk may load scripts, but not fetch other files. So each text is a script with
one call, and the search loads only the texts of the pages that it shows.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from fleuron.editions.edition_names import current_edition
from fleuron.manuscript.page_marks import folio
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document

FOLDER = "_search"

# Classes of elements that are not quoted: the results show their text already, or it is the same on every page.
UNQUOTED = {
    *("byline", "changes-label", "dateline", "history", "journal-line", "keywords-label", "no-search", "notice"),
    "toctree-wrapper",
}
# Classes of elements that Sphinx's index leaves out.
UNSEARCHED = {"changes-label", "history", "journal-line", "keywords-label", "notice", "toctree-wrapper"}
# Nodes within a sentence that are not words of it, and nodes that readers do not see.
NOT_TEXT = (
    *(nodes.comment, nodes.footnote_reference, nodes.image, nodes.label, nodes.math, nodes.math_block, nodes.raw),
    *(nodes.system_message, addnodes.index),
)
# Characters that end a sentence or close one; the empty string is the text before the first block.
SENTENCE_ENDS = ("", *'.!?…:;”»")]؟۔')
# A control character that no text has and that is not a space, and a folio between two of them.
PAGE_MARK = "\x02"
PAGE = re.compile(f"{PAGE_MARK}[^{PAGE_MARK}]*{PAGE_MARK}")
NodeTypes = tuple[type[nodes.Node], ...]


@dataclass(frozen=True)
class Passage:
    """A part of a page that has an address: a section without its subsections, or a note.

    ``id`` is the part's id in the page, empty for the page's beginning. ``pages`` are the folios of the volume, each
    with the place in the text where its page begins, as far as the page plan knows them.
    """

    id: str
    heading: str
    text: str
    pages: tuple[tuple[int, str], ...] = ()


def passages(document: nodes.document, *, notes: bool = True) -> list[Passage]:
    """Divide a page into passages, in reading order, with its notes or without."""
    blocks: dict[tuple[str, str], list[str]] = {("", ""): []}
    omitted: NodeTypes = NOT_TEXT if notes else (*NOT_TEXT, nodes.footnote)
    collect_blocks(document, ("", ""), blocks, omitted)
    found, page = [], ""
    for (identifier, heading), texts in blocks.items():
        text, pages = with_pages(join_blocks(texts), page)
        page = pages[-1][1] if pages else page
        is_note = bool(identifier) and not heading  # which is at the end, away from its page
        if text:
            found.append(Passage(identifier, heading, text, () if is_note else tuple(pages)))
    return found


def join_blocks(blocks: Sequence[str]) -> str:
    """Join blocks as one text, with “·” between those that are not sentences, such as keywords or cells.

    What is between two `PAGE_MARK` is the folio of a page that begins there.
    """
    text = end = ""
    for block in filter(None, (" ".join(each.split()) for each in blocks)):
        words = PAGE.sub("", block)
        if words:
            text += "" if not end else " " if end in SENTENCE_ENDS else " · "
        text, end = text + block, words[-1:] or end
    return text


def with_pages(marked: str, page: str) -> tuple[str, list[tuple[int, str]]]:
    """Return a text without the marks of pages, and the pages with their places; it begins on ``page``, or on none."""
    text, *rest = marked.split(PAGE_MARK)
    pages = [(0, page)] if page else []
    for name, part in zip(rest[::2], rest[1::2], strict=True):
        pages = [each for each in pages if each[0] < len(text)] + [(len(text), name)]
        text += part
    return text, pages


def collect_blocks(
    node: nodes.Element, passage: tuple[str, str], blocks: dict[tuple[str, str], list[str]], omitted: NodeTypes
) -> None:
    """Add the text of each block to ``blocks``, by the id and heading of the passage that it is in."""
    for child in node.children:
        if isinstance(child, omitted) or not isinstance(child, nodes.Element) or UNQUOTED & set(child["classes"]):
            continue
        if isinstance(child, nodes.title) and is_heading(child):
            blocks.setdefault(passage, []).extend(map(page_mark, child.findall(folio)))
            continue
        if isinstance(child, folio):
            blocks.setdefault(passage, []).append(page_mark(child))
            continue
        if isinstance(child, nodes.TextElement):
            blocks.setdefault(passage, []).append(text_of_block(child, omitted))
            continue
        collect_blocks(child, passage_begun_by(child) or passage, blocks, omitted)


def page_mark(mark: folio) -> str:
    """Return the mark of a page's beginning as it is in a text while that is collected."""
    return f"{PAGE_MARK}{mark['name']}{PAGE_MARK}"


def is_heading(title: nodes.title) -> bool:
    """Return whether a title is that of a section, or the word “Abstract”."""
    return isinstance(title.parent, nodes.section) or is_abstract(title.parent)


def is_abstract(node: nodes.Node | None) -> bool:
    """Return whether a node is the abstract of an article."""
    return isinstance(node, nodes.topic) and "abstract" in node["classes"]


def passage_begun_by(node: nodes.Element) -> tuple[str, str] | None:
    """Return id and heading of the passage that an element begins, or None."""
    if isinstance(node, nodes.footnote) and node["ids"]:
        return node["ids"][0], ""
    if isinstance(node, nodes.section) and node["ids"] and not isinstance(node.parent, nodes.document):
        heading = node.next_node(nodes.title)
        return node["ids"][0], " ".join(text_of_block(heading, (*NOT_TEXT, folio)).split()) if heading else ""
    return None


def text_of_block(node: nodes.Element, omitted: NodeTypes) -> str:
    """Return the text of a block without the nodes to omit, such as calls of notes and formulas."""
    parts = []
    for child in node.children:
        if isinstance(child, nodes.Text):
            parts.append(child.astext())
        elif isinstance(child, omitted):
            continue
        elif isinstance(child, folio):
            parts.append(page_mark(child))
        elif isinstance(child, nodes.Element):
            parts.append(text_of_block(child, omitted))
    return "".join(parts)


@contextmanager
def searchable(document: nodes.document) -> Iterator[None]:
    """Keep tables of contents and the words that Fleuron adds to a page out of Sphinx's index."""
    unsearched = [node for node in document.findall(nodes.Element) if is_unsearched(node)]
    for node in unsearched:
        node["classes"].append("no-search")
    yield
    for node in unsearched:
        node["classes"].remove("no-search")


def is_unsearched(node: nodes.Element) -> bool:
    """Return whether the index should leave an element out."""
    return bool(UNSEARCHED & set(node["classes"])) or (isinstance(node, nodes.title) and is_abstract(node.parent))


def write_text_of(env: BuildEnvironment, outdir: Path, docname: str, document: nodes.document) -> None:
    """Write the text of a page with its title, and of an article with its authors and date as the edition has them."""
    article = publication_records(env).articles.get(docname)
    titles = [env.titles.get(contributor_document(author)) for author in article.authors] if article else []
    authors = [title.astext() for title in titles if title]
    date = current_edition(env.config).date(article.date) if article and article.date else ""
    write_search_text(outdir, docname, document, env.titles[docname].astext(), authors, date)


def write_search_text(
    outdir: Path, docname: str, document: nodes.document, title: str, authors: Sequence[str] = (), date: str = ""
) -> None:
    """Write the text of a page, with what a list of results shows of it."""
    text = {
        "name": docname,
        "title": title,
        "authors": list(authors),
        "date": date,
        "passages": [{name: part for name, part in asdict(each).items() if part} for each in passages(document)],
    }
    script = f"SearchTexts.add({json.dumps(text, ensure_ascii=False, separators=(',', ':'))});\n"
    path = outdir / FOLDER / f"{docname}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, "utf-8")


def remove_search_texts(outdir: Path, documents: Set[str]) -> None:
    """Remove the texts of documents that no longer exist."""
    root = str(outdir / FOLDER)
    for folder, _folders, names in os.walk(root):
        within = folder[len(root) + 1 :].replace(os.sep, "/")
        for name in names:
            document = f"{within}/{name}" if within else name
            if document.endswith(".js") and document.removesuffix(".js") not in documents:
                Path(folder, name).unlink()
