"""Make the PDFs of an edition: the volume, and each article's offprint.

- ``sheets`` turns documents into sheets of HTML: fragments, indexes, front matter, templates and style.
- ``layout`` lays out each sheet with WeasyPrint as tagged pages; only its modules import WeasyPrint.
- ``binding`` joins pages into volumes and offprints: bookmarks, links, structure tree, folios, metadata.
- ``printing`` makes files for printers of volumes.
- ``run`` does all this for an edition: which sheets to lay out when, by which processes, and the cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the builder; `extensions = ["fleuron.paged"]` alone gives any project PDFs.

    All is imported here, because the processes that lay out pages need none of it, and the layout cache depends on
    what they import.

    The event ``fleuron-sheet-composed`` is emitted for each sheet before layout, with ``(app, docname, sheet)``.
    ``docname`` is the article's, both for its own sheet and for the title sheet of its offprint, or the root
    document's for front matter and back sections; ``sheet`` is the HTML tree (`lxml.html.HtmlElement`), which
    a listener may inspect or change in place. The event is emitted again when a sheet is composed anew because folios
    in it have changed, so listeners must do the same each time.
    """
    from fleuron.config import OPTIONS, add_options
    from fleuron.deferred_builders import add_deferred_builder
    from fleuron.extras import missing_packages
    from fleuron.manuscript import records

    add_options(app, [option.name for option in OPTIONS])
    records.setup(app)
    app.setup_extension("fleuron.notes")
    app.setup_extension("fleuron.content")
    app.add_event("fleuron-sheet-composed")
    if missing_packages("pdf"):
        from fleuron.paged.unavailable import UnavailablePdfBuilder

        app.add_builder(UnavailablePdfBuilder)
        return {"parallel_read_safe": True, "parallel_write_safe": True}
    add_deferred_builder(app, "pdf", "fleuron.paged.builder", "PdfBuilder")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
