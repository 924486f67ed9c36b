"""Find and read all sources of a publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from sphinx.util.matching import get_matching_files

from fleuron.checks.reading.catalogue import read_translations
from fleuron.checks.reading.glossary import GLOSSARY, read_glossary
from fleuron.checks.reading.markdown import MarkdownReader, make_parser
from fleuron.checks.sources import Catalogue, Document, Glossary, Sources
from fleuron.csl.sources.bibtex import Bibliography, BibSource
from fleuron.csl.sources.entry.bib_file import BibText
from fleuron.editions.catalogues import catalogues_of
from fleuron.editions.whole_files.files import patterns_of_translations, whole_files
from fleuron.notes.bibliography_files import text_of_bibliography
from fleuron.publication.contributor import read_contributor
from fleuron.publication.document_names import is_contributor
from fleuron.publication.front_matter import read_front_matter
from fleuron.publication.language_tags import locale_name


@dataclass(frozen=True)
class SourceSettings:
    """What conf.py says of the sources: Sphinx's patterns of files, the languages, and where other files are."""

    root: Path
    languages: Sequence[str]
    included: Sequence[str] = ("**",)
    excluded: Sequence[str] = ()
    bibliographies: Sequence[str] = ()
    locale_folders: Sequence[str] = ()
    extensions: Sequence[str] = ()
    smart_quotes: bool = True


def read_sources(settings: SourceSettings) -> Sources:
    """Read the Markdown files, the catalogues and the bibliographies of a publication."""
    parser = make_parser(settings.extensions)
    return Sources(
        settings.root,
        settings.languages[0],
        tuple(read_documents(settings, parser)),
        tuple(read_catalogues(settings, parser)),
        tuple(read_glossaries(settings)),
        Bibliography(list(read_bibliographies(settings))),
        settings.smart_quotes,
        tuple(read_whole_files(settings, parser)),
    )


def text_of(path: Path) -> str:
    """Return the text of a file; what is not UTF-8 is replaced, and reported by the build."""
    return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def read_documents(settings: SourceSettings, parser: MarkdownIt) -> Iterator[Document]:
    excluded = [*settings.excluded, *patterns_of_translations(settings.locale_folders, settings.languages[1:])]
    for path in sorted(get_matching_files(settings.root, settings.included, excluded)):
        if path.endswith(".md"):
            name, text = path.removesuffix(".md"), text_of(settings.root / path)
            language = settings.languages[0]
            if is_contributor(name):
                language = read_contributor(read_front_matter(text))[0].lang or language
            yield MarkdownReader(parser, path, name, language, text).read()


def read_whole_files(settings: SourceSettings, parser: MarkdownIt) -> Iterator[Document]:
    """Yield the whole-file translations into all languages."""
    for language in settings.languages[1:]:
        for name, path in whole_files(settings.root, settings.locale_folders, language).items():
            yield MarkdownReader(parser, path.as_posix(), name, language, text_of(settings.root / path)).read()


def read_catalogues(settings: SourceSettings, parser: MarkdownIt) -> Iterator[Catalogue]:
    for language in settings.languages[1:]:
        for name, file in catalogues_of(settings.root, settings.locale_folders, language):
            path = file.relative_to(settings.root).as_posix()
            languages = (settings.languages[0], language)
            yield read_translations(parser, file, path, languages, name.removesuffix(".po"))


def read_glossaries(settings: SourceSettings) -> Iterator[Glossary]:
    """Read the glossary.po of each language, which is beside the folder of its catalogues."""
    for language in settings.languages[1:]:
        for folder in settings.locale_folders:
            file = Path(settings.root, folder, locale_name(language), GLOSSARY)
            if file.is_file():
                yield read_glossary(file, file.relative_to(settings.root).as_posix(), language)


def read_bibliographies(settings: SourceSettings) -> Iterator[BibSource]:
    for name in settings.bibliographies:
        text, _fault = text_of_bibliography(settings.root / name)
        read = BibText(text)
        yield BibSource(name, read, read.index())
