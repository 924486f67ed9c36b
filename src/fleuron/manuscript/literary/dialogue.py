"""Read ``{interview}`` and ``{dialogue}``: paragraphs that begin with the name of who speaks, `**Ada:**`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale

# The classes of the block, of a paragraph that begins with a name, of one that asks, and of the name.
DIALOGUE, TURN, QUESTION, SPEAKER = "dialogue", "turn", "question", "speaker"
# The attribute of a block: whose paragraphs are questions.
ASKED_BY = "asked_by"


class Dialogue(Directive):
    """Reads a conversation; the option ``questions`` names who asks."""

    has_content = True
    option_spec: ClassVar = {"questions": directives.unchanged_required, "class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        self.assert_has_content()
        classes = [DIALOGUE, *([self.name] if self.name != DIALOGUE else []), *self.options.get("class", [])]
        block = nodes.container(classes=classes)
        block.source, block.line = self.state_machine.get_source_and_line(self.lineno)
        self.state.nested_parse(self.content, self.content_offset, block)
        block[ASKED_BY] = self.options.get("questions", "")
        return [block]


def name_of(paragraph: nodes.paragraph) -> nodes.strong | None:
    """Return the name at the beginning of a paragraph, which has its colon in it or after it."""
    # MyST 5.2 puts an empty text before markup at the beginning.
    first = next((child for child in paragraph.children if child.astext()), None)
    if not isinstance(first, nodes.strong):
        return None
    text = paragraph.astext()[len(first.astext()) :].lstrip()
    return first if first.astext().rstrip().endswith((":", "：")) or text.startswith((":", "：")) else None


def turns(block: nodes.Element) -> Iterator[tuple[nodes.paragraph, nodes.strong]]:
    """Yield the paragraphs of a conversation that begin with a name, with the name."""
    for child in block.children:
        if isinstance(child, nodes.paragraph) and (name := name_of(child)) is not None:
            yield child, name


class MarkTurns(SphinxTransform):
    """Mark whose turn it is, before Locale replaces the names by those of the translation."""

    default_priority = Locale.default_priority - 10

    def apply(self, **kwargs: Any) -> None:
        for block in conversations(self.document):
            for paragraph, name in turns(block):
                is_question = name.astext().strip().rstrip(":：").strip() == block[ASKED_BY].rstrip(":：").strip()
                paragraph["classes"] += [TURN, *([QUESTION] if is_question and block[ASKED_BY] else [])]


class MarkSpeakers(SphinxTransform):
    """Mark the names, in the language of the edition."""

    default_priority = Locale.default_priority + 10

    def apply(self, **kwargs: Any) -> None:
        for block in conversations(self.document):
            for _paragraph, name in turns(block):
                name["classes"].append(SPEAKER)


def conversations(document: nodes.document) -> Iterator[nodes.container]:
    yield from (block for block in document.findall(nodes.container) if ASKED_BY in block)


def setup(app: Sphinx) -> None:
    app.add_directive("interview", Dialogue)
    app.add_directive("dialogue", Dialogue)
    app.add_transform(MarkTurns)
    app.add_transform(MarkSpeakers)
