"""The output of the processor: typed runs, whose texts have the field and language from which they come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import compile_style
from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.style.style_files import read_style
from fleuron.csl.text.run_writers import to_html, to_plain
from fleuron.csl.text.runs import Mark, Run, Span, Text, texts
from fleuron.csl.text.text_case import lower, upper

FRAME = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>T</title><id>t</id>'
    "<updated>2026-01-01T00:00:00+00:00</updated></info><citation><layout>{}</layout></citation></style>"
)
Item = Mapping[str, Any]


def rendered(layout: str, item: Item, locale: str = "en-US", times: int = 1, ranges: str = "") -> list[tuple[Run, ...]]:
    """Render an item in a style of one layout, in ``times`` notes."""
    source = FRAME.format(layout)
    if ranges:
        source = source.replace('version="1.0"', f'version="1.0" page-range-format="{ranges}"')
    compiled = compile_style(read_style(source.encode(), "t.csl"), locale)
    citations = [Citation((Cite("it"),), number) for number in range(1, times + 1)]
    return Processor(compiled, {"it": item}).render_citations(citations)


def test_each_text_of_an_item_has_its_field_and_language() -> None:
    item = {"id": "it", "type": "book", "title": "Başlık", "publisher": "Yayın", "language": "tr"}
    (runs,) = rendered('<text variable="title" suffix=", "/><text variable="publisher"/>', item)
    assert list(texts(runs)) == [Text("Başlık", "title", "tr"), Text(", "), Text("Yayın", "publisher", "tr")]


def test_formatting_is_in_spans_not_in_text() -> None:
    item = {"id": "it", "type": "book", "title": "On <i>Hamlet</i> & <b>", "URL": "https://example.org/?a=1&b=2"}
    (runs,) = rendered('<text variable="title" font-style="italic"/><text variable="URL" prefix=" "/>', item)
    italic, _space, link = runs
    assert isinstance(italic, Span)
    assert italic.mark is Mark.ITALIC
    assert [each.mark for each in italic.runs if isinstance(each, Span)] == [Mark.UPRIGHT]
    assert link == Span(Mark.LINK, (Text("https://example.org/?a=1&b=2", "URL"),), "https://example.org/?a=1&b=2")
    assert "<b>" not in to_html(runs)
    assert "&#60;b&#62;" in to_html(runs)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_an_address_with_another_scheme_is_not_a_link(address: str) -> None:
    (runs,) = rendered('<text variable="URL"/>', {"id": "it", "type": "webpage", "URL": address})
    assert runs == (Text(address, "URL"),)


@pytest.mark.parametrize("edition", ["en-US", "tr-TR", "ru-RU"])
def test_the_turkish_i_is_used_in_turkish_text_only(edition: str) -> None:
    """The language of the edition does not matter."""
    layout = '<text variable="title" text-case="uppercase"/>'
    for language, expected in (("tr", "İKİ ISSIZ"), ("en", "IKI ISSIZ"), ("", "IKI ISSIZ")):
        item = {
            "id": "it",
            "type": "book",
            "title": "iki ıssız" if language == "tr" else "iki issiz",
            "language": language,
        }
        assert to_plain(rendered(layout, item, edition)[0]) == expected


def test_a_term_follows_the_language_of_the_edition() -> None:
    item = {"id": "it", "type": "book", "title": "Iz", "language": "tr"}
    layout = '<text term="ibid"/>'
    assert to_plain(rendered(layout, item, "en-US")[0]).startswith("Ibid")
    assert upper("ibid", "en") == "IBID"
    assert (upper("ibid", "tr"), lower("IĞDIR İL", "tr")) == ("İBİD", "ığdır il")


def test_quotation_marks_are_those_of_the_locale_and_nest() -> None:
    item = {"id": "it", "type": "book", "title": 'The "inner" word', "language": "en"}
    layout = '<text variable="title" quotes="true"/>'
    printed = {locale: to_plain(rendered(layout, item, locale)[0]) for locale in ("en-US", "ru-RU", "de-DE")}
    assert printed == {
        "en-US": "“The ‘inner’ word”",
        "ru-RU": "«The „inner“ word»",
        "de-DE": "„The ‚inner‘ word“",
    }


def test_title_case_applies_to_english_only() -> None:
    layout = '<text variable="title" text-case="title"/>'
    for language, expected in (("en", "The Life of the Note"), ("fr", "the life of the note")):
        item = {"id": "it", "type": "book", "title": "the life of the note", "language": language}
        assert to_plain(rendered(layout, item)[0]) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [[1895]]}, "1895"),
        ({"date-parts": [[1895, 3, 2]]}, "March 2, 1895"),
        ({"date-parts": [[1895, 3, 2], [1895, 3, 11]]}, "March 2–11, 1895"),
        ({"date-parts": [[1895, 3], [1896, 4]]}, "March 1895–April 1896"),
        ({"date-parts": [[1895, 21]]}, "Spring 1895"),
        ({"date-parts": [["1895", "", ""]]}, "1895"),
        ({"literal": "some time ago"}, "some time ago"),
        ({"raw": "1895-03-02"}, "March 2, 1895"),
    ],
)
def test_dates(date: Item, expected: str) -> None:
    layout = '<date variable="issued" form="text"/>'
    assert to_plain(rendered(layout, {"id": "it", "type": "book", "issued": date})[0]) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("", "321–28"),
        ("expanded", "321–328"),
        ("minimal", "321–8"),
        ("minimal-two", "321–28"),
        ("chicago-16", "321–28"),
    ],
)
def test_page_ranges(style: str, expected: str) -> None:
    item = {"id": "it", "type": "article", "page": "321-28"}
    assert to_plain(rendered('<text variable="page"/>', item, ranges=style)[0]) == expected


def test_rendering_twice_gives_the_same_runs() -> None:
    item = {"id": "it", "type": "book", "title": "T", "author": [{"family": "Doe", "given": "Jane"}]}
    layout = '<names variable="author"/><text variable="title" prefix=", "/>'
    assert rendered(layout, item, times=3) == rendered(layout, item, times=3)
