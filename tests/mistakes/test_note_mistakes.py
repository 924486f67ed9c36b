"""Mistakes in refs.bib, and in what articles cite from it."""

from __future__ import annotations

import hashlib
import re

import pytest

from tests.mistakes.test_mistakes import HEAD, SOURCE, assert_refused, told
from tests.support.publications import SMALL, Maker, Publication, Result, text_of

CITING = f"{HEAD}A text.{{footcite}}`basran2020`\n"


@pytest.mark.parametrize(("name", "hint"), [("refs.bib", ""), ("reffs.bib", "“refs.bib”")], ids=["missing", "misspelt"])
def test_a_bibliography_that_is_not_there(make: Maker, name: str, hint: str) -> None:
    there = {"refs.bib": SOURCE} if hint else {}
    conf = f'{SMALL["conf.py"]}bibtex_bibfiles = ["{name}"]\n'
    assert_refused(make({"conf.py": conf, **there}).publish("html", languages="en"), name, "conf.py", hint)


# Each after a sound entry of five lines, so that the entry begins on line 6.
SYNTAX = [
    pytest.param("@book{two,\n  title = {A},\n  year 2020,\n}\n", 8, id="equals-sign"),
    pytest.param("@book{two,\n  title = {A}\n  year = {2020},\n}\n", 7, id="comma"),
    pytest.param("@book{two,\n  title = {A,\n  year = {2020},\n}\n", 7, id="brace"),
    pytest.param('@book{two,\n  title = "A,\n  year = {2020},\n}\n', 7, id="quotation-mark"),
]


@pytest.mark.parametrize(("entry", "line"), SYNTAX)
def test_a_syntax_error(make: Maker, entry: str, line: int) -> None:
    """The message points to the mistake, two lines off at most, whatever follows in the file."""
    rest = "".join(SOURCE.replace("basran", name) for name in ("three", "four", "five"))
    result = make({"refs.bib": SOURCE + entry + rest}).publish("html", languages="en")
    assert_refused(result, "refs.bib:")
    lines = [int(match[1]) for each in told(result) if (match := re.match(r"refs\.bib:(\d+):", each))]
    assert len(lines) == 1, result.output
    assert abs(lines[0] - line) <= 2, result.output


def assert_warned(result: Result, *words: str) -> None:
    """Assert that a build succeeded with exactly one warning."""
    assert result.code == 0, result.output
    assert "Traceback" not in result.output
    (warning,) = [line for line in told(result) if "WARNING" in line or "ERROR" in line]
    for word in words:
        assert word in warning


def test_two_entries_with_one_key(make: Maker) -> None:
    """The first is used, and what follows the second is read nevertheless."""
    last = SOURCE.replace("basran2020", "last")
    other = SOURCE.replace("Title", "Another")
    text = f"{CITING}B.{{footcite}}`last`\n"
    publication = make({"refs.bib": SOURCE + other + last, "articles/one.md": text})
    for _time in range(2):  # every build tells it
        assert_warned(publication.publish("html", languages="en"), "refs.bib:6:", "basran2020", "first entry is used")
    page = text_of(publication.page("en", "articles/one"))
    assert "Another" not in page
    assert page.count("Title") >= 1


def test_an_entry_with_one_field_twice(make: Maker) -> None:
    result = make({"refs.bib": SOURCE + SOURCE.replace("2020,", "2021,").replace("year", "title")})
    assert_warned(result.publish("html", languages="en"), "refs.bib:9:", "basran2021", "title")


def test_a_bibliography_that_is_not_utf_8(make: Maker) -> None:
    publication = make({})
    publication.write("refs.bib", SOURCE.replace("Title", "Straße").encode("latin-1"))
    assert_refused(publication.publish("html", languages="en"), "refs.bib:3:", "UTF-8", "0xdf")


def test_a_key_that_is_in_no_bibliography(make: Maker) -> None:
    publication = make({"articles/one.md": CITING, "refs.bib": SOURCE.replace("basran2020", "basran2022")})
    for _time in range(2):
        warned = publication.publish("html", languages="en")
        assert_warned(warned, "articles/one.md:7:", "“basran2020”", "did you mean “basran2022”")
    (note,) = publication.page("en", "articles/one").cssselect("[role=doc-footnote] > p")
    assert text_of(note) == "[basran2020]"


