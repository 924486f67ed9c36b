"""Write the metadata of a folder with a volume's files as an RO-Crate (RO-Crate Metadata Specification 1.1).

It is written without the package rocrate (0.16), which reads it in the tests. That package would replace the dozen
lines of `Crate.add`; what the entities and their identifiers are would remain to be written. Measured:
determinism (two calls differ: it gives an entity without an identifier a random one, and a crate without a date that
of the clock), dependencies (arcp, click, python-dateutil and itself, 4.1 MB), import (0.5 s, where this module and
the interpreter take 0.1 s), gaps (it accepts the path `../out`, which leaves the folder; 4.2.1).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from fleuron.metadata.identifiers import absolute_address, doi_address, orcid_address, ror_address, valid_doi
from fleuron.metadata.plain_text import one_line, without_empty
from fleuron.metadata.related_editions import find_edition
from fleuron.metadata.volume import File, Program, Volume
from fleuron.metadata.work import Person, Work
from fleuron.publication.licence import Licence

Entity = dict[str, Any]
FILE_NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "https://w3id.org/ro/crate/1.1"
# The context has no term for this checksum; the one of the profile for workflow runs is used.
CHECKSUM_TERM = {"sha512": "https://w3id.org/ro/terms/workflow-run#sha512"}
SHA_512 = re.compile("[0-9a-f]{128}")
ROOT = "./"
# The page on which people read what the metadata file says (RO-Crate 1.1, 2.1.2).
PREVIEW = "ro-crate-preview.html"
BUILD = "#build"
# The root must have a licence (2.3.1).
NO_LICENCE = "No licence is stated"


def ro_crate(volume: Volume, works: Sequence[Work], files: Sequence[File], program: Program | None = None) -> str:
    """Write the metadata file of a folder; its name is `FILE_NAME`. A file outside the folder is left out.

    ``program`` has made the files; with one, the folder has a page `PREVIEW` too.
    """
    crate = Crate()
    crate.add(FILE_NAME, "CreativeWork", {"conformsTo": {"@id": PROFILE}, "about": {"@id": ROOT}})
    root = crate.add(ROOT, "Dataset", root_properties(crate, volume))
    inside = [file for file in files if file_id(file.path)]
    parts = [crate.add(file_id(file.path), "File", file_properties(crate, file)) for file in inside]
    # Only files are parts; each edition of an article is an entity that the crate mentions (4.2).
    articles = [
        crate.add(work_id(work), "ScholarlyArticle", work_properties(crate, work, works, inside)) for work in works
    ]
    for work in works:
        for language, identifier in other_edition_ids(work, works).items():
            crate.add(identifier, "ScholarlyArticle", {"inLanguage": language, "url": absolute_address(identifier)})
    mentioned = [*articles, *([crate.build(program)] if program else [])]
    root |= {name: refs for name, refs in (("hasPart", references(parts)), ("mentions", references(mentioned))) if refs}
    context = [CONTEXT, CHECKSUM_TERM] if any("sha512" in part for part in parts) else CONTEXT
    metadata = {"@context": context, "@graph": list(crate.entities.values())}
    return json.dumps(metadata, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


class Crate:
    """The entities of a crate by their identifiers, each described once, in one flat list (4.1)."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}

    def add(self, identifier: str, kind: str, properties: Mapping[str, Any]) -> Entity:
        """Add an entity with the properties that are not empty, unless its identifier is known; return the entity."""
        entity = {"@id": identifier, "@type": kind} | without_empty(properties)
        return self.entities.setdefault(identifier, entity)

    def organization(self, name: str, address: str = "") -> Entity | None:
        """Return a reference to an organization, which is identified by its address if it has one."""
        identifier = address or local_id("organization", name)
        return reference(self.add(identifier, "Organization", {"name": name})) if one_line(name) else None

    def licence(self, licence: Licence | None) -> Entity | str | None:
        """Return a reference to a licence that has an address, or the name of another."""
        if not licence or not absolute_address(licence.address):
            return licence.name if licence else None
        return reference(self.add(licence.address, "CreativeWork", {"name": licence.name}))

    def format(self, file: File) -> list[Entity | str]:
        """Return the media type of a file, and a reference to its format in PRONOM (4.2.3)."""
        media_type = [file.media_type] if one_line(file.media_type) else []
        if not absolute_address(file.format_address):
            return [*media_type]
        # “Website” in the examples of 1.1 is not a term of its JSON-LD context.
        return [*media_type, reference(self.add(file.format_address, "WebSite", {"name": file.format_name}))]

    def build(self, program: Program) -> Entity:
        """Add the program, the page that it has written of the crate, and that it has made all; return the last."""
        self.add(PREVIEW, "CreativeWork", {"about": {"@id": ROOT}, "encodingFormat": "text/html"})
        named = {"name": program.name, "softwareVersion": program.version, "identifier": program.identifier}
        instrument = self.add(program.address, "SoftwareApplication", named | {"url": program.address})
        made = {"name": "Building from the sources", "instrument": reference(instrument), "result": {"@id": ROOT}}
        return self.add(BUILD, "CreateAction", made)

    def people(self, people: Sequence[Person]) -> list[Entity]:
        return references([self.person(author) for author in people if one_line(author.name)])

    def person(self, author: Person) -> Entity:
        url = absolute_address(author.address)
        places = [self.organization(each.name, ror_address(each.ror)) for each in author.named_affiliations]
        affiliation = places[0] if len(places) == 1 else places
        if author.is_organization:
            properties = {"name": author.name, "url": url, "parentOrganization": affiliation}
            return self.add(local_id("organization", author.name), "Organization", properties)
        names = {"name": author.name, "givenName": author.given, "familyName": author.family}
        identifier = orcid_address(author.orcid) or local_id("person", author.name, author.affiliation)
        return self.add(identifier, "Person", names | {"url": url, "affiliation": affiliation})


