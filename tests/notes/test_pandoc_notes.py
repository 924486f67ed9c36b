"""Notes in the forms of pandoc's Markdown: `[see @key, p. 12; @other]` and `^[words]`, in texts and translations."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from fleuron.csl.text.labelled_numbers import LabelledNumber
from fleuron.notes.markup.citation_syntax import ParsedCite
from fleuron.notes.markup.note_definitions import add_rule
from fleuron.notes.markup.pandoc_syntax import parse_pandoc_citation
from tests.mistakes.test_mistakes import CATALOGUE, TURKISH, told
from tests.notes.test_built_notes import REFS, built, notes_of, numbers_of
from tests.support.publications import Maker, text_of


def page(number: str) -> tuple[LabelledNumber, ...]:
    return (LabelledNumber("page", number),)


PARSED = [
    ("@roe", [ParsedCite("roe")]),
    ("@roe, p. 12", [ParsedCite("roe", "", page("12"))]),
    ("@roe p. 12", [ParsedCite("roe", "", page("12"))]),
    ("@roe{p. 12}", [ParsedCite("roe", "", page("12"))]),
    ("@roe, pp. 3--4 and passim", [ParsedCite("roe", "", page("3--4"), " and passim")]),
    ("see @roe, p. 12; also @doe:2000", [ParsedCite("roe", "see", page("12")), ParsedCite("doe:2000", "also")]),
    ("-@roe, 3", [ParsedCite("roe", "", page("3"))]),
    ("@{a/b.c}, p. 3", [ParsedCite("a/b.c", "", page("3"))]),
    ("@roe, p. 3; and others; @doe", [ParsedCite("roe", "", page("3"), "; and others"), ParsedCite("doe")]),
    ("*see* @roe, in _passing_", [ParsedCite("roe", "<i>see</i>", (), "in <i>passing</i>")]),
    ("@غبار۱۳۴۶, p. 3", [ParsedCite("غبار۱۳۴۶", "", page("3"))]),
]


@pytest.mark.parametrize(("content", "cites"), PARSED, ids=[content for content, _ in PARSED])
def test_a_citation_in_brackets(content: str, cites: list[ParsedCite]) -> None:
    assert parse_pandoc_citation(content) == (cites, [])


def test_a_citation_whose_beginning_has_no_key_is_reported() -> None:
    cites, problems = parse_pandoc_citation("see; @roe")
    assert (cites, problems[0].text) == ([], "[see; @roe]")


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(st.text("ab@;,-{} p.12*_\\\n", max_size=20))
def test_any_content_is_read_or_reported(content: str) -> None:
    cites, problems = parse_pandoc_citation(content)
    assert cites or problems


def test_both_forms_are_notes_in_reading_order(make: Maker) -> None:
    text = (
        "# One^[Own in the *title*.]\n\nA[@grafton1997, p. 3] b^[Own, with [a link](https://example.org), and "
        "{footcite}`grafton1997{p. 4}`.] c {footcite}`rubin2002` d[^x].\n\n| a[@rubin2002] |\n|---|\n| b^[T.] |\n\n"
        "- [see @rashid2000; @rubin2002, ch. 3]\n\n[^x]: Labelled, and [@rubin2002, p. 9].\n"
    )
    page = built(make, text).page("en", "articles/one")
    assert numbers_of(page) == [str(number) for number in range(1, 9)]
    notes = notes_of(page)
    assert notes[0] == "Own in the title."
    assert notes[1].startswith("Anthony Grafton") and notes[1].endswith("p. 3.")
    assert notes[2] == "Own, with a link, and ibid., p. 4."
    assert notes[4] == "Labelled, and ibid., p. 9." and notes[5] == "Rubin, op.cit." and notes[6] == "T."
    assert notes[7].startswith("see Ahmed Rashid") and notes[7].endswith("; Rubin, op.cit., chap. 3.")
    assert text_of(page.cssselect("h1")[0]).startswith("One1")
    assert page.cssselect("h1 ~ *, section")[0].getroottree().findtext(".//title").startswith("One")


def test_an_abstract_has_notes_in_both_forms(make: Maker) -> None:
    head = "---\nauthors: [ada]\ndate: 2026-01-02\nabstract: 'An abstract[@grafton1997, p. 3] and more^[Own.]'\n---\n"
    page = built(make, "", **{"articles/one.md": f"{head}# One\n\nText.\n"}).page("en", "articles/one")
    notes = notes_of(page)
    assert notes[0].startswith("Anthony Grafton") and notes[1] == "Own."


SOURCE = "A[@grafton1997, p. 3] b^[Own words.]"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("B^[Kendi sözüm.] a[@grafton1997, p. 3]", []),
        ("B a[@grafton1997, p. 3]", ["leaves out “^[…]”"]),
        ("B^[Kendi sözüm.]", ["leaves out “grafton1997”"]),
    ],
    ids=["moved", "own-lost", "citation-lost"],
)
def test_a_translator_moves_both_forms_and_a_lost_one_is_reported(make: Maker, target: str, words: list[str]) -> None:
    catalogue = f'{CATALOGUE}msgid "{SOURCE}"\nmsgstr "{target}"\n'
    head = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\n"
    publication = make({"articles/one.md": f"{head}{SOURCE}\n", "refs.bib": REFS, TURKISH: catalogue})
    result = publication.publish("html", languages="tr")
    warnings = [line for line in told(result) if "WARNING" in line]
    assert len(warnings) == len(words), result.output
    assert all(
        warning.startswith(f"{TURKISH}:6:") and word in warning for warning, word in zip(warnings, words, strict=True)
    )
    notes = notes_of(publication.page("tr", "articles/one"))
    if not words:
        assert notes[0] == "Kendi sözüm." and notes[1].endswith("s. 3.")


def test_an_own_note_may_contain_an_entry_of_the_index(make: Maker) -> None:
    page = built(make, "# One\n\nA^[On {index}`paper` and {index}`ink <pair: ink; paper>`.]").page("en", "articles/one")
    assert notes_of(page) == ["On paper and ink."]


@pytest.mark.parametrize(
    "definition",
    ["[^x]: - outer\n      - inner\n    - second\n", "[^x]:\n    - outer\n      - inner\n    - second\n"],
)
def test_a_list_may_begin_on_the_first_line_of_a_note(definition: str) -> None:
    """Its inner list is indented as if the first line were indented by four spaces, as in pandoc."""
    parser = MarkdownIt().use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    add_rule(parser)
    tokens = [token for token in parser.parse(definition) if token.type == "inline"]
    assert [(token.content, token.level) for token in tokens] == [("outer", 4), ("inner", 6), ("second", 4)]
