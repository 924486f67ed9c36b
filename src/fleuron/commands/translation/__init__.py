"""Start whole-file translations, and say which of their sections follow an older source.

“start” makes locale/LANGUAGE/FILE of what the catalogue has. “show” says which sections of the source have changed
since; “update” records that the translation follows them, or those that --section names.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings

ACTIONS = ("start", "show", "update")
EXAMPLE = "for example: fleuron translation start tr articles/paper.md"


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("action", nargs="?", default="", metavar="ACTION", help="what to do: start, show or update")
    parser.add_argument("language", nargs="?", default="", metavar="LANGUAGE", help="the language, such as tr")
    parser.add_argument("files", nargs="*", metavar="FILE", help="the sources, such as articles/paper.md")
    add_source(parser)
    parser.add_argument(
        "--section",
        action="append",
        default=[],
        metavar="HEADING",
        help="with update: a section that the translation follows now; the others stay as they are recorded",
    )
    parser.add_argument("--replace", action="store_true", help="with start: replace a file that is there")


def run(arguments: Namespace) -> int:
    if arguments.action not in ACTIONS:
        problem = f"“fleuron translation” has no action “{arguments.action}”{suggestion(arguments.action, ACTIONS)}"
        raise UsageError(problem if arguments.action else f"say what to do with the translation; {EXAMPLE}")
    if not arguments.language or not arguments.files:
        raise UsageError(f"name the language and the file; {EXAMPLE}")
    settings = read_settings(arguments.source)
    translated = settings.languages[1:]
    if arguments.language not in translated:
        raise CommandError(
            f"there is no language “{arguments.language}” to translate into"
            + suggestion(arguments.language, translated)
        )
    is_current = [run_for_file(settings, arguments, name) for name in arguments.files]
    return 0 if all(is_current) else 1


def run_for_file(settings: PublicationSettings, arguments: Namespace, name: str) -> bool:
    """Do what is asked for with the translation of one source; return whether nothing is left to do."""
    from fleuron.commands.translation.files import TranslationPaths, show, start, update

    paths = TranslationPaths.of(settings, arguments.language, source_of(settings, name))
    if arguments.action == "start":
        start(settings, paths, replaces=arguments.replace)
        return True
    if not paths.translation.is_file():
        raise CommandError(
            f"there is no {paths.shown}; make it with: fleuron translation start {arguments.language} {paths.name}"
        )
    if arguments.action == "show":
        return show(paths)
    update(paths, arguments.section)
    return True


def source_of(settings: PublicationSettings, name: str) -> str:
    """Return the path of a source in the publication's folder, as the user has named it from there or from here."""
    root = settings.source.resolve()
    for path in (settings.source / name, Path(name), settings.source / f"{name}.md"):
        if path.is_file() and path.resolve().is_relative_to(root):
            return path.resolve().relative_to(root).as_posix()
    raise CommandError(f"there is no text “{name}”{suggestion(name, known_sources(settings))}")


def known_sources(settings: PublicationSettings) -> Sequence[str]:
    """List the texts of the usual folders."""
    folders = ("", "articles", "authors", "pages")
    found = (path for folder in folders for path in (settings.source / folder).glob("*.md"))
    return sorted(path.relative_to(settings.source).as_posix() for path in found)
