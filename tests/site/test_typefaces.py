"""The typefaces of a site: found as installed, subset to the characters of its pages, cached, and used by a browser."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tinycss2
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from lxml import html
from playwright.sync_api import Browser, Page

from fleuron.fonts.edition_fonts import used_families, write_web_fonts
from fleuron.fonts.font_face_css import ranges
from fleuron.fonts.font_list import ListedFace, listed_faces, parse_fc_list
from fleuron.fonts.font_readings import cached_reading, codes_in, runs_of
from fleuron.fonts.installed import STYLES, Face, choose_faces
from fleuron.fonts.page_letters import letters_of
from fleuron.fonts.subset_cache import SubsetCache, cached_subset, open_subset_cache, subset_digest
from fleuron.fonts.subsets import Subset, characters_by_script, make_subset
from fleuron.publication.typefaces import check_typefaces
from tests.mistakes.test_mistakes import assert_refused
from tests.support.publications import SMALL, Maker
from tests.support.small_fonts import font_folder

pytestmark = pytest.mark.slow

FAMILIES = {"text": "Vollkorn", "arabic": "Amiri"}
LATIN = frozenset("Sultan i fi 1234567890 .")


@pytest.fixture(scope="module")
def vollkorn() -> list[Face]:
    return choose_faces(listed_faces(), "Vollkorn", STYLES["text"])


def rules(css: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Parse a stylesheet into the properties of :root and the descriptors of each @font-face."""
    root: dict[str, str] = {}
    faces = []
    for each in tinycss2.parse_stylesheet(css, skip_whitespace=True):
        assert each.type != "error", each
        declared = tinycss2.parse_blocks_contents(each.content, skip_whitespace=True)
        facts = {one.name: tinycss2.serialize(one.value).strip() for one in declared}
        if each.type == "at-rule":
            assert each.at_keyword == "font-face"
            faces.append(facts)
        else:
            root |= facts
    return root, faces


def files_named(css: str) -> list[str]:
    """List the files that a stylesheet names."""
    found = []
    for face in rules(css)[1]:
        for part in tinycss2.parse_component_value_list(face["src"]):
            if part.type == "function" and part.lower_name == "url":
                found.append(part.arguments[0].value)
    return found


