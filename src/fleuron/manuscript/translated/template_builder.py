"""Write the templates of catalogues (.pot files), which say what each message is: a heading, a caption, a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.gettext import MessageCatalogBuilder
from sphinx.util.i18n import docname_to_domain
from sphinx.util.index_entries import split_index_msg
from sphinx.util.nodes import extract_messages, traverse_translatable_index

from fleuron.editions.merging.po_entries import Kind, read_entries

# The fields of front matter, by the class of the block that they become.
FIELDS = (
    *("subtitle", "abstract", "keywords", "affiliation", "changes", "withdrawal"),
    *("reviewed", "acknowledgements", "funding", "competing-interests"),
)
# What a block is called, by its node or by the nearest node that it stands in.
NAMES: dict[type, str] = {
    nodes.image: "words for those who do not see the picture",
    nodes.math_block: "formula",
    nodes.literal_block: "code",
    nodes.meta: "description for search engines",
    nodes.caption: "caption",
    nodes.attribution: "source of a quotation",
    nodes.rubric: "heading",
    nodes.term: "term",
    nodes.footnote: "note",
    nodes.entry: "cell of a table",
    nodes.list_item: "item of a list",
    nodes.definition: "definition",
    nodes.line: "verse",
    nodes.block_quote: "quotation",
    nodes.Admonition: "box",
    addnodes.toctree: "table of contents",
}
INDEX_ENTRY = "entry of the index"


class TemplateBuilder(MessageCatalogBuilder):
    """Sphinx's builder of templates, with a comment on each message that is not a plain paragraph."""

    name = "gettext"

    def init(self) -> None:
        super().init()
        self.comments: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        super().write_doc(docname, doctree)
        comments = self.comments[docname_to_domain(docname, self.config.gettext_compact)]
        for node, message in extract_messages(doctree):
            if (comment := description_of(node)) and comment not in comments[message]:
                comments[message].append(comment)
        for _node, entries in traverse_translatable_index(doctree):
            for kind, value, _target, _main, _key in entries:
                for part in split_index_msg(kind, value):
                    comments[part] = comments[part] or [INDEX_ENTRY]

    def finish(self) -> None:
        super().finish()
        for domain, comments in self.comments.items():
            path = Path(self.outdir, f"{domain}.pot")
            if path.is_file():
                path.write_bytes(with_comments(path.read_bytes(), comments))


def with_comments(template: bytes, comments: defaultdict[str, list[str]]) -> bytes:
    """Return a template with the comments on its messages."""
    file = read_entries(template)
    entries = (
        entry.with_lines(Kind.EXTRACTED, [f"#. {comment}" for comment in comments.get(entry.message or "", ())])
        for entry in file.entries
    )
    return type(file)(tuple(entries), file.line_end, file.tail).text().encode("utf-8")


def description_of(node: nodes.Node) -> str:
    """Return what a message is; "" for a plain paragraph."""
    above = list(elements_above(node))
    classes: list[str] = list(chain.from_iterable(element.get("classes", ()) for element in above))
    if field := next((field for field in FIELDS if field in classes), ""):
        return f"front matter: {field}"
    if isinstance(node, nodes.title):
        if isinstance(node.parent, nodes.section):
            return f"heading, level {level_of(node.parent)}"
        return "caption" if isinstance(node.parent, nodes.table) else "heading of a box"
    return next((name for element in above for kind, name in NAMES.items() if isinstance(element, kind)), "")


def elements_above(node: nodes.Node | None) -> Iterator[nodes.Element]:
    """Yield a block and the elements that it stands in, up to its section."""
    while isinstance(node, nodes.Element) and not isinstance(node, nodes.section | nodes.document):
        yield node
        node = node.parent


def level_of(section: nodes.Node | None) -> int:
    """Return the level of a section's heading, from 1."""
    level = 0
    while isinstance(section, nodes.section):
        level, section = level + 1, section.parent
    return level
