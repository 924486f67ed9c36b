"""Add a language to the publication.

It is added to fleuron_languages in conf.py, and gets catalogues for its translators. What its edition has and lacks is
listed: words of the interface and of notes, the typeface, and hyphenation.
"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from fleuron.authoring.language_choice import chosen_language
from fleuron.authoring.new_language import about_language, add_to_settings, catalogue_folder
from fleuron.commands.arguments import CommandParser, UsageError, add_source
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.edition import Edition
from fleuron.publish.settings import read_settings
from fleuron.publish.translation_catalogues import update_catalogues

ACTIONS = ("add",)
EXAMPLE = "for example: fleuron language add fa"


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("action", nargs="?", default="", metavar="add", help="what to do: add")
    parser.add_argument("language", nargs="?", default="", metavar="LANGUAGE", help="its tag, such as fa or pt-BR")
    add_source(parser)


def run(arguments: Namespace) -> int:
    if arguments.action not in ACTIONS:
        problem = f"“fleuron language” has no action “{arguments.action}”{suggestion(arguments.action, ACTIONS)}"
        raise UsageError(problem if arguments.action else f"say what to do with the languages; {EXAMPLE}")
    if not arguments.language:
        raise UsageError(f"name the language; {EXAMPLE}")
    language = chosen_language(arguments.language)
    settings = read_settings(arguments.source)
    print(f"conf.py: {add_to_settings(settings, language)}")
    settings = replace(settings, languages=(*settings.languages, language))
    update_catalogues(settings, arguments.source / "_build", [language], ())
    print(f"{catalogue_folder(settings, language)}: the catalogues of {Edition(language).name}, to be translated")
    for line in about_language(language, settings.option("fleuron_typefaces", {})):
        print(line)
    return 0
