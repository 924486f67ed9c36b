"""Number the passages of a document before it is translated, so that each has the same number in every edition.

With these, a view of two editions side by side finds the counterpart of each passage. The numbers in `passages` are
those of an edition, and a translation may add a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale

from fleuron.editions.whole_files.records import WholeFile
from fleuron.manuscript.passages import COUNTERPART, passages
from fleuron.manuscript.records import publication_records
from fleuron.manuscript.whole_files.outlines import numbered_by_section


class NumberCounterparts(SphinxTransform):
    """Number the passages of a text as its source has them."""

    default_priority = Locale.default_priority - 2

    def apply(self, **kwargs: Any) -> None:
        whole = publication_records(self.env).whole_files.get(self.env.current_document.docname)
        if whole is None:
            for number, node in enumerate(passages(self.document)):
                node[COUNTERPART] = number
        else:
            for number, node in counterparts_in(self.document, whole):
                node[COUNTERPART] = number


def counterparts_in(document: nodes.document, whole: WholeFile) -> Iterator[tuple[int, nodes.Element]]:
    """Yield the passages of a whole-file translation of which the counterparts are known, with their numbers.

    The passages of a section are paired one by one where they are of the same kinds, in the same order; of any other
    section, only the heading is.
    """
    sections: dict[int, list[nodes.Element]] = {}
    for number, passage in numbered_by_section(document, list(passages(document))):
        sections.setdefault(number, []).append(passage)
    pairs = whole.pairing.counterparts if whole.pairing else ()
    for number, found in sections.items():
        source = pairs[number] if number < len(pairs) else None
        if source is None or source >= len(whole.outline.sections):
            continue
        expected = whole.outline.sections[source].passages
        if [passage.tagname for passage in found] == [kind for _number, kind in expected]:
            yield from ((other, passage) for (other, _kind), passage in zip(expected, found, strict=True))
        elif expected and found[0].tagname == expected[0][1] == "title":
            yield expected[0][0], found[0]


def setup(app: Sphinx) -> None:
    app.add_transform(NumberCounterparts)
