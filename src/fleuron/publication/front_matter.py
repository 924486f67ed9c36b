"""Read front matter, the YAML between two lines of dashes at the beginning of a file, with the line of each key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.publication.control_characters import control_character

FENCE = re.compile(r"(---|\.\.\.)\s*")
# What YAML leaves of a blank line where it folds lines, in any string but one after “|”.
PARAGRAPHS = re.compile(r"\n+")
# The most values of front matter; a few aliases of aliases have billions.
MOST_VALUES = 10_000
# Characters that CommonMark or HTML may read as markup.
MARKUP = re.compile(r"([\\`*_{}\[\]<>&#|$~])")
# Number signs at the end of a heading, which CommonMark does not print (“C #”).
CLOSING_SEQUENCE = re.compile(r"(?<!\\)#+$")


@dataclass(frozen=True)
class Entry:
    """A value, the line of its key (from 1), and the number of lines of key and value."""

    value: Any
    line: int
    height: int


@dataclass(frozen=True)
class FrontMatter:
    """The entries of a file's front matter, the number of its lines with the dashes, and what is wrong with it."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    height: int = 0
    findings: tuple[Finding, ...] = ()

    def line_of(self, key: str) -> int:
        return self.entries[key].line if key in self.entries else 1


def fenced_lines(text: str) -> list[str] | None:
    """Return the lines between the lines of dashes, or None if the text has no front matter."""
    lines = text.split("\n")
    if not re.fullmatch(r"---\s*", lines[0]):
        return None
    for number, line in enumerate(lines[1:], 1):
        if FENCE.fullmatch(line):
            return lines[1:number]
    return None


def read_front_matter(text: str) -> FrontMatter:
    """Read the front matter of a Markdown text; report mistakes as findings, never as exceptions."""
    lines = fenced_lines(text)
    if lines is None:
        return FrontMatter(findings=tuple(unclosed(text)))
    height = len(lines) + 2
    try:
        root = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
        if root is None:
            return FrontMatter(height=height)
        if not isinstance(root, yaml.MappingNode):
            raise fault("it must consist of lines “key: value”", root)
        count_nodes(root, {})
        entries, findings = located_entries(root, len(lines))
    except RecursionError:
        return FrontMatter(height=height, findings=(Finding(Diagnostic.NESTED_TOO_DEEPLY, 2),))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if getattr(error, "problem", None) == "found unexpected end of stream":
            mark = getattr(error, "context_mark", None) or mark  # where the quoted string begins
        problem = str(getattr(error, "problem", None) or error)
        if isinstance(error, yaml.constructor.ConstructorError) and "could not determine a constructor" in problem:
            problem = f"the tag {problem.split()[-1]} is not known; write the value without a tag"
        line = mark.line + 2 if mark else 1
        return FrontMatter(height=height, findings=(Finding(Diagnostic.BAD_FRONT_MATTER, line, {"problem": problem}),))
    return FrontMatter(entries, height, tuple(findings))


def unclosed(text: str) -> Iterator[Finding]:
    """Report front matter without a line of dashes at its end."""
    if re.match(r"---\s*\n[\w-]+\s*:", text):
        yield Finding(Diagnostic.BAD_FRONT_MATTER, 1, {"problem": "the line “---” at its end is missing"})


def located_entries(root: yaml.MappingNode, end: int) -> tuple[dict[str, Entry], list[Finding]]:
    """Return the value and lines of each key, and the repeated keys; ``end`` is the number of lines of the YAML."""
    loader = LenientLoader("")
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    starts = [key.start_mark.line for key, _ in root.value] + [end]
    for (key_node, value_node), start, following in zip(root.value, starts, starts[1:], strict=False):
        if not isinstance(key_node, yaml.ScalarNode):
            raise fault("a key must be a word", key_node)
        key = key_node.value
        if key in entries:
            findings.append(Finding(Diagnostic.REPEATED_KEY, start + 2, {"key": key}))
            continue
        value = value_of(loader, value_node)
        if isinstance(value, str) and value_node.style != "|":
            value = PARAGRAPHS.sub("\n\n", value)
        entries[key] = Entry(value, start + 2, following - start)
    return entries, findings


