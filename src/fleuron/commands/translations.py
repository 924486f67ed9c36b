"""Update the translators' catalogues (.po files) from the sources.

What is translated is kept, also where a text was renamed or moved. A message that was changed, or that another text has
translated, gets that translation marked as fuzzy, to be confirmed.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from fleuron.commands.arguments import CommandParser, UsageError, add_build
from fleuron.publish.settings import read_settings
from fleuron.publish.untrusted_sources import options_of


def add_arguments(parser: CommandParser) -> None:
    add_build(parser)
    parser.add_argument(
        "--from",
        dest="given",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="a translation memory (.tmx) or another catalogue (.po): its translations are offered, as fuzzy, for "
        "messages that have none; may be repeated",
    )


def run(arguments: Namespace) -> int:
    check_files(arguments.given)
    # Imported here, because the readers need the most of the time of a command that is called wrongly.
    from fleuron.publish.translation_catalogues import update_catalogues

    options = options_of(arguments)
    settings = read_settings(arguments.source)
    update_catalogues(settings, arguments.build, settings.chosen(arguments.languages), options, arguments.given)
    return 0


def check_files(paths: Sequence[Path]) -> None:
    """Raise UsageError for a file that is not there, or of another kind."""
    for path in paths:
        if path.suffix.lower() not in (".po", ".tmx"):
            raise UsageError(f"--from takes a translation memory (.tmx) or a catalogue (.po), not “{path}”")
        if not path.is_file():
            raise UsageError(f"there is no file “{path}”")
