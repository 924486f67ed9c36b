"""Makes a file PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once.

WeasyPrint 70 knows one variant for each file (its issue 2783), so it is asked for none, and what
both want is written here.
"""

from __future__ import annotations

import datetime
from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
from weasyprint.css import ColorProfile

from fleuron.paged.book_parts import Book
from fleuron.paged.xmp import packet

PRINTED = 1 << 2  # the annotation flag that a link has to carry in PDF/A-3 (6.3.2)


def colours() -> dict[str, ColorProfile]:
    """Return the profile of the output intent, by the name that WeasyPrint has for it.

    WeasyPrint 70 reads the same file, which it brings, but leaves it open.
    """
    content = files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
    components = (["r"], ["g"], ["b"])
    return {"srgb": ColorProfile(BytesIO(content), "sRGB2014.icc", "relative-colorimetric", components)}


def conform(pdf: Any, metadata: Any) -> None:
    """Make a finished but unwritten file conform; ``metadata`` is what WeasyPrint read in the sheet's head."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Dictionary) and each.get("Type") == "/Annot":
            each["F"] = PRINTED
        elif isinstance(each, pydyf.Stream) and "Interpolate" in each.extra:
            each.extra["Interpolate"] = "false"  # 6.2.8
    for intent in pdf.catalog["OutputIntents"]:
        intent["S"] = "/GTS_PDFA1"
    # Not compressed: a reader that knows no PDF is to find it (6.6.2.1).
    stream = pydyf.Stream([packet(described(metadata))], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def described(metadata: Any) -> Book:
    """Return what the head of a sheet says of it."""
    return Book(
        title=metadata.title or "",
        language=metadata.lang or "",
        authors=tuple(metadata.authors),
        subject=metadata.description or "",
        keywords=tuple(metadata.keywords),
        created=moment(metadata.created),
        modified=moment(metadata.modified),
    )


def moment(written: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(written) if written else None
