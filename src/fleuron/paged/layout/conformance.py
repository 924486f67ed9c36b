"""Make a laid-out PDF conform to PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at the same time.

WeasyPrint 70 can make a file conform to only one of them (its issue 2783), so it writes a plain PDF, and what
both require is added here.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
from weasyprint.css import ColorProfile

from fleuron.paged.binding.bound_document import BoundDocument
from fleuron.paged.binding.xmp_metadata import packet

PRINT = 1 << 2  # the annotation flag that PDF/A-3 requires of a link (6.3.2)


def colour_profiles() -> dict[str, ColorProfile]:
    """Return the colour profile of the output intent, by the name that WeasyPrint has for it.

    WeasyPrint 70 reads the same file, which comes with it, but leaves it open.
    """
    content = files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
    components = (["r"], ["g"], ["b"])
    return {"srgb": ColorProfile(BytesIO(content), "sRGB2014.icc", "relative-colorimetric", components)}


def make_conform(pdf: Any, metadata: Any, *, is_accessible: bool = True) -> None:
    """Make a finished but unwritten file conform; ``metadata`` is what WeasyPrint read in the sheet's head.

    A file in which a picture has no alternative text claims no PDF/UA-1: it is not ``is_accessible``.
    """
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Dictionary) and entry.get("Type") == "/Annot":
            entry["F"] = PRINT
        elif isinstance(entry, pydyf.Stream) and "Interpolate" in entry.extra:
            entry.extra["Interpolate"] = "false"  # 6.2.8
    for intent in pdf.catalog["OutputIntents"]:
        intent["S"] = "/GTS_PDFA1"
    # Not compressed, so that programs that cannot read PDF find it (6.6.2.1).
    stream = pydyf.Stream(
        [packet(replace(description_of(metadata), is_accessible=is_accessible))],
        {"Type": "/Metadata", "Subtype": "/XML"},
    )
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def description_of(metadata: Any) -> BoundDocument:
    """Return the metadata in the head of a sheet."""
    return BoundDocument(
        title=metadata.title or "",
        language=metadata.lang or "",
        authors=tuple(metadata.authors),
        subject=metadata.description or "",
        keywords=tuple(metadata.keywords),
        created=parsed_date(metadata.created),
        modified=parsed_date(metadata.modified),
    )


def parsed_date(written: str | None) -> datetime.datetime | None:
    """Read a date as HTML has it (ISO 8601)."""
    return datetime.datetime.fromisoformat(written) if written else None
