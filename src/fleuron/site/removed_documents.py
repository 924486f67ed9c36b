"""What an earlier build has left in its folder and no source asks for any more; Sphinx 9.0 removes none of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.content.work_records import RECORDS
from fleuron.publication.document_names import is_article
from fleuron.site.search.page_texts import remove_search_texts

if TYPE_CHECKING:
    from fleuron.site.builder import SiteBuilder

# The attribute of Sphinx's environment that names the pictures and files that texts have ever had.
LAID = "fleuron_laid"


def files_of_texts(env: BuildEnvironment) -> set[str]:
    """List the pictures and files that texts show or offer, by their ways from the folder of the pages."""
    pictures = {f"_images/{name}" for _, name in env.images.values()}
    return pictures | {f"_downloads/{name}" for _, name in env.dlfiles.values()}


def take_note(_app: Sphinx, env: BuildEnvironment) -> None:
    # Not all that lies in these folders: extensions put drawings of their own there.
    setattr(env, LAID, getattr(env, LAID, set()) | files_of_texts(env))


def remove_withdrawn(builder: SiteBuilder) -> None:
    """Remove the pages of documents that are no more, with their records, pictures and files."""
    env, folder = builder.env, Path(builder.outdir)
    for path in sorted(folder.rglob("*")):
        name, ending = path.relative_to(folder).with_suffix("").as_posix(), path.suffix.removeprefix(".")
        if name.startswith("_") or name in env.found_docs:
            continue
        if (ending == "html" and name not in builder.written) or (ending in RECORDS and is_article(name)):
            path.unlink()
    remove_search_texts(folder, env.found_docs)
    for name in getattr(env, LAID, set()) - files_of_texts(env):
        (folder / name).unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    app.connect("env-updated", take_note)
