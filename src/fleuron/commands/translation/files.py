"""Read and write the files of one whole-file translation, and say what is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.authoring.whole_files.record import SectionState, State, UnpairedError, states, with_record
from fleuron.authoring.whole_files.started_text import TextStarter
from fleuron.checks.reading.markdown import make_parser
from fleuron.diagnostics.similar_names import suggestion
from fleuron.editions.catalogue_reader import UNREADABLE, read_catalogue
from fleuron.editions.catalogues import catalogue_translators
from fleuron.editions.whole_files.files import CATALOGUES, folders_of_language, whole_file
from fleuron.publication.document_names import is_article
from fleuron.publish.settings import CommandError, PublicationSettings
from fleuron.sphinx_defaults import DEFAULTS_FOR_PUBLICATIONS

# How many translations that have no place are shown.
SHOWN = 12


@dataclass(frozen=True)
class TranslationPaths:
    """The files of a translation: its source, itself, and the catalogues of its text; ``name`` is the source's."""

    root: Path
    name: str
    translation: Path
    catalogues: tuple[Path, ...]

    @classmethod
    def of(cls, settings: PublicationSettings, language: str, name: str) -> TranslationPaths:
        folders = settings.option("locale_dirs", DEFAULTS_FOR_PUBLICATIONS["locale_dirs"])
        document, root = name.removesuffix(".md"), settings.source
        if document == name:
            raise CommandError(f"{name} is not a Markdown file, and can be translated by its catalogue only")
        catalogues = (
            root / folder / CATALOGUES / f"{document}.po" for folder in folders_of_language(folders, language)
        )
        return cls(root, name, root / whole_file(root, folders, language, document), tuple(catalogues))

    @property
    def source_text(self) -> str:
        return read(self.root / self.name)

    @property
    def shown(self) -> str:
        """The translation as messages name it."""
        return self.translation.relative_to(self.root).as_posix()

    def translations(self) -> dict[str, str]:
        """Return the translations of the catalogues that are used; the first has precedence."""
        found: dict[str, str] = {}
        for path in reversed(self.catalogues):
            if path.is_file():
                try:
                    content = read_catalogue(path).translations
                except UNREADABLE as error:
                    raise CommandError(f"{path.relative_to(self.root)} cannot be read: {error}") from error
                found |= {
                    message: each.text for message, each in content.items() if each.text.strip() and not each.is_fuzzy
                }
        return found

    def translators(self) -> list[str]:
        """Return the translators of an article whom its catalogues name."""
        names = (name for path in self.catalogues if path.is_file() for name in catalogue_translators(path))
        return list(dict.fromkeys(names)) if is_article(self.name) else []


def read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not valid UTF-8; save it as UTF-8") from error


def start(settings: PublicationSettings, paths: TranslationPaths, *, replaces: bool) -> None:
    """Make a translation of what the catalogues have."""
    if paths.translation.exists() and not replaces:
        raise CommandError(f"{paths.shown} is there already; replace it with --replace")
    parser = make_parser(settings.option("myst_enable_extensions", DEFAULTS_FOR_PUBLICATIONS["myst_enable_extensions"]))
    translations = paths.translations()
    started = TextStarter(paths.source_text, translations, parser, paths.translators()).start()
    paths.translation.parent.mkdir(parents=True, exist_ok=True)
    write_file(paths.translation, started.text.encode())
    print(f"{paths.shown}: {started.translated} of {started.texts} texts are translated")
    for message in started.unplaced[:SHOWN]:
        print(f"  put in by hand, in place of “{message}”: {translations[message]}")
    if len(started.unplaced) > SHOWN:
        print(f"  and {len(started.unplaced) - SHOWN} more")
    for catalogue in paths.catalogues if translations else ():
        if catalogue.is_file():
            name = catalogue.relative_to(paths.root).as_posix()
            print(f"The file is used from now on; delete {name} when you need it no more.")


def compared(paths: TranslationPaths) -> list[SectionState]:
    """Compare a translation with its source; end the command if that cannot be done."""
    try:
        return states(read(paths.translation), paths.source_text, paths.name)
    except UnpairedError as error:
        raise CommandError(f"{paths.shown}:{error.line}: {error}") from error
    except ValueError as error:
        raise CommandError(f"{paths.shown}: {error}") from error


def show(paths: TranslationPaths) -> bool:
    """Print what has become of each section since it was translated; return whether all is current."""
    found = compared(paths)
    others = [state for state in found if state.state is not State.CURRENT]
    for state in others:
        print(described(paths, state))
    if not others:
        print(f"{paths.shown}: follows {paths.name} in all of its {len(found)} sections")
    return not others


def described(paths: TranslationPaths, state: SectionState) -> str:
    place = f"{paths.shown}:{state.line}" if state.line else f"{paths.name}:{state.section.line}"
    return f"{place}: “{state.section.heading or 'what stands before the first heading'}” is {state.state.value}"


def update(paths: TranslationPaths, chosen: Sequence[str]) -> None:
    """Record that a translation follows the sections of its source, and print which have changed since."""
    text, source = read(paths.translation), paths.source_text
    try:
        before = states(text, source, paths.name)
    except (UnpairedError, ValueError):
        before = []  # it has been given the sections that the source has now, or what it records is damaged
    titles = [state.section.title for state in before]
    for title in chosen:
        if title not in titles:
            raise CommandError(f"{paths.name} has no section “{title}”{suggestion(title, titles)}")
    try:
        new = with_record(text, source, paths.name, chosen)
    except UnpairedError as error:
        raise CommandError(f"{paths.shown}:{error.line}: {error}") from error
    changed = [state for state in before if state.state is not State.CURRENT]
    for state in changed:
        if not chosen or state.section.title in chosen:
            print(described(paths, state))
    if new != text:
        write_file(paths.translation, new.encode())
    print(
        f"{paths.shown}: {'records the sections of ' if new != text else 'has recorded all sections of '}{paths.name}"
    )
