"""Write an article's record for InvenioRDM, the software of Zenodo, in the JSON of its REST API."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fleuron.metadata.identifiers import (
    absolute_address,
    is_isbn,
    orcid_address,
    ror_address,
    spdx_identifier,
    valid_doi,
)
from fleuron.metadata.language_codes import alpha_3
from fleuron.metadata.plain_text import distinct, one_line, without_empty
from fleuron.metadata.related_articles import DATACITE_RELATIONS, identified_articles
from fleuron.metadata.related_editions import RelatedEdition, original_of, other_editions, translations_of
from fleuron.metadata.work import Copy, Person, Work

Record = dict[str, Any]
ARTICLE = {"id": "publication-article"}
# InvenioRDM refuses a further title or description that has fewer characters.
SHORTEST = 3


def inveniordm(work: Work, editions: Sequence[Work] = ()) -> str:
    """Write an article's record; what has no value is left out, though a repository may demand it.

    ``editions`` may hold the records of the other editions: their DOIs, titles and abstracts are then included.
    """
    doi = valid_doi(work.doi)
    record = without_empty(
        {
            "access": {"record": "public", "files": "public"},
            "files": {"enabled": True},
            # The article's own DOI, so that the repository does not assign another.
            "pids": {"doi": {"identifier": doi, "provider": "external"}} if doi else {},
            "metadata": metadata(work, editions),
            "custom_fields": journal(work),
        }
    )
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def metadata(work: Work, editions: Sequence[Work]) -> Record:
    address = absolute_address(work.address)
    return without_empty(
        {
            "resource_type": ARTICLE,
            "creators": [creator(author) for author in work.creators],
            "contributors": list(contributors(work)),
            "title": work.title,
            "additional_titles": list(additional_titles(work, editions)),
            "publication_date": work.date.isoformat() if work.date else "",
            "publisher": work.publisher,
            "version": work.version,
            "description": as_html(work.abstract),
            "additional_descriptions": list(additional_descriptions(work, editions)),
            "languages": language(work.language),
            "subjects": [{"subject": keyword} for keyword in distinct(work.keywords)],
            "rights": rights(work),
            "identifiers": [{"identifier": address, "scheme": "url"}] if address else [],
            "dates": list(dates(work)),
            "related_identifiers": once(related_identifiers(work, editions)),
            "references": [{"reference": text} for text in distinct(each.wording for each in work.references)],
            "funding": list(funding(work)),
            "copyright": work.copyright,
            "sizes": distinct(f"{copy.size} bytes" for copy in web_copies(work) if copy.size is not None),
            "formats": distinct(copy.media_type for copy in web_copies(work)),
        }
    )


def contributors(work: Work) -> Iterator[Record]:
    """Yield translators, editors and reviewers; the vocabulary of roles has none for the first and the last."""
    for role, people in (("other", work.translated_by), ("editor", work.edited_by), ("other", work.reviewed_by)):
        yield from (creator(each) | {"role": {"id": role}} for each in people if one_line(each.name))


def dates(work: Work) -> Iterator[Record]:
    """Yield the dates beside that of publication, by the vocabulary's types."""
    given = [("submitted", work.received), ("accepted", work.accepted), ("updated", work.updated)]
    given.append(("withdrawn", work.withdrawn.date if work.withdrawn else None))
    yield from ({"date": day.isoformat(), "type": {"id": kind}} for kind, day in given if day)


def as_html(text: str) -> str:
    """Return a text as HTML, as which InvenioRDM reads descriptions."""
    return html.escape(one_line(text), quote=False)


def language(tag: str) -> list[Record]:
    """Name a language by ISO 639-3, as the vocabulary of languages does."""
    return [{"id": alpha_3(tag)}] if alpha_3(tag) else []


def in_language(tag: str) -> Record:
    return {"lang": {"id": alpha_3(tag)}} if alpha_3(tag) else {}


def creator(author: Person) -> Record:
    """Describe an author; a person must have a family name, so a name that is not split is taken for that."""
    if author.is_organization:
        named = {"type": "organizational", "name": author.name}
    else:
        family = author.family if author.given else ""
        named = {"type": "personal", "given_name": author.given, "family_name": family or author.name}
    orcid = orcid_address(author.orcid).rpartition("/")[2]
    return without_empty(
        {
            "person_or_org": without_empty(
                named | {"identifiers": [{"scheme": "orcid", "identifier": orcid}] if orcid else []}
            ),
            "affiliations": [{"name": one_line(each.name)} for each in author.named_affiliations],
        }
    )


