"""Write the header of a catalogue, with what tools of translators need to know of its language."""

from __future__ import annotations

import re
from dataclasses import replace

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural

from fleuron.editions.merging.po_entries import Entry, Kind, Line, PoFile
from fleuron.editions.merging.po_strings import NARROW, keyword_lines
from fleuron.publication.language_tags import language_tag

CREATION_DATE = re.compile(r'"POT-Creation-Date: ?[^"\\]*\\n"')


def has_header(catalogue: PoFile) -> bool:
    return catalogue.header is not None


def new_header(template: PoFile, language: str) -> Entry:
    """Return the header of a new catalogue: that of its template, with the language and the forms of its plurals.

    ``language`` is the name that gettext has for it, such as ``pt_BR``.
    """
    project = template.fields.get("project-id-version", "")
    comments = [f"# {language_name(language)} translation of {project}."]
    fields = (template.header.translation if template.header else "").splitlines()
    fields += (f"Language: {language}", f"Plural-Forms: {plural_forms(language)}")
    text = "".join(f"{field}\n" for field in fields)
    lines = [Line(Kind.COMMENT, comment) for comment in comments]
    lines += (Line(Kind.MESSAGE, text) for text in keyword_lines("msgid", "", NARROW))
    lines += (Line(Kind.TRANSLATION, text) for text in keyword_lines("msgstr", text, NARROW))
    return Entry(tuple(lines), gap=0)


def language_name(language: str) -> str:
    """Return the English name of a language."""
    try:
        return Locale.parse(language_tag(language), sep="-").get_display_name("en") or language
    except (UnknownLocaleError, ValueError):
        return language


def plural_forms(language: str) -> str:
    """Return the field of a header about plural forms."""
    try:
        return str(get_plural(Locale.parse(language_tag(language), sep="-")))
    except (UnknownLocaleError, ValueError):
        return "nplurals=2; plural=(n != 1);"


def with_creation_date(header: Entry | None, template: PoFile) -> Entry | None:
    """Return a header that says when the messages were extracted; all else in it is as it was."""
    date = template.fields.get("pot-creation-date")
    if header is None or not date:
        return header
    written = f'"POT-Creation-Date: {date}\\n"'
    lines = (
        replace(line, text=text, written="")
        if (text := CREATION_DATE.sub(lambda _old: written, line.text)) != line.text
        else line
        for line in header.lines
    )
    return replace(header, lines=tuple(lines))
