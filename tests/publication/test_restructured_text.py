"""Articles in reStructuredText: their translations are printed as what their sources are."""

from __future__ import annotations

import pytest

from fleuron.manuscript.translated.restructured_text import as_paragraph
from tests.support.publications import Maker, pdf_pages, text_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19. yüzyılda", "19\\. yüzyılda"),
        ("(a) bir", "\\(a) bir"),
        ("- 5 derece", "\\- 5 derece"),
        ("-5 derece", "\\-5 derece"),
        ("Bir\n\nİki", "Bir İki"),
        (":doc:`one` sözü", ":doc:`one` sözü"),
        (":alan: söz", "\\:alan: söz"),
        ("| çizgi", "\\| çizgi"),
        ("**kalın** söz", "**kalın** söz"),
        ("|ad| söz", "|ad| söz"),
        ("Söz::\n\n   dummy literal", "Söz::\n\n   dummy literal"),
        ("::\n\n   kod\n\n   kod", "::\n\n   kod\n\n   kod"),
        ("19. yüzyıl\n==========", "19. yüzyıl\n=========="),
        ("2.5 kat", "2.5 kat"),
    ],
)
def test_a_translation_is_read_as_one_paragraph(text: str, expected: str) -> None:
    assert as_paragraph(text) == expected


def test_no_word_of_a_translation_is_dropped(make: Maker) -> None:
    messages = {
        "In the nineteenth century.": "19. yüzyılda.",
        "Five degrees.": "- 5 derece.",
        "Two sentences.": "Bir söz.\\n\\nİki söz.",
        "Heading": "19. yüzyıl",
    }
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    catalogue = header + "".join(f'\nmsgid "{source}"\nmsgstr "{text}"\n' for source, text in messages.items())
    text = (
        "Title\n=====\n\nIn the nineteenth century.\n\nFive degrees.\n\nTwo sentences.\n\nHeading\n-------\n\nWords.\n"
    )
    publication = make(
        {
            "page.rst": text,
            "index.md": "# Small\n\n```{toctree}\npage\narticles/one\n```\n",
            "locale/tr/LC_MESSAGES/page.po": catalogue,
        }
    )
    result = publication.publish("html", languages="tr", options="-W")
    assert result.code == 0, result.output
    page = publication.page("tr", "page")
    assert [text_of(each) for each in page.cssselect("section > p")][:3] == [
        "19. yüzyılda.",
        "- 5 derece.",
        "Bir söz. İki söz.",
    ]
    assert "19. yüzyıl" in text_of(page.cssselect("h2")[0])


def test_what_only_restructuredtext_has_is_printed(make: Maker) -> None:
    text = "Title\n=====\n\nOnce [Roe01]_, twice [Roe01]_, and [Doe]_.\n\n"
    text += ".. [Roe01] Roe, *Book*.\n.. [Doe] Doe, *Other*.\n\nTerm : kind\n   Words.\n\n"
    text += (
        "Notes [*]_ of [#]_ all [*]_ kinds [#own]_.\n\n.. [*] Star.\n.. [#] Number.\n.. [*] Dagger.\n.. [#own] Own.\n\n"
    )
    text += ".. py:function:: spam(eggs)\n\n   Spam.\n\n   :param eggs: the eggs\n   :type eggs: int\n"
    publication = make({"page.rst": text, "index.md": "# Small\n\n```{toctree}\npage\narticles/one\n```\n"})
    result = publication.publish("pdf", languages="en", options="-W")
    assert result.code == 0, result.output
    words = " ".join(" ".join(pdf_pages(publication.build / "pdf" / "small-en.pdf")).split())
    assert "Once [Roe01], twice [Roe01], and [Doe]." in words
    assert "Term : kind Words." in words
    assert "[Roe01] Roe, Book. [Doe] Doe, Other." in words
    assert "1. Star. 2. Number. 3. Dagger. 4. Own." in words
    assert "eggs (int) – the eggs" in words


RESTRUCTURED = """---
date: 2026-01-02
---
# One

```{eval-rst}
A note [#n]_ and :sup:`raised` words, `a link <https://example.org/>`_.

.. [#n] The *note*.

An automatic note [#]_.

.. [#] Another note.
```
"""


def test_the_translation_of_a_text_within_markdown_is_read_as_its_source_is(make: Maker) -> None:
    messages = {
        "A note [#n]_ and :sup:`raised` words, `a link <https://example.org/>`_.": (
            "19. Dipnot [#n]_ ve :sup:`yüksek` sözler, `bir bağ <https://example.org/>`_."
        ),
        "The *note*.": "*Dipnot* budur.",
        "An automatic note [#]_.": "Kendiliğinden [#]_.",
        "Another note.": "Başka bir dipnot.",
    }
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    catalogue = header + "".join(f'\nmsgid "{source}"\nmsgstr "{text}"\n' for source, text in messages.items())
    publication = make({"articles/one.md": RESTRUCTURED, "locale/tr/LC_MESSAGES/articles/one.po": catalogue})
    result = publication.publish("html", languages="tr", options="-W")
    assert result.code == 0, result.output
    page = publication.page("tr", "articles/one")
    paragraphs = [text_of(each) for each in page.cssselect("article section > p:not([class])")]
    assert paragraphs == ["19. Dipnot1 ve yüksek sözler, bir bağ.", "Kendiliğinden2."]
    assert [text_of(each) for each in page.cssselect("article section > p > sup")] == ["yüksek"]
    notes = [text_of(each) for each in page.cssselect("[role=doc-footnote] p, [role=doc-footnote]")]
    assert any("Dipnot budur." in note for note in notes) and any("Başka bir dipnot." in note for note in notes)
    assert page.cssselect('article a[href="https://example.org/"]')
