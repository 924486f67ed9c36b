"""JATS: every article of every edition is valid, and nothing of its text is lost."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from docutils.utils import new_document
from lxml import etree

from fleuron.library.article_text import ArticleText, CitedSource
from fleuron.library.jats.article import jats
from fleuron.library.jats.elements import HREF, LANG, MATHML, xml_id
from fleuron.library.jats.formulas import formula_element
from fleuron.publish.edition_builds import EditionBuild
from tests.library.conftest import Judge, doctype
from tests.support.article_works import DESK, HOSTILE, WHOLE
from tests.support.forked_sphinx import run_sphinx
from tests.support.publications import Maker, copy_sample, text_of

SAFE = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)

CONF = (
    'project = "Small"\nauthor = "A. Author & Sons"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "tr"]\n'
    "fleuron_edition_threshold = 0\n"
    'html_baseurl = "https://small.example/"\nbibtex_bibfiles = ["refs.bib"]\n'
    'fleuron_imprint = {"issn": "2049-3630"}\n'
)
BIB = """
@book{a_b:1, author={von Neumann, John and {The Body & Sons}}, title={On x < y & more}, year={1999},
  publisher={P}, address={L}, isbn={978-3-16-148410-0}}
@article{fa1, author={غبار, میر}, title={افغانستان در مسیر تاریخ}, journal={مجله}, year={1967}, volume={2},
  number={3}, pages={5--9}, doi={10.1000/182(3)}, langid={persian}}
