"""Read what front matter says of organizations: where people work, and who has paid, each with its identifier."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.values.plain_values import BadValueError, as_doi, as_text, as_texts

ROR = re.compile(r"(?:(?:https?://)?ror\.org/)?(0[0-9a-hj-km-np-tv-z]{6}[0-9]{2})")
# The digits of Crockford's Base32, without the letters I, L, O and U.
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
AFFILIATION_KEYS = ("name", "ror")
FUNDER_KEYS = ("funder", "ror", "doi", "grant")


@dataclass(frozen=True)
class Affiliation:
    """Where a person works; ``ror`` is the identifier in the Research Organization Registry, without its address."""

    name: str
    ror: str = ""


@dataclass(frozen=True)
class Funder:
    """Who has paid, and for which ``grants``, by their numbers; ``doi`` is that of Crossref's registry of funders."""

    name: str
    ror: str = ""
    doi: str = ""
    grants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Funding:
    """Who has paid for the work: a ``statement`` in words, or a list of funders."""

    statement: str = ""
    funders: tuple[Funder, ...] = ()


NO_FUNDING = Funding()


def check_number(digits: str) -> str:
    """Return the last two digits of a ROR identifier from the six between them and its 0 (ISO/IEC 7064, MOD 97-10)."""
    number = 0
    for digit in digits:
        number = number * 32 + DIGITS.index(digit)
    return f"{98 - number * 100 % 97:02}"


def as_ror(value: Any) -> str:
    found = ROR.fullmatch(str(value).strip().lower())
    if found is None:
        raise BadValueError("a ROR identifier, such as https://ror.org/05dxps055")
    if check_number(found[1][1:7]) != found[1][7:]:
        raise BadValueError("a ROR identifier, and its check digits show that a sign is mistyped")
    return found[1]


def as_affiliations(value: Any) -> tuple[Affiliation, ...]:
    """Return the affiliations of a person: a text, one with its identifier, or a list of either."""
    return tuple(as_affiliation(each) for each in (value if isinstance(value, list) else [value]))


def as_affiliation(value: Any) -> Affiliation:
    if not isinstance(value, Mapping):
        return Affiliation(as_text(value))
    check_keys(value, "name", AFFILIATION_KEYS)
    return Affiliation(as_text(value["name"]), as_ror(value["ror"]) if "ror" in value else "")


def as_funding(value: Any) -> Funding:
    """Return who has paid: a sentence, or a list of funders with their grants."""
    if isinstance(value, str):
        return Funding(as_text(value))
    return Funding("", tuple(as_funder(each) for each in (value if isinstance(value, list) else [value])))


def as_funder(value: Any) -> Funder:
    if not isinstance(value, Mapping):
        return Funder(as_text(value))
    check_keys(value, "funder", FUNDER_KEYS)
    return Funder(
        as_text(value["funder"]),
        as_ror(value["ror"]) if "ror" in value else "",
        as_doi(value["doi"]) if "doi" in value else "",
        as_texts(value["grant"]) if "grant" in value else (),
    )


def check_keys(value: Mapping[Any, Any], needed: str, known: Collection[str]) -> None:
    """Raise an error for an entry that lacks the key of its name, or has one that is not known."""
    if needed not in value:
        raise BadValueError(f"entries with “{needed}: …”")
    for key in value:
        if key not in known:
            raise BadValueError(f"entries without “{key}”{suggestion(str(key), known)}")
