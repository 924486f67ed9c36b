"""Write a publication's CITATION.cff, which repositories of code and data show (Citation File Format 1.2.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from fleuron.csl.sources.entry.names import split_particle
from fleuron.metadata.identifiers import absolute_address, doi_address, orcid_address, spdx_identifier, valid_doi
from fleuron.metadata.language_codes import subtag
from fleuron.metadata.plain_text import distinct, one_line, without_empty
from fleuron.metadata.related_editions import original_of
from fleuron.metadata.volume import Volume
from fleuron.metadata.work import Person, Work
from fleuron.publication.licence import Licence

Record = dict[str, Any]
FILE_NAME = "CITATION.cff"
MESSAGE = "If you cite this publication, please cite it as below."
# The format allows fewer characters in a DOI than a DOI may have.
DOI = re.compile(r"10\.[0-9]{4,9}/[A-Za-z0-9:/_;.()\[\]\\-]+")


def citation_cff(works: Sequence[Work], volume: Volume) -> str:
    """Write the file for a version of a publication; its name is `FILE_NAME`.

    Its authors are those of the volume or, if it names none, of its articles, or else the publisher. Without any
    of these the result is empty, since the format requires authors.
    """
    record = cff_record(works, volume)
    if not record:
        return ""
    # Each text on one line, however long: a reader of YAML would fold it anyway.
    return str(yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=float("inf")))


def cff_record(works: Sequence[Work], volume: Volume) -> Record:
    authors = (
        distinct_people(volume.authors)
        or distinct_people(author for work in works for author in work.signed_by)
        or ([{"name": one_line(volume.publisher)}] if one_line(volume.publisher) else [])
    )
    if not authors or not one_line(volume.title):
        return {}
    date = volume.date.isoformat() if volume.date else ""
    described = {
        "title": volume.title,
        "authors": authors,
        "version": volume.version,
        "abstract": volume.abstract,
        "keywords": distinct(volume.keywords),
        **identified(volume.doi, volume.address),
        **licensed(volume.licence),
    }
    # The format has types for software and data alone: the repository is a dataset, and the volume is what is cited.
    cited = {"type": "edited-work", **described, "publisher": entity(volume.publisher), "date-published": date}
    return without_empty(
        {
            "cff-version": "1.2.0",
            "message": MESSAGE,
            "type": "dataset",
            **described,
            "date-released": date,
            "preferred-citation": without_empty(cited),
            "references": articles(works),
        }
    )


def distinct_people(authors: Iterable[Person]) -> list[Record]:
    """Describe the authors who have a name, each once."""
    listed = [person_of(author) for author in authors if one_line(author.name)]
    return [author for index, author in enumerate(listed) if author not in listed[:index]]


def person_of(author: Person) -> Record:
    about = {"orcid": orcid_address(author.orcid), "website": absolute_address(author.address)}
    # “name” is an organisation's, and the only field for a name that is not to be split.
    if author.is_organization or not (author.family and author.given):
        return without_empty({"name": author.name} | about)
    particle, family = split_particle(one_line(author.family))
    names = {"family-names": family, "given-names": author.given, "name-particle": particle}
    return without_empty(names | {"affiliation": author.affiliation} | about)


def entity(name: str) -> Record:
    return {"name": one_line(name)} if one_line(name) else {}


def identified(doi: str, address: str) -> Record:
    """Return a DOI and an address; a DOI with characters that the format does not allow is given by its address."""
    if DOI.fullmatch(doi):
        return {"doi": doi, "url": absolute_address(address)}
    resolved = doi_address(valid_doi(doi))
    return {"identifiers": [{"type": "url", "value": resolved}] if resolved else [], "url": absolute_address(address)}


def licensed(licence: Licence | None) -> Record:
    """Return a licence by an identifier that the format lists, or by its address."""
    identifier = spdx_identifier(licence)
    # Any other may be missing from the list that the format has copied from SPDX.
    if identifier.startswith("CC-BY") or identifier == "CC0-1.0":
        return {"license": identifier}
    return {"license-url": absolute_address(licence.address) if licence else ""}


def articles(works: Sequence[Work]) -> list[Record]:
    """Describe the articles that have authors and a title, as the format requires."""
    listed = [article(work, works) for work in works if work.signed_by and one_line(work.title)]
    return [record for index, record in enumerate(listed) if record not in listed[:index]]


def article(work: Work, works: Sequence[Work]) -> Record:
    source = original_of(work, works)
    return without_empty(
        {
            "type": "article",
            "title": work.full_title,
            "authors": distinct_people(work.signed_by),
            "translators": distinct_people(work.translated_by),
            "journal": work.publication,
            "volume": work.volume,
            "issue": work.issue,
            "start": work.pages.first,
            "end": work.pages.last,
            "publisher": entity(work.publisher),
            "date-published": work.date.isoformat() if work.date else "",
            "languages": [subtag(work.language)] if subtag(work.language) else [],
            "abstract": work.abstract,
            "keywords": distinct(work.keywords),
            **identified(work.doi, work.address),
            **licensed(work.licence),
            # The format has no field for a translation.
            "notes": f"Translation of {doi_address(source.doi) or source.address}" if source else "",
        }
    )
