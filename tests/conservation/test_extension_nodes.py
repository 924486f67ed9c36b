"""What another extension does not show is not lost; what it shows is proved like any other text."""

from __future__ import annotations

import zipfile

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
