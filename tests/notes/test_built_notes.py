"""Built notes: their numbers, text, places and links, in small publications."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from tests.support.publications import ROOT, SMALL, Maker, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

HEAD = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n"
REFS = (ROOT / "refs.bib").read_text("utf-8")
STRICT = "-W --keep-going"


def words_of(note: html.HtmlElement) -> str:
    """Return a note's text without its label, backlink and full source."""
    extra = ("label", "full-source", "backlink", "citing-notes")
    return " ".join(text_of(each) for each in note if each.get("class") not in extra)


def notes_of(page: html.HtmlElement) -> list[str]:
    return [words_of(note) for note in page.cssselect("[role=doc-footnote]")]


def numbers_of(page: html.HtmlElement, selector: str = "article") -> list[str]:
    """Return the numbers of all calls in the text, in reading order."""
    return [text_of(call) for call in page.cssselect(f"{selector} > section [role=doc-noteref]")]


def built(make: Maker, text: str, languages: str = "en", options: str = STRICT, **files: str | None) -> Publication:
    publication = make({"articles/one.md": HEAD + text, "refs.bib": REFS, **files})
    result = publication.publish("html", languages=languages, options=options)
    assert result.code == 0, result.output
    if "-W" in options:
        assert "WARNING" not in result.output
    return publication


def test_every_call_is_a_note_in_reading_order(make: Maker) -> None:
    text = (
        "# A head{footcite}`grafton1997`\n\nOne.{footcite}`grafton1997{p. 3}` Own.[^z] Two.{footcite}`rashid2000`\n\n"
        "| a{footcite}`rubin2002` | b |\n|---|---|\n| c[^9] | d |\n\n- item{footcite}`rubin2002{p. 5}`\n\n"
        "```{note}\nInside.{footcite}`barfield2010`\n```\n\n"
        "```{figure} map.svg\n:alt: A map\n:name: z\n\nCaption.{footcite}`mackinder1904`\n```\n\n"
        "## Last{footcite}`grafton1997`\n\nAgain.[^z]\n\n[^9]: Nine.\n[^z]: Of my own.\n"
    )
    svg = (ROOT / "_static" / "wakhan.svg").read_text("utf-8")
    page = built(make, text, **{"articles/map.svg": svg}).page("en", "articles/one")
    assert numbers_of(page) == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "3"]
    assert [text_of(label) for label in page.cssselect("[role=doc-footnote] > .label")] == [
        str(number) for number in range(1, 11)
    ]
    words = notes_of(page)
    assert words[1] == "Ibid., p. 3."
    assert words[2] == "Of my own."
    assert words[5] == "Nine."
    assert words[6] == "Rubin, op.cit., p. 5."
    assert words[9] == "Grafton, op.cit."


def test_a_note_links_to_its_call_and_back(make: Maker) -> None:
    page = built(make, "# One\n\nA.{footcite}`grafton1997` B.{footcite}`grafton1997`\n").page("en", "articles/one")
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    calls, notes = page.cssselect("[role=doc-noteref]"), page.cssselect("[role=doc-footnote]")
    for call, note in zip(calls, notes, strict=True):
        assert call.get("href") == f"#{note.get('id')}"
        (back,) = note.cssselect("[role=doc-backlink]")
        assert back.get("href") == f"#{call.get('id')}"
        assert call.get("aria-label") == f"Note {text_of(call)}"
        assert len(note.cssselect(".label")) == 1
        # Nothing but the words, the label, the way back and the full source.
        kinds = [each.get("class") or each.tag for each in note]
        assert set(kinds) <= {"label", "p", "backlink", "full-source", "citing-notes"}, kinds


def test_a_short_note_has_its_full_source_and_a_link_to_the_first_note(make: Maker) -> None:
    text = "# One\n\nA.{footcite}`grafton1997` B.{footcite}`rashid2000` C.{footcite}`grafton1997{p. 5}`\n"
    page = built(make, text).page("en", "articles/one")
    first, second, third = page.cssselect("[role=doc-footnote]")
    assert not first.cssselect(".full-source")
    assert not second.cssselect(".full-source")
    (full,) = third.cssselect(".full-source")
    assert "Anthony Grafton, The Footnote: A Curious History" in text_of(full)
    (link,) = full.cssselect("a.first-note")
    assert link.get("href") == f"#{first.get('id')}"


