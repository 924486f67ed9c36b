"""Pages with an article in two languages side by side: each passage stands beside its counterpart."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser

from fleuron.publish.parallel.paired_blocks import common, paired
from tests.support.browser import visiting
from tests.support.publications import SMALL, Publication, run_in_process, text_of

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
SOURCE = """---
authors: [ada]
date: 2026-01-02
abstract: What it is about.
---
# One

The first text.[^a] Its second note.[^b]

![A map](map.svg)

## Second part

Second text.

- A point, see [below](#third-part).
- Another one.

| Head |
|------|
| Cell |

## Third part

Third text.

[^a]: Note A.
[^b]: Note B.
"""
# The paragraphs of the last section are other ones than those of the source, and so only their heading is paired.
TURKISH = """---
title: Bir
abstract: Konusu.
---
Önce öteki not.[^b] İlk metin.[^a]

![Harita](map.svg)

## İkinci bölüm

İkinci metin.

- Bir madde, bkz. [aşağıda](#üçüncü-bölüm).
- Bir başkası.

| Baş |
|------|
| Göze |

## Üçüncü bölüm

Üçüncü metin.

Çevirmenin eklediği.

[^a]: Not A.
[^b]: Not B.
"""
MESSAGES = {
    "One": "یک",
    "What it is about.": "موضوع آن.",
    "The first text.[^a] Its second note.[^b]": "یادداشت دوم آن.[^b] متن نخست ![نشانه](map.svg) است.[^a]",
    "Second part": "بخش دوم",
    "Second text.": "متن دوم.",
    "A point, see [below](#third-part).": "یک نکته، [پایین](#third-part).",
    "Another one.": "یکی دیگر.",
    "Third part": "بخش سوم",
    "Third text.": "متن سوم.",
    "Head": "سر",
    "Cell": "خانه",
    "Note A.": "یادداشت الف.",
    "Note B.": "یادداشت ب.",
}
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CATALOGUE = HEADER + "\n".join(f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in MESSAGES.items())
CONF = SMALL["conf.py"].replace('["en", "tr"]', '["en", "tr", "fa"]') + (
    'fleuron_edition_threshold = 0.5\nhtml_baseurl = "https://example.org/"\n'
)
FILES = {
    **SMALL,
    "conf.py": CONF,
    "articles/one.md": SOURCE,
    "articles/map.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "locale/tr/articles/one.md": TURKISH,
    "locale/fa/LC_MESSAGES/articles/one.po": CATALOGUE,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The site of a publication with a whole-file translation, and one with a catalogue."""
    publication = Publication(tmp_path_factory.mktemp("parallel") / "source")
    for name, text in FILES.items():
        publication.write(name, text)
    arguments = ["translation", "update", "tr", "articles/one.md", "--source", str(publication.source)]
    assert run_in_process(arguments).code == 0
    result = publication.publish("html", options="-W")
    assert result.code == 0, result.output
    return publication


def page_of(site: Publication, pair: str) -> html.HtmlElement:
    return site.page(pair, "articles/one")


def rows_of(page: html.HtmlElement) -> list[tuple[str, str]]:
    return [(text_of(first), text_of(second)) for first, second in page.cssselect(".pair")]


def test_each_pair_is_the_right_one(site: Publication) -> None:
    rows = rows_of(page_of(site, "fa_en"))
    assert [row for row in rows if "Abstract" not in row[1] and "2026" not in row[1]] == [
        ("یادداشت دوم آن.۱ متن نخست است.۲", "The first text.1 Its second note.2"),
        ("", ""),  # the map
        ("بخش دوم", "Second part"),
        ("متن دوم.", "Second text."),
        ("یک نکته، پایین. یکی دیگر.", "A point, see below. Another one."),
        ("سر خانه", "Head Cell"),
        ("بخش سوم", "Third part"),
        ("متن سوم.", "Third text."),
    ]
    (abstract,) = [row for row in rows if "Abstract" in row[1]]
    assert abstract == ("چکیده موضوع آن.", "Abstract What it is about.")


def test_a_section_of_other_passages_is_paired_as_a_whole(site: Publication) -> None:
    rows = rows_of(page_of(site, "tr_en"))
    assert rows[-1] == ("Üçüncü bölüm Üçüncü metin. Çevirmenin eklediği.", "Third part Third text.")
    assert ("İkinci metin.", "Second text.") in rows
    assert ("Önce öteki not.1 İlk metin.2", "The first text.1 Its second note.2") in rows


def test_directions_and_languages(site: Publication) -> None:
    page = page_of(site, "fa_en")
    assert (page.get("lang"), page.get("dir")) == ("fa", "rtl")
    for first, second in page.cssselect(".pair"):
        assert (first.get("lang"), first.get("dir")) == ("fa", "rtl")
        assert (second.get("lang"), second.get("dir")) == ("en", "ltr")
    (canonical,) = page.cssselect("link[rel=canonical]")
    assert canonical.get("href") == "https://example.org/fa/articles/one.html"
    alternates = {link.get("hreflang"): link.get("href") for link in page.cssselect("link[rel=alternate]")}
    assert alternates == {each: f"https://example.org/{each}/articles/one.html" for each in ("fa", "en")}


@pytest.mark.parametrize("pair", ["tr_en", "fa_en"])
def test_every_link_leads_somewhere_and_notes_to_the_article(site: Publication, pair: str) -> None:
    page, folder = page_of(site, pair), site.build / "html" / pair / "articles"
    addresses = [each.get(name) for each in page.iter() for name in ("href", "src") if each.get(name)]
    for address in addresses:
        if address.startswith("https:"):
            continue
        path = (folder / unquote(urlsplit(address).path)).resolve()
        assert path.is_file(), address
        if fragment := unquote(urlsplit(address).fragment):
            assert html.parse(str(path)).getroot().get_element_by_id(fragment) is not None, address
    notes = [link.get("href") for link in page.cssselect("[role=doc-noteref]")]
    languages = (pair[:2], "en")
    assert notes == [f"../../{each}/articles/one.html#note-articles-one-{n}" for each in languages for n in (1, 2)]
    assert not page.cssselect("[role=doc-footnote]")
    names = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(names) == len(set(names))


def test_articles_link_it(site: Publication) -> None:
    links = {
        language: [link.get("href") for link in site.page(language, "articles/one").cssselect(".beside a")]
        for language in ("en", "tr", "fa")
    }
    assert links == {
        "en": ["../../tr_en/articles/one.html", "../../fa_en/articles/one.html"],
        "tr": ["../../tr_en/articles/one.html"],
        "fa": ["../../fa_en/articles/one.html"],
    }
    assert not site.page("en", "index").cssselect(".beside")


def test_it_can_be_read_on_a_phone_and_on_a_desktop(site: Publication, browser: Browser) -> None:
    path = site.build / "html" / "fa_en" / "articles" / "one.html"
    for width, columns in ((390, 1), (1440, 2)):
        with visiting(browser, path, width) as shown:
            pair = shown.locator(".pair").last
            first, second = (pair.locator("xpath=./div").nth(number).bounding_box() for number in (0, 1))
            assert first is not None
            assert second is not None
            # In Persian, the first column is the right one.
            assert (first["x"] > second["x"] + 100) == (columns == 2)
            assert (second["y"] >= first["y"] + first["height"]) == (columns == 1)
            assert shown.evaluate("document.documentElement.scrollWidth") == width
            shown.add_script_tag(path=AXE)
            found = shown.evaluate("axe.run(document, { preload: false }).then(report => report.violations)")
            assert [violation["id"] for violation in found] == []


def test_it_is_made_again_only_if_a_page_has_changed(site: Publication) -> None:
    def files() -> dict[Path, int]:
        found = (path for pair in ("tr_en", "fa_en") for path in (site.build / "html" / pair).rglob("*.html"))
        return {path.relative_to(site.build): path.stat().st_mtime_ns for path in found}

    before = files()
    assert len(before) == 2
    assert site.publish("html", options="-W").code == 0
    assert files() == before
    path = site.source / "locale/tr/articles/one.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("İkinci metin.", "Öteki metin."), "utf-8")
    try:
        assert site.publish("html", options="-W").code == 0
        assert {name for name, time in files().items() if time != before[name]} == {
            Path("html/tr_en/articles/one.html")
        }
        assert ("Öteki metin.", "Second text.") in rows_of(page_of(site, "tr_en"))
    finally:
        path.write_text(text, "utf-8")


def article(*blocks: str) -> html.HtmlElement:
    return html.fromstring(f"<article><section>{''.join(blocks)}</section></article>")


def test_blocks_that_one_edition_lacks_stay_in_their_row() -> None:
    first = article("<p data-p='0'>a</p>", "<p data-p='1'>b</p>", "<p>x</p>", "<p data-p='3'>d</p>")
    second = article("<p>y</p>", "<p data-p='0'>A</p>", "<ul><li><p data-p='2'>C</p></li></ul>", "<p data-p='3'>D</p>")
    rows = [("".join(map(text_of, row.first)), "".join(map(text_of, row.second))) for row in paired(first, second)]
    assert rows == [("abx", "yAC"), ("d", "D")]
    assert list(common([1, 2, None], [None, 2, 3])) == [(1, 1)]
    assert not paired(article("<p>a</p>"), article("<p>b</p>"))
