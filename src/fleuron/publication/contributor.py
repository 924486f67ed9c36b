"""The record of a contributor, read and checked from the front matter of a file in authors/."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import did_you_mean
from fleuron.publication.article import read_fields
from fleuron.publication.edition import Edition
from fleuron.publication.front_matter import FrontMatter
from fleuron.publication.language_tags import meant_language
from fleuron.publication.values.organizations import Affiliation, as_affiliations
from fleuron.publication.values.plain_values import BadValueError, as_boolean, as_text

ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


@dataclass(frozen=True)
class Contributor:
    """A person, or an ``organization``, that signs articles.

    ``lang`` is the language of the biography, if it is not that of the sources.
    """

    name: str = ""
    orcid: str = ""
    affiliation: tuple[Affiliation, ...] = ()
    lang: str = ""
    organization: bool = False
    lines: Mapping[str, int] | None = None


def check_digit(digits: str) -> str:
    """Return the last character of an ORCID iD from its first 15 digits (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def as_orcid(value: Any) -> str:
    match = ORCID.fullmatch(str(value).strip())
    if match is None:
        raise BadValueError("an ORCID iD, such as 0000-0002-1825-0097")
    digits = match[1].replace("-", "")
    if check_digit(digits[:15]) != digits[15]:
        raise BadValueError("an ORCID iD, and its check digit shows that a digit is mistyped")
    return match[1]


def as_language(value: Any) -> str:
    try:
        Edition(str(value)).locale  # noqa: B018 (raises the error)
    except ValueError:
        raise BadValueError(f"a language tag, such as tr or pt-BR{meant_language(str(value))}") from None
    return str(value)


FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "name": as_text,
    "orcid": as_orcid,
    "affiliation": as_affiliations,
    "lang": as_language,
    "organization": as_boolean,
}


def with_missing_name(front_matter: FrontMatter, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with that of the missing name, which replaces the one of its mistyped key."""
    unknown = [key for key in front_matter.entries if key not in FIELDS]
    mistyped = next((key for key in unknown if "“name”" in did_you_mean(key, FIELDS)), "")
    if not mistyped:
        return [*findings, Finding(Diagnostic.NO_NAME, values={"instead": ""})]
    line = front_matter.entries[mistyped].line
    others = [each for each in findings if (each.diagnostic, each.line) != (Diagnostic.UNKNOWN_KEY, line)]
    return [*others, Finding(Diagnostic.NO_NAME, line, {"instead": f", in place of “{mistyped}: …”"})]


def read_contributor(front_matter: FrontMatter) -> tuple[Contributor, list[Finding]]:
    """Return the record of a contributor."""
    values, findings = read_fields(front_matter, FIELDS)
    if not values.get("name") and not any(finding.diagnostic.is_error for finding in findings):
        findings = with_missing_name(front_matter, findings)
    lines = {key: entry.line for key, entry in front_matter.entries.items()}
    return Contributor(**values, lines=lines), findings