def test_several_sources_make_one_note(make: Maker) -> None:
    text = "# One\n\nA.{footcite}`{see also}rashid2000{pp. 12-14}, rubin2002{ch. 3}` B.{footcite}`rubin2002`\n"
    one, two = notes_of(built(make, text).page("en", "articles/one"))
    assert one.startswith("see also Ahmed Rashid, Taliban:")
    assert "pp. 12–14; Barnett R. Rubin" in one
    assert one.endswith("ch. 3.") or one.endswith("chap. 3.")
    assert two == "Rubin, op.cit."  # no ibid. after a note with two sources


def test_names_in_the_text(make: Maker) -> None:
    text = "# One\n\n{footcite:t}`grafton1997` says so, and {footcite:t}`rashid2000,rubin2002{p. 4}` do.\n"
    page = built(make, text).page("en", "articles/one")
    paragraph = next(each for each in page.cssselect("p") if "says so" in text_of(each))
    assert text_of(paragraph) == "Grafton1 says so, and Rashid and Rubin2 do."
    assert len(notes_of(page)) == 2


def test_a_citation_in_an_authors_own_note_is_part_of_its_text(make: Maker) -> None:
    text = (
        "# One\n\nA.[^x] B.{footcite}`barfield2010`\n\n"
        "[^x]: He asks.{footcite}`barfield2010` Another asks{footcite}`rashid2000{p. 3}`, too.\n"
    )
    one, two = notes_of(built(make, text).page("en", "articles/one"))
    assert re.fullmatch(r"He asks\. Thomas Barfield, Afghanistan: .*2010\. Another asks \(Ahmed .*p\. 3\), too\.", one)
    assert two == "Barfield, op.cit."  # no ibid. after a note of the author's own


def test_notes_are_placed_at_footbibliography(make: Maker) -> None:
    text = (
        "# One\n\nA.{footcite}`grafton1997`[^x]\n\n## Notes\n\n```{footbibliography}\n```\n\n## After\n\n"
        "B.{footcite}`rashid2000`\n\n[^x]: Own.\n"
    )
    page = built(make, text).page("en", "articles/one")
    assert len(page.cssselect("section#notes [role=doc-footnote]")) == 3
    assert not page.cssselect(".docutils.container:empty")


def test_the_list_of_sources_is_what_the_notes_cite(make: Maker) -> None:
    index = f"{SMALL['index.md']}\n## Sources\n\n```{{bibliography}}\n```\n"
    text = "# One\n\nA.{footcite}`simsir2002` B.{footcite}`grafton1997` C.[^x]\n\n[^x]: D.{footcite}`ghubar1967`\n"
    page = built(make, text, **{"index.md": index}).page("en", "index")
    entries = [text_of(each) for each in page.cssselect(".bibliography .source")]
    assert [each.split(",")[0] for each in entries] == ["Grafton", "Şimşir", "غبار"]


def test_cite_still_works(make: Maker) -> None:
    index = f"{SMALL['index.md']}\n## Sources\n\n```{{bibliography}}\n```\n"
    publication = built(make, "# One\n\nSee {cite}`grafton1997`.\n", **{"index.md": index})
    (link,) = [each for each in publication.page("en", "articles/one").cssselect("a") if text_of(each) == "Gra97"]
    target = link.get("href").partition("#")[2]
    assert "Grafton" in text_of(publication.page("en", "index").get_element_by_id(target))


def test_a_source_of_which_a_style_prints_nothing_is_not_listed(make: Maker) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>Own</title><id>own</id>'
        '<updated>2026-01-01T00:00:00+00:00</updated></info><citation><layout><text variable="title"/></layout>'
        '</citation><bibliography><layout suffix="."><text variable="publisher"/></layout></bibliography></style>'
    )
    source = "".join(
        f"@book{{{key}, title = {{{key}}}, author = {{{key}, B}}, year = {{2000}}{more}}}\n"
        for key, more in {"one": ", publisher = {Press}", "three": "", "two": ""}.items()
    )
    files: dict[str, str | None] = {
        "conf.py": f"{SMALL['conf.py']}fleuron_note_style = 'own'\n",
        "styles/own.csl": style,
        "refs.bib": source,
        "index.md": f"{SMALL['index.md']}\n## Sources\n\n```{{bibliography}}\n```\n",
    }
    text = "# One\n\nA.{footcite}`one` B.{footcite}`two` See {cite}`three`.\n"
    publication = built(make, text, "en", STRICT, **files)
    page = publication.page("en", "index")
    assert [text_of(each) for each in page.cssselect(".bibliography .source")] == ["Press.", ""]
    (link,) = [each for each in publication.page("en", "articles/one").cssselect("a") if text_of(each) == "thr00"]
    assert page.get_element_by_id(link.get("href").partition("#")[2]) is not None


