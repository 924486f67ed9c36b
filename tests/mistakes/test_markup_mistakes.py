"""Markup and addresses that do harm: never live in an output, whoever wrote them and wherever."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

import pytest
from lxml import etree

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, SOURCE, TURKISH, assert_no_crash, assert_told, documents
from tests.support.publications import SMALL, Maker, text_of

pytestmark = pytest.mark.slow

HOSTILE = "Tea & <script>alert(1)</script>"
PAGE, BOOK = "html/en/articles/one.html", "small-en/articles/one.xhtml"

# Where the text stands in the sources, and in which elements of which documents it must be shown,
# in some with a word before it.
PLACES = [
    pytest.param(
        {"articles/one.md": f"---\ntitle: '{HOSTILE}'\nauthors: [ada]\n---\nText.\n"},
        [(PAGE, "h1"), (PAGE, "title"), ("html/en/index.html", "a"), (BOOK, "h1"), ("small-en/toc.ncx", "text")],
        id="title",
    ),
    pytest.param(
        {"articles/one.md": f"---\nauthors: [ada]\n---\n# {HOSTILE}\n\nText.\n"},
        [(PAGE, "h1"), (PAGE, "title"), ("html/en/index.html", "a"), (BOOK, "h1"), ("small-en/nav.xhtml", "a")],
        id="heading",
    ),
    pytest.param(
        {"index.md": SMALL["index.md"].replace("# Small", f"# {HOSTILE}")},
        [
            ("html/en/index.html", "h1"),
            (PAGE, "title"),
            (PAGE, "a"),
            ("small-en/content.opf", "title"),
            ("small-en/toc.ncx", "text"),
        ],
        id="publication-title",
    ),
    pytest.param(
        {TURKISH: f'{CATALOGUE}msgid "One"\nmsgstr "{HOSTILE}"\n'},
        [("html/tr/articles/one.html", "h1"), ("html/tr/index.html", "a"), ("small-tr/articles/one.xhtml", "h1")],
        id="translated-title",
    ),
    pytest.param(
        {"authors/ada.md": f"---\nname: '{HOSTILE}'\naffiliation: 'From {HOSTILE}'\n---\nAda writes.\n"},
        [
            (PAGE, "a"),
            (PAGE, "p", "From"),
            (BOOK, "a"),
            (BOOK, "p", "From"),
            ("html/en/authors/ada.html", "h1"),
            ("small-en/content.opf", "creator"),
        ],
        id="contributor",
    ),
    pytest.param(
        {
            "articles/one.md": HEAD.replace(
                "date", f"subtitle: 'Sub {HOSTILE}'\nkeywords: [tea, 'Key {HOSTILE}']\ndate"
            )
            + "Text.\n"
        },
        [(PAGE, "p", "Sub"), (PAGE, "li", "Key"), (BOOK, "p", "Sub"), (BOOK, "li", "Key")],
        id="subtitle",
    ),
    pytest.param(
        {"articles/one.md": HEAD.replace("date", f"abstract: '{HOSTILE}'\ndate") + "Text.\n"},
        [(PAGE, "p"), (BOOK, "p")],
        id="abstract",
    ),
    pytest.param(
        {
            "refs.bib": SOURCE.replace("Title", HOSTILE.replace("&", "\\&")),
            "articles/one.md": f"{HEAD}A text.{{footcite}}`basran2020`\n",
        },
        [(PAGE, "aside"), (BOOK, "aside")],
        id="source",
    ),
    pytest.param(
        {
            "conf.py": SMALL["conf.py"].replace(
                '"Small"', f'author = copyright = "{HOSTILE}"\nfleuron_publication = "small"'
            )
        },
        [("html/index.html", "h1"), ("html/index.html", "title"), ("small-en/content.opf", "rights")],
        id="project",
    ),
]


def assert_inert(trees: Mapping[str, etree._Element]) -> None:
    """No document has a script of a writer's, or an attribute that is one."""
    for name, tree in trees.items():
        scripts = list(tree.iter("{*}script"))
        data = [script for script in scripts if script.get("type") == "application/ld+json"]
        assert not [script for script in scripts if script not in data and "alert" in (script.text or "")], name
        for script in data:  # which no browser runs, and which no tag may end
            assert json.loads(str(script.text)) and "<" not in str(script.text), name
        for element in tree.iter("{*}*"):
            assert not [attribute for attribute in element.attrib if str(attribute).startswith("on")], name


def is_shown(tree: etree._Element, tag: str, text: str) -> bool:
    return any(text in text_of(element) for element in tree.iter(f"{{*}}{tag}"))


@pytest.mark.parametrize(("changes", "places"), PLACES)
def test_markup_in_metadata_is_text(make: Maker, changes: dict[str, str | None], places: list[tuple[str, ...]]) -> None:
    publication = make(changes)
    formats = sorted({"html" if document.startswith("html/") else "epub" for document, *_ in places})
    result = publication.publish(*formats, languages="tr" if TURKISH in changes else "en")
    assert result.code == 0, result.output
    trees = documents(publication)
    assert_inert(trees)
    for document, tag, *words in places:
        assert is_shown(trees[document], tag, " ".join([*words, HOSTILE])), (document, tag)


