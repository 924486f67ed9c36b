"""Grow tables in each form: with bars, as lists, and of values with commas."""

from __future__ import annotations

from tests.conservation.random_documents.grower import Grower, Piece, joined
from tests.conservation.random_documents.inline_text import BREAKS, NOTES, PICTURES, PIPES, Without, text, title
from tests.conservation.random_documents.nesting import Nesting, directive, indented


def pipe_table(grower: Grower, without: Without, nested: Nesting) -> Piece:
    columns = grower.number(1, 4)
    rows = []
    for _ in range(grower.number(1, 4)):
        cells = [text(grower, without | {BREAKS, PIPES}, 2) for _ in range(columns)]
        rows.append(Piece(f"| {joined(cells, ' | ').text} |", joined(cells, "").events))
    marks = Piece("|" + "|".join(grower.choose(("---", ":--", "--:", ":-:")) for _ in range(columns)) + "|")
    table = joined([rows[0], marks, *rows[1:]], "\n")
    if grower.maybe():
        return table
    caption, _ = title(grower, without)
    return Piece(directive(grower, "table", table.text, caption.text), (*caption.events, *table.events))


def list_table(grower: Grower, without: Without, nested: Nesting) -> Piece:
    columns = grower.number(1, 3)
    rows = []
    for _ in range(grower.number(1, 3)):
        cells = [nested(grower, without, 2) if grower.maybe(3) else text(grower, without) for _ in range(columns)]
        shown = [
            Piece(indented(cell.text, "    ", "  - " if number else "* - "), cell.events)
            for number, cell in enumerate(cells)
        ]
        rows.append(joined(shown, "\n"))
    options = [":header-rows: 1"] if len(rows) > 1 and grower.maybe() else []
    options += [":stub-columns: 1"] if columns > 1 and grower.maybe() else []
    options += grower.some([f":align: {grower.choose(('left', 'center', 'right'))}", ":widths: auto"])
    return with_caption(grower, "list-table", joined(rows, "\n"), options, without)


def csv_table(grower: Grower, without: Without, nested: Nesting) -> Piece:
    columns = grower.number(1, 3)
    rows = []
    for _ in range(grower.number(1, 3)):
        cells = [text(grower, without | {BREAKS, PICTURES}, 1) for _ in range(columns)]
        values = ",".join('"' + cell.text.replace('"', '""') + '"' for cell in cells)
        rows.append(Piece(values, joined(cells, "").events))
    options = [":header-rows: 1"] if len(rows) > 1 and grower.maybe() else []
    return with_caption(grower, "csv-table", joined(rows, "\n"), options, without)


def with_caption(grower: Grower, name: str, table: Piece, options: list[str], without: Without) -> Piece:
    caption = title(grower, without | {NOTES})[0] if grower.maybe() else Piece("")
    text = directive(grower, name, table.text, caption.text, options)
    return Piece(text, (*caption.events, *table.events))
