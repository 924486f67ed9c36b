"""Small styles and items for the tests of the citation processor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fleuron.csl.processor import Processor
from fleuron.csl.rendering.compiled_style import compile_style
from fleuron.csl.rendering.context import Cite
from fleuron.csl.rendering.positions import Citation
from fleuron.csl.style.style_files import read_style
from fleuron.csl.text.run_writers import to_html
from fleuron.csl.text.runs import Run

Item = Mapping[str, Any]


def person(family: str, given: str = "", **more: Any) -> dict[str, Any]:
    return {"family": family, "given": given, **more}


def book(key: str, **variables: Any) -> dict[str, Any]:
    """An item; `__` in the name of a variable stands for a hyphen."""
    return {"id": key, "type": "book", **{name.replace("__", "-"): value for name, value in variables.items()}}


def year(*years: int) -> dict[str, Any]:
    return {"date-parts": [[each] for each in years]}


def processor(
    layout: str,
    items: Sequence[Item],
    *,
    language: str = "en-US",
    style: str = 'class="note"',
    citation: str = "",
    before: str = "",
    bibliography: str = "",
) -> Processor:
    """Compile a style of which ``layout`` is what renders a cite, or the whole content of `citation`."""
    inner = layout if "<layout" in layout else f"<layout>{layout}</layout>"
    source = (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" {style}>{before}'
        f"<citation {citation}>{inner}</citation>{bibliography}</style>"
    )
    return Processor(
        compile_style(read_style(source.encode(), "test.csl"), language), {each["id"]: each for each in items}
    )


def notes(made: Processor, *cited: str | Sequence[Cite]) -> list[tuple[Run, ...]]:
    """Render notes numbered from 1; a text is the ids of sources without anything else."""
    citations = [
        Citation(tuple(map(Cite, note.split())) if isinstance(note, str) else tuple(note), number)
        for number, note in enumerate(cited, 1)
    ]
    return made.render_citations(citations)


def cited(layout: str, item: Item, **options: Any) -> str:
    """Render a cite of one item, as HTML."""
    return to_html(notes(processor(layout, [item], **options), item["id"])[0])


def entries(bibliography: str, items: Sequence[Item], **options: Any) -> list[str]:
    """Render a bibliography, as HTML."""
    made = processor('<text value="x"/>', items, bibliography=bibliography, **options)
    return [to_html(entry.runs) for entry in made.render_bibliography([item["id"] for item in items])]
