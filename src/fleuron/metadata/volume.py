"""Records of a publication in one version, and of its files, for archives."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from fleuron.metadata.work import Person
from fleuron.publication.licence import Licence


@dataclass(frozen=True)
class Volume:
    """A publication in one version; ``authors`` are its editors, ``address`` is that of its site."""

    title: str
    abstract: str = ""
    authors: tuple[Person, ...] = ()
    version: str = ""
    date: datetime.date | None = None
    licence: Licence | None = None
    doi: str = ""
    publisher: str = ""
    address: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Program:
    """The program that has made a volume's files; ``identifier`` is the SWHID (ISO/IEC 18670) of its source."""

    name: str
    version: str
    identifier: str

    @property
    def address(self) -> str:
        """Where Software Heritage has the source, if it has archived it."""
        return f"https://archive.softwareheritage.org/{self.identifier}"


@dataclass(frozen=True)
class File:
    """A file of a volume; ``path`` is that from the volume's folder, with slashes, and ``size`` is in bytes.

    ``article`` is the name of the article it holds, empty if it holds all or none; ``language`` is a BCP 47 tag.
    ``format_name`` is its format's, and ``format_address`` that of its entry in PRONOM, both empty if not known.
    """

    path: str
    media_type: str = ""
    title: str = ""
    size: int | None = None
    sha512: str = ""
    article: str = ""
    language: str = ""
    format_name: str = ""
    format_address: str = ""
