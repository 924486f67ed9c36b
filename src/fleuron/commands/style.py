"""Try a citation style: print ten notes that cite the publication's own refs.bib, in each language."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from fleuron.authoring.sample_notes import TEN_NOTES, items_to_show, sample_notes
from fleuron.commands.arguments import CommandParser, UsageError, add_source, language_list
from fleuron.diagnostics.similar_names import suggestion
from fleuron.notes.note_styles import STYLE_FOLDER
from fleuron.publication.edition import Edition
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings

ACTIONS = ("try",)
EXAMPLE = "for example: fleuron style try review"


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("action", nargs="?", default="", metavar="try", help="what to do: try")
    parser.add_argument("style", nargs="?", default="", metavar="NAME", help="the style, such as review or gost-note")
    add_source(parser)
    parser.add_argument(
        "--languages",
        type=language_list,
        default=(),
        metavar='"LANGUAGE ..."',
        help='the editions to show, such as "en tr" (default: all that conf.py names)',
    )


def run(arguments: Namespace) -> int:
    if arguments.action not in ACTIONS:
        problem = f"“fleuron style” has no action “{arguments.action}”{suggestion(arguments.action, ACTIONS)}"
        raise UsageError(problem if arguments.action else f"say what to do with the style; {EXAMPLE}")
    if not arguments.style:
        raise UsageError(f"name the style; {EXAMPLE}")
    settings = read_settings(arguments.source)
    items = items_to_show({path.name: text for path, text in bibliographies(settings)})
    if not items:
        raise CommandError(f"{settings.source} has no sources to cite: write them into refs.bib")
    for language in settings.chosen(arguments.languages):
        notes = sample_notes(arguments.style, language, items, settings.source / STYLE_FOLDER)
        print(f"{Edition(language).name}, {arguments.style}:")
        for number, ((what, _cites), note) in enumerate(zip(TEN_NOTES, notes, strict=True), 1):
            print(f"{number:4}  {note}\n      ({what})")
    return 0


def bibliographies(settings: PublicationSettings) -> list[tuple[Path, str]]:
    """Return the publication's .bib files that can be read, with their texts."""
    paths = [settings.source / name for name in settings.bibliographies]
    return [(path, path.read_text("utf-8", "replace")) for path in paths if path.is_file()]
