"""The sample's bound books: where links lead, what the indexes tell, what is attached, what the files say they are."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from pikepdf import NameTree, OutlineItem, Pdf
from pybtex.database import parse_file

from tests.sample.test_sample_pdf import (
    ARTICLES,
    BACKS,
    LANGUAGES,
    calls_and_feet,
    labels_of,
    offprint,
    opening_page,
    openings,
    title_of,
    volume,
)
from tests.support.printed_lines import PrintedLine, printed_lines
from tests.support.publications import ROOT, Publication, in_latin_digits, pdf_pages, text_of

# The articles, and the notice that corrects one of them.
SIGNED = (*ARTICLES, "thirteen-months")
# The days of those that were not published, or not last changed, with the second issue.
DAYS = {"moscow-format": ("2026-11-23", "2026-11-30"), "wakhan-corridor": ("2026-11-23", "2026-11-23")}
SITE = "https://marginalia.example"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
MEDIA_TYPES = {
    "md": "text/markdown",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}


def links(pdf: Pdf) -> Iterator[tuple[str, tuple[float, ...], pikepdf.Object]]:
    """List the links of a file, each with the label of its page and its place there."""
    for page in pdf.pages:
        for link in page.obj.get("/Annots", ()):
            if link.Subtype == "/Link":
                yield str(page.label), tuple(round(float(side), 2) for side in link.Rect), link


def destinations(path: Path) -> dict[str, str]:
    """Map the names of places to the labels of their pages."""
    with pikepdf.open(path) as pdf:
        labels = {page.obj.objgen: str(page.label) for page in pdf.pages}
        return {str(name): labels[place[0].objgen] for name, place in NameTree(pdf.Root.Names.Dests).items()}


def inner(path: Path) -> dict[tuple[str, tuple[float, ...]], str]:
    """Map the links that stay in a file to the label of the page where they lead."""
    places = destinations(path)
    with pikepdf.open(path) as pdf:
        return {(label, area): places[str(link.Dest)] for label, area, link in links(pdf) if "/Dest" in link}


def outer(path: Path) -> dict[tuple[str, tuple[float, ...]], str]:
    """Map the links that leave a file to their addresses."""
    with pikepdf.open(path) as pdf:
        return {(label, area): str(link.A.URI) for label, area, link in links(pdf) if "/A" in link}


def folios(sample: Publication, language: str) -> dict[str, str]:
    """Tell on which folio each text of the volume opens, by its title."""
    path = volume(sample, language)
    pages, labels = pdf_pages(path), labels_of(path)
    return {title: labels[opening_page(pages, title)] for title in openings(sample, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_another_article_leads_there_in_the_volume_and_to_the_site_from_an_offprint(
    sample: Publication, language: str
) -> None:
    opens = folios(sample, language)
    pages = {f"{SITE}/{language}/articles/{name}.html": opens[title_of(sample, language, name)] for name in ARTICLES}
    in_volume = inner(volume(sample, language))
    crossing = 0
    for name in ARTICLES:
        leaving = outer(offprint(sample, language, name))
        for (label, area), address in leaving.items():
            if label and address.split("#")[0] in pages:
                crossing += 1
                assert in_volume[label, area] == pages[address], "the same link on the same page of the volume"
    assert crossing >= 4
    assert not any("/articles/" in address for address in outer(volume(sample, language)).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_leads_nowhere(sample: Publication, language: str) -> None:
    for path in (volume(sample, language), *(offprint(sample, language, name) for name in ARTICLES)):
        with pikepdf.open(path) as pdf:
            assert len(inner(path)) + len(outer(path)) == len({(label, area) for label, area, _ in links(pdf)})
        assert all(re.match(r"(https?|mailto):", address) for address in outer(path).values())
        assert not any(".invalid" in address for address in outer(path).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_and_the_indexes_lead_where_they_tell(sample: Publication, language: str) -> None:
    path, opens = volume(sample, language), folios(sample, language)
    contents = [leads for (label, _), leads in inner(path).items() if label == "v"]
    assert contents == list(opens.values())
    indexes = {opens[title] for title in BACKS[language][2:]}
    with pikepdf.open(path) as pdf:
        told = [(str(link.Contents), str(link.Dest)) for label, _, link in links(pdf) if label in indexes]
    places = destinations(path)
    assert len(told) > 30
    for folio, place in told:
        assert places[place] in in_latin_digits(folio).split("–"), place


@pytest.mark.parametrize("language", LANGUAGES)
def test_bookmarks_are_the_contents_and_the_headings_of_articles(sample: Publication, language: str) -> None:
    path = volume(sample, language)
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        labels = {page.obj.objgen: str(page.label) for page in pdf.pages}
        first, issues, *backs = outline.root
        below = [each for issue in issues.children for each in (issue, *articles_of(issue))]
        texts = [first, *below, *backs]
        found = {item.title: (page_of(item, labels), [child.title for child in item.children]) for item in texts}
    assert issues.title == text_of(sample.page(language, "index").cssselect(".toctree-wrapper .caption")[0])
    assert list(found) == [LANGUAGES[language], *openings(sample, language)]
    for title, folio in folios(sample, language).items():
        assert found[title][0] == folio
    for name in ARTICLES:
        headings = sample.page(language, f"articles/{name}").cssselect("article h2")
        written = [text_of(heading).rstrip("¶").strip() for heading in headings]
        assert [each for each in written if each in found[title_of(sample, language, name)][1]] == found[
            title_of(sample, language, name)
        ][1]
        assert len(found[title_of(sample, language, name)][1]) >= 3


def articles_of(issue: OutlineItem) -> Iterator[OutlineItem]:
    """Yield the articles in the sections of an issue."""
    for section in issue.children:
        yield from section.children


def page_of(item: OutlineItem, labels: dict[tuple[int, int], str]) -> str:
    place = item.destination
    assert isinstance(place, pikepdf.Array)
    return labels[place[0].objgen]


# Texts from right to left: pdftotext reads the words of their indexes in no order; those tests are of the others.
UNREAD = {"fa"}
READ = [language for language in LANGUAGES if language not in UNREAD]


def index_lines(sample: Publication, language: str, title: str) -> list[str]:
    """Read an index column by column, as its lines follow each other, without its title, running heads and folios."""
    command = ["pdftotext", "-raw", str(volume(sample, language)), "-"]
    pages = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")
    heads = ("Marginalia Eurasiatica", *BACKS[language])
    head = re.compile(rf"\d+ ({'|'.join(heads)})|({'|'.join(heads)}) \d+|\d+")
    printed = "\n".join(pages[opening_page(pdf_pages(volume(sample, language)), title) :])
    lines = [line.strip() for line in re.sub("[\u202a-\u202e]", "", printed).splitlines() if line.strip()]
    lines = [line for line in lines if not head.fullmatch(line)]
    # A letter over the second column may stand at the end of a line of the first.
    lines = [part for line in lines for part in re.sub(r"(?<=\d) (\w)$", r"\n\1", line).splitlines()]
    lines = lines[lines.index(title) + 1 :]
    after = [lines.index(other) for other in BACKS[language] if other in lines]
    return lines[: min(after, default=None)]


def entries(sample: Publication, language: str, title: str) -> dict[str, list[str]]:
    """Read an index: its terms in their order, each with all its folios."""
    joined: list[str] = []
    for line in index_lines(sample, language, title):
        if len(line) > 1:
            if (joined and not joined[-1][-1].isdigit()) or line[0].isdigit():
                joined[-1] += f" {line}"
            else:
                joined.append(line)
    found: dict[str, list[str]] = {}
    for entry in joined:
        term, told = re.fullmatch(r"(.+?)((?:, \d+(?:–\d+)?)+)", entry).groups()  # type: ignore[union-attr]
        runs = [re.split("–", run) for run in told.removeprefix(", ").split(", ")]
        found[term] = [str(folio) for run in runs for folio in range(int(run[0]), int(run[-1]) + 1)]
    return found


@cache
def families() -> frozenset[str]:
    """The families, or bodies, that wrote or edited what the sample can cite."""
    listed = parse_file(ROOT / "refs.bib").entries.values()
    people = [person for entry in listed for person in entry.persons.get("author") or entry.persons.get("editor", ())]
    return frozenset(" ".join(person.last_names).strip("{}") for person in people)


def cited(sample: Publication, language: str) -> dict[str, set[int]]:
    """Tell on which folios each family is cited, by the site's notes and where the offprints have these notes."""
    found: dict[str, set[int]] = {}
    for name in ARTICLES:
        path = offprint(sample, language, name)
        _, feet = calls_and_feet(path)
        labels = labels_of(path)
        for note in sample.page(language, f"articles/{name}").cssselect("aside.footnote"):
            number = text_of(note.cssselect(".label")[0]).strip("[]")
            for family in families():
                if family in text_of(note):
                    found.setdefault(family, set()).add(int(labels[feet[number] - 1]))
    return found