def test_the_line_within_a_paragraph(make: Maker) -> None:
    text = f"{HEAD}One\ntwo{{footcite}}`basran2020`\nthree{{footcite}}`nobody`\n"
    assert_warned(make({"articles/one.md": text, "refs.bib": SOURCE}).publish("html", languages="en"), "one.md:9:")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("basran2020{chp. 3}", "“chap. 3”"),
        ("basran2020{S. 3}", "English abbreviation"),
        ("basran2020{p.}", "a number"),
        ("basran2020{p. 3", "commas"),
    ],
)
def test_a_bad_locator(make: Maker, call: str, words: str) -> None:
    text = f"{HEAD}A text.{{footcite}}`{call}`\n"
    assert_warned(
        make({"articles/one.md": text, "refs.bib": SOURCE}).publish("html", languages="en"), "one.md:7:", words
    )


MISSING = [
    ("@book{basran2020,\n  author = {A, B}, year = {2020},\n}\n", "title"),
    ("@article{basran2020,\n  author = {A, B}, title = {T}, year = {2020},\n}\n", "journal"),
    ("@thesis{basran2020,\n  author = {A, B}, title = {T}, year = {2020},\n}\n", "school"),
    ("@book{basran2020,\n  author = {A, B}, title = {T},\n}\n", "date"),
]


@pytest.mark.parametrize(("entry", "word"), MISSING, ids=[word for _entry, word in MISSING])
def test_a_field_that_is_missing(make: Maker, entry: str, word: str) -> None:
    """Only for a source that is cited; its note has no punctuation left over from the missing field."""
    other = entry.replace("basran2020", "uncited")
    publication = make({"articles/one.md": CITING, "refs.bib": other + entry})
    assert_warned(publication.publish("html", languages="en"), "refs.bib:4:", "basran2020", word)
    (note,) = publication.page("en", "articles/one").cssselect("[role=doc-footnote] > p")
    assert not re.search(r",\s*[,.)]|\(\s*\)|  |\s,|^\W*,", text_of(note)), text_of(note)


def test_what_is_lost_of_cited_entries_is_reported_at_its_line(make: Maker) -> None:
    """And nothing of what is passed over, of a macro of another file, or of an entry that nothing cites."""
    entry = (
        "@boook{basran2020,\n  author = {family=Beethoven, given=Ludwig, prefix=van, useprefix=true},\n  title = {T},\n"
        "  jornal = {J},\n  note = nomacro,\n  publisher = oup, year = 2001, month = sept,\n}\n"
    )
    refs = f"% me@home.org\n@Comment jabref\n{entry}{entry.replace('basran2020', 'uncited')}"
    conf = f'{SMALL["conf.py"]}bibtex_bibfiles = ["macros.bib", "refs.bib"]\n'
    macros = '@string{oup = "Oxford"}\n'
    text = f"{CITING}Again.{{footcite}}`basran2020` {{cite}}`basran2020`\n\n```{{bibliography}}\n```\n"
    files = {"articles/one.md": text, "refs.bib": refs, "macros.bib": macros, "conf.py": conf}
    publication = make(files)
    for _time in range(2):
        result = publication.publish("html")
        assert result.code == 0, result.output
        warned = [line for line in told(result) if "WARNING" in line]
        assert [line.split(":")[1] for line in warned] == ["3", "6", "7"], result.output
        assert "“book”" in warned[0]
        assert "“journal”" in warned[1]
        assert "nomacro" in warned[2]
    for language, repeated in (("en", "op.cit."), ("tr", "a.g.e.")):
        page = publication.page(language, "articles/one")
        first, second = [text_of(note) for note in page.cssselect("[role=doc-footnote] > p")]
        assert first.startswith("Ludwig van Beethoven, T, Oxford")
        assert second.startswith(f"van Beethoven, {repeated}") or "Ibid" in second or "Aynı yer" in second
        assert "van Beethoven, Ludwig, T" in text_of(page)
        assert "[Bee01]" in text_of(page)


