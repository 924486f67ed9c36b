"""Update the translators' catalogues (.po files) from the sources."""

from __future__ import annotations

from argparse import Namespace

from fleuron.commands.arguments import CommandParser, add_build
from fleuron.extras import require_extra
from fleuron.publish.settings import read_settings
from fleuron.publish.translation_catalogues import update_catalogues
from fleuron.publish.untrusted_sources import options_of


def add_arguments(parser: CommandParser) -> None:
    add_build(parser)


def run(arguments: Namespace) -> int:
    require_extra("translations", "to update catalogues")
    options = options_of(arguments)
    settings = read_settings(arguments.source)
    update_catalogues(settings, arguments.build, settings.chosen(arguments.languages), options)
    return 0
