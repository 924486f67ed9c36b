"""Write the EPUBs of a journal's issues beside that of the edition, from the documents that are read already."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.util.parallel import SerialTasks

from fleuron.manuscript.records import publication_records
from fleuron.publication.journal.issues import ISSUE_FOLDER

# The folder, in that of the edition's book, in which the book of an issue is unpacked until it is packed.
UNPACKED = ".issue"


def write_issues(app: Sphinx, whole: Epub3Builder, builder_of: Callable[[str, Path], Epub3Builder]) -> None:
    """Write the EPUB of each issue, once the ``whole`` is written.

    Sphinx has one builder for a build, by which documents are resolved; each issue is written by one of its own, which
    ``builder_of`` makes of the issue's name and the folder to unpack the book in.
    """
    folder = Path(whole.outdir, UNPACKED)
    shutil.rmtree(Path(whole.outdir, ISSUE_FOLDER), ignore_errors=True)
    try:
        for issue in sorted(publication_records(whole.env).issues.keys() & whole.env.found_docs):
            folder.mkdir()
            app.builder = builder = builder_of(issue.removeprefix(ISSUE_FOLDER), folder)
            write(builder)
            shutil.rmtree(folder)
    finally:
        app.builder = whole
        shutil.rmtree(folder, ignore_errors=True)


def write(builder: Epub3Builder) -> None:
    """Write a book as Sphinx 9.0 does when it has read all documents."""
    builder.init()
    builder.finish_tasks = SerialTasks()
    documents = set(builder.get_outdated_docs())
    builder.prepare_writing(documents)
    builder.copy_assets()
    builder._write_serial(sorted(documents))
    builder.finish()
    builder.finish_tasks.join()