def codes(unicode_range: str) -> set[int]:
    found: set[int] = set()
    for part in unicode_range.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def site(folder: Path, **pages: str) -> Path:
    """Write pages that use their typefaces, as the site's do."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in pages.items():
        head = '<meta charset="utf-8"><title>x</title><link rel="stylesheet" href="_static/typefaces.css">'
        style = "body{font:40px var(--text-face),monospace}:lang(fa){font-family:var(--arabic-face),monospace}"
        text = f'<!DOCTYPE html><html lang="en"><head>{head}<style>{style}</style></head><body>{body}</body></html>'
        (folder / f"{name}.html").write_text(text, "utf-8")
    return folder


def files(folder: Path) -> dict[str, str]:
    found = sorted((folder / "_static").rglob("*.*"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


# What is installed.


def test_a_line_of_fontconfig_is_a_face_unless_it_is_a_variable_font_as_a_whole() -> None:
    said = (
        b"/f/A.ttf\t0\t80\t0\tFalse\tA Serif,A Serif Text\n"
        b"/f/A.ttc\t131073\t180\t110\tFalse\tA Serif\n"
        b"/f/A.ttf\t0\t[80 200]\t0\tTrue\tA Serif\n"
        b"/f/Wide.ttf\t0\t80\t0\tTrue\tA Serif\nnonsense\n"
    )
    assert list(parse_fc_list(said)) == [
        ListedFace(Path("/f/A.ttf"), 0, 0, 80, False, ("A Serif", "A Serif Text")),
        ListedFace(Path("/f/A.ttc"), 1, 2, 180, True, ("A Serif",)),
    ]


def test_a_family_has_a_face_for_each_style_of_the_pages(vollkorn: list[Face]) -> None:
    assert [(face.style.name, face.weight, face.source.path.stem) for face in vollkorn] == [
        ("regular", 400, "Vollkorn-Regular"),
        ("italic", 400, "Vollkorn-Italic"),
        ("semibold", 600, "Vollkorn-SemiBold"),
        ("semibold-italic", 600, "Vollkorn-SemiBoldItalic"),
    ]
    assert len(choose_faces(listed_faces(), "vollkorn", STYLES["text"])) == 4
    assert [face.style.name for face in choose_faces(listed_faces(), "Amiri", STYLES["arabic"])] == ["regular", "bold"]


def test_bold_replaces_a_semibold_that_is_not_installed(vollkorn: list[Face]) -> None:
    without = [each for each in listed_faces() if each.weight != 180]
    chosen = {face.style.name: face for face in choose_faces(without, "Vollkorn", STYLES["text"])}
    assert chosen["semibold"].weight == 700
    assert chosen["semibold"].source.path.stem == "Vollkorn-Bold"


def test_a_family_without_its_regular_or_with_a_broken_one_is_not_installed(tmp_path: Path) -> None:
    listed = [each for each in listed_faces() if each.weight != 80 or each.italic]
    assert choose_faces(listed, "Vollkorn", STYLES["text"]) == []
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\0\1\0\0 no font")
    regular = ListedFace(broken, 0, 0, 80, False, ("Vollkorn",))
    assert choose_faces([regular, *listed], "Vollkorn", STYLES["text"]) == []


def test_without_fontconfig_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert listed_faces() == []


# What the pages use.


def test_the_letters_of_pages_are_those_a_reader_sees(tmp_path: Path) -> None:
    hidden = """<script>"Ω"</script><p class="Ψ" data-label='Λ' title="Θ">"""
    site(tmp_path, one=f"<p>ş &mdash; &#x416;</p>{hidden}")
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "own.css").write_text('a::before{content:"\\2191 ¶";--Σ:0}', "utf-8")
    (tmp_path / "old.html").write_bytes("<p>é</p>".encode("latin-1"))
    assert set("ş—Ж↑¶ΛΘ-0") <= letters_of(tmp_path)
    assert letters_of(tmp_path).isdisjoint("éΩΨΣ<")


def test_pages_that_have_not_changed_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, record = tmp_path / "pages", tmp_path / "letters.json"
    pages.mkdir()
    for name, text in {"one": "ş", "two": "е\u0301"}.items():
        (pages / f"{name}.html").write_text(f"<p>{text}", "utf-8")
    first = letters_of(pages, record)
    assert {"ş", "е\u0301"} <= first
    read: list[Path] = []
    read_text = Path.read_text

    def reading(path: Path, *arguments: str, **options: str) -> str:
        read.append(path)
        return read_text(path, *arguments, **options)

    monkeypatch.setattr(Path, "read_text", reading)
    assert letters_of(pages, record) == first
    assert read == []
    (pages / "one.html").write_text("<p>ğğ", "utf-8")
    (pages / "two.html").unlink()
    assert letters_of(pages, record) == {*" ğ"}
    assert read == [pages / "one.html"]


def test_a_damaged_record_of_letters_is_made_anew(tmp_path: Path) -> None:
    record = tmp_path / "letters.json"
    (tmp_path / "page.html").write_text("<p>ş", "utf-8")
    for damaged in ("", "[]", '{"format": 1, "pages": {"page.html": 3}}', '{"format": 0, "pages": {}}'):
        record.write_text(damaged, "utf-8")
        assert letters_of(tmp_path, record) == {*" ş"}


def test_characters_are_grouped_by_script() -> None:
    used = "aş 1.«жΩ\u0301\u200cفک،"
    assert characters_by_script(used, "text", "Latn") == {
        "Cyrl": frozenset("ж\u0301\u200c"),
        "Grek": frozenset("Ω\u0301\u200c"),
        "Latn": frozenset("aş 1.«\u0301\u200c"),
    }
    assert characters_by_script(used, "text", "Cyrl")["Cyrl"] == frozenset("ж 1.«\u0301\u200c")
    assert characters_by_script(used, "text", "Arab")["Latn"] == frozenset("aş 1.«\u0301\u200c")
    assert characters_by_script(used, "arabic", "Latn") == {"Arab": frozenset("فک، 1.«\u0301\u200c")}


def test_code_points_are_written_as_ranges() -> None:
    assert ranges([0x20, 0x21, 0x22, 0x41, 0x2013, 0x2014]) == "U+20-22,U+41,U+2013-2014"


# What a subset holds.


def test_a_subset_holds_the_used_characters_and_no_others(vollkorn: list[Face]) -> None:
    wanted = Subset(vollkorn[0], "text", "Latn", LATIN | {"ſ", "字"})
    font = TTFont(io.BytesIO(make_subset(wanted)))
    assert set(font.getBestCmap()) == set(map(ord, LATIN | {"ſ"}))
    assert font.flavor == "woff2"
    assert not {"fpgm", "prep", "DSIG"} & set(font.keys())


def test_a_letter_that_a_font_has_only_in_parts_is_put_together(vollkorn: list[Face]) -> None:
    """Vollkorn 4.105 has no ḵ, but a k and a line below."""
    wanted = Subset(vollkorn[0], "text", "Latn", frozenset("aḵ"))
    assert wanted.characters == sorted(map(ord, "ak\u0331"))
    assert wanted.range == sorted(map(ord, "aḵk\u0331"))


def test_a_subset_keeps_the_features_of_the_pages_and_drops_others(vollkorn: list[Face]) -> None:
    font = TTFont(io.BytesIO(make_subset(Subset(vollkorn[0], "text", "Latn", LATIN | set("İışçgğ")))))
    tags = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"smcp", "c2sc", "onum", "lnum", "pnum", "tnum", "sups", "liga", "locl"} <= tags
    assert not {"ss01", "salt", "aalt", "hist", "dlig"} & tags
    assert "kern" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_a_subset_of_arabic_keeps_its_joining() -> None:
    face = choose_faces(listed_faces(), "Amiri", STYLES["arabic"])[0]
    font = TTFont(io.BytesIO(make_subset(Subset(face, "arabic", "Arab", frozenset("فارسی َ")))))
    tags = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina"} <= tags
    assert not any(tag.startswith("ss") for tag in tags)
    assert "mark" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_a_subset_keeps_what_its_licence_wants_kept(vollkorn: list[Face]) -> None:
    names = TTFont(io.BytesIO(make_subset(Subset(vollkorn[0], "text", "Latn", LATIN))))["name"]
    assert "Vollkorn Project Authors" in names.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)
    assert {record.nameID for record in names.names} <= {0, 1, 2, 13, 14}


def test_a_subset_has_the_same_bytes_by_any_python(vollkorn: list[Face]) -> None:
    code = (
        "import hashlib; from fleuron.fonts.font_list import *\n"
        "from fleuron.fonts.installed import *; from fleuron.fonts.subsets import *\n"
        "face = choose_faces(listed_faces(), 'Vollkorn', STYLES['text'])[0]\n"
        "made = make_subset(Subset(face, 'text', 'Latn', frozenset('Sultan i fi 1234567890 .')))\n"
        "print(hashlib.sha256(made).hexdigest())"
    )
    seen = {hashlib.sha256(make_subset(Subset(vollkorn[0], "text", "Latn", LATIN))).hexdigest()}
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        seen.add(
            subprocess.run(
                [sys.executable, "-P", "-c", code], env=env, capture_output=True, text=True, check=True
            ).stdout.strip()
        )
    assert len(seen) == 1


def variable_font(path: Path) -> None:
    """Write a font of boxes with a named instance, Semibold, whose boxes are wider."""
    glyphs = [".notdef", "a", "b"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord("a"): "a", ord("b"): "b"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 500), (400, 500), (400, 0)):
        pen.lineTo(point)
    pen.closePath()
    box = pen.glyph()
    builder.setupGlyf(dict.fromkeys(glyphs, box))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    instances = [
        {"location": {"wght": weight}, "stylename": name} for weight, name in ((400, "Regular"), (600, "Semibold"))
    ]
    builder.setupFvar([("wght", 400, 400, 700, "Weight")], instances)
    wider = [(0, 0), (0, 0), (90, 0), (90, 0), (0, 0), (90, 0), (0, 0), (0, 0)]
    builder.setupGvar({name: [TupleVariation({"wght": (0, 1, 1)}, wider)] for name in glyphs})
    builder.save(path)


def test_a_variable_font_is_subset_at_its_instances(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    variable_font(tmp_path / "boxes.ttf")
    monkeypatch.setenv("FONTCONFIG_FILE", str(fontconfig(tmp_path)))
    widths = {}
    for face in choose_faces(listed_faces(), "Boxes", STYLES["text"]):
        font = TTFont(io.BytesIO(make_subset(Subset(face, "text", "Latn", frozenset("a")))))
        assert "fvar" not in font
        widths[face.style.name] = [font["hmtx"][name][0] for name in font.getGlyphOrder()]
        # The widths of a fallback are fitted to these, without the cost of an instance.
        whole = face.open()
        assert round(whole.getGlyphSet(location=face.location(whole))["a"].width) == widths[face.style.name][1]
    assert widths == {"regular": [500, 500], "semibold": [560, 560]}


# The cache.


def cache_in(folder: Path) -> SubsetCache:
    """Open a cache in a folder."""
    folder.mkdir(exist_ok=True)
    return SubsetCache(folder)


@pytest.fixture
def subsetted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many characters fontTools was asked for, each time that it made a subset."""
    calls: list[int] = []
    make = subset.Subsetter.subset

    def counted(self: subset.Subsetter, font: TTFont) -> None:
        calls.append(len(self.unicodes_requested))
        make(self, font)

    monkeypatch.setattr(subset.Subsetter, "subset", counted)
    return calls


