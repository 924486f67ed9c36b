"""Words of another language: known by their tag, in their own direction and quotation marks; references translated."""

from __future__ import annotations

import pytest
from lxml import html

from fleuron.publication.language_tags import (
    code_of_name,
    direction_of,
    is_language,
    language_tag,
    locale_name,
    primary_language,
    script_of,
)
from tests.mistakes.test_mistakes import CATALOGUE, assert_refused
from tests.support.publications import SMALL, Maker, Publication, pdf_pages, text_of

RUSSIAN = "locale/ru/LC_MESSAGES/articles/one.po"
FILES = {
    "conf.py": SMALL["conf.py"].replace('["en", "tr"]', '["en", "ru"]')
    + 'myst_enable_extensions = ["colon_fence"]\nmyst_heading_anchors = 2\n',
    "articles/one.md": """\
---
date: 2024-01-01
authors: [ada]
---
# One[^title]

(sec)=
## A part[^part]

{.language-fa}
<!-- from a letter -->

(quoted)=
> فارسی "نقل" است، 1974.

{.language-fa #remark}
```{note}
یادداشت *فارسی* (1974).
```

[That remark](#remark).

[ibidem]{.language-la} and [افغانستان]{.language-ota}, 1907.

## Another part[^other]

See {ref}`sec`, [](#sec) and [](#another-part). Again.[^title]

[^title]: Of the title.

[^part]: Of the part.

[^other]: Of the other part.
""",
    "index.md": SMALL["index.md"].replace("articles/one", "articles/one\narticles/two"),
    "articles/two.md": "---\nauthors: [ada]\n---\n# Two\n\nSee {ref}`sec` and [](one.md#another-part).\n",
    "authors/ada.md": (
        "---\nname: Ada Author\n---\nAda writes.[^b] And more,[^c] see [^b].\n\n"
        "[^b]: A note of hers.\n\n[^c]: Another.\n"
    ),
    RUSSIAN: CATALOGUE
    + 'msgid "A part[^part]"\nmsgstr "Часть[^part]"\n\nmsgid "Another part[^other]"\nmsgstr "Другая часть[^other]"\n',
}


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    made = Publication(tmp_path_factory.mktemp("tongues") / "source")
    for name, text in (SMALL | FILES).items():
        made.write(name, text)
    result = made.publish("pdf", "html", languages="", options="-W --keep-going")
    assert result.code == 0 and "WARNING" not in result.output, result.output
    return made


@pytest.mark.parametrize(
    ("tag", "script", "direction"),
    [("en", "Latn", "ltr"), ("ru", "Cyrl", "ltr"), ("fa", "Arab", "rtl"), ("pt-BR", "Latn", "ltr"),
     ("sr-Latn", "Latn", "ltr"), ("uz-Arab", "Arab", "rtl"), ("ota", "Arab", "rtl"), ("ota-Latn", "Latn", "ltr"),
     ("la", "Latn", "ltr"), ("yi", "Hebr", "rtl"), ("az-IR", "Arab", "rtl"), ("prs", "Arab", "rtl"),
     ("sux", "Latn", "ltr")],
)  # fmt: skip
def test_a_language_has_a_script_and_a_direction(tag: str, script: str, direction: str) -> None:
    assert is_language(tag)
    assert (script_of(tag), direction_of(tag)) == (script, direction)


@pytest.mark.parametrize("tag", ["", "xx", "qq-Latn", "persian", "fa_IR", "fa-", "e n", "en-<b>"])
def test_what_is_no_language(tag: str) -> None:
    assert not is_language(tag)


@pytest.mark.parametrize(("words", "code"), [("persian", "fa"), ("Latin", "la"), ("persan", "fa"), ("qqqqq", "")])
def test_a_language_is_known_by_its_name(words: str, code: str) -> None:
    assert code_of_name(words) == code


def test_a_mark_that_names_no_language_is_reported_with_its_line_and_the_code(make: Maker) -> None:
    text = FILES["articles/one.md"].replace("language-la", "language-latin")
    publication = make({**FILES, "articles/one.md": text})
    result = publication.publish("html", languages="en", options="-W --keep-going")
    assert_refused(
        result, "articles/one.md:23", "“language-latin” does not name a language; did you mean “language-la”?"
    )


def test_a_mark_in_a_catalogue_is_reported_with_its_line(make: Maker) -> None:
    words = 'msgid "[ibidem]{.language-la} and [افغانستان]{.language-ota}, 1907."\nmsgstr "[там же]{.language-qq}"\n'
    publication = make({**FILES, RUSSIAN: CATALOGUE + words})
    result = publication.publish("html", languages="ru", options="-W --keep-going")
    assert_refused(result, f"{RUSSIAN}:6", "“language-qq” does not name a language")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_block_runs_in_its_own_direction(publication: Publication, language: str) -> None:
    quotation = publication.page(language, "articles/one").cssselect("blockquote")[0]
    assert (quotation.get("lang"), quotation.get("dir")) == ("fa", "rtl")
    assert [each.get("lang") for each in quotation.iter("p")] == [None], "an untranslated quotation is not English"
    assert not quotation.cssselect("bdi"), "its words are in order among themselves"
    assert quotation.get("id") == "quoted", "a label between the mark and its block is that of the block"
    assert text_of(quotation) == 'فارسی "نقل" است، 1974.', "docutils knows no quotation marks of Persian"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_a_directive_makes_has_the_mark_above_it(publication: Publication, language: str) -> None:
    page = publication.page(language, "articles/one")
    [remark] = page.cssselect(".admonition")
    assert (remark.get("lang"), remark.get("dir")) == ("fa", "rtl")
    [link] = page.xpath("//a[.='That remark']")
    assert link.get("href") == "#remark" and remark.get("id") == "remark"


