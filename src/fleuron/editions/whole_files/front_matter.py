"""Put the front matter of a whole-file translation together with that of its source.

A translation has what differs: its title, abstract, keywords and the like. All else comes from the source.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.whole_files.sections import TRANSLATED_KEYS
from fleuron.publication.article import FIELDS as ARTICLE_FIELDS
from fleuron.publication.article import PAGE_FIELDS, SPHINX_KEYS
from fleuron.publication.contributor import FIELDS as CONTRIBUTOR_FIELDS
from fleuron.publication.front_matter import Entry, FrontMatter, as_heading

# The key under which a translation records what it was made from.
TRANSLATED_FROM = "translated_from"
# That of its translators.
TRANSLATORS = "translators"
# The fields of texts of all kinds.
FIELDS_OF_TEXTS = frozenset({*ARTICLE_FIELDS, *CONTRIBUTOR_FIELDS, *PAGE_FIELDS})
# What a translation has in its language, or alone.
OWN_KEYS = frozenset({*TRANSLATED_KEYS, "changes", "withdrawn", "reviews", "funding", TRANSLATORS})


def merged(translation: FrontMatter, source: FrontMatter, language: str) -> FrontMatter:
    """Return the front matter of an edition's text: that of the translation, and what only the source has.

    An entry of the source counts as one of the first line, and has no lines of its own. The translators that a
    translation names are those into its language, and stand before those that the source names.
    """
    own = {key: entry for key, entry in translation.entries.items() if key != TRANSLATED_FROM}
    if (named := own.get(TRANSLATORS)) and not isinstance(named.value, dict):
        others = source.entries[TRANSLATORS].value if TRANSLATORS in source.entries else {}
        known = others if isinstance(others, dict) else {}
        own[TRANSLATORS] = replace(named, value={**known, language: named.value})
    rest = {key: Entry(entry.value, 1, 0) for key, entry in source.entries.items() if key not in own}
    return replace(translation, entries=rest | own)


def contradictions(translation: FrontMatter, source: FrontMatter, name: str) -> Iterator[Finding]:
    """Yield what a translation says otherwise than its source, a file of this name, and may not."""
    for key, entry in translation.entries.items():
        if key in OWN_KEYS or key in SPHINX_KEYS or key == TRANSLATED_FROM or key not in FIELDS_OF_TEXTS:
            continue  # what is not a field is reported as unknown
        original = source.entries.get(key)
        if original is None or original.value != entry.value:
            values = {"key": key, "value": entry.value, "source": name}
            values["other"] = f"“{original.value}”" if original else "none"
            yield Finding(Diagnostic.CONTRADICTS_SOURCE, entry.line, values)
    for key in ("keywords", "changes"):
        own, other = translation.entries.get(key), source.entries.get(key)
        if own and (number := number_of(own.value)) != (wanted := number_of(other.value) if other else 0):
            problem = f"it has {number} {key}, and {name} has {wanted}; each needs its counterpart"
            yield Finding(Diagnostic.UNPAIRED_SECTION, own.line, {"problem": problem})


def number_of(value: object) -> int:
    """Return the number of texts in a list, or in a string with commas between them."""
    return len(value) if isinstance(value, list) else len([part for part in str(value).split(",") if part.strip()])


def text_to_parse(text: str, front_matter: FrontMatter, heading: str, heading_line: int) -> str:
    """Return the text of a translation for MyST, with every line in its place where that is possible.

    ``front_matter`` is that of the edition's text, of which MyST gets what Sphinx and MyST read themselves.
    ``heading``, in Markdown, becomes the first heading.
    """
    lines = text.split("\n")[front_matter.height :]
    values = {key: entry.value for key, entry in front_matter.entries.items() if key in SPHINX_KEYS}
    head = ["---", json.dumps(values, ensure_ascii=False, default=str), "---"] if values else []
    if heading:
        head += [""] * (heading_line - 1 - len(head))
        head.append(as_heading(heading))
    # Without front matter of its own, there is no room for that of the source.
    return "\n".join(head + [""] * (front_matter.height - len(head)) + lines)
