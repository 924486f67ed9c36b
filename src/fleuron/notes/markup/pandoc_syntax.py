"""Read notes as pandoc's Markdown has them: ``[see @key, p. 12; @other]`` cites sources, ``^[words]`` is an own note.

They are rules of markdown-it, before the one of links: ``[@key](address)``, ``[@key]{.class}``, and ``[@key]`` where
the file defines it as a link, are what Markdown says. ``\\[@key]`` and ``\\^[words]`` are text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode
from sphinx.errors import SphinxError

from fleuron.adopted import is_other_project
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.exception_findings import finding_of_exception
from fleuron.manuscript.file_access import fault_of_file
from fleuron.manuscript.translated.text_renderer import TextRenderer
from fleuron.notes.cited_sources import notes_domain
from fleuron.notes.markup import inline_roles, note_definitions
from fleuron.notes.markup.citation_syntax import CitationProblem, ParsedCite, one_line, parse_locator
from fleuron.notes.markup.link_labels import use_link_labels
from fleuron.notes.markup.note_call import note_call
from fleuron.reporting import report
from fleuron.sphinx_versions import application_of

RenderRule = Callable[[SyntaxTreeNode], None]
CITES = re.compile(r"(?:^|[\s;])-?@[\w{]")
# A cite: words before it, a hyphen that leaves out the author (which a note needs), its key, and its place.
CITE = re.compile(
    r"(?P<prefix>(?:.*?\s)??)-?@(?:\{(?P<braced>[^{}\s]+)\}|(?P<key>\w(?:[\w:.#$%&+?<>~/-]*\w)?))(?P<post>.*)",
    re.DOTALL,
)
EMPHASIS = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^*_]*[^\s*_\\])\1(?![\w*_])")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
ADVICE = "write [see @key, p. 12; @other, ch. 3], with a key in each part"


def pandoc_citation(state: StateInline, silent: bool) -> bool:
    """Parse a citation in brackets (a rule of markdown-it)."""
    start = state.pos
    if state.src[start] != "[" or state.linkLevel:
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    if end < 0 or state.src[end + 1 : end + 2] in ("(", "[", "{"):
        return False
    content = state.src[start + 1 : end]
    if not CITES.search(content) or "`" in content or normalizeReference(content) in state.env.get("references", {}):
        return False
    cites, problems = parse_pandoc_citation(content)
    if not may_cite(state, cites):
        return False
    if not silent:
        token = state.push("note_citation", "", 0)
        token.content = state.src[start : end + 1]
        token.meta = {"cites": cites, "problems": problems}
    state.pos = end + 1
    return True


def may_cite(state: StateInline, cites: Sequence[ParsedCite]) -> bool:
    """Return whether brackets cite: in another project, which may name users in them, a source has to be known."""
    document = state.md.options.get("document")
    env = getattr(getattr(document, "settings", None), "env", None)
    if env is None or not is_other_project(application_of(env)):
        return True
    return any(cite.key in notes_domain(env).items for cite in cites)


def parse_pandoc_citation(content: str) -> tuple[list[ParsedCite], list[CitationProblem]]:
    """Parse what stands between the brackets into cites, in their order, and the problems found.

    A part without a key belongs to the cite before it, as the author's own words.
    """
    parts: list[str] = []
    for part in content.split(";"):
        if parts and not CITES.search(part):
            parts[-1] += f";{part}"
        else:
            parts.append(part)
    cites: list[ParsedCite] = []
    problems: list[CitationProblem] = []
    for part in parts:
        match = CITE.fullmatch(part.strip())
        if match is None:
            return [], [CitationProblem(f"[{content}]", ADVICE)]
        post = re.sub(r"^\s*,?\s*(?:\{([^{}]*)\})?", r"\1", match["post"])
        cite, found = parse_locator(
            ParsedCite(match["braced"] or match["key"], with_emphasis(match["prefix"])), with_emphasis(post)
        )
        cites.append(cite)
        problems.extend(found)
    return cites, problems


def with_emphasis(text: str) -> str:
    """Return an author's words on one line, with Markdown's emphasis as the citation processor reads it."""
    return ESCAPED.sub(r"\1", EMPHASIS.sub(r"<i>\2</i>", one_line(text)))


def inline_note(state: StateInline, silent: bool) -> bool:
    """Parse an own note within a text (a rule of markdown-it)."""
    start, end_of_text = state.pos, state.posMax
    if not state.src.startswith("^[", start) or state.linkLevel:
        return False
    end = state.md.helpers.parseLinkLabel(state, start + 1)
    if end < 0 or not state.src[start + 2 : end].strip():
        return False
    if not silent:
        token = state.push("own_note_open", "", 1)
        token.content = state.src[start : end + 1]
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.push("own_note_close", "", -1)
    state.pos, state.posMax = end + 1, end_of_text
    return True


def add_rules(parser: MarkdownIt) -> None:
    """Add the rules of notes to MyST's parser."""
    note_definitions.add_rule(parser)
    inline_roles.add_rule(parser)
    use_link_labels(parser)
    parser.inline.ruler.before("link", "note_citation", pandoc_citation)
    parser.inline.ruler.before("link", "own_note", inline_note)


