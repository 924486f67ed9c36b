"""Compile catalogues (.po files) beside their sources, for texts in reStructuredText, which Sphinx itself translates.

In place of Sphinx 9.0, which empties the file before it writes it, so that an interrupted build leaves a torn one that
counts as new; which compares times by which is later; and which ends at a folder that cannot be written to.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sphinx.application import Sphinx
from sphinx.util.i18n import CatalogRepository

from fleuron.atomic_files import write_shared_file
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.catalogue_checks import is_valid
from fleuron.reporting import report

READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def compile_catalogues(app: Sphinx, *_chosen: object) -> None:
    """Compile the catalogues of this edition that have changed and can be read; what is wrong with others is reported.

    Where the folder cannot be written to, that is reported if a text needs a compiled catalogue.
    """
    if not app.config.gettext_auto_build:
        return
    for path in catalogues_to_compile(app):
        try:
            compile_catalogue(path, app.config.language, use_fuzzy=app.config.gettext_allow_fuzzy_translations)
        except OSError as error:
            if error.errno not in READ_ONLY:
                raise
            if any(Path(app.srcdir).rglob("*.rst")):
                values = {"name": path.with_suffix(".mo").name, "problem": error.strerror}
                report(Finding(Diagnostic.UNREADABLE_FILE, 1, values), path)


def catalogues_to_compile(app: Sphinx) -> Iterator[Path]:
    """Yield the catalogues whose compiled files are not of the same time."""
    config = app.config
    folders = CatalogRepository(app.srcdir, config.locale_dirs, config.language, config.source_encoding)
    for path in sorted(Path(catalogue.po_path) for catalogue in folders.catalogs):
        compiled = path.with_suffix(".mo")
        is_current = path.exists() and compiled.is_file() and compiled.stat().st_mtime_ns == path.stat().st_mtime_ns
        if not is_current and is_valid(path):
            yield path


def compile_catalogue(path: Path, language: str, *, use_fuzzy: bool) -> None:
    """Write the compiled file of a catalogue, with its time."""
    before, compiled = path.stat(), BytesIO()
    with path.open(encoding="utf-8-sig") as stream:
        write_mo(compiled, read_po(stream, language), use_fuzzy)
    target = path.with_suffix(".mo")
    write_shared_file(target, compiled.getvalue())
    os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace_compiler(app: Sphinx) -> None:
    """Let the builder compile catalogues in this way (an event handler)."""
    for name in ("compile_all_catalogs", "compile_update_catalogs", "compile_specific_catalogs"):
        setattr(app.builder, name, partial(compile_catalogues, app))


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", replace_compiler)
