"""What catalogues read of the sample's site: each statement is parsed, and leads to what is there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
import rispy  # type: ignore[import-untyped]
from lxml import etree, html
from pybtex.database import parse_string
from pymarc import parse_xml_to_array

from fleuron.publication.edition import Edition
from tests.support.publications import Publication, text_of

BASE = "https://marginalia.example/"
LANGUAGES = ("en", "tr", "ru", "fa")
ARTICLES = ("moscow-format", "wakhan-corridor", "footnote")
# The articles, and the notice that corrects one of them.
PUBLISHED = (*ARTICLES, "thirteen-months")
ISSUES = ("2026-1", "2026-2")
EACH = pytest.mark.parametrize(("language", "name"), [(each, name) for each in LANGUAGES for name in ARTICLES])
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def site(sample: Publication) -> Path:
    return sample.build / "html"


def file_at(sample: Publication, address: str) -> Path:
    """Return the file that stands at an address of the site."""
    address = urldefrag(address)[0]
    assert address.startswith(BASE), address
    path = site(sample) / unquote(address.removeprefix(BASE))
    path = path / "index.html" if address.endswith("/") else path
    assert path.is_file(), address
    return path


def page_address(language: str, page: str) -> str:
    return f"{BASE}{language}/{page}.html"


def contents_of(page: html.HtmlElement, name: str) -> list[str]:
    return [str(meta.get("content")) for meta in page.xpath(f"//meta[@name='{name}' or @property='{name}']")]


def hrefs(page: html.HtmlElement, rel: str) -> list[str]:
    return [str(link.get("href")) for link in page.xpath(f"//head/link[@rel='{rel}']")]


def heading(page: html.HtmlElement) -> str:
    return text_of(page.cssselect("h1")[0]).rstrip("¶").strip()


def facts_shown(page: html.HtmlElement) -> dict[str, Any]:
    """Read what a reader sees of an article."""
    return {
        "title": heading(page),
        "subtitle": text_of(page.cssselect(".subtitle")[0]),
        "authors": [text_of(link) for link in page.cssselect(".byline:not(.translators) a")],
        "abstract": text_of(page.cssselect(".abstract p:not(.topic-title)")[0]),
        "keywords": [text_of(item) for item in page.cssselect(".keywords li")],
    }


def front_matter_date(sample: Publication, name: str) -> str:
    lines = (sample.source / "articles" / f"{name}.md").read_text("utf-8").splitlines()
    return next(line.removeprefix("date: ") for line in lines if line.startswith("date: "))


@EACH
def test_highwire_and_dublin_core_say_what_the_page_shows(sample: Publication, language: str, name: str) -> None:
    page = sample.page(language, f"articles/{name}")
    shown, day = facts_shown(page), front_matter_date(sample, name)
    for prefix in ("citation_title", "DC.title", "og:title"):
        [title] = contents_of(page, prefix)
        assert title.startswith(shown["title"])
        assert title.endswith(shown["subtitle"])
    assert contents_of(page, "citation_author") == contents_of(page, "DC.creator") == shown["authors"]
    assert contents_of(page, "citation_keywords") == contents_of(page, "DC.subject") == shown["keywords"]
    assert contents_of(page, "citation_publication_date") == [day.replace("-", "/")]
    assert contents_of(page, "DC.date") == contents_of(page, "article:published_time") == [day]
    assert contents_of(page, "citation_language") == contents_of(page, "DC.language") == [language]
    assert contents_of(page, "DCTERMS.abstract") == [shown["abstract"]]
    assert contents_of(page, "og:url") == contents_of(page, "citation_public_url") == hrefs(page, "canonical")
    [pdf] = contents_of(page, "citation_pdf_url")
    assert file_at(sample, pdf).read_bytes() == (sample.build / f"pdf/{language}/{name}.pdf").read_bytes()


@EACH
def test_json_ld_describes_the_article_and_its_translations(sample: Publication, language: str, name: str) -> None:
    page = sample.page(language, f"articles/{name}")
    [script] = page.xpath("//script[@type='application/ld+json']/text()")
    record, shown = json.loads(script), facts_shown(page)
    assert (record["@context"], record["@type"]) == ("https://schema.org", "ScholarlyArticle")
    assert (record["headline"], record["inLanguage"]) == (shown["title"], language)
    assert [author["name"] for author in record["author"]] == shown["authors"]
    assert [file_at(sample, author["url"]).stem for author in record["author"]] == ["editors"]
    assert record["@id"] == page_address(language, f"articles/{name}")
    others = record["workTranslation"] if language == "en" else [record["translationOfWork"]]
    assert [other["inLanguage"] for other in others] == (["tr", "ru", "fa"] if language == "en" else ["en"])
    for other in others:
        assert html.parse(str(file_at(sample, other["@id"]))).getroot().get("lang") == other["inLanguage"]
    issue, volume = record["isPartOf"], record["isPartOf"]["isPartOf"]
    assert (issue["issueNumber"], volume["volumeNumber"]) == ("2" if name == "footnote" else "1", "1")
    for medium in record["encoding"]:
        assert medium["contentSize"] == f"{file_at(sample, medium['contentUrl']).stat().st_size} B"
    for medium in volume["isPartOf"]["encoding"]:  # of every article, so that none tells its size
        assert file_at(sample, medium["contentUrl"]).is_file() and "contentSize" not in medium
    assert {medium["encodingFormat"] for medium in record["encoding"]} == {"application/pdf"}


def is_of_type(path: Path, media_type: str) -> bool:
    """Tell by its content whether a file is what it is said to be."""
    content = path.read_bytes()
    return {
        "application/pdf": lambda: content.startswith(b"%PDF-"),
        "application/epub+zip": lambda: content[30:58] == b"mimetypeapplication/epub+zip",
        "application/x-bibtex": lambda: len(parse_string(content.decode(), "bibtex").entries) == 1,
        "application/x-research-info-systems": lambda: len(rispy.loads(content.decode())) == 1,
        "application/vnd.citationstyles.csl+json": lambda: len(json.loads(content)) == 1,
        "application/xml": lambda: etree.fromstring(content).tag == "article",
        "application/marcxml+xml": lambda: len(parse_xml_to_array(BytesIO(content))) == 1,  # type: ignore[no-untyped-call]  # pymarc 5.4
        "application/vnd.datacite.datacite+json": lambda: "creators" in json.loads(content),
        "application/linkset+json": lambda: "linkset" in json.loads(content),
    }[media_type]()


@EACH
def test_signposts_lead_to_files_of_the_types_they_name(sample: Publication, language: str, name: str) -> None:
    page = sample.page(language, f"articles/{name}")
    assert hrefs(page, "cite-as") == [page_address(language, f"articles/{name}")]
    assert [file_at(sample, each).stem for each in hrefs(page, "author")] == ["editors"]
    assert hrefs(page, "license") == ["https://creativecommons.org/licenses/by/4.0/"]
    assert hrefs(page, "type") == ["https://schema.org/ScholarlyArticle", "https://schema.org/AboutPage"]
    records = [each.rpartition(f"/{name}.")[2] for each in hrefs(page, "describedby")]
    assert records == ["bib", "ris", "json", "jats.xml", "marc.xml", "datacite.json"]
    [links] = hrefs(page, "linkset")
    assert json.loads(file_at(sample, links).read_bytes())["linkset"][0]["anchor"] == page_address(
        language, f"articles/{name}"
    )
    assert [Path(each).suffix for each in hrefs(page, "item")] == [".pdf"], "its own file alone"
    for link in page.xpath("//head/link[@rel='describedby' or @rel='item']"):
        assert is_of_type(file_at(sample, str(link.get("href"))), str(link.get("type"))), link.get("href")


@EACH
def test_the_records_tell_of_the_edition_they_lie_in(sample: Publication, language: str, name: str) -> None:
    folder, shown = site(sample) / language / "articles", facts_shown(sample.page(language, f"articles/{name}"))
    texts = {ending: (folder / f"{name}.{ending}").read_text("utf-8") for ending in ("bib", "ris", "json")}
    [title], address = (
        contents_of(sample.page(language, f"articles/{name}"), "DC.title"),
        page_address(language, f"articles/{name}"),
    )
    day = front_matter_date(sample, name)
    [entry] = parse_string(texts["bib"], "bibtex").entries.values()
    author = " ".join(str(part) for part in entry.persons["author"][0].last_names).strip("{}")
    assert [author] == shown["authors"]
    fields = entry.fields
    tongue = {"en": "english", "tr": "turkish", "ru": "russian", "fa": "persian"}[language]
    assert (fields["title"].replace("{", "").replace("}", ""), fields["date"], fields["url"]) == (title, day, address)
    assert fields["langid"].endswith(tongue) or (language == "en" and fields["langid"] in ("british", "american"))
    [record] = rispy.loads(texts["ris"])
    assert (record["title"], record["authors"], record["language"]) == (title, shown["authors"], language)
    assert (record["urls"], record["date"]) == ([address], day.replace("-", "/") + "/")
    [item] = json.loads(texts["json"])
    assert (item["title"], item["language"], item["URL"]) == (title, language, address)
    assert [each["literal"] for each in item["author"]] == shown["authors"]
    assert item["issued"]["date-parts"] == [[int(part) for part in day.split("-")]]


def pages(sample: Publication, language: str) -> Iterator[tuple[str, html.HtmlElement]]:
    """Parse each page of an edition, with its name."""
    folder = site(sample) / language
    found = sorted(folder.rglob("*.html"))
    assert len(found) > len(ARTICLES)
    for path in found:
        yield path.relative_to(folder).with_suffix("").as_posix(), html.parse(str(path)).getroot()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_listed_page_has_an_address_a_description_and_its_editions(sample: Publication, language: str) -> None:
    for name, page in pages(sample, language):
        if name == "search":
            assert contents_of(page, "robots") == ["noindex"]
            assert not page.xpath("//head/link[@hreflang]")
            continue
        assert hrefs(page, "canonical") == [page_address(language, name)]
        [description] = contents_of(page, "description")
        assert 0 < len(description) <= 300
        links = {str(link.get("hreflang")): str(link.get("href")) for link in page.xpath("//head/link[@hreflang]")}
        default = BASE if name == "index" else page_address("en", name)
        assert links == {each: page_address(each, name) for each in LANGUAGES} | {"x-default": default}
        assert all(file_at(sample, address) for address in links.values())


def test_descriptions_are_not_all_the_same(sample: Publication) -> None:
    for language in LANGUAGES:
        told = [contents_of(page, "description") for name, page in pages(sample, language) if name != "search"]
        assert len({each[0] for each in told}) == len(told)


def entries(sample: Publication, language: str) -> list[etree._Element]:
    return list(etree.parse(str(site(sample) / language / "feed.xml")).getroot().iter(f"{ATOM}entry"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_lists_the_articles_of_its_edition_the_newest_first(sample: Publication, language: str) -> None:
    found = entries(sample, language)
    own = [each.find(f"{ATOM}link[@hreflang='{language}']") for each in found]
    files = [file_at(sample, str(link.get("href"))) for link in own if link is not None]
    assert {path.stem for path in files} == set(PUBLISHED)
    assert {path.parent.parent.name for path in files} == {language}
    days = [str(each.findtext(f"{ATOM}published")) for each in found]
    assert days == sorted(days, reverse=True)
    assert [day[:10] for day in days] == [front_matter_date(sample, path.stem) for path in files]
    for link in etree.parse(str(site(sample) / language / "feed.xml")).getroot().iter(f"{ATOM}link"):
        assert file_at(sample, str(link.get("href")))


def test_no_two_entries_or_feeds_have_one_id(sample: Publication) -> None:
    feeds = [etree.parse(str(site(sample) / language / "feed.xml")).getroot() for language in LANGUAGES]
    ids = [str(each.text) for root in feeds for each in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == len(LANGUAGES) * (len(PUBLISHED) + 1)


def test_the_sitemap_lists_the_pages_that_are_published_and_each_in_all_editions(sample: Publication) -> None:
    root = etree.parse(str(site(sample) / "sitemap.xml")).getroot()
    listed = {str(url.findtext(f"{SITEMAP}loc")): url for url in root.iter(f"{SITEMAP}url")}
    there = {path.relative_to(site(sample)).as_posix() for path in site(sample).rglob("*.html")}
    # Neither the search nor what shows the texts of two articles side by side, whose canonical addresses are theirs.
    unlisted = {path for path in there if path.endswith("/search.html") or "_" in path.partition("/")[0]}
    expected = {BASE if path == "index.html" else BASE + path for path in there - unlisted}
    assert set(listed) == expected
    editions = {
        address: {str(link.get("hreflang")): str(link.get("href")) for link in url.iter(XHTML_LINK)}
        for address, url in listed.items()
    }
    for address, alternates in editions.items():
        assert set(alternates) == {*LANGUAGES, "x-default"}
        assert address == BASE or address in alternates.values()
        assert all(editions[other] == alternates for other in alternates.values())
    dated = {address for address, url in listed.items() if url.find(f"{SITEMAP}lastmod") is not None}
    assert dated == {page_address(language, f"articles/{name}") for language in LANGUAGES for name in PUBLISHED}


def test_robots_are_told_of_the_sitemap(sample: Publication) -> None:
    lines = (site(sample) / "robots.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if line] == ["User-agent: *", "Disallow:", f"Sitemap: {BASE}sitemap.xml"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_can_search_the_edition(sample: Publication, language: str) -> None:
    root = etree.parse(str(site(sample) / language / "opensearch.xml")).getroot()
    [url] = root.iter(f"{OPENSEARCH}Url")
    assert url.get("template") == page_address(language, "search") + "?q={searchTerms}"
    assert root.findtext(f"{OPENSEARCH}Language") == language
    assert file_at(sample, str(root.findtext(f"{OPENSEARCH}Image")))
    for name, page in pages(sample, language):
        [link] = page.xpath("//head/link[@rel='search']")
        assert (site(sample) / language / f"{name}.html").parent.joinpath(str(link.get("href"))).resolve().is_file()


def test_what_readers_follow_leads_from_page_to_page_on_a_disk(sample: Publication) -> None:
    paths = sorted(site(sample).rglob("*.html"))
    assert len(paths) > len(LANGUAGES) * len(ARTICLES)
    for path in paths:
        body = html.parse(str(path)).getroot().find("body")
        own = [str(address) for _, _, address, _ in body.iterlinks() if str(address).startswith(BASE)]
        cited = {str(link.get("href")) for link in body.cssselect("#citation a")}
        assert set(own) <= cited, path


def addresses_in(value: object) -> Iterator[str]:
    """List the texts within a record of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from addresses_in(each)


