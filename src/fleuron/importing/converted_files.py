"""Convert documents of word processors and web pages to Markdown with pandoc, with front matter."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import yaml

from fleuron.importing.conversion.blocks import with_markup
from fleuron.importing.conversion.cites import CiteMarkup, with_cites
from fleuron.importing.conversion.hidden_cites import hidden_in
from fleuron.importing.conversion.pandoc import read_tree, write_markdown
from fleuron.importing.conversion.tree import Node, plain_text, replaced, text
from fleuron.importing.google_documents import read_google_document
from fleuron.importing.word.document import read_word_document
from fleuron.publication.document_names import slug

# Pandoc's names of what can be converted, by the ends of file names.
FORMATS = {".docx": "docx+citations", ".odt": "odt", ".html": "html", ".htm": "html"}
HEADER = re.compile(r"\A---\n(?P<metadata>.*?\n)---\n+", re.DOTALL)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# Those that have their pictures in them.
ARCHIVES = ("docx+citations", "odt")
PICTURE = re.compile(
    r"""(?P<before>!\[[^\]]*\]\(<?|<img\b[^>]*?\bsrc="|^[ >]*`{3,}\{figure\}[ ])(?P<path>[^)>"\n]+)""", re.MULTILINE
)
ANCHOR = re.compile(r'<span id="(?P<id>[^"]*)"></span>')
TEXTS = ("title", "subtitle", "abstract")


@dataclass(frozen=True)
class ConvertedFile:
    """The Markdown of a document, with front matter, and what of the document is left out, one sentence each.

    ``authors`` are the names of all its authors. ``entries`` are sources that it brings with it, as BibTeX by key;
    ``aside`` are words of the document that belong elsewhere than in the article, such as comments.
    """

    text: str
    left_out: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    entries: Mapping[str, str] = field(default_factory=dict)
    aside: str = ""


def convert(
    pandoc: str, file: Path, folder: Path, name: str, authors: Mapping[str, str], markup: CiteMarkup | None = None
) -> ConvertedFile:
    """Convert a document; its pictures are written to the folder ``name`` in ``folder``, by which the text names them.

    ``authors`` are the files of contributors, without their ends, by name. Raises ConversionError.
    """
    kind = FORMATS[file.suffix.lower()]
    options = [f"--extract-media={name}"] if kind in ARCHIVES else []
    tree, losses = read_tree(pandoc, kind, folder, file, options)
    told: list[str] = []
    aside = ""
    if kind.startswith("docx"):
        tree = {**tree, "blocks": replaced(tree["blocks"], without_fields)}
        citations = read_word_document(file.read_bytes()).citations
        told = [f"other words in {markup}: “{old}” → “{new}”" for markup, old, new in citations if old != new]
        aside = " ".join(new for _markup, _old, new in citations)
    # In its sandbox, pandoc reads no other file: pictures beside a document are ours to copy.
    pictures = None if kind in ARCHIVES else file.resolve().parent
    result = written_article(pandoc, tree, folder, name, authors, pictures, markup)
    left_out = (*result.left_out, *told, *(f"pandoc: {loss}" for loss in losses))
    return replace(result, left_out=left_out, aside=aside)


def without_fields(node: Node) -> list[Node] | None:
    """Return the words of a reference manager's citation, and a paragraph without the commas between its notes' calls.

    A citation that an export of ours has hidden stays.
    """
    if node["t"] == "Cite" and not hidden_in(node["c"][0][0]["citationId"]):
        return list(node["c"][1])
    if node["t"] in ("Para", "Plain"):
        content = node["c"]
        kept = [each for at, each in enumerate(content) if not is_comma_between_notes(content, at)]
        return [{**node, "c": kept}]
    return None


def is_comma_between_notes(content: Sequence[Node], at: int) -> bool:
    """Return whether a raised comma stands between two calls of notes, as an export has it."""
    node = content[at]
    between = 0 < at < len(content) - 1 and content[at - 1]["t"] == content[at + 1]["t"] == "Note"
    return between and node["t"] == "Superscript" and plain_text(node["c"]) == ","


def convert_google_document(
    pandoc: str, file: Path, folder: Path, name: str, authors: Mapping[str, str]
) -> ConvertedFile:
    """Convert a web page of Google Docs, as `convert` does; its comments are reported."""
    document = read_google_document(file.read_bytes())
    tree, losses = read_tree(pandoc, "html", folder, document.source)
    titles = {"title": document.title, "subtitle": document.subtitle}
    given = {key: {"t": "MetaInlines", "c": [text(words)]} for key, words in titles.items() if words}
    article = written_article(pandoc, {**tree, "meta": given}, folder, name, authors, file.resolve().parent)
    told = [*(f"a comment: {comment}" for comment in document.comments), *(f"pandoc: {loss}" for loss in losses)]
    return replace(article, left_out=(*article.left_out, *told), aside=" ".join(document.comments))


def written_article(
    pandoc: str,
    tree: Mapping[str, Any],
    folder: Path,
    name: str,
    authors: Mapping[str, str],
    pictures: Path | None,
    markup: CiteMarkup | None = None,
) -> ConvertedFile:
    """Return a tree as an article; the pictures that it names in the folder ``pictures`` are copied (see `convert`)."""
    marked = with_markup(below_title(with_cites(tree, markup or CiteMarkup())))
    written = without_unused_anchors(write_markdown(pandoc, marked, folder))
    if pictures:
        written = copy_pictures(written, pictures, folder, name)
    return with_front_matter(written, authors)


def below_title(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return a tree whose headings are below the title, where its metadata has one."""

    def lowered(node: Node) -> list[Node] | None:
        if node["t"] != "Header":
            return None
        level, *rest = node["c"]
        return [{"t": "Header", "c": [min(level + 1, 6), *rest]}]

    is_highest = any(node["t"] == "Header" and node["c"][0] == 1 for node in tree["blocks"])
    is_lowered = "title" in tree["meta"] and is_highest
    return {**tree, "blocks": replaced(tree["blocks"], lowered) if is_lowered else tree["blocks"]}


