"""What Sphinx's own EPUB builder gets wrong, in one publication that has all of it, and shows none."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fontTools import subset

from fleuron.epub.cover import FALLBACK_FACE
from tests.support.epub_books import COUNTED, find, messages, part, parts, violations
from tests.support.publications import SMALL, Maker, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

LANGUAGES = ("ru", "fa")
# For validators, of which each run takes seconds.
VALIDATED = (pytest.param("ru", marks=pytest.mark.nightly), "fa")
FILES: dict[str, str] = {
    "conf.py": """\
project = "Бумага"
author = "A. Author"
extensions = ["fleuron"]
fleuron_languages = ["ru", "fa"]
fleuron_publication = "paper"
fleuron_edition_threshold = 0
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "tasklist"]
html_static_path = ["_static"]
html_css_files = ["own.css"]
suppress_warnings = ["fleuron.remote_picture"]
epub_cover = ("_static/face.svg", "")
""",
    "index.md": (
        "# Бумага\n\nТекст.\n\n```{toctree}\narticles/бумага\narticles/kağıt\narticles/two words\n```\n\n"
        "```{toctree}\narticles/бумага\narticles/withdrawn\n```\n"
    ),
    "articles/бумага.md": (
        "---\ndate: 1974-05-06\nauthors: [ada]\n---\n# Бумага\n\nТекст $x^2 < y$ и [другая](kağıt.md).[^a]\n\n"
        "$$\n\\sum_{i=1}^n i = \\frac{n(n+1)}{2}\n$$\n\n[^a]: Сноска, см. [третью](<two words.md>).\n"
    ),
    "articles/kağıt.md": """\
---
authors: [ada]
---
# Kağıt

Line<br>break and a <b>bold &mdash; word</b> with&nbsp;space and
<img src="https://example.org/x.png" alt="A &mdash; B">.

<details open>
<summary>More</summary>
<p>Text
<a href="javascript:alert(1)" onclick="alert(1)">leads nowhere</a>
</details>

<script>alert(1)</script>

<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" role="img" aria-label="A dot"><circle r="5"/></svg>

<audio src="https://example.org/x.mp3" controls></audio>

- [x] done
- [ ] not done

| Head | Number |
|---|---|
| one | 1 |

![A map](<карта мира.svg>)
""",
    "articles/карта мира.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>',
    "articles/two words.md": "---\nauthors: [ada]\n---\n# Two words\n\nText.\n",
    "articles/withdrawn.md": "---\nauthors: [ada]\n---\n# Withdrawn\n\nText. See [one](kağıt.md).\n",
    "about.md": "---\norphan: true\n---\n# About\n\nNobody leads here.\n",
    "authors/ada.md": "---\nname: Ada Author\n---\nAda writes.\n",
    "_static/own.css": '@font-face{font-family:Own;src:url("own.woff2") format("woff2")}\n',
    "_static/face.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>',
}


def woff2(path: Path) -> None:
    """Make a font of a few letters."""
    options = subset.Options(flavor="woff2")
    with subset.load_font(str(FALLBACK_FACE), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text="ab")
        cutter.subset(font)
        subset.save_font(font, str(path), options)


# The landmarks of a book with contributors whose notes cite nothing.
MARKED = ["cover", "titlepage", "imprint", "toc", "bodymatter", "contributors", "index", "colophon"]


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The publication after an article was withdrawn; it has one warning."""
    made = Publication(tmp_path_factory.mktemp("defects") / "source")
    for name, text in FILES.items():
        made.write(name, text)
    woff2(made.source / "_static" / "own.woff2")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", "1")
        assert made.publish("epub").code == 0
        (made.source / "articles" / "withdrawn.md").unlink()
        made.write("index.md", FILES["index.md"].replace("articles/withdrawn\n", ""))
        result = made.publish("epub")
    assert result.code == 0, result.output
    told = [line for line in result.output.splitlines() if "WARNING" in line]
    assert [line.rpartition(" [")[2] for line in told] == ["fleuron.forbidden_address]"], "of javascript:, once"
    return made


def book(publication: Publication, language: str = "ru") -> Path:
    return publication.build / "epub" / f"paper-{language}.epub"


