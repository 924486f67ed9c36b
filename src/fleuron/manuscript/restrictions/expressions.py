"""Tell which expressions of substitutions, ``{{ … }}``, do no more than name a value and change its letters.

MyST 5.2 evaluates them with Jinja, outside its sandbox and with Sphinx's environment at hand: an expression that calls
a function can run any program.
"""

from __future__ import annotations

from collections.abc import Collection

from jinja2 import Environment, TemplateSyntaxError
from jinja2 import nodes as jinja
from jinja2.defaults import DEFAULT_NAMESPACE

# Filters that make of a text or a number another one.
FILTERS = frozenset(
    {
        *("abs", "capitalize", "default", "d", "first", "float", "int", "join", "last", "length", "lower", "replace"),
        *("round", "sort", "string", "title", "trim", "upper", "unique"),
    }
)
# What an expression may ask of Sphinx's environment, which MyST names ``env``.
OF_ENVIRONMENT = frozenset({"docname", "metadata"})


def is_harmless(expression: str, names: Collection[str]) -> bool:
    """Return whether an expression only names values, parts of them and filters; ``names`` are the substitutions."""
    if expression.strip() in names:
        return True
    try:
        template = Environment().parse(f"{{{{{expression}}}}}")
        if len(template.body) != 1 or not isinstance(template.body[0], jinja.Output):
            return False
        return all(is_harmless_part(part, names) for part in template.body[0].nodes)
    except TemplateSyntaxError:
        return True  # which MyST reports
    except (RecursionError, ValueError):  # too many brackets or digits
        return False


def is_harmless_part(node: jinja.Node, names: Collection[str]) -> bool:
    """Return whether a part of an expression, with all parts of its own, calls and reveals nothing."""
    if isinstance(node, jinja.Const):
        return True
    if isinstance(node, jinja.Name):
        return node.name != "env" and (node.name in names or node.name not in DEFAULT_NAMESPACE)
    if isinstance(node, jinja.Getattr):
        if isinstance(node.node, jinja.Name) and node.node.name == "env":
            return node.attr in OF_ENVIRONMENT
        return is_public(node.attr) and is_harmless_part(node.node, names)
    if isinstance(node, jinja.Getitem):
        is_named = isinstance(node.arg, jinja.Const) and is_public(node.arg.value)
        is_document = isinstance(node.arg, jinja.Getattr) and is_harmless_part(node.arg, names)
        return (is_named or is_document) and is_harmless_part(node.node, names)
    if isinstance(node, jinja.Filter):
        return node.name in FILTERS and all(is_harmless_part(part, names) for part in node.iter_child_nodes())
    return False


def is_public(name: object) -> bool:
    """Return whether a name is not one of Python's own, by which an object leads to the whole program."""
    return not str(name).startswith("_")
