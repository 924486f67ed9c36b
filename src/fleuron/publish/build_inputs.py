"""Digest what an edition is built from: sources, settings, programs and typefaces.

Builds with the same digest write the same files. If a publication depends on what cannot be digested (an extension that
asks the network or the clock, code in conf.py), all its builds are run.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx.util.matching import compile_matchers

from fleuron.build_results import BOOK_TEXTS_FILE, PLAN_FILE
from fleuron.cache_folder import stamp
from fleuron.fonts.font_list import listed_faces
from fleuron.publication.language_tags import locale_name
from fleuron.publish.catalogue_states import KnownStates, states_of
from fleuron.publish.edition_builds import EditionBuild
from fleuron.publish.settings import PublicationSettings

# Extensions whose output depends on nothing but the sources; each stands for its submodules too.
DIGESTIBLE = (
    *("fleuron", "myst_parser", "myst_nb", "sphinx_design", "sphinx_togglebutton", "sphinx_copybutton", "sphinx_proof"),
    *("sphinx_exercise", "sphinxcontrib.bibtex", "sphinx.ext.mathjax", "sphinx.ext.todo", "sphinx.ext.extlinks"),
    *("sphinx.ext.autosectionlabel", "sphinx.ext.githubpages", "sphinx.ext.ifconfig"),
)
# Larger files, which are pictures, count by their size and times.
LARGEST_READ = 256_000
# Variables of the environment that builds read. The cache changes no byte.
VARIABLES = ("SOURCE_DATE_EPOCH", "FLEURON_")
OTHER_VARIABLES = frozenset({"FLEURON_CACHE", "FLEURON_TERMINAL"})
PRUNED = frozenset({"node_modules", "__pycache__"})


def is_digestible(settings: PublicationSettings) -> bool:
    """Return whether the builds of a publication depend on nothing but what is digested here."""
    is_known = all(
        name in DIGESTIBLE or name.startswith(tuple(f"{known}." for known in DIGESTIBLE))
        for name in settings.extensions
    )
    return is_known and not settings.has_code and not settings.reaches_outside


def signature(path: Path | os.DirEntry[str]) -> str:
    """Return what changes when a file does; "-" for one that does not exist."""
    try:
        status = path.stat()
        if status.st_size > LARGEST_READ:
            return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return "-"


def digest(lines: Iterable[str]) -> str:
    """Return the SHA-256 of lines, in their order."""
    sum_of_lines = hashlib.sha256()
    for line in lines:
        sum_of_lines.update(line.encode("utf-8", "surrogateescape") + b"\0")
    return sum_of_lines.hexdigest()


def files_below(
    folder: Path, is_excluded: Callable[[str], bool] = lambda _: False, name: str = ""
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files below a folder with their names there, in alphabetical order.

    Hidden ones, installed programs and excluded folders are left out, as Sphinx finds no source in them.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    for entry in entries:
        inner = f"{name}{entry.name}"
        if entry.name.startswith(".") or entry.name in PRUNED:
            continue
        if entry.is_dir():
            if not is_excluded(inner):
                yield from files_below(Path(entry), is_excluded, f"{inner}/")
        else:
            yield inner, entry


@dataclass(frozen=True)
class PublicationInputs:
    """What the builds of all editions depend on: the publication's files by their names, and a digest of the rest."""

    settings: PublicationSettings
    build: Path
    files: Mapping[str, str]
    rest: str

    def of_build(
        self, build: EditionBuild, outside: Collection[str], states: Mapping[str, Sequence[str]] | None = None
    ) -> str:
        """Return the digest of all that a build depends on; ``outside`` are files read that are not listed here.

        ``states`` are those of the catalogues of other editions, which the build depends on in place of their texts.
        """
        signs = {**self.files, **{name: state for name, (_sign, state) in (states or {}).items()}}
        files = (f"{name} {sign}" for name, sign in signs.items() if not self.is_of_another(build, name))
        others = (f"{name} {signature(self.settings.source / name)}" for name in sorted(outside))
        return digest([self.rest, *build.captured_arguments(), *files, *others, *self.built_before(build)])

    def is_of_another(self, build: EditionBuild, name: str) -> bool:
        """Return whether a file is a catalogue of another language, or one that Sphinx has compiled.

        What a site and records say of other editions, such as which articles they offer, depends on all catalogues.
        """
        return name.endswith(".mo") or (build.format not in ("html", "records") and self.is_foreign(build, name))

    def is_foreign(self, build: EditionBuild, name: str) -> bool:
        """Return whether a file is in the folder of the catalogues of another language."""
        folder = self.settings.catalogues.relative_to(self.settings.source).as_posix()
        if not name.startswith(f"{folder}/"):
            return False
        others = {locale_name(each) for each in self.settings.languages if each != build.language}
        return name.removeprefix(f"{folder}/").split("/", 1)[0] in others

    def states(self, build: EditionBuild, known: KnownStates) -> dict[str, tuple[str, str]]:
        """Return the states of the catalogues of which a build of the site only says how much is translated."""
        if build.format != "html":
            return {}
        signs = {
            name: sign for name, sign in self.files.items() if name.endswith(".po") and self.is_foreign(build, name)
        }
        return states_of(signs, self.settings.source, known)

    def built_before(self, build: EditionBuild) -> Iterator[str]:
        """Yield what a build depends on that others have written: the page plan, books, records, pages to be linked."""
        if build.format == "pdf":
            return
        doctrees = build.doctree_folder
        yield signature(doctrees / PLAN_FILE)
        if build.format == "epub":
            return
        yield signature(doctrees / BOOK_TEXTS_FILE)
        for form in ("pdf", "epub"):
            yield from (f"{name} {stamp(path)}" for name, path in files_below(self.build / form))
        if build.format == "html":
            records = files_below(self.build / "records" / build.language)
            yield from (f"{name} {stamp(path)}" for name, path in records)
        for language in build.published:
            yield from (name for name, _ in files_below(self.build / "html" / language) if name.endswith(".html"))


