"""An edition with a fault keeps what was published of it, and withholds no other; all faults are told in one run."""

from __future__ import annotations

import pytest
from lxml import html

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH, assert_no_crash, told
from tests.mistakes.test_severity import places
from tests.project.test_publishing import also
from tests.support.publications import SMALL, Maker, Publication, text_of

pytestmark = pytest.mark.slow

SITE = SMALL["conf.py"] + 'html_baseurl = "https://small.example/"\n'
# Read as UTF-8, it is not a catalogue.
BROKEN = b"\xff\xfe"


def landing_links(publication: Publication) -> list[str]:
    page = html.parse(str(publication.build / "html/index.html")).getroot()
    return [str(link.get("href")) for link in page.cssselect("li a")]


def test_one_bad_edition_withholds_no_other(make: Maker) -> None:
    publication = make({"conf.py": SITE})
    publication.write(TURKISH, BROKEN)
    result = publication.publish("epub", "html")
    assert_no_crash(result)
    assert result.code == 1
    assert places(result) == [(f"{TURKISH}:1", "ERROR")]
    last = told(result)[-1]
    assert last.startswith("fleuron: 1 error in ")
    assert last.endswith("; not published: Türkçe (epub, html); what was published of it before is unchanged")
    assert also(publication, "en") == [], "no link to an edition that is not there"
    assert landing_links(publication) == ["en/index.html"]
    assert sorted(path.name for path in (publication.build / "epub").iterdir()) == ["small-en.epub"]
    assert b"/tr/" not in (publication.build / "html/sitemap.xml").read_bytes()

    publication.write(TURKISH, f'{CATALOGUE}msgid "One"\nmsgstr "Bir"\n')
    assert publication.publish("epub", "html", options="-W").code == 0
    assert also(publication, "en") == ["Türkçe"]
    before = publication.files()

    # The bad edition keeps its state; the good one has a page that the bad one lacks.
    publication.write("articles/two.md", f"{HEAD}Two.\n")
    publication.write("index.md", SMALL["index.md"].replace("one\n", "one\narticles/two\n"))
    publication.write(TURKISH, BROKEN)
    assert publication.publish("epub", "html").code == 1
    after = publication.files()
    assert {name for name in before if "tr" in name.replace("-", "/").replace(".", "/").split("/")} <= set(after)
    assert all(after[name] == content for name, content in before.items() if name.startswith("html/tr/"))
    assert after["epub/small-tr.epub"] == before["epub/small-tr.epub"]
    assert after["epub/small-en.epub"] != before["epub/small-en.epub"]
    assert publication.page("en", "articles/two").cssselect("main .also a") == []
    assert also(publication, "en") == ["Türkçe"]
    assert b"/en/articles/two.html" in after["html/sitemap.xml"]
    assert b"/tr/articles/two.html" not in after["html/sitemap.xml"]


def test_all_faults_of_all_stages_are_told_in_one_run(make: Maker) -> None:
    """Reading, translation, notes, pictures, formulas and the writing of each format; each once, in order."""
    one = (
        HEAD.replace("date: 2026-01-02", "date: 2026-13-45")
        + "See {ref}`nowhere`.[^lost] Cited.{footcite}`unknown`\n\n"  # 7
        + "![x](missing.png)\n\n"  # 9
        + "$\\frac{$\n\n"  # 11
        + "<p>broken<b></p>\n\n"  # 13
        + "```{nothing}\n```\n\n"  # 15
        + "\U0001f1f9\U000f0000\n"  # 18: no typeface has it
    )
    catalogue = f'{CATALOGUE}msgid "Text."\nmsgstr "{{ref}}`burada` yok."\n'
    refs = "@book{known,\n  author = {A}, title = {T}, year = {2020},\n}\n@book{broken\n"
    changes = {"articles/one.md": one, "articles/two.md": f"{HEAD}Text.\n", TURKISH.replace("one", "two"): catalogue}
    changes |= {"index.md": SMALL["index.md"].replace("one\n", "one\narticles/two\n"), "refs.bib": refs}
    publication = make({**changes, "authors/ada.md": "---\nname: [Ada\n---\nAda writes.\n"})
    result = publication.publish("html", "epub", "pdf")
    assert_no_crash(result)
    assert result.code == 1
    found = places(result)
    messages = [line for line in told(result) if "ERROR: " in line or "WARNING: " in line]
    assert len(messages) == len(set(messages)) == len(found), "each once, and each with its place"
    for place in [
        *(("articles/one.md:3", "WARNING"), ("articles/one.md:7", "ERROR"), ("articles/one.md:9", "ERROR")),
        *(("articles/one.md:11", "ERROR"), ("articles/one.md:15", "ERROR"), ("articles/one.md:18", "ERROR")),
        *(("authors/ada.md:2", "ERROR"), ("refs.bib:4", "ERROR")),
        (f"{TURKISH.replace('one', 'two')}:6", "WARNING"),
    ]:
        assert place in found, result.output
    errors = sum(severity == "ERROR" for _place, severity in found)
    assert told(result)[-1].startswith(f"fleuron: {errors} errors in ")
    assert told(result)[-1].endswith("; nothing is published, what was published before is unchanged")
    assert not publication.files()


def test_keep_going_publishes_what_can_be_written(make: Maker) -> None:
    publication = make({"articles/one.md": f"{HEAD}See {{ref}}`nowhere`.\n"})
    result = publication.publish("html", "epub", "--keep-going")
    assert_no_crash(result)
    assert result.code == 1
    assert places(result) == [("articles/one.md:7", "ERROR")]
    assert told(result)[-1].startswith("fleuron: 1 error in ")
    assert told(result)[-1].endswith("; published all the same")
    assert "nowhere" in text_of(publication.page("tr", "articles/one"))
    assert (publication.build / "epub/small-en.epub").is_file()
    before = publication.files()
    result = publication.publish("html", "epub")
    assert result.code == 1
    assert places(result) == [("articles/one.md:7", "ERROR")], "no later build forgets it"
    assert publication.files() == before
    publication.write("articles/one.md", f"{HEAD}{'> ' * 400}deep\n")
    result = publication.publish("html", "--keep-going")
    assert result.code == 1
    assert publication.files() == before, "a text that cannot be read is not left out"


def test_what_is_suppressed_refuses_nothing(make: Maker) -> None:
    conf = SMALL["conf.py"] + 'suppress_warnings = ["myst.xref_missing", "fleuron", "toc"]\n'
    publication = make({"conf.py": conf, "articles/one.md": f"{HEAD}See [x](no.md).\n"})
    assert publication.publish("html", options="-W").code == 0
    publication.write("articles/one.md", f"{HEAD}See [x](no.md) and this.[^y]\n")
    result = publication.publish("html")
    assert result.code == 1
    assert [place for place in places(result) if place[1] == "ERROR"] == [("articles/one.md:7", "ERROR")]
