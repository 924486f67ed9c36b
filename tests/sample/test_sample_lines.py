"""The lines of the sample's volumes, from the places of their glyphs: even spaces, few hyphens."""

from __future__ import annotations

import pytest

from tests.sample.test_sample_pdf import LANGUAGES, volume
from tests.support.printed_lines import faults_of, quality_of
from tests.support.publications import Publication


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_lines_are_set_evenly(sample: Publication, language: str) -> None:
    quality = quality_of(volume(sample, language))
    assert quality.lines > 200
    assert not faults_of(quality, language)
