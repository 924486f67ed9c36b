"""Write the web fonts of a site when its pages are written, and say which typefaces are not installed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx

from fleuron.config import typefaces_of
from fleuron.editions.edition_names import current_edition
from fleuron.fonts.kept_fonts import KeptFonts, digest_of_fonts
from fleuron.fonts.page_letters import FOLDER, STYLESHEET
from fleuron.progress.progress_line import note_step
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
    families, kept = typefaces_of(app.config), kept_fonts(app)
    used = kept.find("used")
    if used is None:
        from fleuron.fonts import edition_fonts

        used = edition_fonts.used_families(Path(app.outdir), families, language_of(app), letters_record(app))
        kept.keep("used", used)
    return used or tuple(dict.fromkeys(families.values()))


def language_of(app: Sphinx) -> str:
    return current_edition(app.config).language


def letters_record(app: Sphinx) -> Path:
    """Return the file that keeps the letters of each page for the next build."""
    return Path(app.doctreedir, f"letters-{app.builder.name}.json")


def kept_fonts(app: Sphinx) -> KeptFonts:
    """Return what earlier builds have found out about fonts for pages like those that are there now."""
    digest = digest_of_fonts(Path(app.outdir), typefaces_of(app.config), language_of(app), letters_record(app))
    return KeptFonts(Path(app.doctreedir, f"fonts-{app.builder.name}.json"), digest)


def write_web_fonts(app: Sphinx, exception: Exception | None) -> None:
    """Write the fonts, unless they are there, and print a notice of those that are missing."""
    if exception is None and app.builder.name in ("html", *PLAIN_BUILDERS) and app.config.html_theme == "fleuron":
        kept = kept_fonts(app)
        missing = kept.find("missing")
        if missing is None:
            missing = make_web_fonts(app, kept)
        if missing:
            # Not through Sphinx's log: -q would hide a notice, and -W would fail on a warning.
            print(f"fleuron: {missing_notice(missing)}", file=sys.stderr)


def make_web_fonts(app: Sphinx, kept: KeptFonts) -> tuple[str, ...]:
    """Write the fonts, and return the families that are missing."""
    from fleuron.fonts import edition_fonts
    from fleuron.fonts.subset_cache import open_subset_cache

    note_step("subsetting typefaces")
    cache, outdir, families = open_subset_cache(os.environ), Path(app.outdir), typefaces_of(app.config)
    written = edition_fonts.write_web_fonts(outdir, families, cache, language_of(app), letters_record(app))
    kept.keep("missing", written.missing, font_files(outdir))
    return written.missing


def font_files(outdir: Path) -> list[Path]:
    """List the style sheet of the fonts and the files that it names, in their places."""
    folder = outdir / "_static"
    return [folder / STYLESHEET, *sorted((folder / FOLDER).glob("*"))]


def remove_other_static_files(outdir: Path) -> None:
    """Remove all static files but the fonts, which are written again only if they are to change."""
    folder = outdir / "_static"
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and path.name != FOLDER:
            shutil.rmtree(path)
        elif not path.is_dir() and path.name != STYLESHEET:
            path.unlink()


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write_web_fonts)
