"""Texts that Sphinx would not translate, or only without their markup: each is a message, and printed translated."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH
from tests.support.publications import Maker, Publication, text_of

pytestmark = pytest.mark.slow

SOURCE = f"""{HEAD}Words ~~struck *out*~~ and &lt;b left>.[^note]

```{{centered}} Amid *the* page[^other]
```

:Name *of a* field: Its body.

```{{sidebar}} Beside it
:subtitle: Of *lesser* weight

More.
```

```{{glossary}}
Paper
  Of a tree.
```

## On {{term}}`Paper`

[^note]: A note.

    :::{{table}} Its table
    | Head *cell* | B |
    |---|---|
    | Cell | C |
    :::

[^other]: Another note.
"""
MESSAGES = {
    "Words ~~struck *out*~~ and &lt;b left>.[^note]": "Sözler ~~silinen *işte*~~ ve &lt;b kalan>.[^note]",
    "Amid *the* page[^other]": "Ortada *bu* sayfa[^other]",
    "Name *of a* field": "Alanın *bir* adı",
    "Of *lesser* weight": "Daha *az* önemli",
    "Head *cell*": "Baş *göze*",
    "Cell": "Göze",
    "Paper": "Kâğıt",
    "On {term}`Paper`": "{term}`Kâğıt` üzerine",
}


@pytest.fixture
def publication(make: Maker) -> Publication:
    messages = "\n".join(f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in MESSAGES.items())
    conf = 'myst_enable_extensions = ["colon_fence", "deflist", "fieldlist", "strikethrough"]\n'
    made = make({"articles/one.md": SOURCE, TURKISH: CATALOGUE + messages})
    made.write("conf.py", (made.source / "conf.py").read_text() + conf)
    return made


def test_each_text_is_translated_with_its_markup(publication: Publication) -> None:
    result = publication.publish("html", options="-W")
    assert result.code == 0, result.output
    page = publication.page("tr", "articles/one")
    text = text_of(page)
    for words in (
        "Sözler silinen işte ve <b kalan>.",
        "Ortada bu sayfa",
        "Alanın bir adı",
        "Daha az önemli",
        "Baş göze",
        "Kâğıt üzerine",
    ):
        assert words in text
    assert [text_of(cell) for cell in page.cssselect("aside td")] == ["Göze", "EN C"]
    (struck,) = page.cssselect("s")
    assert etree.tostring(struck, encoding="unicode", with_tail=False) == "<s>silinen <em>işte</em></s>"
    assert {text_of(each) for each in page.cssselect("em")} >= {"bu", "bir", "göze"}
    assert len(page.cssselect("aside[role=doc-footnote]")) == 2
    assert page.cssselect("h2 a.reference")


def test_each_text_is_in_the_catalogue(publication: Publication) -> None:
    (publication.source / TURKISH).unlink()
    assert publication.run("translations").code == 0
    catalogue = (publication.source / TURKISH).read_text("utf-8")
    assert [message for message in MESSAGES if f'msgid "{message}"' not in catalogue] == []