def test_markup_in_a_heading_is_reported(make: Maker) -> None:
    publication = make({"articles/one.md": f"---\nauthors: [ada]\n---\n# {HOSTILE}\n\nText.\n"})
    result = publication.publish("html", languages="en")
    assert result.code == 0
    assert_told(result, "articles/one.md:4:", "WARNING", "<script>")


FOREIGN = [
    "Bir <img src=x onerror=alert(1)> ve <b onclick=alert(2)>iki</b>.",
    "<div onclick=alert(1)>iki</div>",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("translation", FOREIGN, ids=["inline", "block", "script"])
def test_markup_that_a_translation_adds_is_text(make: Maker, translation: str) -> None:
    publication = make({TURKISH: f'{CATALOGUE}msgid "The first text."\nmsgstr "{translation}"\n'})
    result = publication.publish("epub", "html", languages="tr")
    assert result.code == 0, result.output
    trees = documents(publication)
    assert_inert(trees)
    for name in ("html/tr/articles/one.html", "small-tr/articles/one.xhtml"):
        assert is_shown(trees[name], "p", translation)
    assert_told(result, f"{TURKISH}:6:", "WARNING", "HTML")


def test_markup_that_a_translation_leaves_open(make: Maker) -> None:
    """Tags of the source text are the translator's too; one that is not closed must not break the book."""
    message = 'msgid "The <b>first</b> text."\nmsgstr "Bir <b>iki"\n'
    publication = make({"articles/one.md": f"{HEAD}The <b>first</b> text.\n", TURKISH: CATALOGUE + message})
    result = publication.publish("epub", languages="tr")
    assert_no_crash(result)
    if result.code:
        assert_told(result, "articles/one.md:7:")
    else:
        assert "small-tr/articles/one.xhtml" in documents(publication)


ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "data:text/html,alert(1)",
    "data:image/svg+xml,alert(1)",
    "file:///etc/hostname",
    "vbscript:alert(1)",
)
FORMS = ("[x]({})", "<{}>", "[x][{}]\n\n[{}]: {}", "![x]({})")
ALLOWED = {"", "http", "https", "mailto", "doi"}


def schemes(tree: etree._Element) -> Iterator[str]:
    """List the schemes of all addresses as a browser reads them: without control characters, in small letters."""
    for element in tree.iter("{*}*"):
        for attribute, value in element.attrib.items():
            if etree.QName(str(attribute)).localname in ("href", "src", "action", "data", "poster"):
                scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\0-\x20]", "", str(value)).lower())
                yield scheme[1] if scheme else ""


def assert_allowed(trees: Mapping[str, etree._Element]) -> None:
    found = {(name, scheme) for name, tree in trees.items() for scheme in schemes(tree)}
    assert [each for each in sorted(found) if each[1] not in ALLOWED] == []


def test_addresses_that_do_harm_in_a_text(make: Maker) -> None:
    texts = [form.format(*[address] * 3) for form in FORMS for address in ADDRESSES]
    figure = "```{image} /a.svg\n:target: javascript:alert(1)\n```"
    publication = make(
        {
            "articles/one.md": HEAD + "\n\n".join([*texts, figure]) + "\n",
            "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        }
    )
    result = publication.publish("epub", "html", languages="en")
    assert result.code == 0, result.output
    trees = documents(publication)
    assert {"html/en/articles/one.html", "small-en/articles/one.xhtml"} <= trees.keys()
    assert_allowed(trees)
    assert_told(result, "articles/one.md:", "WARNING", "javascript:alert(1)")


def test_addresses_that_do_harm_in_a_translation(make: Maker) -> None:
    links = " ".join(form.format(address) for form in FORMS[:2] for address in ADDRESSES)
    source = "The [first](https://example.org) text."
    message = f'msgid "{source}"\nmsgstr "[iyi](https://example.org) {links}"\n'
    publication = make({"articles/one.md": f"{HEAD}{source}\n", TURKISH: CATALOGUE + message})
    result = publication.publish("epub", "html", languages="tr")
    assert result.code == 0, result.output
    trees = documents(publication)
    assert is_shown(trees["html/tr/articles/one.html"], "a", "iyi")
    assert_allowed(trees)


def test_addresses_that_do_harm_in_a_source(make: Maker) -> None:
    source = SOURCE.replace("year", "url = {javascript:alert(1)},\n  year")
    publication = make({"articles/one.md": f"{HEAD}A text.{{footcite}}`basran2020`\n", "refs.bib": source})
    result = publication.publish("epub", "html", languages="en")
    assert_no_crash(result)
    assert_allowed(documents(publication))
