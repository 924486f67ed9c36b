"""The handbook's guide for makers of themes names nothing that does not exist, and every property that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fleuron.option_checks import LOOK_KEYS
from tests.support.publications import ROOT

GUIDE = (ROOT / "docs" / "theming.md").read_text("utf-8")
PACKAGE = ROOT / "src" / "fleuron"
SITE = PACKAGE / "site" / "theme"
SHEETS = PACKAGE / "paged" / "sheets"
STYLE = (SITE / "static" / "fleuron.css").read_text("utf-8")
# Properties that the theme computes from others.
COMPUTED = {"--column", "--mark", "--shadow"}


def section(title: str) -> str:
    """Return a section of the guide, with those within it."""
    level = re.search(rf"^(#+) {re.escape(title)}$", GUIDE, re.MULTILINE)
    assert level, f"the guide has no section “{title}”"
    rest = GUIDE[level.end() :]
    following = re.search(rf"^#{{1,{len(level[1])}}} ", rest, re.MULTILINE)
    return rest[: following.start()] if following else rest


def rows(text: str) -> list[list[str]]:
    """Return the cells of the tables in a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def code(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


def values_of_root() -> dict[str, list[str]]:
    """Return the values that the style sheet of the site gives each property of :root, for all pages or for some."""
    values: dict[str, list[str]] = {}
    for block in re.findall(r":root \{([^}]*)\}", STYLE):
        for name, value in re.findall(r"(--[a-z-]+):([^;]+);", block):
            values.setdefault(name, []).append(value.strip())
    return values


def test_each_property_is_in_the_guide_with_its_value() -> None:
    described = {code(name)[0]: code(value) for name, _meaning, value in rows(section("Properties of the site"))}
    declared = {name: value for name, value in values_of_root().items() if name not in COMPUTED}
    assert described.keys() == declared.keys()
    for name, value in described.items():
        if value != ["fleuron_typefaces"]:
            assert value[0] in declared[name], name
        else:
            assert "-face, " in declared[name][0]


def test_properties_in_examples_are_described() -> None:
    assert set(re.findall(r"--[a-z]+\b", GUIDE)) - {"--format"} <= values_of_root().keys()


def test_each_key_of_the_theme_is_in_the_guide() -> None:
    assert sorted(code(name)[0] for name, _meaning in rows(section("Colour, mark, logo and footer"))) == [*LOOK_KEYS]


@pytest.mark.parametrize(
    ("title", "folder"),
    [
        ("Style sheets of the site and of EPUBs", SITE),
        ("Style sheets of PDFs", SHEETS),
    ],
)
def test_each_class_in_the_guide_is_styled_or_written(title: str, folder: Path) -> None:
    suffixes = (".css", ".html")
    found = "\n".join(path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in suffixes)
    text = section(title)
    names = set(re.findall(r"`\.([a-z-]+)`", text)) | set(re.findall(r"^\.([a-z-]+)[^`\n]*\{", text, re.MULTILINE))
    assert len(names) > 5
    for name in sorted(names):
        assert re.search(rf"\.{name}(?![\w-])|class=\"[^\"]*(?<![\w-]){name}(?![\w-])", found), f"there is no .{name}"


@pytest.mark.parametrize(("title", "folder"), [("The site", SITE), ("A title page of your own", SHEETS / "templates")])
def test_each_template_in_the_guide_has_its_blocks(title: str, folder: Path) -> None:
    described = rows(section(title))
    assert described
    for name, _page, blocks in described:
        template = (folder / code(name)[0]).read_text("utf-8")
        declared = re.findall(r"\{%-? *block ([a-z]+)", template)
        assert set(code(blocks)) <= set(declared), name
    examples = re.findall(r'\{% extends "!([a-z.]+)" %\}\n\{% block ([a-z]+) %\}', section(title))
    assert examples
    for name, block in examples:
        assert block in (folder / name).read_text("utf-8")
