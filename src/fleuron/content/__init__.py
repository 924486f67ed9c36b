"""What every format shows of an article: record, addresses, downloads, citation, page numbers, formulas, HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what the formats share; each format calls it by `app.setup_extension`, which does so once."""
    from fleuron.content import contents, mark, mathematics
    from fleuron.content.numbering import document_outlines, figure_numbers
    from fleuron.content.work_records import RECORD_READY

    app.add_event(RECORD_READY)
    mark.setup(app)
    mathematics.setup(app)
    document_outlines.setup(app)
    figure_numbers.setup(app)
    contents.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
