"""Find the files of pictures whose names are not ASCII, and report pictures that are damaged."""

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
from fleuron.manuscript.source_positions import position_of
from fleuron.reporting import report

BITMAPS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


def decode_picture_names(app: Sphinx, doctree: nodes.document) -> None:
    """Decode the names of pictures that are not ASCII, and report pictures from the web.

    MyST 5.2 percent-encodes every address, and Sphinx 9.0 looks for a file with the encoded name.
    """
    document = app.env.current_document.docname
    for image in doctree.findall(nodes.image):
        name = image["uri"]
        if "://" in name:
            path, line = position_of(image, doctree["source"])
            report(Finding(Diagnostic.FETCHED_FILE, line, {"path": name}), path)
        elif not name.startswith("data:") and not Path(app.env.relfn2path(name, document)[1]).exists():
            image["uri"] = unquote(name)


def check_pictures(app: Sphinx, doctree: nodes.document) -> None:
    """Report each picture that is damaged: a book with it may not open, or would have a gap."""
    for path in pictures_of(app.env, doctree):
        finding = check_svg(path) if path.suffix == ".svg" else check_bitmap(path)
        if finding:
            report(finding, path)


def pictures_of(env: BuildEnvironment, doctree: nodes.document) -> Iterator[Path]:
    """Yield the files of a text's pictures that exist in the publication, each once."""
    candidates: list[dict[str, str]] = [image.get("candidates", {}) for image in doctree.findall(nodes.image)]
    named: set[str] = {name for names in candidates for name in names.values()}
    for name in sorted(named):
        path = Path(env.srcdir, name)
        if path.is_file() and is_inside(env, path):
            yield path


def check_svg(path: Path) -> Finding | None:
    """Return a Finding if a file is not a well-formed SVG."""
    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except etree.XMLSyntaxError as error:
        return Finding(Diagnostic.BROKEN_PICTURE, error.lineno or 1, {"problem": error.msg})
    if etree.QName(root).localname != "svg":
        return Finding(Diagnostic.BROKEN_PICTURE, 1, {"problem": f"it is not an SVG: its root element is <{root.tag}>"})
    return None


def check_bitmap(path: Path) -> Finding | None:
    """Return a Finding if a file with the name of a bitmap has no size that can be read."""
    if path.suffix.lower() in BITMAPS and get_image_size(path) is None:
        return Finding(Diagnostic.BROKEN_PICTURE, 1, {"problem": f"it is not a valid {path.suffix[1:].upper()} file"})
    return None


def setup(app: Sphinx) -> None:
    # Before Sphinx collects the pictures, and after.
    app.connect("doctree-read", decode_picture_names, priority=400)
    app.connect("doctree-read", check_pictures, priority=900)
