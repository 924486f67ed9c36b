"""The front and back matter of EPUBs of a volume, and what its pages have for old and small devices."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import tinycss2

from tests.support.epub_books import find, part, parts
from tests.support.publications import Publication, text_of

TYPE = "{http://www.idpf.org/2007/ops}type"
CONF = (
    'project = "Small"\nauthor = "The Press"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "tr"]\n'
    'fleuron_epub_fonts = False\ncopyright = "The authors"\n'
    'fleuron_imprint = {"series": "Reviews", "number": "7", "issn": "2049-3630"}\n'
)
BIB = """@book{grafton, author = {Anthony Grafton}, title = {The Footnote}, publisher = {Harvard}, year = {1997}}
@book{ghobar, author = {{The Press Office}}, title = {News}, year = {2001}}
"""
HEAD = "---\nauthors: [ada]\ndate: 2026-01-02\nlicense: CC-BY-4.0\nkeywords: [one, two]\nabstract: What it says.\n---\n"
COLUMNS = range(10)
TABLE = "\n".join("| " + " | ".join(cells) + " |" for cells in (
    [f"Head {n}" for n in COLUMNS], ["---"] * len(COLUMNS), ["row", *(f"{n}0" for n in COLUMNS[1:])],
))  # fmt: skip
ONE = (
    f"{HEAD}# One\n\nText [@grafton, p. 3] and more [@ghobar].\n\n## Section\n\n```{{epigraph}}\nWords.\n\n"
    "-- Somebody\n```\n\n"
    f"\n```{{table}} A wide one\n:name: wide\n\n{TABLE}\n```\n\n> A verse\\\n> and another\n\n"
    "```{math}\n:label: sum\nx = y\n```\n\nSee {eq}`sum`.\n\n| A line\n| of verse\n"
)
FILES = {
    "conf.py": CONF,
    "refs.bib": BIB,
    "index.md": "# Small\n\nA preface.\n\n```{toctree}\n:caption: Essays\narticles/one\narticles/imprint\n```\n",
    "articles/one.md": ONE,
    "articles/imprint.md": f"{HEAD}# Two\n\nText [@grafton, p. 9].\n",
    "imprint.md": "---\norphan: true\n---\n# About\n\nText.\n",
    "authors/ada.md": "---\nname: Ada Author\n---\nAda writes.\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Publication(tmp_path_factory.mktemp("matter") / "source")
    for name, text in FILES.items():
        made.write(name, text)
    result = made.publish("epub", languages="en")
    assert (result.code, "WARNING" in result.output) == (0, False), result.output
    return made.build / "epub/small-en.epub"


def lines(page: Any) -> list[str]:
    return [" ".join(text_of(each).split()) for each in find(page, "//h:section/h:p")]


def test_what_stands_before_and_after_the_texts(book: Path) -> None:
    package = part(book, "content.opf")
    pages = {item.get("id"): item.get("href") for item in find(package, "//o:item")}
    assert [pages[item.get("idref")] for item in find(package, "//o:itemref")] == [
        *("cover.xhtml", "titlepage.xhtml", "imprint-of-book.xhtml", "nav.xhtml", "index.xhtml"),
        *("articles/one.xhtml", "articles/imprint.xhtml", "authors/ada.xhtml", "imprint.xhtml"),
        *("sources.xhtml", "names.xhtml", "colophon.xhtml"),
    ]
    landmarks = find(part(book, "nav.xhtml"), "//h:nav[@e:type='landmarks']//h:a")
    assert [(each.get(TYPE), each.get("href")) for each in landmarks] == [
        ("cover", "cover.xhtml"),
        ("titlepage", "titlepage.xhtml"),
        ("imprint", "imprint-of-book.xhtml"),
        ("toc", "nav.xhtml"),
        ("bodymatter", "articles/one.xhtml"),
        ("contributors", "authors/ada.xhtml"),
        ("bibliography", "sources.xhtml"),
        ("index", "names.xhtml"),
        ("colophon", "colophon.xhtml"),
    ]


def test_each_page_says_what_it_is(book: Path) -> None:
    said = {}
    for name in parts(book):
        if name.endswith(".xhtml") and name != "nav.xhtml":
            page = part(book, name)
            sections = find(page, "//h:section[not(ancestor::h:section)]")
            said[name] = (find(page, "//h:body")[0].get(TYPE), *(each.get(TYPE) for each in sections))
            assert all(each.get(TYPE) for each in find(page, "//h:section")), name
    assert said == {
        "cover.xhtml": ("cover",),
        "titlepage.xhtml": ("frontmatter", "titlepage"),
        "imprint-of-book.xhtml": ("frontmatter", "imprint"),
        "imprint.xhtml": ("bodymatter", "chapter"),
        "index.xhtml": ("frontmatter", "preface"),
        "articles/one.xhtml": ("bodymatter", "chapter"),
        "articles/imprint.xhtml": ("bodymatter", "chapter"),
        "authors/ada.xhtml": ("backmatter", "contributors"),
        "sources.xhtml": ("backmatter", "bibliography"),
        "names.xhtml": ("backmatter", "index"),
        "colophon.xhtml": ("backmatter", "colophon"),
    }


def test_the_imprint_names_the_licence_in_words_and_how_to_cite(book: Path) -> None:
    page = part(book, "imprint-of-book.xhtml")
    assert lines(page)[1:] == [
        "The authors",
        "Publisher The Press",
        "Series Reviews, 7",
        "ISSN 2049-3630",
        "Edition English, 2 January 2026",
        "Licence Creative Commons Attribution 4.0 International (CC BY 4.0), creativecommons.org/licenses/by/4.0",
        "Cite this volume Author, Ada, Small, Reviews 7, The Press, 2026.",
    ]
    assert find(page, "//h:a/@href") == ["https://creativecommons.org/licenses/by/4.0"]
    assert lines(part(book, "titlepage.xhtml")) == ["Ada Author", "Reviews, 7", "The Press2 January 2026"]


def test_sources_and_names_lead_back_to_the_notes(book: Path) -> None:
    assert [text_of(each).strip() for each in find(part(book, "sources.xhtml"), "//h:li")] == [
        "Grafton, Anthony, The Footnote, Harvard, 1997.",
        "The Press Office, News, 2001.",
    ]
    names = part(book, "names.xhtml")
    entries = find(names, "//h:li[@e:type='index-entry']")
    assert [" ".join(text_of(each).split()) for each in entries] == [
        "Author, Ada One Two",
        "Grafton, Anthony One 1 Two 1",
        "The Press Office One 2",
    ]
    for address in find(names, "//h:section//h:a/@href"):
        file, _, place = str(address).partition("#")
        assert not place or find(part(book, file), f"//*[@id='{place}']/@role") == ["doc-noteref"]


def test_the_colophon_and_the_package_name_the_release(book: Path) -> None:
    package = part(book, "content.opf")
    (identifier,) = (each.text for each in find(package, "//d:identifier"))
    release = f"{identifier}@2026-01-02T00:00:00Z"
    assert find(package, "//o:meta[@property='dcterms:hasVersion']/text()") == [release]
    assert f"Release {release}" in lines(part(book, "colophon.xhtml"))


def test_no_class_is_left_that_no_style_sheet_knows(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        sheets = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".css"))
    known = set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", sheets))
    pages = [name for name in parts(book) if name.endswith(".xhtml")]
    used = {each for name in pages for names in find(part(book, name), "//@class") for each in str(names).split()}
    assert used and used - known == set()


def declarations(css: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the rules of a style sheet, those for wide screens too: each selector, and its declarations in order."""
    found = []
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        assert rule.type in ("qualified-rule", "at-rule"), rule
        if rule.type == "at-rule":
            assert (rule.at_keyword, tinycss2.serialize(rule.prelude).strip()) == ("media", "(min-width: 40em)")
            found += declarations(tinycss2.serialize(rule.content))
            continue
        said = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
        assert all(each.type == "declaration" for each in said), tinycss2.serialize(rule.content)
        values = [(each.name, tinycss2.serialize(each.value).strip()) for each in said]
        found.append((tinycss2.serialize(rule.prelude), values))
    return found


