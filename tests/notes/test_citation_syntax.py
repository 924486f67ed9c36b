"""Calls as authors write them, read into sources, locators and words of their own."""

from __future__ import annotations

import pytest

from fleuron.notes.citation_syntax import Citation, read_call

READ = [
    ("rashid2000", Citation("rashid2000")),
    ("rashid2000{p. 12}", Citation("rashid2000", label="page", locator="12")),
    ("rashid2000{pp. 12-14}", Citation("rashid2000", label="page", locator="12-14")),
    ("rashid2000{pp. 12--14}", Citation("rashid2000", label="page", locator="12-14")),
    ("rashid2000{pp. 12–14, 20}", Citation("rashid2000", label="page", locator="12-14, 20")),
    ("rashid2000{12}", Citation("rashid2000", label="page", locator="12")),
    ("rashid2000{xii}", Citation("rashid2000", label="page", locator="xii")),
    ("rashid2000{p. ۱۲}", Citation("rashid2000", label="page", locator="۱۲")),
    ("rashid2000{ch. 3}", Citation("rashid2000", label="chapter", locator="3")),
    ("rashid2000{sec. 4.2}", Citation("rashid2000", label="section", locator="4.2")),
    ("rashid2000{§ 4}", Citation("rashid2000", label="section", locator="4")),
    ("rashid2000{vol. 2}", Citation("rashid2000", label="volume", locator="2")),
    ("rashid2000{n. 7}", Citation("rashid2000", label="note", locator="7")),
    ("rashid2000{fol. 7r}", Citation("rashid2000", label="folio", locator="7r")),
    ("rashid2000{para. 2}", Citation("rashid2000", label="paragraph", locator="2")),
    ("rashid2000{s.v. Pamir}", Citation("rashid2000", label="sub-verbo", locator="Pamir")),
    ("{see also}rashid2000{p. 4}", Citation("rashid2000", "see also", "page", "4")),
    ("rashid2000{p. 4, with a map}", Citation("rashid2000", "", "page", "4", ", with a map")),
    ("rashid2000{passim}", Citation("rashid2000", suffix="passim")),
    ("rashid2000{the whole of it}", Citation("rashid2000", suffix="the whole of it")),
    ("غبار۱۳۴۶{p. 3}", Citation("غبار۱۳۴۶", label="page", locator="3")),
    ("коргун2004{с}", Citation("коргун2004", suffix="с")),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_one_source(text: str, expected: Citation) -> None:
    assert read_call(text) == ([expected], [])


def test_several_sources_make_one_call() -> None:
    citations, slips = read_call("{see}a{p. 1}, b{ch. 2},c")
    assert [each.key for each in citations] == ["a", "b", "c"]
    assert [each.locator for each in citations] == ["1", "2", ""]
    assert slips == []


@pytest.mark.parametrize(
    ("post", "advice"),
    [
        ("pq. 12", "English code"),
        ("chp. 3", "“chap. 3”"),
        ("s. 12", "English code"),
        ("p.", "a number"),
        ("vol", "a number"),
    ],
)
def test_a_bad_locator_is_told_and_kept_as_words(post: str, advice: str) -> None:
    (citation,), (slip,) = read_call(f"key{{{post}}}")
    assert (citation.locator, citation.suffix) == ("", post)
    assert slip.words == post
    assert advice in slip.advice


@pytest.mark.parametrize("text", ["", "a b", "a{p. 1", "a,,b", "{see}"])
def test_what_is_no_citation(text: str) -> None:
    citations, slips = read_call(text)
    assert citations == []
    assert "commas" in slips[0].advice