@incollection{ch1, author={Doe, Jane}, editor={Roe, R.}, title={Part}, booktitle={Whole}, year={2001},
  publisher={Q}, url={https://example.org/a?b=1&c=2}}
"""
ADA = """---
name: Ada von Author
orcid: 0000-0002-1825-0097
affiliation: Univ. <of> A & B
---
Ada writes.[^x]

```{footbibliography}
```

## Works

- one

[^x]: A note of hers.
"""
ARTICLE = r"""---
subtitle: Sub *title* & <b>x</b>
authors: [ada, plato, body]
translators: {en: [Selin Kaya, Bo <b>]}
date: 2026-01-02
doi: 10.1234/a<b>&c
license: CC-BY-4.0
abstract: |
  First *par* with $x<y$ and a note.[^n]

  Second <i>par</i>.
keywords: ["a & b", "<script>", "*emph* [l](https://e.example)"]
---
# One <em>&</em> $E=mc^2$ `code` [link](https://x.example/)[^t]

Intro {footcite}`a_b:1{p. 3}` and [کتاب *خوب*]{.language-fa} with {sub}`2` and **bold *nested $a_b$***.
[a $x$ b ![pic](p.png) c](https://e.example/?a=1&b=2) [l](javascript:alert) <span onclick="x">raw</span>.
Mail <mailto:a@b.example>; {abbr}`HTML (Hyper)`, {cite}`ch1`, {index}`term`, {kbd}`Ctrl`.

{.language-fa}
متن فارسی در این بند.[^fa]

(sec-x)=
## Sec *x*[^t2]

See {ref}`here <sec-x>`, {ref}`tab`, {numref}`fig-a`, {eq}`mass`, {doc}`two`, {page}`fig-a`, [out](https://e.example/(a)).

$$
E = mc^2 < \frac{1}{2} \quad \text{for } x \in \mathbb{R}
$$ (mass)

```{figure} p.png
:name: fig-a
:alt: Alt <text> & "q"
:target: https://fig.example/
Caption *with* note.[^c] <https://cap.example/>

Legend paragraph.

- legend list
```

```{table} Title *of* table[^tt]
:name: tab
| A | B |
|---|--:|
| 1[^n] | $x$ ![i](p.png) |
| | [cell](https://x.example) |
```

```{list-table}
:header-rows: 1
:stub-columns: 1
* - H1
  - H2
* - s
  - para one

    para two

    > quote in cell

    ```python
    code
    ```
* -
  - - list
```

````{eval-rst}
+-----+-----+-----+
| a   | wide      |
+-----+-----+-----+
| tall| d   | e   |
|     +-----+-----+
|     | f   | g   |
+-----+-----+-----+

:Field one: value

-a FILE   option desc

| verse one
| verse `two <https://v.example>`_ and [#rst]_
|   deeper *em*
| last

term : kind
  meaning

.. rubric:: A rubric

.. epigraph::

   Quoted words.

   -- Someone *else*

.. parsed-literal::

   parsed *lit*  two   spaces
     `x <https://p.example>`_ [#rst]_

.. glossary::

   term one
   term two
     The meaning.

.. centered:: Centred

.. hlist::

   * aa
   * bb

.. versionadded:: 1.0
   New thing.

.. compound::

   Compound one.

   Compound two.

>>> 1 + 1
2

.. [#rst] rst note.
````

```{note}
An admonition *note*.
```

```{admonition} Own *title*
Body with list:

1. x
2. y
```

```{sidebar} Side
:subtitle: sub
Side text.
```

```{code-block} python
:caption: Listing *one*
:name: lst
def f(a):
    return a < 1 & 2   # é
```

3. three
4. four

   deep

   1. a
5.

Term 1
: Def one

  > q
: Def two

Line\
break.

***

### Deep

Text.

## Sources

```{bibliography}
```

[^n]: Note n with {footcite}`fa1`.

      Second par.

      - list
[^t]: Title note.
[^t2]: Sec title note $x$.
[^fa]: یادداشت.
[^c]: caption note
[^tt]: table title note, see [^n].
"""
FILES: Mapping[str, str] = {
    "conf.py": CONF,
    "refs.bib": BIB,
    "index.md": '# Small <b>&</b> "Review"\n\n```{toctree}\narticles/one\narticles/two\n```\n',
    "authors/ada.md": ADA,
    "authors/plato.md": "---\nname: Plato\naffiliation: Univ. <of> A & B\n---\n",
    "authors/body.md": "---\nname: The Body <script>\norganization: true\n---\nThe body.\n",
    "articles/one.md": ARTICLE,
    "articles/two.md": "---\nauthors: [plato]\n---\n# Two\n\nNothing *here*, and [one](one.md).\n",
}


# What the sources of the small publication are warned of, whatever is made of them.
TOLD_OF_EVERY_FORMAT = ("markup_in_record", "No smart quotes defined")


def png() -> bytes:
    """Draw a picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head, points = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


def build(source: Path, language: str, form: str, *options: str, build: str = "build", editions: str = "en,tr") -> Path:
    """Build an edition in a format as the press does, and return the folder of what was made."""
    edition = EditionBuild(source, source.parent / build, language, form, tuple(editions.split(",")), (), options)
    done = run_sphinx(edition.captured_arguments())
    assert done.code == 0, done.output
    assert [line for line in done.output.splitlines() if not any(each in line for each in TOLD_OF_EVERY_FORMAT)] == []
    return edition.output_folder


def read(path: Path) -> etree._Element:
    return etree.parse(path, SAFE).getroot()


NAMES = {"xlink": HREF[1:].split("}")[0], "mml": MATHML}


def xpath(article: etree._Element, path: str) -> list[Any]:
    selected = article.xpath(path, namespaces=NAMES)
    assert isinstance(selected, list)
    return selected


def squeezed(element: etree._Element) -> str:
    return re.sub(r"\s+", "", "".join(map(str, element.itertext())))


def is_name(line: etree._Element) -> bool:
    """Tell whether a line is the name above a biography."""
    around = line.getparent()
    return line.tag == "title" and around is not None and around.get("classes") == "biography"


def is_of_history(line: etree._Element) -> bool:
    """Tell whether a line is of a list of changes, or of a link to a notice."""
    around = (each.get("classes") or "" for each in line.iterancestors("container"))
    return any({"changes", "notice"} & set(names.split()) for names in around)


def lost(doctree: etree._Element, article: etree._Element) -> Iterator[str]:
    """Yield the paragraphs, titles and other lines of a doctree whose words are not in an article as they stand.

    Left out are what the record says otherwise (names, the date), raw HTML, and the full sources of short notes.
    """
    etree.strip_elements(doctree, "raw", "comment", "full_source", with_tail=False)
    etree.strip_elements(article, f"{{{MATHML}}}math", "alt-text", with_tail=False)
    kept = squeezed(article)
    for line in doctree.iter("paragraph", "title", "caption", "term", "attribution", "line", "literal_block", "rubric"):
        names = (line.get("classes") or "").split()
        said_otherwise = {"byline", "journal-line", "dateline", "history", "orcid"} & set(names) or is_name(line)
        said_otherwise = said_otherwise or is_of_history(line)
        if not said_otherwise and squeezed(line) not in kept:
            yield text_of(line)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small publication with one of everything, its records and doctrees made; the folder of its sources."""
    source = tmp_path_factory.mktemp("small") / "source"
    for name, text in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    (source / "articles/p.png").write_bytes(png())
    for form in ("records", "xml"):
        build(source, "en", form)
    return source


@pytest.fixture
def one(small: Path) -> etree._Element:
    return read(small.parent / "build/editions/en/records/one.jats.xml")


def test_an_article_with_one_of_everything_is_valid_by_the_publishing_dtd(one: etree._Element, judge: Judge) -> None:
    assert doctype(one) == "JATS-journalpublishing1.dtd"
    judge(one)


def test_an_article_without_a_date_is_valid_by_the_archiving_dtd(small: Path, judge: Judge) -> None:
    two = read(small.parent / "build/editions/en/records/two.jats.xml")
    assert doctype(two) == "JATS-archivearticle1.dtd"
    judge(two)
    assert two.find(".//string-name") is not None
    assert two.find(".//pub-date") is None


def test_nothing_of_the_text_is_lost(small: Path, one: etree._Element) -> None:
    doctree = read(small.parent / "build/editions/en/xml/articles/one.xml")
    assert len(list(doctree.iter("paragraph"))) > 50
    assert list(lost(doctree, one)) == []


def test_raw_html_and_harmful_addresses_are_left_out(one: etree._Element) -> None:
    assert "onclick" not in etree.tostring(one, encoding="unicode")
    schemes = {(each.get(HREF) or "").split(":")[0] for each in one.iter() if each.get(HREF)}
    assert schemes == {"http", "https", "mailto"} - {"http"}
    assert len(xpath(one, "//ext-link[contains(@xlink:href, '//e.example/?a=1&b=2')]")) == 3


def found(article: etree._Element, path: str) -> list[str]:
    """Return the texts of elements, or the values of attributes."""
    return [text_of(each) if isinstance(each, etree._Element) else str(each) for each in xpath(article, path)]


def test_the_front_says_who_and_what(one: etree._Element) -> None:
    assert (one.get("article-type"), one.get("dtd-version"), one.get(LANG)) == ("research-article", "1.1", "en")
    assert found(one, "//journal-title") == ["Small <b>&</b> “Review”"]
    assert found(one, "//journal-meta/issn") == ["2049-3630"]
    assert found(one, "//publisher-name")[0] == "A. Author & Sons"
    assert found(one, "//article-id[@pub-id-type='doi']") == ["10.1234/a<b>&c"]
    assert found(one, "//title-group/subtitle") == ["Sub title & <b>x</b>"]
    assert found(one, "//contrib-id[@contrib-id-type='orcid']") == ["https://orcid.org/0000-0002-1825-0097"]
    assert found(one, "//contrib[@contrib-type='author']/name/surname") == ["von Author"]
    assert found(one, "//contrib[@contrib-type='translator']/name/surname") == ["Kaya", "<b>"]
    assert found(one, "//contrib/collab") == ["The Body <script>"]
    assert found(one, "//aff") == ["Univ. <of> A & B"]
    assert len(one.findall(".//contrib/xref[@rid='aff.1']")) == 2
    assert found(one, "//pub-date/@iso-8601-date") == ["2026-01-02"]
    assert found(one, "//kwd") == ["a & b", "<script>", "emph l"]
    assert found(one, "//abstract/p")[1] == "Second <i>par</i>."
    assert found(one, "//license/license-p") == ["CC BY 4.0"]
    assert found(one, "//related-article/@xml:lang") == ["tr"]
    assert found(one, "//self-uri[@content-type='text/html']/@xlink:href") == [
        "https://small.example/en/articles/one.html"
    ]


def test_a_biography_keeps_its_headings_and_calls_its_note_at_the_back(one: etree._Element) -> None:
    bio = one.findall(".//contrib/bio")[0]
    assert found(bio, "p[@content-type='rubric']/bold") == ["Works"]
    (note,) = found(bio, "p/xref[@ref-type='fn']/@rid")
    assert found(one, f"/article/back/fn-group/fn[@id='{note}']/p") == ["A note of hers."]
    assert len(one.findall(".//contrib/bio")) == 2  # Plato has none


def test_notes_stand_at_the_back_in_order_and_name_what_they_cite(one: etree._Element) -> None:
    assert found(one, "/article/back/fn-group/fn/label") == [str(number) for number in range(1, 10)]
    assert found(one, "//fn//named-content[@content-type='citation']/@rid") == ["ref.fa1", f"ref.{xml_id('a_b:1')}"]
    assert found(one, "//preformat/sup | //preformat/xref") == ["8"]


def test_sources_are_worded_and_parted(one: etree._Element) -> None:
    refs = {each.get("id"): each for each in one.iter("ref")}
    assert set(refs) == {"ref.fa1", "ref.ch1", f"ref.{xml_id('a_b:1')}"}
    persian, book, chapter = refs["ref.fa1"], refs[f"ref.{xml_id('a_b:1')}"], refs["ref.ch1"]
    assert found(persian, ".//article-title/@xml:lang") == ["fa"]
    assert [*found(persian, ".//fpage"), *found(persian, ".//lpage")] == ["5", "9"]
    assert found(persian, ".//pub-id[@pub-id-type='doi']") == ["10.1000/182(3)"]
    assert "افغانستان در مسیر تاریخ" in found(persian, ".//mixed-citation")[0]
    assert found(book, ".//source") == ["On x < y & more"]
    assert [*found(book, ".//surname"), *found(book, ".//collab")] == ["von Neumann", "The Body & Sons"]
    assert [*found(chapter, ".//chapter-title"), *found(chapter, ".//source")] == ["Part", "Whole"]


def test_figures_tables_and_formulas_have_their_labels_and_are_led_to(one: etree._Element) -> None:
    figure = one.find(".//fig")
    assert figure is not None
    assert found(figure, "label | graphic/alt-text") == ["Fig. 1", 'Alt <text> & "q"']
    assert found(figure, "graphic/@xlink:href") == ["https://small.example/en/_images/p.png"]
    assert found(figure, "ext-link") == ["https://fig.example/"]
    assert found(one, "//table-wrap/label") == ["Table 1"]
    assert found(one, "//table-wrap/caption/title") == ["Title of table7"]
    assert found(one, "//tr[1]/th[@scope='col']") == ["A", "B", "H1", "H2"]
    assert found(one, "//th[@scope='row']") == ["s", ""]
    assert [*found(one, "//td[@colspan='2']"), *found(one, "//td[@rowspan='2']")] == ["wide", "tall"]
    assert found(one, "//disp-formula/label") == ["(1)"]
    assert found(one, "//disp-formula//tex-math")[0].startswith(r"E = mc^2 < \frac{1}{2}")
    for kind in ("sec", "table", "fig", "disp-formula"):
        assert found(one, f"//xref[@ref-type='{kind}']"), kind


def test_words_of_another_language_say_so(one: etree._Element) -> None:
    persian = xpath(one, "//*[@xml:lang='fa']")
    assert "متن فارسی در این بند.4" in [text_of(each) for each in persian if each.tag == "p"]
    assert "کتاب خوب" in [text_of(each) for each in persian if each.tag == "styled-content"]


def test_code_keeps_its_lines_and_verses_are_verses(one: etree._Element) -> None:
    code = one.find(".//boxed-text[@content-type='listing']/preformat")
    assert code is not None
    assert code.text == "def f(a):\n    return a < 1 & 2   # é"
    assert found(one, "//verse-group/verse-group/verse-line") == ["deeper em"]
    assert found(one, "//disp-quote/attrib") == ["Someone else"]
    assert found(one, "//list-item/label") == ["3.", "4.", "5."]
    assert found(one, "//named-content[@content-type='classifier']") == ["kind"]


@pytest.mark.parametrize("language", ["en", "tr", "fa"])
def test_the_sample_is_valid_and_whole_in_every_edition(tmp_path: Path, language: str, judge: Judge) -> None:
    (tmp_path / "source").mkdir()
    source = copy_sample(tmp_path / "source")
    records, doctrees = (build(source, language, form, editions="en,tr,fa") for form in ("records", "xml"))
    names = sorted(path.stem for path in (source / "articles").glob("*.md"))
    assert sorted(path.name for path in records.glob("*.xml")) == [f"{name}.jats.xml" for name in names]
    for name in names:
        article = read(records / f"{name}.jats.xml")
        judge(article)
        is_notice = name == "thirteen-months"
        kind = "correction" if is_notice else "research-article" if language == "en" else "translation"
        assert article.get("article-type") == kind
        assert is_notice or len(article.findall(".//ref")) > 1
        assert list(lost(read(doctrees / f"articles/{name}.xml"), article)) == []
        kinds = found(article, "//related-article/@related-article-type")
        notices = {"thirteen-months": "corrected-article", "moscow-format": "correction-forward"}
        assert [kind for kind in kinds if "translat" not in kind] == ([notices[name]] if name in notices else [])
        of_editions = [kind for kind in kinds if "translat" in kind]
        assert of_editions == (["translation"] * 2 if language == "en" else ["translated-article", "translation"])


def test_records_are_the_same_in_any_folder_by_any_number_of_workers(small: Path, tmp_path: Path) -> None:
    other = tmp_path / "quite another" / "source"
    for path in (path for path in sorted(small.rglob("*")) if path.is_file()):
        copy = other / path.relative_to(small)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    there = build(other, "en", "records", "-j", "3")
    here = small.parent / "build/editions/en/records"
    names = sorted(path.name for path in here.glob("*.jats.xml"))
    assert names == ["one.jats.xml", "two.jats.xml"]
    assert {name: (there / name).read_bytes() for name in names} == {name: (here / name).read_bytes() for name in names}


def test_a_withdrawn_article_leaves_no_record_and_doctrees_are_read_once(make: Maker) -> None:
    publication = make({"articles/sub/two.md": "---\nauthors: [ada]\n---\n# Two\n\nText.\n", "index.md": INDEX})
    records = build(publication.source, "en", "html").parent / "records"
    read_when = (records.parent / "doctrees/articles/one.doctree").stat().st_mtime_ns
    build(publication.source, "en", "records")
    assert (records.parent / "doctrees/articles/one.doctree").stat().st_mtime_ns == read_when
    assert (records / "sub/two.jats.xml").is_file()
    (publication.source / "articles/sub/two.md").unlink()
    publication.write("index.md", INDEX.replace("articles/sub/two\n", ""))
    build(publication.source, "en", "records")
    assert [str(path.relative_to(records)) for path in records.rglob("*.xml")] == ["one.jats.xml"]


INDEX = "# Small\n\n```{toctree}\narticles/one\narticles/sub/two\n```\n"


def text(*parts: nodes.Node, sources: tuple[CitedSource, ...] = ()) -> ArticleText:
    document = new_document("article")
    document += nodes.section("", nodes.title("", "Title"), *parts, ids=["title"])
    return ArticleText(document, {}, {}, sources, "small", "2049-3630")


class strange(nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """A node that no one has heard of."""


def test_what_is_unknown_keeps_its_words(judge: Judge) -> None:
    inline = nodes.paragraph("", "", nodes.Text("a "), strange("", nodes.Text("b")), nodes.Text(" c"))
    article = etree.fromstring(jats(WHOLE, text(inline, strange("", nodes.Text("d")), strange("", inline.deepcopy()))))
    assert found(article, "//body/p") == ["a b c", "d", "a b c"]
    judge(article)


@pytest.mark.parametrize("work", [WHOLE, HOSTILE])
def test_a_hostile_record_is_harmless(work: object, judge: Judge) -> None:
    words = 'a\x00b\x0b\ud800\ufffe]]> <script> & "'
    name = "1 <é> \u200f'\""
    target = nodes.target("", "here", ids=[name])
    links = [
        nodes.reference("", "x", refuri=each) for each in ("javascript:x", "//x", "data:x", "file:///x", "http://[")
    ]
    links += [nodes.reference("", "in", refid=name), nodes.reference("", "nowhere", refid="gone")]
    item = {"id": "k", "type": "<x>", "title": words, "author": [{"literal": words}, {}], "URL": "javascript:x"}
    said = [nodes.paragraph("", "", nodes.Text(words), target, *links), nodes.literal_block("", words)]
    source = jats(work, text(*said, sources=(CitedSource(words.strip("\ud800"), item),)))  # type: ignore[arg-type]
    article = etree.fromstring(source)
    judge(article)
    body = article.find("body")
    assert body is not None
    assert text_of(body[0]).startswith('ab]]> <script> & "here')
    assert found(body, ".//@xlink:href") == []
    assert found(body, ".//xref") == ["in"]
    assert "javascript" not in source.decode()


# A line of each kind of thing that docutils can convert.
LATEX = r"""\frac{a}{b} \dfrac{a}{b} \tfrac12 \cfrac{a}{b} \binom{n}{k} \dbinom{n}{k}
\sqrt{x} \sqrt[3]{x} \sum_{i=0}^n i \int_0^1 \lim_{x\to 0} \displaystyle\sum_i \textstyle\sum_i \scriptstyle x
\hat{x} \vec{x} \overline{x} \underline{x} \overbrace{x} \underbrace{x} \overset{a}{b} \underset{a}{b} \not= a
\mathbb{R} \mathcal{L} \mathfrak{g} \mathrm{d} \mathbf{x} \boldsymbol{x} \text{if } \operatorname{id} \mod 2
\left( x \right) \bigl( x \bigr) \begin{cases} a & b \\ c & d \end{cases} \begin{pmatrix} 1 \\ 2 \end{pmatrix}
\boxed{x} \quad \, \! a \xrightarrow{f} b \phantom{x} \begin{aligned} a &= b \\ c &= d \end{aligned} \sin x'' \tag{1}
\begin{align} a &= b \label{a} \\ c &= d \tag{A} \end{align} \begin{multline} a \\ b \end{multline} \substack{a \\ b}
\begin{array}{|l|c|} \hline a & b \\ \hline \end{array} \begin{smallmatrix} a & b \end{smallmatrix} \cancel{x} \dots
\operatorname*{argmax}_x f \textbf{a $x$} \textcolor{red}{x} \prescript{1}{2}{C} \ulcorner \big| \mathscr{F}"""


LINES = [*LATEX.splitlines(), *LATEX.split(), r"\nosuchcommand{x}", r"x & y \\ z", "<&\x00"]


@pytest.mark.parametrize("block", [False, True])
def test_formulas_are_valid(block: bool, judge: Judge) -> None:
    inline = [nodes.paragraph("", "", nodes.math("", line)) for line in LINES]
    blocks = [nodes.math_block("", line, number=None) for line in LINES] if block else inline
    article = etree.fromstring(jats(WHOLE, text(*blocks)))
    judge(article)
    assert found(article, "//tex-math") == [" ".join(line.replace("\x00", "").split()) for line in LINES]
    assert len(xpath(article, "//mml:math")) > len(LINES) * 0.6


def test_a_formula_that_cannot_be_converted_is_kept_as_it_was_written() -> None:
    assert formula_element(nodes.math("", r"\nosuchcommand"), block=False).tag == "tex-math"
    assert formula_element(nodes.math("", "x"), block=False).find("mml:math", NAMES) is not None


HOLDERS = [nodes.title, nodes.term, nodes.attribution, nodes.line, nodes.emphasis, nodes.reference]


@pytest.mark.parametrize("parent", HOLDERS)
def test_whatever_stands_in_whatever_is_valid(parent: type[nodes.Element], judge: Judge) -> None:
    inner: list[nodes.Node] = [
        *(nodes.Text("w"), nodes.math("", "x"), nodes.image("", uri="x", alt="y"), nodes.math_block("", "z", number=1)),
        *(nodes.reference("", "l", refuri="https://x.example"), nodes.footnote_reference("", "1", refid="n")),
        *(nodes.emphasis("", "", nodes.reference("", "m", refuri="https://x.example")), nodes.literal("", "c")),
        *(
            nodes.abbreviation("", "ab", explanation="abc"),
            nodes.inline("", "s", classes=["language-fa", "small-caps"]),
        ),
    ]
    held = parent("", "", *inner) if issubclass(parent, nodes.TextElement) else parent("", *inner)
    around: dict[type[nodes.Element], Callable[[], nodes.Element]] = {
        nodes.title: lambda: nodes.section("", held, ids=["s"]),
        nodes.term: lambda: nodes.definition_list("", nodes.definition_list_item("", held, nodes.definition())),
        nodes.attribution: lambda: nodes.block_quote("", held),
        nodes.line: lambda: nodes.line_block("", held),
    }
    block = around.get(parent, lambda: nodes.paragraph("", "", held))()
    note = nodes.footnote("", nodes.label("", "1"), nodes.paragraph("", "note"), ids=["n"])
    article = etree.fromstring(jats(WHOLE, text(note, block)))
    judge(article)
    assert DESK.name in found(article, "//collab")
    assert "wxy(1)zl1mcabs" in squeezed(without_mathml(article))


def test_a_link_is_parted_by_what_may_not_stand_in_it(judge: Judge) -> None:
    parts = [nodes.Text("a "), nodes.math("", "x"), nodes.Text(" b"), nodes.footnote_reference("", "1", refid="n")]
    link = nodes.reference("", "", *parts, refuri="https://x.example/")
    note = nodes.footnote("", nodes.label("", "1"), nodes.paragraph("", "", nodes.Text("note")), ids=["n"])
    article = etree.fromstring(jats(WHOLE, text(nodes.paragraph("", "", link), note)))
    judge(article)
    assert found(article, "//body/p/ext-link") == ["a", "b"]
    assert [each.tag for each in article.iterfind("body/p/*")] == ["ext-link", "inline-formula", "ext-link", "xref"]


def test_what_an_author_calls_keywords_or_abstract_is_no_less_kept(judge: Judge) -> None:
    box = nodes.container("", nodes.paragraph("", "said"), classes=["keywords"])
    figure = nodes.figure("", nodes.reference("", "words", refuri="https://x.example/"), nodes.caption("", "caption"))
    article = etree.fromstring(jats(WHOLE, text(box, figure)))
    judge(article)
    assert found(article, "//body//p") == ["said", "words", "caption"]
    assert article.find(".//kwd-group") is None


def test_a_link_to_a_link_that_leads_nowhere_is_none_either(judge: Judge) -> None:
    gone, follower = (nodes.reference("", word, refid=name) for word, name in (("gone", "nowhere"), ("in", "here")))
    gone["ids"] = ["here"]
    article = etree.fromstring(jats(WHOLE, text(nodes.paragraph("", "", gone, follower))))
    judge(article)
    assert found(article, "//body/p") == ["gonein"]
    assert found(article, "//body//xref") == []


def without_mathml(article: etree._Element) -> etree._Element:
    etree.strip_elements(article, f"{{{MATHML}}}math", with_tail=False)
    return article
