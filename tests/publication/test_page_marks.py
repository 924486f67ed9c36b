"""Pages of the volume marked on the site and in the EPUB: named, renewed with the pages, and dropped with the text."""

from __future__ import annotations

import json
import re
import zlib

import pytest

from tests.support.epub_books import COUNTED, find, messages, part
from tests.support.publications import Maker, Publication

pytestmark = pytest.mark.slow

CONF = (
    'project = "Small"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en"]\n'
    "fleuron_epub_fonts = False\n"
)
INDEX = "# Small\n\nA small publication.\n\n```{toctree}\narticles/one\narticles/two\n```\n"
LINE = "A paragraph of a dozen words that says little and takes its room. "


def article(title: str, paragraphs: int) -> str:
    text = "\n\n".join(f"{number}. {LINE * 6}" for number in range(paragraphs))
    return f"---\nauthors: [ada]\ndate: 2026-01-02\n---\n# {title}\n\n{text}\n"


ONE, TWO = article("One", 20), article("Two", 20)
FILES = {"conf.py": CONF, "index.md": INDEX, "articles/one.md": ONE, "articles/two.md": TWO}


def listed(publication: Publication) -> list[str]:
    """Return the names of the pages that the EPUB lists."""
    book = publication.build / "epub" / "small-en.epub"
    return [str(each.text) for each in find(part(book, "nav.xhtml"), "//h:nav[@e:type='page-list']//h:a")]


def marked(publication: Publication, name: str) -> list[str]:
    """Return the names of the pages that are marked in an article on the site."""
    page = publication.page("en", f"articles/{name}")
    return [str(mark.get("data-folio")) for mark in page.cssselect("[role=doc-pagebreak]")]


def searched(publication: Publication, name: str) -> list[str]:
    """Return the names of the pages that the search knows of the text of an article."""
    script = (publication.build / f"html/en/_search/articles/{name}.js").read_text("utf-8")
    text = json.loads(script.removeprefix("SearchTexts.add(").removesuffix(");\n"))
    return [page for passage in text["passages"] for _place, page in passage.get("pages", ())]


@pytest.mark.parametrize(
    ("folios", "names"), [("volume", "1 2 3 4 5 6 7 8"), ("article", "1.1 1.2 1.3 1.4 2.1 2.2 2.3 2.4")]
)
def test_pages_have_the_names_that_the_volume_gives_them(make: Maker, folios: str, names: str) -> None:
    one, two = names.split()[:4], names.split()[4:]
    publication = make({**FILES, "conf.py": f'{CONF}fleuron_folios = "{folios}"\n'})
    assert publication.publish("pdf", "epub", "html", options="-W").code == 0
    assert marked(publication, "one") == one
    assert marked(publication, "two") == two
    assert (searched(publication, "one"), searched(publication, "two")) == (one, two)
    assert listed(publication)[: len(one + two)] == one + two
    package = part(publication.build / "epub" / "small-en.epub", "content.opf")
    assert [each.text for each in find(package, "//o:meta[@property='pageBreakSource']")] == ["Small (PDF, en)"]


def test_a_text_that_was_changed_has_no_marks_until_its_pages_are_laid_out_again(make: Maker) -> None:
    publication = make({**FILES, "conf.py": f'{CONF}fleuron_folios = "article"\n'})
    assert publication.publish("pdf", "epub", "html", options="-W").code == 0
    whole = listed(publication)
    publication.write("articles/two.md", article("Two", 30))
    assert publication.publish("epub", "html", options="-W").code == 0
    assert marked(publication, "one") == ["1.1", "1.2", "1.3", "1.4"] and marked(publication, "two") == []
    assert searched(publication, "two") == []
    assert listed(publication) == [name for name in whole if not name.startswith("2.")]
    assert publication.publish("pdf", "epub", "html", options="-W").code == 0
    assert marked(publication, "two") == ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6"]


