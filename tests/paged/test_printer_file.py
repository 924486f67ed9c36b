"""Printers' files: PDF/X-4 of the same pages as the volume, with greys in black alone, trim, bleed and crop marks."""

from __future__ import annotations

import gc
import subprocess
import time
import warnings
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import Image

from fleuron.look.print_settings import PrintSettings, check_print, print_settings, trim_problem
from fleuron.paged.binding.bind import bind
from fleuron.paged.binding.bound_document import PreparedPart
from fleuron.paged.binding.prepared_parts import prepare
from fleuron.paged.layout.units import Unit
from fleuron.paged.layout.weasyprint_layout import lay_out
from fleuron.paged.printing.page_boxes import POINT
from fleuron.paged.printing.preflight import faults_of
from fleuron.paged.printing.printer_file import PrinterFile, printer_file
from fleuron.paged.printing.profiles import OutputProfile, ProfileError, black_profile, read_profile
from tests.support.bound_book import STYLE, book, font_set
from tests.support.colour_profiles import four_inks

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><defs>
<linearGradient id="g"><stop offset="0" stop-color="#222"/><stop offset="1" stop-color="#ccc"/></linearGradient>
<linearGradient id="r"><stop offset="0" stop-color="#a00"/><stop offset="1" stop-color="#fff"/></linearGradient></defs>
<rect width="20" height="20" fill="url(#g)"/><rect x="20" width="20" height="20" fill="{fill}"/>
<rect x="40" width="20" height="20" fill="#444" opacity=".5"/></svg>"""
GREY_PAGE = """<h1 id="grey">Grey</h1><p style="color: #444">Grey words,
<a href="https://example.org/" style="color: inherit">a link</a>, and
<span style="background: #eee; border: 1pt solid #999">a box</span>.</p><p><img src="grey.png" alt="Grey"></p>
<p><img src="grey.svg" alt="Grey"></p>"""
RED_PAGE = """<section class="break"><h2 style="color: #a00">Red</h2><p>Black words.</p><p><img src="red.png" alt="Red">
</p><p><img src="red.svg" alt="Red"></p></section>"""
LAST_PAGE = '<section class="break"><p>The last of three pages.</p></section>'
INKS = "rg RG g G k K"


def png(*pixels: tuple[int, int, int]) -> bytes:
    """Return a PNG in RGB of one row."""
    picture = Image.new("RGB", (len(pixels), 1))
    for place, pixel in enumerate(pixels):
        picture.putpixel((place, 0), pixel)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


ASSETS = {
    "grey.png": png((0, 0, 0), (90, 90, 90), (255, 255, 255)),
    "red.png": png((200, 10, 20), (90, 90, 90)),
    "grey.svg": SVG.format(fill="#888").encode(),
    "red.svg": SVG.format(fill="url(#r)").encode(),
}


@cache
def volume() -> bytes:
    """Bind a volume of three pages: a grey one, one with colours, and one with black words."""
    sheet = f'<html lang="en"><head><title>V</title></head><body>{GREY_PAGE}{RED_PAGE}{LAST_PAGE}</body></html>'
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # of WeasyPrint 70, as in bound_book
        laid = lay_out(Unit("v", sheet, STYLE, "en", 1, font_set(), "test", ASSETS))
        gc.collect()
    assert laid.losses == () and laid.pages == 3
    return bind([PreparedPart("v", prepare(laid.pdf))], book())


@cache
def made(*, colours: bool = False, marks: bool = False, bleed: float = 0.0) -> PrinterFile:
    settings = PrintSettings(bleed=bleed, crop_marks=marks)
    return printer_file(volume(), settings, profile(colours=colours))


def profile(*, colours: bool) -> OutputProfile:
    return OutputProfile(four_inks(), "Four inks for tests", 4) if colours else black_profile()


def opened(content: bytes) -> Pdf:
    return pikepdf.open(BytesIO(content))


def operators(holder: Object | pikepdf.Page) -> list[tuple[str, tuple[float, ...]]]:
    """List the operators of colour in a content stream."""
    found = pikepdf.parse_content_stream(holder, operators=INKS)
    return [(str(each.operator), tuple(float(value) for value in each.operands)) for each in found]


def pictures(document: Pdf) -> list[Stream]:
    """List the pictures, by width."""
    streams = [each for each in document.objects if isinstance(each, Stream) and each.get("/Subtype") == Name.Image]
    return sorted(streams, key=lambda each: -int(each.Width))


def size(box: Object) -> tuple[float, float]:
    """Return the width and height of a box, in millimetres."""
    left, bottom, right, top = (float(each) for each in box)
    return round((right - left) * POINT, 2), round((top - bottom) * POINT, 2)


@pytest.mark.parametrize("value", ["screen", "pod", {}, {"trim": "a5", "paper": "440ppi", "crop_marks": True}])
def test_valid_values_are_taken(value: object) -> None:
    assert check_print(value) is None


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("pot", "did you mean “pod”?"),
        (True, '"screen", "pod" or a dictionary'),
        ({"profil": "x"}, "did you mean “profile”?"),
        ({"bleed": "3"}, "“bleed” is a length of at most 20 mm"),
        ({"bleed": "3cm"}, "“bleed” is a length of at most 20 mm"),
        ({"trim": "156mm"}, "“trim” is a size such as"),
        ({"trim": 156}, "“trim” is a size such as"),
        ({"crop_marks": "yes"}, "“crop_marks” is True or False, not 'yes'"),
        ({"paper": "0ppi"}, "“paper” is the thickness of a leaf"),
        ({"condition": "FOGRA51"}, "there is none"),
    ],
)
def test_a_wrong_value_is_told_with_what_it_must_be(value: object, told: str) -> None:
    assert told in (check_print(value) or "")


def test_the_spine_is_as_wide_as_half_as_many_leaves_as_pages() -> None:
    assert print_settings("screen") is None
    by_leaf, by_inch = print_settings({"paper": "0.12mm"}), print_settings({"paper": "508ppi"})
    assert by_leaf and by_leaf.spine(200) == pytest.approx(12)
    assert by_inch and by_inch.spine(508) == pytest.approx(25.4)


def test_a_trim_far_from_the_laid_out_page_is_refused() -> None:
    near, far = PrintSettings(trim=(156, 234)), PrintSettings(trim=(120, 190))
    assert trim_problem(near, "165mm 240mm") == ""
    assert 'fleuron_page = "120mm 190mm"' in trim_problem(far, "165mm 240mm")


def test_greys_are_printed_in_black_alone() -> None:
    """Text, rules, backgrounds, gradients and drawings: no ink but black is on a page without colours."""
    for colours in (False, True):
        with opened(made(colours=colours).content) as document:
            found = operators(document.pages[0])
            assert {name for name, _ in found} == {"g", "G"}
            assert ("g", (0.266667,)) in found, "#444"
            text = [each for each in operators(document.pages[2]) if each[0] in ("g", "k")]
            assert text and set(text) == {("g", (0.0,))}


def test_colours_are_greys_with_black_ink_and_four_inks_with_a_profile() -> None:
    with opened(made().content) as document:
        assert {name for name, _ in operators(document.pages[1])} <= {"g", "G"}
    with opened(made(colours=True).content) as document:
        (red,) = {inks for name, inks in operators(document.pages[1]) if name == "k"}
        assert red[1] > 0.3 and red[2] > 0.3 and red[0] < 0.1, "#a00 is printed in magenta and yellow"
    assert list(made().coloured) == list(made(colours=True).coloured) == [2]


def test_a_grey_picture_is_printed_in_black_and_a_coloured_one_keeps_its_colours() -> None:
    with opened(made(colours=True).content) as document:
        grey, red = (each for each in pictures(document) if each.Height == 1)
        assert grey.ColorSpace == Name.DeviceGray and grey.read_bytes() == bytes([0, 90, 255])
        assert red.ColorSpace[0] == Name.ICCBased and red.ColorSpace[1].N == 3
        assert red.read_bytes() == bytes([200, 10, 20, 90, 90, 90])
    with opened(made().content) as document:
        grey, red = (each for each in pictures(document) if each.Height == 1)
        assert red.ColorSpace == Name.DeviceGray and len(red.read_bytes()) == 2 and red.read_bytes()[1] == 90


def test_gradients_are_set_in_the_inks_of_the_page() -> None:
    with opened(made(colours=True).content) as document:
        shadings = [each for each in document.objects if isinstance(each, Dictionary) and "/ShadingType" in each]
        spaces = [str(each.ColorSpace) for each in shadings]
        assert "/DeviceCMYK" in spaces and "/DeviceGray" in spaces
    with opened(made().content) as document:
        shadings = [each for each in document.objects if isinstance(each, Dictionary) and "/ShadingType" in each]
        assert {str(each.ColorSpace) for each in shadings} == {"/DeviceGray"}


def test_what_shines_through_is_blended_in_the_inks_and_not_in_rgb() -> None:
    """A grey that is blended in RGB would be printed in four inks."""
    for colours, space in ((False, "/DeviceGray"), (True, "/DeviceCMYK")):
        with opened(made(colours=colours).content) as document:
            assert str(document.pages[0].obj.Group.CS) == space
            assert "/Group" not in document.pages[2].obj, "a page of words has nothing that shines through"
            groups = [each.Group for each in document.objects if isinstance(each, Stream) and "/Group" in each]
            assert groups and all("/CS" not in group or Name.DeviceGray == group.CS for group in groups)


def test_trim_bleed_and_marks_lie_within_each_other() -> None:
    settings = PrintSettings(trim=(76, 116), bleed=3, crop_marks=True)
    with opened(printer_file(volume(), settings, black_profile()).content) as document:
        for page in document.pages:
            assert size(page.obj.TrimBox) == (76, 116)
            assert size(page.obj.BleedBox) == (82, 122)
            assert size(page.obj.MediaBox) == (94, 134), "3 mm to the marks, 5 mm of marks, 1 mm of paper"
    with opened(made().content) as document:
        boxes = [page.obj[key] for page in document.pages for key in ("/TrimBox", "/BleedBox", "/MediaBox")]
        assert len({tuple(map(float, box)) for box in boxes}) == 1
        assert size(document.pages[0].obj.TrimBox) == (80, 120)


def test_crop_marks_point_at_the_corners_and_stay_off_the_bleed() -> None:
    with opened(made(marks=True, bleed=4).content) as document:
        page = document.pages[0].obj
        lines = [
            tuple(float(value) for value in each.operands)
            for each in pikepdf.parse_content_stream(page.Contents[-1], operators="m l")
        ]
        left, bottom, right, top = (float(each) for each in page.BleedBox)
        assert len(lines) == 16 and not any(left < x < right and bottom < y < top for x, y in lines)
        trim = [round(float(each), 2) for each in page.TrimBox]
        assert {round(x, 2) for x, _ in lines} > {trim[0], trim[2]}
        assert str(page.Resources.ColorSpace.Registration[1]) == "/All", "they are printed in all inks"
        (clip,) = pikepdf.parse_content_stream(page.Contents[0], operators="re")
        kept = [float(each) for each in clip.operands]
        assert kept == pytest.approx([left, bottom, right - left, top - bottom]), "nothing is printed beside the bleed"


def test_a_leaf_has_two_pages() -> None:
    with opened(made(marks=True).content) as document:
        assert len(document.pages) == made(marks=True).pages == 4
        assert size(document.pages[3].obj.MediaBox) == size(document.pages[0].obj.MediaBox)


def test_words_stay_where_they_are(tmp_path: Path) -> None:
    """The pages are those of the volume: each word has its place."""

    def words(content: bytes) -> str:
        (tmp_path / "v.pdf").write_bytes(content)
        command = ["pdftotext", "-bbox", "-l", "3", str(tmp_path / "v.pdf"), "-"]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        return "\n".join(line for line in done.stdout.splitlines() if "<word" in line)

    assert words(made(colours=True).content) == words(volume()) != ""


def test_a_printers_file_has_nothing_for_the_screen(tmp_path: Path) -> None:
    with opened(volume()) as document:
        assert "/Outlines" in document.Root and document.pages[0].obj.Annots and len(document.attachments) == 2
    with opened(made().content) as document:
        assert not {"/StructTreeRoot", "/MarkInfo", "/Names", "/Outlines", "/AF"} & set(document.Root.keys())
        assert not any("/Annots" in page.obj for page in document.pages)
        assert not any(isinstance(each, Stream) and each.get("/Type") == Name.EmbeddedFile for each in document.objects)


def test_another_program_takes_it_for_pdf_x4(tmp_path: Path) -> None:
    path = tmp_path / "print.pdf"
    for colours in (False, True):
        path.write_bytes(made(colours=colours, marks=True).content)
        told = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True).stdout
        assert "PDF/X-4" in told and "ISO 15930-7" in told and "Tagged:          no" in told
        subprocess.run(["qpdf", "--check", "--warning-exit-0", str(path)], check=True, capture_output=True)
        fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True, text=True).stdout
        embedded = [line.split()[-5] for line in fonts.splitlines()[2:]]
        assert embedded and set(embedded) == {"yes"}


def test_metadata_and_dates_are_those_of_the_volume() -> None:
    with opened(made().content) as document:
        assert str(document.trailer.Info.Title) == book().title
        assert str(document.trailer.Info.CreationDate).startswith("D:20260102030405")
        packet = document.Root.Metadata.read_bytes().decode()
        assert "pdfaid" not in packet and "pdfuaid" not in packet and "Ada Author" in packet
        (intent,) = document.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == black_profile().content


def test_the_same_volume_makes_the_same_bytes() -> None:
    first = made(colours=True, marks=True, bleed=3)
    time.sleep(1.1)  # by default, qpdf makes a file's identifier of the second
    again = printer_file(volume(), PrintSettings(crop_marks=True, bleed=3), profile(colours=True))
    assert again.content == first.content
    other = printer_file(volume(), PrintSettings(crop_marks=True), profile(colours=True))
    assert document_id(other.content) != document_id(again.content)


def document_id(content: bytes) -> str:
    with opened(content) as document:
        return document.Root.Metadata.read_bytes().decode().partition("DocumentID>")[2][:41]


def test_only_profiles_of_printing_conditions_are_taken(tmp_path: Path) -> None:
    for name, content, told in (
        ("text.icc", b"no profile", "is not an ICC profile"),
        ("cut.icc", four_inks()[:-300], "is damaged: its length"),
        ("bad.icc", four_inks().replace(b"mft1", b"mft9"), "is damaged"),
        ("screen.icc", four_inks().replace(b"prtr", b"mntr", 1), "is not the profile of a printing condition"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ProfileError, match=told):
            read_profile(tmp_path / name)
    with pytest.raises(ProfileError, match="cannot be read"):
        read_profile(tmp_path / "none.icc")
    for content in (four_inks(), black_profile().content):
        (tmp_path / "own.icc").write_bytes(content)
        found = read_profile(tmp_path / "own.icc")
        assert found.components == (4 if content == four_inks() else 1) and found.name


def rgb_text(document: Pdf) -> None:
    document.pages[2].obj.Contents = document.make_stream(b"0 0 0 rg")


def cmyk_text(document: Pdf) -> None:
    document.pages[2].obj.Contents = document.make_stream(b"0 0 0 1 k")


def rgb_space(document: Pdf) -> None:
    document.pages[2].obj.Contents = document.make_stream(b"/DeviceRGB cs 0 0 0 scn")


def rgb_picture(document: Pdf) -> None:
    pictures(document)[0].ColorSpace = Name.DeviceRGB


def rgb_group(document: Pdf) -> None:
    document.pages[0].obj.Group.CS = Name.DeviceRGB


def link(document: Pdf) -> None:
    document.pages[0].obj.Annots = Array([document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link))])


def script(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def attached_file(document: Pdf) -> None:
    document.attachments["a.txt"] = b"a"


def small_bleed(document: Pdf) -> None:
    document.pages[1].obj.BleedBox = Array([10, 10, 20, 20])


def no_trim(document: Pdf) -> None:
    del document.pages[1].obj.TrimBox


def art_box(document: Pdf) -> None:
    document.pages[1].obj.ArtBox = document.pages[1].obj.TrimBox


def no_intent(document: Pdf) -> None:
    document.Root.OutputIntents = Array()


def screen_profile(document: Pdf) -> None:
    stream = document.Root.OutputIntents[0].DestOutputProfile
    stream.write(stream.read_bytes().replace(b"prtr", b"mntr", 1))


def lost_font(document: Pdf) -> None:
    fonts = [each for each in document.objects if isinstance(each, Dictionary) and "/FontFile2" in each]
    del fonts[0]["/FontFile2"]


def other_claim(document: Pdf) -> None:
    document.trailer.Info.GTS_PDFXVersion = String("PDF/X-3")


def unsaid_trap(document: Pdf) -> None:
    del document.trailer.Info.Trapped


def other_date(document: Pdf) -> None:
    document.trailer.Info.ModDate = String("D:19990101000000Z")


def curves(document: Pdf) -> None:
    document.pages[2].obj.Resources.ExtGState.t = document.make_indirect(
        Dictionary(Type=Name.ExtGState, TR=Name.Identity)
    )


FAULTS: dict[Callable[[Pdf], None], str] = {
    rgb_text: "page 3: a colour is in RGB",
    cmyk_text: "page 3: a colour is in CMYK, which the printing condition has not",
    rgb_space: "page 3: a colour is in RGB",
    rgb_picture: "a picture is in RGB",
    rgb_group: "page 1: a transparency group is in RGB",
    link: "page 1: it has /Annots",
    script: "the catalog has /OpenAction",
    attached_file: "the catalog has /EmbeddedFiles",
    small_bleed: "page 2: its boxes do not lie within each other",
    no_trim: "page 2: it has no TrimBox, or an ArtBox as well",
    art_box: "page 2: it has no TrimBox, or an ArtBox as well",
    no_intent: "it has 0 output intents for print, not one",
    screen_profile: "the profile of its output intent is not that of a printing condition",
    lost_font: "is not embedded",
    other_claim: "it claims to be PDF/X-3 and PDF/X-4",
    unsaid_trap: "it does not say whether it is trapped",
    other_date: "/ModDate and xmp:ModifyDate differ",
    curves: "a graphics state changes the printer's curves",
}


def test_a_printers_file_is_without_faults_and_a_volume_is_not() -> None:
    assert faults_of(made().content) == faults_of(made(colours=True, marks=True, bleed=3).content) == []
    found = faults_of(volume())
    assert "its version is 1.7, not 1.6" in found and "page 1: it has /Annots" in found


@pytest.mark.parametrize("damage", FAULTS, ids=lambda damage: damage.__name__)
def test_the_check_finds_each_fault(damage: Callable[[Pdf], None]) -> None:
    with opened(made().content) as document:
        damage(document)
        file = BytesIO()
        document.save(file, fix_metadata_version=False)
    assert any(FAULTS[damage] in fault for fault in faults_of(file.getvalue()))
