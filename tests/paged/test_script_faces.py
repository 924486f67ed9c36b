"""Letters that the typefaces of the text lack: printed in a face that has them, or reported with file and line."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.script_faces import ScriptFaces
from fleuron.fonts.script_families import package_of
from fleuron.paged.layout.weasyprint_layout import lay_out
from fleuron.publication.script_names import script_code
from fleuron.publication.typefaces import check_typefaces, typefaces_by_script
from tests.paged.test_code_face import set_sheet, words_by_family
from tests.support.printed_lines import printed_lines
from tests.support.publications import SMALL, Maker, pdf_pages
from tests.support.small_fonts import font_folder

pytestmark = pytest.mark.slow

HEAD = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n"
ARTICLE = f"{HEAD}# One\n\nThe first text\nis [μῆνιν]{{.language-grc}}.[^a]\n\n[^a]: Of ა.\n"
GREEK = "μῆνιῆαβγ ῆ"
FAMILIES = {"text": "Vollkorn", "arabic": "Amiri"}


@pytest.fixture
def only_the_usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No font is installed but those of the text."""
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", {})))


@pytest.mark.usefixtures("only_the_usual")
def test_what_no_face_has_is_reported_at_its_line_with_the_package_that_has_it(make: Maker) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    catalogue = f'{head}msgid "A last word."\nmsgstr "Son Ⴀ sözcük."\n'
    publication = make(
        {
            "conf.py": SMALL["conf.py"] + 'copyright = "Ꭰ"\n',
            "articles/one.md": ARTICLE + "\nA last word.\n",
            "locale/tr/LC_MESSAGES/articles/one.po": catalogue,
        }
    )
    result = publication.publish("pdf", options="-W --keep-going")
    assert result.code != 0 and "Traceback" not in result.output and ".notdef" not in result.output
    found = dict(re.findall(r"(\S+): ERROR: no installed typeface has (“.+?) \((?:U\+|\d+ letters)", result.output))
    places = {place.removeprefix(f"{publication.source}/"): letter for place, letter in found.items()}
    assert places == {
        "articles/one.md:8": "“ῆ”",
        # One message for a script, in each edition that has other letters of it.
        "articles/one.md:10": "“ა”",
        "conf.py:6": "“Ꭰ”",
        "locale/tr/LC_MESSAGES/articles/one.po:5": "“Ⴀ”, “ა” (articles/one.md:10)",
    }
    assert "(2 letters of Georgian)" in result.output
    assert (
        "(U+1FC6 GREEK SMALL LETTER ETA WITH PERISPOMENI): install one, in Debian's package fonts-noto-core"
        in result.output
    )
    assert "fleuron_typefaces, “georgian”" in result.output
    assert not publication.files()


@pytest.mark.usefixtures("only_the_usual")
def test_with_an_option_what_no_face_has_is_a_box_with_its_number(make: Maker) -> None:
    conf = SMALL["conf.py"] + 'fleuron_missing_characters = "box"\n'
    publication = make({"conf.py": conf, "articles/one.md": ARTICLE})
    result = publication.publish("pdf", languages="en")
    assert result.code == 0, result.output
    assert f"{publication.source}/articles/one.md:8: WARNING: “ῆ”" in result.output
    text = "".join("\n".join(pdf_pages(publication.build / "pdf/en/one.pdf")).split())
    assert "μU+1FC6νιν" in text and "OfU+10D0." in text