def test_a_subset_is_made_once(vollkorn: list[Face], tmp_path: Path, subsetted: list[int]) -> None:
    wanted = Subset(vollkorn[0], "text", "Latn", frozenset("ab"))
    made = cached_subset(wanted, cache_in(tmp_path))
    assert cached_subset(wanted, cache_in(tmp_path)) == made
    assert subsetted == [2]
    assert cached_subset(wanted, None) == made
    assert subsetted == [2, 2]


def test_a_build_that_changes_no_character_makes_no_subset(tmp_path: Path, subsetted: list[int]) -> None:
    """Nor does another edition with the same characters: all editions and formats share the cache."""
    body = f"<p>Text, слово.</p>{PERSIAN}"
    folder = site(tmp_path / "en", one=body)
    first = write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"))
    assert len(subsetted) == len(first.files) == 10
    css = (folder / "_static" / "typefaces.css").read_bytes()
    subsetted.clear()
    for name in ("en", "tr"):
        page = site(tmp_path / name, one=body)
        assert write_web_fonts(page, FAMILIES, cache_in(tmp_path / "cache")) == first
        assert (page / "_static" / "typefaces.css").read_bytes() == css
    assert subsetted == []


def test_a_damaged_entry_is_made_again(vollkorn: list[Face], tmp_path: Path) -> None:
    wanted, cache = Subset(vollkorn[0], "text", "Latn", frozenset("ab")), cache_in(tmp_path)
    made = cached_subset(wanted, cache)
    (entry,) = tmp_path.iterdir()
    content = entry.read_bytes()
    for damaged in (content[:-1], b"", b"x" * 100):
        entry.write_bytes(damaged)
        assert cached_subset(wanted, cache) == made
        assert entry.read_bytes() == content


