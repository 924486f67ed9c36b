"""Add to the conf.py of a Sphinx project what Fleuron needs to leave it as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fleuron.authoring.settings_file import line_with, with_value
from fleuron.option_checks import check_languages
from fleuron.publication.language_tags import language_tag

# What a project can take of Fleuron: the extension that has it, and what it gives.
PARTS = {
    "all": ("fleuron", "notes, PDFs, EPUBs and archived versions; fleuron publish builds them"),
    "notes": ("fleuron.notes", "citations as notes in any CSL style, in every theme"),
    "pdf": ("fleuron.paged", "the builder pdf of sphinx-build"),
}
# What Sphinx 9.0 takes for a project that names no theme; without the line, it would be Fleuron's.
STOCK_THEME = "alabaster"
# Extensions with a builder that has the name of one of Fleuron's.
SAME_BUILDER = {"rst2pdf.pdfbuilder": "pdf"}


@dataclass(frozen=True)
class AddedLine:
    """A line of conf.py that is new or has changed, and why."""

    line: str
    reason: str


@dataclass(frozen=True)
class Adoption:
    """The new text of a conf.py, its new lines, and what its author should know."""

    text: str
    lines: tuple[AddedLine, ...]
    notices: tuple[str, ...]


def adopted(text: str, values: Mapping[str, Any], source: Path, part: str) -> Adoption:
    """Return what becomes of a conf.py with this text, whose ``values`` are those that it sets, for a part of PARTS."""
    extension, gives = PARTS[part]
    lines: list[AddedLine] = []
    appended: list[AddedLine] = []
    if extension not in values.get("extensions", ()):
        changed = with_value(text, "extensions", extension)
        if changed is not None:
            text = changed
            lines.append(AddedLine(line_with(text, extension), gives))
        else:
            own = f"[*extensions, {json.dumps(extension)}]" if "extensions" in values else json.dumps([extension])
            appended.append(AddedLine(f"extensions = {own}", gives))
    if part == "all":
        appended += settings_of_publication(values, source)
    if appended:
        text = f"{text.rstrip()}\n\n# For Fleuron.\n" + "".join(f"{each.line}\n" for each in appended)
    return Adoption(text, (*lines, *appended), tuple(notices(values)))


def settings_of_publication(values: Mapping[str, Any], source: Path) -> Iterator[AddedLine]:
    """Yield the lines by which a project keeps its theme, and is built in all its languages."""
    if "html_theme" not in values:
        theme = f'html_theme = "{STOCK_THEME}"'
        yield AddedLine(theme, "the theme that the project has had, with its index, sources and numbering")
    languages = languages_in(values, source)
    if "fleuron_languages" not in values and len(languages) > 1:
        line = f"fleuron_languages = {json.dumps(languages)}"
        yield AddedLine(line, "the languages that have catalogues, that of the sources first")


def languages_in(values: Mapping[str, Any], source: Path) -> list[str]:
    """List the language of the sources, and those whose catalogues the project has."""
    first = language_tag(str(values.get("language") or "en"))
    folders = [source / name for name in values.get("locale_dirs", ["locales"])]
    found = sorted(path.parent.name for folder in folders for path in folder.glob("*/LC_MESSAGES"))
    return list(dict.fromkeys([first, *(tag for tag in map(language_tag, found) if check_languages([tag]) is None)]))


def notices(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what will be another way than before, and what the author has to decide."""
    extensions = values.get("extensions", ())
    for name, builder in SAME_BUILDER.items():
        if name in extensions:
            yield f"{name} has a builder “{builder}” too: take one of the two out of extensions"
    if "sphinxcontrib.bibtex" in extensions:
        if not values.get("fleuron_note_style"):
            yield "{footcite} makes notes in the style “opcit” from now on; fleuron_note_style names another one"
        if values.get("fleuron_cite_style"):
            yield "{cite} and {bibliography} take the style of fleuron_cite_style; without it, they stay as they are"
        else:
            yield (
                "{cite} and {bibliography} stay in your own style (bibtex_reference_style, bibtex_default_style); "
                "fleuron_cite_style gives them a CSL style"
            )
    if not values.get("html_baseurl"):
        yield "html_baseurl, the address of the site, is not set: feeds and records for libraries need it"
