"""A formula between `$$` right after a line of text, as MathJax and notebooks have it, is displayed."""

from __future__ import annotations

from tests.mistakes.test_mistakes import HEAD, TURKISH
from tests.support.publications import SMALL, Maker, pdf_pages, text_of

TEXT = """It converges:
$$
|x| \\leq 1
$$
and goes on with $$a<b$$ in a line, for $5.[^n]

- An item:
  $$
  y
  $$

> In a quotation
> $$z$$

**Bold $$c$$ words.**

| $$d$$ |
|---|
| cell |

[^n]: A note $$e$$ has one.
"""
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "It converges:"
msgstr "Yakınsar:"

msgid "and goes on with"
msgstr "ve şununla sürer:"

msgid "in a line, for $5.[^n]"
msgstr "bir satırda, 5 dolara.[^n]"
"""


def test_formulas_that_follow_a_line_of_text_are_displayed(make: Maker) -> None:
    conf = SMALL["conf.py"] + "fleuron_edition_threshold = 0\n"
    publication = make({"conf.py": conf, "articles/one.md": HEAD + TEXT, TURKISH: CATALOGUE})
    result = publication.publish("pdf", "epub", "html", options="-W")
    assert result.code == 0, result.output
    page = publication.page("en", "articles/one")
    first = page.cssselect("article section > p, article section > div.math")
    words = [(each.tag, "" if each.tag == "div" else text_of(each)) for each in first[-6:]]
    assert [tag for tag, _words in words] == ["p", "div", "p", "div", "p", "p"]
    assert [text for tag, text in words if tag == "p"][:2] == ["It converges:", "and goes on with"]
    assert {math.get("alttext") for math in page.cssselect("div.math math")} >= {"|x| \\leq 1", "a<b", "y", "z", "e"}
    assert [math.get("display") for math in page.cssselect("strong math")] == [None]
    assert not page.cssselect("p div")
    assert "$ " not in text_of(page) and "for $5." in text_of(page)
    turkish = text_of(publication.page("tr", "articles/one"))
    assert "Yakınsar:" in turkish and "ve şununla sürer:" in turkish and "bir satırda, 5 dolara." in turkish
    assert "for $5.1" in " ".join("\n".join(pdf_pages(publication.build / "pdf/en/one.pdf")).split())