@pytest.mark.java
@pytest.mark.parametrize("language", VALIDATED)
def test_epubcheck_has_nothing_to_say(publication: Publication, language: str) -> None:
    """Usages included; it counts the declarations of fonts, which it calls a usage, and there is no other way."""
    assert [said for said in messages(book(publication, language)) if said[0] != COUNTED] == []


@pytest.mark.node
@pytest.mark.parametrize("language", VALIDATED)
def test_ace_finds_no_violation(publication: Publication, language: str) -> None:
    assert violations(book(publication, language)) == []


@pytest.fixture(scope="module")
def plain(publication: Publication, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The publication without fonts of its own or of the press."""
    plain = Publication(tmp_path_factory.mktemp("plain") / "source")
    shutil.copytree(publication.source, plain.source, ignore=shutil.ignore_patterns("*.mo"))
    plain.write("conf.py", FILES["conf.py"].replace('["own.css"]', "[]") + "fleuron_epub_fonts = False\n")
    for own in ("own.css", "own.woff2"):
        (plain.source / "_static" / own).unlink()
    assert plain.publish("epub", languages="ru").code == 0
    return plain


def test_a_book_without_fonts_has_none(plain: Publication) -> None:
    assert not [name for name in parts(book(plain)) if "typefaces" in name]


@pytest.mark.java
@pytest.mark.nightly
def test_without_fonts_epubcheck_has_nothing_to_count(plain: Publication) -> None:
    assert messages(book(plain)) == []


def test_every_page_has_its_language_and_direction(publication: Publication) -> None:
    for language, direction in (("ru", "ltr"), ("fa", "rtl")):
        pages = [name for name in parts(book(publication, language)) if name.endswith(".xhtml")]
        assert len(pages) == 8 + 4  # with title page, imprint, names and colophon
        for name in pages:
            root = part(book(publication, language), name)
            assert (root.get("lang"), root.get("dir")) == (language, direction), name
            assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        spine = find(part(book(publication, language), "content.opf"), "//o:spine/@page-progression-direction")
        assert spine == [direction]


def test_names_of_files_are_plain_and_tell_the_article(publication: Publication) -> None:
    names = parts(book(publication))
    assert {"articles/bumaga.xhtml", "articles/kagit.xhtml", "articles/two-words.xhtml"} <= set(names)
    assert "_images/karta-mira.svg" in names
    assert all(name.isascii() and " " not in name for name in names)
    page = part(book(publication), "articles/bumaga.xhtml")
    assert find(page, "//h:a[.='другая']/@href") == ["kagit.xhtml"]
    assert find(page, "//h:aside//h:a[.='третью']/@href") == ["two-words.xhtml"]


def test_what_was_withdrawn_is_gone(publication: Publication) -> None:
    with zipfile.ZipFile(book(publication)) as archive:
        assert not [name for name in archive.namelist() if "withdrawn" in name]
        assert not [name for name in archive.namelist() if b"Withdrawn" in archive.read(name)]


def test_each_page_is_read_once_and_none_is_auxiliary(publication: Publication) -> None:
    package = part(book(publication), "content.opf")
    pages = {item.get("id"): item.get("href") for item in find(package, "//o:item")}
    spine = [pages[item.get("idref")] for item in find(package, "//o:itemref")]
    front = ["cover.xhtml", "titlepage.xhtml", "imprint.xhtml", "nav.xhtml"]
    assert spine[:6] == [*front, "index.xhtml", "articles/bumaga.xhtml"]
    assert len(spine) == len(set(spine)) and {"about.xhtml", "authors/ada.xhtml"} < set(spine)
    assert not find(package, "//o:itemref/@linear")
    contents = find(part(book(publication), "nav.xhtml"), "//h:nav[@e:type='toc']//@href")
    assert contents.count("articles/bumaga.xhtml") == 1


def test_the_package_says_what_pages_need(publication: Publication) -> None:
    items = find(part(book(publication), "content.opf"), "//o:item[@properties]")
    assert {item.get("href"): item.get("properties") for item in items} == {
        "_static/face.svg": "cover-image",
        "nav.xhtml": "nav",
        "articles/bumaga.xhtml": "mathml",
        "articles/kagit.xhtml": "svg",
    }


def test_a_formula_has_what_was_written_as_its_alternative(publication: Publication) -> None:
    formulas = part(book(publication), "articles/bumaga.xhtml").iter("{http://www.w3.org/1998/Math/MathML}math")
    assert [each.get("alttext") for each in formulas] == ["x^2 < y", r"\sum_{i=1}^n i = \frac{n(n+1)}{2}"]


def test_html_is_made_whole_and_harmless(publication: Publication) -> None:
    page = part(book(publication), "articles/kagit.xhtml")
    text = text_of(page)
    assert "bold \N{EM DASH} word" in text and "with space" in text
    assert "alert" not in text and not find(page, "//h:script | //@onclick | //@href[contains(., 'javascript')]")
    assert find(page, "//h:details/@open") == ["open"]
    boxes = find(page, "//h:input[@type='checkbox']")
    assert [(box.get("checked"), box.get("aria-label")) for box in boxes] == [("checked", "Сделано"), (None, "Сделано")]
    assert find(page, "//h:a[translate(., '\N{NO-BREAK SPACE}', ' ')='A \N{EM DASH} B']/@href") == [
        "https://example.org/x.png"
    ]
    assert find(page, "//h:a[.='https://example.org/x.mp3']/@href") and not find(page, "//h:audio")


def test_the_cover_is_the_one_that_was_given_and_says_what_it_is(publication: Publication) -> None:
    for language in LANGUAGES:
        page = part(book(publication, language), "cover.xhtml")
        image: Any = find(page, "//h:img")[0]
        assert (image.get("src"), image.get("role")) == ("_static/face.svg", "doc-cover")
        assert image.get("alt") == {"ru": "Бумага, Ada Author", "fa": "Бумага، Ada Author"}[language]
        landmarks = find(part(book(publication, language), "nav.xhtml"), "//h:nav[@e:type='landmarks']//h:a")
        assert [each.get("{http://www.idpf.org/2007/ops}type") for each in landmarks] == MARKED
        assert landmarks[0].text == {"ru": "Обложка", "fa": "جلد"}[language]


def test_a_date_before_1980_is_told_and_packed(publication: Publication) -> None:
    package = part(book(publication), "content.opf")
    assert [each.text for each in find(package, "//d:date")] == ["1974-05-06"]
    assert [each.text for each in find(package, "//o:meta[@property='dcterms:modified']")] == ["1974-05-06T00:00:00Z"]
    with zipfile.ZipFile(book(publication)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_heads_of_a_table_say_of_what(publication: Publication) -> None:
    heads = find(part(book(publication), "articles/kagit.xhtml"), "//h:thead//h:th")
    assert [each.get("scope") for each in heads] == ["col", "col"]


VISITORS = """

from docutils import nodes


def visit(self, node):
    self.body.append("<p>" + node.astext() + "</p>")
    raise nodes.SkipNode


def setup(app):
    app.add_node(nodes.rubric, override=True, epub=(visit, None), pdf=(visit, None))
"""


def test_an_extension_with_visitors_for_a_format_leaves_those_of_all_others(make: Maker) -> None:
    """Sphinx 9.0 would take none of the visitors for HTML: no full source of a short note, no isolated words."""
    source = "@book{a, author={Author, A.}, title={Title}, publisher={House}, address={Town}, year={2000}}\n"
    text = "Text.{footcite}`a` Words *in فارسی here*.{footcite}`a{p. 2}` In `code`.\n\n```{rubric} A box\n```\n"
    head = "---\nauthors: [ada]\n---\n# A title{footcite}`a`\n\n- An item{footcite}`a`\n\n"
    table = "| A{footcite}`a` |\n|---|\n| b |\n\n"
    conf = SMALL["conf.py"].replace('["en", "tr"]', '["en"]') + VISITORS
    publication = make({"conf.py": conf, "refs.bib": source, "articles/one.md": head + table + text})
    result = publication.publish("pdf", "epub", options="-W")
    assert result.code == 0, result.output
    page = part(publication.build / "epub" / "small-en.epub", "articles/one.xhtml")
    assert len(find(page, "//h:div[@class='full-source']")) == 4 and find(page, "//h:bdi")
    assert "A box" in text_of(page)
    assert "A box" in "\n".join(pdf_pages(publication.build / "pdf" / "en" / "one.pdf"))
