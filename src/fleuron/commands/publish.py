"""Build the editions of a publication and publish them in the build folder.

An edition replaces what was published of it earlier only if it was built without an error; others are published all
the same, and their pages do not link what is not published.
"""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from fleuron.commands.arguments import CommandParser, UsageError, add_build
from fleuron.diagnostics import suggestion
from fleuron.extras import require_extra
from fleuron.publication.document_names import ARTICLE_FOLDER, articles_named
from fleuron.publication.edition import Edition
from fleuron.publish.build_folder import reserved
from fleuron.publish.build_inputs import machine_digest, publication_inputs
from fleuron.publish.build_report import BuildReport
from fleuron.publish.format_build import FormatBuild
from fleuron.publish.kept_builds import BuildRecords
from fleuron.publish.replace_published import publish_edition, withdraw_editions
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings
from fleuron.publish.untrusted_sources import check_untrusted

FORMATS = {
    "html": "the web site",
    "epub": "an EPUB of each edition",
    "pdf": "PDFs of each volume and each article",
    "records": "library records of each article",
}
NO_ADDRESS = "conf.py: html_baseurl is not set: links are relative, and pages have no canonical address"


def add_arguments(parser: CommandParser) -> None:
    what = "; ".join(f"{name}: {meaning}" for name, meaning in FORMATS.items())
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"{what}; several are built in the order given")
    add_build(parser)
    parser.add_argument(
        "--article",
        default="",
        metavar="NAME",
        help="build only this article's PDF or EPUB (2026-1/editorial, or editorial)",
    )
    parser.add_argument(
        "--keep-going",
        action="store_true",
        help="publish editions that have errors too, if they can be written; the exit code is 1 all the same",
    )
    parser.add_argument(
        "--untrusted",
        action="store_true",
        help="build what a stranger has written: refuse a conf.py that is more than a list of values, templates and "
        "links that lead out of the folder, and show HTML as text (see SECURITY.md)",
    )


def run(arguments: Namespace) -> int:
    check_formats(arguments.formats)
    if "pdf" in arguments.formats:
        require_extra("pdf", "to publish PDFs")
    if "records" in arguments.formats:
        require_extra("records", "to publish library records")
    if arguments.untrusted:
        check_untrusted(arguments.source)
    settings = read_settings(arguments.source)
    languages = settings.chosen(arguments.languages)
    article = chosen_article(settings.source, arguments.article) if arguments.article else ""
    with reserved(arguments.build):
        is_complete = publish(
            settings,
            arguments.build,
            languages,
            arguments.formats,
            (*arguments.options, "-D", "fleuron_untrusted=1") if arguments.untrusted else arguments.options,
            article,
            keeps_going=arguments.keep_going,
        )
    return 0 if is_complete else 1


def check_formats(formats: Sequence[str]) -> None:
    """Raise UsageError if no format is named, or one that does not exist."""
    if not formats:
        raise UsageError(f"name what to publish: {', '.join(FORMATS)}; for example: fleuron publish html")
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"there is no format “{name}”{suggestion(name, FORMATS)}")


def chosen_article(source: Path, wanted: str) -> str:
    """Return the path below articles/ of the article to build, which may be named by the end of its path."""
    folder = source / ARTICLE_FOLDER
    files = (path for path in folder.rglob("*") if path.suffix in (".md", ".rst"))
    found = articles_named(wanted, {path.relative_to(folder).with_suffix("").as_posix() for path in files})
    if len(found) > 1:
        raise CommandError(f"several articles are named “{wanted}”; write one of: {', '.join(found)}")
    return found[0] if found else wanted  # the builder suggests the nearest name


def publish(
    settings: PublicationSettings,
    build: Path,
    languages: Sequence[str],
    formats: Sequence[str],
    options: Sequence[str],
    article: str,
    *,
    keeps_going: bool,
) -> bool:
    """Build formats one after the other, and publish each edition that has no fault; return whether all are published.

    An edition that has failed in one format is built in the next ones too, to report all its faults, and not published.
    """
    # First of all, because a fault of its template is found at once.
    write_landing_page = landing_page_writer(settings, build) if "html" in formats else None
    records = BuildRecords(publication_inputs(settings, build, machine_digest()))
    report = BuildReport(settings.source)
    withheld: dict[str, list[str]] = {}
    has_faults = is_published = False
    for form in formats:
        began = time.monotonic()
        job = FormatBuild(settings, build, form, tuple(options), article, keeps_going, records)
        outcomes = job.build_good(languages, withheld, report)
        has_faults |= any(outcome.has_faults for outcome in outcomes.values())
        good = [language for language in languages if language not in withheld]
        changes = sum(publish_edition(job.output_folder(name), form, build, name, article) for name in good)
        for language in withheld:
            withheld[language].append(form)
        if not good:
            continue
        is_published = True
        if form == "records":
            write_common_records(settings, build, good)
        if form == "html" and write_landing_page and not write_landing_page():
            print(f"fleuron: {NO_ADDRESS}", file=sys.stderr)
        made = made_in(build / form, time.monotonic() - began) if sys.stdout.isatty() else ""
        print(f"{form} → {build / form}: {number_of_changes(changes)}{made}", flush=True)
    if has_faults:
        names = [f"{Edition(language).name} ({', '.join(forms)})" for language, forms in withheld.items()]
        if result := report.result(names, is_published=is_published):
            print(result, file=sys.stderr)
    for language in withdraw_editions(build, settings.languages, settings.name):
        print(f"fleuron: {language} is not in fleuron_languages: what was published of it is deleted", file=sys.stderr)
    return not has_faults


def number_of_changes(number: int) -> str:
    """Say how many published files have changed."""
    if not number:
        return "no file has changed"
    return "one file has changed" if number == 1 else f"{number:,} files have changed"


def made_in(folder: Path, seconds: float) -> str:
    """Say how large what is published in a folder is, and how long it took to build."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    files = "one file" if len(sizes) == 1 else f"{len(sizes):,} files"
    return f" ({files} of {sum(sizes) / 1e6:,.1f} MB, in {seconds:.1f} s)"


def write_common_records(settings: PublicationSettings, build: Path, languages: Sequence[str]) -> None:
    """Write the library records that are made from the articles of all editions."""
    from fleuron.library.record_files import crossref_deposit, read_works, write_records

    works = read_works(build, languages)
    write_records(works, build / "records", crossref_deposit(settings, works))


def landing_page_writer(settings: PublicationSettings, build: Path) -> Callable[[], bool]:
    """Return a function that writes the pages above all editions and returns whether the site has an address."""
    from fleuron.publish.landing_page import landing_template, write_site_pages

    template = landing_template(settings.templates)
    return partial(write_site_pages, build, settings.title, settings.languages, template)
