"""Words in angle brackets that are not tags of HTML are printed, and told."""

from __future__ import annotations

import pytest

from fleuron.manuscript.restrictions.unknown_elements import texts_like_tags
from tests.mistakes.test_mistakes import HEAD, told
from tests.support.publications import Maker, text_of


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<filename>", ["<filename>"]),
        ("<your-name>", ["<your-name>"]),
        ("<b and c>", ["<b and c>"]),
        ("</String>", ["</String>"]),
        ("<my-chart data='x'>", ["<my-chart data='x'>"]),
        ("<my-chart><b>x</b></my-chart>", []),
        ("<b>", []),
        ("<IMG src=a.png hidden data-x ALT>", []),
        ('<iframe src="a" allowfullscreen frameborder>', []),
        ('<a href="x" title="and so on">', []),
        ("<o:p></o:p>", []),
        ("<!-- <filename> --><p>x</p>", []),
        ("<svg><path d='M0'/><lineargradient/></svg>", []),
        ("<script>if (a <b and c> d) x()</script>", []),
        ('<div class="x">a <who> b</div>', ["<who>"]),
    ],
)
def test_what_is_no_tag(markup: str, texts: list[str]) -> None:
    assert texts_like_tags(markup, markup) == texts


def test_words_in_angle_brackets_are_printed_and_told(make: Maker) -> None:
    text = "Type <filename> where a<b and c>d, or <b>bold</b>.[^n]\n\n<placeholder>\n\n<div>In <who> a block.</div>\n\n"
    publication = make({"articles/one.md": f"{HEAD}{text}[^n]: In a <Your-Name> note.\n"})
    result = publication.publish("html", "epub", languages="en")
    assert result.code == 0, result.output
    warnings = [line for line in told(result) if "WARNING" in line]
    first = HEAD.count("\n") + 1
    assert [(int(line.split(":")[1]), line.split("“")[1].split("”")[0]) for line in warnings] == [
        (first, "<filename>"),
        (first, "<b and c>"),
        (first + 2, "<placeholder>"),
        (first + 4, "<who>"),
        (first + 6, "<Your-Name>"),
    ]
    page = text_of(publication.page("en", "articles/one"))
    for words in (
        "Type <filename> where a<b and c>d, or bold.",
        "<placeholder>",
        "In <who> a block.",
        "<Your-Name> note",
    ):
        assert words in page
