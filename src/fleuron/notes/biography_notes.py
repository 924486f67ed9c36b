"""The notes of the biographies that close an article: they are numbered on, and stand with the article's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from fleuron.manuscript.author_biographies import PrintedClosing
from fleuron.notes.note_nodes import Typesetting
from fleuron.notes.note_placement import detach


class NumberOn(SphinxPostTransform):
    """Number the notes of biographies after those of the article, and set them before the biographies."""

    default_priority = PrintedClosing.default_priority + 1

    def run(self, **kwargs: Any) -> None:
        closing = [each for each in self.document.findall(nodes.container) if "biographies" in each["classes"]]
        for biographies in closing:
            copied = list(biographies.findall(nodes.footnote))
            last = sum(1 for _note in self.document.findall(nodes.footnote)) - len(copied)
            setting = Typesetting(self.env.current_document.docname, self.config.language, last + len(copied))
            for note in copied:
                detach(note)
            renumber([biographies, *copied], numbers(copied, last), setting)
            place = self.document.index(biographies)
            self.document[place:place] = copied


def numbers(notes: Iterable[nodes.footnote], last: int) -> dict[str, int]:
    """Give each note, by its id, a number after the last."""
    return {note["ids"][0]: number for number, note in enumerate(notes, last + 1)}


def renumber(parts: Iterable[nodes.Element], numbered: Mapping[str, int], setting: Typesetting) -> None:
    """Give notes, their calls, and the ways from note to note, their new numbers and ids."""
    for element in [each for part in parts for each in part.findall(nodes.Element)]:
        if isinstance(element, nodes.footnote):
            number = numbered[element["ids"][0]]
            element["ids"], element["backrefs"] = [setting.note_id(number)], [setting.call_id(number)]
            element.replace(element[0], nodes.label("", str(number)))
        elif number := numbered.get(element.get("refid", ""), 0):
            element["refid"] = setting.note_id(number)
            element["ids"] = [setting.call_id(number)] if element["ids"] else []
            element.children = []
            element.append(nodes.Text(str(number)))


def setup(app: Sphinx) -> None:
    app.add_post_transform(NumberOn)