def test_words_of_a_language_without_a_locale_are_marked(publication: Publication) -> None:
    page = publication.page("en", "articles/one")
    assert [(each.tag, each.get("dir"), text_of(each)) for each in page.cssselect("[lang=la], [lang=ota]")] == [
        ("span", None, "ibidem"),
        ("bdi", "rtl", "افغانستان"),
    ]


def references(page: html.HtmlElement) -> list[str]:
    return [text_of(each) for each in page.cssselect("article .std-ref")]


@pytest.mark.parametrize(("language", "words"), [("en", ["A part", "Another part"]), ("ru", ["Часть", "Другая часть"])])
def test_a_reference_says_the_title_in_the_edition_s_words_without_its_note(
    publication: Publication, language: str, words: list[str]
) -> None:
    assert references(publication.page(language, "articles/one")) == [words[0], *words]
    assert references(publication.page(language, "articles/two")) == words


def test_the_notes_of_a_biography_go_on_after_the_article_s(publication: Publication) -> None:
    page = publication.page("en", "articles/one")
    notes = {each.get("id"): text_of(each) for each in page.cssselect("[role=doc-footnote]")}
    assert [words.split()[0] for words in notes.values()] == ["1", "2", "3", "4", "5"]
    assert "A note of hers." in notes["note-articles-one-4"] and "Another." in notes["note-articles-one-5"]
    calls = page.cssselect(".biography [role=doc-noteref]")
    assert [(text_of(call), call.get("href")) for call in calls] == [
        (number, f"#note-articles-one-{number}") for number in ("4", "5", "4")
    ]
    for note in notes:
        assert page.cssselect(f"#{note} [role=doc-backlink]")[0].get("href")[1:] in {
            each.get("id") for each in page.cssselect("[role=doc-noteref]")
        }
    two = publication.page("en", "articles/two")
    assert [text_of(call) for call in two.cssselect(".biography [role=doc-noteref]")] == ["1", "2", "1"]


def test_the_notes_of_a_biography_stand_at_the_foot_of_the_offprint(publication: Publication) -> None:
    pages = pdf_pages(publication.build / "pdf" / "en" / "two.pdf")
    assert "Ada writes.1" in pages[-1] and "A note of hers." in pages[-1]


@pytest.mark.parametrize(("tag", "name"), [("tr", "tr"), ("pt-BR", "pt_BR"), ("uz-Arab-AF", "uz_Arab_AF")])
def test_a_tag_and_its_name_in_sphinx_and_gettext(tag: str, name: str) -> None:
    assert (locale_name(tag), language_tag(name), language_tag(tag)) == (name, tag, tag)
    assert primary_language(tag) == name[:2]


REFERRING = "See {doc}`two` and {ref}`sec` and [](two.md) and {term}`apparatus` and {ref}`own words <sec>`."
REFERRED = (
    "# The second of the two\n\n(sec)=\n## A section with words\n\n```{glossary}\napparatus\n    The notes.\n```\n"
)


def test_titles_that_a_translated_text_shows_are_in_their_own_language(make: Maker) -> None:
    """A title without a translation is in the source's language, also within a translated paragraph."""
    head = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n"
    translated = REFERRING.replace("See", "Bkz.").replace("own words", "kendi sözleri").replace(" and ", " ve ")
    publication = make(
        {
            "conf.py": SMALL["conf.py"] + "fleuron_edition_threshold = 0\n",
            "index.md": SMALL["index.md"].replace("articles/one\n", "articles/one\narticles/two\n"),
            "articles/one.md": f"{head}# One\n\n{REFERRING}\n\nAgain {{doc}}`two`.\n",
            "articles/two.md": head + REFERRED,
            "locale/tr/LC_MESSAGES/articles/one.po": (
                'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                f'msgid "{REFERRING}"\nmsgstr "{translated}"\n'
            ),
        }
    )
    result = publication.publish("html")
    assert result.code == 0, result.output
    first, second = publication.page("tr", "articles/one").cssselect("article section p[data-p]")[:2]
    assert [
        (text_of(link), [span.get("lang") for span in link.cssselect("[lang]")]) for link in first.cssselect("a")
    ] == [
        ("The second of the two", ["en"]),
        ("A section with words", ["en"]),
        ("The second of the two", ["en"]),
        ("apparatus", ["en"]),
        ("kendi sözleri", []),
    ]
    assert second.get("lang") == "en"
    assert not second.cssselect("a [lang]")
    assert not publication.page("en", "articles/one").cssselect("a.internal span[lang]")
