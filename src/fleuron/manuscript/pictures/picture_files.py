"""Find the files of pictures by any name, and report pictures that are damaged, unsafe, or in another format."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.file_access import is_inside
from fleuron.manuscript.pictures.file_formats import FILMS, MEDIA_TYPES, SUFFIXES, format_of, problem_of
from fleuron.manuscript.pictures.picture_nodes import html_element, named_file
from fleuron.manuscript.pictures.picture_positions import position_of_picture
from fleuron.manuscript.pictures.remote_pictures import is_remote, scheme_of
from fleuron.manuscript.pictures.svg_cleaning import BrokenSvg, clean_data_address, clean_svg, listed
from fleuron.reporting import report

QUERY = re.compile(r"[?#].*", re.DOTALL)
LONGEST_NAME = 255  # bytes, of all file systems in use


def find_picture_files(app: Sphinx, doctree: nodes.document) -> None:
    """Decode the names of pictures, and check those that are in the text itself.

    MyST 5.2 percent-encodes every address, and Sphinx 9.0 looks for a file with the encoded name.
    """
    document = app.env.current_document.docname
    for image in list(doctree.findall(nodes.image)):
        name = image["uri"]
        problem = ""
        if name.lower().startswith("data:"):
            problem = check_data(image)
        elif is_remote(name) and not isinstance(image, named_file):
            continue  # of a project with a theme of its own
        elif not is_file(app.env, name, document):
            names = [unquote(name)]
            if image.get("html") or isinstance(image, named_file):  # an address, which may have a query
                names.append(unquote(QUERY.sub("", name)))
            image["uri"] = next((each for each in names if is_file(app.env, each, document)), names[0])
            if not is_file(app.env, image["uri"], document):
                problem = problem_of_name(image["uri"])
        if problem:
            path, line = position_of_picture(image, doctree)
            report(Finding(Diagnostic.BROKEN_PICTURE, line, {"problem": problem}), path)
            image.parent.remove(image)
        elif is_film(image):
            show_film(image)


def is_film(image: nodes.image) -> bool:
    """Return whether an author wrote a film as a picture."""
    suffix = Path(image["uri"]).suffix.lower()
    return suffix in FILMS and not isinstance(image, named_file) and not isinstance(image.parent, nodes.reference)


def show_film(image: nodes.image) -> None:
    """Write a film, which an author wrote as a picture, with its description for those who do not see it."""
    description = image.get("alt", "")
    attributes = {"controls": "", "title": description} if description else {"controls": ""}
    film = html_element("", tag="video", html_attributes=attributes, ids=image["ids"])
    film += named_file("", uri=image["uri"], attribute="src", descriptor="", alt="", is_picture=False)
    end = nodes.raw("", f"{html.escape(description, quote=False)}</video>", format="html")
    for node in (film, film[0], end):
        node.source, node.line = image.source, image.line
    image.parent.replace(image, [film, end])


def is_file(env: BuildEnvironment, name: str, document: str) -> bool:
    try:
        return Path(env.relfn2path(name, document)[1]).exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def problem_of_name(name: str) -> str:
    """Return what is wrong with a name that no file has; empty if a file could have it."""
    if any(ord(letter) < 32 for letter in name):
        return "its name has a control character"
    if any(len(part.encode(errors="replace")) > LONGEST_NAME for part in name.split("/")):
        return f"its name is longer than a file’s can be: “{name[:60]}…”"
    if not name.strip():
        return "it has no name"
    if scheme := scheme_of(name):
        return f"“{scheme}:” is not an address of a picture; copy the file into the publication’s folder"
    return ""


def check_data(image: nodes.Element) -> str:
    """Return what is wrong with a picture that is written in the text itself, and clean it; empty if nothing is."""
    head, _, data = image["uri"].partition(",")
    data = "".join(data.split()) if head.lower().endswith(";base64") else data
    try:
        content = base64.b64decode(unquote(data)) if head.lower().endswith(";base64") else unquote_to_bytes(data)
    except ValueError:
        return "what is written in the text cannot be read (RFC 2397)"
    kind = format_of(content)
    if found := problem_of(f"picture{SUFFIXES.get(kind, ('.png',))[0]}", content):
        return found[1]
    if kind == "SVG":
        image["uri"] = clean_data_address(image["uri"]) or ""
    else:
        image["uri"] = f"data:{MEDIA_TYPES[kind]};base64,{base64.b64encode(content).decode()}"
    return ""


def check_pictures(app: Sphinx, doctree: nodes.document) -> None:
    """Report each picture that is damaged: a book with it may not open, or would have a gap."""
    for path, node in files_of_pictures(app.env, doctree).items():
        content = path.read_bytes()
        if found := problem_of(path.name, content):
            report(Finding(Diagnostic.BROKEN_PICTURE, found[0], {"problem": found[1]}), path)
        else:
            report_code(path, content, node, doctree)
    for path, node in drawings_offered(app.env, doctree):
        try:
            report_code(path, path.read_bytes(), node, doctree)
        except BrokenSvg as error:
            report(Finding(Diagnostic.BROKEN_PICTURE, error.line, {"problem": error.problem}), path)


def report_code(path: Path, content: bytes, node: nodes.Element, doctree: nodes.document) -> None:
    """Report what the formats leave out of a drawing, where the text shows it."""
    if path.suffix.lower() == ".svg" and (removed := clean_svg(content).removed):
        source, line = position_of_picture(node, doctree) if "uri" in node else (doctree["source"], node.line or 1)
        report(Finding(Diagnostic.UNSAFE_PICTURE, line, {"name": f" “{path.name}”", "what": listed(removed)}), source)


def files_of_pictures(env: BuildEnvironment, doctree: nodes.document) -> dict[Path, nodes.Element]:
    """Return the files of a text's pictures that exist in the publication, each with the first node that shows it."""
    found: dict[Path, nodes.Element] = {}
    for image in doctree.findall(nodes.image):
        if isinstance(image, named_file) and not image["is_picture"]:
            continue
        candidates: dict[str, str] = image.get("candidates", {})
        # Of `picture.*`, the files in other formats (PDF, the source of a drawing) are not shown.
        shown = [name for kind, name in candidates.items() if kind in MEDIA_TYPES.values()]
        for name in shown or candidates.values():
            path = Path(env.srcdir, name)
            if path.suffix.lower() not in FILMS and path.is_file() and is_inside(env, path):
                found.setdefault(path, image)
    return found


def drawings_offered(env: BuildEnvironment, doctree: nodes.document) -> Iterator[tuple[Path, nodes.Element]]:
    """Yield the drawings that a text offers for download, and the node of each link."""
    for link in doctree.findall(addnodes.download_reference):
        path = Path(env.srcdir, env.relfn2path(link["reftarget"])[0])
        if path.suffix.lower() == ".svg" and path.is_file() and is_inside(env, path):
            yield path, link


def setup(app: Sphinx) -> None:
    # Before Sphinx collects the pictures, and after.
    app.connect("doctree-read", find_picture_files, priority=400)
    app.connect("doctree-read", check_pictures, priority=900)
