"""Citations in the text (`{cite}`) in CSL styles: their words in each edition, their links, and their numbers."""

from __future__ import annotations

import pytest
from docutils import nodes

from fleuron.notes.text_citations import capitalise
from tests.support.publications import ROOT, SMALL, Maker, Publication, text_of

pytestmark = pytest.mark.slow

SOURCES = (ROOT / "refs.bib").read_text("utf-8") + (
    "@book{second, author={Grafton, Anthony}, title={Another}, publisher={X}, address={Y}, year={1997}}\n"
)
ONE = """# One

A {cite}`grafton1997{p. 4}`, {cite:t}`mackinder1904{421}`, {cite:p}`{see}rashid2000, rubin2002{ch. 3}`.
{cite:t}`rubin2002, rashid2000` {cite:alp}`rashid2000` {cite:year}`rashid2000` {cite:author}`rashid2000`;
{cite}`second, grafton1997`.[^n]{footcite}`rashid2000`

[^n]: Own {cite}`rashid2000{p. 5}`.

```{bibliography}
```
"""
FILES = {
    "conf.py": SMALL["conf.py"] + 'fleuron_cite_style = "author-date"\n',
    "refs.bib": SOURCES,
    "index.md": "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/two\nsources\n```\n",
    "articles/one.md": ONE,
    "articles/two.md": "# Two\n\nA {cite}`barfield2010`, then {cite}`rashid2000`.\n",
    "sources.md": "# Sources\n\n```{bibliography}\n```\n",
}
NUMERIC = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Numbers</title><id>http://example.org/numbers</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation collapse="citation-number"><sort><key variable="citation-number"/></sort>
<layout prefix="[" suffix="]" delimiter=", "><text variable="citation-number"/></layout></citation>
<bibliography second-field-align="flush"><layout><text variable="citation-number" suffix="."/>
<text variable="title"/></layout></bibliography></style>"""


def paragraph(publication: Publication, language: str, name: str) -> str:
    """Return the first paragraph of an article."""
    return text_of(publication.page(language, name).xpath("//main//section/p[not(@class)]")[0])


def entries(publication: Publication, name: str) -> list[str]:
    return [text_of(entry) for entry in publication.page("en", name).xpath("//*[contains(@class, 'bibliography')]/*")]


def test_authors_and_years_are_in_the_words_of_each_edition(make: Maker) -> None:
    publication = make(FILES)
    result = publication.publish("html", "epub", "pdf", options="-W")
    assert result.code == 0, result.output
    assert paragraph(publication, "en", "articles/one") == (
        "A (Grafton 1997b, p. 4), Mackinder (1904, p. 421), (see Rashid 2000; Rubin 2002, chap. 3). "
        "Rubin (2002) and Rashid (2000) Rashid 2000 2000 Rashid; (Grafton 1997a, 1997b).1,2"
    )
    turkish = paragraph(publication, "tr", "articles/one")
    assert "(Grafton 1997b, s. 4), Mackinder (1904, s. 421)" in turkish and "Rubin (2002) ve Rashid (2000)" in turkish
    assert paragraph(publication, "en", "articles/two") == "A (Barfield 2010), then (Rashid 2000)."
    listed = entries(publication, "articles/one")
    assert [entry.partition(")")[0] for entry in listed] == [
        "Grafton, Anthony (1997a",
        "Grafton, Anthony (1997b",
        "Mackinder, H. J. (1904",
        "Rashid, Ahmed (2000",
        "Rubin, Barnett R. (2002",
    ]
    assert len(entries(publication, "sources")) == 6


def test_each_cite_links_to_its_source_in_the_list_of_its_article_or_of_the_publication(make: Maker) -> None:
    publication = make({**FILES, "articles/two.md": "# Two\n\nA {cite}`barfield2010, rashid2000`.\n"})
    assert publication.publish("html", languages="en", options="-W").code == 0
    one, two, sources = (publication.page("en", name) for name in ("articles/one", "articles/two", "sources"))
    links = one.xpath("//span[@class='citation-in-text']/a")
    targets = [text_of(one.get_element_by_id(link.get("href").removeprefix("#"))) for link in links]
    assert [(text_of(link), target.partition(",")[0]) for link, target in zip(links, targets, strict=True)][2:5] == [
        ("Rashid 2000", "Rashid"),
        ("Rubin 2002, chap. 3", "Rubin"),
        ("2002", "Rubin"),
    ]
    for link, name in zip(two.xpath("//span[@class='citation-in-text']/a"), ("Barfield", "Rashid"), strict=True):
        page, _, anchor = link.get("href").partition("#")
        assert page == "../sources.html" and text_of(sources.get_element_by_id(anchor)).startswith(name)


def test_numbers_follow_the_order_of_the_articles_and_change_with_it(make: Maker) -> None:
    conf = FILES["conf.py"].replace("author-date", "numbers")
    one = "# One\n\nA {cite}`rashid2000` and {cite:t}`grafton1997, rubin2002`; {cite}`rubin2002, rashid2000`.\n"
    publication = make({**FILES, "conf.py": conf, "articles/one.md": one, "styles/numbers.csl": NUMERIC})
    assert publication.publish("html", languages="en", options="-W").code == 0
    expected = "A [1] and Grafton [2] and Rubin [3]; [1, 3]."
    assert paragraph(publication, "en", "articles/one") == expected
    assert paragraph(publication, "en", "articles/two") == "A [4], then [1]."
    assert [entry.split()[0] for entry in entries(publication, "sources")] == ["1.", "2.", "3.", "4."]

    publication.write("articles/one.md", one.replace("# One\n", "# One\n\nFirst {cite}`mackinder1904`.\n"))
    assert publication.publish("html", languages="en", options="-W").code == 0
    assert paragraph(publication, "en", "articles/two") == "A [5], then [2].", "not read again, and written anew"


def test_numbers_of_two_lists_stand_in_brackets_of_their_own(make: Maker) -> None:
    conf = FILES["conf.py"].replace("author-date", "numbers")
    one = "# One\n\nA {cite}`rashid2000` {cite}`grafton1997, mackinder1904`.\n\n"
    one += "```{bibliography}\n:filter: key == 'grafton1997'\n```\n"
    publication = make({**FILES, "conf.py": conf, "articles/one.md": one, "styles/numbers.csl": NUMERIC})
    assert publication.publish("html", languages="en", options="-W").code == 0
    assert paragraph(publication, "en", "articles/one") == "A [1] [1] [2]."


def test_mistakes_are_told_at_their_lines(make: Maker) -> None:
    text = "# Two\n\nA {cite}`barfield2010`.\n\nB {cite}`rashid200`.\n"
    publication = make({**FILES, "articles/two.md": text, "sources.md": None, "index.md": SMALL["index.md"]})
    publication.write("index.md", FILES["index.md"].replace("\nsources", ""))
    result = publication.publish("html", languages="en")
    assert f"{publication.source}/articles/two.md:3: WARNING: “barfield2010” is cited in the text, and no" in (
        result.output
    )
    assert (
        f"{publication.source}/articles/two.md:5: WARNING: there is no source “rashid200” in the bibliography; did"
        in (result.output)
    )
    assert result.output.count("WARNING") == 2, result.output


@pytest.mark.parametrize(
    ("conf", "message"),
    [
        ('fleuron_cite_style = "opcit"', "is made for notes; choose a style for citations in the text"),
        ('fleuron_note_style = "author-date"', "is made for citations in the text; choose a style for notes"),
        ('fleuron_cite_style = {"xx": "author-date"}', "fleuron_cite_style names the edition “xx”"),
    ],
)
def test_a_style_of_the_other_kind_is_refused(make: Maker, conf: str, message: str) -> None:
    result = make({"conf.py": SMALL["conf.py"] + conf + "\n"}).publish("html")
    assert result.code != 0 and message in result.output, result.output


def test_without_a_style_a_source_that_no_list_has_is_told_as_such(make: Maker) -> None:
    text = "# One\n\nA {cite}`barfield2010`.\n"
    publication = make({"conf.py": SMALL["conf.py"], "refs.bib": SOURCES, "articles/one.md": text})
    result = publication.publish("html", languages="en")
    place = f"{publication.source}/articles/one.md:3: WARNING: “barfield2010” is cited in the text, and no bibliography"
    assert place in result.output and result.output.count("WARNING") == 1, result.output
    assert paragraph(publication, "en", "articles/one") == "A [barfield2010]."


def test_without_a_style_a_list_with_a_prefix_has_the_labels_that_its_text_prints(make: Maker) -> None:
    listing = "```{bibliography}\n:keyprefix: own-\n:labelprefix: A\n```\n"
    text = f"# One\n\nA {{cite}}`own-barfield2010`.\n\n{listing}"
    publication = make({"conf.py": SMALL["conf.py"], "refs.bib": SOURCES, "articles/one.md": text})
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    (entry,) = entries(publication, "articles/one")
    assert paragraph(publication, "en", "articles/one") == "A [ABar10]." and entry.startswith("[ABar10]"), entry


@pytest.mark.parametrize(("language", "words"), [("en", "Ibn Battuta (1355)"), ("tr", "İbn Battuta (1355)")])
def test_a_citation_that_begins_a_sentence_has_a_capital(language: str, words: str) -> None:
    link = nodes.reference("", "", nodes.Text("ibn Battuta"))
    citation = nodes.inline("", "", link, nodes.Text(" (1355)"))
    capitalise(citation, language)
    assert citation.astext() == words


def test_the_roles_for_beginnings_of_sentences_have_capitals(make: Maker) -> None:
    entry = "@book{helden, author={van Helden, Ann}, title={Other}, publisher={X}, address={Y}, year={2001}}\n"
    text = "# One\n\n{cite:ct}`helden` says. {cite:t}`helden` and {cite:cauthor}`helden`.\n\n```{bibliography}\n```\n"
    publication = make({"conf.py": FILES["conf.py"], "refs.bib": entry, "articles/one.md": text})
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    assert paragraph(publication, "en", "articles/one") == "Van Helden (2001) says. van Helden (2001) and Van Helden."
