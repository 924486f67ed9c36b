"""Render the entries of a bibliography, with substitutes for repeated authors and aligned first fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fleuron.csl.rendering.citations import capitalize_leading_term
from fleuron.csl.rendering.compiled_style import Area, CompiledStyle
from fleuron.csl.rendering.context import Context
from fleuron.csl.text.punctuation import resolve_punctuation
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Mark, Run, Span, Text, join_pieces, plain

BLOCKS = (Mark.BLOCK, Mark.LEFT_MARGIN, Mark.RIGHT_INLINE, Mark.INDENT)


@dataclass(frozen=True)
class BibliographyEntry:
    """One entry of the bibliography, with the id of its item."""

    id: str
    runs: tuple[Run, ...]


def render_bibliography(contexts: Sequence[Context], compiled: CompiledStyle, area: Area) -> list[BibliographyEntry]:
    """Render the entries in the order of their contexts."""
    entries: list[BibliographyEntry] = []
    before: tuple[str, tuple[str, ...]] = ("", ())
    substitute = area.options.get("subsequent-author-substitute")
    rule = area.option("subsequent-author-substitute-rule", "complete-all")
    for context in contexts:
        if substitute is not None:
            context.replacement = (read_text(substitute), rule, before)
        runs = render_entry(context, compiled, area)
        if substitute is not None:
            before = (plain(context.first_names or ()), context.first_name_texts)
        entries.append(BibliographyEntry(context.cite.id, runs))
    return entries


def strip_trailing_spaces(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Strip the spaces from the end of an entry."""
    if not runs:
        return runs
    last = runs[-1]
    if isinstance(last, Span):
        inner = strip_trailing_spaces(last.runs)
        # A block of nothing but spaces, such as the title " ", would be an empty line.
        return (*runs[:-1], replace(last, runs=inner)) if inner else strip_trailing_spaces(runs[:-1])
    text = last.text.rstrip(" ")
    return (*runs[:-1], replace(last, text=text)) if text else strip_trailing_spaces(runs[:-1])


def strip_block_spaces(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Strip the spaces from both ends of an entry that consists of blocks (`display`)."""
    if runs and isinstance(runs[-1], Span) and runs[-1].mark in BLOCKS:
        runs = strip_trailing_spaces(runs)
    if runs and isinstance(runs[0], Span) and runs[0].mark in BLOCKS:
        first, *rest = runs[0].runs
        if isinstance(first, Text):
            first = replace(first, text=first.text.lstrip(" "))
        return (replace(runs[0], runs=(first, *rest)), *runs[1:])
    return runs


def render_entry(context: Context, compiled: CompiledStyle, area: Area) -> tuple[Run, ...]:
    """Render an entry; if the style renders nothing for it, it is empty, without the affixes of the layout."""
    aligned = area.option("second-field-align")
    if not aligned:
        runs = capitalize_leading_term(area.render(context), compiled.locale.language)
        return strip_block_spaces(resolve_punctuation(area.layout.format_layout(runs), compiled.locale)) if runs else ()
    head, _status = area.elements[0](context)
    tail = [piece for element in area.elements[1:] for piece in element(context)[0]]
    left, right = join_pieces(head, ()), join_pieces(tail, ())
    if not left and not right:
        return ()
    left = (*area.layout.prefix, *left)
    right = (*right, *area.layout.suffix)
    margin = (Span(Mark.LEFT_MARGIN, left),) if left else ()
    inline = (Span(Mark.RIGHT_INLINE, right),) if right else ()
    return strip_block_spaces(resolve_punctuation((*margin, *inline), compiled.locale))
