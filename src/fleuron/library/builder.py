"""The Sphinx builder of library records: for each article of an edition, a file of each kind that needs its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.builders import Builder

from fleuron.config import languages_of
from fleuron.content.addresses import addresses_of
from fleuron.content.downloads import Downloads
from fleuron.content.work_records import work_of
from fleuron.editions.edition_names import current_edition, file_stem
from fleuron.library.article_text import ArticleText, collect_article_text
from fleuron.library.jats.article import jats
from fleuron.library.record_files import WORKS_FILE, works_to_json
from fleuron.metadata.work import Work
from fleuron.publication.document_names import is_article

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
        self.downloads = Downloads(
            self.config.fleuron_downloads, file_stem(self.config), current_edition(self.config).language
        )
        # Remove the records of articles that have been withdrawn.
        for suffix in RECORD_WRITERS:
            for path in sorted(Path(self.outdir).rglob(f"*{suffix}")):
                path.unlink()

    def finish(self) -> None:
        """Write the works of the edition, for the records that need those of all editions."""
        works = [work_of(self, name) for name in sorted(self.env.found_docs) if is_article(name)]
        Path(self.outdir, WORKS_FILE).write_text(works_to_json(works), "utf-8")

    def editions_with(self, page: str) -> list[str]:
        """List the languages of the editions that have a page, as the site does."""
        built = self.config.fleuron_editions or languages_of(self.config)
        there = {name for name in self.config.fleuron_published if self.downloads.has_page(name, page)}
        return [name for name in languages_of(self.config) if name in built or name in there]

    def get_outdated_docs(self) -> Iterator[str]:
        yield from sorted(name for name in self.env.found_docs if is_article(name))

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page on the site, or a relative path, which no record uses as a link."""
        return addresses_of(self.config).page(docname) or f"{quote(docname)}.html"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        if not is_article(docname):
            return
        work, text = work_of(self, docname), collect_article_text(self, docname, doctree)
        for suffix, writer in RECORD_WRITERS.items():
            path = Path(self.outdir, f"{work.name}{suffix}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(writer(work, text))
