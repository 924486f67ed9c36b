"""The empty corner of a table's head, and the biographies of several authors, in what checks of access look at."""

from __future__ import annotations

from fleuron.archive.validation.pdf_validators import validate_pdf
from tests.support.epub_books import part
from tests.support.publications import Maker

TEXT = """---
authors: [ada, bob]
date: 2026-01-02
---
# One

```{list-table} Two registers
:header-rows: 1

* -
  - Isfahan
* - Years
  - 1641
```
"""


def test_cells_and_biographies(make: Maker) -> None:
    publication = make({"articles/one.md": TEXT, "authors/bob.md": "---\nname: Bob\n---\nBob writes.\n"})
    result = publication.publish("html", "epub", "pdf", languages="en", options="-W")
    assert result.code == 0, result.output
    page = publication.page("en", "articles/one").find(".//article")
    book = part(publication.build / "epub/small-en.epub", "articles/one.xhtml")
    for tree in (page, book):
        first, second = tree.findall(".//{*}thead/{*}tr/*") or tree.findall(".//thead/tr/*")
        assert (first.tag.rpartition("}")[2], first.get("scope")) == ("td", None)
        assert (second.tag.rpartition("}")[2], second.get("scope")) == ("th", "col")
        asides = [each.get("aria-label") for each in tree.iter("{*}aside", "aside") if each.get("class")]
        assert asides[-2:] == ["Ada Author", "Bob"]
    failures = validate_pdf(publication.build / "pdf/small-en.pdf")["failures"]
    assert [each for found in failures.values() for each in found if "proof" not in each] == []