def additional_titles(work: Work, editions: Sequence[Work]) -> Iterator[Record]:
    """Yield the subtitle, and the titles of the other editions."""
    if len(one_line(work.subtitle)) >= SHORTEST:
        yield {"title": one_line(work.subtitle), "type": {"id": "subtitle"}} | in_language(work.language)
    for other in other_editions(work, editions):
        if other.work and len(other.work.full_title) >= SHORTEST:
            kind = "translated-title" if work.is_original else "alternative-title"
            yield {"title": other.work.full_title, "type": {"id": kind}} | in_language(other.language)


def additional_descriptions(work: Work, editions: Sequence[Work]) -> Iterator[Record]:
    """Yield the abstracts of the other editions, what was changed, and why the article was withdrawn."""
    notes = [f"{change.date}: {change.text}" for change in work.changes]
    for note in [*notes, *([work.withdrawn.reason] if work.withdrawn else [])]:
        yield {"description": as_html(note), "type": {"id": "other"}} | in_language(work.language)
    for other in other_editions(work, editions):
        if other.work and len(one_line(other.work.abstract)) >= SHORTEST:
            description = {"description": as_html(other.work.abstract), "type": {"id": "abstract"}}
            yield description | in_language(other.language)


def rights(work: Work) -> list[Record]:
    """Return the licence: one of Creative Commons by the vocabulary's identifier, any other by its name."""
    if not work.licence:
        return []
    identifier = spdx_identifier(work.licence)
    if identifier.startswith("CC-BY") or identifier == "CC0-1.0":
        return [{"id": identifier.lower()}]
    name = one_line(work.licence.name)
    return [without_empty({"title": {"en": name} if name else {}, "link": absolute_address(work.licence.address)})]


def related_identifiers(work: Work, editions: Sequence[Work]) -> Iterator[Record]:
    """Link the other editions, the notices, and the review.

    The relations of translations came with InvenioRDM's vocabulary for DataCite 4.6; a repository whose vocabulary
    is older refuses them.
    """
    if source := original_of(work, editions):
        yield relation("istranslationof", source) | {"resource_type": ARTICLE}
    for translation in translations_of(work, editions):
        yield relation("hastranslation", translation) | {"resource_type": ARTICLE}
    for reviewed in work.reviewed:
        if doi := valid_doi(reviewed.doi):
            yield {"identifier": doi, "scheme": "doi", "relation_type": {"id": "reviews"}}
        elif is_isbn(reviewed.isbn):
            yield {"identifier": reviewed.isbn, "scheme": "isbn", "relation_type": {"id": "reviews"}}
    for other in identified_articles(work):
        kind = DATACITE_RELATIONS[other.related.relation].lower()
        yield relation(kind, RelatedEdition(work.language, other.doi, other.address)) | {"resource_type": ARTICLE}
    for doi in distinct(reference.doi for reference in work.references):
        yield relation("references", RelatedEdition("", doi))
    if address := absolute_address(work.publication_address):
        journal = {"resource_type": {"id": "publication-journal"}}
        yield {"identifier": address, "scheme": "url", "relation_type": {"id": "ispublishedin"}} | journal


def once(identifiers: Iterable[Record]) -> list[Record]:
    """Return each related identifier once: what an article comments on may be among what it cites."""
    kept = {(each["identifier"], each["relation_type"]["id"]): each for each in identifiers}
    return list(kept.values())


def funding(work: Work) -> Iterator[Record]:
    """Yield the funders, one for each of their grants; one that is registered goes by its ROR identifier."""
    for funder in work.funding.funders:
        named = {"id": funder.ror} if ror_address(funder.ror) else {"name": one_line(funder.name)}
        for grant in funder.grants or ("",):
            award = {"number": grant, "title": {"en": grant}}
            yield {"funder": named} | ({"award": award} if grant else {})


def relation(kind: str, other: RelatedEdition) -> Record:
    scheme = "doi" if other.doi else "url"
    return {"identifier": other.doi or other.address, "scheme": scheme, "relation_type": {"id": kind}}


def web_copies(work: Work) -> list[Copy]:
    return [copy for copy in work.own_copies if absolute_address(copy.address)]


def journal(work: Work) -> Record:
    """Return the review in the field that Zenodo has for journals."""
    title = one_line(work.publication)
    pages = work.pages.joined("-") or work.elocation_id
    place = {"title": title, "volume": work.volume, "issue": work.issue, "pages": pages, "issn": work.issn}
    return {"journal:journal": without_empty(place)} if title else {}
