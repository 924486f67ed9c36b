"""Count what each edition prints translated, by reading its texts as a build does."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from fleuron.editions.printed_texts import PRINTED_TEXTS, PrintedText, read_printed_texts
from fleuron.editions.translation_progress import TranslationProgress, total_progress
from fleuron.publication.edition import Edition
from fleuron.publish.build_folder import reserved
from fleuron.publish.build_processes import run_builds
from fleuron.publish.early_imports import import_early
from fleuron.publish.edition_builds import EditionBuild, output_of
from fleuron.publish.settings import PublicationSettings


@dataclass(frozen=True)
class CountedEdition:
    """The texts of an edition."""

    language: str
    texts: tuple[PrintedText, ...]

    @cached_property
    def total(self) -> TranslationProgress:
        return total_progress(text.progress for text in self.texts)

    def of(self, names: Collection[str]) -> CountedEdition:
        """Return the edition with only some of its texts; with all if none is named."""
        return replace(self, texts=tuple(text for text in self.texts if not names or text.name in names))


def counted_editions(
    settings: PublicationSettings, build: Path, languages: Sequence[str], options: Sequence[str]
) -> tuple[list[CountedEdition], bool]:
    """Count the editions in some languages, and print on standard error what is wrong with their sources.

    Return those that could be read, and whether none had an error.
    """
    builds = [
        EditionBuild(settings.source, build, language, "progress", settings.languages, (), tuple(options))
        for language in languages
    ]
    counted, is_faultless = [], True
    with reserved(build) as temporary:
        for each in builds:
            (each.output_folder / PRINTED_TEXTS).unlink(missing_ok=True)
        import_early("html", settings.extensions)
        labels = [Edition(language).name for language in languages]
        arguments = [each.captured_arguments() for each in builds]
        ended = run_builds(arguments, os.cpu_count() or 1, temporary, labels=labels)
        for each, end in zip(builds, ended, strict=True):
            print(output_of(end, build), end="", file=sys.stderr)
            is_faultless = is_faultless and end.code == 0
            if (each.output_folder / PRINTED_TEXTS).is_file():
                counted.append(CountedEdition(each.language, tuple(read_printed_texts(each.output_folder))))
    return counted, is_faultless
