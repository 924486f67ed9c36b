"""Citations within authors' own notes: set by what stands before and after them, without brackets nobody wrote."""

from __future__ import annotations

import re
from functools import cache

import pytest
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import CompiledStyle, compile_style
from fleuron.csl.rendering.positions import positions
from fleuron.csl.style.style_files import find_style
from fleuron.csl.text.sentences import ends_sentence
from fleuron.notes.citation_settings import citation_settings
from fleuron.notes.markup.citation_syntax import NumberedNote, csl_citations, parse_citation
from fleuron.notes.markup.note_call import note_call
from fleuron.notes.note_nodes import NoteNodes, style_within_sentence
from fleuron.notes.notes_transform import WordedCitation, set_citation
from tests.notes.test_built_notes import built, notes_of
from tests.support.publications import SMALL, Maker

ITEMS = {
    key: {"id": key, "type": "book", "title": title, "author": [{"family": family, "given": "J."}],
          "issued": {"date-parts": [[2000]]}}
    for key, family, title in (("roe", "Roe", "Other"), ("doe", "Doe", "Where?"))
}  # fmt: skip
CITE = re.compile(r"\{footcite(:t)?\}`([^`]*)`")


@cache
def compiled(style: str, language: str) -> CompiledStyle:
    return compile_style(find_style(style), language)


def set_in_note(text: str, language: str = "en-US", style: str = "opcit") -> str:
    """Return what an author's own note prints after a note that cites all sources."""
    paragraph = nodes.paragraph()
    calls: list[note_call] = []
    end = 0
    for match in CITE.finditer(text):
        paragraph += nodes.Text(text[end : match.start()])
        calls.append(note_call(match[0], cites=parse_citation(match[2])[0], textual=bool(match[1])))
        paragraph += calls[-1]
        end = match.end()
    paragraph += nodes.Text(text[end:])
    nodes.footnote("", paragraph)
    first = NumberedNote(1, (tuple(parse_citation("roe, doe")[0]),))
    own = NumberedNote(2, tuple(tuple(call["cites"]) for call in calls), has_own_text=True)
    citations = csl_citations([first, own])
    outer, inner = (
        Processor(each, ITEMS) for each in (compiled(style, language), style_within_sentence(compiled(style, language)))
    )
    rendered = map(
        WordedCitation, citations, outer.render_citations(citations), inner.render_citations(citations),
        positions(citations),
    )  # fmt: skip
    note_nodes = NoteNodes("a", language[:2], 2)
    how = citation_settings(paragraph, language[:2])
    for call, worded in zip(calls, list(rendered)[1:], strict=False):
        set_citation(call, worded, how[id(call)], inner, note_nodes)
    return paragraph.astext().replace("\u00a0", " ")


SET = [
    # At the end of a note, before punctuation, before words.
    ("{footcite}`roe{p. 3}`", "Roe, op.cit., p. 3."),
    ("{footcite}`roe{p. 3}`.", "Roe, op.cit., p. 3."),
    ("{footcite}`roe`.", "Roe, op.cit."),
    ("{footcite}`roe{p. 3}`; {footcite}`doe{p. 4}`.", "Roe, op.cit., p. 3; Doe, op.cit., p. 4."),
    ("{footcite}`roe{p. 3}`, who quotes {footcite}`doe{p. 4}`.", "Roe, op.cit., p. 3, who quotes Doe, op.cit., p. 4."),
    ("(cf. {footcite}`roe{p. 3}`).", "(cf. Roe, op.cit., p. 3)."),
    ("“{footcite}`roe`” is [{footcite}`doe`]", "“Roe, op.cit.” is [Doe, op.cit.]"),
    ("See {footcite}`roe` for more.", "See Roe, op.cit. for more."),
    ("Did {footcite}`roe{p. 3}`? No.", "Did Roe, op.cit., p. 3? No."),
    ("As in {footcite}`roe{p. 3}` I saw.", "As in Roe, op.cit., p. 3 I saw."),
    ("He asks. {footcite}`roe{p. 3}` Another asks.", "He asks. Roe, op.cit., p. 3. Another asks."),
    ("See {footcite}`roe{p. 3}` Others differ.", "See Roe, op.cit., p. 3. Others differ."),
    # Attached to a word it is a call, for which there is no place but brackets.
    ("He asks{footcite}`roe{p. 3}`, too.", "He asks (Roe, op.cit., p. 3), too."),
    ("He asks,{footcite}`roe{p. 3}` too.", "He asks, Roe, op.cit., p. 3 too."),
    ("He asks.{footcite}`roe{p. 3}`", "He asks. Roe, op.cit., p. 3."),
    ("He asks.{footcite}`roe{p. 3}`{footcite}`doe`", "He asks. Roe, op.cit., p. 3. Doe, op.cit."),
    ("It asks{footcite}`roe`{footcite}`doe`, too.", "It asks (Roe, op.cit.; Doe, op.cit.), too."),
    # An abbreviation ends no sentence; “ibid.” after it is in small letters.
    ("{footcite}`roe`. Bkz. {footcite}`roe{p. 5}`.", "Roe, op.cit. Bkz. ibid., p. 5."),
    ("{footcite}`roe`. He asks. {footcite}`roe{p. 5}`.", "Roe, op.cit. He asks. Ibid., p. 5."),
    ("{footcite}`roe`, vgl. {footcite}`roe{p. 5}`", "Roe, op.cit., vgl. ibid., p. 5."),
    ("{footcite}`{vgl. auch cf.}roe{p. 5}`", "vgl. auch cf. Roe, op.cit., p. 5."),
    # The name is part of the sentence, and the rest stands after it.
    ("{footcite:t}`roe{p. 5}` says so, as does {footcite:t}`doe{p. 6}`.",
     "Roe (op.cit., p. 5) says so, as does Doe (op.cit., p. 6)."),
    ("As {footcite:t}`roe, doe{p. 6}` say.", "As Roe (op.cit.) and Doe (op.cit., p. 6) say."),
    ("{footcite}`roe` And {footcite:t}`roe{p. 6}`", "Roe, op.cit. And Roe (ibid., p. 6)."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), SET, ids=[text for text, _ in SET])
