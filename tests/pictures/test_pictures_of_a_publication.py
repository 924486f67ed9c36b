"""Pictures as authors and importers write them, in one publication with all of them, in every format."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pikepdf
import pytest
from lxml import etree, html

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH, told
from tests.pictures.test_picture_files import PHOTOGRAPH
from tests.support.epub_books import find, messages, part
from tests.support.forked_sphinx import run_sphinx
from tests.support.publications import SMALL, Maker, Publication, Result, pdf_pages, text_of

pytestmark = pytest.mark.slow

REMOTE = "https://example.org"
NAMES = ("a b", "карта", "100% sure", "a#b", "it’s “q”", "f (1)", "q?x", "a%20c", "a+b&c", "şekil ğ", "a;b,c", '"q"')
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="evil()">
<script>evil()</script><path d="M0 0H9V9Z"/></svg>"""
CLEAN = '<path d="M0 0H9V9Z"/>'

IN_HTML = """<figure>
<img src="p/a b.png" alt="A picture in HTML" width="300" height="200" onclick="evil()">
<figcaption>A caption in HTML</figcaption>
</figure>

Inline <img src="p/карта.png" alt="within a line"> and <img src='p/f (1).png' alt=''>.

<picture><source srcset="p/100%25%20sure.png 2x, p/a%2Bb%26c.png" media="(min-width: 600px)"><img src="p/a b.png" alt="A choice"></picture>

<svg viewBox="0 0 9 9" width="20" height="20"><title>A drawn&nbsp;dot</title><circle r="5" onclick="evil()"/></svg>

<video poster="p/a b.png" src="p/film.mp4" title="A film">No films here.</video>

<a href="p/a%23b.png?w=9"><img src="p/a b.png?w=3" alt="a small one"></a> and ![a film](p/film.mp4).

<object data="p/drawing.svg">Words of an object</object> <b style="background:url(https://example.org/x.png)">bold</b>

A note.[^n]

[^n]: Look: <img src="p/a b.png" alt="in a note" width="20">.
"""  # noqa: E501 (HTML as importers write it)
BY_NAME = "\n\n".join(
    [
        '![in Markdown](<p/a b.png>) ![by escapes](p/a%20b.png) ![one](<p/100% sure.png> "A title") ![two](p/a#b.png)',
        *(
            f"```{{figure}} p/{name}.png\n:alt: named {number}\n\nCaption {number}\n```"
            for number, name in enumerate(NAMES)
        ),
        "```{image} p/a b.png\n:alt:\n```",
        "![drawn](p/drawing.svg) and {download}`the file <p/drawing.svg>`",
    ]
)
FROM_NETWORK = f"""![Remote words]({REMOTE}/a.png) and [![a badge]({REMOTE}/badge.svg)]({REMOTE}/ci).

```{{figure}} {REMOTE}/fig.png
:alt: A remote figure

Caption of the remote.
```

```{{image}} {REMOTE}/b.png
:target: {REMOTE}/there
:alt: A remote image
```

<figure><img src="{REMOTE}/html.png" alt="Remote in HTML"><figcaption>Its caption</figcaption></figure>

<picture><source srcset="{REMOTE}/a.webp"><img src="{REMOTE}/c.png" alt="A remote choice"></picture>

<iframe src="{REMOTE}/film" title="A remote film"></iframe>
"""
FILES = {
    **SMALL,
    "conf.py": SMALL["conf.py"] + 'html_logo = "logo.svg"\nhtml_static_path = ["_static"]\n',
    "index.md": "# Small\n\nPictures.\n\n```{toctree}\narticles/one\narticles/two\narticles/three\n```\n",
    "articles/one.md": HEAD + BY_NAME + "\n",
    "articles/two.md": HEAD.replace("# One", "# Two") + IN_HTML,
    "articles/three.md": HEAD.replace("# One", "# Three") + FROM_NETWORK,
    "articles/p/drawing.svg": DRAWING,
    "logo.svg": DRAWING,
    "_static/ornament.svg": DRAWING,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, Result]:
    publication = Publication(tmp_path_factory.mktemp("pictures") / "source")
    for name, text in FILES.items():
        publication.write(name, text)
    for name in NAMES:
        publication.write(f"articles/p/{name}.png", PHOTOGRAPH)
    publication.write("articles/p/film.mp4", b"\0\0\0\x18ftypmp42" + bytes(64))
    result = publication.publish("html", "epub", "pdf", languages="en")
    assert result.code == 0, result.output
    return publication, result


