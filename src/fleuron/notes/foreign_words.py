"""Give foreign words in notes and lists of sources their direction, in a project that is not a Fleuron publication."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from fleuron.adopted import is_left_to_sphinx
from fleuron.editions.bidirectional import IsolateDirections, add_isolate_node, isolate_directions
from fleuron.sphinx_versions import application_of


class IsolateNotes(SphinxPostTransform):
    """Isolate, in notes and lists of sources alone, what runs in another direction than the text."""

    default_priority = IsolateDirections.default_priority

    def run(self, **kwargs: Any) -> None:
        app = application_of(self.env)
        if "fleuron" in app.extensions and not is_left_to_sphinx(app):
            return  # `IsolateDirections` isolates all
        for part in list(self.notes_and_lists()):
            isolate_directions(part, self.config.language)

    def notes_and_lists(self) -> Iterator[nodes.Element]:
        yield from (note for note in self.document.findall(nodes.footnote) if "sources" in note)
        for element in self.document.findall(nodes.Element):
            if "bibliography" in element["classes"]:
                yield element


def setup(app: Sphinx) -> None:
    add_isolate_node(app)
    app.add_post_transform(IsolateNotes)