def test_the_cache_is_bounded(vollkorn: list[Face], tmp_path: Path) -> None:
    cache = SubsetCache(tmp_path, 20_000)
    for letter in "abcdefghij":
        cached_subset(Subset(vollkorn[0], "text", "Latn", frozenset(letter)), cache)
    assert 0 < sum(path.stat().st_size for path in tmp_path.iterdir()) <= 20_000


def test_the_cache_is_below_the_folder_of_pages(tmp_path: Path) -> None:
    cache = open_subset_cache({"FLEURON_CACHE": str(tmp_path)})
    assert cache is not None and cache.folder == tmp_path / "fonts"
    cache = open_subset_cache({"HOME": str(tmp_path)})
    assert cache is not None and cache.folder == tmp_path / ".cache" / "fleuron" / "fonts"
    assert open_subset_cache({"FLEURON_CACHE": "off", "HOME": str(tmp_path)}) is None
    assert open_subset_cache({}) is None


def test_what_is_read_from_a_font_is_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = iter(([[97, 99]], [[97, 98]], [[97, 97]]))
    for name, folder, file, found in (
        ("characters", str(tmp_path), "1", [[97, 99]]),
        ("characters", str(tmp_path), "1", [[97, 99]]),  # is not read again
        ("characters", str(tmp_path), "2", [[97, 98]]),  # another file
        ("characters", "off", "1", [[97, 97]]),
    ):
        monkeypatch.setenv("FLEURON_CACHE", folder)
        assert cached_reading(name, file, lambda: next(read)) == found
    assert codes_in(runs_of([99, 97, 98, 120])) == {97, 98, 99, 120}


def test_an_entry_is_for_one_font_and_its_characters(vollkorn: list[Face]) -> None:
    keys = {subset_digest(Subset(face, "text", "Latn", frozenset(used))) for face in vollkorn for used in ("ab", "abc")}
    assert len(keys) == 2 * len(vollkorn)


# What is written.

PERSIAN = '<p lang="fa" dir="rtl">فارسی</p>'