def book(publication: Publication) -> Path:
    return publication.build / "epub" / "small-en.epub"


def pictures(page: etree._Element) -> list[tuple[str | None, str | None]]:
    """Return the address and the alternative text of each picture in the text of a page, but larger copies."""
    (main,) = find(page, "//*[local-name()='article'] | //*[@role='main']")[:1]
    images = (image for image in main.iter("{*}img") if image.getparent().get("class") != "lightbox")
    return [(image.get("src"), image.get("alt")) for image in images]


def exist(page: Path, root: etree._Element) -> Iterator[bool]:
    """Yield for each file that a page shows whether it is there."""
    for element in root.iter("{*}img", "{*}source", "{*}video"):
        names = [element.get("src"), element.get("poster")]
        names += [each.split()[0] for each in (element.get("srcset") or "").split(", ") if each]
        yield from ((page.parent / unquote(name)).is_file() for name in names if name)


def test_a_picture_of_any_name_is_shown_in_every_way_to_write_it(built: tuple[Publication, Result]) -> None:
    publication, _ = built
    page = publication.page("en", "articles/one")
    path = publication.build / "html/en/articles/one.html"
    expected = ["in Markdown", "by escapes", "one", "two", *(f"named {number}" for number in range(len(NAMES))), ""]
    assert [alt for _, alt in pictures(page)] == [*expected, "drawn"]
    assert all(exist(path, page))
    in_book = part(book(publication), "articles/one.xhtml")
    assert [image.get("alt") for image in find(in_book, "//h:section//h:img")] == [*expected, "drawn"]
    assert [image.get("title") for image in find(in_book, "//h:img[@title]")] == ["A title"]


def test_pictures_in_html_are_found_and_described(built: tuple[Publication, Result]) -> None:
    publication, _ = built
    page = publication.page("en", "articles/two")
    path = publication.build / "html/en/articles/two.html"
    texts = ["A picture in HTML", "within a line", "", "A choice", "a small one", "in a note"]
    assert [alt for _, alt in pictures(page)] == texts
    found = list(exist(path, page))
    assert len(found) == len(texts) + 6, "those of a choice, of films, and the logo"
    assert all(found)
    assert text_of(page.cssselect("figcaption")[0]) == "A caption in HTML"
    source = html.tostring(page, encoding="unicode")
    assert "evil" not in source
    assert "x.png" not in source
    assert page.xpath("//main//a[img]/@href | //object/@data") == ["../_images/a%23b.png", "../_images/drawing.svg"]
    in_book = part(book(publication), "articles/two.xhtml")
    assert [image.get("alt") for image in find(in_book, "//h:section//h:img")] == texts[:-1]
    assert [text_of(title) for title in find(in_book, "//h:section//*[local-name()='title']")] == ["A drawn dot"]
    assert len(find(in_book, "//h:video[@poster][@src]")) == 1
    assert [text_of(film) for film in find(in_book, "//h:video")] == ["No films here.", "a film"]


def test_epubcheck_and_ace_find_nothing(built: tuple[Publication, Result]) -> None:
    """The files in _static are for the site, so that nothing in the book refers to them."""
    assert [found for found in messages(book(built[0])) if found[0] not in ("OPF-097", "CSS-028")] == []


def test_pictures_are_described_in_the_pdf(built: tuple[Publication, Result]) -> None:
    publication, _ = built
    with pikepdf.open(publication.build / "pdf" / "small-en.pdf") as pdf:
        parts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
        texts = {str(each.Alt) for each in parts}
        assert b"<pdfuaid:part>1<" in pdf.Root.Metadata.read_bytes()
    assert {"in Markdown", "one A title", "drawn", "named 11", "A picture in HTML", "A choice", "in a note"} <= texts
    assert {"A drawn dot", "A film"} <= {text.replace("\N{NO-BREAK SPACE}", " ") for text in texts}
    pages = " ".join(" ".join(pdf_pages(publication.build / "pdf" / "small-en.pdf")).split())
    assert "A caption in HTML" in pages
    assert "No films here." in pages
    assert "a film" in pages
    assert "Words of an object bold" in pages
    assert "A remote film" in pages


