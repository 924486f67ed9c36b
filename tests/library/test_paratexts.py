"""The genre of an article, what it reviews, and the people and means behind it: shown, and in every record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from fleuron.diagnostics import Diagnostic
from fleuron.library.record_files import works_from_json, works_to_json
from fleuron.metadata.page_head.schema_org import scholarly_article
from fleuron.publication.article import read_article
from fleuron.publication.front_matter import read_front_matter
from fleuron.publication.values.contributions import as_roles
from fleuron.publication.values.genres import GENRES, as_genre
from fleuron.publication.values.organizations import Affiliation, Funder, as_affiliations, as_funding, as_ror
from fleuron.publication.values.plain_values import BadValueError
from tests.library.conftest import Judge
from tests.library.test_datacite import faults
from tests.support.epub_books import part, parts
from tests.support.publications import SMALL, Publication, pdf_pages, text_of

CONF = (
    'project = "Small"\nauthor = "A. Author"\nextensions = ["fleuron"]\nfleuron_languages = ["en", "fa"]\n'
    'html_baseurl = "https://small.example/"\nfleuron_epub_fonts = False\nfleuron_edition_threshold = 0\n'
    'fleuron_imprint = {"issn": "2049-3630", "email": "doi@small.example"}\n'
)
ADA = """---
name: Ada Lovelace
affiliation:
  - {name: California Institute of Technology, ror: https://ror.org/05dxps055}
  - Institute of Engines
---
Ada writes.
"""
REVIEW = """---
genre: review
authors: [ada]
date: 2026-09-15
doi: 10.5555/r
license: CC-BY-4.0
reviews:
  - halvorsen2024
  - "Aslı Demirtaş. *Kulağın Tarihi*. İstanbul, 2023."
roles: {ada: [conceptualization, Writing – original draft]}
edited-by: [Olga Kuznetsova]
reviewed-by: [Jane Doe]
funding:
  - {funder: European Research Council, ror: 0472cxd90, grant: ["101", "102"]}
  - {funder: Another Fund, doi: 10.13039/501100004410}
acknowledgements: |
  We thank the *archivists*.

  Mistakes are ours.
competing-interests: She declares none.
copyright: Ada Lovelace
---

# Louder

The text.
"""
BOOK = """@book{halvorsen2024, author = {Halvorsen, Ingrid}, title = {The Listening Empire}, address = {New York},
  publisher = {Columbia}, year = 2024, pagetotal = {xiv + 412}, isbn = {978-0-231-14158-1}}
"""
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "We thank the *archivists*."
msgstr "از *بایگانان* سپاسگزاریم."
"""
FILES = {
    **SMALL,
    "conf.py": CONF,
    "refs.bib": BOOK,
    "authors/ada.md": ADA,
    "articles/one.md": REVIEW,
    "locale/fa/LC_MESSAGES/articles/one.po": CATALOGUE,
}


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    publication = Publication(tmp_path_factory.mktemp("paratexts") / "source")
    for name, text in FILES.items():
        publication.write(name, text)
    result = publication.publish("pdf", "epub", "records", "html", options="-W")
    assert result.code == 0 and "WARNING" not in result.output, result.output
    return publication


def lines_of(publication: Publication, language: str, name: str) -> list[str]:
    """Return the texts of the paragraphs in the blocks of a class on the article's page."""
    page = publication.page(language, "articles/one")
    return [text_of(each) for each in page.xpath(f"//article//*[contains(concat(' ', @class, ' '), ' {name} ')]//p")]


def test_the_genre_stands_above_the_title(journal: Publication) -> None:
    for language, word in (("en", "Review"), ("fa", "نقد و بررسی")):
        page = journal.page(language, "articles/one")
        (line,) = page.xpath("//p[@class='genre']")
        assert (text_of(line), line.getnext().tag) == (word, "h1")


def test_reviewed_works_are_worded_in_the_style_or_as_they_are_written(journal: Publication) -> None:
    book, written = lines_of(journal, "en", "reviewed")
    assert book.startswith("Halvorsen, Ingrid") and book.endswith("2024. xiv + 412 pp. ISBN 978-0-231-14158-1.")
    assert written == "Aslı Demirtaş. Kulağın Tarihi. İstanbul, 2023."
    assert "xiv + 412 ص." in lines_of(journal, "fa", "reviewed")[0]


def test_people_and_means_stand_at_the_end_in_the_language_of_the_edition(journal: Publication) -> None:
    assert lines_of(journal, "en", "article-notes") == [
        *("Acknowledgements", "We thank the archivists.", "Mistakes are ours."),
        *("Funding", "European Research Council (101, 102), Another Fund"),
        *("Author contributions", "Ada Lovelace: Conceptualization, Writing – original draft"),
        *("Competing interests", "She declares none."),
        *("Edited by Olga Kuznetsova", "Reviewed by Jane Doe", "© 2026 Ada Lovelace · CC BY 4.0"),
    ]
    assert lines_of(journal, "fa", "article-notes")[:2] == ["سپاسگزاری", "از بایگانان سپاسگزاریم."]
    page = journal.page("en", "articles/one")
    assert page.xpath("//*[contains(@class, 'funding')]//a/@href") == [
        *("https://ror.org/0472cxd90", "https://doi.org/10.13039/501100004410"),
    ]
    assert page.xpath("//p[contains(@class, 'affiliation')]/a/@href") == ["https://ror.org/05dxps055"]


def test_books_have_them_too(journal: Publication) -> None:
    printed = " ".join(" ".join(pdf_pages(journal.build / "pdf/en/one.pdf")).split())
    (epub,) = (journal.build / "epub").glob("*-en.epub")
    (read,) = (text_of(part(epub, name)) for name in parts(epub) if name.endswith("articles/one.xhtml"))
    for text in ("Aslı Demirtaş", "xiv + 412 pp.", "Mistakes are ours.", "Another Fund", "Reviewed by Jane Doe"):
        assert text in printed and text in read


@pytest.fixture(scope="module")
def records(journal: Publication) -> Path:
    return journal.build / "records"


def test_jats_has_them_in_its_front_and_is_valid(records: Path, judge: Judge) -> None:
    article = etree.parse(records / "en/one.jats.xml").getroot()
    judge(article)
    assert article.get("article-type") == "book-review"
    meta = article.find("front/article-meta")
    assert meta is not None
    assert meta.findtext("article-categories/subj-group/subject") == "Review"
    assert [each.text for each in meta.iterfind("aff//institution-id")] == ["https://ror.org/05dxps055"]
    assert len(meta.findall("contrib-group/contrib/xref[@ref-type='aff']")) == 2
    role = meta.find("contrib-group/contrib/role")
    assert role is not None and role.get("content-type") == (
        "https://credit.niso.org/contributor-roles/conceptualization/"
    )
    kinds = [each.get("contrib-type") for each in meta.iterfind("contrib-group/contrib")]
    assert kinds == ["author", "editor", "reviewer"]
    book, other = meta.iterfind("product")
    assert (book.findtext("source"), book.findtext("isbn")) == ("The Listening Empire", "978-0-231-14158-1")
    assert (other.text or "").startswith("Aslı Demirtaş")
    assert [each.text for each in meta.iterfind("funding-group/award-group/award-id")] == ["101", "102"]
    assert meta.findtext("author-notes/fn[@fn-type='conflict']/p") == "She declares none."
    assert meta.findtext("permissions/copyright-holder") == "Ada Lovelace"
    assert [text_of(each) for each in article.iterfind("back/ack/*")] == [
        *("Acknowledgements", "We thank the archivists.", "Mistakes are ours."),
    ]
    body = article.find("body")
    assert body is not None and "Mistakes" not in text_of(body)
    judge(etree.parse(records / "fa/one.jats.xml").getroot())


def test_registries_get_them(records: Path) -> None:
    deposit = etree.parse(records / "one.crossref.xml").getroot()
    article = deposit.find(".//{*}journal_article")
    assert article is not None
    # The sequence of Crossref's schema: funding before the terms of access, and these before relations.
    names = [etree.QName(each).namespace for each in article if etree.QName(each).localname == "program"]
    assert [str(name).rpartition("/")[2] for name in names] == ["fundref.xsd", "AccessIndicators.xsd", "relations.xsd"]
    said = [(each.get("name"), (each.text or "").strip()) for each in deposit.iterfind(".//{*}assertion")]
    assert said == [
        *(("fundgroup", ""), ("ror", "https://ror.org/0472cxd90"), ("award_number", "101"), ("award_number", "102")),
        *(("fundgroup", ""), ("funder_name", "Another Fund")),
        ("funder_identifier", "https://doi.org/10.13039/501100004410"),
    ]
    assert deposit.findtext(".//{*}institution_id") == "https://ror.org/05dxps055"
    assert deposit.findtext(".//{*}inter_work_relation[@relationship-type='isReviewOf']") == "978-0-231-14158-1"
    record = json.loads((records / "en/one.datacite.json").read_text("utf-8"))
    assert faults(record) == []
    assert [each["awardNumber"] for each in record["fundingReferences"] if "awardNumber" in each] == ["101", "102"]
    assert record["creators"][0]["affiliation"][0]["affiliationIdentifier"] == "https://ror.org/05dxps055"
    assert [each["contributorType"] for each in record["contributors"]] == ["Editor", "Other"]
    assert "Reviews" in [each["relationType"] for each in record["relatedIdentifiers"]]
    marc = etree.parse(records / "en/one.marc.xml").getroot()
    tags = [str(each.get("tag")) for each in marc.iter("{*}datafield")]
    assert tags == sorted(tags) and {"536", "542", "655", "787"} <= set(tags)


def test_the_works_of_an_edition_are_read_back_as_they_were(journal: Publication) -> None:
    text = (journal.build / "editions/en/records/works.json").read_text("utf-8")
    (work,) = works_from_json(text)
    assert works_to_json([work]) == text
    record = scholarly_article(work)
    assert record["@type"] == ["ScholarlyArticle", "Review"]
    assert [each["name"] for each in record["itemReviewed"]] == [
        *("The Listening Empire", "Aslı Demirtaş. Kulağın Tarihi. İstanbul, 2023."),
    ]
    assert [each.get("roleName") for each in record["contributor"]] == [
        *("Conceptualization", "Writing – original draft", "Reviewer"),
    ]


def test_identifiers_are_checked_by_their_digits() -> None:
    assert as_ror("https://ror.org/05DXPS055") == as_ror("05dxps055") == "05dxps055"
    assert as_affiliations(["A", {"name": "B", "ror": "03yrm5c26"}]) == (
        Affiliation("A"),
        Affiliation("B", "03yrm5c26"),
    )
    assert as_funding({"funder": "F", "grant": 7}).funders == (Funder("F", grants=("7",)),)
    for wrong in ("05dxps056", "15dxps055", "05ixps055", ""):
        with pytest.raises(BadValueError):
            as_ror(wrong)
    with pytest.raises(BadValueError, match="entries without “rorr”; did you mean “ror”"):
        as_affiliations({"name": "B", "rorr": "03yrm5c26"})


def test_an_unknown_genre_and_role_get_the_nearest_name() -> None:
    assert as_genre("Review essay") == "review-essay" and set(GENRES) == {as_genre(name) for name in GENRES}
    with pytest.raises(BadValueError, match="did you mean “interview”"):
        as_genre("intervew")
    with pytest.raises(BadValueError, match="did you mean “software”"):
        as_roles({"ada": "sofware"})
    front_matter = read_front_matter("---\nauthors: [ada]\nroles: {adda: [software]}\nedited-by: [bobb]\n---\n")
    article, findings = read_article(front_matter, ["ada", "bob"])
    assert [each.diagnostic for each in findings] == [Diagnostic.UNKNOWN_TRANSLATOR, Diagnostic.BAD_VALUE]
    assert article.edited_by == ("bobb",)


def test_a_review_of_an_unknown_source_is_told(tmp_path: Path) -> None:
    publication = Publication(tmp_path / "source")
    for name, text in FILES.items():
        publication.write(name, text.replace("- halvorsen2024", "- halvorsen2042"))
    result = publication.publish("html", languages="en")
    assert "articles/one.md:7" in result.output and "halvorsen2024”?" in result.output, result.output
