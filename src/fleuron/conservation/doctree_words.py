"""Read the words that a format has to write of a document's resolved doctree."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from fleuron.conservation.raw_html import text_of_raw
from fleuron.conservation.words import BODY, Streams, note_stream
from fleuron.content.extension_nodes import is_left_out
from fleuron.notes.note_nodes import full_source, source_aid

# What no format shows, or each writes in its own way: labels of notes are known by their notes.
UNSEEN = (
    nodes.comment,
    nodes.substitution_definition,
    nodes.pending,
    nodes.meta,
    nodes.label,
    nodes.system_message,
    addnodes.index,
    addnodes.highlightlang,
    addnodes.tabular_col_spec,
    full_source,
    source_aid,
)
# The packages whose nodes are written as they are known here.
PACKAGES = frozenset({"docutils", "fleuron", "myst_parser", "sphinx", "sphinxcontrib"})


def words_of_doctree(doctree: nodes.Element, but: tuple[type[nodes.Node], ...] = ()) -> Streams:
    """Return the words of a document, ``but`` those of some nodes; the origin of each is the node that has it."""
    streams = Streams()
    add_node(doctree, BODY, streams, (*UNSEEN, *but))
    return streams


def words_to_write(streams: Streams) -> Streams:
    """Return the words of a document that is written now, but those that other extensions have not written."""
    return Streams(
        {name: [word for word in words if not is_left_out(word.origin)] for name, words in streams.words.items()},
        streams.is_extended,
    )


def add_node(node: nodes.Node, stream: str, streams: Streams, unseen: tuple[type[nodes.Node], ...]) -> None:
    """Append the words of a node to a stream, and those of notes in it to theirs."""
    if isinstance(node, nodes.Text):
        streams.add(stream, str(node), node.parent)
        return
    if isinstance(node, unseen) or not isinstance(node, nodes.Element):
        return
    if type(node).__module__.partition(".")[0] not in PACKAGES:
        streams.is_extended = True
    if isinstance(node, nodes.math | nodes.math_block):
        streams.add(stream, node.astext(), node)
    elif isinstance(node, nodes.footnote_reference):
        streams.add_call(stream, node.astext(), node)
    elif isinstance(node, nodes.image):
        streams.add(stream, f"{node.get('alt', '')} {node.get('title', '')}", node)
    elif isinstance(node, nodes.raw):
        if "html" in node.get("format", "").split():
            streams.add(stream, text_of_raw(node.astext()), node)
    else:
        if isinstance(node, nodes.option_argument):
            streams.add(stream, node.get("delimiter", ""), node)
        elif isinstance(node, nodes.footnote):
            stream = note_stream(number_of(node))
        elif isinstance(node, nodes.Admonition) and node.tagname in admonitionlabels:
            streams.add(stream, str(admonitionlabels[node.tagname]), node)
        elif isinstance(node, nodes.reference) and node.get("secnumber"):
            streams.add(stream, ".".join(map(str, node["secnumber"])), node)
        for child in node.children:
            add_node(child, stream, streams, unseen)


def number_of(note: nodes.footnote) -> str:
    """Return the number of a note."""
    label = note.next_node(nodes.label)
    return label.astext() if label is not None else " ".join(note["ids"])
