"""The formats of files and their identifiers in PRONOM, which fido knows too."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from lxml import etree

from fleuron.archive.description.file_formats import FORMATS, WRITTEN, FileFormat, format_of

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
BY_CONTENT = {
    "a.png": (PNG, "fmt/11", "1.0"),
    "b.png": (PNG + b"sRGB", "fmt/12", "1.1"),
    "c.png": (PNG + b"iTXt", "fmt/13", "1.2"),
    "a.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1", "fmt/43", "1.01"),
    "b.JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\2", "fmt/44", "1.02"),
    "c.jpg": (b"\xff\xd8\xff\xe1\0\x10Exif\0\0", "", ""),
    "a.gif": (b"GIF89a", "fmt/4", "89a"),
    "a.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" version="1.1"/>', "fmt/92", "1.1"),
    "b.svg": (b"<svg/>", "", ""),
    "LICENSE": ("© İstanbul".encode(), "x-fmt/111", ""),
    "cut": (b"a" * 65535 + "İ".encode(), "x-fmt/111", ""),
    "data": (b"text\0", "", ""),
    "other": (b"\xff\xfe\xfd and more", "", ""),
}


@pytest.mark.parametrize("name", BY_CONTENT)
def test_a_format_with_versions_is_named_by_what_the_file_says(tmp_path: Path, name: str) -> None:
    content, puid, version = BY_CONTENT[name]
    (tmp_path / name).write_bytes(content)
    found = format_of(tmp_path / name, f"source/{name}")
    assert (found.puid, found.version) == (puid, version)


def test_of_a_source_no_more_is_said_than_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4")
    assert format_of(path, "pdf/en/a.pdf").puid == "fmt/479"
    assert (format_of(path, "source/a.pdf").puid, format_of(path, "source/a.pdf").media_type) == ("", "application/pdf")


@pytest.mark.skipif(not importlib.util.find_spec("fido"), reason="opf-fido is not installed")
def test_fido_knows_each_identifier_by_that_name() -> None:
    spec = importlib.util.find_spec("fido")
    assert spec and spec.origin
    (signatures,) = Path(spec.origin).parent.glob("conf/formats-v*.xml")
    registry = {each.findtext("puid"): each for each in etree.parse(signatures).getroot().iter("format")}

    def suffixes(kind: FileFormat) -> set[str | None]:
        return {each.text for each in registry[kind.puid].iter("extension")}

    for suffix, kind in [*FORMATS.items(), *WRITTEN.items()]:
        if kind.puid:
            # Those of formats that are made of a more general one.
            general = {".csl": "xml", ".cff": "yml"}.get(suffix, suffix[1:])
            assert general in suffixes(kind), suffix
            assert kind.version in ("", registry[kind.puid].findtext("version")), suffix
    for puid, version in ((puid, version) for _content, puid, version in BY_CONTENT.values() if version):
        assert registry[puid].findtext("version") == version
