"""Crossref and xdata: which fields an entry inherits, and under which names."""

from __future__ import annotations

from typing import Any

import pytest

from fleuron.csl.sources.bibtex import read_bibliography

BOOK = "title = {Parent}, subtitle = {Sub}, shorttitle = {Short}, author = {Doe, Jo}, publisher = {P}, year = 1999"
MAIN = {"container-title": "Parent: Sub", "publisher": "P", "issued": {"date-parts": [[1999]]}}
RULES: list[tuple[str, str, dict[str, Any]]] = [
    ("book", "inbook", MAIN),
    ("book", "bookinbook", MAIN),
    ("collection", "incollection", MAIN),
    ("reference", "inreference", MAIN),
    ("proceedings", "inproceedings", MAIN),
    ("mvbook", "inbook", MAIN),
    ("mvbook", "book", {"title": "Parent: Sub", "volume-title": "Child"}),
    ("mvcollection", "collection", {"title": "Parent: Sub", "volume-title": "Child"}),
    ("mvproceedings", "proceedings", {"title": "Parent: Sub", "volume-title": "Child"}),
    ("periodical", "article", {"title": "Child", "container-title": "Parent: Sub"}),
]


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    items, findings = read_bibliography(text)
    return items, [finding.message for finding in findings]


@pytest.mark.parametrize(("parent", "child", "expected"), RULES)
def test_a_title_is_inherited_under_the_name_it_has_in_the_child(
    parent: str, child: str, expected: dict[str, Any]
) -> None:
    items, _faults = read(f"@{child}{{c, title = {{Child}}, crossref = {{P}}}}\n@{parent}{{p, {BOOK}}}")
    assert {variable: items["c"].get(variable) for variable in expected} == expected
    assert items["c"].get("title-short") != "Short"


def test_between_other_types_fields_are_inherited_unchanged() -> None:
    items, _faults = read(f"@misc{{c, title = {{Child}}, crossref = {{p}}}}\n@book{{p, {BOOK}}}")
    assert (items["c"]["title"], items["c"]["title-short"], items["c"]["publisher"]) == ("Child: Sub", "Short", "P")


def test_the_author_of_a_book_is_the_author_of_its_parts_unless_they_have_their_own() -> None:
    items, _faults = read(
        f"@inbook{{a, crossref = {{p}}}}\n@inbook{{b, author = {{Roe, Ro}}, crossref = {{p}}}}\n@book{{p, {BOOK}}}"
    )
    doe = [{"family": "Doe", "given": "Jo"}]
    assert items["a"]["author"] == doe
    assert "container-author" not in items["a"]
    assert items["b"]["author"] == [{"family": "Roe", "given": "Ro"}]
    assert items["b"]["container-author"] == doe


def test_chains_are_inherited_in_any_order() -> None:
    items, faults = read(
        "@bookinbook{work, title = {Work}, crossref = {volume}}\n"
        "@book{volume, title = {Volume}, volume = 3, crossref = {set}}\n"
        "@mvbook{set, title = {Set}, xdata = {house}, volumes = 9}\n"
        "@xdata{house, publisher = {P}, location = {L}}\n"
    )
    assert faults == []
    assert items["work"]["title"] == "Work"
    assert items["work"]["container-title"] == "Set"
    assert items["work"]["volume-title"] == "Volume"
    assert [items[key]["publisher"] for key in ("work", "volume", "set")] == ["P"] * 3
    assert items["work"]["volume"] == "3"
    assert items["set"]["number-of-volumes"] == "9"


def test_a_date_is_inherited_whole_or_not_at_all() -> None:
    items, _faults = read("@inbook{c, year = 2001, crossref = {p}}\n@book{p, date = {1999-05}, month = may}")
    assert items["c"]["issued"] == {"date-parts": [[2001]]}


def test_fields_about_the_parent_only_are_not_inherited() -> None:
    items, faults = read(
        "@inbook{c, crossref = {p}}\n@book{p, shorthand = {KrV}, related = {x}, options = {useprefix=false}}"
    )
    assert "citation-label" not in items["c"]
    assert len(faults) == 1


def test_references_to_fields_of_other_entries() -> None:
    items, faults = read(
        "@xdata{my-people, author = {A, B and C, D}, location = {L}}\n"
        "@book{k, author = {X, Y and xdata=my-people-author-2}, location = {xdata=my-people-location}}\n"
        "@book{l, note = {xdata=my-people-note}}\n"
    )
    assert items["k"]["author"] == [{"family": "X", "given": "Y"}, {"family": "C", "given": "D"}]
    assert items["k"]["publisher-place"] == "L"
    assert faults == ["“xdata=my-people-note” refers to a field that does not exist"]


def test_a_missing_parent_is_reported() -> None:
    items, findings = read_bibliography("@book{k,\n title = {T},\n crossref = {nowhere},\n xdata = {gone}}")
    assert items["k"]["title"] == "T"
    assert sorted((finding.field, finding.line) for finding in findings) == [("crossref", 3), ("xdata", 4)]


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, crossref = {a}, title = {T}}",
        "@book{a, crossref = {b}, title = {T}}\n@book{b, crossref = {a}}",
        "@book{a, xdata = {b}, title = {T}}\n@xdata{b, xdata = {c}}\n@xdata{c, xdata = {b}}",
    ],
)
def test_a_loop_is_reported_once(text: str) -> None:
    items, faults = read(text)
    assert items["a"]["title"] == "T"
    assert len([fault for fault in faults if "inherits from itself" in fault]) == 1


def test_a_long_chain_does_not_exceed_the_recursion_limit() -> None:
    text = "\n".join(f"@book{{k{n}, crossref = {{k{n + 1}}}}}" for n in range(3000)) + "\n@book{k3000, publisher = {P}}"
    items, faults = read(text)
    assert items["k0"]["publisher"] == "P"
    assert faults == []


def test_an_error_in_a_parent_is_reported_once_for_the_parent() -> None:
    _items, findings = read_bibliography(
        "@inbook{a, crossref = {p}}\n@inbook{b, crossref = {p}}\n@book{p,\n origlanguage = {german}}"
    )
    assert [(finding.key, finding.field, finding.line) for finding in findings] == [("p", "origlanguage", 4)]