def test_foreign_words_have_their_language_and_direction(make: Maker) -> None:
    text = "# One\n\nA.{footcite}`ghubar1967` B.{footcite}`korgun2004` C.{footcite}`simsir2002`\n"
    page = built(make, text).page("en", "articles/one")
    persian, russian, turkish = page.cssselect("[role=doc-footnote]")
    words = [each for each in persian.cssselect("bdi") if any(map(str.isalpha, text_of(each)))]
    assert [(each.get("lang"), each.get("dir")) for each in words] == [("fa", "rtl")] * 3
    assert not persian.cssselect("em")  # Arabic letters do not lean
    assert {each.get("lang") for each in russian.cssselect("[lang]")} == {"ru"}
    assert [text_of(each) for each in turkish.cssselect("[lang=tr]")] == ["Atatürk ve Afganistan"]
    assert not re.search("[\u200e\u200f\u2066-\u2069]", html.tostring(page, encoding="unicode"))


def test_titles_are_printed_as_they_are_written(make: Maker) -> None:
    source = (
        "@book{a,\n title = {Turkey's Water diplomacy in TIFLIS}, author = {A, B}, year = {2000}, langid={english}\n}\n"
    )
    page = built(make, "# One\n\nA.{footcite}`a`\n", **{"refs.bib": source}).page("en", "articles/one")
    assert "Turkey’s Water diplomacy in TIFLIS" in notes_of(page)[0]


@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "oscola", "gost-note", "isnad-dipnotlu"])
def test_other_note_styles(make: Maker, style: str) -> None:
    conf = f"{SMALL['conf.py']}fleuron_note_style = '{style}'\n"
    text = "# One\n\nA.{footcite}`grafton1997` B.{footcite}`rashid2000` C.{footcite}`grafton1997{p. 4}`\n"
    words = notes_of(built(make, text, **{"conf.py": conf}).page("en", "articles/one"))
    assert all("Grafton" in each for each in (words[0], words[2]))
    assert "4" in words[2]
    assert len(words[2]) < len(words[0])


def test_a_style_for_each_edition(make: Maker) -> None:
    conf = f"{SMALL['conf.py']}fleuron_note_style = {{'tr': 'chicago-notes-bibliography'}}\n"
    publication = built(make, "# One\n\nA.{footcite}`grafton1997`\n", "en tr", **{"conf.py": conf})
    assert "(Harvard University Press, 1997)" in notes_of(publication.page("tr", "articles/one"))[0]
    assert "Harvard University Press, Cambridge" in notes_of(publication.page("en", "articles/one"))[0]


def test_a_style_of_the_publication_itself(make: Maker) -> None:
    style = (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>Own</title><id>own</id>'
        '<updated>2026-01-01T00:00:00+00:00</updated></info><citation><layout suffix="!"><text variable="title"/>'
        "</layout></citation></style>"
    )
    conf = f"{SMALL['conf.py']}fleuron_note_style = 'own'\n"
    files: dict[str, str | None] = {"conf.py": conf, "styles/own.csl": style}
    publication = built(make, "# One\n\nA.{footcite}`grafton1997`\n", "en", STRICT, **files)
    assert notes_of(publication.page("en", "articles/one")) == ["The Footnote: A Curious History!"]


def test_one_and_two_processes_write_the_same(make: Maker) -> None:
    text = "# One\n\nA.{footcite}`grafton1997` B.{footcite}`grafton1997` C.[^x]\n\n[^x]: D.{footcite}`rashid2000`\n"
    more = {f"articles/a{number}.md": HEAD + text.replace("One", f"A{number}") for number in range(8)}
    listed = "\n".join(name.removesuffix(".md") for name in more)
    index = f"# Small\n\n```{{toctree}}\narticles/one\n{listed}\n```\n\n```{{bibliography}}\n```\n"
    publication = built(make, text, **more, **{"index.md": index})
    one = publication.files()
    publication.publish("html", options="-W --keep-going -j 2 -E", languages="en")
    assert publication.files() == one


def catalogues(publication: Publication) -> str:
    publication.run("translations")
    return "".join(path.read_text("utf-8") for path in sorted(Path(publication.source, "locale").rglob("*.po")))


