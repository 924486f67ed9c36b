"""Write the records that need the works of all editions (DataCite, MARCXML, …), from what each edition build left.

The build of an edition writes its works as ``works.json``; once all editions are built, the records are written from
these files.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from fleuron.metadata.deposits.crossref import Deposit, crossref
from fleuron.metadata.deposits.datacite import datacite, datacite_of_version
from fleuron.metadata.deposits.inveniordm import inveniordm
from fleuron.metadata.harvest.doaj import doaj
from fleuron.metadata.harvest.kbart import kbart
from fleuron.metadata.harvest.oai_repository import FILE_NAME as OAI_FILE
from fleuron.metadata.harvest.oai_repository import static_repository
from fleuron.metadata.library.marcxml import marcxml
from fleuron.metadata.library.oai_dc import oai_dc
from fleuron.metadata.library.onix import FILE_NAME as ONIX_FILE
from fleuron.metadata.library.onix import onix
from fleuron.metadata.library.serial_marc import serial_marcxml
from fleuron.metadata.references import Reference
from fleuron.metadata.work import Copy, Person, RelatedWork, ReviewedWork, Translation, Work
from fleuron.publication.licence import Licence
from fleuron.publication.source_date import source_moment
from fleuron.publication.values.history import Change, Withdrawal
from fleuron.publication.values.organizations import Affiliation, Funder, Funding
from fleuron.publication.values.places import PageRange

WORKS_FILE = "works.json"
# The fields of a work that are people.
PEOPLE = ("authors", "editors", "translators", "edited_by", "reviewed_by")

RecordWriter = Callable[[Work, Sequence[Work]], bytes | str]
# The records of an article in one edition, by the suffix of their files.
RECORD_WRITERS: Mapping[str, RecordWriter] = {
    ".datacite.json": datacite,
    ".version.datacite.json": datacite_of_version,
    ".inveniordm.json": inveniordm,
    ".marc.xml": marcxml,
    ".oai_dc.xml": oai_dc,
}


# Those that register a DOI: one for the work, if its editions share that.
OF_DOI = (".datacite.json", ".version.datacite.json", ".inveniordm.json")


class DepositSettings(Protocol):
    """The settings of a publication that its records need."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def imprint(self) -> Mapping[str, str]: ...


def works_to_json(works: Iterable[Work]) -> str:
    """Serialise works as JSON, with dates as ISO 8601."""
    return json.dumps([asdict(work) for work in works], ensure_ascii=False, indent=2, default=str) + "\n"


def works_from_json(text: str) -> list[Work]:
    """Read works that `works_to_json` wrote."""
    return [
        Work(
            **{
                **fields,
                **{name: people_from_json(fields[name]) for name in PEOPLE},
                "reviewed": tuple(
                    ReviewedWork(**{**each, "authors": people_from_json(each["authors"])})
                    for each in fields["reviewed"]
                ),
                "funding": funding_from_json(fields["funding"]),
                "date": date_from_json(fields["date"]),
                "keywords": tuple(fields["keywords"]),
                "licence": Licence(**fields["licence"]) if fields["licence"] else None,
                "copies": tuple(Copy(**copy) for copy in fields["copies"]),
                "records": tuple(Copy(**record) for record in fields["records"]),
                "translations": tuple(Translation(**translation) for translation in fields["translations"]),
                **{name: date_from_json(fields[name]) for name in ("received", "accepted", "updated")},
                "changes": tuple(
                    Change(datetime.date.fromisoformat(each["date"]), each["text"]) for each in fields["changes"]
                ),
                "pages": PageRange(**fields["pages"]),
                "withdrawn": withdrawal_from_json(fields["withdrawn"]),
                "references": tuple(
                    Reference(**{**each, "authors": tuple(each["authors"])}) for each in fields["references"]
                ),
                "related": tuple(
                    RelatedWork(**{**each, "date": date_from_json(each["date"])}) for each in fields["related"]
                ),
            }
        )
        for fields in json.loads(text)
    ]


def people_from_json(people: Iterable[Mapping[str, Any]]) -> tuple[Person, ...]:
    return tuple(
        Person(
            **{
                **fields,
                "affiliations": tuple(Affiliation(**each) for each in fields["affiliations"]),
                "roles": tuple(fields["roles"]),
            }
        )
        for fields in people
    )


def funding_from_json(fields: Mapping[str, Any]) -> Funding:
    funders = tuple(Funder(**{**each, "grants": tuple(each["grants"])}) for each in fields["funders"])
    return Funding(fields["statement"], funders)


def date_from_json(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def withdrawal_from_json(fields: Mapping[str, str] | None) -> Withdrawal | None:
    return Withdrawal(datetime.date.fromisoformat(fields["date"]), fields["reason"]) if fields else None


def read_works(build: Path, languages: Iterable[str]) -> list[Work]:
    """Read the works of all editions that were built, those of the source language first."""
    paths = [build / "editions" / language / "records" / WORKS_FILE for language in languages]
    return [work for path in paths if path.is_file() for work in works_from_json(path.read_text("utf-8"))]


def write_records(works: Sequence[Work], folder: Path, deposit: Deposit) -> None:
    """Write ``<language>/<article>.<kind>``, and ``<article>.crossref.xml`` of an article that has a DOI."""
    for name in dict.fromkeys(work.name for work in works):
        editions = [work for work in works if work.name == name]
        for work in editions:
            for suffix, writer in RECORD_WRITERS.items():
                of_other = suffix in OF_DOI and has_doi_of_other(work, editions)
                content = b"" if of_other else writer(work, editions)
                write_or_remove(folder / work.language / f"{name}{suffix}", content)
        write_or_remove(folder / f"{name}.crossref.xml", crossref(editions, deposit) if deposit.email else b"")


def write_lists(works: Sequence[Work], folder: Path, settings: DepositSettings) -> None:
    """Write the files about all articles: a static repository, and what DOAJ, knowledge bases and catalogues take."""
    name, email = settings.publisher or settings.title, settings.imprint.get("email", "")
    repository = static_repository(works, settings.title or name, settings.address, email)
    write_or_remove(folder / OAI_FILE, repository)
    write_or_remove(folder / "doaj.xml", doaj(works))
    write_or_remove(folder / "kbart.txt", kbart(works, settings.name))
    write_or_remove(folder / "journal.marc.xml", serial_marcxml(works, settings.imprint))
    write_or_remove(folder / ONIX_FILE, onix(works, settings.name, settings.imprint))


def has_doi_of_other(work: Work, editions: Sequence[Work]) -> bool:
    """Return whether an edition has the DOI of another before it, in whose record it is named."""
    earlier = editions[: editions.index(work)]
    return bool(work.doi) and any(other.doi.lower() == work.doi.lower() for other in earlier)


def write_or_remove(path: Path, content: bytes | str) -> None:
    """Write a record, or remove the file of an earlier build if there is no content."""
    if content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    else:
        path.unlink(missing_ok=True)


def crossref_deposit(settings: DepositSettings, works: Sequence[Work]) -> Deposit:
    """Return the head of a Crossref deposit, dated by SOURCE_DATE_EPOCH or else by the newest change of an article."""
    name = settings.publisher or settings.title
    days = (day for work in works for day in (work.date, work.updated, work.withdrawn and work.withdrawn.date) if day)
    newest = max(days, default=datetime.date(1970, 1, 1))
    moment = source_moment() or datetime.datetime.combine(newest, datetime.time(), datetime.UTC)
    email, issn, policy = (settings.imprint.get(key, "") for key in ("email", "issn", "crossmark_policy"))
    return Deposit(name, email, name, moment, issn, policy)
