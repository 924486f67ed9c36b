"""Find where a PDF does not conform to PDF/X-4 (ISO 15930-7), by its parsed objects and content streams.

What is checked are the requirements that pages of WeasyPrint's can fail: no program that is free judges PDF/X-4.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}
PROPERTIES = (
    *("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"),
    *("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"),
)
# Entries of the catalog that act, or that hold other files.
ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/AF", "/Threads")
# From the innermost outwards.
BOXES = ("/TrimBox", "/BleedBox", "/CropBox", "/MediaBox")
OPERATORS = "rg RG k K cs CS scn SCN ri"
CLOSE = 0.01


def faults_of(content: bytes) -> list[str]:
    """Return what is wrong with a PDF, each fault once."""
    with pikepdf.open(BytesIO(content)) as document:
        return list(dict.fromkeys(Preflight(document).faults()))


class Preflight:
    """Checks one document; ``components`` is the number of inks of its printing condition."""

    def __init__(self, document: Pdf) -> None:
        self.document = document
        self.components = 0

    def faults(self) -> Iterator[str]:
        """Yield what is wrong, in words for a printer."""
        yield from self.file_faults()
        yield from self.intent_faults()
        yield from self.metadata_faults()
        for number, page in enumerate(self.document.pages, 1):
            yield from (f"page {number}: {fault}" for fault in self.page_faults(page.obj))
        for entry in self.document.objects:
            if isinstance(entry, Dictionary | Stream):
                yield from self.object_faults(entry)

    def file_faults(self) -> Iterator[str]:
        """Check the file as such."""
        if self.document.pdf_version > "1.6":
            yield f"its version is {self.document.pdf_version}, not 1.6"
        if self.document.is_encrypted:
            yield "it is encrypted"
        if "/ID" not in self.document.trailer:
            yield "it has no identifier (/ID)"
        yield from (f"the catalog has {key}" for key in ACTIVE if key in self.document.Root)
        names = self.document.Root.get("/Names", Dictionary())
        yield from (f"the catalog has {key}" for key in ("/JavaScript", "/EmbeddedFiles") if key in names)

    def intent_faults(self) -> Iterator[str]:
        """Check the printing condition."""
        intents = [each for each in self.document.Root.get("/OutputIntents", ()) if each.get("/S") == Name.GTS_PDFX]
        if len(intents) != 1:
            yield f"it has {len(intents)} output intents for print, not one"
            return
        profile = intents[0].get("/DestOutputProfile")
        if not str(intents[0].get("/OutputConditionIdentifier", "")) or profile is None:
            yield "its output intent has no identifier, or no profile"
            return
        head = profile.read_bytes()[:40]
        self.components = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(head[16:20], 0)
        if head[12:16] != b"prtr" or head[36:40] != b"acsp" or self.components != profile.get("/N"):
            yield "the profile of its output intent is not that of a printing condition"

    def metadata_faults(self) -> Iterator[str]:
        """Check that the XMP metadata claim PDF/X-4, and that the information dictionary says the same."""
        if "/Metadata" not in self.document.Root or "/Filter" in self.document.Root.Metadata:
            yield "it has no XMP metadata, or they are compressed"
            return
        packet = etree.fromstring(self.document.Root.Metadata.read_bytes())

        def text(name: str) -> str:
            found = packet.find(f".//{name}", NAMESPACES)
            return str(found.xpath("string()")).strip() if found is not None else ""

        yield from (f"its metadata have no {name}" for name in PROPERTIES if not text(name))
        information = self.document.trailer.get("/Info", Dictionary())
        said = {text("pdfxid:GTS_PDFXVersion"), str(information.get("/GTS_PDFXVersion", "PDF/X-4"))}
        if said != {"PDF/X-4"}:
            yield f"it claims to be {' and '.join(sorted(said))}"
        trapped = {text("pdf:Trapped"), str(information.get("/Trapped", "")).removeprefix("/")}
        if trapped not in ({"True"}, {"False"}):
            yield "it does not say whether it is trapped"
        for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
            if digits(str(information.get(key, ""))) != digits(text(name)):
                yield f"{key} and {name} differ"

    def page_faults(self, page: Object) -> Iterator[str]:
        """Check a page: its boxes, that nothing stands on it but what is printed, and its colours."""
        boxes = {key: [float(each) for each in page[key]] for key in BOXES if key in page}
        if not {"/TrimBox", "/MediaBox"} <= boxes.keys() or "/ArtBox" in page:
            yield "it has no TrimBox, or an ArtBox as well"
        if not all(is_within(inner, outer) for inner, outer in pairwise(boxes.values())):
            yield "its boxes do not lie within each other"
        yield from (f"it has {key}" for key in ("/Annots", "/AA", "/PresSteps") if page.get(key))
        yield from self.content_faults(page, page.get("/Resources", Dictionary()))
        yield from self.group_faults(page)

    def object_faults(self, entry: Object) -> Iterator[str]:
        """Check an object that pages may use."""
        subtype = entry.get("/Subtype")
        if entry.get("/Type") == Name.Font:
            yield from font_faults(entry)
        elif subtype == Name.Image:
            yield from self.space_faults(entry.get("/ColorSpace"), "a picture")
            yield from (f"a picture has {key}" for key in ("/Alternates", "/OPI") if key in entry)
        elif subtype == Name.PS or (subtype == Name.Form and ("/Ref" in entry or "/OPI" in entry or "/PS" in entry)):
            yield "a form is another file's, or PostScript"
        elif isinstance(entry, Stream) and (subtype == Name.Form or entry.get("/PatternType") == 1):
            yield from self.content_faults(entry, entry.get("/Resources", Dictionary()))
            yield from self.group_faults(entry)
        elif "/ShadingType" in entry:
            yield from self.space_faults(entry.get("/ColorSpace"), "a gradient")
        elif "/TR" in entry or "/HTP" in entry or str(entry.get("/TR2", "/Default")) != "/Default":
            yield "a graphics state changes the printer's curves"

    def group_faults(self, holder: Object) -> Iterator[str]:
        """Check in which colours a group is blended."""
        group = holder.get("/Group", Dictionary())
        if "/CS" in group:
            yield from self.space_faults(group.CS, "a transparency group")

    def content_faults(self, holder: Object, resources: Object) -> Iterator[str]:
        """Check the operators of colour in a content stream."""
        spaces = resources.get("/ColorSpace", Dictionary())
        contents = pikepdf.Page(holder) if holder.get("/Type") == Name.Page else holder
        for instruction in pikepdf.parse_content_stream(contents, operators=OPERATORS):
            operator = str(instruction.operator)
            if operator in ("rg", "RG"):
                yield "a colour is in RGB"
            elif operator in ("k", "K") and self.components != 4:
                yield "a colour is in CMYK, which the printing condition has not"
            elif operator in ("cs", "CS"):
                named = instruction.operands[0]
                yield from self.space_faults(spaces.get(str(named), named), "a colour")

    def space_faults(self, space: Object | None, what: str) -> Iterator[str]:
        """Check a space of colours: only that of the inks may depend on the device."""
        if space is None:
            return
        kind = str(space[0]) if isinstance(space, Array) else str(space)
        if kind == "/DeviceRGB":
            yield f"{what} is in RGB"
        elif kind == "/DeviceCMYK" and self.components != 4:
            yield f"{what} is in CMYK, which the printing condition has not"
        elif kind in ("/Indexed", "/Separation", "/DeviceN") and isinstance(space, Array):
            yield from self.space_faults(space[1 if kind == "/Indexed" else 2], what)


def font_faults(font: Object) -> Iterator[str]:
    """Check that a font is embedded."""
    if font.get("/Subtype") in (Name.Type0, Name.Type3):
        return
    descriptor = font.get("/FontDescriptor", Dictionary())
    if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        yield f"the font {font.get('/BaseFont')} is not embedded"


def is_within(inner: list[float], outer: list[float]) -> bool:
    """Return whether a box lies within another; edges may touch."""
    lower = all(first >= second - CLOSE for first, second in zip(inner[:2], outer[:2], strict=True))
    return lower and all(first <= second + CLOSE for first, second in zip(inner[2:], outer[2:], strict=True))


def digits(date: str) -> str:
    """Return the year, month, day, hour, minute and second of a date, however it is written."""
    return "".join(each for each in date if each.isdecimal())[:14]
