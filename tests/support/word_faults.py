"""A Sphinx extension that drops, doubles, swaps and moves words of written pages, as a defect of a writer would."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

# A word in each place that a text can have, by the place.
WORDS = {
    "title": "Heliotrope",
    "paragraph": "juniper",
    "emphasis": "marigold",
    "link": "nasturtium",
    "code": "oleander",
    "note": "peony",
    "second paragraph of a note": "quince",
    "list": "rosemary",
    "inner list": "saffron",
    "quotation": "tansy",
    "verse": "umbel",
    "header cell": "verbena",
    "cell": "wisteria",
    "term": "yarrow",
    "definition": "zinnia",
    "abstract": "acanthus",
    "caption": "begonia",
    "admonition": "camellia",
    "section": "Dahlia",
    "last": "edelweiss",
}
ARTICLE = """---
authors: [ada]
date: 2026-01-02
abstract: An acanthus opens this.
---
# Heliotrope for one

A first juniper stands with *marigold* and [nasturtium](https://example.org) by `oleander`.[^own]

- rosemary here
  - saffron there

> tansy quoted

```{line-block}
umbel of verse
```

:::{table} The begonia table

| verbena | number |
|---|---|
| wisteria | 7 |
:::

yarrow
: zinnia meant

:::{note}
A camellia warns.
:::

## Dahlia below

Some words end it, edelweiss.

[^own]: The peony of notes.

    Its quince follows.
"""


def text_of(word: str) -> re.Pattern[str]:
    """Match a word in the text of HTML, and not in a tag."""
    return re.compile(rf"\b{word}\b(?=[^<>]*<)")


def drop(body: str, word: str) -> str:
    return text_of(word).sub("", body, count=1)


def double(body: str, word: str) -> str:
    return text_of(word).sub(f"{word} {word}", body, count=1)


def move(body: str, word: str) -> str:
    """Put a word after another one of the same text, far from it."""
    target = "stands" if word not in ("juniper", "marigold") else "words"
    if word in ("peony", "quince"):
        target = "follows" if word == "peony" else "The"
        *_, last = text_of(target).finditer(body)
        return drop(body[: last.end()] + f" {word}" + body[last.end() :], word)
    return text_of(target).sub(f"{target} {word}", drop(body, word), count=1)


def misplace(body: str, word: str) -> str:
    """Put a word of the text into the note, or one of the note into the text."""
    target = "stands" if word in ("peony", "quince") else "follows"
    return text_of(target).sub(f"{target} {word}", drop(body, word), count=1)


def split(body: str, word: str) -> str:
    """Lose the first letter of a word."""
    return text_of(word).sub(word[1:], body, count=1)


FAULTS: dict[str, Callable[[str, str], str]] = {
    "drop": drop,
    "double": double,
    "move": move,
    "misplace": misplace,
    "split": split,
}


def change_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Change the body of an article that is named after a fault and the number of its word."""
    kind, _, number = page.removeprefix("articles/").partition("-")
    if kind in FAULTS:
        word = list(WORDS.values())[int(number)]
        changed = FAULTS[kind](context["body"], word)
        assert changed != context["body"], (page, word)
        context["body"] = changed


def change_fragments() -> None:
    """Change what the translator of PDFs writes of an article that is named so."""
    from fleuron.paged.sheets.fragments import FragmentTranslator

    depart = FragmentTranslator.depart_document

    def depart_document(self: Any, node: nodes.document) -> None:
        kind, _, number = self.builder.current_docname.removeprefix("articles/").partition("-")
        if kind in FAULTS:
            self.body = [FAULTS[kind]("".join(self.body), list(WORDS.values())[int(number)])]
        depart(self, node)

    FragmentTranslator.depart_document = depart_document  # type: ignore[method-assign]


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", change_page)
    change_fragments()
    return {"parallel_read_safe": True, "parallel_write_safe": True}
