"""The Sphinx builder of what an exported article is made from: its JATS, the files of its pictures, its citations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes

from fleuron.content.work_records import work_of
from fleuron.library.article_text import collect_article_text
from fleuron.library.builder import RecordsBuilder
from fleuron.library.jats.article import jats
from fleuron.library.jats.elements import xml_id
from fleuron.publication.document_names import is_article

EXCHANGE = ".exchange.json"
ROLE = re.compile(r":(?P<name>footcite(?::\w+)?):(?P<content>`.*`)", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")


def as_written(call: str) -> str:
    """Return the call of a citation as authors write it; one that names its authors in the text does so no more."""
    line = " ".join(call.split())
    role = ROLE.fullmatch(line)
    return f"{{footcite}}{role['content']}" if role else line


def html_words(doctree: nodes.document) -> Iterator[str]:
    """Yield the words of HTML, which records leave out."""
    for node in doctree.findall(nodes.raw):
        words = " ".join(TAG.sub(" ", node.astext()).split())
        if words and "html" in str(node.get("format", "")):
            yield words


class ExchangeBuilder(RecordsBuilder):
    """Write ``<article>.exchange.json``: the article's JATS, pictures by address, and citations by their notes."""

    name = "exchange"

    def finish(self) -> None:
        """Write nothing about the edition."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        if not is_article(docname):
            return
        work, text = work_of(self.edition_context, docname), collect_article_text(self, docname, doctree)
        pictures: dict[str, str] = {}
        for image in doctree.findall(nodes.image):
            files: dict[str, str] = image.get("candidates", {})
            if image["uri"] in text.pictures:
                for file in files.values():
                    if file in self.env.images:
                        pictures[text.pictures[image["uri"]]] = str(Path(self.env.srcdir, file))
        citations = {
            xml_id(note["ids"][0]): as_written(note["markup"])
            for note in doctree.findall(nodes.footnote)
            if note.get("markup") and note["ids"]
        }
        record = {
            "jats": jats(work, text).decode("utf-8"),
            "pictures": pictures,
            "citations": citations,
            "left_out": list(html_words(doctree)),
        }
        path = Path(self.outdir, f"{work.name}{EXCHANGE}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record, ensure_ascii=False, sort_keys=True), "utf-8")
