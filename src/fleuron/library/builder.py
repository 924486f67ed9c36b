"""The builder of records: for each article of an edition, a file of each kind that needs its text."""

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
from fleuron.library.collected_text import text_of
from fleuron.library.edition_works import WORKS, dumped
from fleuron.library.jats.article import jats
from fleuron.library.jats.article_text import Text
from fleuron.metadata.work import Work
from fleuron.publication.reading_order import is_article

Writer = Callable[[Work, Text], bytes]
# The records by what their files' names end with. One that a `Work` is enough for is `lambda work, _text: …`.
WRITERS: Mapping[str, Writer] = {".jats.xml": jats}


class RecordsBuilder(Builder):
    """Write ``<article>.jats.xml`` and its like for the articles of an edition."""

    name = "records"
    format = ""
    allow_parallel = True
    # As the HTML builders: what others would have fetched or taken out of a text stays as its author wrote it.
    supported_remote_images = True
    supported_data_uri_images = True

    def init(self) -> None:
        self.downloads = Downloads(
            self.config.fleuron_downloads, file_stem(self.config), current_edition(self.config).language
        )
        # Those of an article that has been withdrawn are not to be left.
        for ending in WRITERS:
            for left in sorted(Path(self.outdir).rglob(f"*{ending}")):
                left.unlink()

    def finish(self) -> None:
        """Leave what all articles are, for the records that need those of all editions."""
        works = [work_of(self, name) for name in sorted(self.env.found_docs) if is_article(name)]
        Path(self.outdir, WORKS).write_text(dumped(works), "utf-8")

    def editions_with(self, page: str) -> list[str]:
        """List the languages of the editions that have a page, as the site does."""
        built = self.config.fleuron_editions or languages_of(self.config)
        there = {name for name in self.config.fleuron_published if self.downloads.has_page(name, page)}
        return [name for name in languages_of(self.config) if name in built or name in there]

    def get_outdated_docs(self) -> Iterator[str]:
        yield from sorted(name for name in self.env.found_docs if is_article(name))

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Return the address of a page on the site, or the way to it, which a record does not follow."""
        return addresses_of(self.config).page(docname) or f"{quote(docname)}.html"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        if not is_article(docname):
            return
        work, text = work_of(self, docname), text_of(self, docname, doctree)
        for ending, writer in WRITERS.items():
            path = Path(self.outdir, f"{work.name}{ending}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(writer(work, text))
