"""What an edition's PDFs are made of, and what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from fleuron.paged.layout.units import Fount
from fleuron.paged.sheets.front_and_back_matter import Back, Chapter, Imprint
from fleuron.paged.sheets.indexes import Mention
from fleuron.publication.edition import Edition
from fleuron.publication.page_plan import Mode, Plan


@dataclass(frozen=True)
class Manuscript:
    """All that an edition's PDFs are made of.

    ``backs`` stand before the indexes of ``names`` and ``keywords``; ``addresses`` are those on the site, by
    the id in the volume, for links of offprints to other articles. ``mark`` is the press's, as a picture.
    """

    imprint: Imprint
    edition: Edition
    chapters: tuple[Chapter, ...]
    backs: tuple[Back, ...]
    names: tuple[Mention, ...]
    keywords: tuple[Mention, ...]
    style: str
    fount: Fount
    engine: str
    mode: Mode
    version: str = ""
    identifier: str = ""
    date: datetime.datetime | None = None
    mark: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Printed:
    """What was printed: the volume, the offprints by the anchors of their articles, the plan, and what is amiss."""

    volume: bytes
    offprints: Mapping[str, bytes]
    plan: Plan
    losses: tuple[str, ...]
    restless: tuple[str, ...]
