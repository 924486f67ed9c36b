"""Remove files of earlier builds that no source needs any more, since Sphinx 9.0 removes none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.content.downloads import LIBRARY_RECORDS
from fleuron.content.work_records import CITATION_FORMATS
from fleuron.manuscript.records import publication_records
from fleuron.metadata.harvest.linkset import SUFFIX as LINKSET_SUFFIX
from fleuron.publication.document_names import is_article
from fleuron.site.search.page_texts import remove_search_texts

# What lies beside the page of an article, by its ending.
FILES_OF_ARTICLE = (*(f".{suffix}" for suffix in CITATION_FORMATS), ".pdf", f".{LINKSET_SUFFIX}", *LIBRARY_RECORDS)
# The attribute of Sphinx's environment that names the pictures and files that documents have ever had.
COPIED_FILES = "fleuron_copied_files"


def files_of_documents(env: BuildEnvironment) -> set[str]:
    """List the pictures and files that documents show or offer, by their paths below the folder of the pages."""
    pictures = {f"_images/{name}" for documents, name in env.images.values() if documents & env.found_docs}
    files = {f"_downloads/{name}" for documents, name in env.dlfiles.values() if documents & env.found_docs}
    return pictures | files


def remember_files(_app: Sphinx, env: BuildEnvironment) -> None:
    """Remember what documents have: other files in these folders may be those of other extensions."""
    setattr(env, COPIED_FILES, getattr(env, COPIED_FILES, set()) | files_of_documents(env))


def files_of_pages(folder: str, within: str = "") -> Iterator[str]:
    """Yield the files below a folder by their paths there, but for those whose paths begin with an underscore."""
    with os.scandir(f"{folder}/{within}") as entries:
        for entry in entries:
            if not within and entry.name.startswith("_"):
                continue
            if entry.is_dir():
                yield from files_of_pages(folder, f"{within}{entry.name}/")
            else:
                yield f"{within}{entry.name}"


def remove_withdrawn(env: BuildEnvironment, folder: Path, written: Set[str]) -> None:
    """Remove the pages of documents that were removed, and all that belongs to them.

    These are citation records, PDFs, search texts, pictures and files. ``written`` are the pages of this build.
    """
    for file in files_of_pages(str(folder)):
        names = {file.removesuffix(suffix): suffix for suffix in (".html", *FILES_OF_ARTICLE) if file.endswith(suffix)}
        if not names or not names.keys().isdisjoint(env.found_docs):
            continue
        if file.endswith(".html") and file.removesuffix(".html") in written:
            continue
        if file.endswith(".html") or is_article(file):
            (folder / file).unlink()
    remove_search_texts(folder, env.found_docs - publication_records(env).withdrawn)
    for name in getattr(env, COPIED_FILES, set()) - files_of_documents(env):
        (folder / name).unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    app.connect("env-updated", remember_files)