def test_generated_text_is_not_extracted_for_translation(make: Maker) -> None:
    text = "# One\n\nA.{footcite}`{see also}grafton1997{p. 3}` B.{footcite}`grafton1997` C.[^x]\n\n[^x]: Own words.\n"
    messages = catalogues(make({"articles/one.md": HEAD + text, "refs.bib": REFS}))
    assert "{footcite}`{see also}grafton1997{p. 3}`" in messages
    assert "Own words." in messages
    assert "Curious History" not in messages
    assert "Ibid" not in messages


def test_no_space_precedes_a_call(make: Maker) -> None:
    words = "A word {footcite}`grafton1997` and [^x] more. {footcite}`rashid2000` {footcite}`rubin2002`"
    words += " *And* {footcite:t}`rashid2000` {footcite}`grafton1997`"
    text = f"# One\n\n{words}\n\n[^x]: Own.\n"
    page = built(make, text).page("en", "articles/one")
    paragraph = next(each for each in page.cssselect("p") if "A word" in text_of(each))
    assert text_of(paragraph) == "A word1 and2 more.3,4 And Rashid5,6"


WILD = {
    "conf.py": 'project = "A book"\nextensions = ["myst_parser", "sphinxcontrib.bibtex", "fleuron"]\n'
    'bibtex_bibfiles = ["references.bib"]\nbibtex_default_style = "unsrt"\nhtml_theme = "alabaster"\n',
    "index.md": "# A book\n\nIntro {footcite}`grafton1997`, {footcite:p}`rubin2002` and {footcite:t}`rashid2000`; "
    "two {footcite}`grafton1997,rashid2000`.\n\n```{toctree}\none\ntwo\n```\n\n## References\n\n"
    "```{footbibliography}\n```\n",
    "one.md": "# One\n\nCited with {cite}`grafton1997` and {cite:t}`rubin2002`.[^1]\n\n[^1]: A note.\n\n"
    "```{bibliography}\n:filter: docname in docnames\n```\n",
    "two.rst": "Two\n===\n\nText :footcite:`grafton1997` and :footcite:t:`rashid2000` [#]_ and [#named]_ and [1]_.\n\n"
    ".. [#] Nameless.\n.. [#named] Named.\n.. [1] Numbered.\n\n.. footbibliography::\n",
}


def test_a_project_made_for_sphinxcontrib_bibtex_builds_unchanged(make: Maker) -> None:
    """Its own theme, its extensions named in conf.py, its reStructuredText: with Sphinx alone."""
    files: dict[str, str | None] = {"authors/ada.md": None, "articles/one.md": None, **WILD, "references.bib": REFS}
    publication = make(files)
    folder = publication.build / "html" / "en"
    command = [sys.executable, "-P", "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    done = subprocess.run([*command, str(publication.source), str(folder)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    index = publication.page("en", "index")
    assert len(index.cssselect("section#references [role=doc-footnote]")) == 4
    assert notes_of(index)[3] == "Grafton, op.cit.; Rashid, op.cit."
    assert notes_of(publication.page("en", "two"))[2:] == ["Nameless.", "Named.", "Numbered."]
    assert "Grafton" in text_of(publication.page("en", "one").cssselect("div.citation")[0])


def test_a_call_within_a_note_is_a_number_in_print_too(make: Maker) -> None:
    publication = make({"articles/one.md": f"{HEAD}# One\n\nA.[^a] B.[^b]\n\n[^a]: First.\n\n[^b]: Other.[^a]\n"})
    result = publication.publish("pdf", languages="en", options=STRICT)
    assert result.code == 0, result.output
    pages = " ".join(pdf_pages(publication.build / "pdf" / "en" / "one.pdf"))
    assert "Other.1" in pages
    assert "[1]" not in pages


def test_a_title_with_emphasis_inside_its_own_is_printed(make: Maker) -> None:
    title = r"On {\emph{x} < y} in Books"
    publication = make(
        {
            "refs.bib": f"@book{{one,\n author = {{Author, Ann}},\n title = {{{title}}},\n year = {{1990}}\n}}\n",
            "articles/one.md": "---\nauthors: [ada]\n---\n# One\n\nText.{footcite}`one`\n",
        }
    )
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    assert "On x < y in Books" in text_of(publication.page("en", "articles/one").cssselect("aside.footnote")[0])
