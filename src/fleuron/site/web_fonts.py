"""Write the web fonts of a site when its pages are written, and say which typefaces are not installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx

from fleuron.config import typefaces_of
from fleuron.editions.edition_names import current_edition
from fleuron.fonts import edition_fonts
from fleuron.fonts.subset_cache import open_subset_cache
from fleuron.site.other_html_builders import PLAIN_BUILDERS


def missing_notice(families: Sequence[str]) -> str:
    """Word what an author should know of families that are not installed."""
    names = " and ".join(f"“{family}”" for family in families)
    several = len(families) > 1
    return (
        f"the typeface{'s' if several else ''} {names} {'are' if several else 'is'} not installed here; "
        "the pages are set in the reader's own"
    )


def used_typefaces(app: Sphinx) -> tuple[str, ...]:
    """List the typefaces of the pages that are written; those that are chosen, where none is installed here."""
    families, language = typefaces_of(app.config), current_edition(app.config).language
    used = edition_fonts.used_families(Path(app.outdir), families, language, record_of(app))
    return used or tuple(dict.fromkeys(families.values()))


def record_of(app: Sphinx) -> Path:
    """Return the file that keeps the letters of each page for the next build."""
    return Path(app.doctreedir, f"letters-{app.builder.name}.json")


def write_web_fonts(app: Sphinx, exception: Exception | None) -> None:
    """Write the fonts, and print a notice of those that are missing."""
    if exception is None and app.builder.name in ("html", *PLAIN_BUILDERS) and app.config.html_theme == "fleuron":
        language = current_edition(app.config).language
        cache = open_subset_cache(os.environ)
        families = typefaces_of(app.config)
        written = edition_fonts.write_web_fonts(Path(app.outdir), families, cache, language, record_of(app))
        if written.missing:
            # Not through Sphinx's log: -q would hide a notice, and -W would fail on a warning.
            print(f"fleuron: {missing_notice(written.missing)}", file=sys.stderr)


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write_web_fonts)
