"""Read no file from outside the publication, whatever an image or an include asks for."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.markup import line_of
from fleuron.reports import report


def check_borders(app: Sphinx, doctree: nodes.document) -> None:
    """Report each dependency of a document that lies outside the source folder."""
    document = app.env.current_document.docname
    images = {image["uri"]: line_of(image) for image in doctree.findall(nodes.image)}
    for path in sorted(map(str, app.env.dependencies[document])):
        real = Path(app.srcdir, path).resolve()
        if not real.is_relative_to(Path(app.srcdir).resolve()):
            finding = Finding(Diagnostic.OUTSIDE_PUBLICATION, images.get(path, 1), {"path": path})
            report(finding, app.env.doc2path(document))


def setup(app: Sphinx) -> None:
    # After Sphinx's collectors have noted the images.
    app.connect("doctree-read", check_borders, priority=900)
