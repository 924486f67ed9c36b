r"""Give each formula the commands that its article or conf.py defines: `\newcommand`, and the macros for MathJax.

As with MathJax, a command that one formula defines can be used in all that follow it in the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import Locale

from fleuron.formulas.definitions import Definition, definition_of, definitions_in

# The attribute of a formula with the definitions that it needs, as LaTeX.
DEFINITIONS = "definitions"
# Options of sphinx.ext.mathjax 9.0 that can have macros.
MATHJAX_OPTIONS = ("mathjax3_config", "mathjax4_config")
# The attribute of the environment with the macros that its documents were read with.
READ_WITH = "fleuron_macros"


def macros_of(config: Config) -> list[Definition]:
    """Return the macros of conf.py; one that is not a text, or a text with numbers of arguments, is left out."""
    found = []
    for option in MATHJAX_OPTIONS:
        settings: Any = getattr(config, option, None)
        for key in ("tex", "macros"):
            settings = settings.get(key) if isinstance(settings, Mapping) else None
        for name, value in (settings or {}).items():
            parts = list(value) if isinstance(value, list | tuple) else [value]
            body, count, default = (parts + [None, 0, None][len(parts) :])[:3]
            if isinstance(body, str):
                found.append(definition_of(str(name), body, count, default))
    return found


def formulas_of(document: nodes.Element) -> Iterator[nodes.math | nodes.math_block]:
    for node in document.findall(nodes.Element):
        if isinstance(node, nodes.math | nodes.math_block):
            yield node


def needed(latex: str, definitions: Iterable[Definition]) -> str:
    """Return all definitions, if a formula has one of their commands."""
    found = list(definitions)
    return "".join(each.latex for each in found) if any(each.command in latex for each in found) else ""


class GiveCommands(SphinxTransform):
    """Give formulas the definitions before them, after translation; remove a formula that only defines commands."""

    default_priority = Locale.default_priority + 5

    def apply(self, **kwargs: Any) -> None:
        definitions = macros_of(self.config)
        for formula in list(formulas_of(self.document)):
            if latex := needed(formula.astext(), definitions):
                formula[DEFINITIONS] = latex
            own, has_more = definitions_in(formula.astext())
            definitions += own
            if own and not has_more:
                formula.parent.remove(formula)


def documents_with_other_macros(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Read all documents again when the macros of conf.py have changed."""
    macros = "".join(each.latex for each in macros_of(app.config))
    before: str = getattr(env, READ_WITH, "")
    setattr(env, READ_WITH, macros)
    return env.found_docs if macros != before else ()


def setup(app: Sphinx) -> None:
    app.add_transform(GiveCommands)
    app.connect("env-get-outdated", documents_with_other_macros)
