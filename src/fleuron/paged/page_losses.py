"""Report what is missing from pages: pictures, glyphs, targets of links, or whole texts that cannot be laid out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sphinx.util import logging

from fleuron.paged.layout.units import UNKNOWN_PICTURE, UNREADABLE_PICTURE
from fleuron.reporting import has_errors

logger = logging.getLogger(__name__)


def report_losses_of_pages(losses: Mapping[str, Sequence[str]], documents_of: Callable[[str], Sequence[str]]) -> None:
    """Report each loss once for each document; ``losses`` are by units, and a unit may have several documents."""
    found: dict[tuple[str | None, str], None] = {}
    for unit, reasons in losses.items():
        documents = documents_of(unit)
        found |= {(documents[0] if len(documents) == 1 else None, reason): None for reason in reasons}
    for document, loss in found:
        # A picture that is missing, damaged, or may not be read has an error already.
        if not (has_errors() and any(reason in loss for reason in (UNKNOWN_PICTURE, UNREADABLE_PICTURE))):
            logger.error("a PDF would lack something: %s", loss, type="fleuron", subtype="loss", location=document)
