"""Set all that the pages of a PDF paint in the inks of a printing condition, and find which pages have colours.

Pages, the forms and patterns that they paint, shadings and pictures are each converted once, wherever they are used.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, PdfImage, Stream
from PIL import Image, ImageChops

from fleuron.paged.printing.inks import Inks, is_grey

# What a content stream uses of its resources: /x0 Do, /s0 gs, /p0 scn, /s0 sh; which operator is of which kind.
USED = re.compile(rb"^/(\S+) (Do|gs|scn|SCN|sh)[ \t]*$", re.MULTILINE)
KINDS = {b"Do": "/XObject", b"gs": "/ExtGState", b"scn": "/Pattern", b"SCN": "/Pattern", b"sh": "/Shading"}
DEVICE_GREY, DEVICE_RGB, DEVICE_CMYK = Name.DeviceGray, Name.DeviceRGB, Name.DeviceCMYK


@dataclass(frozen=True)
class Painted:
    """Whether what is painted has colours that are not grey, and whether something shines through it."""

    coloured: bool = False
    transparent: bool = False

    def __or__(self, other: Painted) -> Painted:
        return Painted(self.coloured or other.coloured, self.transparent or other.transparent)


NOTHING = Painted()


class ColourConverter:
    """Converts the colours of a document; ``srgb`` is the stream of the profile that its own colours have."""

    def __init__(self, document: Pdf, inks: Inks, srgb: Object) -> None:
        self.document = document
        self.inks = inks
        self.calibrated = document.make_indirect(Array([Name.ICCBased, srgb]))
        self.known: dict[tuple[int, int], Painted] = {}
        # The groups by whose lightness others are masked.
        self.masks: set[tuple[int, int]] = set()

    def convert_page(self, page: Object) -> Painted:
        """Convert a page, and all that it may paint."""
        resources = page.get("/Resources", Dictionary())
        self.convert_resources(resources)
        contents = page.get("/Contents", Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        painted = NOTHING
        for stream in streams:
            painted |= self.convert_content(stream, resources)
        if painted.transparent:
            space = DEVICE_CMYK if self.inks.has_colours else DEVICE_GREY
            page.Group = Dictionary({"/Type": Name.Group, "/S": Name.Transparency, "/CS": space, "/I": True})
        elif "/Group" in page:
            del page["/Group"]
        return painted

    def convert_resources(self, resources: Object) -> None:
        """Convert what resources offer, painted or not."""
        if resources.is_indirect:
            if resources.objgen in self.known:
                return
            self.known[resources.objgen] = NOTHING
        for state in entries(resources, "/ExtGState"):
            if isinstance(mask := state.get("/SMask"), Dictionary):
                self.masks.add(mask.G.objgen)
        for kind in ("/ExtGState", "/XObject", "/Pattern", "/Shading"):
            for entry in entries(resources, kind):
                self.convert(entry, kind)
        for font in entries(resources, "/Font"):
            if font.get("/Subtype") == Name.Type3:
                self.convert_resources(font.get("/Resources", Dictionary()))
                for glyph in entries(font, "/CharProcs"):
                    self.convert_content(glyph, font.get("/Resources", Dictionary()))

    def convert(self, entry: Object, kind: str) -> Painted:
        """Convert an object that resources offer; return what it paints."""
        key = entry.objgen
        if entry.is_indirect and key in self.known:
            return self.known[key]
        if entry.is_indirect:
            self.known[key] = NOTHING  # of what is within itself
        painted = self.convert_by_kind(entry, kind)
        if entry.is_indirect:
            self.known[key] = painted
        return painted

    def convert_by_kind(self, entry: Object, kind: str) -> Painted:
        if kind == "/ExtGState":
            shines = any(float(entry.get(name, 1)) < 1 for name in ("/ca", "/CA"))
            blends = entry.get("/BM", Name.Normal) != Name.Normal
            mask = entry.get("/SMask")
            masked = self.convert(mask.G, "/XObject") if isinstance(mask, Dictionary) else NOTHING
            return Painted(transparent=shines or blends or masked != NOTHING or isinstance(mask, Dictionary))
        if kind == "/Shading":
            return self.convert_shading(entry)
        if kind == "/Pattern" and "/Shading" in entry:
            return self.convert(entry.Shading, "/Shading")
        if not isinstance(entry, Stream):
            return NOTHING
        if entry.get("/Subtype") == Name.Image:
            return self.convert_picture(entry)
        return self.convert_form(entry)

    def convert_form(self, form: Object) -> Painted:
        """Convert a form or a tiling pattern; its group blends in the colours of the page."""
        resources = form.get("/Resources", Dictionary())
        self.convert_resources(resources)
        painted = self.convert_content(form, resources)
        if (group := form.get("/Group")) is None:
            return painted
        own = Dictionary({key: value for key, value in group.items() if key != "/CS"})
        if form.objgen in self.masks:
            own.CS = DEVICE_GREY
        form.Group = own
        return painted | Painted(transparent=True)

    def convert_content(self, stream: Object, resources: Object) -> Painted:
        """Convert a content stream; return what it paints."""
        content = stream.read_bytes()
        converted, coloured = self.inks.set_in(content)
        if converted != content:
            stream.write(converted)
        painted = Painted(coloured=coloured)
        for name, operator in USED.findall(content):
            kind = KINDS[operator]
            entry = resources.get(kind, Dictionary()).get(f"/{name.decode('latin-1')}")
            if entry is not None:
                painted |= self.convert(entry, kind)
        return painted

    def convert_shading(self, shading: Object) -> Painted:
        """Convert a gradient: the colours of its stops, or its space if its function is of another kind."""
        space = shading.ColorSpace
        if space != DEVICE_RGB and not is_calibrated_rgb(space):
            return NOTHING
        stops = list(stops_of(shading.Function))
        if not stops or any(len(stop) != 3 for stop in stops):
            shading.ColorSpace = self.calibrated
            return Painted(coloured=True)
        coloured = not all(is_grey(stop) for stop in stops)
        of_four = coloured and self.inks.has_colours
        shading.ColorSpace = DEVICE_CMYK if of_four else DEVICE_GREY
        shading.Function = self.converted_function(shading.Function, of_four=of_four)
        if "/Background" in shading:
            del shading["/Background"]
        return Painted(coloured=coloured)

    def converted_function(self, function: Object, *, of_four: bool) -> Dictionary:
        """Return a function of a gradient with its stops in grey, or in four inks."""
        copied = Dictionary(dict(function.items()))
        if function.FunctionType == 3:
            copied.Functions = Array([self.converted_function(each, of_four=of_four) for each in function.Functions])
            return copied
        for key in ("/C0", "/C1"):
            inks = self.inks.of(numbers(function[key]))
            if len(inks) == 1 and of_four:
                inks = (0, 0, 0, 1 - inks[0])
            copied[key] = Array([round(each, 4) for each in inks])
        return copied

    def convert_picture(self, picture: Stream) -> Painted:
        """Give a picture a space of colours: grey if it has none, or if there is only black ink; else as it is."""
        transparent = Painted(transparent="/SMask" in picture)
        space = picture.get("/ColorSpace")
        is_rgb = space == DEVICE_RGB or (space is not None and is_calibrated_rgb(space))
        if not is_rgb and (space != DEVICE_CMYK or self.inks.has_colours):
            return transparent
        try:
            pixels = PdfImage(picture).as_pil_image()
        except (OSError, ValueError, NotImplementedError, PdfError):
            picture.ColorSpace = self.calibrated
            return transparent | Painted(coloured=True)
        coloured = has_colours(pixels)
        if coloured and self.inks.has_colours:
            if is_rgb:
                picture.ColorSpace = self.calibrated
            return transparent | Painted(coloured=True)
        write_grey(picture, pixels)
        return transparent | Painted(coloured=coloured)


def entries(resources: Object, kind: str) -> Iterator[Object]:
    """Yield the objects of a kind in a dictionary of resources."""
    offered = resources.get(kind, Dictionary())
    yield from (offered[key] for key in sorted(offered.keys()))


def is_calibrated_rgb(space: Object) -> bool:
    """Return whether a space of colours has three components by an ICC profile."""
    return isinstance(space, Array) and len(space) == 2 and space[0] == Name.ICCBased and space[1].get("/N") == 3


def stops_of(function: Object) -> Iterator[Sequence[float]]:
    """Yield the colours of a gradient; an empty one stands for a function of another kind."""
    kind = function.get("/FunctionType") if isinstance(function, Dictionary) else None
    if kind == 3:
        for each in function.Functions:
            yield from stops_of(each)
    elif kind == 2:
        yield from (numbers(function[key]) if key in function else () for key in ("/C0", "/C1"))
    else:
        yield ()


def numbers(array: Object) -> tuple[float, ...]:
    return tuple(float(each) for each in array)


def has_colours(pixels: Image.Image) -> bool:
    """Return whether a picture in RGB or CMYK has a pixel that is not grey."""
    red, green, blue = pixels.convert("RGB").split()
    return any(ImageChops.difference(red, other).getbbox() for other in (green, blue))


def write_grey(picture: Object, pixels: Image.Image) -> None:
    """Write a picture as one of greys, without loss."""
    grey = pixels.convert("RGB").convert("L") if has_colours(pixels) else pixels.convert("RGB").getchannel(0)
    file = BytesIO()
    grey.save(file, "PNG")
    parameters = Dictionary(Predictor=15, Colors=1, BitsPerComponent=8, Columns=grey.width)
    picture.write(b"".join(data_chunks(file.getvalue())), filter=Name.FlateDecode, decode_parms=parameters)
    picture.ColorSpace, picture.BitsPerComponent = DEVICE_GREY, 8
    for key in ("/Decode", "/Intent"):
        if key in picture:
            del picture[key]


def data_chunks(png: bytes) -> Iterator[bytes]:
    """Yield the compressed pixels of a PNG, which a PDF stores in the same way (ISO 32000-1, 7.4.4.4)."""
    place = 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            yield png[place + 8 : place + 8 + length]
        place += length + 12