def reference(entity: Entity) -> Entity:
    return {"@id": entity["@id"]}


def references(entities: Sequence[Entity]) -> list[Entity]:
    """Return references to entities, each once."""
    return [{"@id": identifier} for identifier in dict.fromkeys(entity["@id"] for entity in entities)]


def local_id(kind: str, *names: str) -> str:
    """Return an identifier within the crate."""
    return f"#{kind}-{'-'.join(quote(one_line(name), safe='') for name in names if one_line(name))}"


def file_id(path: str) -> str:
    """Return a path as a URI; an empty text for one outside the folder, or of a file about the crate (4.2.1)."""
    parts = path.split("/")
    if path in (FILE_NAME, PREVIEW) or any(part in ("", ".", "..") for part in parts):
        return ""
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # a name that no file can have
        return ""


def work_id(work: Work) -> str:
    """Return the identifier of an edition of an article: not its DOI, which its other editions may share."""
    return absolute_address(work.address) or local_id("article", work.name, work.language)


def root_properties(crate: Crate, volume: Volume) -> Entity:
    return {
        "name": volume.title,
        "description": volume.abstract,
        "version": volume.version,
        "datePublished": volume.date.isoformat() if volume.date else "",
        "license": crate.licence(volume.licence) or NO_LICENCE,
        "identifier": doi_address(valid_doi(volume.doi)),
        "url": absolute_address(volume.address),
        "author": crate.people(volume.authors),
        "publisher": crate.organization(volume.publisher),
        "keywords": list(filter(None, map(one_line, volume.keywords))),
    }


def file_properties(crate: Crate, file: File) -> Entity:
    formats = crate.format(file)
    return {
        "name": file.title,
        "encodingFormat": formats[0] if len(formats) == 1 else formats,
        "contentSize": str(file.size) if file.size is not None else "",
        "sha512": file.sha512 if SHA_512.fullmatch(file.sha512) else "",
        "inLanguage": file.language,
    }


def work_properties(crate: Crate, work: Work, works: Sequence[Work], files: Sequence[File]) -> Entity:
    of_work = [file for file in files if file.article and (file.article, file.language) == (work.name, work.language)]
    return {
        "name": work.full_title,
        "abstract": work.abstract,
        "author": crate.people(work.authors),
        "translator": crate.people(work.translators),
        "inLanguage": work.language,
        "datePublished": work.date.isoformat() if work.date else "",
        "dateModified": work.updated.isoformat() if work.updated else "",
        "keywords": list(filter(None, map(one_line, work.keywords))),
        "identifier": doi_address(valid_doi(work.doi)),
        "url": absolute_address(work.address),
        "license": crate.licence(work.licence),
        "isPartOf": {"@id": ROOT},
        "encoding": [{"@id": file_id(file.path)} for file in of_work],
        **translation_links(work, works),
    }


def translation_links(work: Work, works: Sequence[Work]) -> Entity:
    """Link the translations of an original, or the original of a translation; an untranslated edition is neither."""
    linked = other_edition_ids(work, works)
    if work.is_original:
        editions = {language: find_edition(work, language, works) for language in linked}
        translations = [language for language, edition in editions.items() if not edition or edition.is_translation]
        return {"workTranslation": [{"@id": linked[language]} for language in translations]}
    original = linked.get(work.original_language) if work.is_translation else None
    return {"translationOfWork": {"@id": original}} if original else {}


def other_edition_ids(work: Work, works: Sequence[Work]) -> dict[str, str]:
    """Return the identifiers of the other editions, in the crate or on the web, by their languages."""
    known = {other.language: find_edition(work, other.language, works) for other in work.translations}
    addresses = {other.language: absolute_address(other.address) for other in work.translations}
    ids = {language: work_id(edition) if edition else addresses[language] for language, edition in known.items()}
    return {language: identifier for language, identifier in ids.items() if identifier and language != work.language}
