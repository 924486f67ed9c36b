"""Texts that are translated well into seven languages: no rule has anything against them.

Each message of `translations/locale` is one that a careless rule would report: a date, a number, a quotation or a name
that the language writes in its own way.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from fleuron.checks.reading.publication import SourceSettings, read_sources
from fleuron.checks.run import check
from fleuron.checks.violation import Level
from fleuron.sphinx_defaults import DEFAULTS_FOR_PUBLICATIONS

PUBLICATION = Path(__file__).parent / "translations"
LANGUAGES = ["en", "tr", "ru", "fa", "de", "fr", "ar", "es"]
FEWEST_MESSAGES = 140


def test_no_rule_reports_a_text_that_is_translated_well() -> None:
    settings = SourceSettings(
        PUBLICATION,
        LANGUAGES,
        bibliographies=["refs.bib"],
        locale_folders=["locale"],
        extensions=cast(list[str], DEFAULTS_FOR_PUBLICATIONS["myst_enable_extensions"]),
    )
    sources = read_sources(settings)
    assert len(list(sources.messages)) >= FEWEST_MESSAGES
    assert [violation for violation in check(sources) if violation.level is not Level.ADVICE] == []
