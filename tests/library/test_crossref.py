"""Deposits with Crossref, parsed; the order of elements is that of its schema 5.3.1."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from fleuron.metadata.deposits.crossref import Deposit, crossref
from fleuron.metadata.work import Work, person
from fleuron.publication.values.organizations import Affiliation
from tests.support.article_works import (
    ADA,
    BARE,
    BASE,
    DESK,
    HOSTILE,
    IN_TURKISH,
    OWN_PDF,
    PAGE,
    RUSSIAN,
    TAMED,
    TURKISH,
    WHOLE,
)
from tests.support.library_articles import FROM_PERSIAN, IN_PERSIAN, OWN_EPUB, PERSIAN, SLY, is_clean, leads_astray

SPACES = {
    "": "http://www.crossref.org/schema/5.3.1",
    "j": "http://www.ncbi.nlm.nih.gov/JATS1",
    "a": "http://www.crossref.org/AccessIndicators.xsd",
    "r": "http://www.crossref.org/relations.xsd",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = datetime.datetime(2026, 11, 4, 9, 5, 6)
PRESS = Deposit("The <Press>", "press@example.org", "The Press & Co", MOMENT)
JOURNAL = replace(PRESS, issn="2049-3630")
DELTA = replace(WHOLE, doi="10.5555/delta", copies=(*WHOLE.copies, OWN_EPUB))
DELTA_TR = replace(IN_TURKISH, doi="10.5555/delta.tr")
BAD = replace(HOSTILE, doi="10.5555/evil]]>&", address=f"{BASE}/evil.html?a=1&b=2", date=WHOLE.date)


def read(works: list[Work], deposit: Deposit = JOURNAL) -> etree._Element:
    """Parse a deposit, and check what all have in common."""
    written = crossref(works, deposit)
    assert written.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<doi_batch ")
    root = etree.fromstring(written)
    assert root.get("version") == "5.3.1"
    for element in root.iter():
        texts = [element.text, *element.attrib.values()]
        assert len(element) or (element.text or "").strip() or str(element.tag).endswith("}free_to_read")
        assert all(is_clean(text.strip()) and not leads_astray(text) for text in texts if text)
    return root


def names(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def text(element: etree._Element, path: str) -> str:
    return element.findtext(path, "", SPACES)


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.iterfind(path, SPACES)]


def one(element: etree._Element, path: str) -> etree._Element:
    (found,) = element.iterfind(path, SPACES)
    return found


def test_a_deposit_says_who_makes_it_and_when() -> None:
    head = one(read([DELTA]), "head")
    assert names(head) == ["doi_batch_id", "timestamp", "depositor", "registrant"]
    assert text(head, "timestamp") == "20261104090506"
    assert texts(head, "depositor/*") == ["The <Press>", "press@example.org"]
    assert text(head, "registrant") == "The Press & Co"


def test_a_batch_id_depends_on_the_dois_and_the_moment() -> None:
    later = replace(JOURNAL, moment=MOMENT + datetime.timedelta(seconds=1))
    batches = [
        text(read(works, deposit), "head/doi_batch_id")
        for works, deposit in (([DELTA], JOURNAL), ([DELTA], JOURNAL), ([DELTA], later), ([DELTA_TR], JOURNAL))
    ]
    assert batches[0] == batches[1]
    assert len(set(batches)) == 3
    assert crossref([DELTA], JOURNAL) == crossref([replace(DELTA)], JOURNAL)


def test_an_article_of_a_journal_is_described() -> None:
    journal = one(read([DELTA]), "body/journal")
    assert names(journal) == ["journal_metadata", "journal_article"]
    about = one(journal, "journal_metadata")
    assert attributes(about) == {"language": "en"}
    assert [(child.text, attributes(child)) for child in about] == [
        ("Marginalia", {}),
        ("2049-3630", {"media_type": "electronic"}),
    ]
    article = one(journal, "journal_article")
    assert attributes(article) == {"publication_type": "full_text", "language": "en"}
    assert names(article) == [
        "titles",
        "contributors",
        "abstract",
        "publication_date",
        "program",
        "program",
        "doi_data",
    ]
    assert [(name, child.text) for name, child in zip(names(article[0]), article[0], strict=True)] == [
        ("title", "The Delta"),
        ("subtitle", "A river’s end"),
    ]
    abstract = one(article, "j:abstract")
    assert abstract.get(LANG) == "en"
    assert texts(abstract, "j:p") == ["What the river leaves behind. And what it takes."]
    date = one(article, "publication_date")
    assert date.get("media_type") == "online"
    assert [(name, child.text) for name, child in zip(names(date), date, strict=True)] == [
        ("month", "11"),
        ("day", "03"),
        ("year", "2026"),
    ]


def test_contributors_are_persons_or_organizations_in_their_order() -> None:
    contributors = one(read([DELTA]), ".//contributors")
    ada, desk = contributors
    assert names(contributors) == ["person_name", "organization"]
    assert attributes(ada) == {"sequence": "first", "contributor_role": "author"}
    assert names(ada) == ["given_name", "surname", "affiliations", "ORCID"]
    assert (text(ada, "given_name"), text(ada, "surname")) == ("Ada", "van der Lovelace")
    assert text(ada, "affiliations/institution/institution_name") == "University of Somewhere"
    orcid = one(ada, "ORCID")
    assert (orcid.text, orcid.get("authenticated")) == ("https://orcid.org/0000-0002-1825-0097", "false")
    assert (desk.text, attributes(desk)) == (
        "The Editors, a Desk",
        {"sequence": "additional", "contributor_role": "author"},
    )


def test_a_name_matches_the_schemas_pattern() -> None:
    crowd = (person("???"), person("Colette"), person("Jo " + "Q" * 90), person("A. 2 B. 3 C"))
    contributors = one(read([replace(DELTA, authors=crowd)]), ".//contributors")
    assert [texts(each, "*") for each in contributors] == [["Colette"], ["Jo", "Q" * 59 + "…"], ["C"]]
    assert [each.get("sequence") for each in contributors] == ["first", "additional", "additional"]
    assert "contributors" not in names(one(read([replace(DELTA, authors=crowd[:1])]), ".//journal_article"))


def test_blank_values_are_left_out() -> None:
    blank: dict[str, Any] = {"title": " ", "subtitle": "\x00", "abstract": " ", "publisher": " "}
    ada = replace(ADA, affiliations=(Affiliation(" \x00"),))
    original = replace(DELTA, **blank)
    translation = replace(DELTA_TR, **(blank | {"title": "x"}), authors=(ada,), translators=())
    posted = one(read([original, translation], PRESS), "body/posted_content")
    assert names(posted) == ["contributors", "titles", "posted_date", "program", "program", "doi_data"]
    assert names(one(posted, "titles")) == ["title"]
    assert "affiliations" not in names(one(posted, "contributors/person_name"))
    titles = one(read([replace(DELTA, address="", subtitle=" "), DELTA_TR], PRESS), ".//titles")
    assert names(titles) == ["title", "subtitle", "original_language_title"]


def test_an_organisation_has_any_name_and_no_text_is_longer_than_the_schema_allows() -> None:
    body = person("2? " + "x" * 600, is_organization=True, affiliations=(Affiliation("z" * 2000),))
    ada = replace(ADA, affiliations=(Affiliation("y" * 2000),))
    posted = one(read([replace(DELTA, authors=(body, ada), publisher="p" * 2000)], PRESS), ".//posted_content")
    assert len(text(posted, "contributors/organization")) <= 511
    assert len(text(posted, ".//affiliations/institution/institution_name")) == 1024
    assert len(text(posted, "institution/institution_name")) == 1024
    journal = read([replace(DELTA, publication="p" * 300)])
    assert len(text(journal, ".//full_title")) == 255


def test_access_and_licence_are_given() -> None:
    access = one(read([DELTA]), ".//a:program")
    assert access.get("name") == "AccessIndicators"
    assert names(access) == ["free_to_read", "license_ref"]
    licence = one(access, "a:license_ref")
    assert (licence.text, licence.get("applies_to")) == ("https://creativecommons.org/licenses/by/4.0/", "vor")
    assert names(one(read([replace(DELTA, licence=None)]), ".//a:program")) == ["free_to_read"]


def test_a_doi_resolves_to_the_page_and_text_mining_to_the_files() -> None:
    data = one(read([DELTA]), ".//doi_data")
    assert names(data) == ["doi", "resource", "collection"]
    assert (text(data, "doi"), text(data, "resource")) == ("10.5555/delta", PAGE)
    assert one(data, "collection").get("property") == "text-mining"
    resources = data.iterfind("collection/item/resource", SPACES)
    assert [(each.text, each.get("mime_type")) for each in resources] == [
        (OWN_PDF.address, "application/pdf"),
        (OWN_EPUB.address, "application/epub+zip"),
    ]
    assert names(one(read([replace(DELTA, copies=())]), ".//doi_data")) == ["doi", "resource"]


def related(article: etree._Element) -> list[tuple[str | None, str | None, str | None]]:
    found = article.iterfind("r:program/r:related_item/r:intra_work_relation", SPACES)
    return [(each.get("relationship-type"), each.get("identifier-type"), each.text) for each in found]


def test_editions_with_different_dois_link_each_other() -> None:
    original, translation = read([DELTA, DELTA_TR]).iterfind(".//journal_article", SPACES)
    assert related(original) == [
        ("hasTranslation", "doi", "10.5555/delta.tr"),
        ("hasTranslation", "uri", RUSSIAN.address),
    ]
    assert related(translation) == [("isTranslationOf", "doi", "10.5555/delta")]
    titles = one(translation, "titles")
    assert names(titles) == ["title", "subtitle", "original_language_title", "subtitle"]
    assert (titles[2].text, titles[2].get("language"), titles[3].text) == ("The Delta", "en", "A river’s end")
    assert translation.get("language") == "tr"


def test_a_doi_that_editions_share_is_deposited_with_the_original() -> None:
    articles = list(read([IN_TURKISH, replace(WHOLE, doi=WHOLE.doi.upper())]).iterfind(".//journal_article", SPACES))
    assert [article.get("language") for article in articles] == ["en"]
    assert related(articles[0])[0] == ("hasTranslation", "uri", TURKISH.address)


def test_without_an_issn_an_article_is_posted_content() -> None:
    for deposit in (PRESS, replace(PRESS, issn="2049-36")):
        posted = one(read([FROM_PERSIAN], deposit), "body/posted_content")
        assert attributes(posted) == {"type": "other", "language": "ru"}
        assert names(posted) == [
            "contributors",
            "titles",
            "posted_date",
            "institution",
            "abstract",
            "program",
            "program",
            "doi_data",
        ]
        assert text(posted, "institution/institution_name") == "The Press"
        assert related(posted) == [("isTranslationOf", "uri", PERSIAN.address)]


def test_names_and_titles_keep_their_script() -> None:
    posted = one(read([IN_PERSIAN, FROM_PERSIAN], PRESS), "body/posted_content[@language='ru']")
    assert text(posted, "titles/original_language_title") == "دلتای رود"
    assert text(posted, "contributors/person_name/surname") == "Толстой"


@pytest.mark.parametrize(
    "work",
    [
        BARE,
        replace(DELTA, doi=""),
        replace(DELTA, doi="10.5555/" + "x" * 201),
        replace(DELTA, doi="doi:10.5555/x"),
        replace(DELTA, address=""),
        replace(DELTA, date=None),
        replace(DELTA, title=" \x00"),
        HOSTILE,
        SLY,
    ],
)
def test_what_cannot_be_deposited_is_left_out(work: Work) -> None:
    assert crossref([work], JOURNAL) == b""
    assert texts(read([work, DELTA]), ".//doi_data/doi") == [DELTA.doi]


def test_a_language_that_the_schema_does_not_list_is_left_out() -> None:
    for language, code in (("pt-BR", "pt"), ("zu", None), ("ota", None)):
        assert one(read([replace(DELTA, language=language)]), ".//journal_article").get("language") == code


def test_a_hostile_article_stays_text() -> None:
    article = one(read([BAD], replace(PRESS, depositor=TAMED)), "body/posted_content")
    assert text(article, "titles/title") == text(article, "j:abstract/j:p") == TAMED
    assert text(article, "contributors/organization") == TAMED
    assert (text(article, "doi_data/doi"), text(article, "doi_data/resource")) == (BAD.doi, BAD.address)
    assert names(one(article, "a:program")) == ["free_to_read"]
    assert not related(article)
    surname = text(article, "contributors/person_name/surname")
    assert len(surname) <= 60
    assert surname.endswith("…")
    # An invalid ORCID iD is left out.
    assert not texts(article, ".//ORCID")


def test_an_organisation_can_be_the_first_author() -> None:
    contributors = one(read([replace(DELTA, authors=(DESK, ADA))]), ".//contributors")
    assert names(contributors) == ["organization", "person_name"]
    assert contributors[0].get("sequence") == "first"


def test_the_journal_has_the_title_that_the_original_gives() -> None:
    for works in ([FROM_PERSIAN, IN_PERSIAN], [replace(IN_PERSIAN, publication="", doi="10.5555/x"), IN_PERSIAN]):
        about = one(read(works), ".//journal_metadata")
        assert (text(about, "full_title"), about.get("language")) == ("حاشیه‌ها", "fa")
