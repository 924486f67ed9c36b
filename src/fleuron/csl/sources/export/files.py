"""Items of CSL-JSON as files for those who take them home: BibTeX (in biblatex's reading of it) and RIS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fleuron.csl.sources.export import bibtex, ris


def to_bibtex(items: Iterable[Mapping[str, Any]]) -> str:
    """Write items as a .bib file in UTF-8, in their order. Never raises; what gets lost is in `bibtex.LOSSES`.

    Where BibTeX's own types and names say the same, they are used (`journal`, `address`, `year`, `@phdthesis`); what
    only biblatex can say is in its fields.
    """
    return "\n".join(_entry(item) for item in items)


def _entry(item: Mapping[str, Any]) -> str:
    kind, fields = bibtex.entry(item)
    width = max(map(len, fields), default=0)
    lines = [f"  {name:<{width}} = {value}," for name, value in fields.items()]
    return "\n".join((f"@{kind}{{{bibtex.entry_key(item)},", *lines, "}\n"))


def to_ris(items: Iterable[Mapping[str, Any]]) -> str:
    """Write items as a .ris file in UTF-8, in their order. Never raises; what gets lost is in `ris.LOSSES`."""
    return "".join(ris.record(item) for item in items)
