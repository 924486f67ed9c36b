"""The issues of a journal: their records, the articles of each, and their pages."""

from __future__ import annotations

import datetime
import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from fleuron.diagnostics import Diagnostic
from fleuron.publication.article import Article, read_article
from fleuron.publication.front_matter import FrontMatter, read_front_matter
from fleuron.publication.journal.issues import Issue, issues_of_articles, newest_first, placed, read_issue, says_issue
from fleuron.publication.journal.membership import Member, by_section, contradictions, members_of_issues
from tests.support.publications import SMALL, Maker, Publication, pdf_pages, text_of


def matter(text: str) -> FrontMatter:
    return read_front_matter(f"---\n{text}\n---\n")


def test_an_issue_is_read_from_its_front_matter() -> None:
    written = "volume: 7\nissue: 2\ndate: 2026-11-01\neditors: [ada, adda]\ncover: c.png"
    issue, findings = read_issue(matter(written), ["ada"])
    assert (issue.volume, issue.issue, issue.editors, issue.cover) == ("7", "2", ("ada",), "c.png")
    assert [(each.diagnostic, each.line) for each in findings] == [(Diagnostic.UNKNOWN_AUTHOR, 5)]


def test_only_a_text_in_its_folder_with_a_number_is_an_issue() -> None:
    assert says_issue("issues/2026-2", matter("issue: 2")) and says_issue("issues/x", matter("volume: 7"))
    assert not says_issue("articles/2026-2", matter("issue: 2"))
    assert not says_issue("issues/about", matter("title: About")) and not says_issue("issues/about", FrontMatter())


def test_an_article_is_in_the_issue_that_lists_it_and_has_its_numbers() -> None:
    includes = {"index": ["issues/1"], "issues/1": ["articles/a", "part"], "part": ["articles/b"]}
    includes["issues/2"] = ["articles/b"]
    found = issues_of_articles({"issues/2", "issues/1"}, includes)
    assert found == {"articles/a": "issues/1", "part": "issues/1", "articles/b": "issues/1"}
    issue = Issue(volume="7", issue="2")
    assert placed(Article(), "issues/1", issue) == Article(volume="7", issue="2")
    assert placed(Article(issue="1"), "issues/1", issue) == Article(volume="7", issue="2")
    assert placed(Article(volume="7", issue="2"), "issues/1", issue) == Article(volume="7", issue="2")
    assert placed(Article(issue="3"), "", None) == Article(issue="3")


def test_articles_that_name_their_issue_are_its_own_and_other_numbers_are_numbers() -> None:
    named = {"articles/b": ("2026-2", "Notes"), "articles/a": ("2026-2", ""), "articles/c": ("2", "")}
    named |= {"articles/d": ("", ""), "articles/2026-1/e": ("", "Notes"), "articles/2026-1/f": ("2026-2", "")}
    members = members_of_issues(named, {"issues/2026-2", "issues/2026-1"})
    assert members == {
        "issues/2026-1": (Member("articles/2026-1/e", "Notes"),),
        "issues/2026-2": (Member("articles/2026-1/f"), Member("articles/a"), Member("articles/b", "Notes")),
    }
    order = [Member("a", "Notes"), Member("b"), Member("c", "Articles"), Member("d", "Reviews"), Member("e", "Notes")]
    assert by_section(order, ["Reviews"]) == {"Reviews": ["d"], "Articles": ["c"], "Notes": ["a", "e"], "": ["b"]}


ISSUES = {"issues/2026-1": Issue(volume="7", issue="1"), "issues/2026-2": Issue(volume="7", issue="2")}


