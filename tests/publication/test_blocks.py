"""Tables, emphasis, admonitions and lists in columns, in a right-to-left edition of every format."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html

from tests.support.epub_books import part
from tests.support.publications import Maker, text_of

pytestmark = pytest.mark.slow

ARTICLE = """---
date: 2026-01-02
---
# متن

واژهٔ *Lolita* و واژهٔ *فارسی* در متن.

| شهر | شمار | نام |
|:----|-----:|----:|
| تبریز | ۱٬۲۰۴ | الف |
| اصفهان | ۷ | ب |

```{table} عنوان
:widths: 10 90

| یک | دو |
|----|:--:|
| سه | چهار |
```

```{list-table}
:header-rows: 1
:stub-columns: 1

* - شهر
  - ساز
* - تبریز
  - تار
```

```{note}
یادداشت.
```

```{admonition} عنوان نویسنده
متن.
```

```{topic} موضوع
متن موضوع.
```

```{hlist}
:columns: 2

* یک
* دو
```

```{eval-rst}
--long=VALUE  توضیح.
```
"""


CONF = 'project = "متن"\nextensions = ["fleuron"]\nfleuron_languages = ["fa"]\nfleuron_publication = "small"\n'


def scopes(path: Path) -> list[str]:
    """Return the scopes of the header cells of a PDF, in order of its objects."""
    with pikepdf.open(path) as pdf:
        cells = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"]
        return [str(cell["/A"]["/Scope"]) for cell in cells]


def fonts(path: Path) -> str:
    return subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout


def test_blocks_of_a_persian_article_in_every_format(make: Maker) -> None:
    publication = make({"conf.py": CONF, "articles/one.md": ARTICLE})
    result = publication.publish("html", "epub", "pdf", options="-W")
    assert result.code == 0 and "WARNING" not in result.output, result.output
    pdf = publication.build / "pdf" / "fa" / "one.pdf"
    assert sorted(scopes(pdf)) == ["/Column"] * 7 + ["/Row"]
    # The Latin word is italic, the Persian one bold.
    assert "Vollkorn-Italic" in fonts(pdf).replace(" ", "-") and "Amiri-Bold" in fonts(pdf).replace(" ", "-")
    pages = [
        publication.page("fa", "articles/one"),
        html.fromstring(etree.tostring(part(publication.build / "epub" / "small-fa.epub", "articles/one.xhtml"))),
    ]
    for page in pages:
        assert page.xpath("//em[contains(@class, 'without-italics')]/text()") == ["فارسی"]
        assert [text_of(each) for each in page.xpath("//em[not(@class)]")][:1] == ["Lolita"]
        numbers = page.xpath("//*[contains(@class, 'numbers')]")
        assert [text_of(cell) for cell in numbers] == ["شمار", "۱٬۲۰۴", "۷"]
        assert [text_of(each) for each in page.xpath("//td[@class='text-right']")] == ["الف", "ب"]
        assert page.xpath("//colgroup/col/@style") == ["width: 10.0%", "width: 90.0%"]
        assert page.xpath("//tbody/tr/th/@scope") == ["row"]
        titles = page.xpath("//*[contains(@class, 'own-title')]/*[@class='admonition-title']")
        assert [text_of(title) for title in titles] == ["عنوان نویسنده"]
        assert page.xpath("//aside[contains(@class, 'set-apart')]/p[@class='topic-title']/text()") == ["موضوع"]
        assert [text_of(each) for each in page.xpath("//div[@class='hlist']/div")] == ["یک", "دو"]
        assert page.xpath("//span[@class='option']/@dir") == ["ltr"]