def publication_inputs(settings: PublicationSettings, build: Path, machine: str) -> PublicationInputs:
    """Read what all builds of a publication depend on; ``machine`` is the digest of what is installed."""
    matchers = compile_matchers(settings.excluded)
    built = build.resolve()

    def is_excluded(name: str) -> bool:
        return any(matches(name) for matches in matchers) or (settings.source / name).resolve() == built

    files = {name: signature(path) for name, path in files_below(settings.source, is_excluded)}
    return PublicationInputs(settings, build, files, digest([settings.values, machine]))


def machine_digest() -> str:
    """Return the digest of the programs, typefaces and variables that builds depend on."""
    return digest([*programs(), *typefaces(), *variables()])


def programs() -> Iterator[str]:
    """Yield the versions of Python and of all installed packages, and the files of Fleuron and of local modules."""
    yield sys.version
    home = Path(__file__).parent.parent
    yield from (f"{name} {stamp(path)}" for name, path in files_below(home))
    for folder in dict.fromkeys(Path(each).resolve() for each in sys.path):
        if {"site-packages", "dist-packages"} & {*folder.parts}:
            yield from (entry.name for entry in sorted(folder.glob("*-info")))
        elif folder.is_dir() and folder != home.parent and not is_of_python(folder):
            yield from (f"{name} {stamp(path)}" for name, path in files_below(folder) if name.endswith(".py"))


def is_of_python(folder: Path) -> bool:
    """Return whether a folder is one of Python's standard library, or of installed commands."""
    return folder.is_relative_to(Path(os.__file__).resolve().parent) or folder == Path(sys.executable).resolve().parent


def typefaces() -> Iterator[str]:
    """Yield the files of the installed faces, with the size and time of each."""
    yield from (f"{path} {stamp(path)}" for path in sorted({face.path for face in listed_faces()}))


def variables() -> Iterator[str]:
    """Yield the variables of the environment that builds read."""
    for name, value in sorted(os.environ.items()):
        if name.startswith(VARIABLES) and name not in OTHER_VARIABLES:
            yield f"{name}={value}"
