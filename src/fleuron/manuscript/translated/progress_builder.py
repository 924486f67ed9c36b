"""Read the texts of an edition and write nothing but how much of each is printed translated."""

from __future__ import annotations

from pathlib import Path

from sphinx.builders.dummy import DummyBuilder
from sphinx.util.i18n import docname_to_domain

from fleuron.editions.catalogues import catalogue_translators
from fleuron.editions.printed_texts import PrintedText, write_printed_texts
from fleuron.manuscript.records import printed_progress
from fleuron.publication.document_names import is_article
from fleuron.publication.language_tags import language_tag
from fleuron.publication.reading_order import reading_order


class ProgressBuilder(DummyBuilder):
    """The builder of ``fleuron progress``: a translation counts that is used, and no other."""

    name = "progress"

    def finish(self) -> None:
        super().finish()
        progress = printed_progress(self.env)
        language, folders = language_tag(self.config.language), self.config.locale_dirs
        read = reading_order(self.config.root_doc, self.env.toctree_includes)
        texts = []
        for name in sorted(progress, key=lambda name: (read.index(name) if name in read else len(read), name)):
            domain = docname_to_domain(name, self.config.gettext_compact)
            translators = catalogue_translators(self.env.srcdir, folders, language, {domain})
            texts.append(PrintedText(name, is_article(name), domain, progress[name], translators))
        write_printed_texts(Path(self.outdir), texts)