class NoteRenderer(TextRenderer):
    """Render both forms as calls; an own note is kept within its call until the notes are numbered.

    What cannot be rendered, such as a directive that raises an exception, is reported, and the rest goes on.
    """

    def __init__(self, parser: MarkdownIt) -> None:
        super().__init__(parser)
        self.rules: dict[str, RenderRule] = {  # type: ignore[assignment]
            name: self.guarded(rule) for name, rule in self.rules.items()
        }
        self.included: list[str] = []

    def run_directive(
        self, name: str, first_line: str, content: str, position: int, *arguments: Any, **options: Any
    ) -> list[nodes.Element]:
        """Run a directive; check before what an ``{include}`` includes."""
        if name != "include":
            return super().run_directive(name, first_line, content, position, *arguments, **options)
        file, source = first_line.strip(), str(self.document["source"])
        finding = fault_of_file(self.sphinx_env, file, position, is_utf8=":encoding:" not in content)
        path = "" if finding else str(Path(self.sphinx_env.relfn2path(file)[1]))
        if path in (*self.included, str(self.sphinx_env.doc2path(self.sphinx_env.current_document.docname))):
            finding = Finding(Diagnostic.INCLUDES_ITSELF, position, {"path": file})
        if finding:
            report(finding, source)
            return []
        self.included.append(path)
        try:
            return super().run_directive(name, first_line, content, position, *arguments, **options)
        finally:
            self.included.pop()

    def render_footnote_reference(self, token: SyntaxTreeNode) -> None:
        """Render a note's definition; its label names no target: `[^map]` may stand beside `:name: map`."""
        label, document = token.meta["label"], self.document
        tables: tuple[dict[str, Any], ...] = (document.nametypes, document.nameids)
        kept = [table.pop(label, None) for table in tables]
        if any(label in note["names"] for note in (*document.autofootnotes, *document.footnotes)):
            document.nametypes[label] = True  # MyST reports the second one
        super().render_footnote_reference(token)
        for table, value in zip(tables, kept, strict=True):
            table.pop(label, None)
            if value is not None:
                table[label] = value

    def guarded(self, rule: RenderRule) -> RenderRule:
        """Return a rule that reports exceptions at the line of its token."""

        def render(token: SyntaxTreeNode) -> None:
            current = self.current_node
            try:
                rule(token)
            except (RecursionError, SphinxError):
                raise
            except Exception as error:
                self.current_node = current
                line = token.map[0] if token.map else 1
                report(
                    finding_of_exception(error, line, application_of(self.sphinx_env).extensions),
                    self.document["source"],
                )

        return render

    def render_note_citation(self, token: SyntaxTreeNode) -> None:
        cites, problems = token.meta["cites"], token.meta["problems"]
        self.current_node.append(note_call(token.content, cites=cites, problems=problems, textual=False))

    def render_own_note(self, token: SyntaxTreeNode) -> None:
        call = note_call(own_words=True)
        with self.current_node_context(call, append=True):
            self.render_children(token)
