"""Read documents on the Dask cluster that conf.py names, and put together what its workers have read.

It is done as Sphinx's own reading in parallel: each worker reads some documents into an environment, and what that has
of these is merged into that of the build. They are merged in the order in which one process reads, so that messages
have that order too. What the cluster cannot read, this process does.
"""

from __future__ import annotations

import pickle
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from fleuron.cluster.connection import NoCluster, connect, number_of_threads, send_once
from fleuron.cluster.reading_settings import settings_of
from fleuron.cluster.reading_task import DocumentsRead, NotRead, read_on_worker, stamp

logger = logging.getLogger(__name__)

# Fewer documents are read here: to start a process takes as long as to read these.
FEWEST_DOCUMENTS = 32
# How many documents a process reads: so many that its start is a small part of its work, and so few that what it
# returns fits in memory many times.
LEAST_AT_ONCE, MOST_AT_ONCE = 16, 250


def parts_of(documents: Sequence[str], threads: int) -> list[Sequence[str]]:
    """Divide documents into parts for the threads of a cluster, in their order."""
    number = min(max(-(-len(documents) // threads), LEAST_AT_ONCE), MOST_AT_ONCE)
    return [documents[start : start + number] for start in range(0, len(documents), number)]


def names_again(env: BuildEnvironment, other: BuildEnvironment) -> bool:
    """Return whether documents that a worker has read name something that others have named: a label, an equation.

    Sphinx 9.0 warns of it when it reads the second document, and takes the latter's name when it merges.
    """
    for name, data in other.domaindata.items():
        for kind, found in data.items():
            known = env.domaindata.get(name, {}).get(kind)
            if isinstance(found, dict) and isinstance(known, dict):
                both = found.keys() & known.keys()
                if any(isinstance(found[key], tuple) and found[key] != known[key] for key in both):
                    return True
    return False


class ClusterReader:
    """Takes the reading of documents from Sphinx, where it is the cluster's."""

    def __init__(self) -> None:
        self.documents: list[str] = []

    def read(self, app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
        """Read documents on the cluster, if there are enough of them; leave Sphinx none (an event handler)."""
        if not is_for_cluster(app, documents):
            return
        for document in documents:
            app.events.emit("env-purge-doc", env, document)
            env.clear_doc(document)
        try:
            problems = list(dict.fromkeys(read_all(app, documents)))
        except NoCluster as problem:
            raise SystemExit(f"fleuron: {problem}") from problem
        if problems:
            print(f"fleuron: not all texts are read on the Dask cluster, because {problems[0]}", file=sys.stderr)
        self.documents = list(documents)
        documents.clear()

    def documents_read(self, _app: Sphinx, _env: BuildEnvironment) -> list[str]:
        """Name the documents that were read, which are to be written (an event handler)."""
        return self.documents


def is_for_cluster(app: Sphinx, documents: Sequence[str]) -> bool:
    """Return whether the cluster reads these documents: conf.py names one, and no extension forbids it."""
    return (
        app.config.fleuron_pdf_executor == "dask"
        and len(documents) >= FEWEST_DOCUMENTS
        and all(extension.parallel_read_safe for extension in app.extensions.values())
    )


def read_all(app: Sphinx, documents: Sequence[str]) -> Iterator[str]:
    """Read documents on the cluster, in their order; yield why it did not read some. Raises NoCluster."""
    settings = pickle.dumps(settings_of(app))
    client = connect(app.config.fleuron_pdf_scheduler)
    try:
        threads = number_of_threads(client)
        sent = send_once(client, f"fleuron-reading-{time.time_ns()}", bytes, settings)

        def submit(part: Sequence[str]) -> tuple[Sequence[str], int, Any]:
            paths = [Path(app.confdir, "conf.py"), *(Path(app.env.doc2path(document)) for document in part)]
            stamps = {path: stamp(path) for path in paths}
            return part, time.time_ns() // 1000, client.submit(read_on_worker, sent, part, stamps, pure=False)

        for part, started, future in ahead(map(submit, parts_of(documents, threads)), 2 * threads):
            result = result_of(future)
            if isinstance(result, NotRead):
                yield result.reason
                result = DocumentsRead(b"")
            merge(app, part, result, started)
    finally:
        client.close()


def ahead(submitted: Iterable[Any], number: int) -> Iterator[Any]:
    """Yield what is submitted in its order, while so many more are being computed: their results are kept in memory."""
    waiting: deque[Any] = deque()
    for task in submitted:
        waiting.append(task)
        if len(waiting) > number:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def result_of(future: Any) -> DocumentsRead | NotRead:
    """Wait for what a worker returns; what went wrong there, such as workers that die, is a reason not to have it."""
    try:
        answer = future.result()
        result: DocumentsRead | NotRead = pickle.loads(answer) if isinstance(answer, bytes) else answer
    except Exception as error:  # of any kind, those of Dask among them
        return NotRead(f"of {type(error).__name__}: {' '.join(str(error).split())[:200]}")
    return result


def merge(app: Sphinx, documents: Sequence[str], result: DocumentsRead, started: int) -> None:
    """Add documents that a worker has read to the environment, from a time in microseconds on; read others here."""
    env = app.env
    other = pickle.loads(result.environment) if result.doctrees else None
    if other is None or names_again(env, other):
        read_here(app, documents)
        return
    for is_read, group in groupby(documents, result.doctrees.__contains__):
        names = list(group)
        if not is_read:
            read_here(app, names)
            continue
        for name in names:
            path = Path(app.doctreedir, f"{name}.doctree")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(result.doctrees[name])
            for record in result.messages[name]:
                logger.handle(record)
        env.merge_info_from(names, other, app)
        for name in names:
            # Not by the worker's clock, with which Sphinx would compare the time of the file.
            env.all_docs[name] = min(env.all_docs[name], started)


def read_here(app: Sphinx, documents: Iterable[str]) -> None:
    for document in documents:
        app.builder.read_doc(document)


def setup(app: Sphinx) -> None:
    reader = ClusterReader()
    # After what is left out of the list, and before what is made of all documents.
    app.connect("env-before-read-docs", reader.read, priority=900)
    app.connect("env-updated", reader.documents_read, priority=0)
