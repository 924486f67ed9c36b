"""Citations as authors write them, parsed into keys, locators, prefixes and suffixes."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import CompiledStyle, compile_style
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.style.style_files import find_style
from fleuron.csl.text.labelled_numbers import LabelledNumber
from fleuron.csl.text.run_writers import to_plain
from fleuron.notes.markup.citation_syntax import LABELS, ParsedCite, csl_cite, parse_citation


def one(label: str, number: str) -> tuple[LabelledNumber, ...]:
    return (LabelledNumber(label, number),)


READ = [
    ("rashid2000", ParsedCite("rashid2000")),
    ("rashid2000{p. 12}", ParsedCite("rashid2000", "", one("page", "12"))),
    ("rashid2000{pp. 12-14}", ParsedCite("rashid2000", "", one("page", "12-14"))),
    ("rashid2000{pp. 12--14}", ParsedCite("rashid2000", "", one("page", "12--14"))),
    ("rashid2000{pp. 12–14, 20}", ParsedCite("rashid2000", "", one("page", "12–14, 20"))),
    ("rashid2000{12}", ParsedCite("rashid2000", "", one("page", "12"))),
    ("rashid2000{xii}", ParsedCite("rashid2000", "", one("page", "xii"))),
    ("rashid2000{p. ۱۲}", ParsedCite("rashid2000", "", one("page", "۱۲"))),
    ("rashid2000{ch. 3}", ParsedCite("rashid2000", "", one("chapter", "3"))),
    ("rashid2000{sec. 4.2}", ParsedCite("rashid2000", "", one("section", "4.2"))),
    ("rashid2000{§ 4}", ParsedCite("rashid2000", "", one("section", "4"))),
    ("rashid2000{vol. 2}", ParsedCite("rashid2000", "", one("volume", "2"))),
    ("rashid2000{n. 7}", ParsedCite("rashid2000", "", one("note", "7"))),
    ("rashid2000{fol. 7r}", ParsedCite("rashid2000", "", one("folio", "7r"))),
    ("rashid2000{para. 2}", ParsedCite("rashid2000", "", one("paragraph", "2"))),
    ("rashid2000{s.v. Pamir}", ParsedCite("rashid2000", "", one("sub-verbo", "Pamir"))),
    ("{see also}rashid2000{p. 4}", ParsedCite("rashid2000", "see also", one("page", "4"))),
    ("rashid2000{p. 4, with a map}", ParsedCite("rashid2000", "", one("page", "4"), ", with a map")),
    ("rashid2000{passim}", ParsedCite("rashid2000", suffix="passim")),
    ("rashid2000{the whole of it}", ParsedCite("rashid2000", suffix="the whole of it")),
    ("غبار۱۳۴۶{p. 3}", ParsedCite("غبار۱۳۴۶", "", one("page", "3"))),
    ("коргун2004{с}", ParsedCite("коргун2004", suffix="с")),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_one_source(text: str, expected: ParsedCite) -> None:
    assert parse_citation(text) == ([expected], [])


def test_several_sources_make_one_call() -> None:
    cites, problems = parse_citation("{see}a{p. 1}, b{ch. 2},c")
    assert [each.key for each in cites] == ["a", "b", "c"]
    assert [[part.text for part in each.locators] for each in cites] == [["1"], ["2"], []]
    assert problems == []


@pytest.mark.parametrize(
    ("post", "advice"),
    [
        ("pq. 12", "English abbreviation"),
        ("chp. 3", "“chap. 3”"),
        ("s. 12", "English abbreviation"),
        ("p.", "a number"),
        ("vol", "a number"),
    ],
)
def test_a_bad_locator_is_reported_and_kept_as_text(post: str, advice: str) -> None:
    (cite,), (problem,) = parse_citation(f"key{{{post}}}")
    assert (cite.locators, cite.suffix) == ((), post)
    assert problem.text == post
    assert advice in problem.advice


@pytest.mark.parametrize("text", ["", "a b", "a{p. 1", "a,,b", "{see}"])
def test_what_is_not_a_citation(text: str) -> None:
    cites, problems = parse_citation(text)
    assert cites == []
    assert "commas" in problems[0].advice


@cache
def compiled(style: str, language: str) -> CompiledStyle:
    return compile_style(find_style(style), language)


def printed(post: str, language: str, style: str = "opcit") -> str:
    """Return what a note of a place in a source prints, without the source."""
    items = {"a": {"id": "a", "type": "book", "title": "T", "issued": {"date-parts": [[2000]]}}}
    (cite,), _problems = parse_citation(f"a{{{post}}}")
    (runs,) = Processor(compiled(style, language), items).render_citations([Citation((csl_cite(cite),), 1)])
    return to_plain(runs).removeprefix("T, 2000").removeprefix("T. 2000").lstrip(",. ").removesuffix(".")


# What the author writes, and what the editions print.
PRINTED = [
    ("p. XII", "p. XII", "s. XII", "с. XII"),
    ("vol. II, p. 15", "vol. II, p. 15", "c. II, s. 15", "т. II, с. 15"),
    ("p. 12, n. 4", "p. 12, n. 4", "s. 12, dn. 4", "с. 12, прим. 4"),
    ("12, n. 4", "p. 12, n. 4", "s. 12, dn. 4", "с. 12, прим. 4"),
    ("f. 130, op. 1, d. 12", "f. 130, op. 1, d. 12", "f. 130, op. 1, d. 12", "ф. 130, оп. 1, д. 12"),
    (
        "f. 130, op. 1, d. 12, ll. 5–7",
        "f. 130, op. 1, d. 12, ll. 5–7",
        "f. 130, op. 1, d. 12, ll. 5-7",
        "ф. 130, оп. 1, д. 12, лл. 5–7",
    ),
    ("f. 12r, l. 5", "fol. 12r, l. 5", "vr. 12r, satır 5", "л. 12r, строка 5"),
    ("fols. 85r–88r", "fols. 85r–88r", "vr. 85r–88r", "л. 85r–88r"),
    ("fols. 85r-88v", "fols. 85r–88v", "vr. 85r-88v", "л. 85r–88v"),
    ("fol. 12r-v", "fols. 12r–v", "vr. 12r-v", "л. 12r–v"),
    ("ch. 1, l [7]", "chap. 1, l. [7]", "böl. 1, satır [7]", "гл. 1, строка [7]"),
    ("art. 19(1)(a)", "art. 19(1)(a)", "md. 19(1)(a)", "ст. 19(1)(a)"),
    ("no. 6", "no. 6", "sy. 6", "№ 6"),
    ("nos. 6 and 7", "nos. 6 and 7", "sy. 6 ve 7", "№ 6 и 7"),
    ("s.v. Pamir, p. 3", "s.v. Pamir, p. 3", "md. Pamir, s. 3", "ст. Pamir, с. 3"),
    ("s.vv. Pamir, Wakhan", "s.vv. Pamir, Wakhan", "md. Pamir, Wakhan", "ст. Pamir, Wakhan"),
    ("p. 12 ff.", "pp. 12 ff", "s. 12 vd", "с. 12 и сл"),
    ("pp. 12ff.", "pp. 12 ff", "s. 12 vd", "с. 12 и сл"),
    ("§§ 4–6", "§§ 4–6", "§§ 4-6", "§§ 4–6"),
    ("pp. [12]", "pp. [12]", "s. [12]", "с. [12]"),
    ("pp. S12-S15", "pp. S12–S15", "s. S12-S15", "с. S12–S15"),
    ("p. 4, 3rd edition", "p. 4, 3rd edition", "s. 4, 3rd edition", "с. 4, 3rd edition"),
    ("p. 4 (with a map)", "p. 4 (with a map)", "s. 4 (with a map)", "с. 4 (with a map)"),
    ("I, too, doubt it", "I, too, doubt it", "I, too, doubt it", "I, too, doubt it"),
]


@pytest.mark.parametrize(("post", "english", "turkish", "russian"), PRINTED, ids=[post for post, *_ in PRINTED])
def test_a_place_is_printed_in_the_words_of_an_edition(post: str, english: str, turkish: str, russian: str) -> None:
    assert [printed(post, language) for language in ("en-US", "tr-TR", "ru-RU")] == [english, turkish, russian]


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ("vol. 2, p. 15", "Т. 2. С. 15"),
        ("f. 130, op. 1, d. 12, ll. 5-7", "Ф. 130. Оп. 1. Д. 12. Л. 5–7"),
        ("p. 12, n. 4", "С. 12, прим. 4"),
    ],
)
def test_gost_separates_the_parts_of_a_place_by_full_stops(post: str, words: str) -> None:
    assert printed(post, "ru-RU", "gost-note") == words


def test_the_style_review_has_the_words_of_an_edition_too() -> None:
    assert printed("nos. 6 and 7", "en-US", "review") == "nos. 6 and 7"
    assert printed("vol. 2, p. 15, n. 4", "tr-TR", "review") == "c. 2, s. 15, dn. 4"
    assert printed("vol. 2, p. 15, n. 4", "ru-RU", "review") == "т. 2, с. 15, прим. 4"


@pytest.mark.parametrize(
    ("style", "language", "words"),
    [
        ("oscola", "en-GB", "vol 2, p 15"),
        ("chicago-notes-bibliography", "de-DE", "Bd. 2, S. 15"),
        ("isnad-dipnotlu", "tr-TR", "c. 2, s. 15"),
    ],
)
def test_other_styles_label_all_parts_alike(style: str, language: str, words: str) -> None:
    assert printed("vol. 2, p. 15", language, style).endswith(words)


NUMBERS = st.sampled_from(["1", "12", "XIV", "xii", "4a", "12r", "19(1)(a)", "[7]", "3.2", "۱۲"])
JOINTS = st.sampled_from(["-", "–", "--", ", ", " and ", " & ", " – "])
NUMBER_LISTS = st.tuples(NUMBERS, st.lists(st.tuples(JOINTS, NUMBERS), max_size=2)).map(
    lambda found: found[0] + "".join(joint + number for joint, number in found[1])
)
WRITTEN_LABELS = sorted(label for label in LABELS if not label.startswith(("s.v", "sv")))
PARTS = st.tuples(st.sampled_from(WRITTEN_LABELS), st.sampled_from([". ", " "]), NUMBER_LISTS).map("".join)
OWN_WORDS = st.sampled_from(["", ", with a map", " (my italics)", "; the rest is lost", ", çev. Öz", ", и далее"])


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(parts=st.lists(PARTS, min_size=1, max_size=3), own_words=OWN_WORDS)
def test_every_part_of_a_place_and_every_word_after_it_is_read(parts: list[str], own_words: str) -> None:
    post = ", ".join(parts) + own_words
    (cite,), problems = parse_citation(f"key{{{post}}}")
    assert (len(cite.locators), cite.suffix, problems) == (len(parts), own_words, [])
    for part, written in zip(cite.locators, parts, strict=True):
        assert re.sub(r"\s", "", written).endswith(re.sub(r"\s", "", part.text))


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(post=st.text("pvnlsdfIVXx12.,;:&–-()[]§ abю۱\u00a0", min_size=1, max_size=25))
def test_nothing_after_a_key_is_lost(post: str) -> None:
    """Every number is in a locator or in the suffix, once and in order."""
    cites, _problems = parse_citation(f"key{{{post}}}")
    read = "".join(part.text for part in cites[0].locators) + cites[0].suffix
    assert re.findall(r"\d", read) == re.findall(r"\d", post)


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(text=st.text("ak{}12, p.@é", max_size=20))
def test_any_text_is_read_or_reported(text: str) -> None:
    cites, problems = parse_citation(text)
    assert cites or problems
