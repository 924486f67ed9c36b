"""Correct references within a publication: their titles, missing targets, and messages about mistyped names."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.manuscript.references import missing_targets, nearest_names, reference_titles


def setup(app: Sphinx) -> None:
    reference_titles.setup(app)
    missing_targets.setup(app)
    nearest_names.setup(app)
