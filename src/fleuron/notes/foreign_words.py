"""Give foreign words in notes and lists of sources their direction, in a project that is not a Fleuron publication."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from fleuron.editions.bidirectional import IsolateDirections, add_isolate_node, isolate_directions


class IsolateNotes(SphinxPostTransform):
    """Isolate, in notes and lists of sources alone, what runs in another direction than the text."""

    default_priority = IsolateDirections.default_priority

    def run(self, **kwargs: Any) -> None:
        for part in list(self.notes_and_lists()):
            isolate_directions(part, self.config.language)

    def notes_and_lists(self) -> Iterator[nodes.Element]:
        yield from self.document.findall(nodes.footnote)
        for element in self.document.findall(nodes.Element):
            if "bibliography" in element["classes"]:
                yield element


def setup(app: Sphinx) -> None:
    add_isolate_node(app)
    app.add_post_transform(IsolateNotes)