def test_every_address_that_is_told_of_the_site_is_there(sample: Publication) -> None:
    told: set[str] = set()
    for path in site(sample).rglob("*.html"):
        root = html.parse(str(path)).getroot()
        told.update(str(each) for each in root.xpath("//@href | //@src | //meta/@content"))
        for script in root.xpath("//script[@type='application/ld+json']/text()"):
            told.update(addresses_in(json.loads(script)))
    for path in site(sample).rglob("*.xml"):
        for element in etree.parse(str(path)).getroot().iter():
            told.update((str(element.get("href", "")), element.text or ""))
    own = {address for address in told if address.startswith(BASE)}
    assert len(own) > 100
    assert all(file_at(sample, address) for address in own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_author_page_lists_the_articles_the_newest_first(sample: Publication, language: str) -> None:
    page = sample.page(language, "authors/editors")
    names = [Path(str(link.get("href"))).stem for link in page.cssselect(".cards .title a")]
    assert set(names) == set(PUBLISHED)
    days = [front_matter_date(sample, name) for name in names]
    assert days == sorted(days, reverse=True)


def test_each_keyword_leads_to_a_page_that_lists_its_articles_in_every_edition(sample: Publication) -> None:
    names: dict[str, list[list[str]]] = {}
    for language in LANGUAGES:
        for name in ARTICLES:
            here = site(sample) / language / "articles" / f"{name}.html"
            links = html.parse(str(here)).getroot().cssselect(".keywords li a")
            assert [text_of(link) for link in links] == facts_shown(html.parse(str(here)).getroot())["keywords"]
            for link in links:
                target = (here.parent / str(link.get("href"))).resolve()
                root = html.parse(str(target)).getroot()
                assert heading(root) == text_of(link)
                listed = [
                    (target.parent / str(each.get("href"))).resolve() for each in root.cssselect(".cards .title a")
                ]
                assert here.resolve() in listed
                others = [str(each.get("href")) for each in root.cssselect("main .also a")]
                assert others == [f"../../{each}/keywords/{target.name}" for each in LANGUAGES if each != language]
            names.setdefault(name, []).append([Path(str(link.get("href"))).name for link in links])
    assert all(found == [found[0]] * len(LANGUAGES) for found in names.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_colophon_tells_what_was_made_and_of_what(sample: Publication, language: str) -> None:
    path = site(sample) / language / "colophon.html"
    page = html.parse(str(path)).getroot()
    facts = [text_of(each) for each in page.cssselect(".facts dd")]
    # Signs such as the arrows between notes on one source are in neither of the typefaces of the text.
    assert Edition(language).comma.join(("Vollkorn", "Amiri", "DejaVu Sans", "DejaVu Serif")) in facts
    assert "draft" in facts
    rows = {
        str(row.cssselect("th")[0].get("lang")): text_of(row.cssselect("td")[0]) for row in page.cssselect("tbody tr")
    }
    whole = {"en": "100%", "tr": "%100", "ru": "100 %", "fa": "۱۰۰٪"}[language]
    assert {each: share.replace("\u00a0", " ") for each, share in rows.items()} == dict.fromkeys(LANGUAGES, whole)
    files = {str(item.cssselect("a")[0].get("href")): item for item in page.cssselect(".files li")}
    assert {Path(each).name for each in files} == {
        *(f"{name}.pdf" for name in PUBLISHED), f"marginalia-{language}.pdf", f"marginalia-{language}.epub",
        *(f"marginalia-{language}-{name}.{ending}" for name in ISSUES for ending in ("pdf", "epub"))
    }  # fmt: skip
    for address, item in files.items():
        content = (path.parent / address).read_bytes()
        assert text_of(item.cssselect("code")[0]) == hashlib.sha256(content).hexdigest()
        number, unit = text_of(item.cssselect(".size")[0]).replace(",", ".").split()
        size = len(content) / (1e6 if unit in ("MB", "МБ") else 1e3)
        assert abs(size - float(number)) <= (0.5 if size > 9.9 else 0.05), address
    tools = {text_of(item) for item in page.cssselect(".tools li")}
    for package, title in (
        ("sphinx", "Sphinx"),
        ("fleuron", "Fleuron"),
        ("lxml", "lxml"),
        ("weasyprint", "WeasyPrint"),
    ):
        assert f"{title} {version(package)}" in tools
