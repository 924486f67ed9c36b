"""Keep the outline of each document: its sections, toctrees, figures and the like, from which Sphinx numbers them.

Sphinx 9.0 reads all documents from the disk in each build to number figures, also those that have not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import new_document

# The attribute of the environment with the outline of each document; None if nothing in it is numbered.
OUTLINES = "fleuron_outlines"
# What `StandardDomain` looks at in a node with a number; a node that another domain numbers is kept whole.
NUMBERED = (nodes.figure, nodes.table, nodes.container)
CAPTIONS = (nodes.caption, nodes.title)


def outline_of(doctree: nodes.document, is_numbered: Callable[[nodes.Element], bool]) -> nodes.document | None:
    """Return a document with only what numbers depend on, or None if that is nothing."""
    outline = new_document(doctree["source"])
    outline += list(outlined(doctree, is_numbered))
    empty = (nodes.document, nodes.section)
    return outline if any(not isinstance(node, empty) for node in outline.findall(nodes.Element)) else None


def outlined(parent: nodes.Element, is_numbered: Callable[[nodes.Element], bool]) -> Iterator[nodes.Node]:
    """Yield what an outline has of the children of a node."""
    for node in parent.children:
        if not isinstance(node, nodes.Element):
            continue
        if isinstance(node, nodes.section | addnodes.toctree):
            yield emptied(node, outlined(node, is_numbered))
        elif is_numbered(node):
            yield numbered(node, is_numbered) if type(node) in NUMBERED else detached(node)
        else:
            yield from outlined(node, is_numbered)


def numbered(node: nodes.Element, is_numbered: Callable[[nodes.Element], bool]) -> nodes.Element:
    """Return a node that Sphinx numbers, with its captions and what is numbered within it."""
    captions = [detached(child) for child in node.children if isinstance(child, CAPTIONS)]
    # A listing with a caption is known by the code within it.
    code = [nodes.literal_block() for child in node.children if isinstance(child, nodes.literal_block)]
    return emptied(node, [*captions, *code[:1], *outlined(node, is_numbered)])


def emptied(node: nodes.Element, children: Iterator[nodes.Node] | list[nodes.Node]) -> nodes.Element:
    """Return a copy of a node with other children, which belongs to no document."""
    copy = node.__class__("", **node.attributes)
    copy.source, copy.line = node.source, node.line
    copy += list(children)
    return copy


def detached(node: nodes.Element) -> nodes.Element:
    """Return a copy of a node with all its children, which belong to no document."""
    copy = node.deepcopy()
    for each in copy.findall():
        each.document = None  # type: ignore[assignment]
    return copy


def outlines_of(env: BuildEnvironment) -> dict[str, nodes.document | None]:
    """Return the outlines of all documents, by name."""
    if not hasattr(env, OUTLINES):
        setattr(env, OUTLINES, {})
    outlines: dict[str, nodes.document | None] = getattr(env, OUTLINES)
    return outlines


@contextmanager
def outlines_for_documents(env: BuildEnvironment) -> Iterator[None]:
    """Let Sphinx take the outlines of documents for the documents themselves."""
    read, outlines = env.get_doctree, outlines_of(env)

    def outline(docname: str) -> nodes.document:
        return outlines[docname] or new_document("") if docname in outlines else read(docname)

    env.get_doctree = outline  # type: ignore[method-assign]
    try:
        yield
    finally:
        del env.get_doctree


def keep_outline(app: Sphinx, doctree: nodes.document) -> None:
    domains = list(app.env.domains.sorted())

    def is_numbered(node: nodes.Element) -> bool:
        # Sphinx has a kind for every container, and numbers what has an id.
        return bool(node["ids"]) and any(domain.get_enumerable_node_type(node) for domain in domains)

    outlines_of(app.env)[app.env.current_document.docname] = outline_of(doctree, is_numbered)


def forget_outline(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    outlines_of(env).pop(docname, None)


def merge_outlines(_app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment) -> None:
    outlines_of(env).update({name: outline for name, outline in outlines_of(other).items() if name in docnames})


def setup(app: Sphinx) -> None:
    # After other extensions have changed the document.
    app.connect("doctree-read", keep_outline, priority=900)
    app.connect("env-purge-doc", forget_outline)
    app.connect("env-merge-info", merge_outlines)
