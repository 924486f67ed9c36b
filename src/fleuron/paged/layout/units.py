"""Define a unit of layout (HTML, CSS, fonts, pictures) and its digest, and its laid-out pages.

The pages of a unit depend on nothing else: on no other file, installed font or earlier build. So any process on any
machine can lay it out, and its digest is the key of its pages in the layout cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fleuron.conservation.comparison import LostWord
from fleuron.publication.page_breaks import PageBreak

# The names by which the style sheets call the families of the text, Arabic script and code, whichever are chosen.
TEXT_FAMILY, ARABIC_FAMILY, CODE_FAMILY = "Vollkorn", "Amiri", "Fleuron Code"
# What is wrong with a picture that a unit shows and does not have.
UNKNOWN_PICTURE = "is not among the publication's pictures"
# How WeasyPrint 70.0 reports a picture that it cannot read.
UNREADABLE_PICTURE = "Failed to load image at"


@dataclass(frozen=True)
class FontSet:
    """The font files of a publication: for each the family, its style, weight, name and content."""

    faces: tuple[tuple[str, str, int, str, bytes], ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all files and how they are declared, in hexadecimal digits."""
        found = hashlib.sha256()
        for family, style, weight, name, content in self.faces:
            found.update(repr((family, style, weight, name, hashlib.sha256(content).hexdigest())).encode())
        return found.hexdigest()


@dataclass(frozen=True)
class Unit:
    """What is laid out at once as consecutive pages: an article, or another section of a volume.

    ``sheet`` is its HTML and ``style`` the CSS; ``assets`` are the pictures that these name, by address
    below `ASSETS`; ``script_fonts`` are the faces that this sheet alone needs, for scripts that the set lacks;
    ``first_folio`` is the number of its first page; ``programs`` names, with their versions, the
    programs that lay it out.
    """

    name: str
    sheet: str
    style: str
    language: str
    first_folio: int
    font_set: FontSet
    programs: str
    assets: Mapping[str, bytes] = field(default_factory=dict)
    script_fonts: FontSet = FontSet(())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the pages depend on, in hexadecimal digits."""
        pictures = sorted((name, hashlib.sha256(content).hexdigest()) for name, content in self.assets.items())
        fields = (self.name, self.sheet, self.style, self.language, self.first_folio, self.programs, pictures)
        return hashlib.sha256(repr((*fields, self.font_set.digest, self.script_fonts.digest)).encode()).hexdigest()


@dataclass(frozen=True)
class LaidOut:
    """The pages of a unit: a PDF, their number, and on which of them (from 0) each id of the sheet is.

    ``losses`` describe what is missing from the pages, such as a picture that cannot be read, one sentence each;
    ``breaks`` are where all pages but the first begin; ``lost_words`` are what the pages lack of the sheet's words;
    ``undescribed`` is the number of pictures without alternative text.
    """

    pdf: bytes
    pages: int
    places: Mapping[str, int]
    losses: tuple[str, ...] = ()
    breaks: tuple[PageBreak, ...] = ()
    lost_words: tuple[LostWord, ...] = ()
    undescribed: int = 0
