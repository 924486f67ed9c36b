"""Let Sphinx find the texts of an edition: a text that has a whole-file translation is read from that file.

Its name, address and place among the sources stay those of the source, to which its pictures and included files are
relative: only the absolute path of a document is that of the file that is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.project import Project
from sphinx.util._pathlib import _StrPath

from fleuron.config import languages_of
from fleuron.editions.whole_files.files import patterns_of_translations, whole_files
from fleuron.publication.language_tags import language_tag


class EditionProject(Project):
    """The documents of an edition; ``translations`` are the files of those that are translated as a whole."""

    def __init__(self, srcdir: str | os.PathLike[str], source_suffix: Iterable[str]) -> None:
        super().__init__(srcdir, source_suffix)
        self.folders: Sequence[str] = ()
        self.languages: Sequence[str] = ()
        self.language = ""
        self.translations: dict[str, Path] = {}
        # The document that is being read from its source, to be compared with its translation.
        self.read_as_source = ""

    def discover(self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)) -> set[str]:
        """Find all documents, without the translations."""
        excluded = [*exclude_paths, *patterns_of_translations(self.folders, self.languages)]
        documents = super().discover(excluded, include_paths)
        self.translations = {name: path for name, path in self.whole_files().items() if name in documents}
        return documents

    def whole_files(self) -> dict[str, Path]:
        """Return the files of whole-file translations by document, also those of which there is no source."""
        return whole_files(Path(self.srcdir), self.folders, self.language) if self.language else {}

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        path = Path(filename)
        for name, translation in self.translations.items():
            if path in (translation, self.srcdir / translation):
                return name
        return super().path2doc(filename)

    def doc2path(self, docname: str, absolute: bool) -> _StrPath:
        if absolute and docname in self.translations:
            return _StrPath(self.srcdir / self.translations[docname])
        return super().doc2path(docname, absolute)

    def source_of(self, document: str) -> Path:
        """Return the absolute path of a document's source, whether it is translated or not."""
        return Path(self.srcdir, super().doc2path(document, absolute=False))

    @contextmanager
    def reading_source(self, document: str) -> Iterator[None]:
        """Let a document be read from its source."""
        translations = self.translations
        self.translations = {name: path for name, path in translations.items() if name != document}
        self.read_as_source = document
        try:
            yield
        finally:
            self.translations, self.read_as_source = translations, ""


def use_edition_project(app: Sphinx) -> None:
    """Let Sphinx find documents so (an event handler)."""
    config, before = app.config, app.project
    languages, language = languages_of(config), language_tag(config.language)
    project = EditionProject(before.srcdir, before.source_suffix)
    project.restore(before)
    project.folders, project.languages = list(config.locale_dirs), languages[1:]
    # The builder of catalogues' templates reads the sources, and so does the edition in their language.
    project.language = language if language != languages[0] and app.builder.name != "gettext" else ""
    project.translations = project.whole_files()  # for a process that reads documents and looks for none
    app.project = app.env.project = project


def translation_file(env: BuildEnvironment, document: str) -> Path | None:
    """Return the whole-file translation from which a document is read, relative to the publication's folder."""
    return env.project.translations.get(document) if isinstance(env.project, EditionProject) else None


def is_read_as_source(env: BuildEnvironment, document: str) -> bool:
    """Return whether a document that is translated as a whole is being read from its source."""
    return isinstance(env.project, EditionProject) and env.project.read_as_source == document


def source_file(env: BuildEnvironment, document: str) -> Path:
    """Return the absolute path of a document's source, whether it is translated as a whole or not."""
    if isinstance(env.project, EditionProject):
        return env.project.source_of(document)
    return Path(env.doc2path(document))


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", use_edition_project, priority=10)
