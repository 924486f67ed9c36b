"""Stand in for the builder `pdf` if ``fleuron[pdf]`` is not installed: name the extra and end the build."""

from __future__ import annotations

from sphinx.builders import Builder

from fleuron.extras import require_extra


class UnavailablePdfBuilder(Builder):
    """End a build of PDFs with one message."""

    name = "pdf"

    def init(self) -> None:
        require_extra("pdf", "to publish PDFs")
