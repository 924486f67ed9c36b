"""Import what builds need before their processes are copied from this one."""

from __future__ import annotations

import gc
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module

# Packages and modules of Fleuron that no build imports, or only that of one format, or, as what reads fonts, only some.
NOT_COMMON = frozenset(
    {
        *("fleuron.__main__", "fleuron.archive", "fleuron.authoring", "fleuron.checks"),
        *("fleuron.cluster.reading_process", "fleuron.commands", "fleuron.conservation.pdf_words"),
        *("fleuron.diagnostics.remedies", "fleuron.editions.merging", "fleuron.exporting", "fleuron.importing"),
        "fleuron.interruption",
        *("fleuron.machine", "fleuron.manuscript.translated.template_builder"),
        *("fleuron.editions.printed_texts", "fleuron.manuscript.translated.progress_builder"),
        *("fleuron.content.books", "fleuron.manuscript.notices.issue_books", "fleuron.notes.markup.notebooks"),
        *("fleuron.metadata.feeds.sitemap", "fleuron.metadata.harvest", "fleuron.metadata.volume"),
        *("fleuron.metadata.journal_place", "fleuron.metadata.language_codes", "fleuron.metadata.related_articles"),
        "fleuron.metadata.related_editions",
        *("fleuron.conservation.sheet_words", "fleuron.csl.__main__", "fleuron.csl.suite", "fleuron.epub"),
        *("fleuron.fonts", "fleuron.library", "fleuron.metadata.deposits", "fleuron.metadata.library", "fleuron.paged"),
        *("fleuron.progress.made_files", "fleuron.publish"),
    }
)
# What the build of a format imports besides.
BUILDERS = {
    "exchange": "fleuron.exporting.builder",
    "epub": "fleuron.epub.builder",
    "html": "fleuron.site.builder",
    "pdf": "fleuron.paged.builder",
    "records": "fleuron.library.builder",
}
# What Sphinx, MyST and docutils import only during a build.
IMPORTED_LATE = (
    *("docutils.languages.en", "docutils.parsers.rst.directives.admonitions", "docutils.parsers.rst.languages.en"),
    *("encodings.unicode_escape", "encodings.utf_8_sig", "fleuron.publish.sphinx_process", "jinja2.ext"),
    *("myst_parser.sphinx_ext.directives", "myst_parser.sphinx_ext.main", "myst_parser.sphinx_ext.mathjax"),
    *("myst_parser.sphinx_ext.myst_refs", "packaging.requirements", "sphinx.builders.latex.transforms"),
    *("sphinx.environment.collectors.toctree", "sphinx.ext.mathjax", "sphinx.util.console", "sphinx.versioning"),
    *("sphinxcontrib.bibtex.style.names.last", "sphinxcontrib.bibtex.style.referencing.basic_label"),
    *("sphinxcontrib.bibtex.style.referencing.extra_author", "sphinxcontrib.bibtex.style.referencing.extra_empty"),
    *("sphinxcontrib.bibtex.style.referencing.extra_label", "sphinxcontrib.bibtex.style.referencing.extra_year"),
    *("sphinxcontrib.bibtex.style.referencing.foot", "sphinxcontrib.bibtex.style.referencing.label"),
    "xml.dom.minidom",
)


@cache
def import_early(form: str, extensions: tuple[str, ...]) -> None:
    """Import what the builds of a format import, with a publication's extensions; only once in a process.

    What cannot be imported is reported by the builds, which try it again.
    """
    from sphinx.application import builtin_extensions

    for name in (*builtin_extensions, *IMPORTED_LATE, *common_modules(), BUILDERS[form], *extensions):
        with suppress(Exception):
            import_module(name)
    read_early(form)
    # What was made until now lives to the end: the copies need not search it, and share its memory.
    gc.freeze()


def read_early(form: str) -> None:
    """Read what each build of a format reads of the programs, which are the same for all."""
    from fleuron.publication.language_tags import is_language
    from fleuron.publish.sphinx_process import all_entry_points

    all_entry_points()
    is_language("en")  # reads Babel's names of languages
    if form == "html":
        from fleuron.fonts.letter_marks import all_marks
        from fleuron.site.colophon import tools

        all_marks()
        list(tools())
    if form == "pdf":
        from fleuron.paged.layout.program_versions import binding_programs, layout_programs

        with suppress(OSError):  # Pango is not installed, which the builds report
            layout_programs()
            binding_programs()


def common_modules(package: str = "fleuron") -> Iterator[str]:
    """Yield the names of the modules in a package, and in those in it, that every build imports."""
    for module in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
        if module.name not in NOT_COMMON:
            yield module.name
            yield from common_modules(module.name) if module.ispkg else ()
