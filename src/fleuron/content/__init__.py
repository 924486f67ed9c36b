"""What every format shows of an article: record, addresses, downloads, citation, page numbers, formulas, HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fleuron.adopted import set_up_for_publications

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what the formats share; each format calls it by `app.setup_extension`, which does so once."""
    from fleuron.content import mark, mathematics
    from fleuron.content.numbering import figure_numbers
    from fleuron.content.work_records import RECORD_READY

    app.add_event(RECORD_READY)
    mark.setup(app)
    mathematics.setup(app)
    figure_numbers.setup(app)
    set_up_for_publications(app, "fleuron.content.numbering.document_outlines", "fleuron.content.contents")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
