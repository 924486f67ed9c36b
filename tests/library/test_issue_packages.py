"""Packages of issues for archives: what is in them, and that the same articles make the same bytes."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from fleuron.library.issue_packages import HREF, contents_of, packages_of, packed, pictures_from, without_pdf
from fleuron.metadata.work import Work
from fleuron.publication.values.history import Withdrawal
from tests.support.article_works import BARE, IN_TURKISH, WHOLE

EN = replace(WHOLE, name="7-2/delta", volume="7", issue="2", issn="2049-3630")
TR = replace(IN_TURKISH, name="7-2/delta", volume="7", issue="2", copies=())
PICTURE = "https://example.org/en/_images/map.svg"
JATS = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">\n'
    '<article xmlns:xlink="http://www.w3.org/1999/xlink"><graphic xlink:href="{}"/><p>A word.</p></article>'
)


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """The folder of a publication that has been built."""
    for name, content in {
        "records/en/7-2/delta.jats.xml": JATS.format(PICTURE),
        "records/tr/7-2/delta.jats.xml": JATS.format("https://example.org/other.svg"),
        "pdf/en/7-2/delta.pdf": "%PDF-",
        "map.svg": "<svg/>",
        "pictures.json": json.dumps({"7-2/delta": {PICTURE: ["map.svg", str(tmp_path / "map.svg")]}}),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def files_in(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 3, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_package_has_text_pdf_and_pictures_of_each_article_in_each_language(build: Path) -> None:
    [package] = packages_of([TR, EN], "margins")
    pictures = {"en": pictures_from(build / "pictures.json"), "tr": pictures_from(build / "none.json")}
    files = files_in(packed(package, build, pictures))
    assert package.name == "margins-7-2.zip" and contents_of(package) == "one article (en, tr)"
    root = "margins-7-2/"
    assert list(files) == [
        *(f"{root}manifest-sha256.txt", f"{root}README.txt", f"{root}en/7-2/delta/delta.pdf"),
        *(f"{root}en/7-2/delta/delta.xml", f"{root}en/7-2/delta/map.svg", f"{root}tr/7-2/delta/delta.xml"),
    ]
    lines = files[f"{root}manifest-sha256.txt"].decode().splitlines()
    listed = {path: digest for digest, path in (line.split("  ") for line in lines)}
    others = {name.removeprefix(root): content for name, content in files.items() if "manifest" not in name}
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in others.items()}
    article = etree.fromstring(files[f"{root}en/7-2/delta/delta.xml"])
    assert [each.get(HREF) for each in article.iter("graphic")] == ["map.svg"]
    assert article.getroottree().docinfo.doctype.endswith('"JATS-archivearticle1.dtd">')  # type: ignore[attr-defined]  # lxml-stubs 0.5 lack it
    readme = files[f"{root}README.txt"].decode()
    assert "ISSN: 2049-3630\n" in readme and "Issue: volume 7, no. 2\n" in readme
    assert f"tr/7-2/delta/: Ömer Seyfettin Çağlayan. {TR.full_title}" in readme and "(without PDF)" in readme
    assert without_pdf(package) == [TR]


def test_the_same_articles_make_the_same_bytes_in_any_order(build: Path) -> None:
    pictures = {"en": pictures_from(build / "pictures.json")}
    [one], [other] = packages_of([EN, TR], "m"), packages_of([TR, EN], "m")
    assert packed(one, build, pictures) == packed(other, build, pictures)


def test_articles_are_packed_by_volume_and_issue_and_those_without_together() -> None:
    def placed(name: str, volume: str, issue: str) -> Work:
        return replace(BARE, name=name, volume=volume, issue=issue)

    works = [placed("a", "8", "1"), placed("b", "7", "3–4"), placed("c", "", ""), placed("d", "../x", "")]
    names = [package.name for package in packages_of(works, "m")]
    assert names == ["m.zip", "m-x.zip", "m-7-3-4.zip", "m-8-1.zip"]


def test_a_withdrawn_article_needs_no_pdf_and_one_without_a_record_is_no_package(build: Path) -> None:
    assert WHOLE.date
    gone = replace(TR, withdrawn=Withdrawal(WHOLE.date, "Why."))
    [package] = packages_of([gone], "m")
    assert without_pdf(package) == [] and b"(withdrawn)" in packed(package, build, {})
    [lacking] = packages_of([replace(EN, name="none")], "m")
    with pytest.raises(FileNotFoundError):
        packed(lacking, build, {})