LOGICAL = re.compile(r"(?:margin|padding|border)-inline(?:-(?:start|end))?(?:-\w+)?")


def faults(selector: str, said: list[tuple[str, str]]) -> list[str]:
    """List what an old device, or Kindle's converter, does not understand or does wrong."""
    found = []
    if re.search(r":(?:has|is|where|not|nth)", selector):
        found.append("selector")
    for place, (name, value) in enumerate(said):
        before = said[:place]
        plain = [each for each, _value in before]
        if LOGICAL.fullmatch(name) and not any(
            each.startswith(name.partition("-")[0]) and each != name for each in plain
        ):
            found.append(f"{name} without a plain declaration before it")
        if (
            name == "text-align"
            and value in ("start", "end")
            and not {("text-align", "left"), ("text-align", "right")} & {*before}
        ):
            found.append(f"text-align: {value}")
        if name == "float" and value.startswith("inline") and "float" not in plain:
            found.append(f"float: {value}")
        if "vh" in value and name not in plain:
            found.append(f"{name}: {value}")
        if name.startswith("margin") and re.search(r"(?<![\w.])-\s*[\d.]", value):
            found.append(f"negative {name}")
        if name in ("height", "min-height", "position", "line-break", "columns") and value not in ("auto",):
            found.append(f"{name}: {value}")
        if name == "display" and value in ("grid", "flex", "inline-grid", "inline-flex"):
            found.append(f"display: {value}")
    return found


def test_the_style_sheet_is_one_for_old_devices_and_for_kindle(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        rules = declarations(archive.read("_static/book.css").decode())
    assert len(rules) > 100
    assert {selector: found for selector, said in rules if (found := faults(selector, said))} == {}


def test_a_fault_of_a_style_sheet_is_found() -> None:
    css = "a:has(b) { margin-inline: 1em 0; text-align: start; height: 3em; margin: -1em 0; display: grid }"
    assert len(faults(*declarations(css)[0])) == 6


def test_what_small_devices_cannot_do_is_in_the_markup(book: Path) -> None:
    page = part(book, "articles/one.xhtml")
    rows = find(page, "//h:figure[@id='wide']//h:div[@role='row']")
    assert [len(row) for row in rows] == [10, 10]
    assert text_of(rows[1][3]).strip() == "Head 3: 30"
    assert [text_of(each) for each in find(page, "//h:figcaption/h:span")] == ["Table 1."]
    assert [text_of(each) for each in find(page, "//h:table[@role='presentation']//h:td[@class='eqno']")] == ["(1)"]
    assert [text_of(each) for each in find(page, "//h:span[@class='verse-line']")] == ["A verse", "and another"]
    assert find(page, "//h:blockquote[@class='epigraph']/@role") == ["doc-epigraph"]
    assert [text_of(each) for each in find(page, "//h:div[@class='keywords']//h:p")] == ["Keywords", "one,", "two"]
