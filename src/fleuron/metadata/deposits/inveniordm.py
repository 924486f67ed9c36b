"""An article as a record of InvenioRDM, the software of Zenodo, in the JSON of its REST API."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fleuron.metadata.identifiers import registered, spdx_identifier
from fleuron.metadata.language_codes import alpha_3
from fleuron.metadata.plain_text import folded
from fleuron.metadata.related_editions import Relative, original, others, translations
from fleuron.metadata.web_addresses import absolute, orcid_address
from fleuron.metadata.work import Copy, Person, Work

Record = dict[str, Any]
ARTICLE = {"id": "publication-article"}
# InvenioRDM refuses a further title or description that has fewer characters.
SHORTEST = 3


def inveniordm(work: Work, editions: Sequence[Work] = ()) -> str:
    """Write an article's record; what has no value is left out, though a repository may demand it.

    ``editions`` may hold the records of the article's other editions: their DOIs, titles and abstracts are then told.
    """
    doi = registered(work.doi)
    record = filled(
        {
            "access": {"record": "public", "files": "public"},
            "files": {"enabled": True},
            # The press's DOI, and not one that the repository is to give.
            "pids": {"doi": {"identifier": doi, "provider": "external"}} if doi else {},
            "metadata": metadata(work, editions),
            "custom_fields": journal(work),
        }
    )
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def metadata(work: Work, editions: Sequence[Work]) -> Record:
    address = absolute(work.address)
    return filled(
        {
            "resource_type": ARTICLE,
            "creators": [creator(author) for author in work.signed_by],
            "title": work.title,
            "additional_titles": list(additional_titles(work, editions)),
            "publication_date": work.date.isoformat() if work.date else "",
            "publisher": work.publisher,
            "description": markup(work.abstract),
            "additional_descriptions": list(additional_descriptions(work, editions)),
            "languages": language(work.language),
            "subjects": [{"subject": each} for each in once(map(folded, work.keywords))],
            "rights": rights(work),
            "identifiers": [{"identifier": address, "scheme": "url"}] if address else [],
            "related_identifiers": list(related_identifiers(work, editions)),
            "sizes": once(f"{copy.size} bytes" for copy in linked(work) if copy.size is not None),
            "formats": once(folded(copy.media_type) for copy in linked(work)),
        }
    )


def filled(facts: Mapping[str, Any]) -> Record:
    """Return the facts that are not empty, their texts in one line."""
    told = {name: folded(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return {name: fact for name, fact in told.items() if fact not in ("", None, [], {})}


def once(texts: Iterator[str]) -> list[str]:
    """Return the texts that are not empty, each once."""
    return list(dict.fromkeys(filter(None, texts)))


def markup(text: str) -> str:
    """Return a text as HTML, which InvenioRDM takes descriptions for."""
    return html.escape(folded(text), quote=False)


def language(tag: str) -> list[Record]:
    """Name a language by ISO 639-3, as the vocabulary of languages does."""
    return [{"id": alpha_3(tag)}] if alpha_3(tag) else []


def in_language(tag: str) -> Record:
    return {"lang": {"id": alpha_3(tag)}} if alpha_3(tag) else {}


def creator(author: Person) -> Record:
    """Describe who signs; a person must have a family name, so one that is not split is told as that."""
    if author.is_body:
        named = {"type": "organizational", "name": author.name}
    else:
        family = author.family if author.given else ""
        named = {"type": "personal", "given_name": author.given, "family_name": family or author.name}
    orcid = orcid_address(author.orcid).rpartition("/")[2]
    return filled(
        {
            "person_or_org": filled(
                named | {"identifiers": [{"scheme": "orcid", "identifier": orcid}] if orcid else []}
            ),
            "affiliations": [{"name": folded(author.affiliation)}] if folded(author.affiliation) else [],
        }
    )


def additional_titles(work: Work, editions: Sequence[Work]) -> Iterator[Record]:
    """Tell the subtitle, and what the article is called in its other editions."""
    if len(folded(work.subtitle)) >= SHORTEST:
        yield {"title": folded(work.subtitle), "type": {"id": "subtitle"}} | in_language(work.language)
    for other in others(work, editions):
        if other.work and len(other.work.full_title) >= SHORTEST:
            kind = "translated-title" if work.is_original else "alternative-title"
            yield {"title": other.work.full_title, "type": {"id": kind}} | in_language(other.language)


def additional_descriptions(work: Work, editions: Sequence[Work]) -> Iterator[Record]:
    """Tell the abstracts of the other editions."""
    for other in others(work, editions):
        if other.work and len(folded(other.work.abstract)) >= SHORTEST:
            told = {"description": markup(other.work.abstract), "type": {"id": "abstract"}}
            yield told | in_language(other.language)


def rights(work: Work) -> list[Record]:
    """Tell the licence: one of Creative Commons by the vocabulary's identifier, any other by what it is called."""
    if not work.licence:
        return []
    identifier = spdx_identifier(work.licence)
    if identifier.startswith("CC-BY") or identifier == "CC0-1.0":
        return [{"id": identifier.lower()}]
    name = folded(work.licence.name)
    return [filled({"title": {"en": name} if name else {}, "link": absolute(work.licence.address)})]


def related_identifiers(work: Work, editions: Sequence[Work]) -> Iterator[Record]:
    """Link the other editions, and the review.

    The relations of translations came with InvenioRDM's vocabulary for DataCite 4.6; a repository whose vocabulary
    is older refuses them.
    """
    if source := original(work, editions):
        yield relation("istranslationof", source) | {"resource_type": ARTICLE}
    for translation in translations(work, editions):
        yield relation("hastranslation", translation) | {"resource_type": ARTICLE}
    if address := absolute(work.publication_address):
        journal = {"resource_type": {"id": "publication-journal"}}
        yield {"identifier": address, "scheme": "url", "relation_type": {"id": "ispublishedin"}} | journal


def relation(kind: str, other: Relative) -> Record:
    scheme = "doi" if other.doi else "url"
    return {"identifier": other.doi or other.address, "scheme": scheme, "relation_type": {"id": kind}}


def linked(work: Work) -> list[Copy]:
    return [copy for copy in work.own_copies if absolute(copy.address)]


def journal(work: Work) -> Record:
    """Name the review in the field that Zenodo has for journals."""
    title = folded(work.publication)
    return {"journal:journal": {"title": title}} if title else {}
