"""Build the site again whenever an author saves a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import ClassVar

from fleuron.publication.edition import Edition
from fleuron.publish.build_folder import reserved
from fleuron.publish.build_inputs import publication_inputs
from fleuron.publish.build_report import BuildReport, in_order_of_files
from fleuron.publish.edition_builds import output_of
from fleuron.publish.format_build import FormatBuild
from fleuron.publish.kept_builds import BuildRecords, run_changed
from fleuron.publish.landing_page import add_site_pages, landing_template
from fleuron.publish.live.builds import LiveBuild, is_published
from fleuron.publish.live.open_pages import Changed, Reported, Tell
from fleuron.publish.live.server import LiveHandler
from fleuron.publish.live.site_handler import SiteHandler
from fleuron.publish.parallel.pages import add_parallel_pages
from fleuron.publish.replace_published import NewFormat, add_edition
from fleuron.publish.settings import PublicationSettings, read_settings


class LiveSite(LiveBuild):
    """A site that is built again and again; its open pages show editions."""

    form: ClassVar[str] = "html"
    handler: ClassVar[type[LiveHandler]] = SiteHandler
    what: ClassVar[str] = "the site"

    def build_again(self, tell: Tell, shown: Set[str] = frozenset()) -> list[str]:
        """Build the editions that have changed, and publish each as soon as it is ready; return their names.

        Those that are ``shown`` in a browser come first. An edition with errors is published if it can be written.
        """
        options = self.options()
        settings = read_settings(self.source)
        languages = settings.chosen(self.wanted)
        template = landing_template(settings.templates)
        with reserved(self.build):
            changed = list(self.publish_changed(settings, languages, options, shown, tell))
            if any((self.folder / language).is_dir() for language in languages):
                site = NewFormat(self.build, self.form)
                add_parallel_pages(site, settings)
                add_site_pages(site, settings.title, settings.languages, template)
                site.publish()
        return [Edition(language).name for language in changed]

    def publish_changed(
        self,
        settings: PublicationSettings,
        languages: Sequence[str],
        options: tuple[str, ...],
        shown: Set[str],
        tell: Tell,
    ) -> Iterator[str]:
        """Build editions and publish them; yield the languages of those of which files have changed."""
        report = BuildReport(settings.source)
        records = BuildRecords(publication_inputs(settings, self.build, self.machine))
        builds = FormatBuild(settings, self.build, self.form, options, "", True, records).builds(languages)
        builds.sort(key=lambda build: build.language not in shown)
        for edition, ended in zip(builds, run_changed(builds, records=records, for_each_core=2), strict=True):
            report.show(report.new_messages(output_of(ended, self.build)))
            if not is_published(edition.language, ended.code):
                continue
            site = NewFormat(self.build, self.form)
            changes = add_edition(site, edition.output_folder, edition.language)
            site.publish()
            if changes:
                tell(Changed(edition.language))
                yield edition.language
        tell(Reported("".join(in_order_of_files(report.shown))))
