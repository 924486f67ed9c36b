"""Whatever authors write, the pages are well-formed, and run no script but those of Fleuron's theme."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, Dialog

from tests.mistakes.test_mistakes import assert_no_crash, assert_told
from tests.support.browser import visiting
from tests.support.publications import SMALL, Maker, Publication, Result, text_of

pytestmark = pytest.mark.slow

SCRIPT = "</script><script>alert(1)</script>"
WORDS = f"{SCRIPT} \"A\" 'b' & <b>bold</b> <!-- ]]> {{{{ 7*7 }}}}"
YAML = json.dumps(WORDS)
ADDRESS = 'html_baseurl = "https://small.example/a%20b/"\n'
ONE = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nThe first text.\n"
CONTENTS = "# Small\n\nA small publication.\n\n```{toctree}\n:glob:\n\narticles/*\n```\n"
JAVASCRIPT = "javascript:alert(1)"


def published_pages(publication: Publication) -> dict[str, html.HtmlElement]:
    """Parse all pages of the site, by their paths below its folder."""
    folder = publication.build / "html"
    return {
        path.relative_to(folder).as_posix(): html.parse(str(path)).getroot() for path in sorted(folder.rglob("*.html"))
    }


def assert_sound(publication: Publication, result: Result) -> dict[str, html.HtmlElement]:
    """The site is published, has no element or address that Fleuron has not written, and its files parse."""
    assert result.code == 0, result.output
    assert_no_crash(result)
    pages = published_pages(publication)
    for name, page in pages.items():
        scripts = [each for each in page.iter("script") if not each.get("src")]
        assert {each.get("type") for each in scripts} <= {"application/ld+json"}, name
        for each in scripts:
            assert json.loads(str(each.text))["@type"] == "ScholarlyArticle", name
        assert not list(page.iter("b")), name
        assert not [each for each in page.iter() if any(key.startswith("on") for key in each.attrib)], name
        addresses = [str(address) for _, _, address, _ in page.iterlinks()]
        assert not [each for each in addresses if re.match(r"\s*(javascript|data|vbscript|file):", each)], name
        ids = [str(each) for each in page.xpath("//@id")]
        assert len(ids) == len(set(ids)), name
        assert len(page.xpath("/html/head/title")) == len(page.xpath("//title[not(ancestor::svg)]")) == 1, name
    for path in (publication.build / "html").rglob("*.xml"):
        etree.parse(str(path))
    return pages


def dismiss(dialogs: list[str], dialog: Dialog) -> None:
    """Close what a script has opened, and keep what it said."""
    dialogs.append(dialog.message)
    dialog.dismiss()


def head_texts(page: html.HtmlElement, name: str) -> list[str]:
    return [str(meta.get("content")) for meta in page.xpath(f"//meta[@name='{name}' or @property='{name}']")]


HOSTILE: Mapping[str, str] = {
    "conf.py": SMALL["conf.py"].replace('"Small"', repr(WORDS))
    + ADDRESS
    + f"copyright = {WORDS!r}\nversion = {WORDS!r}\n",
    "index.md": CONTENTS,
    "articles/one.md": (
        f"---\ntitle: {YAML}\nsubtitle: {YAML}\nabstract: {YAML}\nkeywords: [{YAML}, water]\n"
        f"authors: [ada]\ndate: 2026-01-02\nlicense: CC-BY-4.0\n---\n\nText on water.{{footcite}}`evil`\n"
    ),
    "articles/two.md": ONE.replace("date:", "keywords: [water]\ndate:") + "\nMore on water.\n",
    "authors/ada.md": f"---\nname: {YAML}\naffiliation: {YAML}\n---\n<{JAVASCRIPT}> [Ada]({JAVASCRIPT})\n\n[writes](ftp://x.example).\n",
    "refs.bib": "@book{evil, author={A & <b>B</b>}, title={T " + SCRIPT + "}, publisher={P}, year={2000}, url={"
    f"{JAVASCRIPT}}}}}\n",
}


def test_hostile_text_is_text_on_every_page(make: Maker, browser: Browser) -> None:
    publication = make(HOSTILE)
    result = publication.publish("html")
    pages = assert_sound(publication, result)
    for place in ("articles/one.md:3:", "articles/one.md:4:", "articles/one.md:5:", "authors/ada.md:3:"):
        assert_told(result, place, "WARNING", "HTML in a title or in front matter is shown as plain text", "<script>")
    assert_told(result, "authors/ada.md:7:", "WARNING", "is left out", "ftp://")
    for language in ("en", "tr"):
        page = pages[f"{language}/articles/one.html"]
        for shown in ("h1", ".subtitle", ".abstract p:last-child", ".keywords li", ".byline"):
            assert "alert(1)" in text_of(page.cssselect(shown)[0]), shown
        for told in ("citation_title", "citation_author", "citation_keywords", "DCTERMS.abstract", "description"):
            assert SCRIPT in head_texts(page, told)[0], told
        assert SCRIPT in str(page.findtext(".//title"))
        keyword = pages[f"{language}/{page.cssselect('.keywords li a')[0].get('href').removeprefix('../')}"]
        assert text_of(keyword.cssselect("h1")[0]) == text_of(page.cssselect(".keywords li")[0])
        assert "<b>bold</b>" in str(keyword.findtext(".//title"))
    kinds = ("en/articles/one", "en/index", "en/authors/ada", "en/colophon", "en/keywords/water", "en/search", "index")
    for kind in kinds:
        with visiting(browser, publication.build / "html" / f"{kind}.html", 390) as page:
            dialogs: list[str] = []
            page.on("dialog", partial(dismiss, dialogs))
            page.reload()
            assert dialogs == [], kind
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, kind


def test_addresses_with_scripts_are_left_out(make: Maker) -> None:
    files = {**HOSTILE, "articles/one.md": ONE.replace("authors:", f"license: {JAVASCRIPT}\nauthors:")}
    files["articles/one.md"] += f"\n<{JAVASCRIPT}> [a]({JAVASCRIPT}) {{footcite}}`evil`\n"
    publication = make(files)
    result = publication.publish("html", languages="en")
    pages = assert_sound(publication, result)
    assert_told(result, "articles/one.md:2:", "WARNING", "license")
    # CommonMark does not take it for a link, and stands as it is written.
    assert JAVASCRIPT in text_of(pages["en/articles/one.html"].cssselect("section > p:last-of-type")[0])


def test_a_title_of_400_characters_fits_a_phone(make: Maker, browser: Browser) -> None:
    title, word = ("Water " * 67).strip(), "Donaudampfschifffahrt" * 19
    text = ONE.replace("# One", f"# {title}")
    publication = make(
        {"index.md": CONTENTS, "articles/one.md": text, "articles/two.md": ONE.replace("# One", f"# {word}")}
    )
    pages = assert_sound(publication, publication.publish("html", languages="en", options="-W"))
    assert head_texts(pages["en/articles/one.html"], "citation_title") == [title]
    record = json.loads(str(pages["en/articles/one.html"].xpath("//script[@type]/text()")[0]))
    assert len(record["headline"]) <= 110
    for name in ("en/articles/one", "en/articles/two", "en/index", "en/authors/ada"):
        with visiting(browser, publication.build / "html" / f"{name}.html", 320) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


KEYWORDS = [
    "a/b",
    "a b",
    "A b",
    "../../up",
    "..",
    "!?",
    "§",
    "nul",
    "ключ",
    "İstanbul",
    "istanbul",
    "con.html",
    "a" * 300,
]


def test_each_keyword_has_a_page_of_its_own_whatever_its_characters(make: Maker) -> None:
    text = ONE.replace("date:", f"keywords: {json.dumps(KEYWORDS)}\ndate:")
    publication = make({"articles/one.md": text})
    pages = assert_sound(publication, publication.publish("html", options="-W"))
    folder = publication.build / "html" / "en" / "articles"
    links = {text_of(link): str(link.get("href")) for link in pages["en/articles/one.html"].cssselect(".keywords li a")}
    assert list(links) == KEYWORDS
    targets = [(folder / unquote(href)).resolve() for href in links.values()]
    assert {target.parent for target in targets} == {publication.build / "html" / "en" / "keywords"}
    # Not by capitals alone, which some file systems do not tell apart.
    assert len({target.name.casefold() for target in targets}) == len(KEYWORDS)
    for word, target in zip(KEYWORDS, targets, strict=True):
        page = html.parse(str(target)).getroot()
        assert text_of(page.cssselect("h1")[0]) == word
        assert [link.get("href") for link in page.cssselect(".cards a")] == ["../articles/one.html"]
        assert (publication.build / "html" / "tr" / "keywords" / target.name).is_file()


def test_an_article_without_authors_or_date_has_a_complete_page(make: Maker) -> None:
    publication = make({"conf.py": SMALL["conf.py"] + ADDRESS, "articles/one.md": "# One\n\nThe first text.\n"})
    result = publication.publish("html")
    page = assert_sound(publication, result)["en/articles/one.html"]
    assert "WARNING" not in result.output, "an article may be unsigned"
    for name in ("citation_author", "citation_publication_date", "DC.creator", "DC.date", "article:published_time"):
        assert head_texts(page, name) == []
    assert head_texts(page, "description") == ["The first text."]
    assert not page.cssselect(".byline, .dateline, .biographies")
    record = json.loads(str(page.xpath("//script[@type]/text()")[0]))
    assert not {"author", "datePublished"} & set(record)
    [item] = json.loads((publication.build / "html/en/articles/one.json").read_text("utf-8"))
    assert not {"author", "issued"} & set(item)
    feed = etree.parse(str(publication.build / "html/en/feed.xml")).getroot()
    assert [str(each.text) for each in feed.iter("{*}name")] == ["A. Author"], "the feed alone is signed, by the press"


def test_an_article_without_an_abstract_is_described_by_its_first_words(make: Maker) -> None:
    publication = make({})
    page = assert_sound(publication, publication.publish("html", languages="en", options="-W"))["en/articles/one.html"]
    assert head_texts(page, "description") == ["The first text."]


def test_two_articles_of_one_title_are_two_the_newest_first(make: Maker) -> None:
    other = ONE.replace("2026-01-02", "2026-01-10")
    publication = make({"conf.py": SMALL["conf.py"] + ADDRESS, "index.md": CONTENTS, "articles/two.md": other})
    pages = assert_sound(publication, publication.publish("html", options="-W"))
    listed = [link.get("href") for link in pages["en/authors/ada.html"].cssselect(".cards a")]
    assert listed == ["../articles/two.html", "../articles/one.html"]
    feed = etree.parse(str(publication.build / "html/en/feed.xml")).getroot()
    ids = [str(each.findtext("{*}id")) for each in feed.iter("{*}entry")]
    assert len(set(ids)) == 2
    assert [str(each.text)[:10] for each in feed.iter("{*}published")] == ["2026-01-10", "2026-01-02"]
    items = [
        json.loads((publication.build / f"html/en/articles/{name}.json").read_text("utf-8")) for name in ("one", "two")
    ]
    assert items[0][0]["id"] != items[1][0]["id"]


NAMES = ("река и море", "a&b", "100%", "what? (no) 'x'", "x;y=z")


def test_articles_with_any_name_are_found_at_their_addresses(make: Maker) -> None:
    """Spaces, other scripts and signs that mean something in an address."""
    files = {f"articles/{name}.md": ONE.replace("# One", f"# On {name}") for name in NAMES}
    publication = make({"conf.py": SMALL["conf.py"] + ADDRESS, "index.md": CONTENTS, **files})
    result = publication.publish("pdf", "html", options="-W")
    pages = assert_sound(publication, result)
    base, root = "https://small.example/a%20b/", publication.build / "html"
    for name in NAMES:
        page = pages[f"en/articles/{name}.html"]
        told = [str(link.get("href")) for link in page.xpath("//head/link[starts-with(@href, 'https://small')]")]
        told += head_texts(page, "citation_pdf_url")
        assert len(told) > 10
        for address in told:
            assert address.startswith(base)
            assert re.fullmatch(r"[!-~]+", address), address
            path = root / unquote(urlsplit(address).path.removeprefix("/a%20b/"))
            assert path.is_file() or path == root, address
        for _, _, address, _ in page.find("body").iterlinks():
            if not urlsplit(str(address)).scheme and not str(address).startswith("#"):
                assert (root / "en/articles" / unquote(urlsplit(str(address)).path)).is_file(), address


def test_a_publication_of_one_language_without_an_address_has_no_other_editions(make: Maker) -> None:
    conf = SMALL["conf.py"].replace('["en", "tr"]', '["en"]')
    publication = make({"conf.py": conf})
    pages = assert_sound(publication, publication.publish("html", options="-W"))
    for name, page in pages.items():
        assert not page.cssselect(".also, .elsewhere"), name
        assert {str(link.get("hreflang")) for link in page.xpath("//head/link[@hreflang]")} <= {"en", "x-default"}, name


NO_ADDRESSES = (
    *(JAVASCRIPT, "small.example", "//small.example/", "https://small.example/?a=b", "https://small.example/#a"),
    *("ftp://small.example/", "https://", "https:///review/", "https://small.example/a b/", "file:///srv/review/"),
    *('https://small.example/"><script>', "https://<b>/"),
)


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_invalid_address_of_the_site_ends_the_build_with_one_message(make: Maker, address: str) -> None:
    publication = make({"conf.py": SMALL["conf.py"] + f"html_baseurl = {address!r}\n"})
    result = publication.publish("html", options="-W")
    assert result.code == 1, result.output
    assert_told(result, "conf.py", "html_baseurl", "must be the address of the site")
    assert result.output.count("html_baseurl") == 1
    assert not publication.files()


def test_without_an_address_links_are_relative_and_one_notice_says_what_is_left_out(make: Maker) -> None:
    publication = make({"articles/one.md": ONE.replace("date:", "keywords: [water]\ndate:")})
    result = publication.publish("epub", "html", options="-W --keep-going")
    pages = assert_sound(publication, result)
    notices = [line for line in result.output.splitlines() if line.startswith("fleuron: ")]
    assert len(notices) == 1
    assert "html_baseurl" in notices[0]
    names = {path.name for path in (publication.build / "html").rglob("*")}
    assert "robots.txt" in names
    assert not names & {"sitemap.xml", "opensearch.xml"}
    for name, page in pages.items():
        assert not page.xpath("//link[@rel='canonical' or @rel='search']"), name
        assert not [each for each in page.xpath("//meta/@content") if "://" in str(each)], name
        folder = (publication.build / "html" / name).parent
        for _, attribute, address, _ in page.iterlinks():
            if attribute in ("href", "src") and not urlsplit(str(address)).scheme and not str(address).startswith("#"):
                assert (folder / unquote(urlsplit(str(address)).path)).resolve().is_file(), f"{name}: {address}"
    for link in etree.parse(str(publication.build / "html/en/feed.xml")).getroot().iter("{*}link"):
        assert (publication.build / "html/en" / str(link.get("href"))).is_file()
