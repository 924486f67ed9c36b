"""A publication as CITATION.cff, which repositories of code and data show (Citation File Format 1.2.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from fleuron.csl.sources.entry.names import split_particle
from fleuron.metadata.identifiers import registered, spdx_identifier
from fleuron.metadata.language_codes import subtag
from fleuron.metadata.plain_text import folded
from fleuron.metadata.related_editions import original
from fleuron.metadata.volume import Volume
from fleuron.metadata.web_addresses import absolute, doi_address, orcid_address
from fleuron.metadata.work import Person, Work
from fleuron.publication.licence import Licence

Record = dict[str, Any]
FILE_NAME = "CITATION.cff"
MESSAGE = "If you cite this publication, please cite it as below."
# The format takes fewer signs in a DOI than there can be.
DOI = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9:/_;.()\[\]\\-]+")


def citation_cff(works: Sequence[Work], volume: Volume) -> str:
    """Write the file for a version of a publication; it goes by `FILE_NAME`.

    Its authors are those of the volume or, if it names none, of its articles, or else the publisher. Where there
    are not even these nothing is written, since the format demands authors.
    """
    record = facts(works, volume)
    if not record:
        return ""
    # Each text on one line, however long: a reader of YAML would fold it anyway.
    return str(yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=float("inf")))


def facts(works: Sequence[Work], volume: Volume) -> Record:
    authors = (
        people(volume.authors)
        or people(author for work in works for author in work.signed_by)
        or ([{"name": folded(volume.publisher)}] if folded(volume.publisher) else [])
    )
    if not authors or not folded(volume.title):
        return {}
    date = volume.date.isoformat() if volume.date else ""
    described = {
        "title": volume.title,
        "authors": authors,
        "version": volume.version,
        "abstract": volume.abstract,
        "keywords": unique(volume.keywords),
        **identified(volume.doi, volume.address),
        **licensed(volume.licence),
    }
    # The format knows software and data alone: what is in a repository are files, and what is cited is a volume.
    cited = {"type": "edited-work", **described, "publisher": entity(volume.publisher), "date-published": date}
    return filled(
        {
            "cff-version": "1.2.0",
            "message": MESSAGE,
            "type": "dataset",
            **described,
            "date-released": date,
            "preferred-citation": filled(cited),
            "references": articles(works),
        }
    )


def filled(facts: Mapping[str, Any]) -> Record:
    """Return the facts that are not empty, their texts in one line."""
    told = {name: folded(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return {name: fact for name, fact in told.items() if fact not in ("", None, [], {})}


def unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(folded, texts))))


def people(signed_by: Iterable[Person]) -> list[Record]:
    """List those who have a name, each once."""
    listed = [person_of(author) for author in signed_by if folded(author.name)]
    return [author for place, author in enumerate(listed) if author not in listed[:place]]


def person_of(author: Person) -> Record:
    about = {"orcid": orcid_address(author.orcid), "website": absolute(author.address)}
    # “name” is a body's, and the only place for a name that is not to be split.
    if author.is_body or not (author.family and author.given):
        return filled({"name": author.name} | about)
    particle, family = split_particle(folded(author.family))
    names = {"family-names": family, "given-names": author.given, "name-particle": particle}
    return filled(names | {"affiliation": author.affiliation} | about)


def entity(name: str) -> Record:
    return {"name": folded(name)} if folded(name) else {}


def identified(doi: str, address: str) -> Record:
    """Tell a DOI and an address; a DOI with signs that the format does not take as its address."""
    if DOI.fullmatch(doi):
        return {"doi": doi, "url": absolute(address)}
    resolved = doi_address(registered(doi))
    return {"identifiers": [{"type": "url", "value": resolved}] if resolved else [], "url": absolute(address)}


def licensed(licence: Licence | None) -> Record:
    """Tell a licence by an identifier that the format lists, or by its address."""
    identifier = spdx_identifier(licence)
    # Any other may be none of the list that the format has copied from SPDX.
    if identifier.startswith("CC-BY") or identifier == "CC0-1.0":
        return {"license": identifier}
    return {"license-url": absolute(licence.address) if licence else ""}


def articles(works: Sequence[Work]) -> list[Record]:
    """List the articles that are signed and have a title, as the format demands."""
    listed = [article(work, works) for work in works if work.signed_by and folded(work.title)]
    return [one for place, one in enumerate(listed) if one not in listed[:place]]


def article(work: Work, works: Sequence[Work]) -> Record:
    source = original(work, works)
    return filled(
        {
            "type": "article",
            "title": work.full_title,
            "authors": people(work.signed_by),
            "journal": work.publication,
            "publisher": entity(work.publisher),
            "date-published": work.date.isoformat() if work.date else "",
            "languages": [subtag(work.language)] if subtag(work.language) else [],
            "abstract": work.abstract,
            "keywords": unique(work.keywords),
            **identified(work.doi, work.address),
            **licensed(work.licence),
            # The format has no word for a translation.
            "notes": f"Translation of {doi_address(source.doi) or source.address}" if source else "",
        }
    )
