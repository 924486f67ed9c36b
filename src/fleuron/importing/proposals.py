"""Keep proposed entries in a file of their own until the author accepts them into the bibliography."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fleuron.csl.sources.bibtex import read_bibliography
from fleuron.importing.new_sources import entry_text


def entries_in(text: str) -> dict[str, str]:
    """Return the entries of a .bib file as it has them, by key."""
    return {key: entry_text(text, key, item) for key, item in read_bibliography(text)[0].items()}


def with_entries(text: str, entries: Mapping[str, str]) -> str:
    """Return the text of a .bib file with entries after its own; of those that it has, its own stay."""
    known = {key.casefold() for key in entries_in(text)}
    new = [entry.strip() for key, entry in entries.items() if key.casefold() not in known]
    parts = [text.rstrip(), *new] if text.strip() else new
    return "\n\n".join(parts) + "\n"


def without_entries(text: str, keys: Iterable[str]) -> str:
    """Return the text of a .bib file of proposals without those that were accepted; nothing if none is left."""
    accepted = set(keys)
    left = [entry.strip() for key, entry in entries_in(text).items() if key not in accepted]
    return "\n\n".join(left) + "\n" if left else ""
