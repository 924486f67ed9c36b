"""Read documents with an application of Sphinx of one's own: ``python -m fleuron.cluster.reading_process FOLDER``.

The folder has the file ``request``, and gets the file ``result``.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from fleuron.cluster.reading_settings import ReadingSettings, difference, domain_data, use_variables
from fleuron.cluster.reading_task import DocumentsRead, NotRead
from fleuron.reporting import collected_messages
from fleuron.sphinx_versions import begin_reading

# New objects between two garbage collections: documents live to the end.
COLLECTION_THRESHOLD = 100_000


def application(settings: ReadingSettings, folder: Path) -> Sphinx:
    """Make an application that reads as the one that asks does, and knows the errors that were reported there."""
    app = Sphinx(
        settings.source,
        settings.configuration,
        folder / "output-folder",
        folder / "doctrees",
        settings.builder,
        dict(settings.overrides),
        status=None,
        warning=None,
        freshenv=True,
        warningiserror=settings.fails_on_warnings,
        tags=settings.tags,
    )
    if messages := collected_messages():
        messages.errors |= settings.errors
        messages.places |= settings.places
    domain_data(app).update(settings.found_before)
    begin_reading(app)
    return app


def read(settings: ReadingSettings, documents: Sequence[str], folder: Path) -> DocumentsRead | NotRead:
    """Read documents; their messages are not shown, but returned."""
    use_variables(settings.variables)
    app = application(settings, folder)
    if problem := difference(app, settings):
        return NotRead(problem)
    doctrees, messages = {}, {}
    for document in documents:
        app.env.clear_doc(document)  # by which some domains make the tables that others merge
        with logging.pending_warnings() as pending:
            app.builder.read_doc(document, _cache=False)
            records = pending.clear()  # type: ignore[attr-defined]  # it is a MemoryHandler
        logging.convert_serializable(records)
        path = Path(app.doctreedir, f"{document}.doctree")
        if path.is_file():
            messages[document], doctrees[document] = records, path.read_bytes()
            path.unlink()
    return DocumentsRead(pickle.dumps(app.env, pickle.HIGHEST_PROTOCOL), doctrees, messages)


def end_with_worker() -> None:
    """End this process when the worker that started it has been killed, and nobody waits for the documents."""
    os.read(0, 1)  # not through a buffer, whose lock Python wants at its end
    os._exit(1)


def main(folder: Path) -> None:
    """Read what the file ``request`` asks for, and write the file ``result``."""
    threading.Thread(target=end_with_worker, daemon=True).start()
    gc.set_threshold(COLLECTION_THRESHOLD)
    settings, documents = pickle.loads(folder.joinpath("request").read_bytes())
    result = read(pickle.loads(settings), documents, folder)
    folder.joinpath("result").write_bytes(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
