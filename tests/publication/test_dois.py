"""DOIs of articles: one for the work or one for each edition, and none for two articles."""

from __future__ import annotations

import pytest

from fleuron.diagnostics import Diagnostic
from fleuron.option_checks import check_imprint, is_issn
from fleuron.publication.article import Article, findings_of_dois, read_article
from fleuron.publication.front_matter import read_front_matter
from fleuron.publication.values.version_dois import doi_of_version, version_doi
from tests.support.publications import SMALL, Maker, run_in_process, text_of


def read(text: str) -> Article:
    article, findings = read_article(read_front_matter(f"---\n{text}\n---\n"), [])
    assert findings == []
    return article


def test_a_doi_is_that_of_all_editions_or_of_each() -> None:
    shared, own = read("doi: https://doi.org/10.5555/1"), read("doi: {en: 10.5555/1, tr: 10.5555/1.tr}")
    assert [shared.doi_in(language) for language in ("en", "tr")] == ["10.5555/1"] * 2
    assert [own.doi_in(language) for language in ("en", "tr", "fa")] == ["10.5555/1", "10.5555/1.tr", ""]
    for wrong in ("doi: {}", "doi: {en: 10.5555}", "doi: {x-y-z-q: 10.5555/1}"):
        _article, findings = read_article(read_front_matter(f"---\n{wrong}\n---\n"), [])
        assert [each.diagnostic for each in findings] == [Diagnostic.BAD_VALUE], wrong


def test_two_articles_have_two_dois_in_any_case_and_edition() -> None:
    articles = {
        "articles/a": Article(doi="10.5555/ABC", lines={"doi": 3}),
        "articles/b": Article(doi="10.5555/abc", lines={"doi": 4}),
        "articles/c": Article(dois={"en": "10.5555/c", "tr": "10.5555/c"}),
        "articles/d": Article(dois={"en": "10.5555/d", "tz": "10.5555/aBc"}, lines={"doi": 5}),
    }
    found = findings_of_dois(articles, ["en", "tr"])
    assert {name: [(each.line, each.text) for each in findings] for name, findings in found.items()} == {
        "articles/b": [(4, "the DOI “10.5555/abc” is that of articles/a.md too; give each article its own")],
        "articles/d": [
            (5, "the DOI “10.5555/aBc” is that of articles/a.md too; give each article its own"),
            (
                5,
                "“doi: tz: 10.5555/aBc” is ignored: the value must be the DOI of an edition, and none is in “tz”; "
                "choose from: en, tr",
            ),
        ],
    }


@pytest.mark.parametrize("issn", ["2049-3630", "0317-8471", "1050-124X", "20493630"])
def test_an_issn_is_known_by_its_check_digit(issn: str) -> None:
    assert is_issn(issn) and check_imprint({"issn": issn}) is None


def test_identifiers_of_the_publication_are_checked() -> None:
    for wrong in ("2049-3631", "2049-363", "ISSN"):
        assert "eight digits, such as 2049-3630 (ISO 3297)" in str(check_imprint({"issn": wrong}))
    assert check_imprint({"doi": "10.5555/review", "crossmark_policy": "10.5555/p"}) is None
    assert "“doi” is not a DOI: “https://doi.org/10.5555/x”" in str(check_imprint({"doi": "https://doi.org/10.5555/x"}))


def test_a_build_stops_at_a_shared_doi_and_shows_that_of_the_edition(make: Maker) -> None:
    text = SMALL["articles/one.md"].replace("date:", "doi: {en: 10.5555/1, tr: 10.5555/1.tr}\ndate:")
    publication = make({"articles/one.md": text})
    assert publication.publish("html").code == 0
    for language, doi in (("en", "10.5555/1"), ("tr", "10.5555/1.tr")):
        page = publication.page(language, "articles/one")
        assert page.xpath("//meta[@name='citation_doi']/@content") == [doi]
        assert doi in text_of(page.find_class("dateline")[0])
    publication.write("articles/two.md", "---\ndoi: 10.5555/1.tr\n---\n# Two\n\nText.\n")
    publication.write("index.md", "# Small\n\n```{toctree}\narticles/one\narticles/two\n```\n")
    result = publication.publish("html")
    assert result.code == 1
    assert "articles/two.md:2: ERROR: the DOI “10.5555/1.tr” is that of articles/one.md too" in result.output
    checked = run_in_process(["check", "--source", str(publication.source)])
    assert "articles/two.md:2: error: the DOI “10.5555/1.tr” is that of articles/one.md too" in checked.output


def test_a_pattern_makes_a_doi_of_each_version() -> None:
    imprint = {"doi": "10.5555/review", "version_doi": "{doi}.{version}"}
    assert check_imprint(imprint) is None
    assert version_doi(imprint, "10.5555/one", "v1.0") == "10.5555/one.v1.0"
    assert (
        version_doi(imprint, "", "v1.0")
        == version_doi(imprint, "10.5555/one", "")
        == version_doi({}, "10.5", "v")
        == ""
    )
    assert (
        doi_of_version(imprint, "v2") == "10.5555/review.v2"
        and doi_of_version({"doi": "10.5555/r"}, "v2") == "10.5555/r"
    )
    for wrong in ("10.5555/review", "{version}", "{doi}", "{doi} {version}", "{doy}.{version}"):
        assert "“version_doi” makes no DOI" in str(check_imprint({"version_doi": wrong})), wrong