def test_pictures_from_the_network_are_links_with_their_words(built: tuple[Publication, Result]) -> None:
    publication, result = built
    words = {
        "Remote words": f"{REMOTE}/a.png",
        "a badge": f"{REMOTE}/ci",
        "A remote figure": f"{REMOTE}/fig.png",
        "A remote image": f"{REMOTE}/there",
        "Remote in HTML": f"{REMOTE}/html.png",
        "A remote choice": f"{REMOTE}/c.png",
    }
    page = publication.page("en", "articles/three")
    in_book = part(book(publication), "articles/three.xhtml")
    for root in (page, in_book):
        links = {text_of(link): link.get("href") for link in root.iter("{*}a")}
        assert words.items() <= links.items()
        assert not list(root.iter("{*}picture", "{*}source"))
    assert not pictures(page)
    lines = [line for line in told(result) if "[fleuron.remote_picture]" in line]
    assert [line.partition(": WARNING")[0] for line in lines[:6]] == [
        f"articles/three.md:{line}" for line in (7, 7, 9, 15, 20, 22)
    ]


def test_drawings_are_published_without_code(built: tuple[Publication, Result]) -> None:
    publication, result = built
    drawings = {name: content for name, content in publication.files().items() if name.endswith(".svg")}
    assert {Path(name).name for name in drawings} >= {"drawing.svg", "logo.svg", "ornament.svg"}
    assert sum(name.startswith("html/en/_downloads/") for name in drawings) == 1
    with zipfile.ZipFile(book(publication)) as archive:
        drawings |= {name: archive.read(name) for name in archive.namelist() if name.endswith(".svg")}
    ours = {name: content for name, content in drawings.items() if CLEAN.encode() in content}
    assert len(ours) >= 6
    assert not [name for name, content in drawings.items() if b"evil" in content]
    lines = [line for line in told(result) if "[fleuron.unsafe_picture]" in line]
    assert any(line.startswith("articles/one.md:") and "“onload” (line 1), <script> (line 2)" in line for line in lines)
    assert any(line.startswith("logo.svg:1:") for line in lines)


def test_a_picture_without_words_is_told_and_the_pdf_claims_less(make: Maker) -> None:
    text = HEAD + "Words\n![](p.png) ![d](<p.png>).\n\n```{figure} p.png\n\nA caption.\n```\n\n<img src='p.png'>\n"
    publication = make({"articles/one.md": text + "\n![a](a b.png) and `![a](a b.png)`.\n"})
    publication.write("articles/p.png", PHOTOGRAPH)
    result = publication.publish("epub", "html", "pdf", languages="en")
    assert result.code == 0, result.output
    lines = [line for line in told(result) if "[fleuron.no_description]" in line]
    assert [line.partition(": WARNING")[0] for line in lines] == [f"articles/one.md:{line}" for line in (8, 10, 15)]
    assert sum("[fleuron.misread_picture]" in line and "![…](<a b.png>)" in line for line in told(result)) == 1
    claims = [line for line in told(result) if "do not claim to be accessible (PDF/UA)" in line]
    assert [line.partition("number of such pictures in this edition: ")[2].split()[0] for line in claims] == ["3"]
    assert [alt for _, alt in pictures(publication.page("en", "articles/one"))] == [None, "d", None, None]
    with pikepdf.open(publication.build / "pdf" / "small-en.pdf") as pdf:
        assert b"<pdfuaid:part>" not in pdf.Root.Metadata.read_bytes()
    package = part(book(publication), "content.opf")
    features = {str(each.text) for each in find(package, "//o:meta[@property='schema:accessibilityFeature']")}
    assert "alternativeText" not in features
    before = publication.files()
    assert publication.publish("pdf", languages="en", options="-W").code != 0
    assert publication.files() == before


