"""Run the public CSL test suite: one fixture file for each case, with its input and the expected result."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fleuron.csl.json_input import cite_of
from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import compile_style
from fleuron.csl.rendering.context import Cite, Position
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.style.style_files import read_style
from fleuron.csl.text.run_writers import to_html

SECTION = re.compile(r">>=+\s*([A-Z0-9-]+)\s*=+>>\n?(.*?)\n?<<=+\s*\1\s*=+<<", re.DOTALL)
# “>>[0]” and “..[0]” mark whether the last edit of a document changed a citation; only the final state is compared.
MARKED = re.compile(r"^(>>|\.\.)(?=\[\d+\])")
POSITIONS = {0: "first", 1: "subsequent", 2: "ibid", 3: "ibid-with-locator"}


@dataclass(frozen=True)
class CaseResult:
    """The result of one case: the expected and the actual output, which is the error if the processor raised one."""

    name: str
    expected: str
    actual: str

    @property
    def category(self) -> str:
        """Return the category of the case: the part of its name before the first underscore."""
        return self.name.split("_")[0]

    @property
    def passed(self) -> bool:
        """Return whether the actual output is the expected one, line by line."""
        return comparable_lines(self.expected) == comparable_lines(self.actual)


def comparable_lines(text: str) -> list[str]:
    """Split a text into lines without the white space around them, which does not count."""
    return [MARKED.sub("", line.strip()) for line in text.splitlines() if line.strip()]


def run_case(path: Path) -> CaseResult:
    """Run one fixture; an exception of the processor fails the case."""
    sections = {match[1]: match[2] for match in SECTION.finditer(path.read_text("utf-8"))}
    try:
        actual = render_case(sections, str(path))
    except Exception as error:
        actual = f"{type(error).__name__}: {error}"
    return CaseResult(path.stem, sections.get("RESULT", ""), actual)


def run_folder(folder: Path) -> list[CaseResult]:
    """Run all fixtures of a folder, in the order of their names."""
    return [run_case(path) for path in sorted(folder.glob("*.txt"))]


def render_case(sections: dict[str, str], path: str) -> str:
    """Render the citations or the bibliography of a fixture, as its sections require."""
    style = read_style(sections["CSL"].strip().encode(), path)
    items = {str(item.get("id", number)): item for number, item in enumerate(json.loads(sections["INPUT"]))}
    processor = Processor(compile_style(style), items)
    order = list(items)
    if "BIBENTRIES" in sections:
        order = list(map(str, json.loads(sections["BIBENTRIES"])[-1]))
    mode = sections.get("MODE", "citation").strip()
    if "CITATIONS" in sections:
        return render_edits(json.loads(sections["CITATIONS"]), processor, mode)
    processor.register(order)
    if mode.startswith("bibliography"):
        return bibliography(processor, json.loads(sections["BIBSECTION"]) if "BIBSECTION" in sections else None)
    groups = (
        json.loads(sections["CITATION-ITEMS"])
        if "CITATION-ITEMS" in sections
        else [[{"id": i} for i in processor.sort_ids(order)]]
    )
    citations = [Citation(tuple(map(cite_of, group))) for group in groups]
    given = [[position_of(cite) for cite in group] for group in groups]
    ordered = [
        sort_with_positions(processor, citation, where) for citation, where in zip(citations, given, strict=True)
    ]
    texts = processor.render_citations([pair[0] for pair in ordered], [pair[1] for pair in ordered])
    return "\n".join(to_html(runs) or "[CSL STYLE ERROR: reference with no printed form.]" for runs in texts)


def sort_with_positions(
    processor: Processor, citation: Citation, where: Sequence[Position]
) -> tuple[Citation, list[Position]]:
    """Sort the cites of a citation as the style does, together with their positions."""
    by_cite = {id(cite): position for cite, position in zip(citation.cites, where, strict=True)}
    ordered = processor.sort_cites(citation)
    return ordered, [by_cite[id(cite)] for cite in ordered.cites]


def position_of(data: dict[str, Any]) -> Position:
    """Read the position of a cite in CITATION-ITEMS."""
    name = POSITIONS[int(data.get("position") or 0)]
    return Position(name, bool(data.get("near-note")), int(data.get("first-reference-note-number") or 0))


def bibliography(processor: Processor, section: dict[str, Any] | None) -> str:
    """Render the bibliography as HTML in the form of the fixtures, limited to what BIBSECTION selects."""
    entries = processor.render_bibliography()
    if section is not None:
        entries = [entry for entry in entries if is_selected(processor.items[entry.id], section)]
    texts = [to_html(entry.runs) or "[CSL STYLE ERROR: reference with no printed form.]" for entry in entries]
    body = "".join(f'  <div class="csl-entry">{text}</div>\n' for text in texts)
    return f'<div class="csl-bib-body">\n{body}</div>'


def is_selected(item: Any, section: dict[str, Any]) -> bool:
    """Apply the filters of a bibliography section: include, exclude, select, quash."""

    def holds(rule: dict[str, str]) -> bool:
        value = item.get(rule["field"])
        return str(rule["value"]) in [str(part) for part in (value if isinstance(value, list) else [value or ""])]

    if "include" in section and not any(map(holds, section["include"])):
        return False
    if "select" in section and not all(map(holds, section["select"])):
        return False
    if "exclude" in section and any(map(holds, section["exclude"])):
        return False
    return not ("quash" in section and all(map(holds, section["quash"])))


def render_edits(steps: list[Any], processor: Processor, mode: str) -> str:
    """Apply the edits of a document one by one, and render its final state."""
    cites: dict[str, tuple[Cite, ...]] = {}
    order: list[tuple[str, int]] = []
    for citation, preceding, following in steps:
        name, note = str(citation["citationID"]), int(citation.get("properties", {}).get("noteIndex") or 0)
        cites[name] = tuple(map(cite_of, citation["citationItems"]))
        order = [*((str(citation_id), int(index)) for citation_id, index in preceding), (name, note)]
        order += [(str(citation_id), int(index)) for citation_id, index in following]
    rendered = processor.render_citations([Citation(cites[name], note) for name, note in order])
    if mode.startswith("bibliography"):
        return bibliography(processor, None)
    return "\n".join(f"..[{number}] {to_html(runs)}" for number, runs in enumerate(rendered))
