"""Texts that are translated as a whole, in files of their own: what an edition has of them, and what is told."""

from __future__ import annotations

import re

import pytest
from lxml import html

from fleuron.editions.whole_files.pairing import pair, unpaired
from fleuron.editions.whole_files.sections import Section, sections_of
from tests.mistakes.test_mistakes import TURKISH as CATALOGUE
from tests.mistakes.test_mistakes import told
from tests.publication.test_translation import MESSAGES as TRAPS
from tests.publication.test_translation import SOURCE as TRAP_TEXT
from tests.publication.test_translation import catalogue
from tests.support.epub_books import part, parts
from tests.support.publications import SMALL, Maker, Publication, Result, run_in_process, text_of

TURKISH = "locale/tr/articles/one.md"
MAP = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
SOURCE = """---
subtitle: A small subtitle
authors: [ada]
date: 2026-01-02
keywords: [paper, ink]
abstract: What the text is about.
---
# One

The first text.[^a]

![A map](map.svg)

(second)=
## Second part

Second text, see {ref}`second`.

### Inner

Inner text.[^b]

## Third part

The third text is left as it is.

[^a]: Note A.
[^b]: Note B.
"""
TRANSLATION = """---
title: Bir
abstract: Metnin konusu.
keywords: [kâğıt, mürekkep]
---
İlk metin, önce öteki not.[^b]

![Harita](map.svg)

## İkinci bölüm

İkinci metin, bkz. {ref}`second`, [şu](#second-part), [bu](#ikinci-bölüm).

### İç

İç metin.[^a]

## Üçüncü bölüm

The third text is left as it is.

[^a]: Not A.
[^b]: Not B.
"""
TWO = "# Two\n\nSee [it](one.md#third-part), {ref}`second` and [there](#second).\n"
CONTENTS = "# Small\n\nA small publication.\n\n```{toctree}\narticles/one\narticles/two\n```\n"
FILES = {"articles/one.md": SOURCE, "articles/two.md": TWO, "articles/map.svg": MAP, "index.md": CONTENTS}


def update(publication: Publication, action: str = "update", *options: str) -> Result:
    return run_in_process(
        ["translation", action, "tr", "articles/one.md", *options, "--source", str(publication.source)]
    )


