"""Build one format of several editions, so that those without a fault can be published without the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fleuron.publish.build_report import BuildReport
from fleuron.publish.edition_builds import BuildOutcome, EditionBuild, build_editions
from fleuron.publish.kept_builds import BuildRecords, run_changed
from fleuron.publish.settings import PublicationSettings

# Formats whose files are the same whatever else is built: each names every edition of the publication.
SELF_CONTAINED = frozenset({"pdf"})


@dataclass(frozen=True)
class FormatBuild:
    """The builds of one format, in several editions."""

    settings: PublicationSettings
    build: Path
    form: str
    options: tuple[str, ...]
    article: str
    keeps_going: bool
    records: BuildRecords
    issue: str = ""

    def builds(self, languages: Sequence[str]) -> list[EditionBuild]:
        """List the builds of editions that are published together."""
        earlier = published_earlier(self.settings, self.build, languages)
        common = (tuple(languages), tuple(earlier), self.options, self.article, self.keeps_going, self.issue)
        return [EditionBuild(self.settings.source, self.build, language, self.form, *common) for language in languages]

    def output_folder(self, language: str) -> Path:
        return self.builds([language])[0].output_folder

    def build_good(
        self, languages: Sequence[str], withheld: dict[str, list[str]], report: BuildReport
    ) -> dict[str, BuildOutcome]:
        """Build all editions, and add to ``withheld`` those that failed; return the first outcome of each.

        The others are built again without them, because pages link the other editions, and records name them.
        """
        run = partial(run_changed, records=self.records)
        outcomes = found = build_editions(self.builds(languages), report, run)
        built = languages
        while True:
            withheld.update(
                (name, []) for name, each in found.items() if not each.is_publishable and name not in withheld
            )
            good = [language for language in languages if language not in withheld]
            if good == list(built) or not good or self.form in SELF_CONTAINED:
                return outcomes
            found, built = build_editions(self.builds(good), report, run, is_silent=True), good


def published_earlier(settings: PublicationSettings, build: Path, languages: Sequence[str]) -> list[str]:
    """List the languages that the site has and that are not built now."""
    others = [language for language in settings.languages if language not in languages]
    return [language for language in others if (build / "html" / language / f"{settings.root}.html").is_file()]
