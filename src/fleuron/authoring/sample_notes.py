"""Show how a citation style words notes, by the citation processor that words those of a build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fleuron.csl import Citation, Cite, Processor, StyleError, compile_style, find_style, read_bibliography, to_plain
from fleuron.csl.style.locales import PRIMARY
from fleuron.publish.settings import CommandError

Item = Mapping[str, Any]
FIRST, SECOND, THIRD = "0", "1", "2"
# What ten notes show, and what each cites; the ids stand for the first sources of a bibliography.
TEN_NOTES: tuple[tuple[str, tuple[Cite, ...]], ...] = (
    ("a work for the first time", (Cite(FIRST),)),
    ("the same, directly after", (Cite(FIRST),)),
    ("the same, another page", (Cite(FIRST, locator="12"),)),
    ("a second work, with pages", (Cite(SECOND, locator="5-7"),)),
    ("the first again", (Cite(FIRST, locator="20"),)),
    ("a third, with words before it", (Cite(THIRD, prefix="see "),)),
    ("a chapter", (Cite(SECOND, locator="3", label="chapter"),)),
    ("two works in one note", (Cite(FIRST, locator="14"), Cite(THIRD, prefix="see also "))),
    ("words after it", (Cite(THIRD, locator="101", suffix=", with a map"),)),
    ("the second again", (Cite(SECOND),)),
)
# The notes that show best how styles differ, of a series: in full, directly after itself, and after another work.
SERIES = ((Cite(FIRST),), (Cite(FIRST, locator="12"),), (Cite(SECOND),), (Cite(FIRST, locator="20"),))
SHOWN_OF_SERIES = (0, 1, 3)


def sample_notes(style: str, language: str, items: Mapping[str, Item], styles: Path | None = None) -> list[str]:
    """Return the texts of the ten notes in a style; raise CommandError if the style cannot be used for notes.

    They cite the first three of ``items``, or fewer if there are not so many; ``styles`` is the folder of own styles.
    """
    return rendered([cites for _what, cites in TEN_NOTES], style, language, items, styles)


def three_notes(style: str, language: str, items: Mapping[str, Item]) -> list[str]:
    """Return three notes in a style: in full, directly after itself, and after a note of another work."""
    notes = rendered(SERIES, style, language, items)
    return [notes[number] for number in SHOWN_OF_SERIES]


def rendered(
    notes: Sequence[Sequence[Cite]], style: str, language: str, items: Mapping[str, Item], styles: Path | None = None
) -> list[str]:
    """Return the texts of notes whose cites stand for the first sources of ``items``."""
    try:
        found = find_style(style.removesuffix(".csl"), styles)
    except StyleError as error:
        raise CommandError(str(error)) from None
    if not found.is_note:
        raise CommandError(
            f"“{found.title or style}” is made for citations in the text; choose a style for notes, such as opcit, "
            "review or chicago-notes-bibliography"
        )
    keys = list(items)
    citations = [
        Citation(tuple(replace(cite, id=keys[int(cite.id) % len(keys)]) for cite in cites), note=number)
        for number, cites in enumerate(notes, 1)
    ]
    processor = Processor(compile_style(found, PRIMARY.get(language, language)), items)
    return [to_plain(runs) for runs in processor.render_citations(citations)]


def items_to_show(texts: Mapping[str, str]) -> dict[str, Item]:
    """Return the sources of .bib files by key, those first that have an author; ``texts`` are by file name."""
    items: dict[str, Item] = {}
    for name, text in texts.items():
        found, _findings = read_bibliography(text, name)
        items = found | items
    return dict(sorted(items.items(), key=lambda each: not each[1].get("author")))
