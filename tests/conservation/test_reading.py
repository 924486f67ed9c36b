"""No word of a source file is lost while it is read: every fault is found at its line, and nothing else is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes
from sphinx.ext.doctest import DoctestDirective

from fleuron.conservation.comparison import LostWord, compare
from fleuron.conservation.loss_reports import lost_by_document
from fleuron.conservation.reading.node_words import words_of_nodes
from fleuron.conservation.reading.parts import lost_in_part
from fleuron.conservation.reading.recorder import Part
from fleuron.conservation.reading.rst_syntax import text_lines
from fleuron.conservation.reading.rst_words import without_blocks_at
from fleuron.conservation.reading.stages import StageReader
from fleuron.conservation.reading.token_words import TokenReader
from fleuron.conservation.reading.translations import lost_words
from fleuron.conservation.words import BODY, Streams, Word
from fleuron.content.books.imprint import Imprint
from fleuron.diagnostics import Diagnostic
from fleuron.paged.sheets.pdf_input import BackSection
from fleuron.paged.sheets.sheet_templates import SheetTemplateError, SheetTemplates
from fleuron.publication.edition import Edition
from tests.mistakes.test_mistakes import TURKISH, assert_refused, told
from tests.support.publications import SMALL, Maker, Publication, text_of
from tests.support.reading_faults import FAULTS
from tests.support.shared_folders import shared_folder
from tests.support.word_faults import ARTICLE, WORDS

PLACES = list(WORDS)
# Every word is dropped; every second one is doubled and so on.
NAMES = [
    f"{stage}-{fault}-{number:02}"
    for stage in ("parse", "transform")
    for step, fault in enumerate(FAULTS)
    for number in range(len(PLACES))
    # A heading is the article's own, and its title is compared with the front matter where that has one.
    if not step or number % 2 == step % 2
]
HEAD = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nBefore it.\n\n"
FIGURE = "```{figure} map.svg\n:alt: A map\n"
# What is lost in reading: the source after eight lines, the line that is reported, and words of the message.
LOST = {
    "break": ("+++ zebra words", 9, "“zebra words”", "write \\+++"),
    "title": ("[lab]: https://e.org 'zebra'", 9, "“zebra”", "no link uses it"),
    "word": ("[Müller]: zebra", 9, "“Müller zebra”", "write \\["),
    "second-definition": ("[a]: https://e.org\n[a]: https://e.org/2 'zebra'\n\n[a]", 10, "“zebra”", "no link uses it"),
    "uncalled": ("[^z]: zebra note", 9, "[^z]", "not called anywhere"),
    "second-note": ("Call.[^z]\n\n[^z]: first\n\n[^z]: zebra second", 13, "zebra second", "would not be printed"),
    "cells": ("| a | b |\n|---|---|\n| 1 | 2 | zebra |", 11, "“zebra”", "more cells than its first row"),
    "image": ("```{image} map.svg\n:alt: x\n\nzebra body\n```", 12, "zebra body", "the directive “image”"),
    "bibliography": ("```{contents}\nzebra\n```", 10, "zebra", "the directive “contents”"),
    "option": (f"{FIGURE}:caption: zebra\n\nCap\n```", 11, "zebra", "the directive “figure”"),
    "directive": ("```{dropping}\nzebra\n```", 10, "zebra", "would not be printed"),
    "half": ("```{halving}\none\n\nzebra\n```", 12, "zebra", "the directive “halving”"),
    "role": ("A {dropping}`zebra` word.", 9, "zebra", "the role “dropping”"),
    "rst": ("```{eval-rst}\n.. dropping::\n\n   zebra\n```", 12, "zebra", "would not be printed"),
    "include": ("```{include} part.inc\n```", 0, "zebra", "the directive “dropping”"),
    "nested": ("````{note}\n- item\n\n  ```{halving}\n  one\n\n  zebra\n  ```\n````", 15, "zebra", "“halving”"),
}
CATALOGUE = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "Before it."\nmsgstr "Önce silik söz."\n\n'
    'msgid "A second."\nmsgstr "{dropping}`zebra` ikinci."\n\n'
    'msgid "A third."\nmsgstr "*Üçüncü* [söz](https://e.org \'tip\') {math}`x^2`[^n], %60 {footcite}`see{p. 3}`."\n'
)
RST = "One\n===\n\n.. dropping::\n\n   zebra text\n\nA last *word*.\n"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the build says of an article for each fault, and of one without a fault that has every construct."""

    def build(folder: Path) -> None:
        publication = Publication(folder / "source")
        extensions = '"fleuron", "sphinx.ext.todo", "sphinx.ext.ifconfig", "tests.support.reading_faults"]'
        enabled = (
            "attrs_block attrs_inline colon_fence deflist dollarmath strikethrough tasklist substitution fieldlist "
            "html_image html_admonition replacements smartquotes amsmath alert"
        )
        conf = SMALL["conf.py"].replace('"fleuron"]', extensions).replace(', "tr"', "")
        conf += f"myst_enable_extensions = {enabled.split()!r}\ntodo_include_todos = True\n"
        conf += "myst_substitutions = {'press': 'the *Fleuron* press'}\nsuppress_warnings = ['myst.strikethrough']\n"
        publication.write("conf.py", conf)
        articles = dict.fromkeys((*NAMES, "sound"), ARTICLE)
        articles |= {f"lost-{name}": HEAD + source + "\n" for name, (source, *_) in LOST.items()}
        articles["one"] = Path(__file__).with_name("every_construct.md").read_text("utf-8")
        articles["two"] = HEAD.replace("One", "Two")
        for name, text in articles.items():
            publication.write(f"articles/{name}.md", text)
        publication.write("articles/three.rst", RST)
        listed = "\n".join(f"articles/{name}" for name in (*articles, "three"))
        publication.write("index.md", f"# Small\n\n```{{toctree}}\n{listed}\n```\n\n+++ zebra sheet\n")
        publication.write("authors/ada.md", SMALL["authors/ada.md"] + "\n+++ zebra biography\n")
        publication.write("articles/part.inc", "Included.\n\n```{dropping}\nzebra\n```\n")
        publication.write("articles/head.inc", "## Included heading\n\nText.[^inc]\n\n[^inc]: A note in the include.\n")
        publication.write("articles/data.csv", 'a,b\n"one, two",three\n')
        publication.write("refs.bib", "@book{x, author={A, B}, title={T}, date={2000}, location={C}, publisher={D}}\n")
        publication.write("articles/map.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        result = publication.publish("html")
        assert result.code == 1
        (folder / "output").write_text(result.output)

    return (shared_folder(tmp_path_factory, "reading-faults", build) / "output").read_text()


def lines_about(output: str, path: str) -> list[str]:
    return [line for line in output.splitlines() if f"/{path}:" in line]


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_found_with_its_line(output: str, name: str) -> None:
    word = WORDS[PLACES[int(name.rpartition("-")[2])]]
    at = next(number for number, line in enumerate(ARTICLE.splitlines(), 1) if word in line)
    found = lines_about(output, f"articles/{name}.md")
    kind = name.split("-")[1]
    if kind == "swap":  # which of the two words is said to be moved is a matter of taste
        assert any("ERROR: " in line for line in found), found
    else:
        assert any(f".md:{at}: ERROR: " in line and word in line for line in found), (at, found)


@pytest.mark.parametrize("name", LOST)
def test_what_a_construct_loses_is_found(output: str, name: str) -> None:
    _source, line, *words = LOST[name]
    found = lines_about(output, f"articles/lost-{name}.md" if line else "articles/part.inc")
    assert any(all(word in text for word in words) and f":{line or 4}: ERROR: " in text for text in found), found
    assert len([text for text in found if "ERROR" in text]) == 1, found


def test_the_words_of_other_files_are_compared(output: str) -> None:
    for path, words in (
        ("index.md", "zebra sheet"),
        ("authors/ada.md", "zebra biography"),
        ("articles/three.rst", "zebra text"),
    ):
        (found,) = [line for line in lines_about(output, path) if "ERROR" in line]
        assert words in found


def test_nothing_is_reported_of_texts_that_are_read_completely(output: str) -> None:
    for name in ("one", "two", "sound"):
        assert not lines_about(output, f"articles/{name}.md")
    assert not lines_about(output, "articles/head.inc")


def test_a_translation_whose_words_are_lost_is_not_used(make: Maker) -> None:
    """Whether its parser loses them, or what happens to its nodes; the source is printed, and no other is reported."""
    conf = SMALL["conf.py"].replace('"fleuron"]', '"fleuron", "tests.support.reading_faults"]')
    text = f"{HEAD}A second.\n\nA third.[^n] {{footcite}}`see`\n\n[^n]: A note.\n"
    source = "@book{see, author={A, B}, title={T}, date={2000}, location={C}, publisher={D}}\n"
    catalogue = CATALOGUE.replace("A third.", "A third.[^n] {footcite}`see`")
    publication = make({"conf.py": conf, "articles/one.md": text, TURKISH: catalogue, "refs.bib": source})
    result = publication.publish("html", languages="tr")
    assert result.code == 0, result.output
    reported = [line for line in told(result) if TURKISH in line]
    assert reported == [
        f"{TURKISH}:5: WARNING: the translation is not used, and the source’s text is printed: “silik” would not be "
        "printed [fleuron.unused_translation]",
        f"{TURKISH}:8: WARNING: the translation is not used, and the source’s text is printed: “zebra” would not be "
        "printed: the role “dropping” does not print it [fleuron.unused_translation]",
    ]
    page = text_of(publication.page("tr", "articles/one"))
    assert "Before it." in page and "A second." in page and "Üçüncü söz" in page


@pytest.mark.parametrize(
    ("translation", "printed"),
    [("önce<br>sonra<br/>en son", "önce sonra en son"), ("eğer a<b and c>d ise", "eğer a<b and c>d ise")],
    ids=["line-break", "no-tag"],
)
def test_html_in_a_translation_joins_no_words(translation: str, printed: str) -> None:
    assert lost_words(translation, nodes.paragraph("", printed)) == []
    assert lost_words(f"{translation} silik", nodes.paragraph("", printed)) == ["silik"]


def test_a_template_that_leaves_out_the_text_is_found(make: Maker) -> None:
    template = '{% extends "!layout.html" %}{% block content %}<article></article>{% endblock %}'
    conf = SMALL["conf.py"] + 'templates_path = ["_templates"]\n'
    publication = make({"conf.py": conf, "_templates/layout.html": template})
    result = publication.publish("html", languages="en")
    assert_refused(result, "articles/one.md:5:", "the page lacks words of this text", "The first")
    assert not publication.files()


def test_a_sheet_that_leaves_out_its_text_is_found(tmp_path: Path) -> None:
    imprint = Imprint("Small", "Ada", "", None, "<p>A preface.</p>")
    edition = Edition("en")
    body = "<p>A text.<span class='pagenote' id='n' data-number='1'>A note.</span></p>"
    section = BackSection("Sources", "b-sources", body)
    assert "A preface." in SheetTemplates().front(imprint, [], edition)
    assert body in SheetTemplates().back(imprint, section, edition)
    (tmp_path / "back.html").write_text('{% extends "!back.html" %}{% block body %}{{ title }}{% endblock %}')
    with pytest.raises(SheetTemplateError, match=r"pdf/back.html: .* “A text \[1\]”"):
        SheetTemplates([tmp_path]).back(imprint, section, edition)


def test_what_a_sheet_lacks_is_told_at_the_document_that_has_it() -> None:
    """The front and back sheets of a volume have the words of several documents."""
    texts = {
        "index": Streams({BODY: [Word("a", 1), Word("preface", 2)]}),
        "authors/ada": Streams({BODY: [Word("Ada", 3), Word("writes", 4), Word("a", 5), Word("lot", 6)]}),
    }
    losses = [LostWord(Diagnostic.WORD_MISSING, "a", "ada writes"), LostWord(Diagnostic.WORD_MISSING, "contents", "")]
    found = lost_by_document(losses, ["index", "authors/ada"], texts)
    assert {name: [loss.origin for loss in lost] for name, lost in found.items()} == {
        "authors/ada": [5],
        "index": [None],
    }


def test_words_that_no_text_has_are_found_where_all_are_known() -> None:
    expected = Streams({BODY: [Word("one", 1), Word("two", 2)]})
    written = Streams({BODY: [Word("one"), Word("zebra"), Word("two")]})
    (added,) = compare(expected, written, all_known=True)
    assert (added.diagnostic, added.words, added.origin) == (Diagnostic.WORD_ADDED, "zebra", 1)
    assert compare(expected, written) == []


def test_an_abstract_may_begin_with_the_word_above_it(make: Maker) -> None:
    head = "---\nauthors: [ada]\ndate: 2026-01-02\nabstract: Abstract art.\nkeywords: [keywords, art]\n---\n"
    result = make({"articles/one.md": f"{head}# One\n\nText.\n"}).publish("html", options="-W", languages="en")
    assert result.code == 0, result.output


def test_the_label_of_a_tab_is_text_and_that_of_a_note_is_not() -> None:
    tab = nodes.container("", nodes.label("", "Second tab"), nodes.paragraph("", "Words."))
    note = nodes.footnote("", nodes.label("", "7"), nodes.paragraph("", "A note."))
    found = words_of_nodes([tab, note]).words[BODY]
    assert "".join(word.text for word in found) == "SecondtabWordsAnote"


@pytest.mark.parametrize(
    ("node", "lost"),
    [
        (nodes.raw("", '<svg width="1.0em"><path d="M0 0"/></svg>', format="html"), []),
        (nodes.inline("", svg='<svg width="1.0em"><path d="M0 0"/></svg>'), []),
        (nodes.raw("", "<i></i>", format="html"), ["report 1em"]),
    ],
    ids=["icon", "icon-in-attribute", "nothing"],
)
def test_a_role_that_draws_an_icon_prints_no_name(node: nodes.Node, lost: list[str]) -> None:
    part = Part("role", "one.md", 1, "icon", content="report;1em", nodes=[node])
    assert [loss.words for loss in lost_in_part(part, TokenReader({}, set()))] == lost


def test_directives_in_lists_and_cells_are_no_text() -> None:
    source = "- A) Using\n- .. figure:: map.svg\n\n     Short.\n\nOne   .. code-block:: python\n| .. note:: x |\n"
    words = " ".join(" ".join(text_lines(source)).split())
    assert words == "Using Short. One python x |"


def test_tags_and_names_for_machines_in_restructured_text_are_no_text() -> None:
    source = ".. raw:: html\n\n   <span id='one\n   two'>\n   <b>Three</b>\n\nFour <five>\n.. moduleauthor:: Six\n"
    source += ".. cssclass:: seven\n\n:retval NULL: Eight\n"
    words = " ".join(" ".join(text_lines(source)).split())
    assert words == "Three Four <five> NULL: Eight"


@pytest.mark.parametrize("kind", [nodes.literal_block, nodes.doctest_block])
def test_flags_that_sphinx_takes_out_of_code_are_no_words(kind: type[nodes.TextElement]) -> None:
    reader = StageReader(())
    reader.read(kind("", ">>> one  # doctest: +SKIP\n2"))
    reader.read(nodes.paragraph("", ">>> # doctest: three"))
    assert [word.text for word in reader.streams.words[BODY]] == [">>>", "one", "2", ">>>", "#", "doctest", "three"]


def test_the_settings_of_a_directive_in_restructured_text_are_no_text() -> None:
    source = ".. list-table:: Tall\n   :widths: 20 80\n   :header-rows: 1\n\n   * - Name\n     - Use\n"
    table = nodes.table("", nodes.title("", "Tall"), nodes.entry("", nodes.paragraph("", "Name")))
    part = Part("rst", "one.md", 1, content=source, nodes=[table])
    assert [loss.words for loss in lost_in_part(part, TokenReader({}, set()))] == ["Use"]


def test_a_description_for_machines_and_a_failed_directive_are_no_text() -> None:
    source = "One\n.. meta::\n   :description lang=en: Two\n      three\n\n"
    source += ".. code:: x\n   :caption: Four\n\n   Five\n\nSix\n"
    words = " ".join(" ".join(text_lines(without_blocks_at({6}, source))).split())
    assert words == "One Six"
    assert without_blocks_at(frozenset(), source).split() == source.split()


def test_the_flags_of_a_tested_example_are_for_the_program_that_runs_it() -> None:
    source = ">>> print(one)  # doctest: +SKIP\n1\n<BLANKLINE>\ntwo"
    block = nodes.literal_block("", ">>> print(one)\n1\n")
    part = Part("directive", "one.md", 1, "doctest", "group", source, directive=DoctestDirective, nodes=[block])
    assert [loss.words for loss in lost_in_part(part, TokenReader({}, set()))] == ["two"]
