"""The handbook is built without a message, and shows each example as source and as set."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from lxml import html

from tests.support.publications import ROOT, run_in_process

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("handbook")
    folders = ["--source", str(DOCS), "--build", str(build)]
    result = run_in_process(["publish", "html", *folders, "--languages", "en ru", "--options=-W"])
    assert result.code == 0, result.output
    assert "WARNING" not in result.output
    return build / "html"


def test_each_page_is_reached_from_the_first(handbook: Path) -> None:
    contents = html.parse(handbook / "en" / "index.html")
    linked = {address.partition("#")[0] for address in contents.xpath("//main//a/@href")}
    pages = {path.relative_to(DOCS).with_suffix(".html").as_posix() for path in DOCS.glob("**/*.md")}
    assert pages - linked == {"index.html", *(f"examples/{path.stem}.html" for path in DOCS.glob("examples/*.md"))}


def test_each_example_is_shown_as_it_is_written(handbook: Path) -> None:
    page = html.parse(handbook / "en" / "writing.html")
    shown = ["".join(code.itertext()).strip() for code in page.xpath("//pre")]
    for path in sorted(DOCS.glob("examples/*.md")):
        assert path.read_text("utf-8").strip() in shown, path.name
    notes = page.xpath("//aside[contains(@class, 'footnote')] | //li[contains(@id, 'note-')]")
    assert notes and page.xpath("//figure//img") and page.xpath("//math") and page.xpath("//table")


def test_the_tutorial_is_translated_whole(handbook: Path) -> None:
    page = html.parse(handbook / "ru" / "tutorial.html")
    english = page.xpath(
        "//main//*[@lang='en'][not(ancestor-or-self::pre | ancestor-or-self::code | ancestor-or-self::a)]"
    )
    assert not ["".join(element.itertext()) for element in english]
    for language in ("tr", "ru"):
        with (DOCS / "locale" / language / "LC_MESSAGES" / "tutorial.po").open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        assert messages and all(message.string and not message.fuzzy for message in messages), language
