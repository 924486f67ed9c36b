"""Units of layout: what a run of pages depends on, and what comes of it.

A unit is the whole truth about its pages: nothing else that lies on a disk, is installed or was
built before has a say in them. So it can be laid out by any process on any machine, and what was
laid out once is known by the unit's digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fleuron.publication.page_breaks import Break


@dataclass(frozen=True)
class Fount:
    """The font files of a publication: for each the family, its style, weight, name and content."""

    faces: tuple[tuple[str, str, int, str, bytes], ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all files and what they are taken for, in hexadecimal digits."""
        found = hashlib.sha256()
        for family, style, weight, name, content in self.faces:
            found.update(repr((family, style, weight, name, hashlib.sha256(content).hexdigest())).encode())
        return found.hexdigest()


@dataclass(frozen=True)
class Unit:
    """A run of pages: an article, or a part of a volume.

    ``sheet`` is its HTML and ``style`` the CSS; ``assets`` are the pictures that these name, by address
    below `ASSETS`; ``first_folio`` is the number of its first page; ``engine`` names the programs, with
    their versions, that lay it out.
    """

    name: str
    sheet: str
    style: str
    language: str
    first_folio: int
    fount: Fount
    engine: str
    assets: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the pages depend on, in hexadecimal digits."""
        pictures = sorted((name, hashlib.sha256(content).hexdigest()) for name, content in self.assets.items())
        facts = (self.name, self.sheet, self.style, self.language, self.first_folio, self.engine, pictures)
        return hashlib.sha256(repr((*facts, self.fount.digest)).encode()).hexdigest()


@dataclass(frozen=True)
class Laid:
    """What came of a unit: a PDF, its pages, and on which of them (from 0) each id of the sheet stands.

    ``losses`` are what could not be set, such as a picture that cannot be read, one sentence each; ``breaks`` are where
    its pages but the first begin.
    """

    pdf: bytes
    pages: int
    places: Mapping[str, int]
    losses: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
