"""Calculate the contrast of colours, by which text can be read (WCAG 2.2)."""

from __future__ import annotations

# The papers of light and dark pages by the accent that stands on them, and the least contrast of text (1.4.3).
PAPERS = {"accent": "#fffdf8", "accent-dark": "#171614"}
LEAST_CONTRAST = 4.5
# The accent of light pages, if the publication names none.
ACCENT = "#8a2b1c"
# How much nearer to white a colour is made at once.
STEP = 0.05


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    darker, lighter = sorted(map(luminance, (colour, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour that is written ``#rrggbb``, from 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightened(colour: str) -> str:
    """Return a colour as near to this one as can be read on the paper of dark pages."""
    share = 0.0
    lighter = colour
    while contrast(lighter, PAPERS["accent-dark"]) < LEAST_CONTRAST:
        share += STEP
        parts = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
        lighter = "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)
    return lighter
