"""Check the references that only a translation has, when all documents are read.

Where one refers to nothing, its translation is not used: the document is read again without it.
"""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document
from myst_parser.sphinx_ext.myst_refs import MystReferenceResolver
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransformer
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.util.logging import suppress_logging

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.records import publication_records
from fleuron.manuscript.translated.message_parser import message_of
from fleuron.reporting import report


def forget_rejected(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Try each translation again: what it refers to may have been written meanwhile."""
    publication_records(env).rejected.clear()


def reject_translations(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Report translations that refer to nothing, and read their documents again; return these documents."""
    records = publication_records(env)
    for document, references in sorted(records.unchecked.items()):
        for path, line, xref in references:
            if problem := unresolved(env, document, xref):
                report(Finding(Diagnostic.UNUSED_TRANSLATION, line, {"problem": problem}), path)
                records.rejected.setdefault(document, set()).add((path, line))
    for document in sorted(records.rejected):
        app.events.emit("env-purge-doc", env, document)
        env.clear_doc(document)
        app.builder.read_doc(document)
    return sorted(records.rejected)


def unresolved(env: BuildEnvironment, document: str, xref: pending_xref) -> str:
    """Return what Sphinx says of a reference that it cannot resolve; "" for one that it can."""
    reference = xref.deepcopy()
    if reference["reftype"] == "numref":  # the numbers are not known yet
        reference.attributes.update(reftype="ref", refexplicit=True)
    reference.attributes.update(refwarn=True, refdoc=document)
    trial = new_document(str(env.doc2path(document)), env.get_doctree(document).settings)
    trial.append(nodes.paragraph("", "", reference))
    before, env.current_document.docname = env.current_document.docname, document
    try:
        with suppress_logging() as log:
            transformer = SphinxTransformer(trial)
            transformer.set_environment(env)
            transformer.add_transforms([MystReferenceResolver, ReferencesResolver])
            transformer.apply_transforms()
    finally:
        env.current_document.docname = before
    return "; ".join(filter(None, map(message_of, log.buffer)))


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", forget_rejected)
    # Before what is made of all documents, and before errors end the build.
    app.connect("env-updated", reject_translations, priority=100)