def test_a_citation_fits_what_stands_before_and_after_it(text: str, words: str) -> None:
    assert set_in_note(text) == words


@pytest.mark.parametrize(
    ("language", "style", "text", "words"),
    [
        ("tr-TR", "opcit", "Bkz. {footcite}`roe{p. 5}`.", "Bkz. Roe, a.g.e., s. 5."),
        ("tr-TR", "opcit", "{footcite}`roe`, bkz. {footcite}`roe{p. 5}`.", "Roe, a.g.e., bkz. aynı yer, s. 5."),
        ("ru-RU", "gost-note", "{footcite}`roe`, см. {footcite}`roe{p. 5}`.", "Roe J. Указ. соч., см. там же. С. 5."),
        ("ru-RU", "gost-note", "См. {footcite}`roe{p. 5}`", "См. Roe J. Указ. соч. С. 5."),
        ("fa-IR", "opcit", "نک. {footcite}`roe{p. 5}` او", "نک. Roe، پیشین، ص 5 او"),
        ("fa-IR", "opcit", "{footcite}`roe{p. 5}` و {footcite}`doe`.", "Roe، پیشین، ص 5 و Doe، پیشین."),
    ],
)
def test_each_language_has_abbreviations_that_end_no_sentence(language: str, style: str, text: str, words: str) -> None:
    assert set_in_note(text, language, style) == words


@pytest.mark.parametrize("text", ["So he says.", "Why?", "“So he says.”", "In 1990.", "He is gone…", "см. ниже."])
def test_the_end_of_a_sentence(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text", ["", "cf.", "(Bkz.", "Vgl. auch S.", "ср.", "نک.", "e.g.", "as J.", "see", "ayrıca bkz."]
)
def test_what_ends_no_sentence(text: str) -> None:
    assert not ends_sentence(text)


WORDS = st.sampled_from(
    ["", "See ", "Cf. ", "he asks", ". ", "? ", ", ", "; ", " and ", "(", ") ", " Others ", "[^", " bkz. "]
)
CALLS = st.sampled_from(["{footcite}`roe`", "{footcite}`doe{p. 3}`", "{footcite}`roe{p. 4}`", "{footcite:t}`doe`"])


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(parts=st.lists(st.tuples(WORDS, CALLS), min_size=1, max_size=4), last=WORDS)
def test_no_stop_is_doubled_and_no_word_or_bracket_is_lost(parts: list[tuple[str, str]], last: str) -> None:
    text = "".join(word + call for word, call in parts) + last
    printed = set_in_note(text)
    assert not re.search(r"\.\.|\.;\.|  \(", printed.replace(". . ", "")), printed
    assert printed.count("(") - printed.count(")") == text.count("(") - text.count(")")
    own = re.findall(r"[A-Za-z]+", CITE.sub(" ", text))
    position = 0
    for word in own:
        position = printed.index(word, position) + len(word)


def test_notes_of_citations_alone_take_part_in_ibid_and_nested_notes_keep_theirs(make: Maker) -> None:
    conf = f"{SMALL['conf.py']}fleuron_note_style = {{'tr': 'gost-note'}}\n"
    text = (
        "# One\n\nA.{footcite}`grafton1997{p. 3}` B.[^a] C.{footcite}`grafton1997{p. 4}` D.[^b] E.{footcite}`rubin2002`"
        " F.[^c]\n\n[^a]: {footcite}`grafton1997{p. 4}`.\n\n[^b]: {footcite}`grafton1997`; {footcite}`rubin2002`.\n\n"
        "[^c]: {footcite:t}`rashid2000{p. 5}` says so.[^d]\n\n[^d]: So does {footcite}`grafton1997{p. 7}`.\n"
    )
    words = notes_of(built(make, text, **{"conf.py": conf}).page("en", "articles/one"))
    assert words[1:3] == ["Ibid., p. 4.", "Ibid."]
    assert words[3].startswith("Grafton, op.cit.; Barnett R. Rubin, ")
    assert words[4] == "Rubin, op.cit."  # no ibid. after a note of two sources
    assert words[5].startswith("Ahmed Rashid (Taliban")
    assert words[5].endswith("p. 5) says so. So does Grafton, op.cit., p. 7.")