UNSHOWN = {
    '<img src="../../secret.png" alt="x">': "outside the publication",
    '<img src="missing.png" alt="x">': "missing.png",
    '<img src="javascript:alert(1)" alt="x">': "javascript:",
    '<img src="data:image/png;base64,AAAA" alt="x">': "not a valid PNG",
    '<img alt="x">': "names no file",
    '<video poster="missing.png" src="film.mp4"></video>': "missing.png",
    f'<img src="{"a" * 300}.png" alt="x">': "longer than a file’s can be",
    "<svg><circle></svg>": "must be XML",
    '<img src="a%00b.png" alt="x">': "control character",
}


def test_a_picture_that_cannot_be_shown_is_told_at_its_line(make: Maker) -> None:
    texts = "\n\n".join(UNSHOWN)
    result = make({"articles/one.md": f"{HEAD}{texts}\n"}).publish("html", languages="en")
    assert result.code != 0
    for number, words in enumerate(UNSHOWN.values()):
        place = f"articles/one.md:{7 + 2 * number}"
        assert any(line.startswith(place) and words in line for line in told(result)), (place, words, result.output)


def test_a_translator_describes_pictures_in_html_and_adds_none(make: Maker) -> None:
    source = '<img src="p.png" alt="first"> words'
    added = r"<img src=\"p.png\" alt=\"ilk\"> ve <img src=\"p.png\" alt=\"x\" onerror=\"evil()\"> söz"
    message = f'{CATALOGUE}msgid "<img src=\\"p.png\\" alt=\\"first\\"> words"\nmsgstr "{added}"\n'
    publication = make({"articles/one.md": f"{HEAD}Text: {source}.\n\n{source}\n\nLast.\n", TURKISH: message})
    for name in ("p.png", "p.tr.png"):
        publication.write(f"articles/{name}", PHOTOGRAPH)
    result = publication.publish("html", languages="tr")
    assert result.code == 0, result.output
    page = publication.page("tr", "articles/one")
    assert [alt for _, alt in pictures(page)] == ["first", "ilk"]
    assert {address for address, _ in pictures(page)} == {"../_images/p.tr.png"}
    assert not page.xpath("//@onerror")
    assert sum("[fleuron.foreign_markup]" in line for line in told(result)) == 1


def test_a_picture_of_an_edition_is_found_when_it_is_added(make: Maker) -> None:
    publication = make({"articles/one.md": f"{HEAD}![A picture](p.png)\n"})
    shown = []
    for name in ("p.png", "p.tr.png"):
        publication.write(f"articles/{name}", PHOTOGRAPH)
        assert publication.publish("html").code == 0
        shown.append([pictures(publication.page(each, "articles/one"))[0][0] for each in ("en", "tr")])
    assert shown == [["../_images/p.png", "../_images/p.png"], ["../_images/p.png", "../_images/p.tr.png"]]


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_sphinx_s_own_builders_publish_no_code_in_drawings(make: Maker, builder: str) -> None:
    publication = make({"articles/one.md": f"{HEAD}![drawn](p.svg)\n", "articles/p.svg": DRAWING})
    done = run_sphinx(["-q", "-b", builder, str(publication.source), str(publication.build)])
    assert done.code == 0, done.output
    assert CLEAN in (publication.build / "_images" / "p.svg").read_text("utf-8")
    assert "evil" not in (publication.build / "_images" / "p.svg").read_text("utf-8")


def test_a_damaged_picture_is_one_error_in_all_formats(make: Maker) -> None:
    """The words of its description are in no PDF: that follows, and is not reported as well."""
    publication = make({"articles/one.md": f"{HEAD}Words ![A drawing of hills](p.png) more.\n"})
    publication.write("articles/p.png", PHOTOGRAPH[:10])
    result = publication.publish("pdf", "epub", "html", languages="en")
    assert result.code == 1
    errors = [line for line in told(result) if "ERROR" in line]
    assert [line.partition(":")[0] for line in errors] == ["articles/p.png"], errors
    assert "1 error in" in result.output.splitlines()[-1]