class LenientLoader(yaml.SafeLoader):
    """Makes values of nodes; what looks like a date or a number to YAML but is not one is text (2022-13-45)."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            value = super().construct_object(node, deep)
            if isinstance(node, yaml.ScalarNode):
                str(value)  # which Python refuses for a number of thousands of digits
        except (yaml.YAMLError, RecursionError):
            raise
        except Exception:  # PyYAML 6.0 lets through whatever its conversions raise
            if not isinstance(node, yaml.ScalarNode):
                raise
            self.recursive_objects.pop(node, None)
            return node.value
        return value


def value_of(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """Return the value of a node, and a set as a list."""
    try:
        value = loader.construct_object(node, deep=True)
    except (yaml.YAMLError, RecursionError):
        raise
    except Exception as error:  # as that of an unknown kind of mapping
        raise fault("this value cannot be read", node) from error
    return sorted(value, key=str) if isinstance(value, set) else value


def count_nodes(node: yaml.Node, counts: dict[int, int]) -> int:
    """Return how many values a node has when its aliases are written out; raise YAMLError for too many, or no end.

    ``counts`` are those of nodes that are counted already; a node that is being counted has none.
    """
    if (known := counts.get(id(node))) is not None:
        if not known:
            raise fault("this value contains itself", node)
        return known
    if isinstance(node, yaml.ScalarNode) and (found := control_character(node.value)):
        raise fault(f"this value has a control character, {found[0]}; delete it", node)
    if counts and isinstance(node, yaml.MappingNode) and (repeated := repeated_key(node)) is not None:
        raise fault(f"the key “{repeated.value}” is here twice; delete one of the two", repeated)
    counts[id(node)] = 0
    children = node.value if isinstance(node, yaml.CollectionNode) else ()
    parts = (part for child in children for part in (child if isinstance(child, tuple) else (child,)))
    counts[id(node)] = count = 1 + sum(count_nodes(part, counts) for part in parts)
    if count > MOST_VALUES:
        raise fault(f"it has more than {MOST_VALUES} values, with its aliases written out", node)
    return count


def repeated_key(node: yaml.MappingNode) -> yaml.ScalarNode | None:
    """Return a key of a mapping that has the name of an earlier one, of which YAML would silently use the last."""
    keys = [key for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
    names = [key.value for key in keys]
    return next((key for number, key in enumerate(keys) if key.value in names[:number] and key.value != "<<"), None)


def fault(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    """Return the error to raise for what is wrong at a node."""
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


def escape_markup(text: str) -> str:
    """Return a text as Markdown in which nothing is markup."""
    return MARKUP.sub(r"\\\1", text)


def as_heading(title: str) -> str:
    """Return a title, which is Markdown, as a heading of the first level."""
    return "# " + CLOSING_SEQUENCE.sub(r"\\\g<0>", title)


def without_front_matter(
    text: str, front_matter: FrontMatter, kept: frozenset[str], heading: str = "", heading_line: int = 1
) -> str:
    """Return a text without its front matter, with every other line in its place.

    The entries named in ``kept`` stay, for MyST. ``heading``, in Markdown, becomes the first heading, at its line of
    the front matter or below the entries that stay.
    """
    if not front_matter.height:
        return text
    lines = text.split("\n")
    head: list[str] = []
    for key, entry in front_matter.entries.items():
        if key in kept:
            head += lines[entry.line - 1 : entry.line - 1 + entry.height]
    if head:
        head = ["---", *head, "---"]
    if heading:
        head += [""] * (heading_line - 1 - len(head))
        head.append(as_heading(heading))
    return "\n".join(head + [""] * (front_matter.height - len(head)) + lines[front_matter.height :])
