"""What another extension does not show is not lost; what it shows is proved like any other text."""

from __future__ import annotations

import zipfile

import pytest

from tests.mistakes.test_mistakes import HEAD
from tests.support.publications import SMALL, Maker, pdf_pages, text_of

TEXT = """
```{contents}
:local:
```

## A heading that the contents name

Before.

```{todo}
Ask the archive.
```

After.
"""
INDEX = SMALL["index.md"].replace("one\n", "one\narticles/two\n")


def test_notes_to_oneself_and_contents_of_an_article(make: Maker) -> None:
    """sphinx.ext.todo leaves its notes out; the headings are links back to the article's contents."""
    conf = SMALL["conf.py"].replace('["fleuron"]', '["fleuron", "sphinx.ext.todo"]')
    publication = make({"conf.py": conf, "index.md": INDEX, "articles/two.md": HEAD + TEXT})
    result = publication.publish("html", "epub", "pdf", languages="en", options="-W")
    assert result.code == 0, result.output
    with zipfile.ZipFile(publication.build / "epub/small-en.epub") as book:
        chapter = book.read("articles/two.xhtml").decode()
    page = text_of(publication.page("en", "articles/two").find(".//article"))
    print_ = " ".join("".join(pdf_pages(publication.build / "pdf/small-en.pdf")).split())
    for text in (page, chapter, print_):
        assert text.count("A heading that the contents name") >= 2
        assert "After." in text
        assert "Ask the archive" not in text


THEOREMS = '''
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class theorem(nodes.Admonition, nodes.Element):
    """A theorem, as sphinx_proof has it."""


class TheoremDirective(SphinxDirective):
    has_content = True

    def run(self):
        title = nodes.title("", "", ids=["theorem-1"])
        return [theorem("", title, *self.parse_content_to_nodes(), ids=["theorem-1"])]


def visit(self, node):
    self.body.append(self.starttag(node, "div", CLASS="admonition"))


def depart(self, node):
    """Word the title where the translator has written it, as sphinx_proof 0.4 does."""
    self.body.insert(self.body.index(f'<p class="admonition-title" id="{node["ids"][0]}">') + 1, "Theorem")
    self.body.append("</div>")


def write_style_sheet(app, exception):
    """Write a style sheet beside the pages, as MyST-NB 1.4 does."""
    if app.builder.format == "html":
        Path(app.outdir, "_static", "theorems.css").write_text("p { color: red }")


def setup(app):
    app.add_node(theorem, html=(visit, depart))
    app.add_directive("theorem", TheoremDirective)
    app.connect("build-finished", write_style_sheet)
'''


def test_an_extension_that_changes_what_is_written(make: Maker) -> None:
    """It finds its titles as stock Sphinx writes them, and the folder of a theme's files, in every format."""
    conf = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n" + SMALL["conf.py"]
    files = {
        "conf.py": conf.replace('["fleuron"]', '["fleuron", "small_theorems"]'),
        "small_theorems.py": THEOREMS,
        "articles/one.md": HEAD + "```{theorem}\nAll numbers are odd.\n```\n",
    }
    publication = make(files)
    result = publication.publish("html", "epub", "pdf", languages="en", options="-W")
    assert result.code == 0, result.output
    assert {path.suffix for path in (publication.build / "pdf").rglob("*") if path.is_file()} == {".pdf"}
    (pages,) = (" ".join("".join(pdf_pages(path)).split()) for path in (publication.build / "pdf").glob("*.pdf"))
    assert "Theorem All numbers are odd." in pages


EXERCISES = '''
from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective


class exercise(nodes.General, nodes.Element):
    """An exercise, as sphinx_exercise has it."""


class ExerciseDirective(SphinxDirective):
    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        """Set the title last."""
        title = nodes.paragraph("", "", *self.parse_inline(self.arguments[0])[0])
        return [exercise("", *self.parse_content_to_nodes(){kept}, title)]


class NumberExercises(SphinxTransform):
    default_priority = 900

    def apply(self):
        """Put the title first, and “Exercise” before it."""
        for number, node in enumerate(self.document.findall(exercise), 1):
            title = node.pop()
            node.insert(0, [nodes.paragraph("", f"Exercise {number}"), title])


def visit(self, node):
    self.body.append("<div>")


def depart(self, node):
    self.body.append("</div>")


def setup(app):
    app.add_node(exercise, html=(visit, depart))
    app.add_directive("exercise", ExerciseDirective)
    app.add_transform(NumberExercises)
'''


@pytest.mark.parametrize(("kept", "lost"), [("", ""), ("[:1]", "the number four")])
def test_an_extension_may_order_and_number_what_it_is_given_but_not_lose_it(make: Maker, kept: str, lost: str) -> None:
    conf = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n" + SMALL["conf.py"]
    text = (
        "Exercise one, exercise two.\n\n```{exercise} Odd numbers\nFind two.\n\nNot the number four.\n```\n\nAfter.\n"
    )
    files = {
        "conf.py": conf.replace('["fleuron"]', '["fleuron", "small_exercises"]'),
        "small_exercises.py": EXERCISES.replace("{kept}", kept),
        "articles/one.md": HEAD + text,
    }
    publication = make(files)
    result = publication.publish("html", languages="en", options="-W")
    if lost:
        assert result.code == 1
        assert "articles/one.md:10: ERROR" in result.output
        assert lost in result.output
    else:
        assert result.code == 0, result.output
        shown = " ".join(text_of(publication.page("en", "articles/one").find(".//article")).split())
        assert "Exercise 1 Odd numbers Find two. Not the number four. After." in shown
