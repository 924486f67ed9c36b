"""Give pages their trim, bleed and crop marks (ISO 32000-1, 14.11.2), and a volume an even number of pages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from fleuron.look.print_settings import PrintSettings

POINT = 25.4 / 72
# Crop marks: how far they stand from the trim at least, how long they are, the paper beyond them, in millimetres; and
# how thick they are, in points.
DISTANCE, LENGTH, BEYOND = 3.0, 5.0, 1.0
THICKNESS = 0.25


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, by: float) -> Box:
        """Return the rectangle with so much more on each side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def array(self) -> Array:
        return Array([Decimal(number(each)) for each in (self.left, self.bottom, self.right, self.top)])


def number(value: float) -> str:
    """Write a number of points, as exactly as the pages have them."""
    return f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")


def box_of(page: Object, key: str) -> Box:
    """Return one of the boxes of a page."""
    left, bottom, right, top = (float(each) for each in page[key])
    return Box(left, bottom, right, top)


def trimmed(page: Object, settings: PrintSettings) -> Box:
    """Return the trim of a page: the laid-out page, or a box of the given size in the middle of it."""
    own = box_of(page, "/TrimBox" if "/TrimBox" in page else "/MediaBox")
    if settings.trim is None:
        return own
    width, height = (length / POINT for length in settings.trim)
    left = (own.left + own.right - width) / 2
    bottom = (own.bottom + own.top - height) / 2
    return Box(left, bottom, left + width, bottom + height)


def set_boxes(document: Pdf, page: Object, settings: PrintSettings, registration: Object | None) -> None:
    """Set the boxes of a page, whose origin stays where it is; ``registration`` is the colour of its crop marks."""
    trim = trimmed(page, settings)
    bleed = trim.grown(settings.bleed / POINT)
    distance = max(settings.bleed, DISTANCE) / POINT
    media = bleed if registration is None else trim.grown(distance + (LENGTH + BEYOND) / POINT)
    for key in ("/CropBox", "/ArtBox"):
        if key in page:
            del page[key]
    page.TrimBox, page.BleedBox, page.MediaBox = trim.array(), bleed.array(), media.array()
    if registration is not None:
        add_marks(document, page, trim, bleed, distance, registration)


def add_marks(document: Pdf, page: Object, trim: Box, bleed: Box, distance: float, registration: Object) -> None:
    """Draw crop marks beside a page, and keep what is on it within the bleed."""
    clip = " ".join(
        number(each) for each in (bleed.left, bleed.bottom, bleed.right - bleed.left, bleed.top - bleed.bottom)
    )
    lines = "\n".join(
        f"{number(x1)} {number(y1)} m {number(x2)} {number(y2)} l" for x1, y1, x2, y2 in mark_lines(trim, distance)
    )
    before = Stream(document, f"q\n{clip} re\nW n\n".encode())
    after = Stream(document, f"\nQ\nq\n/Registration CS\n1 SCN\n{THICKNESS} w\n{lines}\nS\nQ\n".encode())
    contents = page.get("/Contents", Array())
    own = list(contents) if isinstance(contents, Array) else [contents]
    page.Contents = Array([document.make_indirect(before), *own, document.make_indirect(after)])
    # A dictionary of its own: other pages may share it.
    resources = Dictionary(dict(page.Resources.items()))
    spaces = resources.get("/ColorSpace", Dictionary())
    resources.ColorSpace = Dictionary({**dict(spaces.items()), "/Registration": registration})
    page.Resources = resources


def mark_lines(trim: Box, distance: float) -> list[tuple[float, float, float, float]]:
    """Return the lines of the crop marks, two at each corner of the trim."""
    far = distance + LENGTH / POINT
    lines = []
    for x, away in ((trim.left, -1), (trim.right, 1)):
        for y, up in ((trim.bottom, -1), (trim.top, 1)):
            lines.append((x + away * distance, y, x + away * far, y))
            lines.append((x, y + up * distance, x, y + up * far))
    return lines


def registration_colour(document: Pdf) -> Object:
    """Return the colour that is printed in all inks (ISO 32000-1, 8.6.6.4)."""
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)
    return document.make_indirect(Array([Name.Separation, Name.All, Name.DeviceGray, function]))


def make_even(document: Pdf) -> None:
    """Add a blank page to a volume of an odd number of pages: a leaf has two."""
    if len(document.pages) % 2:
        last = document.pages[-1].obj
        boxes = {key: Array(list(last[key])) for key in ("/MediaBox", "/TrimBox", "/BleedBox") if key in last}
        document.pages.append(pikepdf.Page(Dictionary({"/Type": Name.Page, "/Resources": Dictionary(), **boxes})))
