"""Code in PDFs: in a monospaced face in editions of either direction, with letters that it lacks in another face."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree

from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.script_faces import ScriptFaces
from fleuron.paged.layout.units import CODE_FAMILY, Unit
from fleuron.paged.layout.weasyprint_layout import lay_out
from fleuron.paged.sheets.bidi_runs import order_runs
from fleuron.paged.sheets.page_style import font_set_of, style_of
from fleuron.paged.sheets.sheet_faces import SheetFaces
from fleuron.publication.typefaces import DEFAULT_TYPEFACES
from tests.support.small_fonts import font_folder

pytestmark = pytest.mark.slow

BODY = """<h1 id="t">Code <code>in a title</code></h1><p>words <code lang="en">inline</code> <em><kbd>Ctrl</kbd></em>
words<span class="pagenote" data-number="1" id="n"><samp>note</samp></span></p>
<pre><span class="s">string</span> <span class="c">متن αβγ</span>
iiii
mmmm</pre>"""


def sheet_faces(language: str) -> SheetFaces:
    listed = listed_faces()
    return SheetFaces(ScriptFaces(DEFAULT_TYPEFACES, listed, language), font_set_of(DEFAULT_TYPEFACES, listed), None)


def set_sheet(body: str, language: str, direction: str) -> tuple[SheetFaces, Unit]:
    faces = sheet_faces(language)
    head = '<head><meta charset="utf-8"><title>T</title></head>'
    start = f'<!DOCTYPE html><html lang="{language}" dir="{direction}">{head}'
    sheet, fonts = faces.set_sheet(f"{start}<body>{body}</body></html>")
    style = style_of("165mm 240mm", Path())
    sheet = order_runs(sheet, direction)
    return faces, Unit("one", sheet, style, language, 1, faces.font_set, "", script_fonts=fonts)


def words_by_family(pdf: bytes, folder: Path) -> dict[str, str]:
    """Return the text in each family of a PDF."""
    path = folder / "one.pdf"
    path.write_bytes(pdf)
    written = subprocess.run(["pdftohtml", "-xml", "-i", "-stdout", str(path)], capture_output=True, check=True).stdout
    tree = etree.fromstring(written, etree.XMLParser(recover=True, load_dtd=False))
    families = {font.get("id"): str(font.get("family")).partition("+")[2] for font in tree.iter("fontspec")}
    found: dict[str, str] = {}
    for text in tree.iter("text"):
        family = families[text.get("font")].removesuffix("-Italic").removesuffix("-Semi-Bold")
        found[family] = found.get(family, "") + str(text.xpath("string()")) + " "
    return found


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fa", "rtl")])
def test_code_is_in_its_own_face_and_its_arabic_letters_in_theirs(
    language: str, direction: str, tmp_path: Path
) -> None:
    faces, unit = set_sheet(BODY, language, direction)
    found = words_by_family(lay_out(unit).pdf, tmp_path)
    code = found["Fleuron-Code"].split()
    assert sorted(code) == sorted(["in", "a", "title", "inline", "Ctrl", "note", "string", "αβγ", "iiii", "mmmm"])
    assert found["Fleuron-Amiri"].split() == ["نتم"]
    assert "words" in found["Vollkorn"] and "DejaVu Sans Mono" in faces.used_families


def test_a_sheet_without_code_has_no_face_of_code() -> None:
    _, unit = set_sheet("<p>Words.</p>", "en", "ltr")
    assert not unit.script_fonts.faces
    _, unit = set_sheet("<p>A <code>word</code>.</p>", "en", "ltr")
    assert {face[0] for face in unit.script_fonts.faces} == {CODE_FAMILY}


def test_a_missing_face_of_code_is_named_only_where_there_is_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", {})))
    set_sheet("<p>Words.</p>", "en", "ltr")
    with pytest.raises(SystemExit, match="with code needs the typeface “DejaVu Sans Mono”, which is not installed"):
        set_sheet("<p>A <code>word</code>.</p>", "en", "ltr")