def test_the_stylesheet_names_the_files_that_are_there(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", one=f"<p>Text <i>and</i> слово.</p>{PERSIAN}")
    done = write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"))
    css = (folder / "_static" / "typefaces.css").read_text("utf-8")
    there = [f"typefaces/{path.name}" for path in (folder / "_static" / "typefaces").iterdir()]
    assert sorted(files_named(css)) == sorted(there) == sorted(f"typefaces/{name}" for name in done.files)
    assert {"vollkorn-regular-cyrillic.woff2", "vollkorn-italic-latin.woff2", "amiri-bold-arabic.woff2"} <= set(
        done.files
    )
    assert not any("greek" in name for name in done.files)
    assert done.missing == ()


@pytest.mark.parametrize(
    ("language", "first"),
    [("en", "vollkorn-regular-latin"), ("ru", "vollkorn-regular-cyrillic"), ("fa", "amiri-regular-arabic")],
)
def test_a_page_waits_a_moment_for_the_font_that_it_begins_with(tmp_path: Path, language: str, first: str) -> None:
    """The script knows it by how it is displayed, and asks for it before the page is laid out."""
    folder = site(tmp_path / "site", one=f"<p>Text, слово.</p>{PERSIAN}")
    write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"), language)
    _root, faces = rules((folder / "_static" / "typefaces.css").read_text("utf-8"))
    displayed = {face["src"]: face["font-display"] for face in faces if "url" in face["src"]}
    assert len(displayed) == 10
    assert [source for source, display in displayed.items() if display != "swap"] == [
        f'url("typefaces/{first}.woff2") format("woff2")'
    ]
    assert {*displayed.values()} == {"swap", "fallback"}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_pages_do_without_what_makes_their_fonts_heavy(tmp_path: Path, language: str) -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
    folder = site(tmp_path / "site", one=f"<p>{alphabet}</p>")
    write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"), language)
    files = {path.stem: path for path in (folder / "_static" / "typefaces").iterdir()}
    tags = {
        name: {record.FeatureTag for record in TTFont(path)["GSUB"].table.FeatureList.FeatureRecord}
        for name, path in files.items()
    }
    # A word in Arabic script is joined, and no more; letters that stand above each other are two thirds of the font.
    assert {"init", "medi", "fina"} <= tags["amiri-regular-arabic"] and "calt" not in tags["amiri-regular-arabic"]
    assert {name for name, own in tags.items() if "smcp" in own} == (
        {"vollkorn-regular-latin"} if language == "en" else set()
    )
    assert all(path.stat().st_size < 25_000 for path in files.values())


def test_a_rule_is_for_the_characters_that_its_file_has(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", one=f"<p>Text, слово.</p>{PERSIAN}")
    write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"), "ru")
    css = (folder / "_static" / "typefaces.css").read_text("utf-8")
    faces = [face for face in rules(css)[1] if "url" in face["src"]]
    assert len(faces) == 10
    named = files_named(css)
    for face, address in zip(faces, named, strict=True):
        assert codes(face["unicode-range"]) == set(TTFont(folder / "_static" / address).getBestCmap())
        assert face["font-style"] == ("italic" if "italic" in address else "normal")
        weights = {"semibold": "600", "bold": "700"}
        assert face["font-weight"] == weights.get(Path(address).stem.split("-")[1], "400")
    ranges_of = {Path(address).stem: codes(face["unicode-range"]) for face, address in zip(faces, named, strict=True)}
    # A sign is in the file of the edition's script, so that it is kerned with the letters beside it.
    assert ord(".") in ranges_of["vollkorn-regular-cyrillic"] - ranges_of["vollkorn-regular-latin"]


def test_the_properties_name_the_families(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", one="<p>Text</p>")
    families = {"text": 'Not "here"', "arabic": "Amiri"}
    write_web_fonts(folder, families, cache_in(tmp_path / "cache"))
    root, faces = rules((folder / "_static" / "typefaces.css").read_text("utf-8"))
    (name,) = tinycss2.parse_component_value_list(root["--text-face"])
    assert name.value == 'Not "here"'
    assert root["--arabic-face"] == '"Amiri"'
    assert faces == []


def test_files_that_no_page_uses_any_more_are_removed(tmp_path: Path) -> None:
    folder, cache = site(tmp_path / "site", one=f"<p>Text, слово.</p>{PERSIAN}"), cache_in(tmp_path / "cache")
    assert len(write_web_fonts(folder, FAMILIES, cache).files) == 10
    written = write_web_fonts(site(folder, one="<p>Text.</p>"), FAMILIES, cache)
    assert set(files(folder)) == {"typefaces.css", *written.files}
    assert {name.rpartition("-")[2] for name in written.files} == {"latin.woff2"}
    write_web_fonts(folder, {"text": "Not here", "arabic": "Amiri"}, cache)
    assert set(files(folder)) == {"typefaces.css"}


def test_what_is_written_does_not_depend_on_earlier_builds(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", one="<p>Text, слово.</p>", two=PERSIAN)
    write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"))
    first = files(folder)
    write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"))
    other = site(tmp_path / "other", two=PERSIAN, one="<p>Text, слово.</p>")
    write_web_fonts(other, dict(reversed(FAMILIES.items())), cache_in(tmp_path / "other cache"))
    assert files(folder) == files(other) == first


@pytest.mark.parametrize(
    ("body", "families", "missing"),
    [
        ("Text", FAMILIES | {"arabic": "Not here"}, ()),
        (PERSIAN, FAMILIES | {"arabic": "Not here"}, ("Not here",)),
        ("Text", {"text": "Nor this", "arabic": "Not here"}, ("Nor this", "Not here")),
        (PERSIAN, {"text": "Not here", "arabic": "Amiri"}, ("Not here",)),
        ("Text", {"text": "Not here", "arabic": "Not here"}, ("Not here",)),
    ],
)
def test_a_missing_arabic_family_is_reported_only_where_it_is_needed(
    tmp_path: Path, body: str, families: dict[str, str], missing: tuple[str, ...]
) -> None:
    assert write_web_fonts(site(tmp_path / "site", one=body), families, cache_in(tmp_path / "cache")).missing == missing


def test_a_fallback_has_the_width_and_height_of_the_face_that_it_replaces(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", one="<p>Text</p>")
    write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"))
    root, faces = rules((folder / "_static" / "typefaces.css").read_text("utf-8"))
    names = [each.value for each in tinycss2.parse_component_value_list(root["--text-face"]) if each.type == "string"]
    there = ("Georgia", "Times New Roman", "Noto Serif", "DejaVu Serif")
    assert names == ["Vollkorn", *(f"Vollkorn by {each}" for each in there)]
    standing = {face["src"]: face for face in faces if "local" in face["src"]}
    assert len(standing) == 12
    georgia = standing['local("Georgia")']
    size = float(georgia["size-adjust"].rstrip("%")) / 100
    # Capsize's figure for Vollkorn Regular is 438 of 1000, by its own count of letters.
    assert size * 913 / 2048 == pytest.approx(0.438, rel=0.01)
    assert float(georgia["ascent-override"].rstrip("%")) * size == pytest.approx(95.2, abs=0.1)
    assert float(georgia["descent-override"].rstrip("%")) * size == pytest.approx(44.1, abs=0.1)
    assert standing['local("Georgia Italic")']["font-style"] == "italic"
    assert ord("ف") not in codes(georgia["unicode-range"])


# In a browser.


def opened(browser: Browser, path: Path) -> tuple[Page, list[str], list[str]]:
    """Open a page from the disk; return it, the fonts it asked for, and what went wrong."""
    page = browser.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(path.as_uri())
    # A browser asks for a font when it lays out the text: there is nothing to wait for before.
    page.evaluate("() => { document.body.getBoundingClientRect(); return document.fonts.ready.then(() => true) }")
    return page, sorted(name for name in asked if name.endswith(".woff2")), wrong


def width(page: Page, name: str) -> float:
    return float(page.evaluate("name => document.getElementById(name).getBoundingClientRect().width", name))


def web_faces(page: Page, selector: str) -> set[tuple[str, bool]]:
    """Ask the browser with which families it has set an element, and whether each is a web font."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root: Any = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {(font["familyName"], font["isCustomFont"]) for font in used}


def test_a_browser_loads_the_files_that_a_page_uses_and_no_others(tmp_path: Path, browser: Browser) -> None:
    folder = site(tmp_path / "site", plain="<p>Text 12.</p>", rich=f"<p>Text <i>слово</i></p>{PERSIAN}")
    write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"))
    page, asked, wrong = opened(browser, folder / "plain.html")
    assert (asked, wrong) == (["vollkorn-regular-latin.woff2"], [])
    assert web_faces(page, "p") == {("Vollkorn", True)}
    page, asked, wrong = opened(browser, folder / "rich.html")
    assert wrong == []
    assert asked == ["amiri-regular-arabic.woff2", "vollkorn-italic-cyrillic.woff2", "vollkorn-regular-latin.woff2"]
    assert web_faces(page, "i") == {("Vollkorn", True)}
    assert web_faces(page, "p[lang]") == {("Amiri", True)}


SETTINGS = {
    "oldstyle": ("en", "font-variant-numeric:oldstyle-nums", "1234567890"),
    "lining": ("en", "font-variant-numeric:lining-nums proportional-nums", "1111111111"),
    "tabular": ("en", "font-variant-numeric:lining-nums tabular-nums", "1111111111"),
    "capitals": ("en", "font-variant-caps:small-caps", "sipahi"),
    "turkish": ("tr", "font-variant-caps:small-caps", "sipahi"),
    "russian": ("ru", "font-variant-caps:small-caps", "слово"),
    "kerned": ("en", "", "AVATAR"),
    "joined": ("en", "", "fi ffl"),
    "composed": ("en", "", "ḵ"),
    "persian": ("fa", "font-feature-settings:'calt' 0", "فارسی،"),
}


def test_the_letters_in_bold_are_in_a_file_of_their_own(tmp_path: Path) -> None:
    """A page with a few words in bold does not load the bold letters that only other words have."""
    folder = site(
        tmp_path / "site", one="<p>abcdefgh</p><table><tr><th>ab <i>c</i></th></tr></table>", two="<p>xyz</p>"
    )
    files = write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache")).files
    bold, others = (
        {chr(code) for code in TTFont(folder / "_static/typefaces" / name).getBestCmap()}
        for name in ("vollkorn-semibold-latin.woff2", "vollkorn-semibold-latin-others.woff2")
    )
    assert {*"abc"} <= bold and bold.isdisjoint("defghxyz")
    assert {*"defghxyz"} <= others and others.isdisjoint(bold)
    assert not any("regular" in name and "others" in name for name in files)
    sheet = (folder / "_static/typefaces.css").read_text("utf-8")
    (rule,) = (line for line in sheet.splitlines() if "vollkorn-semibold-latin.woff2" in line)
    assert "font-weight:600" in rule and "U+61-63" in rule


def test_what_a_browser_sets_with_a_subset_is_what_it_sets_with_the_font(tmp_path: Path, browser: Browser) -> None:
    sources = {
        "whole": choose_faces(listed_faces(), "Vollkorn", STYLES["text"]),
        "naskh": choose_faces(listed_faces(), "Amiri", STYLES["arabic"]),
    }
    whole = "".join(
        f'@font-face{{font-family:{name};src:url("{faces[0].source.path.as_uri()}")}}'
        for name, faces in sources.items()
    )
    body = f"<style>{whole}span{{display:inline-block}}</style>"
    for name, (language, style, text) in SETTINGS.items():
        face = "naskh" if language == "fa" else "whole"
        span = f'<span lang="{language}" style="{style}'
        body += f'<p>{span}" id="{name}">{text}</span> {span};font-family:{face}" id="{name}-whole">{text}</span></p>'
    folder = site(tmp_path / "site", one=body)
    write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"))
    page, _, wrong = opened(browser, folder / "one.html")
    assert wrong == []
    widths = {name: width(page, name) for name in SETTINGS}
    assert widths == {name: width(page, f"{name}-whole") for name in SETTINGS}
    for name in SETTINGS:
        assert {own for _, own in web_faces(page, f"#{name}")} == {True}, name
    assert widths["lining"] < widths["tabular"]
    # The small capitals of a Turkish i have dots.
    capitals, pictures = page.locator("#capitals"), []
    for language in ("en", "tr", "en"):
        capitals.evaluate("(element, language) => { element.lang = language }", language)
        pictures.append(capitals.screenshot())
    assert pictures[0] == pictures[2] != pictures[1]


# Publications.


def fontconfig(folder: Path) -> Path:
    """Write a configuration for fontconfig that knows the fonts in a folder alone."""
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>"
    )
    return path


NOTICE = "is not installed here; the pages are set in the reader's own"
MISSING = "fleuron: the typefaces “Vollkorn” and “Amiri” are not installed here; the pages are set in the reader's own"


def test_a_page_names_its_typefaces(make: Maker) -> None:
    publication = make({})
    result = publication.publish("html", options="-W", languages="en")
    assert (result.code, "installed" in result.output) == (0, False)
    page = publication.page("en", "articles/one")
    assert "../_static/typefaces.css" in [link.get("href") for link in page.iter("link")]
    folder = publication.build / "html" / "en" / "_static"
    found = files_named((folder / "typefaces.css").read_text("utf-8"))
    assert found
    assert all((folder / address).is_file() for address in found)


def test_the_typefaces_have_the_same_bytes_however_they_are_built(make: Maker) -> None:
    publication = make({"articles/one.md": SMALL["articles/one.md"] + "\n[فارسی]{.language-fa}, слово.\n"})
    seen = []
    for seed in ("1", "2"):
        env = {"PYTHONHASHSEED": seed, "FLEURON_CACHE": "off"}
        assert publication.run("publish", "html", languages="en", env=env).code == 0
        seen.append({name: made for name, made in publication.files().items() if "typefaces" in name})
    assert seen[0] == seen[1]
    assert "html/en/_static/typefaces/amiri-regular-arabic.woff2" in seen[0]


def test_a_family_that_is_not_installed_is_reported_once_and_is_not_an_error(make: Maker) -> None:
    publication = make({"conf.py": SMALL["conf.py"] + 'fleuron_typefaces = {"text": "No Such Serif"}\n'})
    result = publication.publish("html", options="-W --keep-going")
    assert result.code == 0, result.output
    assert result.output.count("installed") == 1
    assert f"fleuron: the typeface “No Such Serif” {NOTICE}\n" in result.output
    root, faces = rules((publication.build / "html" / "tr" / "_static" / "typefaces.css").read_text("utf-8"))
    assert root["--text-face"] == '"No Such Serif"'
    assert faces == []


@pytest.mark.parametrize("missing", ["fonts", "command"])
def test_a_machine_without_fonts_or_fontconfig_builds_the_site(make: Maker, tmp_path: Path, missing: str) -> None:
    (tmp_path / "nothing").mkdir()
    env = (
        {"PATH": str(tmp_path / "nothing")} if missing == "command" else {"FONTCONFIG_FILE": str(fontconfig(tmp_path))}
    )
    publication = make({})
    result = publication.run("publish", "html", options="-W", languages="en", env=env)
    assert result.code == 0, result.output
    assert result.output.count("installed") == 1
    assert MISSING in result.output
    assert not list(publication.build.rglob("*.woff2"))
    assert isinstance(publication.page("en", "index"), html.HtmlElement)


@pytest.mark.parametrize(
    "value", ["Vollkorn", ["Vollkorn"], {"text": 3}, {"arabic": " "}, {"text": ""}, {"text": "A\nB"}, {3: "A"}]
)
def test_typefaces_are_families_by_their_names(value: object) -> None:
    assert str(check_typefaces(value)).startswith('typefaces for "text", "arabic" and "code"')
    assert check_typefaces({"text": "EB Garamond"}) is None


def test_a_misspelt_role_is_reported_with_the_nearest(make: Maker) -> None:
    publication = make({"conf.py": SMALL["conf.py"] + 'fleuron_typefaces = {"txet": "Vollkorn"}\n'})
    words = ("fleuron_typefaces", "there is no “txet”; did you mean “text”?")
    assert_refused(publication.publish("html", languages="en"), "conf.py", *words)


CHINESE = """<p>直。</p><p lang="ja">直を</p><p lang="zh-Hant">直骨</p><p lang="zh-CN">直</p>"""
FORMS = {"Noto Serif CJK SC": "直。を", "Noto Serif CJK TC": "直骨", "Noto Serif CJK JP": "直を。骨"}


@pytest.mark.parametrize(
    ("language", "page", "marked"),
    [
        ("en", "SC", {"ja": "Noto Serif CJK JP Hani", "zh-Hant": "Noto Serif CJK TC Hani"}),
        ("ja", "JP", {"zh-CN": "Noto Serif CJK SC Hani", "zh-Hant": "Noto Serif CJK TC Hani"}),
    ],
)
def test_chinese_characters_have_the_form_of_their_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, page: str, marked: dict[str, str]
) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(font_folder(tmp_path / "fonts", FORMS)))
    folder = site(tmp_path / "site", one=CHINESE)
    write_web_fonts(folder, FAMILIES, cache_in(tmp_path / "cache"), language)
    css = (folder / "_static" / "typefaces.css").read_text("utf-8")
    assert f'--text-face:"Noto Serif CJK {page} Hani",' in css
    assert dict(re.findall(r':lang\(([\w-]+)\)[^{]*{font-family:"([^"]+)"', css)) == marked
    assert used_families(folder, FAMILIES, language)[0] == "Vollkorn"
    assert {f"Noto Serif CJK {form}" for form in ("SC", "TC", "JP")} <= {*used_families(folder, FAMILIES, language)}


def test_only_the_typefaces_that_pages_need_are_named(tmp_path: Path) -> None:
    assert used_families(site(tmp_path / "latin", one="<p>Text.</p>"), FAMILIES, "en") == ("Vollkorn",)
    persian = site(tmp_path / "persian", one=f"<p>Text.</p>{PERSIAN}")
    assert used_families(persian, FAMILIES, "en") == ("Vollkorn", "Amiri")