@pytest.mark.parametrize(
    ("written", "listing", "line", "expected"),
    [
        ("issue: 2026-2", ["2026-2"], 0, ""),
        ("volume: 7\nissue: 2", ["2026-2"], 0, ""),
        ("volume: 6\nissue: 4", [], 0, ""),
        ("date: 2026-01-01", ["2026-1"], 0, ""),
        ("issue: 2026-22", [], 2, "“issue: 2026-22” names no issue; did you mean “2026-2”?"),
        (
            "volume: 7\nissue: 2026-2",
            ["2026-1", "2026-2"],
            3,
            "“issue: 2026-2” contradicts the table of contents of issues/2026-1.md; write “issue: 2026-1”, or take the "
            "article out there",
        ),
        (
            "issue: 2026-2\nvolume: 8",
            ["2026-2"],
            3,
            "“volume: 8” contradicts issues/2026-2.md, which is this article’s issue and has “volume: 7”; delete it",
        ),
        (
            "issue: 3",
            ["2026-2"],
            2,
            "“issue: 3” contradicts issues/2026-2.md, which is this article’s issue and has “issue: 2”; delete it",
        ),
        (
            "date: 2026-01-01",
            ["2026-1", "2026-2"],
            1,
            "the table of contents of issues/2026-1.md contradicts that of issues/2026-2.md, with this article too; "
            "take it out of one of the two",
        ),
    ],
)
def test_a_contradiction_about_the_issue_of_an_article_is_an_error(
    written: str, listing: list[str], line: int, expected: str
) -> None:
    articles = {"articles/a": read_article(matter(written), [])[0]}
    includes = {f"issues/{name}": ["articles/a"] for name in listing}
    found = contradictions(articles, ISSUES, includes).get("articles/a", [])
    assert [(each.line, each.text) for each in found] == ([(line, expected)] if expected else [])
    assert all(each.diagnostic.is_error for each in found)
    assert contradictions(articles, {}, includes) == {}


def test_issues_are_sorted_by_date_and_then_by_name() -> None:
    days = {"issues/1": 1, "issues/2": 2, "issues/2b": 2}
    issues = {name: Issue(date=datetime.date(2026, 1, day)) for name, day in days.items()} | {"issues/0": Issue()}
    assert newest_first(issues) == ["issues/2b", "issues/2", "issues/1", "issues/0"]


