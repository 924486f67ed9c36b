"""Say how much of each text is translated into each language, in words, and by whom.

A word counts as translated if its edition prints it translated; it is stale if its source has changed since (fuzzy).
With --stale, the messages are listed whose source has changed, with the words that are gone and those that are new. The
exit code is 1 if the sources have errors, or less is translated than --fail-under asks for.
"""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Collection, Sequence
from contextlib import suppress

from fleuron.commands.arguments import CommandParser, UsageError, add_build
from fleuron.commands.progress.editions import CountedEdition, counted_editions
from fleuron.commands.progress.json_report import json_report
from fleuron.commands.progress.stale import stale_report
from fleuron.commands.progress.table import table
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publish.settings import PublicationSettings, read_settings
from fleuron.publish.untrusted_sources import options_of

FORMATS = ("table", "json")
# The endings of files of texts.
FILES = (".md", ".rst", ".ipynb", ".po")


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="languages and texts to report, such as tr articles/one, or one (default: all)",
    )
    add_build(parser)
    parser.add_argument("--format", default="table", metavar="FORMAT", help="how to report: table or json")
    parser.add_argument(
        "--fail-under",
        type=share,
        default=0.0,
        metavar="SHARE",
        help="the least part of the words, such as 0.9, that must be translated into each language",
    )
    parser.add_argument("--stale", action="store_true", help="list the messages whose source has changed, and how")


def share(text: str) -> float:
    """Return a part of a whole, from 0 to 1; raise ArgumentTypeError for anything else."""
    with suppress(ValueError):
        if 0 <= float(text) <= 1:
            return float(text)
    raise ArgumentTypeError(f"“{text}” is not a part of a whole; write a number from 0 to 1, such as 0.9")


def run(arguments: Namespace) -> int:
    if arguments.format not in FORMATS:
        raise UsageError(f"there is no format “{arguments.format}”{suggestion(arguments.format, FORMATS)}")
    options = options_of(arguments)
    settings = read_settings(arguments.source)
    named = [name for name in arguments.names if name in settings.languages]
    languages = chosen_languages(settings, [*named, *arguments.languages])
    editions, is_faultless = counted_editions(settings, arguments.build, languages, options)
    texts = {text.name for edition in editions for text in edition.texts}
    names = [text_named(name, texts, settings.languages) for name in arguments.names if name not in named]
    editions = [edition.of(names) for edition in editions]
    print(report(settings, editions, "stale" if arguments.stale else arguments.format), end="")
    low = [edition for edition in editions if edition.total.share < arguments.fail_under]
    for edition in low:
        percent = f"{int(edition.total.share * 1000) / 10:g} %"
        bound = f"{arguments.fail_under * 100:g} %"
        print(f"fleuron: {edition.language}: {percent} of the words are translated, less than {bound}", file=sys.stderr)
    return 0 if is_faultless and not low else 1


def report(settings: PublicationSettings, editions: Sequence[CountedEdition], form: str) -> str:
    """Return the report on editions in a form."""
    if form == "stale":
        return stale_report(settings, editions)
    return json_report(editions) if form == "json" else table(editions)


def chosen_languages(settings: PublicationSettings, wanted: Sequence[str]) -> list[str]:
    """Return the languages to count: those wanted or all, without that of the sources."""
    languages = [language for language in settings.chosen(wanted) if language != settings.languages[0]]
    if not languages:
        raise UsageError(f"there is no translation to count: {settings.languages[0]} is the language of the sources")
    return languages


def text_named(name: str, texts: Collection[str], languages: Sequence[str]) -> str:
    """Return the name of a text, which may be named by its file or by the end of its path."""
    wanted = name.replace("\\", "/").removeprefix("./")
    wanted = next((wanted.removesuffix(end) for end in FILES if wanted.endswith(end)), wanted)
    found = [text for text in sorted(texts) if text == wanted or text.endswith(f"/{wanted}")]
    exact = [text for text in found if text == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise UsageError(f"there are several texts “{name}”; write one of: {', '.join(found)}")
    names = {*(text.rpartition("/")[2] for text in texts), *languages}
    raise UsageError(f"there is no text and no language “{name}”{suggestion(name, names)}")
