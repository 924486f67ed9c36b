"""Correct references within a publication: the titles that they show, and those whose targets are missing."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.references import missing_targets, reference_titles


def setup(app: Sphinx) -> None:
    reference_titles.setup(app)
    missing_targets.setup(app)
