"""Tell which nodes belong to other extensions, whose visitors decide what a format shows of them.

sphinx.ext.todo leaves its notes out of all formats, sphinx.ext.graphviz draws a picture of its text: the words that
such a visitor does not write are not lost.
"""

from __future__ import annotations

from docutils import nodes

OWN = ("docutils.nodes", "sphinx.addnodes", "fleuron.")
LEFT_OUT = "fleuron_left_out"


def is_of_extension(node: nodes.Node | None) -> bool:
    """Return whether a node is of a type that another extension defines."""
    return node is not None and not type(node).__module__.startswith(OWN)


def note_left_out(node: nodes.Node) -> None:
    """Note, for those who compare words, that a node of another extension is written as its visitor likes."""
    if is_of_extension(node):
        setattr(node, LEFT_OUT, True)


def is_left_out(node: object) -> bool:
    """Return whether a node is one of those, or within one."""
    while isinstance(node, nodes.Node):
        if hasattr(node, LEFT_OUT):
            return True
        node = node.parent
    return False
