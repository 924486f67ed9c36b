"""Read the texts of an edition and write nothing but how much of each is printed translated."""

from __future__ import annotations

from pathlib import Path

from sphinx.builders.dummy import DummyBuilder
from sphinx.util.i18n import docname_to_domain

from fleuron.editions.catalogues import catalogues_of
from fleuron.editions.printed_texts import PrintedText, write_printed_texts
from fleuron.editions.whole_files.files import CATALOGUES, whole_files
from fleuron.manuscript.people.translators import translators_of
from fleuron.manuscript.records import printed_progress
from fleuron.publication.document_names import is_article
from fleuron.publication.language_tags import language_tag, locale_name
from fleuron.publication.reading_order import reading_order


class ProgressBuilder(DummyBuilder):
    """The builder of ``fleuron progress``: a translation counts that is used, and no other."""

    name = "progress"

    def finish(self) -> None:
        super().finish()
        progress = printed_progress(self.env)
        language, folders = language_tag(self.config.language), self.config.locale_dirs
        read = reading_order(self.config.root_doc, self.env.toctree_includes)
        source, place = Path(self.env.srcdir), Path(locale_name(language), CATALOGUES)
        whole = whole_files(source, folders, language)
        catalogues = {name: path.relative_to(source) for name, path in catalogues_of(source, folders, language)}
        texts = []
        for name in sorted(progress, key=lambda name: (read.index(name) if name in read else len(read), name)):
            domain = docname_to_domain(name, self.config.gettext_compact)
            translators = tuple(translator.name for translator in translators_of(self.env, name))
            file = whole.get(name) or catalogues.get(f"{domain}.po") or Path(folders[0], place, f"{domain}.po")
            texts.append(PrintedText(name, is_article(name), file.as_posix(), progress[name], translators))
        write_printed_texts(Path(self.outdir), texts)
