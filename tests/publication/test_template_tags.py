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
    assert [line.split(" ")[0] for line in warnings] == ["articles/two.md:6:", "articles/two.md:21:"], result.output
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
