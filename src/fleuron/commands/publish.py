"""Build the editions of a publication and publish them in the build folder.

An edition replaces what was published of it earlier only if it was built without an error; others are published all
the same, and their pages do not link what is not published.
"""

from __future__ import annotations

import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from fleuron.commands.arguments import CommandParser, UsageError, add_build
from fleuron.diagnostics.similar_names import suggestion
from fleuron.extras import require_extra
from fleuron.progress.made_files import made_in
from fleuron.publication.document_names import ARTICLE_FOLDER, articles_named
from fleuron.publication.edition import Edition
from fleuron.publication.journal.issues import ISSUE_FOLDER, book_name
from fleuron.publish.build_folder import TEMPORARY, reserved
from fleuron.publish.build_inputs import machine_digest, publication_inputs
from fleuron.publish.build_report import BuildReport
from fleuron.publish.format_build import FormatBuild
from fleuron.publish.kept_builds import BuildRecords
from fleuron.publish.replace_published import NewFormat, add_edition, withdraw_editions
from fleuron.publish.settings import CommandError, PublicationSettings, read_settings
from fleuron.publish.untrusted_sources import options_of

FORMATS = {
    "html": "the web site",
    "epub": "an EPUB of each edition",
    "pdf": "PDFs of each volume and each article, and for the printer if conf.py has fleuron_print",
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
        "--issue",
        default="",
        metavar="NAME",
        help="build only this issue's PDF or EPUB (2026-2 for issues/2026-2.md)",
    )
    parser.add_argument(
        "--keep-going",
        action="store_true",
        help="publish editions that have errors too, if they can be written; the exit code is 1 all the same",
    )


def run(arguments: Namespace) -> int:
    check_formats(arguments.formats)
    if "pdf" in arguments.formats:
        require_extra("pdf", "to publish PDFs")
    if "records" in arguments.formats:
        require_extra("records", "to publish library records")
    options = options_of(arguments)
    settings = read_settings(arguments.source)
    languages = settings.chosen(arguments.languages)
    article = chosen_article(settings.source, arguments.article) if arguments.article else ""
    issue = chosen_issue(arguments)
    with reserved(arguments.build):
        is_complete = publish(
            settings,
            arguments.build,
            languages,
            arguments.formats,
            options,
            article,
            issue,
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


def chosen_issue(arguments: Namespace) -> str:
    """Return the name of the issue to build; raise UsageError if the command says what does not go with it."""
    if arguments.issue and arguments.article:
        raise UsageError("--article and --issue: name one of the two")
    if arguments.issue and not {"pdf", "epub"}.issuperset(arguments.formats):
        raise UsageError("--issue: only pdf and epub are built of an issue")
    return str(arguments.issue).removeprefix(ISSUE_FOLDER).removesuffix(".md")


def publish(
    settings: PublicationSettings,
    build: Path,
    languages: Sequence[str],
    formats: Sequence[str],
    options: Sequence[str],
    article: str,
    issue: str,
    *,
    keeps_going: bool,
) -> bool:
    """Build formats one after the other, and publish each edition that has no fault; return whether all are published.

    An edition that has failed in one format is built in the next ones too, to report all its faults, and not published.
    """
    # First of all, because a fault of its template is found at once.
    add_pages = site_pages_adder(settings) if "html" in formats else None
    records = BuildRecords(publication_inputs(settings, build, machine_digest()))
    report = BuildReport(settings.source)
    withheld: dict[str, list[str]] = {}
    has_faults = is_published = False
    books = {name: book_name(name, settings.name, issue) if issue else "" for name in languages}
    for form in formats:
        began = time.monotonic()
        job = FormatBuild(settings, build, form, tuple(options), article, keeps_going, records, issue)
        outcomes = job.build_good(languages, withheld, report)
        has_faults |= any(outcome.has_faults for outcome in outcomes.values())
        good = [language for language in languages if language not in withheld]
        for language in withheld:
            withheld[language].append(form)
        if not good:
            continue
        is_published = True
        new, outputs = NewFormat(build, form), {name: job.output_folder(name) for name in good}
        if form == "records":
            changes = add_records(new, settings, outputs)
        else:
            changes = sum(add_edition(new, output, name, article, books[name]) for name, output in outputs.items())
        if form == "html" and add_pages:
            changed_pages, has_address = add_pages(new)
            changes += changed_pages
            if not has_address:
                print(f"fleuron: {NO_ADDRESS}", file=sys.stderr)
        new.publish()
        made = made_in(build / form, time.monotonic() - began)
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


def add_records(new: NewFormat, settings: PublicationSettings, outputs: Mapping[str, Path]) -> int:
    """Prepare the library records of editions, and those that are made from the articles of all of them.

    ``outputs`` are the folders that the editions were built in, by language. Return how many files have changed.
    """
    from fleuron.library.record_files import crossref_deposit, read_works, write_lists, write_records

    made = new.build / TEMPORARY / "records"
    for language, output in outputs.items():
        shutil.copytree(output, made / language)
    works = read_works(new.build, list(outputs))
    write_records(works, made, crossref_deposit(settings, works))
    write_lists(works, made, settings)
    of_all = {path.relative_to(made).as_posix(): path for path in files_of_all(made)}
    published = {path.relative_to(new.published).as_posix() for path in files_of_all(new.published)}
    for name in sorted(published - of_all.keys()):
        new.delete(name)
    changes = sum(new.add_file(path, name) for name, path in of_all.items()) + len(new.gone)
    return changes + sum(new.add_folder(made / language, language) for language in outputs)


def files_of_all(folder: Path) -> list[Path]:
    """List the records that belong to no single edition: deposits with Crossref, and the lists of all articles."""
    return sorted([*folder.rglob("*.crossref.xml"), *(path for path in folder.glob("*.*") if path.is_file())])


def site_pages_adder(settings: PublicationSettings) -> Callable[[NewFormat], tuple[int, bool]]:
    """Return a function that prepares the pages of several editions and those above all of them.

    It returns how many of the former have changed, and whether the site has an address.
    """
    from fleuron.publish.landing_page import add_site_pages, landing_template

    template = landing_template(settings.templates)

    def add(site: NewFormat) -> tuple[int, bool]:
        from fleuron.publish.parallel.pages import add_parallel_pages
        from fleuron.publish.resources.moved_files import add_redirects
        from fleuron.publish.resources.site_resources import add_resource_lists

        changes = add_parallel_pages(site, settings)
        has_address = add_site_pages(site, settings.title, settings.languages, template)
        add_resource_lists(site, settings.languages)
        add_redirects(site, settings.languages)
        return changes, has_address

    return add
