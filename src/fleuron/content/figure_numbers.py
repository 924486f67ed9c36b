"""Number figures, tables and listings anew in each article, unless conf.py says that they count through the volume.

Sphinx 9.0 numbers them through all documents, or by the numbers of sections where a table of contents has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

# The numbers of a document's figures and the like, by kind and id.
Numbers = Mapping[str, Mapping[str, tuple[int, ...]]]
# The attribute of the environment with the numbers that Sphinx has given, which it compares with its new ones.
SPHINX_NUMBERS = "fleuron_fignumbers_of_sphinx"


def numbers_of_document(numbers: Numbers) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return the numbers of a document from 1 on, in the order of those given; a section's number is kept."""
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for kind, given in numbers.items():
        counts: dict[tuple[int, ...], int] = {}
        for name, (*section, _number) in given.items():
            counts[tuple(section)] = counts.get(tuple(section), 0) + 1
            found.setdefault(kind, {})[name] = (*section, counts[tuple(section)])
    return found


def restore_numbers(_app: Sphinx, env: BuildEnvironment) -> Set[str]:
    """Let Sphinx compare its numbers with its own of the last build; otherwise it would write all pages again."""
    env.toc_fignumbers = getattr(env, SPHINX_NUMBERS, env.toc_fignumbers)
    return set()


def number_by_document(app: Sphinx, env: BuildEnvironment) -> Set[str]:
    """Number the figures and the like of each document."""
    setattr(env, SPHINX_NUMBERS, env.toc_fignumbers)
    if app.config.fleuron_numbering == "article":
        env.toc_fignumbers = {
            document: numbers_of_document(numbers) for document, numbers in env.toc_fignumbers.items()
        }
    return set()


def setup(app: Sphinx) -> None:
    # Before and after Sphinx numbers them.
    app.connect("env-get-updated", restore_numbers, priority=400)
    app.connect("env-get-updated", number_by_document, priority=600)