def picture() -> bytes:
    """Return a PNG of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def colour_in_the_middle(content: bytes) -> object:
    """Return the red, green and blue of the pixel in the middle of a PNG."""
    with Image.open(BytesIO(content)) as opened:
        pixels = opened.convert("RGB")
        return pixels.getpixel((pixels.width // 2, pixels.height // 2))


ISSUE = "---\nvolume: 7\nissue: {0}\ndate: 2026-0{0}-01\neditors: [ada]\n{1}---\n# Issue {0}\n\nAn introduction.\n\n"
TABLE = "```{{toctree}}\n:caption: {}\n\n{}\n```\n\n"


PAST = "(past)=\n## Past\n\nText.\n"


def check_metadata_of_issue(package: etree._Element, navigation: etree._Element, title_page: etree._Element) -> None:
    """Check what the EPUB of the second issue says of itself: title page, landmarks, and its place in the journal."""
    lines = [text_of(each) for each in title_page.iter("{*}h1", "{*}p")]
    assert lines[:-1] == ["Issue 2", "Editor", "Ada Author", "Small 7, no. 2 (2026)"]
    said = {each.get("property"): each.text for each in package.iter("{*}meta")}
    assert (said["belongs-to-collection"], said["group-position"]) == ("Small", "7.2")
    assert said["dcterms:isPartOf"] == "Small 7, no. 2 (2026)"
    kinds = [link.get("{http://www.idpf.org/2007/ops}type") for link in list(navigation.iter("{*}nav"))[1].iter("{*}a")]
    assert kinds == ["cover", "titlepage", "imprint", "toc", "bodymatter", "colophon"]


def check_books_of_issue(publication: Publication) -> None:
    """Check the PDF and the EPUB of the second issue, and that its page offers them."""
    book = "issues/en/small-en-2"
    pages = pdf_pages(publication.build / f"pdf/{book}.pdf")
    assert "Issue 2" in pages[0] and "Small 7, no. 2 (2026)" in pages[0]
    title = next(page for page in pages[1:] if "Ada Author" in page)
    assert "Issue 2" in title and "Editor" in title
    contents = next(page for page in pages if "Contents" in page)
    listed = ("Issue 2", "Articles", "Two", "Reviews", "Three", "Four", "Letters", "Own")
    places = [contents.index(each) for each in listed]
    assert places == sorted(places) and "One" not in contents
    assert any("An introduction." in page for page in pages)
    assert any("See Past and p. 15." in " ".join(page.split()) for page in pages)
    assert not any("pp. 3–9" in page for page in pages)
    with zipfile.ZipFile(publication.build / f"epub/{book}.epub") as epub:
        package = etree.fromstring(epub.read("content.opf"))
        navigation = etree.fromstring(epub.read("nav.xhtml"))
        cover, title_page = epub.read("cover.png"), etree.fromstring(epub.read("titlepage.xhtml"))
        names = [name for name in epub.namelist() if name.startswith("articles/")]
    assert names == [f"articles/{name}.xhtml" for name in ("2/four", "own", "three", "two")]
    assert package.findtext(".//{*}title") == "Issue 2"
    assert [each.text for each in package.iter("{*}creator", "{*}contributor")] == ["Ada Author"]
    points = [text_of(each[0]) for each in next(navigation.iter("{*}nav")).iter("{*}li")]
    texts = ["Issue 2", "Articles", "Two", "Reviews", "Three", "Next", "Four", "Letters", "Own"]
    assert points == ["Title page", "Imprint", *texts, "Colophon"]
    check_metadata_of_issue(package, navigation, title_page)
    assert colour_in_the_middle(cover) == (128, 128, 128)
    offered = publication.page("en", "issues/2").xpath("//*[@class='downloads']//a")
    assert [text_of(link) for link in offered] == [
        "This issue as PDF",
        "This issue as EPUB",
        "The whole volume as PDF",
        "The whole volume as EPUB",
    ]
    for link in offered[:2]:
        assert (publication.build / "html/en/issues" / link.get("href")).resolve().is_file()
    assert len(publication.page("en", "issues/1").xpath("//a[starts-with(text(), 'This issue')]")) == 2


def test_a_journal_has_a_page_of_each_issue_and_of_all_and_shows_the_current_one(make: Maker) -> None:
    tables = TABLE.format("Articles", "/articles/two") + TABLE.format("Reviews", "/articles/three")
    first = ISSUE.format(1, "") + TABLE.format("Articles", "/articles/one")
    publication = make(
        {
            "conf.py": SMALL["conf.py"] + "fleuron_edition_threshold = 0\n",
            "index.md": "# Small\n\nA journal.\n\n```{toctree}\nissues/2\nissues/1\n```\n",
            "issues/1.md": first,
            "issues/2.md": ISSUE.format(2, "cover: ../cover.png\n") + tables,
            "articles/one.md": f"---\nauthors: [ada]\ndate: 2026-01-02\npages: 3-9\n---\n# One\n\n{PAST}",
            "articles/two.md": "---\ndate: 2026-02-02\n---\n# Two\n\nSee {page}`past` and {page}`next`.\n",
            "articles/three.md": "---\ndate: 2026-02-02\nvolume: 7\nabstract: The third abstract.\n---\n"
            "# Three\n\n(next)=\n## Next\n\nText.\n",
            "articles/own.md": "---\ndate: 2026-02-02\nissue: 2\nsection: Letters\n---\n# Own\n\nText.\n",
            "articles/2/four.md": "---\ndate: 2026-02-02\nsection: Reviews\n---\n# Four\n\nText.\n",
        }
    )
    publication.source.joinpath("cover.png").write_bytes(picture())
    result = publication.publish("pdf", "epub", "html", languages="en", options="-W")
    assert result.code == 0, result.output
    check_books_of_issue(publication)
    issue, index = publication.page("en", "issues/2"), publication.page("en", "index")
    assert [text_of(each) for each in issue.xpath("//p[@class='caption']")] == [
        "Articles",
        "Reviews",
        "Letters",
    ]
    assert [text_of(each) for each in issue.xpath("//*[contains(@class, 'toctree-l1')]/a")] == [
        "Two",
        "Three",
        "Four",
        "Own",
    ]
    assert [text_of(each) for each in issue.xpath("//*[contains(@class, 'teaser')]")] == ["The third abstract."]
    head = [text_of(issue.xpath(f"//*[@class='{name}']")[0]) for name in ("byline", "journal-line", "dateline")]
    assert head == ["Editor: Ada Author", "Small 7, no. 2 (2026)", "1 February 2026"]
    assert issue.xpath("//img[contains(@class, 'issue-cover')]/@src") == ["../_images/cover.png"]
    assert issue.xpath("//*[contains(@class, 'issues')]//p[@class='title']/a/@href") == ["1.html"]
    assert index.xpath("//*[contains(@class, 'issues')]//p[@class='title']/a/@href") == ["issues/2.html"]
    everything = publication.page("en", "issues/index")
    assert everything.xpath("//*[@class='issue']//p[@class='title']/a/@href") == ["2.html", "1.html"]
    assert everything.xpath("//*[@class='issue']//img/@src") == ["../_images/cover.png"]
    pages = {name: publication.page("en", f"articles/{name}") for name in ("one", "two", "three", "own")}
    lines = {name: text_of(page.xpath("//*[@class='journal-line']")[0]) for name, page in pages.items()}
    assert lines == {
        "one": "Small 7, no. 1 (2026), pp. 3–9",
        "two": "Small 7, no. 2 (2026), p. 13",
        "three": "Small 7, no. 2 (2026), p. 15",
        "own": "Small 7, no. 2 (2026), p. 19",
    }
    link = publication.page("en", "articles/one").xpath("//*[@class='journal-line']//a/@href")
    assert link == ["../issues/1.html"]
    # In print, an issue is a part of the volume with a page of its own.
    printed = pdf_pages(publication.build / "pdf/small-en.pdf")
    assert any("Issue 2" in page and "An introduction." in page and "Editor: Ada Author" in page for page in printed)
    assert any("Small 7, no. 1 (2026), pp. 3–9" in page for page in printed)
    publication.write("issues/1.md", first.replace("volume: 7", "volume: 8"))
    publication.write("articles/own.md", "---\ndate: 2026-02-02\nissue: 1\n---\n# Own\n\nText.\n")
    assert publication.publish("html", languages="en", options="-W").code == 0
    contents = {number: publication.page("en", f"issues/{number}") for number in (1, 2)}
    listed = {
        number: [text_of(each) for each in page.xpath("//*[contains(@class, 'toctree-l1')]/a")]
        for number, page in contents.items()
    }
    assert listed == {1: ["One", "Own"], 2: ["Two", "Three", "Four"]}
    one = publication.page("en", "articles/one")
    assert text_of(one.xpath("//*[@class='journal-line']")[0]) == "Small 8, no. 1 (2026), pp. 3–9"
    two = publication.page("en", "articles/two")
    assert text_of(two.xpath("//*[@class='journal-line']")[0]) == "Small 7, no. 2 (2026)", "its pages may have moved"
    assert one.xpath("//meta[@name='citation_volume']/@content") == ["8"]
    publication.write("articles/own.md", "---\ndate: 2026-02-02\nissue: 11\n---\n# Own\n\nText.\n")
    refused = publication.publish("html", languages="en")
    assert refused.code == 1 and "articles/own.md:3: " in refused.output
    assert "“issue: 11” names no issue; did you mean “1”?" in refused.output


def test_a_publication_without_issues_has_no_page_of_them(make: Maker) -> None:
    publication = make({})
    assert publication.publish("html", languages="en").code == 0
    site = publication.build / "html/en"
    assert not (site / "issues").exists()
    assert "issue" not in etree.tostring(publication.page("en", "index"), encoding="unicode")


@pytest.mark.parametrize(
    ("formats", "article", "message"),
    [(("pdf",), "one", "name one of the two"), (("epub", "html"), "", "only pdf and epub are built of an issue")],
)
def test_an_issue_is_no_article_and_no_site(make: Maker, formats: list[str], article: str, message: str) -> None:
    result = make({}).publish(*formats, article=article, issue="2")
    assert result.code == 2 and message in result.output


def test_an_issue_that_is_not_there_is_named_with_the_nearest(make: Maker) -> None:
    publication = make(
        {"issues/2026-2.md": ISSUE.format(2, ""), "index.md": "# S\n\n```{toctree}\nissues/2026-2\n```\n"}
    )
    publication.source.joinpath("articles/one.md").unlink()
    result = publication.publish("epub", languages="en", issue="2026-3")
    assert result.code == 1 and "there is no issue “2026-3”; did you mean “2026-2”?" in result.output
