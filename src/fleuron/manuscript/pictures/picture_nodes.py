"""Define the nodes of pictures and films that an author wrote as HTML, and write them as HTML again."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

VOID = frozenset({"embed", "img", "source", "track"})


class html_element(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801 (docutils spells its nodes so)
    """The start tag of an element of HTML that names files, such as ``<source srcset="…">``.

    ``tag`` is its name, ``html_attributes`` are those that name no file, in order; its children are the files.
    """


class named_file(nodes.image):  # noqa: N801
    """A file that an element of HTML names beside its picture: another size of it, a film, the poster of a film.

    ``attribute`` is the one that names it, ``descriptor`` its width or density in a ``srcset``. It is a kind of image,
    so that Sphinx finds and copies the file.
    """


def address_of(translator: HTML5Translator, file: nodes.Element) -> str:
    """Return the address of a picture or file, relative to the page that is written."""
    name = file["uri"]
    if name in translator.builder.images:
        return posixpath.join(translator.builder.imgpath, quote(translator.builder.images[name]))
    return str(name)


def attributes_of_files(translator: HTML5Translator, element: nodes.Element) -> dict[str, str]:
    """Return the attributes of an element of HTML that name its files."""
    found: dict[str, list[str]] = {}
    for file in files_of(element):
        described = f"{address_of(translator, file)} {file['descriptor']}".strip()
        found.setdefault(file["attribute"], []).append(described)
    return {name: ", ".join(files) for name, files in found.items()}


def files_of(element: nodes.Element) -> Iterator[named_file]:
    """Yield the files that an element of HTML names."""
    yield from (child for child in element.children if isinstance(child, named_file))


def visit_html_element(self: HTML5Translator, node: html_element) -> None:
    """Write a start tag, by a method of the translator if it has one: Sphinx lets this function replace a visitor."""
    getattr(self, "write_html_element", partial(write_start_tag, self))(node)
    raise nodes.SkipNode


def write_start_tag(translator: HTML5Translator, node: html_element) -> None:
    """Write a start tag; the end tag is in the HTML that follows."""
    attributes = {**dict(node["html_attributes"]), **attributes_of_files(translator, node)}
    tag = translator.starttag(nodes.inline(ids=node["ids"]), node["tag"], "", node["tag"] in VOID, **attributes)
    translator.body.append(tag)


def skip(_self: Any, _node: nodes.Element) -> None:
    """Write nothing."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    others: dict[str, Any] = dict.fromkeys(("text", "latex", "man", "texinfo"), (skip, None))
    app.add_node(html_element, html=(visit_html_element, None), **others)
    app.add_node(named_file, html=(skip, None), **others)