def problems(result: Result) -> list[str]:
    return [line for line in told(result) if "WARNING" in line or "ERROR" in line]


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication of which an article has a whole-file translation that is current."""
    made = Publication(tmp_path_factory.mktemp("whole") / "source")
    for name, text in {**SMALL, **FILES, TURKISH: TRANSLATION}.items():
        made.write(name, text)
    assert update(made).code == 0
    result = made.publish("html", "epub", options="-W")
    assert result.code == 0, result.output
    return made


def article(publication: Publication, language: str = "tr", name: str = "articles/one") -> html.HtmlElement:
    (found,) = publication.page(language, name).cssselect("article")
    return found


def sections_on(page: html.HtmlElement) -> list[str | None]:
    return [section.get("id") for section in page.iter("section")]


def test_the_edition_has_the_words_of_the_file(publication: Publication) -> None:
    text = text_of(article(publication))
    for words in (
        "Bir",
        "Metnin konusu.",
        "kâğıt",
        "İlk metin, önce öteki not.1",
        "İç metin.2",
        "1 Not B.",
        "2 Not A.",
    ):
        assert words in text
    assert "The first text" not in text
    book = publication.build / "epub" / "small-tr.epub"
    (chapter,) = [name for name in parts(book) if name.endswith("articles/one.xhtml")]
    assert "İkinci metin, bkz. İkinci bölüm, şu, bu." in text_of(part(book, chapter))


def test_what_it_lacks_comes_from_the_source_and_is_marked(publication: Publication) -> None:
    page = article(publication)
    (subtitle,) = page.cssselect(".subtitle")
    assert (text_of(subtitle), subtitle.get("lang")) == ("A small subtitle", "en")
    assert text_of(page.cssselect(".dateline")[0]) == "2 Ocak 2026"
    (untouched,) = [each for each in page.iter("p") if text_of(each).startswith("EN The third text")]
    assert untouched.get("lang") == "en"
    assert [image.get("alt") for image in page.iter("img")] == ["Harita"]


def test_sections_have_the_ids_of_their_source(publication: Publication) -> None:
    page = article(publication)
    assert sections_on(page) == sections_on(article(publication, "en")) == ["one", "second", "inner", "third-part"]
    links = {text_of(link): link.get("href") for link in page.iter("a")}
    assert [links[word] for word in ("İkinci bölüm", "şu", "bu")] == ["#second"] * 3
    others = [link.get("href") for link in page.cssselect(".elsewhere a")]
    assert others == [f"../../en/articles/one.html#{name}" for name in ("second", "inner", "third-part")]
    here = {text_of(link): link.get("href") for link in article(publication, "tr", "articles/two").iter("a")}
    assert here["it"] == "one.html#third-part"
    assert [here[word] for word in ("İkinci bölüm", "there")] == ["one.html#second"] * 2


def test_records_and_keywords_are_those_of_one_text(publication: Publication) -> None:
    keywords = [link.get("href") for link in article(publication).cssselect(".keywords a")]
    assert keywords == ["../keywords/paper.html", "../keywords/ink.html"]
    head = publication.page("tr", "articles/one").head
    names = {meta.get("name"): meta.get("content") for meta in head.iter("meta")}
    assert names["citation_title"].startswith("Bir")
    assert names["citation_publication_date"] == "2026/01/02"


def test_both_editions_count_the_same_words(publication: Publication) -> None:
    rows = [publication.page(language, "colophon").cssselect(".shares tbody tr")[1] for language in ("en", "tr")]
    counts = [[text_of(cell).strip("%") for cell in row.cssselect("td")] for row in rows]
    assert counts[0] == counts[1]
    share, stale, missing = map(int, counts[0])
    # The text that is left as it is, a contributor's page, the contents and another article.
    assert 0 < share < 100
    assert (stale, missing > 0) == (0, True)


def test_a_section_of_which_the_source_has_changed_is_marked(make: Maker) -> None:
    # With the older words, 28 of 42 are printed in Turkish, and 25 without them.
    conf = SMALL["conf.py"].replace("fleuron_edition_threshold = 0", "fleuron_edition_threshold = 0.63")
    assert conf != SMALL["conf.py"]
    publication = make({**FILES, "conf.py": conf, TURKISH: TRANSLATION})
    assert update(publication).code == 0
    assert publication.publish("html", options="-W").code == 0
    before = (publication.build / "html" / "en" / "articles" / "one.html").read_bytes()
    changed = SOURCE.replace("Inner text", "Inner words").replace("## Third", "## New\n\nNew text.\n\n## Third")
    publication.write("articles/one.md", changed)
    result = publication.publish("html", options="-W")
    assert result.code == 0, result.output
    page = article(publication)
    assert [text_of(each) for each in page.cssselect(".older-version")] == [
        "≈ Bu bölüm, özgün metnin daha eski bir sürümüne dayanıyor.",
        "Özgün metinde burada henüz çevrilmemiş bölümler var: New",
    ]
    assert {each.getparent().get("id") for each in page.cssselect(".older-version")} == {"inner"}
    (line,) = page.cssselect(".translation-state")
    # Of 42 words, 11 are in English (the subtitle, and what is left as it is), 3 are new, and 3 are older.
    assert re.findall(r"%(\d+)", text_of(line)) == ["26", "7", "7"]
    shown = update(publication, "show")
    assert shown.code == 1
    assert told(shown) == [
        f"{TURKISH}:19: “### Inner” is changed since it was translated",
        "articles/one.md:23: “## New” is new, and not translated",
    ]
    # A change of the translation changes the pages of its edition alone.
    publication.write("articles/one.md", SOURCE)
    publication.write(TURKISH, (publication.source / TURKISH).read_text("utf-8").replace("İç metin", "Yeni metin"))
    assert publication.publish("html", options="-W").code == 0
    assert (publication.build / "html" / "en" / "articles" / "one.html").read_bytes() == before
    assert "Yeni metin" in text_of(article(publication))
    assert not article(publication).cssselect(".older-version")


def test_mistakes_name_the_file_and_its_line(make: Maker) -> None:
    wrong = TRANSLATION.replace("title: Bir\n", "title: Bir\ndoi: 10.5555/other\n").replace("İlk metin", "{dok}`İlk`")
    source = SOURCE.replace("date:", "doi: 10.5555/one\ndate:")
    catalogue = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "One"\nmsgstr "Bir"\n'
    publication = make({**FILES, "articles/one.md": source, TURKISH: wrong.replace("### İç", "## İç")})
    publication.write("locale/tr/articles/onne.md", "Metin.\n")
    publication.write("locale/tr/LC_MESSAGES/articles/one.po", catalogue)
    result = publication.publish("html")
    assert result.code == 1
    lines = problems(result)
    for place, words in (
        (f"{TURKISH}:3: ERROR", "“doi: 10.5555/other” contradicts articles/one.md"),
        (f"{TURKISH}:15: ERROR", "“## İç” stands where articles/one.md has “### Inner”"),
        (f"{TURKISH}:7: ERROR", "dok"),
        (f"{TURKISH}:1: WARNING", "fleuron translation update tr articles/one.md"),
        ("locale/tr/articles/onne.md:1: WARNING", "did you mean “articles/one”?"),
        ("locale/tr/LC_MESSAGES/articles/one.po:6: WARNING", f"{TURKISH} translates this text as well"),
    ):
        assert [line for line in lines if line.startswith(place) and words in line], (place, result.output)
    assert len(lines) == 6, result.output


def test_nothing_of_the_source_and_of_the_file_is_lost(make: Maker) -> None:
    lost = TRANSLATION.replace("İç metin.[^a]", "İç metin.\n\n+++ Kayıp sözler").replace("[^a]: Not A.\n", "")
    contents = "# Küçük\n\n```{toctree}\narticles/one\n```\n"
    ada = "---\nname: Ada Yazar\n---\nAda yazar.\n"
    publication = make({**FILES, TURKISH: lost, "locale/tr/index.md": contents, "locale/tr/authors/ada.md": ada})
    for name in ("articles/one.md", "index.md", "authors/ada.md"):
        arguments = ["translation", "update", "tr", name, "--source", str(publication.source)]
        assert run_in_process(arguments).code == 0
    result = publication.publish("html", languages="tr")
    lines = problems(result)
    for place, words in (
        ("locale/tr/index.md:1: ERROR", "lacks “articles/two”, which index.md lists"),
        (f"{TURKISH}:23: ERROR", "Kayıp sözler"),
        (f"{TURKISH}:19: WARNING", "leaves out “[^…]”"),
    ):
        assert [line for line in lines if line.startswith(place) and words in line], (place, result.output)
    assert len([line for line in lines if "ERROR" in line]) == 2, result.output


def headings(*found: str) -> list[Section]:
    text = "\n\n".join(f"{heading}\n\nText of {heading.strip('# ')}." for heading in found)
    return sections_of(f"# Title\n\nHead.\n\n{text}\n")


def test_sections_are_those_of_the_text_and_of_no_directive() -> None:
    text = "# T\n\nHead.\n\n```{note}\n# No\n```\n\nA\n---\n\n:::{div}\n## No\n:::\n\n(b)=\n## B `c`\n\n"
    text += "> # No\n\nEnd.[^n]\n\n[^n]: N.\n"
    sections = sections_of(text)
    assert [(each.level, each.title, each.line) for each in sections] == [(0, "", 1), (2, "A", 9), (2, "B c", 17)]
    changed = sections_of(text.replace("[^n]: N.", "[^n]: M."))
    assert [one.digest == other.digest for one, other in zip(sections, changed, strict=True)] == [True, True, False]
    moved = sections_of(text.replace("(b)=\n", "").replace("End.", "End.\n\n"))
    assert moved[:2] == sections[:2]


@pytest.mark.parametrize(
    ("before", "now", "counterparts", "stale", "added"),
    [
        (("## A", "## B"), ("## A", "## B"), (0, 1, 2), set(), []),
        (("## A", "## B"), ("## A", "## N", "## B"), (0, 1, 3), set(), [(1, "N")]),
        (("## A", "## B"), ("## B",), (0, None, 1), {1}, []),
        (("## A", "## B"), ("## B", "## A"), (0, 2, 1), set(), []),
        (("## A", "## B"), ("## A", "## C"), (0, 1, 2), {2}, []),
        (("## A", "### B"), ("## A", "## C"), (0, 1, None), {2}, [(1, "C")]),
    ],
)
def test_sections_are_paired_with_those_of_a_source_that_moved_on(
    before: tuple[str, ...],
    now: tuple[str, ...],
    counterparts: tuple[int | None, ...],
    stale: set[int],
    added: list[object],
) -> None:
    pairing = pair(headings(*before), headings(*now))
    assert pairing.counterparts == counterparts
    assert pairing.stale == stale
    assert [(number, section.title) for number, section in pairing.added] == added


def test_a_section_without_counterpart_is_named() -> None:
    found = unpaired(headings("## A", "## B"), headings("## A"), "one.md")
    assert found is not None
    assert (found.line, found.problem) == (9, "the heading “## B” has no counterpart in one.md")
    assert "“## B” of one.md is missing" in str(unpaired(headings("## A"), headings("## A", "## B"), "one.md"))
    assert unpaired(headings("## A"), headings("## C"), "one.md") is None


def test_a_file_that_is_started_has_the_words_of_the_catalogue(make: Maker) -> None:
    messages = {source: target for source, (target, _tag, _text) in TRAPS.items()} | {"One": "Bir", "Head": "Baş"}
    publication = make({"articles/one.md": TRAP_TEXT, CATALOGUE: catalogue(**messages), "articles/map.svg": MAP})
    publication.write("conf.py", SMALL["conf.py"] + "fleuron_edition_threshold = 0\n")
    assert publication.publish("html", languages="tr", options="-W -D html_use_index=1").code == 0
    before = article(publication)
    started = update(publication, "start")
    assert started.code == 0
    assert "by hand" not in started.output
    (publication.source / CATALOGUE).unlink()
    result = publication.publish("html", languages="tr", options="-W -D html_use_index=1")
    assert result.code == 0, result.output
    after = article(publication)
    for name in ("p", "h2", "li", "dt", "dd", "td", "th", "figcaption", "math"):
        now, then = ([text_of(each).removeprefix("EN ") for each in page.iter(name)] for page in (after, before))
        assert now == then, name
    assert [image.get("alt") for image in after.iter("img") if image.getparent().tag != "div"] == ["1. harita"]
    assert len(list(after.iter("br"))) == len(list(before.iter("br"))) == 3
    assert "Kâğıt" in text_of(publication.page("tr", "genindex"))


def test_changes_and_a_withdrawal_are_told_in_the_words_of_the_file(make: Maker) -> None:
    source = "withdrawn:\n  date: 2026-06-01\n  reason: The author asked for it.\nkeywords:"
    own = "withdrawn:\n  date: 2026-06-01\n  reason: Yazarı istedi.\nkeywords:"
    head = "---\nauthors: [ada]\ndate: 2026-01-02\n"
    two = f"{head}changes:\n- date: 2026-05-03\n  text: The year is corrected.\n---\n# Two\n\nText.\n"
    second = "---\ntitle: İki\nchanges:\n- date: 2026-05-03\n  text: Yıl düzeltildi.\n---\nMetin.\n"
    publication = make({**FILES, "articles/one.md": SOURCE.replace("keywords:", source), "articles/two.md": two})
    publication.write(TURKISH, TRANSLATION.replace("keywords:", own))
    publication.write("locale/tr/articles/two.md", second)
    for name in ("articles/one.md", "articles/two.md"):
        arguments = ["translation", "update", "tr", name, "--source", str(publication.source)]
        assert run_in_process(arguments).code == 0
    result = publication.publish("html")
    assert result.code == 0, result.output
    withdrawn = text_of(article(publication))
    assert "Yazarı istedi." in withdrawn
    # Neither is its text there, nor how much of it is translated.
    assert "İlk metin" not in withdrawn
    assert not article(publication).cssselect(".translation-state")
    assert "3 Mayıs 2026: Yıl düzeltildi." in text_of(article(publication, name="articles/two"))
