"""Write CSL-JSON names as BibTeX and biblatex names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fleuron.csl.sources.entry.names import Name, read_names
from fleuron.csl.sources.latex.writer import escape

PARTS = ("family", "given", "non-dropping-particle", "suffix")


def write_names(names: Sequence[Any]) -> str:
    """Write a list of names joined by "and"; anything that is not a name object is skipped."""
    return " and ".join(filter(None, (_written(name) for name in names if isinstance(name, Mapping))))


def _written(name: Mapping[str, Any]) -> str:
    """Write one name in the simplest notation that is read back as the same name."""
    if name.get("others"):
        return "others"
    parts = {part: " ".join(str(name[part]).split(" ")).strip() for part in PARTS if name.get(part)}
    particles = [str(name[part]) for part in ("dropping-particle", "non-dropping-particle") if name.get(part)]
    if not parts.get("family"):
        literal = str(name.get("literal") or " ".join(filter(None, (parts.get("given"), *particles))))
        return f"{{{escape(literal)}}}" if literal.strip() else ""
    if particles:
        parts["non-dropping-particle"] = " ".join(particles)
    return next((text for text in _ways(parts) if _reads_back(text, parts)), _extended(parts))


def _ways(parts: Mapping[str, str]) -> list[str]:
    """Return the possible notations of a name, the simplest first."""
    plain = {part: escape(text) for part, text in parts.items()}
    held = {part: text if part == "non-dropping-particle" else f"{{{text}}}" for part, text in plain.items()}
    return [_inverted(plain), _inverted(held), _extended(parts)]


def _inverted(parts: Mapping[str, str]) -> str:
    """Write "von Last, Jr., First"."""
    family = " ".join(filter(None, (parts.get("non-dropping-particle"), parts["family"])))
    rest = (
        [parts["suffix"], parts.get("given", "")]
        if parts.get("suffix")
        else [parts["given"]]
        if "given" in parts
        else []
    )
    return ", ".join((family, *rest)) if rest or " " not in family else f"{family},"


def _extended(parts: Mapping[str, str]) -> str:
    """Write biblatex's extended format, which names each part; only biber reads it."""
    names = {"non-dropping-particle": "prefix"}
    return ", ".join(f"{names.get(part, part)}={{{escape(text)}}}" for part, text in parts.items())


def _reads_back(text: str, parts: Mapping[str, str]) -> bool:
    """Return whether a notation is read back as the same parts."""
    messages: list[str] = []
    names: list[Name] = read_names(text, messages.append)
    return not messages and names == [{part: word.replace("'", "’") for part, word in parts.items()}]
