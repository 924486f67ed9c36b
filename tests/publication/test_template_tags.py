"""Tags of other programs, and articles that were written for them, keep all their words."""

from __future__ import annotations

from tests.mistakes.test_mistakes import HEAD, told
from tests.support.publications import SMALL, Maker, text_of

JEKYLL = """---
title: Gravity Models
authors: [ada]
---

{% include figure.html filename="one.png" caption="A map of *old* counties." %}

{.lead} Words between braces {#end}

{.plain #there}
A paragraph with attributes.

# The Problem

How many came?

## Part

# The Solution

{{< figure src="two.png" >}}

`{% raw %}`
"""
INDEX = SMALL["index.md"].replace("one\n", "one\narticles/two\n")


def test_an_article_of_another_program(make: Maker) -> None:
    """Its tags are printed and told, and its headings of the first level stand below its title."""
    publication = make({"index.md": INDEX, "articles/two.md": JEKYLL})
    result = publication.publish("html", "epub", languages="en")
    assert result.code == 0, result.output
    warnings = [line for line in told(result) if "WARNING" in line]
    assert [line.split(" ")[0] for line in warnings] == [f"articles/two.md:{line}:" for line in (6, 8, 8, 21)], (
        result.output
    )
    assert "{% include figure.html filename=" in warnings[0]
    page = publication.page("en", "articles/two")
    text = text_of(page.find(".//article"))
    for words in ("A map of old counties.", "Words between braces", "two.png", "How many came?"):
        assert words in text
    (paragraph,) = page.cssselect("p.plain")
    assert (text_of(paragraph), paragraph.get("id")) == ("A paragraph with attributes.", "there")
    headings = [(heading.tag, text_of(heading).strip("¶ ")) for heading in page.cssselect("article h1, h2, h3")]
    assert headings[:4] == [("h1", "Gravity Models"), ("h2", "The Problem"), ("h3", "Part"), ("h2", "The Solution")]


def test_a_title_that_is_there_twice(make: Maker) -> None:
    text = f"{HEAD.replace('authors', 'title: One' + chr(10) + 'authors')}"
    result = make({"articles/one.md": f"{text}Text.\n"}).publish("html", languages="en")
    (warning,) = [line for line in told(result) if "WARNING" in line]
    assert "the title is in the front matter and again in the first heading" in warning


OTHER_ATTRIBUTES = [
    ("A text.\n{: .lead}", "“{: .lead}” is printed as it is; write “{.lead}” on a line of its own above the block"),
    ("*Words*{: .small #a} follow.", "write the label, “(a)=”, on a line of its own above the block"),
    ("## Part {#sec:one .unnumbered}", "“{#sec:one .unnumbered}” is printed as it is; write the label, “(sec:one)=”"),
    ("## Part {-}", "“{-}” is printed as it is; delete it"),
    ("* TOC\n{:toc}", "“{:toc}” is printed as it is; delete it"),
    ("A [link](https://e.org){.x width=50%} here.", '“{.x width=50%}” is printed as it is; write “{.x width="50%"}”'),
    ("$$a = b$$ {#eq:one}", "write the label after the formula in parentheses, “$$ (eq:one)”"),
]


def test_attributes_of_other_programs_are_printed_and_told(make: Maker) -> None:
    parts = [text for text, _told in OTHER_ATTRIBUTES]
    plain = ["A set {-} or {a} or {.5} and `{: .code}`.", "[Words]{.smallcaps}.", "{.plain}\nThe end."]
    result = make({"articles/one.md": HEAD + "\n\n".join(parts + plain)}).publish("html", languages="en")
    warnings = [line for line in told(result) if "WARNING" in line]
    for (_text, expected), warning in zip(OTHER_ATTRIBUTES, warnings, strict=True):
        assert expected in warning


def test_headings_of_a_contributor_stand_in_the_biography(make: Maker) -> None:
    ada = "---\nname: Ada Author\n---\nAda writes.\n\n## Works\n\nMany.[^n]\n\n### More\n\nFew.\n\n[^n]: A note.\n"
    publication = make({"authors/ada.md": ada})
    result = publication.publish("html", "epub", options="-W", languages="en")
    assert result.code == 0, result.output
    (biography,) = publication.page("en", "articles/one").cssselect(".biography")
    assert " ".join(text_of(biography).split()).startswith("Ada Author Ada writes. Works Many.")
    assert [text_of(heading) for heading in biography.cssselect(".rubric")] == ["Works", "More"]
    page = publication.page("en", "authors/ada")
    assert [text_of(heading).strip("¶ ") for heading in page.cssselect("h1, h2, h3")][:3] == [
        "Ada Author",
        "Works",
        "More",
    ]


def test_a_heading_below_the_name_of_a_contributor_is_told(make: Maker) -> None:
    publication = make({"authors/ada.md": "---\nname: Ada Author\n---\n# Ada\n\nAda writes.\n"})
    result = publication.publish("html", languages="en")
    assert result.code == 0, result.output
    (warning,) = [line for line in told(result) if "WARNING" in line]
    assert warning.startswith("authors/ada.md:4: WARNING: “Ada” is a heading below the name of the front matter")
    assert "Ada Ada writes." in text_of(publication.page("en", "articles/one").cssselect(".biography")[0])
