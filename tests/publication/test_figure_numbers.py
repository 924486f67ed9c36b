"""Figures and tables are numbered in each article anew, and an article's list of sources is its own."""

from __future__ import annotations

import json
import zipfile

import pytest
from lxml import html

from tests.support.publications import Maker, Publication, pdf_pages, text_of

pytestmark = pytest.mark.slow

BIB = "".join(
    f"@book{{{key}, title={{{key.title()} Title}}, author={{Name, {key.title()}}}, date={{2001}}, "
    "location={City}, publisher={House}}\n"
    for key in ("alpha", "beta")
)
TABLE = "```{{list-table}} {caption}\n:name: {name}\n\n* - A\n```\n\nSee {{numref}}`{name}`."
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
FILES: dict[str, str | None] = {
    "conf.py": 'project = "Small"\nextensions = ["fleuron"]\nfleuron_epub_fonts = False\n',
    "refs.bib": BIB,
    "index.md": "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/two\n```\n\n```{bibliography}\n```\n",
    "articles/one.md": "---\nauthors: [ada]\n---\n# One\n\nA source.{footcite}`alpha`\n\n"
    f"{TABLE.format(caption='First', name='t1')}\n\n{TABLE.format(caption='Second', name='t2')}\n\n"
    "```{bibliography}\n```\n",
    "articles/two.md": "---\nauthors: [ada]\n---\n# Two\n\nAnother.{footcite}`beta`\n\n"
    f"{TABLE.format(caption='Third', name='t3')} And {{numref}}`t1` of the other.\n\n"
    "```{bibliography}\n```\n",
}


def captions(page: html.HtmlElement) -> list[str]:
    return [text_of(caption).rstrip("#¶ ") for caption in page.cssselect("caption")]


def sources(page: html.HtmlElement) -> list[str]:
    """Return each source of the page's own list."""
    return [text_of(source) for source in page.cssselect(".bibliography .source")]


def test_numbers_begin_anew_and_lists_are_of_the_article(make: Maker) -> None:
    publication = make(FILES)
    result = publication.publish("pdf", "epub", "html", options="-W --keep-going")
    assert result.code == 0, result.output
    one, two = (publication.page("en", f"articles/{name}") for name in ("one", "two"))
    assert captions(one) == ["Table 1 First", "Table 2 Second"]
    assert captions(two) == ["Table 1 Third"]
    assert [text_of(link) for link in two.cssselect("a.internal .std-numref")] == ["Table 1", "Table 1"]
    assert [len(sources(page)) for page in (one, two, publication.page("en", "index"))] == [1, 1, 2]
    assert "Alpha" in sources(one)[0]
    assert "Beta" in sources(two)[0]
    with zipfile.ZipFile(publication.build / "epub" / "small-en.epub") as book:
        listed = html.fromstring(book.read("articles/one.xhtml"))
        assert len(listed.cssselect("[role=doc-bibliography] > [role=list] > .source[role=listitem]")) == 1
        assert captions(html.fromstring(book.read("articles/two.xhtml"))) == ["Table 1. Third"]
    text = " ".join(" ".join(pdf_pages(publication.build / "pdf/en/two.pdf")).split())
    assert "Table 1 Third" in text
    assert "See Table 1." in text
    assert "Alpha Title" not in text


def test_a_monograph_counts_on_in_numbered_contents_too(make: Maker) -> None:
    contents = "# Small\n\n```{toctree}\n:numbered:\narticles/one\n```\n\n```{toctree}\narticles/two\n```\n"
    conf = f'{FILES["conf.py"]}fleuron_numbering = "volume"\n'
    publication = make({**FILES, "index.md": contents, "conf.py": conf})
    publication.publish("html")
    assert captions(publication.page("en", "articles/one")) == ["Table 1 First", "Table 2 Second"]
    assert captions(publication.page("en", "articles/two")) == ["Table 3 Third"]


def written(publication: Publication, page: str) -> int:
    return (publication.build / "editions/en/html" / f"{page}.html").stat().st_mtime_ns


@pytest.mark.parametrize(("option", "number"), [("article", 1), ("volume", 3)])
def test_a_monograph_counts_on_and_what_is_unchanged_is_not_written_again(
    make: Maker, option: str, number: int
) -> None:
    files = {name: text.replace("```{bibliography}\n```\n", "") for name, text in FILES.items() if text}
    publication = make({**files, "conf.py": f'{files["conf.py"]}fleuron_numbering = "{option}"\n'})
    publication.publish("html")
    assert captions(publication.page("en", "articles/two")) == [f"Table {number} Third"]
    before = written(publication, "articles/two")
    publication.publish("html")
    assert written(publication, "articles/two") == before


# An extension that numbers a node of its own, and compares the numbers of figures with those that Sphinx gives when it
# reads the documents themselves.
COMPARED = """
import json
from pathlib import Path
from docutils import nodes
from sphinx.environment.collectors.toctree import TocTreeCollector

project, extensions, numfig_secnum_depth = "Small", ["fleuron"], 1
fleuron_numbering = "volume"

def mark(app, doctree):
    for number, paragraph in enumerate(list(doctree.findall(nodes.paragraph))):
        if paragraph.astext().startswith("Theorem"):
            paragraph.replace_self(nodes.topic("", nodes.paragraph("", paragraph.astext()), ids=[f"theorem-{number}"]))

def compare(app, env):
    given = env.fleuron_fignumbers_of_sphinx
    TocTreeCollector().assign_figure_numbers(env)
    Path(app.outdir, "numbers.json").write_text(json.dumps([given, env.toc_fignumbers]))

def setup(app):
    app.registry.add_enumerable_node(nodes.topic, "theorem", lambda node: node.astext())
    app.connect("doctree-read", mark)
    app.connect("env-check-consistency", compare)
"""
NESTED = """---
authors: [ada]
---
# {name}

## Section

> - Quoted.
>
>   ```{{figure}} mark.svg
>   :alt: A mark
>
>   A figure within a list.
>   ```

Theorem.

```{{table}} A table
| a |
|---|
| b |
```

| without | caption |
|---|---|
| c | d |

### Deeper

```{{code-block}} python
:caption: A listing
pass
```
"""


def test_figures_have_the_numbers_that_the_documents_themselves_give_them(make: Maker) -> None:
    toctree = "# Small\n\n```{toctree}\n:numbered:\narticles/one\narticles/two\n```\n"
    files = {**FILES, "conf.py": COMPARED, "index.md": toctree, "articles/mark.svg": SVG}
    files |= {f"articles/{name}.md": NESTED.format(name=name.title()) for name in ("one", "two")}
    publication = make(files)
    results = []
    for _ in range(2):
        result = publication.publish("html")
        assert result.code == 0, result.output
        given, sphinx = json.loads((publication.build / "editions/en/html/numbers.json").read_text("utf-8"))
        assert given == sphinx
        assert {kind: len(numbers) for kind, numbers in given["articles/two"].items()} == {
            **{"figure": 1, "theorem": 1, "table": 1, "code-block": 1}
        }
        results.append(given)
        with (publication.source / "articles/two.md").open("a") as article:
            article.write("One more sentence.\n")  # now two is read again, and one is not
    assert results[0] == results[1]
