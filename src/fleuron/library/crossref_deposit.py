"""Who deposits a publication's articles with Crossref, and when."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Protocol

from fleuron.metadata.deposits.crossref import Deposit
from fleuron.metadata.work import Work
from fleuron.publication.source_date import source_moment


class Publisher(Protocol):
    """What is asked of the facts of a publication."""

    @property
    def publisher(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def imprint(self) -> Mapping[str, str]: ...


def deposit_of(facts: Publisher, works: Sequence[Work]) -> Deposit:
    """Make the deposit: of the moment of the sources, or where none is told, of the day of the newest article."""
    name = facts.publisher or facts.title
    newest = max((work.date for work in works if work.date), default=datetime.date(1970, 1, 1))
    moment = source_moment() or datetime.datetime.combine(newest, datetime.time(), datetime.UTC)
    return Deposit(name, facts.imprint.get("email", ""), name, moment, facts.imprint.get("issn", ""))
