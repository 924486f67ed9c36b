"""Fonts that would be the same are left as the last build wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from fleuron.fonts import kept_fonts
from fleuron.fonts.kept_fonts import KeptFonts, digest_of_fonts
from fleuron.site.web_fonts import remove_other_static_files

FAMILIES = {"text": "Vollkorn", "arabic": "Amiri"}


def digest(folder: Path, families: Mapping[str, str] = FAMILIES, language: str = "en") -> str:
    return digest_of_fonts(folder, families, language, folder.with_name("letters.json"))


def test_the_digest_follows_all_that_fonts_depend_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "html"
    folder.mkdir()
    page = folder / "one.html"
    page.write_text("<p>abc 漢 <i lang='x'></i></p>", "utf-8")
    found = [digest(folder)]
    page.write_text("<p>cab 漢 <i lang='x'></i></p>", "utf-8")
    assert digest(folder) == found[0], "the same letters"
    page.write_text("<p>abcd 漢 <i lang='x'></i></p>", "utf-8")
    found.append(digest(folder))
    page.write_text('<p>abcd 漢 <i lang="ja">x</i></p>', "utf-8")
    found.append(digest(folder))
    found.append(digest(folder, {**FAMILIES, "text": "Gentium"}))
    found.append(digest(folder, language="tr"))
    monkeypatch.setattr(kept_fonts, "listed_faces", list)
    found.append(digest(folder))
    monkeypatch.setattr(kept_fonts, "installed_version", lambda _name: "another")
    found.append(digest(folder))
    assert len(set(found)) == len(found)


def test_an_answer_is_kept_while_its_files_are_as_they_were(tmp_path: Path) -> None:
    record, file = tmp_path / "fonts.json", tmp_path / "a.woff2"
    file.write_bytes(b"font")
    KeptFonts(record, "one").keep("missing", ["Vollkorn"], [file])
    KeptFonts(record, "one").keep("used", ["Amiri"])
    assert KeptFonts(record, "one").find("missing") == ("Vollkorn",)
    assert KeptFonts(record, "one").find("used") == ("Amiri",)
    assert KeptFonts(record, "other").find("used") is None
    file.write_bytes(b"another")
    assert KeptFonts(record, "one").find("missing") is None
    file.unlink()
    assert KeptFonts(record, "one").find("missing") is None
    record.write_text('{"format": "fleuron fonts 1", "answers": {"used": [1]}}', "utf-8")
    assert KeptFonts(record, "one").find("used") is None


def test_static_files_but_the_fonts_are_removed(tmp_path: Path) -> None:
    for name in ("_static/typefaces.css", "_static/typefaces/a.woff2", "_static/old.css", "_static/old/a.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    remove_other_static_files(tmp_path)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert left == ["_static/typefaces.css", "_static/typefaces/a.woff2"]
