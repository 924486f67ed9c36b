"""Keep which files documents were made from, and find the documents to read again by them, whatever the clock says.

Sphinx 9.0 reads a document again if one of its files is younger than the last reading. A file that was saved after the
clock was set back, or that a version control system or a backup has put back, is older.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from fleuron.atomic_files import write_file
from fleuron.build_results import READ_FILES

# The ends of names of pictures.
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")
# The attribute of Sphinx's environment with the stamps of the files that documents were made from.
STAMPS = "fleuron_file_stamps"


def setup(app: Sphinx) -> None:
    app.connect("env-get-outdated", changed_documents)
    app.connect("env-updated", keep_stamps)
    app.connect("build-finished", write_read_files)


def write_read_files(app: Sphinx, exception: Exception | None) -> None:
    """Write the names of the files that documents depend on, relative to the folder of the sources."""
    if exception is not None:
        return
    source = Path(app.srcdir).resolve()
    names = {str(name) for files in app.env.dependencies.values() for name in files}
    read = sorted({os.path.relpath((source / name).resolve(), source) for name in names})
    text = json.dumps(read)
    path = Path(app.doctreedir, READ_FILES)
    if not path.is_file() or path.read_text("utf-8") != text:
        write_file(path, text)


def files_of(env: BuildEnvironment, document: str) -> Iterator[str]:
    """Yield the source of a document, its translations, also those that do not exist, and what else it depends on."""
    config = env.config
    catalogue = f"{docname_to_domain(document, config.gettext_compact)}.po"
    folder = str(env.srcdir)
    yield f"{folder}/{env.doc2path(document, base=False)}"
    for each in config.locale_dirs:
        yield f"{folder}/{each}/{config.language}/LC_MESSAGES/{catalogue}"
        yield f"{folder}/{each}/{config.language}/{document}.md"
    for name in map(str, env.dependencies.get(document, ())):
        yield path_below(folder, name)
        if name.lower().endswith(PICTURES):
            yield path_below(folder, picture_in_language(env, document, name))


def picture_in_language(env: BuildEnvironment, document: str, name: str) -> str:
    """Return the file that a translator may put beside a picture, as Sphinx looks for it (figure_language_filename)."""
    root, extension = os.path.splitext(name)  # noqa: PTH122, which keeps the folders as they are written
    folder, base = os.path.split(root)
    values = {"root": root, "path": f"{folder}/" if folder else "", "basename": base, "ext": extension}
    place = {"docpath": f"{os.path.dirname(document)}/", "language": env.config.language}  # noqa: PTH120
    return str(env.config.figure_language_filename).format(**values, **place)


@cache
def path_below(folder: str, name: str) -> str:
    """Return the path of a file that is named relative to a folder, or by an absolute path; most are named often."""
    return str(Path(folder, name))


def stamp_of(path: str) -> tuple[int, int] | None:
    """Return the time and the size of a file, or None if there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116, which is several times as fast, for thousands of files
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def changed_documents(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Return the documents of which a file is another than when it was read."""
    before: Mapping[str, object] = getattr(env, STAMPS, {})
    now: dict[str, object] = {}

    def is_other(path: str) -> bool:
        if path not in now:
            now[path] = stamp_of(path)
        return before.get(path, now[path]) != now[path]

    known = (set(env.found_docs) & set(env.all_docs)) - added - changed
    return [document for document in sorted(known) if any(map(is_other, files_of(env, document)))]


def keep_stamps(_app: Sphinx, env: BuildEnvironment) -> None:
    """Record the files that documents were made from, once all are read."""
    paths = {path for document in env.found_docs for path in files_of(env, document)}
    setattr(env, STAMPS, {path: stamp_of(path) for path in sorted(paths)})
