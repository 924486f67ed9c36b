"""Make the pages of a publication's policies from templates, with the translations that there are.

A template in the language of the sources is the page; without one, it is in English, and marked so. The other languages
that have a template get a catalogue with its sentences, so that each edition has the page in its own language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fleuron.authoring.new_files import check_absent, write_new_files
from fleuron.authoring.template_files import filled_in, template_folder
from fleuron.editions.bidirectional import LANGUAGE_CLASS
from fleuron.editions.interface_words import ENGLISH
from fleuron.publication.language_tags import primary_language
from fleuron.publish.settings import PublicationSettings

# The pages, by the names of their templates.
POLICIES = {
    "editorial": "how texts are chosen and reviewed",
    "corrections": "how errors are corrected, and articles retracted",
    "open-access": "who may read and use the texts, and what it costs",
    "preservation": "how, where and for how long all is kept",
}
FOLDER = "pages"
# How a heading and an item of a list begin, which are no part of what a translator reads.
MARKS = ("# ", "## ", "- ")


def make_policies(settings: PublicationSettings, names: Sequence[str]) -> list[Path]:
    """Write the pages of policies and their catalogues, and return their paths; raise CommandError if one exists."""
    texts: dict[Path, str] = {}
    for name in names:
        texts[settings.source / FOLDER / f"{name}.md"] = page_text(settings, name)
        texts |= dict(catalogues(settings, name))
    check_absent(list(texts), "nothing is written; name the policies that are to be made, or move the file away")
    write_new_files(texts)
    return list(texts)


def page_text(settings: PublicationSettings, name: str) -> str:
    """Return a page in the language of the sources, or in English with a mark before each of its blocks."""
    source = settings.languages[0]
    if template := template_in(source, name):
        return filled_in(template, title=settings.title)
    text = filled_in(template_in(ENGLISH, name), title=settings.title)
    mark = f"{{.{LANGUAGE_CLASS}{ENGLISH}}}\n"
    blocks = text.rstrip("\n").split("\n\n")
    return "\n\n".join(block if block.startswith("#") else mark + block for block in blocks) + "\n"


def template_in(language: str, name: str) -> str:
    """Return the template of a page in a language, or in that without its region; "" if there is none."""
    for tag in (language, primary_language(language)):
        if template_folder().joinpath("policies", tag, f"{name}.md.jinja").is_file():
            return f"policies/{tag}/{name}.md.jinja"
    return ""


def catalogues(settings: PublicationSettings, name: str) -> Iterator[tuple[Path, str]]:
    """Yield the catalogue of a page in each other language that has a template of it."""
    source, *others = settings.languages
    original = filled_in(template_in(source, name) or template_in(ENGLISH, name), title=settings.title)
    for language in others:
        if template := template_in(language, name):
            translated = filled_in(template, title=settings.title)
            pairs = zip(messages(original), messages(translated), strict=True)
            entries = "".join(f"\nmsgid {quoted(one)}\nmsgstr {quoted(other)}\n" for one, other in pairs)
            header = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
            path = settings.catalogues / language / "LC_MESSAGES" / FOLDER / f"{name}.po"
            yield path, header + entries


def messages(text: str) -> list[str]:
    """Return what a translator reads of a page: its headings, paragraphs and items, each of which is one line."""
    lines = (line for line in text.split("\n") if line)
    return [next((line.removeprefix(mark) for mark in MARKS if line.startswith(mark)), line) for line in lines]


def quoted(text: str) -> str:
    """Return a text as a string of a catalogue."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
