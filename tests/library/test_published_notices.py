"""A publication with a correction, a retraction, a comment and a withdrawn article, in every format of two editions."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from fleuron.metadata.feeds.sitemap import SITEMAP
from fleuron.metadata.harvest.resource_lists import RESOURCE_SYNC
from tests.library.conftest import Judge
from tests.support.epub_books import find, messages, part, parts
from tests.support.publications import SMALL, Publication, pdf_pages, run_in_process, text_of

CONF = (
    'project = "Small"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "tr"]\n'
    'html_baseurl = "https://small.example/"\nfleuron_epub_fonts = False\nfleuron_edition_threshold = 0\n'
    'fleuron_imprint = {"issn": "2049-3630", "email": "doi@small.example", "crossmark_policy": "10.5555/p"}\n'
)
FIRST = """---
authors: [ada]
received: 2026-01-10
accepted: 2026-02-03
date: 2026-03-04
doi: 10.5555/1
changes:
  - date: 2026-05-03
    text: The year of the *treaty* is corrected.
---
# First

The first text.[@zett, p. 5] On.[^own] Again.[@zett, p. 7]

[^own]: See [@alpha].
"""
SOURCES = """@book{alpha, author = {Alpha, Ann}, title = {A Book of {Turks}}, year = 1990, publisher = {Press}}
@book{unread, author = {Unread, U.}, title = {Not Cited}, year = 1991, publisher = {Press}}
@article{zett, author = {Zett, Zoe}, title = {Last First}, journal = {Review}, year = 2001, volume = 3, pages = {1--9},
  doi = {https://doi.org/10.5555/zett}}
"""
GONE = """---
authors: [ada]
date: 2026-03-04
doi: 10.5555/4
abstract: Vanishedabstract.
keywords: [vanishedkeyword]
withdrawn:
  date: 2026-05-05
  reason: A *contract* forbids it.
---
# Gone

Vanishedtext.[^a]

[^a]: Vanishednote.
"""
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "The year of the *treaty* is corrected."
msgstr "*Antlaşmanın* yılı düzeltildi."
"""
FILES = {
    **SMALL,
    "conf.py": CONF,
    "refs.bib": SOURCES,
    "index.md": "# Small\n\nA journal.\n\n```{toctree}\n"
    + "".join(f"articles/{name}\n" for name in ("1/first", "1/wrong", "1/gone", "2/erratum", "2/retraction", "2/reply"))
    + "```\n",
    "articles/1/first.md": FIRST,
    "articles/1/wrong.md": "---\nauthors: [ada]\ndate: 2026-03-04\ndoi: 10.5555/2\n---\n# Wrong\n\nWrong.\n",
    "articles/1/gone.md": GONE,
    "articles/2/erratum.md": "---\nauthors: [ada]\ndate: 2026-05-03\ndoi: 10.5555/e\ncorrects: first\n---\n# Erratum\n",
    "articles/2/retraction.md": "---\ndate: 2026-05-04\ndoi: 10.5555/r\nretracts: 1/wrong\n---\n# Retraction\n",
    "articles/2/reply.md": (
        "---\nauthors: [ada]\ndate: 2026-05-04\ncomments-on: first\n---\n# Reply\n\n"
        "See [](../1/gone.md) and [](../1/wrong.md).\n"
    ),
    "locale/tr/LC_MESSAGES/articles/1/first.po": CATALOGUE,
}
del FILES["articles/one.md"]
pytestmark = pytest.mark.slow
ENGLISH, TURKISH = "https://small.example/en/articles", "https://small.example/tr/articles"


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = Publication(tmp_path_factory.mktemp("journal") / "source")
    for name, text in FILES.items():
        publication.write(name, text)
    result = publication.publish("pdf", "epub", "records", "html", options="-W")
    assert result.code == 0 and "WARNING" not in result.output, result.output
    return publication


def head_of(publication: Publication, language: str, name: str) -> dict[str, str]:
    """Return the texts of the head of an article's page, by class."""
    page = publication.page(language, f"articles/{name}")
    names = ("history", "notice", "changes", "withdrawal")
    found = {each: page.xpath(f"//article//*[contains(concat(' ', @class, ' '), ' {each} ')]") for each in names}
    return {"title": text_of(page.xpath("//h1")[0])} | {key: text_of(each[0]) for key, each in found.items() if each}


def test_the_head_of_an_article_has_its_dates_changes_and_notices(journal: Publication) -> None:
    assert head_of(journal, "en", "1/first") == {
        "title": "First¶",
        "history": "Received 10 January 2026 · Accepted 3 February 2026 · Updated 3 May 2026",
        "notice": "This article has been corrected: Erratum (3 May 2026)",
        "changes": "Changes 3 May 2026: The year of the treaty is corrected.",
    }
    turkish = head_of(journal, "tr", "1/first")
    assert turkish["changes"] == "Değişiklikler 3 Mayıs 2026: Antlaşmanın yılı düzeltildi."
    assert turkish["notice"] == "Bu makale düzeltilmiştir: Erratum (3 Mayıs 2026)"
    page = journal.page("en", "articles/1/first")
    links = page.xpath("//*[contains(@class, 'notice')]//a/@href")
    assert links == ["../2/erratum.html", "../2/reply.html"]
    back = journal.page("en", "articles/2/erratum").xpath("//*[contains(@class, 'notice')]//a/@href")
    assert back == ["../1/first.html"]


def test_a_retracted_article_says_so_wherever_its_title_stands(journal: Publication) -> None:
    assert head_of(journal, "en", "1/wrong")["title"].startswith("RETRACTED: Wrong")
    assert journal.page("tr", "articles/1/wrong").findtext(".//title") == "GERİ ÇEKİLDİ: Wrong · Small"
    index = journal.page("en", "index")
    assert "RETRACTED: Wrong" in [text_of(link) for link in index.xpath("//li/a")]
    reply = journal.page("en", "articles/2/reply")
    assert "See WITHDRAWN: Gone and RETRACTED: Wrong." in text_of(reply.xpath("//article")[0])
    assert "RETRACTED: Wrong" in pdf_pages(journal.build / "pdf/en/1/wrong.pdf")[0]
    navigation = part(journal.build / "epub/small-en.epub", "nav.xhtml")
    assert "RETRACTED: Wrong" in [text_of(each) for each in find(navigation, "//h:a")]
    citation = (journal.build / "html/en/articles/1/wrong.bib").read_text("utf-8")
    assert "RETRACTED: Wrong" in citation.replace("{", "").replace("}", "")


def test_a_withdrawn_article_leaves_a_page_that_says_why_and_nothing_else(journal: Publication) -> None:
    for language, said in (("en", "This article was withdrawn on 5 May 2026."), ("tr", "5 Mayıs 2026 tarihinde")):
        page = journal.page(language, "articles/1/gone")
        head = head_of(journal, language, "1/gone")
        assert said in head["withdrawal"] and head["withdrawal"].endswith("A contract forbids it.")
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert not page.xpath("//meta[starts-with(@name, 'citation_')]")
        assert page.xpath("//meta[@name='DC.identifier']/@content")[0] == "https://doi.org/10.5555/4"
    written = [path for path in journal.build.rglob("*") if path.is_file() and "doctrees" not in path.parts]
    assert [path for path in written if b"anished" in path.read_bytes()] == []
    pdf = "".join(pdf_pages(journal.build / "pdf/small-en.pdf"))
    assert "anished" not in pdf and "contract" not in pdf and not (journal.build / "pdf/en/1/gone.pdf").exists()
    book = journal.build / "epub/small-en.epub"
    assert not [name for name in parts(book) if "gone" in name]
    # The book links the page on the web.
    (address,) = find(part(book, "articles/2/reply.xhtml"), "//h:a[contains(., 'Gone')]/@href")
    assert str(address) == f"{ENGLISH}/1/gone.html"
    site = journal.build / "html"
    assert "gone" not in (site / "en/feed.xml").read_text("utf-8")
    assert "gone" not in (site / "sitemap.xml").read_text("utf-8")
    assert not (site / "en/_search/articles/1/gone.js").exists()
    assert "articles/1/gone" not in (site / "en/searchindex.js").read_text("utf-8")


def test_feed_sitemap_and_offprint_have_the_days_of_the_article(journal: Publication) -> None:
    feed = etree.parse(journal.build / "html/en/feed.xml").getroot()
    entries = {each.findtext("{*}title"): each for each in feed.iter("{*}entry")}
    assert entries["First"].findtext("{*}published") == "2026-03-04T00:00:00Z"
    assert entries["First"].findtext("{*}updated") == "2026-05-03T00:00:00Z"
    site_map = etree.parse(journal.build / "html/sitemap.xml").getroot()
    days = {each.findtext("{*}loc"): each.findtext("{*}lastmod") for each in site_map}
    assert days[f"{ENGLISH}/1/first.html"] == days[f"{TURKISH}/1/first.html"] == "2026-05-03"
    title = pdf_pages(journal.build / "pdf/en/1/first.pdf")[0]
    assert "Small · 4 March 2026" in " ".join(title.split())


def test_every_record_is_valid_and_leads_to_the_other(journal: Publication, judge: Judge) -> None:
    records = journal.build / "records"
    articles = {
        path.stem.partition(".")[0]: etree.parse(path).getroot() for path in sorted(records.rglob("en/**/*.jats.xml"))
    }
    assert sorted(articles) == ["erratum", "first", "gone", "reply", "retraction", "wrong"]
    for article in articles.values():
        judge(article)
    related = {
        name: [(each.get("related-article-type"), each.get("{http://www.w3.org/1999/xlink}href")) for each in found]
        for name, article in articles.items()
        if (found := [each for each in article.iter("related-article") if each.text])
    }
    assert related == {
        "erratum": [("corrected-article", "10.5555/1")],
        "first": [("correction-forward", "10.5555/e"), ("commentary", f"{ENGLISH}/2/reply.html")],
        "reply": [("commentary-article", "10.5555/1")],
        "retraction": [("retracted-article", "10.5555/2")],
        "wrong": [("retraction-forward", "10.5555/r")],
    }
    kinds = {name: article.get("article-type") for name, article in articles.items()}
    assert kinds["erratum"] == "correction" and kinds["retraction"] == "retraction"
    assert [each.get("date-type") for each in articles["first"].iter("date")] == ["received", "accepted", "corrected"]
    assert articles["first"].findtext(".//notes/p") == "2026-05-03: The year of the treaty is corrected."
    update = etree.parse(records / "2/retraction.crossref.xml").getroot().find(".//{*}update")
    assert update is not None and update.text == "10.5555/2"
    # The editions share the DOI: it is registered once, with the original.
    assert not (records / "tr/1/wrong.datacite.json").exists() and not (records / "tr/1/wrong.inveniordm.json").exists()
    turkish = etree.parse(records / "tr/1/wrong.oai_dc.xml").getroot()
    assert turkish.findtext("{*}title") == "GERİ ÇEKİLDİ: Wrong"


@pytest.mark.java
def test_the_books_are_valid(journal: Publication) -> None:
    assert [each for each in messages(journal.build / "epub/small-tr.epub") if "CSS-028" not in each] == []


def test_the_site_has_the_records_of_each_article_and_its_page_leads_to_them(journal: Publication) -> None:
    page, folder = journal.page("en", "articles/1/first"), journal.build / "html/en/articles/1"
    links = {link.get("href"): link.get("type") for link in page.xpath("//head/link[@rel='describedby']")}
    assert [address.rpartition("/")[2] for address in links] == [
        *("first.bib", "first.ris", "first.json", "first.jats.xml", "first.marc.xml", "first.datacite.json")
    ]
    for suffix, kind in ((".jats.xml", "application/xml"), (".marc.xml", "application/marcxml+xml")):
        assert links[f"{ENGLISH}/1/first{suffix}"] == kind
        assert (folder / f"first{suffix}").read_bytes() == (journal.build / f"records/en/1/first{suffix}").read_bytes()
    [linkset] = page.xpath("//head/link[@rel='linkset']")
    assert (linkset.get("href"), linkset.get("type")) == (f"{ENGLISH}/1/first.linkset.json", "application/linkset+json")
    context = json.loads((folder / "first.linkset.json").read_text("utf-8"))["linkset"][0]
    assert [each["href"] for each in context["describedby"]] == [*links]
    assert not (folder / "gone.jats.xml").exists(), "withdrawn"


def test_the_lists_of_the_site_name_what_is_there(journal: Publication) -> None:
    site, address, names = journal.build / "html", "https://small.example/", {"s": SITEMAP, "rs": RESOURCE_SYNC}
    root = etree.parse(site / "resourcesync/resourcelist.xml").getroot()
    listed = {}
    for entry in root.iterfind("s:url", names):
        path, metadata = (
            str(entry.findtext("s:loc", namespaces=names)).removeprefix(address),
            entry.find("rs:md", names),
        )
        assert metadata is not None
        content = (site / path).read_bytes()
        assert metadata.get("hash") == f"sha-256:{hashlib.sha256(content).hexdigest()}", path
        assert metadata.get("length") == str(len(content)) and metadata.get("type"), path
        listed[path] = [str(link.get("href")).removeprefix(address) for link in entry.iterfind("rs:ln", names)]
    assert {"en/articles/1/first.html", "tr/articles/1/first.pdf", "en/articles/1/first.jats.xml"} <= listed.keys()
    assert listed["en/articles/1/first.pdf"][0] == "en/articles/1/first.jats.xml"
    assert {path for paths in listed.values() for path in paths} <= listed.keys()
    assert not [path for path in listed if "_static" in path or "searchindex" in path]
    assert etree.parse(site / ".well-known/resourcesync").findtext(".//s:loc", namespaces=names) == (
        f"{address}resourcesync/capabilitylist.xml"
    )


def test_pdfs_that_lay_elsewhere_are_found_by_the_server(journal: Publication) -> None:
    site = journal.build / "html"
    lines = [line.split(" ") for line in (site / "_redirects").read_text("utf-8").splitlines()]
    assert ["/en/downloads/1/first.pdf", "/en/articles/1/first.pdf", "301"] in lines
    assert all((site / new.removeprefix("/")).is_file() for _old, new, _code in lines)
    assert not any((site / old.removeprefix("/")).exists() for old, _new, _code in lines)


def test_the_articles_of_an_issue_are_packed_for_archives(journal: Publication, judge: Judge) -> None:
    arguments = ["package", "--source", str(journal.source), "--build", str(journal.build)]
    first = run_in_process(arguments)
    assert first.code == 0, first.output
    packages = sorted((journal.build / "packages").glob("*.zip"))
    before = [path.read_bytes() for path in packages]
    again = run_in_process(arguments)
    assert again.code == 0 and [path.read_bytes() for path in packages] == before
    texts = pdfs = 0
    for path in packages:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if name.endswith(".xml"):
                    judge(etree.fromstring(package.read(name)))
                    texts += 1
                pdfs += name.endswith(".pdf")
    assert (texts, pdfs) == (2 * len(set(journal.source.glob("articles/*/*.md"))), texts - 2), "one is withdrawn"


def test_records_of_an_older_text_are_not_offered_until_they_are_made_again(journal: Publication) -> None:
    path, page = "articles/2/reply.md", "html/en/articles/2/reply.html"
    text = (journal.source / path).read_text("utf-8")
    try:
        journal.write(path, f"{text}\nA sentence more.\n")
        assert journal.publish("html", languages="en").code == 0
        assert "reply.jats.xml" not in (journal.build / page).read_text("utf-8")
        assert not (journal.build / "html/en/articles/2/reply.jats.xml").exists()
        assert (journal.build / "html/en/articles/1/first.jats.xml").exists()
        assert journal.publish("records", "html").code == 0, "which the site waits for"
        assert "reply.jats.xml" in (journal.build / page).read_text("utf-8")
    finally:
        journal.write(path, text)
    assert journal.publish("records", "html").code == 0


def test_pages_are_written_again_when_only_a_notice_changes(journal: Publication, tmp_path: Path) -> None:
    source = journal.source / "articles/2/retraction.md"
    before = source.read_text("utf-8")
    try:
        journal.write("articles/2/retraction.md", before.replace("retracts: 1/wrong", "retracts: 1/first"))
        assert journal.publish("html", languages="en").code == 0
        assert head_of(journal, "en", "1/wrong") == {"title": "Wrong¶"}
        assert head_of(journal, "en", "1/first")["notice"].startswith("This article has been retracted: Retraction")
        listed = [text_of(link) for link in journal.page("en", "index").xpath("//li/a")]
        assert "RETRACTED: First" in listed and "Wrong" in listed
    finally:
        journal.write("articles/2/retraction.md", before)


def test_a_book_of_one_article_has_the_days_of_the_article(journal: Publication) -> None:
    assert journal.publish("epub", languages="en", article="1/first", options="-W").code == 0
    package = part(journal.build / "epub/en/1/first.epub", "content.opf")
    for name, day in (("modified", "2026-05-03T00:00:00Z"), ("dateAccepted", "2026-02-03")):
        assert find(package, f"//o:meta[@property='dcterms:{name}']/text()") == [day]
    refused = journal.publish("epub", languages="en", article="1/gone")
    assert refused.code == 1 and "there is no article “1/gone”" in refused.output


def test_references_are_deposited_once_and_in_order(journal: Publication, judge: Judge) -> None:
    folder = journal.build / "records"
    deposit = etree.parse(str(folder / "1/first.crossref.xml"))
    citations = deposit.findall(".//{*}citation_list/{*}citation")
    assert [(each.findtext("{*}author"), each.findtext("{*}doi")) for each in citations] == [
        ("Zett, Zoe", "10.5555/zett"),
        ("Alpha, Ann", None),
    ]
    words = [str(each.findtext("{*}unstructured_citation")) for each in citations]
    assert words[0].startswith("Zett, Zoe, “Last First”, Review") and "A Book of Turks" in words[1]
    record = json.loads((folder / "en/1/first.datacite.json").read_text("utf-8"))
    cited = [each for each in record["relatedIdentifiers"] if each["relationType"] == "References"]
    assert [each["relatedIdentifier"] for each in cited] == ["10.5555/zett"]
    assert [each["titles"][0]["title"] for each in record["relatedItems"][1:]] == ["A Book of Turks"]
    for language in ("en", "tr"):
        page = journal.page(language, "articles/1/first")
        tags = page.xpath("//meta[@name='citation_reference']/@content")
        assert [tag.partition(";")[0] for tag in tags] == [
            "citation_title=Last First",
            "citation_title=A Book of Turks",
        ]
        article = etree.parse(str(folder / language / "1/first.jats.xml")).getroot()
        judge(article)
        assert article.xpath("//ref-list/ref//pub-id/text()") == ["10.5555/zett"]
        assert not journal.page(language, "articles/2/reply").xpath("//meta[@name='citation_reference']")


def test_there_are_files_about_all_articles(journal: Publication) -> None:
    folder = journal.build / "records"
    repository = etree.parse(str(folder / "oai.xml")).getroot()
    assert repository.findtext(".//{*}baseURL") == "https://small.example/oai.xml"
    assert "oai:small.example:tr/1/first" in [each.text for each in repository.iterfind(".//{*}identifier")]
    articles = etree.parse(str(folder / "doaj.xml")).getroot()
    names = [each.text for each in articles.iterfind("record/publisherRecordId")]
    assert sorted(map(str, names)) == ["1/first", "1/wrong", "2/erratum", "2/reply", "2/retraction"]
    assert (folder / "kbart.txt").read_text("utf-8").splitlines()[1].startswith("Small\t\t2049-3630\t2026-03-04")
