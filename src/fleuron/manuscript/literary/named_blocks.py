"""Read blocks that are set in their own way: dedications, galleries, lists of persons, attributions."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.application import Sphinx


class NamedBlock(Directive):
    """Reads the content as any text, in a block that has the directive's name as its class."""

    has_content = True
    option_spec: ClassVar = {"class": directives.class_option, "name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        self.assert_has_content()
        block = nodes.container(classes=[self.name, *self.options.get("class", [])])
        block.source, block.line = self.state_machine.get_source_and_line(self.lineno)
        self.add_name(block)
        messages = self.add_heading(block)
        self.state.nested_parse(self.content, self.content_offset, block)
        return [block, *messages]

    def add_heading(self, block: nodes.container) -> list[nodes.system_message]:
        """Add the argument of the directive as a heading, which no table of contents lists."""
        if not self.arguments:
            return []
        words, messages = self.state.inline_text(self.arguments[0], self.lineno)
        heading = nodes.rubric(self.arguments[0], "", *words)
        heading.source, heading.line = block.source, block.line
        block += heading
        return list(messages)


class TitledBlock(NamedBlock):
    """Reads a block that may have a heading."""

    optional_arguments = 1
    final_argument_whitespace = True


class Gallery(NamedBlock):
    """Reads pictures that stand side by side: figures, and Markdown's own pictures, which become figures."""

    def run(self) -> list[nodes.Node]:
        block, *messages = super().run()
        for paragraph in [child for child in block.children if isinstance(child, nodes.paragraph)]:
            pictures = [child for child in paragraph.children if isinstance(child, nodes.image)]
            if pictures and len(pictures) == len([child for child in paragraph.children if is_shown(child)]):
                paragraph.replace_self([figure_of(picture, paragraph) for picture in pictures])
        return [block, *messages]


def is_shown(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.Text) or bool(node.strip())


def figure_of(picture: nodes.image, paragraph: nodes.paragraph) -> nodes.figure:
    """Return a figure with a picture of a paragraph."""
    figure = nodes.figure("", picture)
    figure.source, figure.line = paragraph.source, paragraph.line
    return figure


class Attribution(Directive):
    """Reads the source of what stands above it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        self.assert_has_content()
        text = " ".join(line.strip() for line in self.content if line.strip())
        words, messages = self.state.inline_text(text, self.lineno + self.content_offset)
        source = nodes.attribution(text, "", *words)
        source.source, source.line = self.state_machine.get_source_and_line(self.lineno)
        return [source, *messages]


def setup(app: Sphinx) -> None:
    app.add_directive("dedication", NamedBlock)
    app.add_directive("gallery", Gallery)
    app.add_directive("dramatis", TitledBlock)
    app.add_directive("abbreviations", TitledBlock)
    app.add_directive("attribution", Attribution)
