"""The markup of a book's pages: what is left of other formats goes, and what devices look for comes."""

from __future__ import annotations

import re

import pytest

from fleuron.epub.markup.book_markup import Division, book_markup
from fleuron.publication.edition import Edition

CHAPTER = Division("chapter", "doc-chapter")


def written(body: str, language: str = "en") -> str:
    """Return the rewritten body without the declarations of namespaces."""
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", book_markup(body, CHAPTER, Edition(language)))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p class="docutils container own">x</p>', '<p class="own">x</p>'),
        (
            '<p><a class="reference internal" href="#a"><span class="std std-ref">x</span></a></p>',
            '<p><a href="#a">x</a></p>',
        ),
        ("<p>a <span>b <em>c</em></span> d</p>", "<p>a b <em>c</em> d</p>"),
        ('<p class="subtitle">x</p>', '<p class="subtitle" epub:type="subtitle" role="doc-subtitle">x</p>'),
        (
            '<section class="tex2jax_ignore"><h1>A</h1><section><h2>B</h2></section></section>',
            '<section epub:type="chapter" role="doc-chapter"><h1 epub:type="title">A</h1>'
            '<section epub:type="z3998:subchapter"><h2 epub:type="title">B</h2></section></section>',
        ),
        (
            '<blockquote class="epigraph"><div><p>x</p></div></blockquote>',
            '<blockquote class="epigraph" epub:type="epigraph" role="doc-epigraph"><p>x</p></blockquote>',
        ),
        (
            "<blockquote><p>One<br/>\nTwo <em>b</em></p></blockquote>",
            '<blockquote epub:type="z3998:verse"><p class="verse"><span class="verse-line">One</span>\n'
            '<span class="verse-line">Two <em>b</em></span></p></blockquote>',
        ),
        ("<p>One<br/>Two</p>", "<p>One<br/>Two</p>"),
        (
            '<aside><span class="label">1</span>\n<p>Text.</p> <a class="backlink" href="#c">b</a></aside>',
            '<aside><p><span class="label">1</span> Text. <a class="backlink" href="#c">b</a></p>\n</aside>',
        ),
        (
            '<div class="math" id="e"><span class="eqno">(1)</span><i>x</i></div>',
            '<div id="e"><table class="equation" role="presentation"><tbody><tr><td class="formula"><i>x</i></td>'
            '<td class="eqno">(1)</td></tr></tbody></table></div>',
        ),
        (
            '<div class="line" data-line="5">Verse</div>',
            '<div class="line">Verse<span class="line-number" aria-hidden="true"> 5</span></div>',
        ),
    ],
)
def test_a_page_is_written_as_a_book_has_it(body: str, expected: str) -> None:
    assert written(body) == expected


@pytest.mark.parametrize(
    ("number", "language", "expected"),
    [
        ("Fig. 1 ", "en", "Fig. 1. "),
        ("Рис. 1 ", "ru", "Рис. 1. "),
        ("Table 2. ", "en", "Table 2. "),
        ("图 1 ", "zh", "图 1\u3000"),
    ],
)
def test_the_number_of_a_figure_ends_with_a_stop(number: str, language: str, expected: str) -> None:
    assert written(f'<span class="caption-number">{number}</span>', language).endswith(f">{expected}</span>")


def test_keywords_are_parted_by_commas_of_the_language() -> None:
    keywords = '<div class="keywords"><p>K</p><ul><li><p>a</p></li><li><p>b</p></li></ul></div>'
    assert "<li><p>a, </p></li><li><p>b</p></li>" in written(keywords)
    assert "<li><p>a، </p></li><li><p>b</p></li>" in written(keywords, "fa")


HEADS, ROW = [f"Head {number}" for number in range(6)], [f"cell {number}" for number in range(6)]


def table(heads: list[str], row: list[str], cell: str = "td") -> str:
    head = "".join(f'<th scope="col"><p>{text}</p></th>' for text in heads)
    cells = "".join(f'<{cell} class="text-right numbers"><p>{text}</p></{cell}>' for text in row)
    return f'<table id="t"><caption>C</caption><thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table>'


def test_each_row_of_a_wide_table_is_a_list_of_cells_with_their_heads() -> None:
    found = written(table(HEADS, ROW))
    assert "<table" not in found and "<td" not in found
    assert found.startswith('<figure class="wide-table" id="t"><figcaption id="t-caption">C</figcaption>')
    assert '<div class="rows" role="table" aria-labelledby="t-caption"><div class="heads" role="row">' in found
    assert '<div class="row-name amounts" role="rowheader"><p>cell 0</p></div>' in found
    head = '<span class="cell-head">Head 5: </span>'
    assert f'<div class="cell amounts" role="cell"><p>{head}cell 5</p></div>' in found


def test_other_tables_stay_tables() -> None:
    assert written(table(HEADS[:4], ROW[:4])).startswith('<table id="t"><caption>')
    assert written(table(HEADS[:5], ROW[:5])).startswith('<table id="t" class="many-columns">')
    joined = table(HEADS, ROW).replace("<td ", '<td rowspan="2" ', 1)
    assert written(joined).startswith('<table id="t" class="many-columns">')


def test_what_is_no_xml_stays_as_it_is() -> None:
    assert book_markup("<p>x", CHAPTER, Edition("en")) == "<p>x"
