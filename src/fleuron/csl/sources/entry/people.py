"""Read the people of an entry (authors, editors and so on) into CSL's name variables."""

from __future__ import annotations

import re
from typing import Any

from fleuron.csl.sources.entry.bib_entry import FieldReader
from fleuron.csl.sources.entry.names import Name, read_names
from fleuron.csl.sources.entry.publication_details import CONFERENCES
from fleuron.csl.vocabulary import ROLES, split_words

# The field of each role: biblatex's, or else the role's name without hyphens.
FIELDS = {role.replace("-", ""): role for role in ROLES} | {"bookauthor": "container-author"}
# The types of editors in biblatex (2.3.6) and in its styles, with their roles in CSL.
EDITORS = {
    **dict.fromkeys(("", "editor", "redactor", "reviser", "founder", "continuator"), "editor"),
    **{"compiler": "compiler", "collaborator": "contributor", "organizer": "organizer", "producer": "producer"},
    **{"director": "director", "translator": "translator", "illustrator": "illustrator", "narrator": "narrator"},
    **{"series": "collection-editor", "serieseditor": "collection-editor", "interviewer": "interviewer"},
}
LOST_KINDS = frozenset(split_words("redactor reviser founder continuator"))
# Fields of people for whom CSL has no role.
OTHERS = split_words("afterword annotator commentator foreword introduction")


def people(reader: FieldReader) -> dict[str, Any]:
    """Return the name variables of an entry."""
    use_prefix = _uses_prefix(reader)
    found: dict[str, list[Name]] = {}
    for field, role in FIELDS.items():
        if field != "editor":
            _add(found, role, _names(reader, field, use_prefix))
    for field in ("editor", "editora", "editorb", "editorc", "namea", "nameb", "namec"):
        _add(found, _kind(reader, field), _names(reader, field, use_prefix))
    for field in OTHERS:
        if reader.has(field):
            reader.report(field, f"CSL has no role “{field}”; the people become contributors")
            _add(found, "contributor", _names(reader, field, use_prefix))
    _add(found, "contributor" if "author" in found else "author", _names(reader, "holder", use_prefix))
    if reader.entry.type in CONFERENCES and "organizer" not in found:
        _add(found, "organizer", _organizer(reader))
    if found.get("container-author") == found.get("author") and reader.inherits("bookauthor"):
        del found["container-author"]  # as in biblatex: the book is by the same author
    return dict(found)


def _organizer(reader: FieldReader) -> list[Name]:
    """Return the organization of a conference, unless it serves as the publisher."""
    name = reader.text("organization") if reader.has("publisher") else ""
    return [{"literal": name}] if name and name != reader.text("publisher") else []


def _add(found: dict[str, list[Name]], role: str, names: list[Name]) -> None:
    """Append names to a role."""
    if names:
        found.setdefault(role, []).extend(names)


def _names(reader: FieldReader, field: str, use_prefix: bool) -> list[Name]:
    """Read the names in a field."""
    return read_names(reader.raw(field), reader.reporter_for(field), use_prefix) if reader.has(field) else []


def _kind(reader: FieldReader, field: str) -> str:
    """Return the role of the people in an `editor` or `name` field, from its type field."""
    if not reader.has(field):
        return "editor"
    kind = reader.raw(f"{field}type").strip().lower()
    if field.startswith("name") and not kind:
        reader.report(field, f"set {field}type to the role of these people; without it, they become contributors")
        return "contributor"
    role = EDITORS.get(kind) or FIELDS.get(kind.replace("-", ""))
    if role is None or kind in LOST_KINDS:
        role = role or "contributor"
        reader.report(f"{field}type", f"CSL has no role “{kind}”; the people become {role}s")
    return role


def _uses_prefix(reader: FieldReader) -> bool:
    """Read the option `useprefix`: whether a particle belongs to the family name (default: true)."""
    found = re.search(r"(?:^|,)\s*useprefix\s*=\s*(\w+)", reader.raw("options"))
    return not found or found[1].lower() != "false"
