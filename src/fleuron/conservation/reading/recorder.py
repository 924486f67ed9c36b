"""Parse MyST as `notes.markup` does, and keep the texts that are parsed, their tokens, and the nodes of their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from fleuron.notes.markup.calls import NoteCallParser, add_our_rules
from fleuron.notes.markup.pandoc_syntax import NoteRenderer

# The attribute of a node, while its document is parsed, with the parts of the source that made it, from the innermost.
MADE_BY = "fleuron_made_by"


@dataclass
class ParsedText:
    """A text that Markdown's parser was given: a file from its line ``offset`` (from 0), or the content of a part."""

    text: str
    path: str
    offset: int = 0
    is_inline: bool = False
    tokens: list[Token] = field(default_factory=list)


@dataclass(eq=False)
class Part:
    """A directive, role or the like; ``content`` is what it was given, and ``texts`` what it had parsed of that."""

    kind: str
    path: str
    line: int
    name: str = ""
    argument: str = ""
    content: str = ""
    directive: type[Directive] | None = None
    texts: list[ParsedText] = field(default_factory=list)
    nodes: list[nodes.Node] = field(default_factory=list)
    is_spread: bool = False
    """Whether its nodes stand in several sections, as those of an included file with headings do."""


@dataclass
class Record:
    """The texts that were parsed for a document, and its parts by the identity of their token."""

    texts: list[ParsedText] = field(default_factory=list)
    parts: dict[int, Part] = field(default_factory=dict)


class RecordingRenderer(NoteRenderer):
    """Render as notes need it, and record what is rendered."""

    record: Record
    source = ""
    open_part: Part | None = None
    given: ParsedText | None = None

    def setup_render(self, options: dict[str, Any], env: MutableMapping[str, Any]) -> None:
        super().setup_render(options, env)
        self.record, self.open_part, self.given = Record(), None, None

    def _render_tokens(self, tokens: list[Token]) -> None:
        # The parser's caller or `nested_render_text` has given the text; `Token.map` counts from 1 when it is rendered.
        text, self.given = self.given or ParsedText(self.source, self.document["source"]), None
        text.tokens = list(tokens)
        (self.open_part.texts if self.open_part else self.record.texts).append(text)
        super()._render_tokens(tokens)

    def nested_render_text(self, text: str, lineno: int, inline: bool = False, *options: Any, **named: Any) -> None:
        self.given = ParsedText(text, self.document["source"], lineno, inline)
        super().nested_render_text(text, lineno, inline, *options, **named)

    def dict_to_fm_field_list(self, *data: Any, **options: Any) -> nodes.field_list:
        """Make the fields of front matter, which no format prints, of a document that is not an article."""
        texts = self.open_part.texts if self.open_part else self.record.texts
        count = len(texts)
        fields: nodes.field_list = super().dict_to_fm_field_list(*data, **options)
        del texts[count:]
        return fields

    @contextmanager
    def part(self, kind: str, token: SyntaxTreeNode) -> Iterator[Part]:
        """Record what is rendered within a directive or role, and the nodes that it makes."""
        line = token.map[0] if token.map else 1
        part = Part(kind, self.document["source"], line, content=token.content)
        outer, self.open_part = self.open_part, part
        place, count, source = self.current_node, len(self.current_node.children), token.token
        try:
            yield part
        finally:
            self.open_part = outer
            part.is_spread = self.current_node is not place
            if part.kind and source is not None:
                self.record.parts[id(source)] = part
                part.nodes = place.children[count:]
                for node in [] if part.is_spread else part.nodes:
                    node.__dict__.setdefault(MADE_BY, []).append(part)
            else:
                (outer.texts if outer else self.record.texts).extend(part.texts)

    def render_fence(self, token: SyntaxTreeNode) -> None:
        self.render_block(token, super().render_fence)

    def render_colon_fence(self, token: SyntaxTreeNode) -> None:
        self.render_block(token, super().render_colon_fence)

    def render_html_block(self, token: SyntaxTreeNode) -> None:
        self.render_block(token, super().render_html_block)

    def render_blockquote(self, token: SyntaxTreeNode) -> None:
        """Render a quotation; the attribution among its attributes is read where the quotation ends."""
        texts = self.open_part.texts if self.open_part else self.record.texts
        super().render_blockquote(token)
        attribution = token.attrs.get("attribution")
        if attribution and token.nester_tokens and texts and texts[-1].text == str(attribution):
            part = Part("attribution", self.document["source"], 1, texts=[texts.pop()], is_spread=True)
            self.record.parts[id(token.nester_tokens.closing)] = part

    def render_block(self, token: SyntaxTreeNode, render: Callable[[SyntaxTreeNode], None]) -> None:
        """Render a block that may be a directive, or a div with text."""
        with self.part("", token) as part:
            render(token)
            if part.texts and not part.kind:
                part.kind = "div"

    def run_directive(
        self, name: str, first_line: str, content: str, position: int, *options: Any, **named: Any
    ) -> list[nodes.Element]:
        if self.open_part is not None and not self.open_part.kind:
            part, kind = self.open_part, directives.directive(name, self.language_module_rst, self.document)[0]
            part.kind, part.name, part.argument, part.content, part.directive = (
                "directive", name, first_line, content, kind,
            )  # fmt: skip
        return super().run_directive(name, first_line, content, position, *options, **named)

    def render_restructuredtext(self, token: SyntaxTreeNode) -> None:
        if self.open_part is not None:
            self.open_part.kind = "rst"
        super().render_restructuredtext(token)

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        with self.part("role", token) as part:
            part.name = token.meta["name"]
            super().render_myst_role(token)

    def render_note_citation(self, token: SyntaxTreeNode) -> None:
        with self.part("citation", token):
            super().render_note_citation(token)

    def render_substitution(self, token: SyntaxTreeNode, inline: bool) -> None:
        with self.part("substitution", token):
            super().render_substitution(token, inline)

    def render_definition(self, token: SyntaxTreeNode) -> None:
        """Print nothing of the definition of a link."""


class RecordingParser(NoteCallParser):
    """Parse a document with `RecordingRenderer`."""

    record: Record

    def render(self, parser: MarkdownIt, text: str) -> None:
        renderer = cast(RecordingRenderer, parser.renderer)
        renderer.source = text
        super().render(parser, text)
        self.record = renderer.record


def recording_markdown_parser(config: MdParserConfig, renderer: type[RecordingRenderer]) -> MarkdownIt:
    """Make MyST's parser with our rules, whose tokens have all that is in the source."""
    parser = create_md_parser(config, renderer)
    add_our_rules(parser)
    parser.options["inline_definitions"] = True
    parser.options["store_labels"] = True
    return parser
