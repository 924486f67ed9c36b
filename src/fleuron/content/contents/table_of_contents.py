"""Read the contents of a publication from its tables of contents, hidden ones too, in the language of the edition."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util import url_re

from fleuron.content.contents.title_languages import language_of_title, untranslated_words
from fleuron.manuscript.records import publication_records
from fleuron.metadata.plain_text import one_line
from fleuron.publication.contents import ContentsEntry, all_entries

# What a table of contents calls the document that it is in.
SELF = "self"


def table_of_contents(env: BuildEnvironment, issue: str = "") -> tuple[ContentsEntry, ...]:
    """Return what the tables of contents list, beginning with those of the root document, each document once.

    A caption makes a part of its table of contents, and a section in which there is one is a part too. For an issue, by
    its document, it is that document, and what its tables of contents list.
    """
    reader = ContentsReader(env)
    if issue:
        reader.listed.add(issue)
    below = tuple(entry for entry in reader.entries_of(issue or env.config.root_doc) if not entry.is_section)
    return (reader.entry_of(issue), *below) if issue else below


def sections_of(env: BuildEnvironment, document: str) -> tuple[ContentsEntry, ...]:
    """Return the sections of one document."""
    return tuple(entry for entry in ContentsReader(env).entries_of(document) if entry.is_section)


class ContentsReader:
    """Reads the contents; ``listed`` are the documents that have an entry already; withdrawn articles have none."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env
        self.listed = {env.config.root_doc}
        records = publication_records(env)
        self.left_out = records.withheld.keys() | records.withdrawn

    def entry_of(self, document: str) -> ContentsEntry:
        """Return the entry of a document by its own title, without those below it."""
        title = self.env.titles[document]
        return ContentsEntry(one_line(title.astext()), document, language=language_of_title(title))

    def entries_of(self, document: str) -> tuple[ContentsEntry, ...]:
        """Return the entries below a document: first its sections, as they stand on its own pages."""
        toc = self.env.tocs.get(document)
        found = list(self.entries_in(toc, document)) if toc is not None else []
        return tuple(sorted(found, key=lambda entry: not entry.is_section))

    def entries_in(self, node: nodes.Element, document: str) -> Iterator[ContentsEntry]:
        """Yield the entries in a part of what Sphinx keeps of a document's sections and tables of contents."""
        for child in node.children:
            if isinstance(child, addnodes.toctree):
                yield from self.entries_of_table(child, document)
            elif isinstance(child, nodes.list_item):
                yield from self.entries_of_section(child, document)
            elif isinstance(child, nodes.Element):
                yield from self.entries_in(child, document)

    def entries_of_section(self, item: nodes.list_item, document: str) -> Iterator[ContentsEntry]:
        """Yield the entry of a section, or, for the document as a whole, the entries below it."""
        link = item.next_node(nodes.reference)
        below = tuple(self.entries_in(item, document))
        anchor = str(link.get("anchorname", "")) if link is not None else ""
        if link is None or not anchor:
            yield from below
            return
        title, number, language = one_line(link.astext()), self.number_of(document, anchor), language_of_title(link)
        if all(entry.is_section for entry in all_entries(below)):
            section = anchor.removeprefix("#")
            yield ContentsEntry(title, document, section, number=number, language=language, entries=below)
        else:
            yield ContentsEntry(title, number=number, language=language, entries=below)

    def entries_of_table(self, table: addnodes.toctree, document: str) -> Iterator[ContentsEntry]:
        """Yield the entries of a table of contents, in a part if it has a caption."""
        languages = untranslated_words(iter((table,)), self.env)
        entries = tuple(
            entry
            for title, target in table["entries"]
            for entry in self.entries_for(title, target, document, languages.get(title, ""))
        )
        if entries and (caption := table.get("caption")):
            yield ContentsEntry(one_line(caption), language=languages.get(caption, ""), entries=entries)
        else:
            yield from entries

    def entries_for(self, title: str | None, target: str, document: str, language: str) -> Iterator[ContentsEntry]:
        """Yield the entry for one line of a table of contents, unless its document has one or does not exist.

        ``language`` is that of an explicit title.
        """
        if url_re.match(target):
            yield ContentsEntry(one_line(title or target), address=target, language=language)
        elif target == SELF:
            if title and document == self.env.config.root_doc:
                yield ContentsEntry(one_line(title), document, language=language)
        elif target in self.env.titles and target not in self.listed and target not in self.left_out:
            self.listed.add(target)
            own = self.env.titles[target]
            yield ContentsEntry(
                one_line(title or own.astext()),
                target,
                number=self.number_of(target, ""),
                language=language if title else language_of_title(own),
                entries=self.entries_of(target),
            )

    def number_of(self, document: str, anchor: str) -> str:
        """Return the number of a section in a numbered table of contents; "" if it has none."""
        number = self.env.toc_secnumbers.get(document, {}).get(anchor)
        return ".".join(map(str, number)) + "." if number else ""
