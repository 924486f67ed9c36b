"""A folder with a volume's files as an RO-Crate (RO-Crate Metadata Specification 1.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from fleuron.metadata.identifiers import registered
from fleuron.metadata.plain_text import folded
from fleuron.metadata.related_editions import edition_in
from fleuron.metadata.volume import File, Volume
from fleuron.metadata.web_addresses import absolute, doi_address, orcid_address
from fleuron.metadata.work import Person, Work
from fleuron.publication.licence import Licence

Entity = dict[str, Any]
FILE_NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "https://w3id.org/ro/crate/1.1"
# The context has no word for this sum, and the profile for workflow runs does.
SUMS = {"sha512": "https://w3id.org/ro/terms/workflow-run#sha512"}
SHA_512 = re.compile("[0-9a-f]{128}")
ROOT = "./"


def ro_crate(volume: Volume, works: Sequence[Work], files: Sequence[File]) -> str:
    """Write the metadata file of a folder; it goes by `FILE_NAME`. A file that is not in the folder is left out."""
    crate = Crate()
    crate.add(FILE_NAME, "CreativeWork", {"conformsTo": {"@id": PROFILE}, "about": {"@id": ROOT}})
    root = crate.add(ROOT, "Dataset", root_facts(crate, volume))
    inside = [file for file in files if file_id(file.path)]
    parts = [crate.add(file_id(file.path), "File", file_facts(file)) for file in inside]
    # Parts are files alone, which are data; the articles, each edition's by itself, are what the crate tells of (4.2).
    articles = [crate.add(work_id(work), "ScholarlyArticle", work_facts(crate, work, works, inside)) for work in works]
    for work in works:
        for language, identifier in kin_ids(work, works).items():
            crate.add(identifier, "ScholarlyArticle", {"inLanguage": language, "url": absolute(identifier)})
    root |= {name: refs for name, refs in (("hasPart", unique(parts)), ("mentions", unique(articles))) if refs}
    context = [CONTEXT, SUMS] if any("sha512" in part for part in parts) else CONTEXT
    written = {"@context": context, "@graph": list(crate.entities.values())}
    return json.dumps(written, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


class Crate:
    """The entities of a crate by their identifiers, each described once, in one flat list (4.1)."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}

    def add(self, identifier: str, kind: str, facts: Mapping[str, Any]) -> Entity:
        """Describe an entity with the facts that are not empty, unless it is described; return its description."""
        told = {name: folded(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        entity = {"@id": identifier, "@type": kind} | {name: fact for name, fact in told.items() if fact}
        return self.entities.setdefault(identifier, entity)

    def organization(self, name: str) -> Entity | None:
        return ref(self.add(local("organization", name), "Organization", {"name": name})) if folded(name) else None

    def licence(self, licence: Licence | None) -> Entity | str | None:
        """Describe a licence that has an address; of another the name is told."""
        if not licence or not absolute(licence.address):
            return licence.name if licence else None
        return ref(self.add(licence.address, "CreativeWork", {"name": licence.name}))

    def people(self, people: Sequence[Person]) -> list[Entity]:
        return unique([self.person(one) for one in people if folded(one.name)])

    def person(self, one: Person) -> Entity:
        url = absolute(one.address)
        belongs = self.organization(one.affiliation)
        if one.is_body:
            facts = {"name": one.name, "url": url, "parentOrganization": belongs}
            return self.add(local("organization", one.name), "Organization", facts)
        names = {"name": one.name, "givenName": one.given, "familyName": one.family}
        identifier = orcid_address(one.orcid) or local("person", one.name, one.affiliation)
        return self.add(identifier, "Person", names | {"url": url, "affiliation": belongs})


def ref(entity: Entity) -> Entity:
    return {"@id": entity["@id"]}


def unique(entities: Sequence[Entity]) -> list[Entity]:
    """Refer to entities, to each once."""
    return [{"@id": identifier} for identifier in dict.fromkeys(entity["@id"] for entity in entities)]


def local(kind: str, *names: str) -> str:
    """Make an identifier within the crate."""
    return f"#{kind}-{'-'.join(quote(folded(name), safe='') for name in names if folded(name))}"


def file_id(path: str) -> str:
    """Return a path as a URI; nothing for one that leads out of the folder, or to the metadata file (4.2.1)."""
    parts = path.split("/")
    if path == FILE_NAME or any(part in ("", ".", "..") for part in parts):
        return ""
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # a name that no file has
        return ""


def work_id(work: Work) -> str:
    """Return what an edition of an article is known by: not its DOI, which its other editions may have, too."""
    return absolute(work.address) or local("article", work.name, work.language)


def root_facts(crate: Crate, volume: Volume) -> Entity:
    return {
        "name": volume.title,
        "description": volume.abstract,
        "version": volume.version,
        "datePublished": volume.date.isoformat() if volume.date else "",
        "license": crate.licence(volume.licence),
        "identifier": doi_address(registered(volume.doi)),
        "url": absolute(volume.address),
        "author": crate.people(volume.authors),
        "publisher": crate.organization(volume.publisher),
        "keywords": [keyword for keyword in map(folded, volume.keywords) if keyword],
    }


def file_facts(file: File) -> Entity:
    return {
        "name": file.title,
        "encodingFormat": file.media_type,
        "contentSize": str(file.size) if file.size is not None else "",
        "sha512": file.sha512 if SHA_512.fullmatch(file.sha512) else "",
        "inLanguage": file.language,
    }


def work_facts(crate: Crate, work: Work, works: Sequence[Work], files: Sequence[File]) -> Entity:
    of_work = [file for file in files if file.article and (file.article, file.language) == (work.name, work.language)]
    return {
        "name": work.full_title,
        "abstract": work.abstract,
        "author": crate.people(work.authors),
        "inLanguage": work.language,
        "datePublished": work.date.isoformat() if work.date else "",
        "keywords": [keyword for keyword in map(folded, work.keywords) if keyword],
        "identifier": doi_address(registered(work.doi)),
        "url": absolute(work.address),
        "license": crate.licence(work.licence),
        "isPartOf": {"@id": ROOT},
        "encoding": [{"@id": file_id(file.path)} for file in of_work],
        **kin(work, works),
    }


def kin(work: Work, works: Sequence[Work]) -> Entity:
    """Link the translations of an original, or the original of a translation."""
    linked = kin_ids(work, works)
    if work.is_original:
        return {"workTranslation": [{"@id": identifier} for identifier in linked.values()]}
    original = linked.get(work.original_language)
    return {"translationOfWork": {"@id": original}} if original else {}


def kin_ids(work: Work, works: Sequence[Work]) -> dict[str, str]:
    """Return what the other editions are known by, in the crate or on the web, by their languages."""
    known = {other.language: edition_in(work, other.language, works) for other in work.translations}
    addresses = {other.language: absolute(other.address) for other in work.translations}
    ids = {language: work_id(edition) if edition else addresses[language] for language, edition in known.items()}
    return {language: identifier for language, identifier in ids.items() if identifier and language != work.language}
