"""Fields of a MARC 21 record, and their pairs in the script of the work (MARC 21, Appendix A and field 880)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pymarc import Field, Indicators, Subfield

from fleuron.metadata.library.romanisation import romanised, script_of
from fleuron.metadata.plain_text import folded

# What has names and titles that are filed; a note or a keyword stands in its own script alone (Model B).
PAIRED = ("100", "110", "245", "264", "700", "710", "765", "767", "773")
# How $6 calls a script, with “r” for one that is written from the right (Appendix A, “Script identification code”).
SCRIPT_CODES = {"CYRILLIC": "/(N", "ARABIC": "/(3/r"}
# $6 has two digits.
MOST_PAIRS = 99


def field(tag: str, indicators: str, *parts: tuple[str, str]) -> Field:
    """Make a data field of the subfields that are not empty, each in one line; “#” is a blank indicator."""
    first, second = list(indicators.replace("#", " "))
    told = [Subfield(code, folded(text)) for code, text in parts if folded(text)]
    return Field(tag, Indicators(first, second), told)


def paired(fields: Iterable[Field]) -> Iterator[Field]:
    """Yield the fields in Latin letters, then those that tell the same in another script (Model A)."""
    others: list[Field] = []
    for each in fields:
        script = script_of("".join(part.value for part in each.subfields)) if each.tag in PAIRED else ""
        if not script or len(others) == MOST_PAIRS:
            yield each
            continue
        number = f"{len(others) + 1:02}"
        latin = [Subfield(part.code, romanised(part.value)) for part in each.subfields]
        yield Field(each.tag, each.indicators, [Subfield("6", f"880-{number}"), *latin])
        link = Subfield("6", f"{each.tag}-{number}{SCRIPT_CODES[script]}")
        others.append(Field("880", each.indicators, [link, *each.subfields]))
    yield from others
