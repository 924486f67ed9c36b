"""Citations as authors write them, parsed into keys, locators, prefixes and suffixes."""

from __future__ import annotations

import pytest

from fleuron.notes.citation_syntax import ParsedCite, parse_citation

READ = [
    ("rashid2000", ParsedCite("rashid2000")),
    ("rashid2000{p. 12}", ParsedCite("rashid2000", label="page", locator="12")),
    ("rashid2000{pp. 12-14}", ParsedCite("rashid2000", label="page", locator="12-14")),
    ("rashid2000{pp. 12--14}", ParsedCite("rashid2000", label="page", locator="12-14")),
    ("rashid2000{pp. 12–14, 20}", ParsedCite("rashid2000", label="page", locator="12-14, 20")),
    ("rashid2000{12}", ParsedCite("rashid2000", label="page", locator="12")),
    ("rashid2000{xii}", ParsedCite("rashid2000", label="page", locator="xii")),
    ("rashid2000{p. ۱۲}", ParsedCite("rashid2000", label="page", locator="۱۲")),
    ("rashid2000{ch. 3}", ParsedCite("rashid2000", label="chapter", locator="3")),
    ("rashid2000{sec. 4.2}", ParsedCite("rashid2000", label="section", locator="4.2")),
    ("rashid2000{§ 4}", ParsedCite("rashid2000", label="section", locator="4")),
    ("rashid2000{vol. 2}", ParsedCite("rashid2000", label="volume", locator="2")),
    ("rashid2000{n. 7}", ParsedCite("rashid2000", label="note", locator="7")),
    ("rashid2000{fol. 7r}", ParsedCite("rashid2000", label="folio", locator="7r")),
    ("rashid2000{para. 2}", ParsedCite("rashid2000", label="paragraph", locator="2")),
    ("rashid2000{s.v. Pamir}", ParsedCite("rashid2000", label="sub-verbo", locator="Pamir")),
    ("{see also}rashid2000{p. 4}", ParsedCite("rashid2000", "see also", "page", "4")),
    ("rashid2000{p. 4, with a map}", ParsedCite("rashid2000", "", "page", "4", ", with a map")),
    ("rashid2000{passim}", ParsedCite("rashid2000", suffix="passim")),
    ("rashid2000{the whole of it}", ParsedCite("rashid2000", suffix="the whole of it")),
    ("غبار۱۳۴۶{p. 3}", ParsedCite("غبار۱۳۴۶", label="page", locator="3")),
    ("коргун2004{с}", ParsedCite("коргун2004", suffix="с")),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_one_source(text: str, expected: ParsedCite) -> None:
    assert parse_citation(text) == ([expected], [])


def test_several_sources_make_one_call() -> None:
    cites, problems = parse_citation("{see}a{p. 1}, b{ch. 2},c")
    assert [each.key for each in cites] == ["a", "b", "c"]
    assert [each.locator for each in cites] == ["1", "2", ""]
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
    assert (cite.locator, cite.suffix) == ("", post)
    assert problem.text == post
    assert advice in problem.advice


@pytest.mark.parametrize("text", ["", "a b", "a{p. 1", "a,,b", "{see}"])
def test_what_is_not_a_citation(text: str) -> None:
    cites, problems = parse_citation(text)
    assert cites == []
    assert "commas" in problems[0].advice
