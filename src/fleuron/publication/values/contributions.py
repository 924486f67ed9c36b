"""Read what each author of an article has done, by the Contributor Roles Taxonomy (CRediT, ANSI/NISO Z39.104-2022)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.values.plain_values import BadValueError, as_texts

# The words of the 14 roles in English, which the interface translates, by the last part of their addresses.
ROLES: Mapping[str, str] = {
    "conceptualization": "Conceptualization",
    "data-curation": "Data curation",
    "formal-analysis": "Formal analysis",
    "funding-acquisition": "Funding acquisition",
    "investigation": "Investigation",
    "methodology": "Methodology",
    "project-administration": "Project administration",
    "resources": "Resources",
    "software": "Software",
    "supervision": "Supervision",
    "validation": "Validation",
    "visualization": "Visualization",
    "writing-original-draft": "Writing – original draft",
    "writing-review-editing": "Writing – review & editing",
}
TAXONOMY = "https://credit.niso.org/"


def role_address(role: str) -> str:
    """Return the address of a role in the taxonomy."""
    return f"{TAXONOMY}contributor-roles/{role}/"


def as_roles(value: Any) -> dict[str, tuple[str, ...]]:
    """Return the roles of each author, by the name of her file."""
    if not isinstance(value, dict):
        raise BadValueError("the roles of each author, such as {ada: [conceptualization, software]}")
    return {str(author): tuple(map(as_role, as_texts(roles))) for author, roles in value.items()}


def as_role(text: str) -> str:
    """Return the name of a role, which may be written as the taxonomy has it: `Writing – original draft`."""
    role = re.sub("[^a-z]+", "-", text.lower()).strip("-")
    if role not in ROLES:
        raise BadValueError(f"roles of CRediT, and “{text}” is not one{suggestion(role, ROLES)}")
    return role


def roles_of_others(roles: Mapping[str, object], authors: Collection[str], line: int) -> Iterator[Finding]:
    """Yield the names of those who have roles and are not authors of the article."""
    for name in roles:
        if name not in authors:
            unknown = {
                "key": "roles",
                "value": name,
                "expected": f"the name of an author of it{suggestion(name, authors)}",
            }
            yield Finding(Diagnostic.BAD_VALUE, line, unknown)
