"""Links lead to http, https, mailto and doi addresses alone, wherever they come from, and in each format."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html

from fleuron.manuscript.unsafe_markup import is_allowed_address
from tests.mistakes.test_mistakes import CATALOGUE, TURKISH
from tests.support.publications import SMALL, Publication, run_in_process
from tests.support.shared_folders import shared_folder

FORBIDDEN = (
    *(
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:x",
        "\x01javascript:x",
        "java\tscript:x",
        "java\nscript:x",
    ),
    *(
        "data:text/html,x",
        "DATA:text/html;base64,eA==",
        "file:///etc/passwd",
        "vbscript:x",
        "VbScript:x",
        "ftp://x.example",
    ),
    *("view-source:x", "blob:x", "about:blank", "\x1fdata:x", "jar:file:x", "http://["),
)
ALLOWED = (
    *(
        "http://a.example",
        "https://a.example/?a=javascript:x",
        "HTTPS://a.example",
        "mailto:a@b.example",
        "doi:10.5555/1",
    ),
    *("page.html", "#javascript:x", "../a/b.html", "//a.example", "?a=data:x", ""),
)
# What browsers take for code or another file, wherever it is written.
HARMFUL = re.compile(
    r"[\0-\x20]*(j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript|data|file|ftp|blob)\s*:", re.IGNORECASE
)

# The attributes of HTML, SVG and library records that have addresses.
ADDRESS = re.compile(r"(href|src|srcset|action|data|poster|cite|background|uri|about|resource)$")

TEXT = """---
authors: [ada]
date: 2026-01-02
doi: "javascript:doi"
license: "javascript:license"
keywords: ["javascript:keyword"]
abstract: "About [this](javascript:abstract) <javascript:autolink>."
---
# One

A note.{footcite}`evil` Another.[^mine] See {footcite}`evil2`.

[One](JavaScript:one) [two](data:text/html,two) [three](file:///three) [four](vbscript:four) [ref]
[five](&#106;avascript:five) [six](java&Tab;script:six) [seven](<java	script:seven>)

A <a href="javascript:html">link</a>, <a href="&#106;ava&Tab;script:entity">one</a>,
<a href=" DATA:text/html,x">two</a>.

```{image} /a.svg
:alt: A picture
:target: javascript:picture
```

```{eval-rst}
`rst <javascript:rst>`_ and `two <file:///rst>`__.
```

Words to translate.

[^mine]: Mine, [with a link](vbscript:note) and {footcite}`evil`.

[ref]: javascript:definition
"""
BIB = """@misc{evil, title = {Evil}, author = {A, B}, year = 2000, url = {javascript:bib}, note = {\\url{javascript:x}}}
@misc{evil2, title = {\\href{javascript:title}{Two}}, author = {A}, doi = {javascript:x}, url = {data:x}}
"""


@pytest.mark.parametrize("address", FORBIDDEN)
def test_other_schemes_are_forbidden(address: str) -> None:
    assert not is_allowed_address(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_addresses_of_the_web_and_of_the_publication_are_allowed(address: str) -> None:
    assert is_allowed_address(address)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication that has such addresses wherever an author or translator can write one, in every format."""

    def build(folder: Path) -> None:
        publication = Publication(folder / "source")
        words = CATALOGUE + 'msgid "Words to translate."\nmsgstr "[Bir](javascript:po) ve [iki](&#100;ata:x)."\n'
        conf = SMALL["conf.py"] + 'html_baseurl = "https://small.example/"\n'
        ada = '---\nname: "[Ada](javascript:name)"\norcid: "javascript:orcid"\n---\nShe [writes](data:x).\n'
        square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><a href="javascript:x"><path/></a></svg>'
        files = {"conf.py": conf, "articles/one.md": TEXT, "refs.bib": BIB, TURKISH: words, "a.svg": square}
        for name, text in {**SMALL, **files, "authors/ada.md": ada}.items():
            publication.write(name, text)
        arguments = ["--source", str(publication.source), "--build", str(publication.build)]
        result = run_in_process(["publish", "pdf", "epub", "records", "html", "--keep-going", *arguments])
        (folder / "output").write_text(result.output, "utf-8")

    return Publication(shared_folder(tmp_path_factory, "addresses", build) / "source")


def addresses_in(name: str, content: bytes) -> Iterator[str]:
    """Yield the addresses in the attributes of a document."""
    if name.endswith(".html"):
        tree = html.fromstring(content)
    else:
        tree = etree.fromstring(content, etree.XMLParser(huge_tree=True, load_dtd=False, no_network=True))
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield from (str(value) for key, value in element.attrib.items() if ADDRESS.search(str(key)))


def documents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every document of XML and HTML that is published, those in EPUBs too."""
    for path in sorted(folder.rglob("*")):
        if "editions" in path.parts or not path.is_file():
            continue
        if path.suffix in (".html", ".xml", ".xhtml", ".svg"):
            yield str(path), path.read_bytes()
        elif path.suffix == ".epub":
            with zipfile.ZipFile(path) as book:
                for name in book.namelist():
                    if name.endswith((".xhtml", ".opf", ".ncx", ".svg")):
                        yield f"{path}:{name}", book.read(name)


def test_no_document_links_anything_else(published: Publication) -> None:
    seen = list(documents(published.build))
    assert {"html", "xml", "xhtml", "svg", "opf"} <= {name.rpartition(".")[2] for name, _ in seen}
    for name, content in seen:
        assert not [each for each in addresses_in(name, content) if HARMFUL.match(each)], name


def test_no_pdf_links_anything_else(published: Publication) -> None:
    books = [path for path in published.build.rglob("*.pdf") if "editions" not in path.parts]
    assert len(books) == 8, "four, and the copies that the site offers"
    for path in books:
        with pikepdf.open(path) as pdf:
            actions = [each.A for page in pdf.pages for each in page.get("/Annots", ()) if "/A" in each]
            assert {str(action.S) for action in actions} <= {"/URI", "/GoTo"}
            assert not [str(action.URI) for action in actions if "/URI" in action and HARMFUL.match(str(action.URI))]


def test_each_is_told_where_it_is_written(published: Publication) -> None:
    output = (published.source.parent / "output").read_text("utf-8")
    places = [f"articles/one.md:{line}" for line in (4, 5, 16, 19, 25)]
    for place in (*places, "authors/ada.md:3", f"{TURKISH}:6", "refs.bib:1", "refs.bib:2"):
        assert re.search(rf"/{re.escape(place)}: WARNING: ", output), place
