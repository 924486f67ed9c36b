"""An exception of an extension, of Sphinx or of Fleuron is one message with its place, and the rest goes on."""

from __future__ import annotations

import pytest

from tests.mistakes.test_mistakes import HEAD, assert_no_crash, told
from tests.support.publications import SMALL, Maker, Publication

pytestmark = pytest.mark.slow

# An extension of the publication that raises an exception wherever a text asks for it.
EXTENSION = """
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

class odd(nodes.General, nodes.Element):
    pass

class Odd(Directive):
    def run(self):
        return [odd()]

class Bad(Directive):
    def run(self):
        raise KeyError("of the directive")

def bad_role(*arguments, **options):
    raise IndexError("of the role")

def in_text(document, word):
    for node in document.findall(nodes.paragraph):
        if word in node.astext():
            raise ValueError(word)

class BadTransform(SphinxTransform):
    default_priority = 500

    def apply(self):
        in_text(self.document, "of the transform")

class BadPostTransform(SphinxPostTransform):
    default_priority = 500

    def run(self):
        in_text(self.document, "of the post-transform")

def setup(app):
    app.add_node(odd)
    app.add_directive("odd", Odd)
    app.add_directive("bad", Bad)
    app.add_role("bad", bad_role)
    app.add_transform(BadTransform)
    app.add_post_transform(BadPostTransform)
    app.connect("doctree-read", lambda app, tree: in_text(tree, "of the event when read"))
    app.connect("doctree-resolved", lambda app, tree, name: in_text(tree, "of the event when resolved"))
    app.connect("html-page-context", lambda app, page, template, context, tree: tree and in_text(tree, "of the page"))
"""
CONF = "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\n" + SMALL["conf.py"].replace(
    '["fleuron"]', '["fleuron", "odd_extension"]'
)


def listed(*names: str) -> str:
    return SMALL["index.md"].replace("articles/one", "\n".join(f"articles/{name}" for name in names))


def with_extension(make: Maker, texts: dict[str, str]) -> Publication:
    articles = {f"articles/{name}.md": f"{HEAD}{text}\n" for name, text in texts.items()}
    return make({"conf.py": CONF, "odd_extension.py": EXTENSION, "index.md": listed("one", *texts), **articles})


def messages_of(lines: list[str]) -> list[str]:
    return [line for line in lines if "ERROR: " in line or "WARNING: " in line]


def test_every_failure_while_reading_is_told_where_it_is(make: Maker) -> None:
    texts = {
        "directive": "Text.\n\n```{bad}\n```\n\nAnd {bad}`x`.",
        "quotation": "> - {bad}`x`\n>\n> {nothing}`y`",
        "transform": "Text.\n\nWords of the transform.",
        "event": "Text.\n\n- Words of the event when read.",
        "right": "See {ref}`nowhere`.",
    }
    publication = with_extension(make, texts)
    result = publication.publish("html", "epub")
    assert_no_crash(result)
    assert result.code == 1
    messages = messages_of(told(result))
    assert [message.split(": ")[0] for message in messages] == [
        *("articles/directive.md:9", "articles/directive.md:12", "articles/event.md:9"),
        *("articles/quotation.md:7", "articles/quotation.md:9", "articles/transform.md:9"),
    ]
    assert (
        "the extension odd_extension failed here (KeyError: 'of the directive'; odd_extension, line 16)" in messages[0]
    )
    assert "IndexError: of the role" in messages[1]
    assert "ValueError: of the event when read" in messages[2]
    assert not [message for message in messages if "please report" in message]
    assert told(result)[-1].startswith("fleuron: 6 errors in ")
    assert not publication.files()


def test_every_failure_while_writing_is_told_where_it_is(make: Maker) -> None:
    texts = {
        "post": "Text.\n\nWords of the post-transform.",
        "resolved": "Text.\n\nWords of the event when resolved.",
        "context": "Text.\n\nWords of the page.",
        "node": "Text.\n\n```{odd}\n```",
        "right": "See {ref}`nowhere`.",
    }
    publication = with_extension(make, texts)
    result = publication.publish("html", "epub", "pdf")
    assert_no_crash(result)
    assert result.code == 1
    messages = messages_of(told(result))
    places = [message.split(": ")[0] for message in messages]
    assert places == sorted(set(places)), "each once, for all editions and formats"
    assert places == [
        *("articles/context.md:9", "articles/node.md:9", "articles/post.md:9"),
        *("articles/resolved.md:9", "articles/right.md:7"),
    ]
    assert "there is no way to write “odd” in this format" in messages[1]
    assert not publication.files()


EVENTS = (
    "config-inited",
    "builder-inited",
    "env-before-read-docs",
    "env-updated",
    "html-collect-pages",
    "build-finished",
)


@pytest.mark.parametrize("event", EVENTS)
def test_a_failure_of_no_document_is_one_message(make: Maker, event: str) -> None:
    conf = (
        SMALL["conf.py"]
        + f'\ndef fail(*arguments):\n    {{}}["missing"]\n\ndef setup(app):\n    app.connect("{event}", fail)\n'
    )
    publication = make({"conf.py": conf})
    result = publication.publish("html")
    assert_no_crash(result)
    assert result.code == 1
    (message,) = [line for line in told(result) if line.startswith("fleuron: ")]
    assert message.startswith("fleuron: conf.py failed here (KeyError: 'missing'; line ")
    assert not publication.files()


def test_a_fault_of_fleurons_own_asks_for_a_report(make: Maker) -> None:
    """The handler stands for a fault in Fleuron: it breaks what one of our modules relies on."""
    conf = SMALL["conf.py"] + (
        "\ndef setup(app):\n    import fleuron.site.builder as ours\n    ours.describe_articles = ours.find_downloads\n"
    )
    publication = make({"conf.py": conf})
    result = publication.publish("html", languages="en")
    assert result.code == 1
    messages = messages_of(told(result))
    assert [message.split(": ")[0] for message in messages] == [
        *("articles/one.md:1", "authors/ada.md:1", "index.md:1"),
    ]
    assert all("Fleuron failed here, which is its own fault (TypeError: " in message for message in messages)
    assert all("please report it at https://" in message for message in messages)
    assert "Traceback" not in result.output
    assert "Traceback" in publication.publish("html", languages="en", options="-v").output
