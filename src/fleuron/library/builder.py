"""The Sphinx builder of library records: for each article of an edition, a file of each kind that needs its text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Set
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.builders import Builder

from fleuron.content.book_texts import edition_texts
from fleuron.content.downloads import RECORD_TEXTS
from fleuron.content.edition_context import EditionContext, edition_context
from fleuron.content.work_records import work_of, works_of
from fleuron.library.article_text import ArticleText, collect_article_text, with_wordings
from fleuron.library.issue_packages import PICTURES_FILE
from fleuron.library.jats.article import jats
from fleuron.library.record_files import WORKS_FILE, works_to_json
from fleuron.manuscript.records import publication_records
from fleuron.metadata.work import Work
from fleuron.publication.document_names import article_name, is_article

RecordWriter = Callable[[Work, ArticleText], bytes]
# The records that need the text of an article, by the suffix of their files.
RECORD_WRITERS: Mapping[str, RecordWriter] = {".jats.xml": jats}


class RecordsBuilder(Builder):
    """Write ``<article>.jats.xml`` for each article of an edition, and the works of the edition as JSON."""

    name = "records"
    format = ""
    allow_parallel = True
    # As the HTML builders, so that Sphinx neither fetches nor converts pictures.
    supported_remote_images = True
    supported_data_uri_images = True

    def init(self) -> None:
        self.edition_context: EditionContext = edition_context(self.env, self.config)
        # Remove the records of articles that have been withdrawn.
        for suffix in RECORD_WRITERS:
            for path in sorted(Path(self.outdir).rglob(f"*{suffix}")):
                path.unlink()

    def finish(self) -> None:
        """Write the works of the edition, for the records that need those of all editions."""
        works = [with_wordings(self, work) for work in works_of(self.edition_context).values()]
        Path(self.outdir, WORKS_FILE).write_text(works_to_json(works), "utf-8")
        pictures = {page: self.pictures_of(page) for page in sorted(filter(is_article, self.env.found_docs))}
        named = {article_name(page): found for page, found in pictures.items() if found}
        Path(self.outdir, PICTURES_FILE).write_text(json.dumps(named, ensure_ascii=False, indent=1), "utf-8")
        texts = dict(edition_texts(self.env).articles)
        Path(self.outdir, RECORD_TEXTS).write_text(json.dumps(texts, ensure_ascii=False, indent=1), "utf-8")

    def pictures_of(self, page: str) -> dict[str, tuple[str, str]]:
        """Return the pictures of an article by their addresses in its JATS: the name of each, and its file."""
        address = self.edition_context.addresses.file
        return {
            address("", f"_images/{name}"): (name, str(Path(self.srcdir, path)))
            for path, (documents, name) in sorted(self.env.images.items())
            if page in documents
        }

    def get_outdated_docs(self) -> Iterator[str]:
        yield from sorted(name for name in self.env.found_docs if is_article(name))

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page on the site, or a relative path, which no record uses as a link."""
        context = self.edition_context
        is_withheld = docname in publication_records(self.env).withheld
        language = context.languages[0] if is_withheld else context.language
        return context.addresses.page(docname, language) or f"{quote(docname)}.html"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: Set[str]) -> None:
        works_of(self.edition_context)  # before the processes that write records start

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        if not is_article(docname):
            return
        work, text = work_of(self.edition_context, docname), collect_article_text(self, docname, doctree)
        for suffix, writer in RECORD_WRITERS.items():
            path = Path(self.outdir, f"{work.name}{suffix}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(writer(work, text))