LETTERS = {"en": "BEGKMRSUКغ", "tr": "BGKMRŞUКغ", "ru": "КРBGKMRSUغ", "fa": "تغBGKMRSUК"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letters_of_the_index_of_names_are_those_of_the_alphabet(sample: Publication, language: str) -> None:
    """Those of the edition's own script come first."""
    _, _, names, keywords = BACKS[language]
    lines = list(printed_lines(volume(sample, language)))
    first, last = (place_of_title(lines, title) for title in (names, keywords))
    columns: dict[tuple[int, bool], str] = {}
    for line in lines:
        if first < (line.page, line.y) < last and len(line.text) == 1 and line.text.isalpha():
            page = [each for each in lines if each.page == line.page]
            middle = (min(each.left for each in page) + max(each.right for each in page)) / 2
            column = (line.page, (line.left > middle) != (language in UNREAD))
            columns[column] = columns.get(column, "") + line.text
    assert "".join(columns[column] for column in sorted(columns)) == LETTERS[language]


def place_of_title(lines: Sequence[PrintedLine], title: str) -> tuple[int, float]:
    """Find the page and height of a title, which is larger than its entry in the contents and the running heads."""
    found = [line for line in lines if letters_of(line.text) == letters_of(title)]
    largest = max(found, key=lambda line: line.size)
    return largest.page, largest.y


def letters_of(text: str) -> list[str]:
    """List the letters of a text in an order that does not depend on its direction."""
    return sorted(letter for letter in text if letter.isalpha())


@pytest.mark.parametrize("language", READ)
def test_the_index_of_names_has_each_cited_author_and_contributor(sample: Publication, language: str) -> None:
    title = BACKS[language][2]
    found = entries(sample, language, title)
    expected = cited(sample, language)
    assert len(expected) >= 10
    for family, folios in expected.items():
        [term] = [term for term in found if family in term]
        assert found.pop(term) == [str(folio) for folio in sorted(folios)], term
    bylines = {name: text_of(sample.page(language, f"articles/{name}").cssselect(".byline")[0]) for name in SIGNED}
    opens = [folio for each, folio in folios_of_articles(sample, language)]
    # In English a body that signs is filed under its name, not its article.
    byline = bylines[ARTICLES[0]]
    assert found == {f"{byline.removeprefix('The ')}, The" if byline.startswith("The ") else byline: opens}


@pytest.mark.parametrize("language", READ)
def test_the_index_of_keywords_has_each_keyword_of_each_article(sample: Publication, language: str) -> None:
    expected: dict[str, list[str]] = {}
    for name, folio in folios_of_articles(sample, language):
        for keyword in sample.page(language, f"articles/{name}").cssselect(".keywords li"):
            expected.setdefault(text_of(keyword), []).append(folio)
    assert len(expected) > 10
    assert entries(sample, language, BACKS[language][3]) == expected


def folios_of_articles(sample: Publication, language: str) -> list[tuple[str, str]]:
    opens = folios(sample, language)
    return [(name, opens[title_of(sample, language, name)]) for name in SIGNED]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_and_records_are_attached(sample: Publication, language: str) -> None:
    attached = {path: attachments(path) for path in (volume(sample, language), offprint(sample, language, "footnote"))}
    expected = {
        f"{name}.{ending}": (
            (sample.source / f"articles/{name}.md").read_bytes()
            if ending == "md"
            else (sample.build / f"html/{language}/articles/{name}.{ending}").read_bytes(),
            "/Source" if ending == "md" else "/Data",
            MEDIA_TYPES[ending],
        )
        for name in SIGNED
        for ending in MEDIA_TYPES
    }
    assert attached[volume(sample, language)] == expected
    own = {name: facts for name, facts in expected.items() if name.startswith("footnote.")}
    assert attached[offprint(sample, language, "footnote")] == own
    assert json.loads(own["footnote.json"][0])


def attachments(path: Path) -> dict[str, tuple[bytes, str, str]]:
    """List the files that belong to a PDF: content, relationship and media type."""
    with pikepdf.open(path) as pdf:
        belonging = {str(each.UF) for each in pdf.Root.AF}
        assert belonging == set(pdf.attachments)
        files = {name: pdf.attachments[name] for name in belonging}
        return {
            name: (file.get_file().read_bytes(), str(file.obj.AFRelationship), str(file.get_file().mime_type))
            for name, file in files.items()
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_say_what_they_are(sample: Publication, language: str) -> None:
    by = text_of(sample.page(language, "articles/footnote").cssselect(".byline")[0])
    for path, title in (
        (volume(sample, language), "Marginalia Eurasiatica"),
        *((offprint(sample, language, name), title_of(sample, language, name)) for name in ARTICLES),
    ):
        created, modified = DAYS.get(path.stem, ("2026-11-30", "2026-11-30"))
        with pikepdf.open(path) as pdf:
            packet = etree.fromstring(pdf.Root.Metadata.read_bytes())
            assert str(pdf.Root.Lang) == language
            assert str(pdf.docinfo["/Title"]) == title
        said = {
            name: packet.xpath(f"//{where}/text()", namespaces=NAMESPACES)
            for name, where in {
                "title": "dc:title//rdf:li",
                "by": "dc:creator//rdf:li",
                "language": "dc:language//rdf:li",
                "created": "xmp:CreateDate",
                "modified": "xmp:ModifyDate",
                "archive": "pdfaid:part",
                "level": "pdfaid:conformance",
                "access": "pdfuaid:part",
            }.items()
        }
        assert said == {
            "title": [title] * 2,
            "by": [by],
            "language": [language],
            "created": [f"{created}T00:00:00+00:00"],
            "modified": [f"{modified}T00:00:00+00:00"],
            "archive": ["3"],
            "level": ["A"],
            "access": ["1"],
        }
