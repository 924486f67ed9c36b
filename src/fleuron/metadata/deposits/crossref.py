"""A deposit of articles with Crossref (metadata deposit schema 5.3.1, “doi_batch”)."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from fleuron.metadata.deposits.crossref_item import ACCESS, JATS, RELATIONS, add_article, add_posted, listed
from fleuron.metadata.feeds.atom import NAMESPACE
from fleuron.metadata.identifiers import registered
from fleuron.metadata.plain_text import folded, shortened
from fleuron.metadata.web_addresses import absolute
from fleuron.metadata.work import Work
from fleuron.metadata.xml import add, written

SCHEMA = "http://www.crossref.org/schema/5.3.1"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
PREFIXES = {None: SCHEMA, "jats": JATS, "ai": ACCESS, "rel": RELATIONS, "xsi": INSTANCE}
LOCATION = f"{SCHEMA} https://www.crossref.org/schemas/crossref5.3.1.xsd"
ISSN = re.compile(r"\d{4}-?\d{3}[\dX]")
TITLE_LENGTH = 255
SUFFIX_LENGTH = 200


@dataclass(frozen=True)
class Deposit:
    """What Crossref asks of who deposits: a name, an e-mail address for its report, and whose the DOIs are.

    ``moment`` is when the deposit is made: of two for one DOI the later counts. ``issn`` is that of the review.
    """

    depositor: str
    email: str
    registrant: str
    moment: datetime.datetime
    issn: str = ""

    @property
    def timestamp(self) -> str:
        return f"{self.moment:%Y%m%d%H%M%S}"

    def batch(self, works: Sequence[Work]) -> str:
        """Name a batch by what is in it and when it was made, so that the same one has the same name."""
        return str(uuid.uuid5(NAMESPACE, "\n".join([self.registrant, self.timestamp, *(work.doi for work in works)])))


def crossref(works: Sequence[Work], deposit: Deposit) -> bytes:
    """Write a deposit of the articles that have a DOI, an address on the web and a day of publication.

    They are articles of a journal if it has an ISSN; without one Crossref knows no journal, and they are posted
    content. A DOI that editions share is deposited once, with the original: it can have one record only.
    Where there is nothing to deposit, nothing is written.
    """
    chosen = deposited(works)
    if not chosen:
        return b""
    root = etree.Element(f"{{{SCHEMA}}}doi_batch", nsmap=PREFIXES)  # type: ignore[arg-type]  # lxml-stubs 0.5 knows no default
    root.set("version", "5.3.1")
    root.set(f"{{{INSTANCE}}}schemaLocation", LOCATION)
    head = add(root, "head")
    add(head, "doi_batch_id", deposit.batch(chosen))
    add(head, "timestamp", deposit.timestamp)
    depositor = add(head, "depositor")
    add(depositor, "depositor_name", deposit.depositor)
    add(depositor, "email_address", deposit.email)
    add(head, "registrant", deposit.registrant)
    body = add(root, "body")
    host = min(chosen, key=lambda work: (not folded(work.publication), not work.is_original))
    if folded(host.publication) and ISSN.fullmatch(deposit.issn):
        journal = add(body, "journal")
        about = add(journal, "journal_metadata", language=listed(host.language))
        # One title for one ISSN, however the editions translate it.
        add(about, "full_title", shortened(host.publication, TITLE_LENGTH))
        add(about, "issn", deposit.issn, media_type="electronic")
        for work in chosen:
            add_article(journal, work, works)
    else:
        for work in chosen:
            add_posted(body, work, works)
    return written(root)


def deposited(works: Sequence[Work]) -> list[Work]:
    """Return the works that can be deposited, one for each DOI; they are the same in either case (DOI Handbook)."""
    chosen: dict[str, Work] = {}
    for work in works:
        doi = registered(work.doi).lower()
        fit = 0 < len(doi.partition("/")[2]) <= SUFFIX_LENGTH and absolute(work.address)
        known = chosen.get(doi)
        if fit and work.date and folded(work.title) and (not known or work.is_original > known.is_original):
            chosen[doi] = work
    return list(chosen.values())
