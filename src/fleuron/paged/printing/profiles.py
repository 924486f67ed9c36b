"""Read the ICC profile of a printing condition, or make that of black ink alone (ICC.1:2001-04)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import ImageCms

# Kinds of colour by their signatures in the header of a profile, and the number of their components.
COMPONENTS = {b"GRAY": 1, b"CMYK": 4}
OUTPUT_DEVICE = b"prtr"
# About the dot gain of offset on uncoated paper.
GAMMA = 2.2
BLACK = "Black ink, gamma 2.2"


class ProfileError(ValueError):
    """Raised for a file that is not a profile of a printing condition, with the reason."""


@dataclass(frozen=True)
class OutputProfile:
    """A profile of a printing condition: its bytes, its name, and how many inks it has: 1 or 4."""

    content: bytes
    name: str
    components: int


def read_profile(path: Path) -> OutputProfile:
    """Read a profile of a printing condition with black ink, or with four inks; raises ProfileError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ProfileError(f"cannot be read: {error.strerror}") from error
    if len(content) < 128 or content[36:40] != b"acsp":
        raise ProfileError("is not an ICC profile")
    if content[12:16] != OUTPUT_DEVICE or content[16:20] not in COMPONENTS:
        raise ProfileError(
            "is not the profile of a printing condition in CMYK or grey (PDF/X-4 needs one of the class “prtr”)"
        )
    if int.from_bytes(content[:4], "big") != len(content):
        raise ProfileError("is damaged: its length is not what it says")
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(content))).strip()
        profile = OutputProfile(content, name or path.stem, COMPONENTS[content[16:20]])
        if profile.components > 1:
            transform_to(profile)
    except (OSError, ImageCms.PyCMSError) as error:
        raise ProfileError("is damaged") from error
    return profile


def transform_to(profile: OutputProfile) -> ImageCms.ImageCmsTransform:
    """Return the conversion of sRGB to a printing condition: colours as measured, the darkest to the darkest."""
    return ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(BytesIO(profile.content)),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def black_profile() -> OutputProfile:
    """Make the profile of black ink on white paper, with the four tags that it must have (6.3.3.1)."""
    tags = {
        b"desc": description(BLACK),
        b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
        b"wtpt": b"XYZ " + bytes(4) + D50,
        b"kTRC": b"curv" + bytes(4) + struct.pack(">IH", 1, round(GAMMA * 256)),
    }
    table, data = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for signature, tag in tags.items():
        table += signature + struct.pack(">II", start + len(data), len(tag))
        data += tag + bytes(-len(tag) % 4)
    content = header(start + len(data)) + table + data
    return OutputProfile(content, BLACK, 1)


# The white of the connection space (7.2.16), as three numbers of 16 bits before and after the point.
D50 = struct.pack(">3i", *(round(value * 65536) for value in (0.9642, 1.0, 0.8249)))


def header(size: int) -> bytes:
    """Return the header of a profile of version 2.4, without a date of the clock."""
    date = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    signatures = bytes(4) + struct.pack(">I", 0x02400000) + OUTPUT_DEVICE + b"GRAY" + b"XYZ "
    return struct.pack(">I", size) + signatures + date + b"acsp" + bytes(28) + D50 + bytes(48)


def description(text: str) -> bytes:
    """Return a name as a tag of the type textDescriptionType, without other scripts (6.5.17)."""
    ascii_text = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(ascii_text)) + ascii_text + bytes(4 + 4 + 2 + 1 + 67)
