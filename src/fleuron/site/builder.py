"""The HTML builder, which knows of the shelf and of builds that read for another format."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.html._build_info import BuildInfo

from fleuron.config import languages_of
from fleuron.editions.naming import current_edition, file_stem
from fleuron.publication.order import ARTICLES, is_article
from fleuron.site.shelf import DOWNLOADS, Offer, Shelf


class SiteBuilder(StandaloneHTMLBuilder):
    """Write the pages of one edition."""

    name = "html"

    def init(self) -> None:
        self.written: set[str] = set()
        self.shelf = Shelf(self.config.fleuron_shelf, file_stem(self.config), current_edition(self.config).language)
        super().init()
        self.copysource = self.config.html_copy_source  # stock, an empty _sources/ is made all the same

    def create_build_info(self) -> BuildInfo:
        """Count what lies on the shelf as configuration: pages that link it are written again."""
        info = super().create_build_info()
        offers = [f"{offer.name} {offer.size}" for offer in self.all_offers()]
        pages = [f"{name} {edition}" for name in sorted(self.env.found_docs) for edition in self.editions_with(name)]
        info.tags_hash = hashlib.sha256("\n".join([info.tags_hash, *offers, *pages]).encode()).hexdigest()
        return info

    def editions_with(self, page: str) -> list[str]:
        """List the languages of the editions that have a page, in the order of the publication."""
        built = self.config.fleuron_editions or languages_of(self.config)
        there = {name for name in self.config.fleuron_published if self.shelf.has_page(name, page)}
        return [name for name in languages_of(self.config) if name in built or name in there]

    def get_outdated_docs(self) -> Iterator[str]:
        """List the pages to write; all of them where another builder has read since the last time.

        Sphinx 9.0 compares a page with its source file alone. With doctrees shared between
        formats, the PDF's run may be the one that met a new translation or bibliography.
        """
        environment, last_build = self.doctreedir / ENV_PICKLE_FILENAME, self.outdir / ".buildinfo"
        if environment.exists() and last_build.exists():
            if environment.stat().st_mtime_ns > last_build.stat().st_mtime_ns:
                yield from self.env.found_docs
                return
        yield from super().get_outdated_docs()

    def all_offers(self) -> list[Offer]:
        articles = sorted(name for name in self.env.found_docs if is_article(name))
        offers = [offer for name in articles for offer in self.shelf.article(name.removeprefix(ARTICLES))]
        return offers + self.shelf.volume()

    def handle_page(self, pagename: str, *args: Any, **options: Any) -> None:
        self.written.add(pagename)
        super().handle_page(pagename, *args, **options)

    def remove_withdrawn(self) -> None:
        """Remove the pages of documents that are no more; Sphinx 9.0 leaves them in its folder."""
        for page in Path(self.outdir).rglob(f"*{self.out_suffix}"):
            name = page.relative_to(self.outdir).as_posix().removesuffix(self.out_suffix)
            if not name.startswith("_") and name not in self.written and name not in self.env.found_docs:
                page.unlink()

    def finish(self) -> None:
        self.finish_tasks.add_task(self.copy_downloads)
        self.finish_tasks.add_task(self.write_record)
        super().finish()
        self.finish_tasks.add_task(self.remove_withdrawn)

    def copy_downloads(self) -> None:
        """Make the folder of downloads hold what the shelf offers, and nothing else."""
        folder = Path(self.outdir, DOWNLOADS)
        shutil.rmtree(folder, ignore_errors=True)
        for offer in self.all_offers():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(offer.path, folder / offer.name)

    def write_record(self) -> None:
        """Leave what the landing page says of this edition, for the step that publishes it."""
        root = self.config.root_doc
        paragraph = self.env.get_doctree(root).next_node(nodes.paragraph)
        record = {"title": self.env.titles[root].astext(), "summary": paragraph.astext() if paragraph else ""}
        Path(self.outdir, "edition.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