def without_unused_anchors(text: str) -> str:
    """Return a text without the empty marks of places to which no link leads."""
    return ANCHOR.sub(lambda mark: mark[0] if f"#{mark['id']}" in text else "", text)


def copy_pictures(text: str, source: Path, folder: Path, name: str) -> str:
    """Copy the pictures that a text names, in ``source``, to ``name`` in ``folder``, and name them there."""

    def copied(match: re.Match[str]) -> str:
        picture = source / unquote(match["path"])
        if not picture.resolve().is_relative_to(source) or not picture.is_file():
            return match[0]
        # By its path: two folders may have pictures of one name.
        place = picture.resolve().relative_to(source)
        target = folder / name / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, target)
        return f"{match['before']}{name}/{quote(place.as_posix())}"

    return PICTURE.sub(copied, text)


def with_front_matter(text: str, authors: Mapping[str, str]) -> ConvertedFile:
    """Return a text with what its metadata say of the article, as front matter; ``authors`` are as in `convert`."""
    header = HEADER.match(text)
    found = yaml.safe_load(header["metadata"]) if header else None
    metadata: dict[str, Any] = found if isinstance(found, dict) else {}
    body = text[header.end() :] if header else text
    kept: dict[str, Any] = {key: " ".join(str(metadata[key]).split()) for key in TEXTS if metadata.get(key)}
    names = listed(metadata.get("author"))
    if known := [authors[name] for name in names if name in authors]:
        kept["authors"] = known
    date = str(metadata.get("date") or metadata.get("dcterms.date") or "")
    if DATE.fullmatch(date):
        kept["date"] = date
    if keywords := listed(metadata.get("keywords"), separator=","):
        kept["keywords"] = keywords
    left_out = [*unknown_authors(names, authors)]
    if date and "date" not in kept:
        left_out.append(f"the date “{date}” is left out; write it as date: 2026-11-23")
    front = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10**6) if kept else ""
    # A date is one in YAML without quotation marks.
    front = front.replace(f"date: '{date}'", f"date: {date}")
    return ConvertedFile(f"---\n{front}---\n\n{body}" if front else body, tuple(left_out), tuple(names))


def listed(value: object, separator: str = "\n") -> list[str]:
    """Return the entries of a list, or of a text of several."""
    entries: Sequence[object] = value if isinstance(value, list) else str(value or "").split(separator)
    return [text for entry in entries if (text := " ".join(str(entry).split()))]


def unknown_authors(names: Sequence[str], authors: Mapping[str, str]) -> Iterator[str]:
    for name in names:
        if name not in authors:
            yield (
                f"the author “{name}” has no file in authors/; make it with fleuron contributor "
                f'"{name}", and write authors: [{slug(name)}]'
            )
