"""Notes of real styles compared with those of the reference processor, and the reasons for differences."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fleuron.csl.json_input import cite_of
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import compile_style
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.style.style_files import find_style
from fleuron.csl.text.run_writers import to_plain

# All notes in all styles are rendered.
pytestmark = pytest.mark.slow

OWN_QUOTES = "nested quotation marks are the inner ones of the locale, not the English ones of the title"
RANGE = "a range of years is one date: the reference repeats the affixes of the date inside it"
EVENT = "an item with `event-title` has the `event` of CSL 1.0 styles (CSL 1.0.2 renamed the variable)"
OURS = "a term of our own locale files: the Turkish or Russian one is wrong or left in English in the older files"
IBID = "chicago-notes-bibliography-subsequent-ibid-17th-edition"
# Style, locale and number of each note that is known to differ, and why.
KNOWN = {
    **dict.fromkeys(((IBID, "tr-TR", note) for note in (12, 13, 16, 22, 28, 31, 40, 43, 51, 53, 58, 62, 64)), OURS),
    **dict.fromkeys(((IBID, "ru-RU", note) for note in (26, 36, 43, 53, 54)), OURS),
    **dict.fromkeys((("mhra-notes", "tr-TR", note) for note in (43, 53, 57)), OURS),
    (IBID, "ru-RU", 9): OWN_QUOTES,
    (IBID, "ru-RU", 61): OWN_QUOTES,
    (IBID, "de-DE", 9): OWN_QUOTES,
    (IBID, "de-DE", 61): OWN_QUOTES,
    ("collection-de-l-ecole-francaise-de-rome-full-note", "fr-FR", 61): OWN_QUOTES,
    ("collection-de-l-ecole-francaise-de-rome-full-note", "fr-FR", 62): OWN_QUOTES,
    (
        "collection-de-l-ecole-francaise-de-rome-full-note",
        "fr-FR",
        36,
    ): "the reference gives an error for an empty note",
    ("iso690-full-note-en", "en-US", 24): "the reference prints two full stops after “trans.”",
    ("iso690-full-note-en", "en-US", 34): "the reference prints a full stop after a question mark",
    (
        "uludag-universitesi-sosyal-bilimler-enstitusu-full-note-with-ibid",
        "tr-TR",
        37,
    ): "the reference prints the label of a volume that the item does not have",
    ("uludag-universitesi-sosyal-bilimler-enstitusu-full-note-with-ibid", "tr-TR", 53): RANGE,
    ("australian-guide-to-legal-citation", "en-GB", 53): RANGE,
    ("society-of-biblical-literature-fullnote-bibliography", "en-US", 41): EVENT,
    ("byzantine-and-modern-greek-studies", "en-GB", 41): EVENT,
}


@pytest.fixture(scope="session")
def oracle() -> Mapping[str, Any]:
    folder = os.environ.get("FLEURON_CSL_CASES")
    if not folder:
        pytest.skip("FLEURON_CSL_CASES does not say where the reference notes are")
    data: Mapping[str, Any] = json.loads((Path(folder) / "styles-oracle.json").read_text("utf-8"))
    return data


@pytest.fixture(scope="session")
def differing(oracle: Mapping[str, Any]) -> dict[tuple[str, str, int], tuple[str | None, str]]:
    """Render all notes in all the styles; return those that differ, with the expected and the actual text."""
    items = {str(item["id"]): item for item in oracle["items"]}
    citations = [Citation(tuple(map(cite_of, note)), number) for number, note in enumerate(oracle["notes"], 1)]
    found: dict[tuple[str, str, int], tuple[str | None, str]] = {}
    for name, expected in oracle["expected"].items():
        style, locale = name.split("|")
        printed = Processor(compile_style(find_style(style), locale), items).render_citations(citations)
        for number, (theirs, runs) in enumerate(zip(expected, printed, strict=True), 1):
            ours = " ".join(to_plain(runs).split())
            if theirs is None or " ".join(theirs.split()) != ours:
                found[style, locale, number] = (theirs, ours)
    return found


def test_nearly_all_notes_equal_those_of_the_reference(
    oracle: Mapping[str, Any], differing: Mapping[tuple[str, str, int], object]
) -> None:
    total = sum(len(notes) for notes in oracle["expected"].values())
    assert total > 1000
    assert len(differing) <= 0.03 * total


def test_every_difference_is_known(differing: Mapping[tuple[str, str, int], tuple[str | None, str]]) -> None:
    assert set(differing) == set(KNOWN), {key: differing.get(key) for key in set(differing) ^ set(KNOWN)}
