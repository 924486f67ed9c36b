"""Every fault the press itself reports, declared once.

A fault is an error when the pages made from it would be wrong for a reader (a missing
picture, a note without its source): nothing is published then. It is a warning when the
pages are sound but poorer than the author meant.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

# Warnings of Sphinx and the extensions it loads which mean that a page is wrong, as
# "type.subtype"; to these a press says no, whatever SPHINXOPTS is.
GRAVE_WARNINGS = frozenset(
    {
        "bibtex.bibfile_data_error",
        "bibtex.bibfile_error",
        "bibtex.key_not_found",
        "download.not_readable",
        "image.not_readable",
        "myst.directive_unknown",
        "myst.role_unknown",
        "myst.xref_missing",
        "ref.doc",
        "ref.numref",
        "ref.ref",
        "ref.term",
        "toc.not_readable",
    }
)


@dataclass(frozen=True)
class Fault:
    """The code, the weight and the wording of a diagnostic; the wording is a format string."""

    code: str
    is_error: bool
    wording: str


class Diagnostic(Enum):
    """What can be wrong with a publication; each member's docstring says when it is reported."""

    UNKNOWN_KEY = Fault("unknown_key", False, "front matter has no key “{key}”{nearest}")
    """A key in front matter that the press does not read."""

    REPEATED_KEY = Fault("repeated_key", False, "“{key}” stands twice in the front matter; keep one of them")
    """A key that is given two values, of which YAML would silently take the last."""

    BAD_VALUE = Fault("bad_value", False, "“{key}: {value}” is not {expected}; the line is left out")
    """A value of the wrong kind or form, such as a date that no calendar has."""

    UNKNOWN_AUTHOR = Fault("unknown_author", False, "there is no contributor “{author}” in authors/{nearest}")
    """An author of an article without a file in authors/."""

    NO_AUTHOR = Fault(
        "no_author", False, "the article names no author; add “authors: [id]”, where authors/id.md is the author's page"
    )
    """An article whose front matter lacks authors."""

    TITLE_TWICE = Fault(
        "title_twice", False, "the title stands in the front matter and again as the first heading; delete one of them"
    )
    """A front matter title above a first heading."""

    NO_NAME = Fault("no_name", True, "the contributor has no name; add “name: …” to the front matter")
    """A file in authors/ whose front matter lacks the name."""

    BAD_FRONT_MATTER = Fault("bad_front_matter", True, "the front matter is not YAML: {problem}")
    """Front matter that cannot be parsed, or is not a list of keys and values."""

    EMPTY_DOCUMENT = Fault("empty_document", True, "the file is empty; write a heading and a text, or delete the file")
    """A source file without any text."""

    NO_TITLE = Fault(
        "no_title", True, "the article has no title; write “title: …” in its front matter or begin with a “# heading”"
    )
    """An article with neither a title nor a heading."""

    NOT_UTF8 = Fault("not_utf8", True, "byte {byte} (0x{value:02x}) is not UTF-8; save the file as UTF-8")
    """A source file in another encoding."""

    BAD_CATALOGUE = Fault("bad_catalogue", True, "the catalogue cannot be read: {problem}")
    """A .po file with a syntax error."""

    LEFT_OVER_CATALOGUE = Fault(
        "left_over_catalogue", False, "this was compiled of {name}, which is not there; delete it, or put {name} back"
    )
    """A compiled catalogue whose source is gone: it would go on translating, here and on no other machine."""

    BAD_BIBLIOGRAPHY = Fault("bad_bibliography", True, "the bibliography cannot be read: {problem}")
    """A .bib file with a syntax error."""

    NO_BIBLIOGRAPHY = Fault(
        "no_bibliography", True, "there is no bibliography “{name}”{nearest}; bibtex_bibfiles in conf.py names it"
    )
    """A .bib file that conf.py names and that is not there."""

    REPEATED_SOURCE = Fault("repeated_source", False, "{problem}; the first is used: delete or rename the other")
    """A key, or a field of an entry, that a .bib file has twice."""

    UNKNOWN_SOURCE = Fault("unknown_source", False, "there is no source “{key}” in the bibliography{nearest}")
    """A key in a citation that no .bib file has."""

    MISSING_FIELD = Fault("missing_field", False, "the source “{key}” has no {fields}; its notes are printed without")
    """A cited source without what would lead a reader to it."""

    BAD_CITATION = Fault("bad_citation", False, "“{words}” is no locator or citation; {advice}")
    """A locator with a code that is not known or a call that cannot be read."""

    CHANGED_CALLS = Fault("changed_calls", False, "the translation {change}, against the text it translates")
    """A message whose translation calls other notes than its source."""

    UNKNOWN_NOTE = Fault("unknown_note", True, "there is no note “[^{label}]:”{nearest}")
    """A call of an author's own note that is not written anywhere."""

    UNCALLED_NOTE = Fault("uncalled_note", False, "the note “[^{label}]:” is called nowhere, and not printed")
    """An author's own note without a call."""

    UNKNOWN_LANGUAGE = Fault("unknown_language", False, "“language-{tag}” names no language{nearest}")
    """Words that are marked with a language that there is not; they are printed as if they were not marked."""

    MARKUP_IN_RECORD = Fault("markup_in_record", False, "HTML in a title or a record is printed as it stands: {markup}")
    """HTML in what travels to catalogues and lists, where markup has no place."""

    FOREIGN_MARKUP = Fault(
        "foreign_markup", False, "HTML that the source text does not have is printed as it stands: {markup}"
    )
    """HTML that a translation adds to its message."""

    FORBIDDEN_ADDRESS = Fault(
        "forbidden_address", False, "the address “{address}” is left out: only http, https, mailto and doi are allowed"
    )
    """A link to an address of another scheme, such as javascript: or file:."""

    MISSING_FILE = Fault("missing_file", True, "there is no file “{path}”")
    """A file to include that is not there."""

    FETCHED_FILE = Fault("fetched_file", True, "“{path}” would have to be fetched; copy the file into the folder")
    """A file to include, or a picture, that is given by an address."""

    CONTROL_CHARACTER = Fault("control_character", True, "delete the character U+{value:04X}; no page may carry it")
    """A control character, which no page may carry (XML 1.0, 2.2)."""

    BROKEN_PICTURE = Fault("broken_picture", True, "the picture cannot be shown: {problem}")
    """A damaged picture, or a file that is none."""

    BROKEN_MARKUP = Fault("broken_markup", True, "the page's HTML cannot be made XML, which an EPUB wants: {problem}")
    """Raw HTML in a text whose tags do not match."""

    OUTSIDE_PUBLICATION = Fault(
        "outside_publication", True, "“{path}” lies outside the publication; copy it into the folder"
    )
    """An image or an included file from outside the source folder."""

    @property
    def is_error(self) -> bool:
        return self.value.is_error

    def worded(self, facts: Mapping[str, object]) -> str:
        return self.value.wording.format(**facts)


@dataclass(frozen=True)
class Finding:
    """A diagnostic at a line (from 1) of a file, with the facts its wording names."""

    diagnostic: Diagnostic
    line: int = 1
    facts: Mapping[str, object] = field(default_factory=dict)


# As many choices as are listed where none is near.
MOST_CHOICES = 12


def nearest(word: str, choices: Iterable[str]) -> str:
    """Word the choice nearest to a misspelt word, or where none is near all of them, as far as a line has room."""
    known = sorted(choices)
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return f"; did you mean “{near[0]}”?"
    more = f" and {len(known) - MOST_CHOICES} more" if len(known) > MOST_CHOICES else ""
    return f"; there is: {', '.join(known[:MOST_CHOICES])}{more}" if known else ""
