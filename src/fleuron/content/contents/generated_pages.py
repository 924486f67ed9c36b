"""Refer to the pages that Sphinx generates (``genindex``, ``modindex``, ``search``) in words where a format has none.

They have labels in every project, but not pages in every format: a link would lead nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import ReferencesResolver, SphinxPostTransform

from fleuron.sphinx_versions import application_of

GENERATED = StandardDomain._virtual_doc_names
INDEX = "genindex"
# The entry of a document's metadata that says that it refers to the index.
REFERS_TO_INDEX = "fleuron_refers_to_index"
# The types of references that may have one of the labels.
REFERENCES = ("ref", "myst", "any")


class WordMissingPages(SphinxPostTransform):
    """Replace references to generated pages that a format does not have by their words, before MyST resolves any."""

    default_priority = ReferencesResolver.default_priority - 2

    def run(self, **kwargs: Any) -> None:
        builder = application_of(self.env).builder
        if not isinstance(builder, StandaloneHTMLBuilder):
            return
        missing = {label for label, (page, _title) in GENERATED.items() if page not in generated_by(builder)}
        labels = self.env.domains.standard_domain.labels
        for reference in list(references_to(self.document, missing)):
            page, _anchor, title = labels.get(reference["reftarget"], ("", "", ""))
            if page in self.env.found_docs:  # a label of the author's own
                continue
            words = reference.astext() if reference.get("refexplicit") else title
            reference.replace_self(nodes.inline("", str(words)))
        for table in self.document.findall(addnodes.toctree):
            table["entries"] = [entry for entry in table["entries"] if entry[1] not in missing]


def generated_by(builder: StandaloneHTMLBuilder) -> Set[str]:
    """Return the names of the generated pages that a builder writes."""
    pages = {name for name, *_others in builder.domain_indices}
    return pages | ({INDEX} if builder.use_index else set()) | ({"search"} if builder.search else set())


def references_to(document: nodes.document, labels: Set[str]) -> Iterator[addnodes.pending_xref]:
    """Yield the references that have one of these labels."""
    for reference in document.findall(addnodes.pending_xref):
        if reference["reftype"] in REFERENCES and reference["reftarget"] in labels:
            yield reference


def note_references_to_index(app: Sphinx, document: nodes.document) -> None:
    """Record whether a document refers to the index."""
    tables = (entry for table in document.findall(addnodes.toctree) for entry in table["entries"])
    if any(references_to(document, {INDEX})) or any(target == INDEX for _title, target in tables):
        app.env.metadata[app.env.current_document.docname][REFERS_TO_INDEX] = True


def is_index_wanted(env: BuildEnvironment) -> bool:
    """Return whether a document refers to the index, and there are entries for it."""
    entries = env.domains.index_domain.entries.values()
    return any(entries) and any(fields.get(REFERS_TO_INDEX) for fields in env.metadata.values())


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", note_references_to_index)
    app.add_post_transform(WordMissingPages)
