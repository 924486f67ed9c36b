"""Pictures: find them by the names that authors give them, and see that they can be shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from lxml import etree
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.images import get_image_size

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.file_access import is_inside
from fleuron.manuscript.unsafe_markup import line_of
from fleuron.reporting import report

PHOTOGRAPHS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


def read_names(app: Sphinx, doctree: nodes.document) -> None:
    """Give back their names to pictures that are not named in plain ASCII.

    MyST 5.2 writes every address as for the web, and Sphinx 9.0 looks for a file of that name.
    """
    document = app.env.current_document.docname
    for image in doctree.findall(nodes.image):
        name = image["uri"]
        if "://" in name:
            report(Finding(Diagnostic.FETCHED_FILE, line_of(image), {"path": name}), doctree["source"])
        elif not name.startswith("data:") and not Path(app.env.relfn2path(name, document)[1]).exists():
            image["uri"] = unquote(name)


def check_pictures(app: Sphinx, doctree: nodes.document) -> None:
    """Report each picture that is damaged; a book would not open with it, or have an empty place."""
    for path in pictures_of(app.env, doctree):
        fault = drawing_fault(path) if path.suffix == ".svg" else photograph_fault(path)
        if fault:
            report(fault, path)


def pictures_of(env: BuildEnvironment, doctree: nodes.document) -> Iterator[Path]:
    """List the files of a text's pictures that are there, each once."""
    candidates: list[dict[str, str]] = [image.get("candidates", {}) for image in doctree.findall(nodes.image)]
    named: set[str] = {name for each in candidates for name in each.values()}
    for name in sorted(named):
        path = Path(env.srcdir, name)
        if path.is_file() and is_inside(env, path):
            yield path


def drawing_fault(path: Path) -> Finding | None:
    """Tell why an SVG cannot be read, or None where it can."""
    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except etree.XMLSyntaxError as error:
        return Finding(Diagnostic.BROKEN_PICTURE, error.lineno or 1, {"problem": error.msg})
    if etree.QName(root).localname != "svg":
        return Finding(Diagnostic.BROKEN_PICTURE, 1, {"problem": f"it is no SVG, it begins with <{root.tag}>"})
    return None


def photograph_fault(path: Path) -> Finding | None:
    """Tell that a file of points is none, or None where it has a size."""
    if path.suffix.lower() in PHOTOGRAPHS and get_image_size(path) is None:
        return Finding(Diagnostic.BROKEN_PICTURE, 1, {"problem": f"it is no {path.suffix[1:].upper()}"})
    return None


def setup(app: Sphinx) -> None:
    # Before Sphinx's collectors look for the pictures, and after they have.
    app.connect("doctree-read", read_names, priority=400)
    app.connect("doctree-read", check_pictures, priority=900)
