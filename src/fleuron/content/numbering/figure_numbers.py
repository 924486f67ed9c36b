"""Number figures, tables and listings anew in each article, unless conf.py says that they count through the volume.

In a project that is not a publication they have Sphinx's numbers, as its pages have.

Sphinx 9.0 numbers them through all documents, or by the numbers of sections where a table of contents has them.

The numbers of figures and sections are printed in the digits of the edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from functools import partial

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

from fleuron.adopted import is_left_to_sphinx, is_other_project
from fleuron.config import is_set
from fleuron.content.numbering.document_outlines import outlines_for_documents
from fleuron.editions.edition_names import current_edition
from fleuron.publication.edition import Edition

# The numbers of a document's figures and the like, by kind and id.
Numbers = Mapping[str, Mapping[str, tuple[int, ...]]]
# The attribute of the environment with the numbers that Sphinx has given, which it compares with its new ones.
SPHINX_NUMBERS = "fleuron_fignumbers_of_sphinx"


class PrintedNumber(int):
    """A number that is printed in the digits of an edition: Sphinx joins those of figures and sections as texts."""

    printed: str

    def __str__(self) -> str:
        return self.printed


def printed_number(number: int, edition: Edition) -> int:
    """Return a number that is printed in the digits of an edition."""
    text = edition.numerals(int(number))
    if text.isascii():
        return int(number)
    printed = PrintedNumber(number)
    printed.printed = text
    return printed


def print_in_digits(env: BuildEnvironment, edition: Edition) -> None:
    """Let the numbers of figures and sections be printed in the digits of an edition."""

    def digits(numbers: Iterable[int]) -> tuple[int, ...]:
        return tuple(printed_number(number, edition) for number in numbers)

    env.toc_fignumbers = {
        document: {kind: {name: digits(given) for name, given in named.items()} for kind, named in kinds.items()}
        for document, kinds in env.toc_fignumbers.items()
    }
    env.toc_secnumbers = {
        document: {anchor: digits(given) for anchor, given in anchors.items()}
        for document, anchors in env.toc_secnumbers.items()
    }
    links = (link for contents in env.tocs.values() for link in contents.findall(nodes.reference))
    for node in (*links, *env.titles.values()):
        if node.get("secnumber"):
            node["secnumber"] = digits(node["secnumber"])


def numbers_of_document(numbers: Numbers) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return the numbers of a document from 1 on, in the order of those given; a section's number is kept."""
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for kind, given in numbers.items():
        counts: dict[tuple[int, ...], int] = {}
        for name, (*section, _number) in given.items():
            counts[tuple(section)] = counts.get(tuple(section), 0) + 1
            found.setdefault(kind, {})[name] = (*section, counts[tuple(section)])
    return found


def numbers_articles(app: Sphinx) -> bool:
    """Return whether the figures of each article have numbers from 1 on; those of other projects keep Sphinx's."""
    is_chosen = is_set(app.config, "fleuron_numbering") or not is_other_project(app)
    return is_chosen and app.config.fleuron_numbering == "article"


def number_figures(collector: TocTreeCollector, app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let Sphinx number sections and figures by the outlines of documents, and then number those of each article."""
    # Sphinx compares its numbers with its own of the last build; otherwise it would write all pages again.
    env.toc_fignumbers = getattr(env, SPHINX_NUMBERS, env.toc_fignumbers)
    with nullcontext() if is_left_to_sphinx(app) else outlines_for_documents(env):
        changed = collector.get_updated_docs(app, env)
    setattr(env, SPHINX_NUMBERS, env.toc_fignumbers)
    if numbers_articles(app):
        env.toc_fignumbers = {
            document: numbers_of_document(numbers) for document, numbers in env.toc_fignumbers.items()
        }
    edition = current_edition(app.config)
    if not (is_left_to_sphinx(app) or edition.numerals(0).isascii()):
        print_in_digits(env, edition)
    return changed


def setup(app: Sphinx) -> None:
    for listener in list(app.events.listeners["env-get-updated"]):
        collector = getattr(listener.handler, "__self__", None)
        if isinstance(collector, TocTreeCollector):
            app.disconnect(listener.id)
            app.connect("env-get-updated", partial(number_figures, collector), priority=listener.priority)
