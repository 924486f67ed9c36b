"""Lay out the offprints that are open in a browser again whenever an author saves a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from fleuron.publication.document_names import ARTICLE_FOLDER
from fleuron.publication.values.root_title import markdown_heading
from fleuron.publish.build_folder import reserved
from fleuron.publish.build_inputs import publication_inputs
from fleuron.publish.build_report import BuildReport, in_order_of_files
from fleuron.publish.edition_builds import EditionBuild, output_of
from fleuron.publish.format_build import FormatBuild
from fleuron.publish.kept_builds import BuildRecords, run_changed
from fleuron.publish.live.builds import LiveBuild, is_published
from fleuron.publish.live.offprint_handler import OffprintHandler
from fleuron.publish.live.open_pages import Changed, OffprintList, Reported, Started, Tell
from fleuron.publish.live.server import LiveHandler
from fleuron.publish.replace_published import NewFormat, add_edition
from fleuron.publish.settings import CommandError, read_settings


class LiveOffprints(LiveBuild):
    """The offprints of articles, each laid out again while it is open; the pages that show them name ``en/paper``."""

    form: ClassVar[str] = "pdf"
    handler: ClassVar[type[LiveHandler]] = OffprintHandler
    what: ClassVar[str] = "the pages of each article"

    def build_again(self, tell: Tell, shown: Set[str] = frozenset()) -> list[str]:
        """Lay out what is shown and has changed, and publish each offprint as soon as it is ready."""
        options = self.options()
        settings = read_settings(self.source)
        languages = settings.chosen(self.wanted)
        articles = tuple(listed_articles(settings.source))
        if not articles:
            raise CommandError(f"{settings.source / ARTICLE_FOLDER} has no article, whose pages could be shown")
        tell(OffprintList(articles, tuple(languages)))
        import_layout()
        report = BuildReport(settings.source)
        written = []
        with reserved(self.build):
            records = BuildRecords(publication_inputs(settings, self.build, self.machine))
            for articles_by_language in laid_out_together(shown, languages):
                builds = []
                for language, article in articles_by_language.items():
                    job = FormatBuild(settings, self.build, self.form, options, article, True, records)
                    builds += [each for each in job.builds(languages) if each.language == language]
                    tell(Started(f"{language}/{article}"))
                written += list(self.publish_offprints(builds, records, report, tell))
        if shown:
            tell(Reported("".join(in_order_of_files(report.shown))))
        return written

    def publish_offprints(
        self, builds: Sequence[EditionBuild], records: BuildRecords, report: BuildReport, tell: Tell
    ) -> Iterator[str]:
        """Build offprints and publish them; yield the names of those that have changed."""
        for build, ended in zip(builds, run_changed(builds, records=records), strict=True):
            report.show(report.new_messages(output_of(ended, self.build)))
            name = f"{build.language}/{build.article}"
            if not is_published(build.language, ended.code) or not (build.output_folder / f"{name}.pdf").is_file():
                continue
            new = NewFormat(self.build, self.form)
            changes = add_edition(new, build.output_folder, build.language, build.article)
            new.publish()
            if changes:
                tell(Changed(name))
                yield f"{name}.pdf"


def import_layout() -> None:
    """Import what lays out pages, so that the copies of this process need not: a sixth of the time for six pages.

    Where Pango is not installed, the builds report it.
    """
    with suppress(OSError, ImportError):
        import_module("fleuron.paged.layout.weasyprint_layout")


def laid_out_together(shown: Set[str], languages: Sequence[str]) -> Iterator[dict[str, str]]:
    """Group what is shown, such as ``en/paper``, by what can be built at once: one article in each language."""
    names = sorted(name.partition("/")[::2] for name in shown)
    waiting = [(language, article) for language, article in names if language in languages and article]
    while waiting:
        group: dict[str, str] = {}
        for language, article in waiting:
            group.setdefault(language, article)
        yield group
        waiting = [each for each in waiting if each not in group.items()]


def listed_articles(source: Path) -> Iterator[tuple[str, str]]:
    """Yield the paths of all articles below articles/, and their titles as their authors wrote them."""
    folder = source / ARTICLE_FOLDER
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        yield name, markdown_heading(path.read_text("utf-8", "replace")) or name