def test_a_word_is_printed_in_the_first_face_that_has_its_script(
    make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = {"Aaa Last Resort": GREEK + "ა", "Noto Serif": GREEK}
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", fonts)))
    publication = make({"articles/one.md": ARTICLE})
    result = publication.publish("pdf", languages="en", options="-W --keep-going")
    assert result.code == 0, result.output
    path = publication.build / "pdf" / "en" / "one.pdf"
    text = "\n".join(pdf_pages(path))
    assert "is μῆνιν." in " ".join(text.split()) and "Of ა." in text
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    assert sorted(set(re.findall(r"\+Fleuron-(\S+)", listed))) == ["Aaa-Last-Resort", "Noto-Serif"]
    imprint = "\n".join(pdf_pages(publication.build / "pdf" / "small-en.pdf")[:5])
    assert "Typefaces Vollkorn, Aaa Last Resort, Noto Serif" in " ".join(imprint.split()), "Amiri has no letter to set"


def chosen(text: str, families: dict[str, str] | None = None, language: str = "") -> list[tuple[str, str]]:
    """Return the runs of a text with the families of their faces; "" for those of the text."""
    runs = ScriptFaces({**FAMILIES, **(families or {})}, listed_faces()).runs(text, language)
    return [(run.text, run.face.family if run.face else "missing" if run.missing else "") for run in runs]


def test_a_letter_and_its_marks_are_in_one_face(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = {"Marks Alone": "\u0320", "Noto Serif": "k\u0320"}
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", fonts)))
    assert chosen("kak\u0320al") == [("ka", ""), ("k\u0320", "Noto Serif"), ("al", "")]
    # The text's face has the letter below and the mark, but not both as one character.
    assert chosen("\u1e33a") == [("k\u0323a", "")]


def test_a_typeface_that_is_named_for_a_script_comes_before_that_of_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = {"Didot": "αβ", "Noto Serif": GREEK}
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", fonts)))
    assert chosen("αβγ a") == [("αβγ a", "")]
    named = chosen("αβ, α βγ a", {"Grek": "Didot"})
    assert named == [("αβ", "Didot"), (", ", ""), ("α β", "Didot"), ("γ", "Noto Serif"), (" a", "")]
    # Where one letter needs it, all words of the script are in its face.
    assert chosen("αβ μῆ a") == [("αβ μῆ", "Noto Serif"), (" a", "")]


def test_a_script_whose_letters_are_lacking_often_is_in_one_face_throughout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its small letters are as high as those of the text: the boxes of the small font are higher than Vollkorn's x."""
    fonts = {"Noto Serif": "xαβγμῆνιнѧ"}
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", fonts)))
    body = f"<p>He wrote <em>αβγ</em>, and then μῆνιν; <i>{'н' * 60}</i> нѧ.</p>"
    faces, unit = set_sheet(body, "en", "ltr")
    laid = lay_out(unit)
    assert not laid.losses and not laid.lost_words and not faces.missing
    words = {name: text.split() for name, text in words_by_family(laid.pdf, tmp_path).items()}
    assert words["Fleuron-Noto-Serif"] == ["αβγ", "μῆνιν", "нѧ"]
    assert "н" * 60 in words["Vollkorn"], "one old letter does not take all words to another face"
    sizes = {glyph.text: glyph.size for line in printed_lines(tmp_path / "one.pdf") for glyph in line.glyphs}
    assert sizes["β"] / sizes["w"] == sizes["ν"] / sizes["w"] == pytest.approx(0.92, abs=0.005)


def test_chinese_characters_are_in_the_face_of_their_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = ("Sans CJK HK", *(f"Serif CJK {form}" for form in ("JP", "KR", "SC", "TC")))
    fonts = {f"Noto {form}": "直，。を한" for form in forms}
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", {**fonts, "Mincho": "直を"})))
    languages = {"": "SC", "zh-Hans": "SC", "zh-CN": "SC", "zh-Hant": "TC", "zh-TW": "TC", "ja": "JP", "ko": "KR"}
    for language, form in languages.items():
        assert chosen("直，直。", language=language) == [("直，直。", f"Noto Serif CJK {form}")]
    # What is not marked shows by its letters what it is.
    assert chosen("a 直を") == [("a ", ""), ("直を", "Noto Serif CJK JP")]
    assert chosen("직 a 直한")[-1] == ("直한", "Noto Serif CJK KR")
    named = {"Hira": "Mincho"}
    assert chosen("直", named, "ja") == [("直", "Mincho")] and chosen("直", named) == [("直", "Noto Serif CJK SC")]


def test_the_invisible_needs_no_face(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", {})))
    assert chosen("a\u00adb\u200c\u2060c\ufe0fd\u2067e") == [("a\u00adb\u200c\u2060c\ufe0fd\u2067e", "")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("greek", "Grek"),
        ("Grek", "Grek"),
        ("old italic", "Ital"),
        ("Old_Italic", "Ital"),
        ("chinese", "Hani"),
        ("x", ""),
    ],
)
def test_a_script_is_named_in_english_or_by_its_code(name: str, code: str) -> None:
    assert script_code(name) == code


def test_a_typeface_may_be_named_for_any_script() -> None:
    assert check_typefaces({"greek": "GFS Didot", "Hebr": "Frank Ruehl CLM"}) is None
    assert "did you mean “hebrew”?" in str(check_typefaces({"herbew": "Frank Ruehl CLM"}))
    assert typefaces_by_script({"greek": "GFS Didot", "Arab": "Scheherazade New"}) == {
        "text": "Vollkorn",
        "arabic": "Scheherazade New",
        "code": "DejaVu Sans Mono",
        "Grek": "GFS Didot",
    }


def test_a_package_is_named_for_each_character() -> None:
    assert [package_of(each) for each in "ῆ中\U0001f600\ue000𞊐"] == [
        *("fonts-noto-core", "fonts-noto-cjk", "fonts-symbola"),
        *("", "fonts-unifont"),
    ]


def test_the_site_and_the_epub_have_the_same_faces(
    make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = {"Noto Serif": GREEK + "k\u0320", "Noto Serif Georgian": "ა"}
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", fonts)))
    conf = SMALL["conf.py"].replace("fleuron_epub_fonts = False\n", "")
    publication = make({"conf.py": conf, "articles/one.md": f"{ARTICLE}\nA k\u0320 and k.\n"})
    result = publication.publish("html", "epub", languages="en", options="-W")
    assert result.code == 0, result.output
    site = (publication.build / "html" / "en" / "_static" / "typefaces.css").read_text("utf-8")
    with zipfile.ZipFile(next((publication.build / "epub").rglob("*.epub"))) as parts:
        book = next(parts.read(name).decode() for name in parts.namelist() if name.endswith("typefaces.css"))
    for css in (site, book):
        # Greek, of which the text lacks a letter, is in one face, and before the text; a Latin letter with its mark
        # is in one face after it, so that the letter alone stays as it is.
        families = re.search(r"(?:--text-face:|body\{font-family:)([^;}]*)", css)
        assert families
        # Without the stand-ins of the reader's own, which a page has until its faces have come.
        shown = [name for name in re.findall('"(.*?)"', families[1]) if " by " not in name]
        names = [name for name in shown if "Noto" in name or name == "Vollkorn"]
        assert names == ["Noto Serif Grek", "Noto Serif Georgian Geor", "Vollkorn", "Noto Serif Latn"]
        rules = re.findall(r'font-family:"(Noto[^"]*)"[^}]*unicode-range:([^;}]*)', css)
        assert dict(rules)["Noto Serif Latn"] == "U+6B,U+320"
        assert "U+1FC6" in dict(rules)["Noto Serif Grek"]
