"""Read and write each document by itself, so that an exception in one is reported there, and the others go on."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging

from fleuron.exception_findings import finding_of_exception, original, place_of_exception
from fleuron.reporting import documents_with_errors, report, stop_build
from fleuron.system_faults import stops_builds

logger = logging.getLogger(__name__)


def report_exception(app: Sphinx, error: Exception, document: str, line: int = 0) -> None:
    """Report an exception in a document at ``line``, or where it is known to be.

    Where an error in the document has been reported, the exception may be its consequence, and is left to the next
    build.
    """
    logger.verbose("%s", "".join(traceback.format_exception(error)))
    if document in documents_with_errors(app.env):
        return
    source = str(app.env.doc2path(document))
    path, found = place_of_exception(error) or (source, 1)
    if line or not Path(path).is_file():
        path = source
    report(finding_of_exception(error, line or found, app.extensions), path)


def raise_if_meant(error: Exception) -> None:
    """Raise again what ends a build with a message: Sphinx's own errors, a full disk, and the like."""
    if (isinstance(error, SphinxError) and original(error) is error) or stops_builds(original(error)):
        raise error


def doctree_file(app: Sphinx, document: str) -> Path:
    return Path(app.doctreedir, f"{document}.doctree")


class DocumentGuard:
    """Stands between Sphinx and the methods of its builder that read and write one document."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.failed: set[str] = set()

    def guard_reading(self, app: Sphinx) -> None:
        """Let the builder read documents through this guard (an event handler)."""
        builder = app.builder
        read = builder.read_doc

        def read_guarded(docname: str, **options: Any) -> None:
            try:
                read(docname, **options)
            except Exception as error:
                raise_if_meant(error)
                report_exception(app, error, docname)
                app.env.all_docs[docname] = 0  # which Sphinx expects of every document
                doctree_file(app, docname).unlink(missing_ok=True)

        builder.read_doc = read_guarded  # type: ignore[misc, method-assign]

    def stop_if_unread(self, app: Sphinx, env: BuildEnvironment) -> None:
        """End the build before what is made of all documents, if one of them could not be read (an event handler)."""
        if not all(doctree_file(app, document).is_file() for document in env.found_docs):
            stop_build(app, is_written=False)

    def guard_writing(self, app: Sphinx, builder: Builder) -> None:
        """Let the builder write documents through this guard (an event handler).

        Sphinx does not keep its environment after this, which could not be pickled with a guard.
        """
        resolve = app.env.get_and_resolve_doctree

        def resolve_guarded(docname: str, *arguments: Any, **options: Any) -> nodes.document:
            try:
                return resolve(docname, *arguments, **options)
            except Exception as error:
                self.fail(docname, error)
                return new_document(str(app.env.doc2path(docname)))

        app.env.get_and_resolve_doctree = resolve_guarded  # type: ignore[method-assign]
        builder.write_doc_serialized = self.guarded(builder.write_doc_serialized)  # type: ignore[method-assign, assignment]
        builder.write_doc = self.guarded(builder.write_doc)  # type: ignore[method-assign, assignment]

    def guarded(self, write: Callable[[str, nodes.document], None]) -> Callable[[str, nodes.document], None]:
        """Return a method that writes a document as ``write`` does, unless that has failed before."""

        def write_guarded(docname: str, doctree: nodes.document) -> None:
            if docname not in self.failed:
                try:
                    write(docname, doctree)
                except Exception as error:
                    self.fail(docname, error)

        return write_guarded

    def fail(self, document: str, error: Exception) -> None:
        """Report the exception by which a document is not written."""
        raise_if_meant(error)
        self.failed.add(document)
        report_exception(self.app, error, document)


def setup(app: Sphinx) -> None:
    guard = DocumentGuard(app)
    app.connect("builder-inited", guard.guard_reading)
    app.connect("env-updated", guard.stop_if_unread, priority=1)
    app.connect("write-started", guard.guard_writing)
