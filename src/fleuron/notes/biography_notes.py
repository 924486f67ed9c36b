"""Number the notes of the biographies at an article's end after its own, and place them with those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from fleuron.manuscript.author_biographies import AppendBiographies
from fleuron.notes.note_nodes import NoteNodes
from fleuron.notes.note_placement import detach


class NumberBiographyNotes(SphinxPostTransform):
    """Number the notes of biographies after those of the article, and move them before the biographies."""

    default_priority = AppendBiographies.default_priority + 1

    def run(self, **kwargs: Any) -> None:
        containers = list(self.document.findall(nodes.container))
        for biographies in [container for container in containers if "biographies" in container["classes"]]:
            notes = list(biographies.findall(nodes.footnote))
            last = sum(1 for _note in self.document.findall(nodes.footnote)) - len(notes)
            note_nodes = NoteNodes(self.env.current_document.docname, self.config.language, last + len(notes))
            for note in notes:
                detach(note)
            renumber([biographies, *notes], new_numbers(notes, last), note_nodes)
            index = self.document.index(biographies)
            self.document[index:index] = notes


def new_numbers(notes: Iterable[nodes.footnote], last: int) -> dict[str, int]:
    """Return a number after the last for each note, by its id."""
    return {note["ids"][0]: number for number, note in enumerate(notes, last + 1)}


def renumber(parts: Iterable[nodes.Element], numbers: Mapping[str, int], note_nodes: NoteNodes) -> None:
    """Give notes, their calls, and the links between notes their new numbers and ids."""
    for element in [found for part in parts for found in part.findall(nodes.Element)]:
        if isinstance(element, nodes.footnote):
            number = numbers[element["ids"][0]]
            element["ids"], element["backrefs"] = [note_nodes.note_id(number)], [note_nodes.call_id(number)]
            element.replace(element[0], nodes.label("", note_nodes.numerals(number)))
        elif number := numbers.get(element.get("refid", ""), 0):
            element["refid"] = note_nodes.note_id(number)
            element["ids"] = [note_nodes.call_id(number)] if element["ids"] else []
            element.children = []
            element.append(nodes.Text(note_nodes.numerals(number)))


def setup(app: Sphinx) -> None:
    app.add_post_transform(NumberBiographyNotes)