def test_an_unchanged_bibliography_is_not_parsed_again(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    publication = make({"articles/one.md": CITING, "refs.bib": SOURCE})
    cache = publication.source.parent / "cache"
    monkeypatch.setenv("FLEURON_CACHE", str(cache))
    assert publication.publish("html", languages="en").code == 0
    (index,) = (cache / "bibliographies").iterdir()
    written = index.read_bytes()
    # Another index of the same file, which is believed: it names no entry.
    content = b"[[], [], []]"
    index.write_bytes(b"\n".join((written.split(b"\n")[0], hashlib.sha256(content).hexdigest().encode(), content)))
    assert_warned(publication.publish("html", languages="tr"), "basran2020", "no source")


def test_an_address_that_may_be_no_link(make: Maker) -> None:
    entry = SOURCE.rstrip().removesuffix("}").rstrip().removesuffix(",") + ",\n  url = {javascript:alert(1)},\n}\n"
    publication = make({"articles/one.md": CITING, "refs.bib": entry})
    assert_warned(publication.publish("html", languages="en"), "refs.bib:1:", "javascript:alert(1)", "http, https")
    assert not publication.page("en", "articles/one").cssselect("[role=doc-footnote] a[href^=javascript]")


@pytest.mark.parametrize(
    "type_", ["report", "thesis", "legislation", "jurisdiction", "newspaper", "video", "collection"]
)
def test_types_that_bibtex_does_not_know(make: Maker, type_: str) -> None:
    fields = f"author = {{A, B}}, title = {{The {type_}}}, institution = {{I}}, date = {{2020}}"
    entry = f"@{type_}{{basran2020,\n  {fields},\n}}\n"
    publication = make({"articles/one.md": CITING, "refs.bib": entry})
    result = publication.publish("html", languages="en", options="-W --keep-going")
    assert result.code == 0, result.output
    assert f"The {type_}" in text_of(publication.page("en", "articles/one").cssselect("[role=doc-footnote]")[0])


def test_an_own_note_that_is_not_there(make: Maker) -> None:
    text = f"{HEAD}A text.[^nott]\n\nB.[^note]\n\n[^note]: Words.\n"
    assert_refused(make({"articles/one.md": text}).publish("html", languages="en"), "one.md:7:", "nott", "“note”")


def test_an_own_note_that_nothing_calls(make: Maker) -> None:
    text = f"{HEAD}A text.\n\n[^note]: Words.\n"
    assert_refused(
        make({"articles/one.md": text}).publish("html", languages="en"),
        "one.md:9:",
        "[^note]",
        "not called anywhere",
    )


LOOKALIKES = {
    "An unclosed {footcite}`basran2020 here.": "close it with a backtick",
    "A space {footcite} `basran2020` here.": "nothing between the brace and the backtick",
    "As in reST :footcite:`basran2020` here.": "as Markdown has it",
    "As in LaTeX \\footcite[12]{basran2020} here.": "LaTeX is read in formulas alone",
    "As in LaTeX \\eqref{one} here.": "{eq}`label`",
    "As in pandoc @basran2020 here.": "[@basran2020]",
    "Half of pandoc [see @basran2020, p. 3 here.": "[@key, p. 12]",
    "With code [@basran2020, `x`] here.": "[@key, p. 12]",
    "Half of a note^[words here.": "close the note with a bracket",
    "A label with a space[^my note] here.": "no space in the label",
    "<table><tr><td>A cell[^1] here</td></tr></table>": "HTML is not read as Markdown",
}


def test_what_looks_like_a_note_and_is_text_is_reported(make: Maker) -> None:
    text = HEAD + "\n\n".join(LOOKALIKES) + "\n"
    publication = make({"articles/one.md": text, "refs.bib": SOURCE})
    result = publication.publish("html", languages="en")
    assert result.code == 0, result.output
    warnings = [line for line in told(result) if "WARNING" in line or "ERROR" in line]
    assert len(warnings) == len(LOOKALIKES), result.output
    for number, (warning, words) in enumerate(zip(warnings, LOOKALIKES.values(), strict=True)):
        assert warning.startswith(f"articles/one.md:{7 + 2 * number}:")
        assert words in warning
    assert publication.publish("html", languages="en", options="-W").code != 0


NO_LOOKALIKES = (
    "`{footcite}` and `[@basran2020]`, \\[@basran2020] and \\@basran2020 and \\^[x], ada@basran2020 and\n"
    "[ada@example.org] and [@basran2020](https://example.org/@basran2020), [@other] and $x^[2]$.\n\n[@other]: https://example.org\n\n"
    "```\n{footcite}`x\n```\n\nInline ```{ref}`x` ``` code.\n\n"
    "<p><code>[^a]</code> <!-- [^b] --> <a href='@^[c'>d</a></p>\n"
)


def test_code_escapes_links_and_addresses_do_not_look_like_notes(make: Maker) -> None:
    publication = make({"articles/one.md": HEAD + NO_LOOKALIKES, "refs.bib": SOURCE})
    result = publication.publish("html", languages="en", options="-W --keep-going")
    assert result.code == 0, result.output
    assert not publication.page("en", "articles/one").cssselect("[role=doc-footnote]")


def test_a_title_with_backticks_after_a_fence_of_backticks_is_read(make: Maker) -> None:
    """In a paragraph's place, in a list and nested; one that is not closed is reported at its line."""
    call = "{footcite}`basran2020`"
    table = f"```{{list-table}} A table{call}\n:header-rows: 1\n\n* - name\n  - words\n* - a\n  - b\n```\n"
    nested = f"````{{admonition}} Outer{call}\n```{{admonition}} Inner `code`\nWords.\n```\n````\n"
    listed = f"- item\n\n  ```{{admonition}} Listed{call}\n  Words.\n  ```\n"
    text = f"{HEAD}Text.\n{table}\n{nested}\n{listed}\nInline ```{{x}} a`b``` and\n```{{x}} `c` ``` code.\n"
    publication = make({"articles/one.md": text, "refs.bib": SOURCE})
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    page = publication.page("en", "articles/one")
    assert "A table1" in text_of(page.cssselect("table caption")[0])
    assert [text_of(each) for each in page.cssselect(".admonition-title")] == ["Outer2", "Inner code", "Listed3"]
    assert [text_of(each) for each in page.cssselect("p code")][-2:] == ["{x} a`b", "{x} `c`"]
    publication.write("articles/one.md", f"{HEAD}Text.\n\n{table.replace('```', '', 2).replace('{list', '```{list')}")
    words = ("“```{list-table}” does not begin a directive", "write ``` on a line below it")
    assert_warned(publication.publish("html", languages="en"), "articles/one.md:9:", *words)


STYLES = [
    ("'nosuchstyle'", "the style does not exist"),
    ("'gost-not'", "gost-note"),
    ("'apa'", "in the text"),
    ("{'de': 'opcit'}", "“de”"),
    ("3", "the name of a style"),
    ("'../../etc/passwd'", "is not the name of a style"),
    ("'broken'", "broken.csl:1"),
]


@pytest.mark.parametrize(("value", "words"), STYLES)
def test_a_note_style_that_cannot_be_used(make: Maker, value: str, words: str) -> None:
    conf = f"{SMALL['conf.py']}fleuron_note_style = {value}\n"
    publication = make({"conf.py": conf, "styles/broken.csl": "<style/>"})
    assert_refused(publication.publish("html", languages="en"), "conf.py", words)


@pytest.mark.parametrize("key", ["иванов2021", "غبار۱۳۴۶", "a_b", "a-b", "Ünlü:2020/1"])
def test_keys_of_any_letters(make: Maker, key: str) -> None:
    text = CITING.replace("basran2020", key)
    publication = make({"articles/one.md": text, "refs.bib": SOURCE.replace("basran2020", key)})
    result = publication.publish("html", languages="en", options="-W --keep-going")
    assert result.code == 0, result.output
    assert "Title" in text_of(publication.page("en", "articles/one").cssselect("[role=doc-footnote]")[0])


def read_at(publication: Publication) -> dict[str, int]:
    """Tell of each document when it was read last, by the age of its doctree."""
    folder = publication.build / "editions" / "en" / "doctrees"
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*.doctree")}


def test_a_source_that_comes_or_changes_reads_again_what_cites_it(make: Maker) -> None:
    """And no other document: neither one that cites another source nor one that cites nothing."""
    index = SMALL["index.md"].replace("articles/one", "articles/one\narticles/two\narticles/three")
    kaya = SOURCE.replace("basran2020", "kaya2019")
    two, three = CITING.replace("basran2020", "kaya2019"), f"{HEAD}Nothing cited.\n"
    texts = {"articles/one.md": CITING, "articles/two.md": two, "articles/three.md": three, "index.md": index}
    publication = make({**texts, "refs.bib": kaya})
    assert_warned(publication.publish("html", languages="en"), "basran2020")
    before = read_at(publication)
    publication.write("refs.bib", kaya + SOURCE)
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    after = read_at(publication)
    assert {name for name in after if after[name] != before[name]} == {"articles/one.doctree"}
    assert "Title" in text_of(publication.page("en", "articles/one").cssselect("[role=doc-footnote]")[0])
    publication.write("refs.bib", kaya.replace("Title", "Renamed") + SOURCE)
    assert publication.publish("html", languages="en", options="-W").code == 0
    last = read_at(publication)
    assert {name for name in last if last[name] != after[name]} == {"articles/two.doctree"}
    assert "Renamed" in text_of(publication.page("en", "articles/two").cssselect("[role=doc-footnote]")[0])