def test_without_a_plan_no_page_is_marked_and_none_is_claimed(make: Maker) -> None:
    publication = make(FILES)
    assert publication.publish("epub", "html", options="-W").code == 0
    assert marked(publication, "one") == listed(publication) == []
    said = (part(publication.build / "epub" / "small-en.epub", "content.opf")).xpath("string()")
    assert "pageNavigation" not in str(said) and "printed volume" not in str(said)


BEGINS = {
    "code": "```python\n" + "\n".join(f"line_{number} = 'x < y'" for number in range(90)) + "\n```",
    "numbered": "```{code-block} python\n:linenos:\n:emphasize-lines: 40,41,42,43,44,45,46,47,48,49\n\n"
    + "\n".join(f"line_{number} = {number}" for number in range(90))
    + "\n```",
    "formulas": "\n\n".join(f"$$\n\\sum_{{i=1}}^{{{number}}} i = \\frac{{n(n+1)}}{{2}}\n$$" for number in range(30)),
    "figures": "\n\n".join(
        f"```{{figure}} a.png\n:alt: A picture\n:width: {width}\n\nCaption.\n```" for width in ("80%", "200px", "90%")
    ),
    "bare": "\n\n".join(["```{figure} a.png\n:alt: A picture\n:width: 90%\n```"] * 3),
    "links": "\n\n".join(["```{image} a.png\n:alt: A picture\n:target: https://example.org/\n```"] * 3),
    "terms": "\n\n".join(f"Term {number}\n: {LINE * 2}" for number in range(50)),
    "verse": "```{line-block}\n" + "\n".join(f"{'  ' * (number % 3)}Line {number}" for number in range(90)) + "\n```",
    "rows": "| A |\n|---|\n" + "\n".join(f"| {LINE} |" for _row in range(70)),
    "roles": "\n\n".join(f"A `{LINE * 4}` and {{code}}`x = {LINE.strip()}`." for _paragraph in range(30)),
}
PICTURE = b"".join(  # of 300 by 500 pixels
    len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    for kind, data in [
        (b"IHDR", bytes([0, 0, 1, 44, 0, 0, 1, 244, 8, 0, 0, 0, 0])),
        (b"IDAT", zlib.compress(b"\0" * 301 * 500)),
        (b"IEND", b""),
    ]
)


@pytest.mark.java
@pytest.mark.slow
def test_a_page_may_begin_in_any_kind_of_node(make: Maker) -> None:
    """In code, at a formula, at a scaled picture …: each page is marked once, in order, and the EPUB is valid."""
    conf = f'{CONF}myst_enable_extensions = ["dollarmath", "deflist"]\n'
    index = "# Small\n\n```{toctree}\n" + "\n".join(f"articles/{name}" for name in BEGINS) + "\n```\n"
    articles = {
        f"articles/{name}.md": f"---\nauthors: [ada]\n---\n# T\n\nText.\n\n{text}\n" for name, text in BEGINS.items()
    }
    publication = make({"conf.py": conf, "index.md": index, **articles, "articles/one.md": None})
    publication.write("articles/a.png", b"\x89PNG\r\n\x1a\n" + PICTURE)
    result = publication.publish("pdf", "epub", "html", options="-W")
    assert result.code == 0, result.output
    whole = listed(publication)
    on_site = [name for article in BEGINS for name in marked(publication, article)]
    assert on_site == whole[: len(on_site)] and len(on_site) >= 2 * len(BEGINS)
    code = publication.page("en", "articles/code")
    lines = [mark.getnext().text_content() for mark in code.cssselect("pre [role=doc-pagebreak]")]
    assert len(lines) == 2 and all(re.fullmatch(r"line_\d+", line) for line in lines)
    assert (
        len(
            publication.page("en", "articles/numbered").cssselect(
                ".hll ~ [role=doc-pagebreak], pre [role=doc-pagebreak]"
            )
        )
        == 2
    )
    assert publication.page("en", "articles/figures").cssselect("figure [role=doc-pagebreak]")
    found = messages(publication.build / "epub" / "small-en.epub")
    assert [message for message in found if message[0] != COUNTED] == []
