"""The plain text of each page, which the search shows excerpts of.

A page opened from a disk may not fetch; it may load scripts. So each text is a script of
one call, and the search loads those of the pages it shows and no others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from fleuron.editions.edition_names import current_edition
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document

FOLDER = "_search"

# Shown with each result, or by every page alike: neither searched nor quoted.
UNQUOTED = {"byline", "dateline", "keywords-label", "no-search", "toctree-wrapper"}
UNSEARCHED = {"keywords-label", "toctree-wrapper"}
# In the midst of a sentence, and no words of it; or not for readers.
SILENT = (
    *(nodes.comment, nodes.footnote_reference, nodes.image, nodes.label, nodes.math, nodes.math_block, nodes.raw),
    *(nodes.system_message, addnodes.index),
)
# What ends a sentence, or the last closing mark behind one; the empty text before the first block.
ENDINGS = ("", *'.!?…:;”»")]؟۔')
Silent = tuple[type[nodes.Node], ...]


@dataclass(frozen=True)
class Passage:
    """A part of a page that an address leads to: a section without its subsections, or a note.

    ``id`` is the part's id in the page, empty for the page's beginning.
    """

    id: str
    heading: str
    text: str


def passages(document: nodes.document, *, notes: bool = True) -> list[Passage]:
    """Take a page apart into passages, in reading order, with its notes or without."""
    found: dict[tuple[str, str], list[str]] = {("", ""): []}
    silent: Silent = SILENT if notes else (*SILENT, nodes.footnote)
    gather(document, ("", ""), found, silent)
    texts = {place: running(blocks) for place, blocks in found.items()}
    return [Passage(*place, text) for place, text in texts.items() if text]


def running(blocks: Sequence[str]) -> str:
    """Run blocks on as one text; a point stands between those that are no sentences, such as keywords or cells."""
    text = ""
    for block in filter(None, (" ".join(each.split()) for each in blocks)):
        text += (" " if text[-1:] in ENDINGS else " · ") + block
    return text.removeprefix(" ")


def gather(
    node: nodes.Element, place: tuple[str, str], found: dict[tuple[str, str], list[str]], silent: Silent
) -> None:
    """Add the text of each block to the passage it stands in."""
    for child in node.children:
        if isinstance(child, silent) or not isinstance(child, nodes.Element) or UNQUOTED & set(child["classes"]):
            continue
        if isinstance(child, nodes.title) and is_shown(child):
            continue
        if isinstance(child, nodes.TextElement):
            found.setdefault(place, []).append(spoken(child, silent))
            continue
        gather(child, place_of(child) or place, found, silent)


def is_shown(title: nodes.title) -> bool:
    """Tell whether a title is that of a passage, or the word above an abstract."""
    return isinstance(title.parent, nodes.section) or is_abstract(title.parent)


def is_abstract(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.topic) and "abstract" in node["classes"]


def place_of(node: nodes.Element) -> tuple[str, str] | None:
    """Return id and heading of the passage that an element begins, if it begins one."""
    if isinstance(node, nodes.footnote) and node["ids"]:
        return node["ids"][0], ""
    if isinstance(node, nodes.section) and node["ids"] and not isinstance(node.parent, nodes.document):
        heading = node.next_node(nodes.title)
        return node["ids"][0], " ".join(spoken(heading, SILENT).split()) if heading else ""
    return None


def spoken(node: nodes.Element, silent: Silent) -> str:
    """Return the text of a block as it is read aloud, without calls of notes and formulas."""
    parts = (
        child.astext() if isinstance(child, nodes.Text) else spoken_child(child, silent) for child in node.children
    )
    return "".join(parts)


def spoken_child(node: nodes.Node, silent: Silent) -> str:
    return spoken(node, silent) if isinstance(node, nodes.Element) and not isinstance(node, silent) else ""


@contextmanager
def searchable(document: nodes.document) -> Iterator[None]:
    """Keep out of Sphinx's index what is no text of the page: contents lists, the words the press adds."""
    marked = [node for node in document.findall(nodes.Element) if is_unsearched(node)]
    for node in marked:
        node["classes"].append("no-search")
    yield
    for node in marked:
        node["classes"].remove("no-search")


def is_unsearched(node: nodes.Element) -> bool:
    return bool(UNSEARCHED & set(node["classes"])) or (isinstance(node, nodes.title) and is_abstract(node.parent))


def write_text_of(env: BuildEnvironment, outdir: Path, docname: str, document: nodes.document) -> None:
    """Write the text of a page under its title, and an article's authors and date as the edition prints them."""
    article = publication_records(env).articles.get(docname)
    signatures = [env.titles.get(contributor_document(author)) for author in article.authors] if article else []
    authors = [signature.astext() for signature in signatures if signature]
    date = current_edition(env.config).date(article.date) if article and article.date else ""
    write_search_text(outdir, docname, document, env.titles[docname].astext(), authors, date)


def write_search_text(
    outdir: Path, docname: str, document: nodes.document, title: str, authors: Sequence[str] = (), date: str = ""
) -> None:
    """Write the text of a page, with what is shown of it in a list of results."""
    text = {
        "name": docname,
        "title": title,
        "authors": list(authors),
        "date": date,
        "passages": [asdict(passage) for passage in passages(document)],
    }
    script = f"SearchTexts.add({json.dumps(text, ensure_ascii=False, separators=(',', ':'))});\n"
    path = outdir / FOLDER / f"{docname}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, "utf-8")


def remove_search_texts(outdir: Path, documents: Set[str]) -> None:
    """Remove the texts of all pages but those of the documents that there are."""
    folder = outdir / FOLDER
    for path in folder.rglob("*.js"):
        if path.relative_to(folder).as_posix().removesuffix(".js") not in documents:
            path.unlink()
