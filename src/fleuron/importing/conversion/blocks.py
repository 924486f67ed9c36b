"""Write the blocks of pandoc's trees that MyST has other markup for: figures, tables, numbered formulas, labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fleuron.importing.conversion.tree import (
    Node,
    markdown,
    markdown_block,
    nodes_in,
    paragraph,
    plain_text,
    replaced,
)

FENCE = "````"
LABEL = re.compile(r"\s*\\label\{(?P<name>[^{}]+)\}")
EQUATION = re.compile(r"\A\s*\\begin\{equation\*?\}(?P<formula>.*)\\end\{equation\*?\}\s*\Z", re.DOTALL)
SIZES = ("width", "height")


def with_markup(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return a tree with figures, captioned tables, labels, references and languages as MyST has them."""
    tree = {**tree, "blocks": replaced(tree["blocks"], with_own_label)}
    linked = {node["c"][2][0][1:] for node in nodes_in(tree) if node["t"] == "Link" and node["c"][2][0][:1] == "#"}
    kinds = kinds_by_id(tree)
    blocks = replaced(tree["blocks"], lambda node: inline_markup(node, kinds))
    return {**tree, "blocks": replaced(blocks, lambda node: block_markup(node, linked))}


def with_own_label(node: Node) -> list[Node] | None:
    """Return a table with the label of the block around it, where LaTeX's reader puts it."""
    if node["t"] != "Div" or len(node["c"][1]) != 1 or node["c"][1][0]["t"] != "Table":
        return None
    attributes, table_node = node["c"][0], node["c"][1][0]
    own = table_node["c"][0]
    return [{**table_node, "c": [attributes if attributes[0] and not own[0] else own, *table_node["c"][1:]]}]


def kinds_by_id(tree: Any) -> dict[str, str]:
    """Return the kind of what each label is on: a figure, a table, a heading, or a formula."""
    kinds = {}
    for node in nodes_in(tree):
        if node["t"] in ("Figure", "Table") and node["c"][0][0]:
            kinds[node["c"][0][0]] = "numbered"
        elif node["t"] == "Header" and node["c"][1][0]:
            kinds[node["c"][1][0]] = "heading"
        elif node["t"] == "Math" and (found := LABEL.search(node["c"][1])):
            kinds[found["name"]] = "formula"
    return kinds


def inline_markup(node: Node, kinds: Mapping[str, str]) -> list[Node] | None:
    """Return a reference by number as a role, and words in a language with its mark."""
    if node["t"] == "Link" and any(name == "reference-type" for name, _ in node["c"][0][2]):
        target = node["c"][2][0][1:]
        kind = kinds.get(target)
        if kind == "heading":
            return [markdown(f"[](#{target})")]
        role = {"numbered": f"{{numref}}`%s <{target}>`", "formula": f"{{eq}}`{target}`"}.get(kind or "")
        return [markdown(role)] if role else None
    if node["t"] == "Span":
        (identifier, _classes, attributes), content = node["c"]
        language = dict(attributes).get("lang")
        if language and content:
            return [markdown("["), *content, markdown(f"]{{.language-{language}}}")]
        return None if identifier or "smallcaps" in _classes else list(content)
    return None


def block_markup(node: Node, linked: set[str]) -> list[Node] | None:
    if node["t"] == "Figure":
        return figure(node)
    if node["t"] == "Table":
        return table(node)
    if node["t"] == "Header" and node["c"][1][0] in linked:
        return [markdown_block(f"({node['c'][1][0]})="), node]
    if node["t"] == "Div":
        return list(node["c"][1])
    if node["t"] in ("Para", "Plain") and any(is_labelled(child) for child in node["c"]):
        return with_formulas(node)
    return None


def figure(node: Node) -> list[Node] | None:
    """Return a figure of one picture as a directive with its caption; None for others."""
    (identifier, _classes, _attributes), (_short, caption), content = node["c"]
    pictures = [child for child in nodes_in(content) if child["t"] == "Image"]
    if len(pictures) != 1 or plain_text(content).strip() != plain_text(pictures[0]["c"][1]).strip():
        return None
    (_id, _names, attributes), alternative, (path, _title) = pictures[0]["c"]
    words = " ".join(plain_text(alternative).split())
    options = [f":{name}: {dict(attributes)[name]}" for name in SIZES if name in dict(attributes)]
    options += [f":name: {identifier}"] if identifier else []
    options += [f":alt: {words}"] if words and words != " ".join(plain_text(caption).split()) else []
    head = "\n".join([f"{FENCE}{{figure}} {path}", *options])
    blocks = [{**block, "t": "Para"} if block["t"] == "Plain" else block for block in caption]
    return [markdown_block(head), *blocks, markdown_block(FENCE)]


def table(node: Node) -> list[Node] | None:
    """Return a captioned table as a directive; None for one that is written as HTML, or has no caption."""
    (identifier, *_), (_short, caption), _widths, head, bodies, _foot = node["c"]
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3]))]
    if not (caption or identifier) or len(caption) > 1 or not all(is_simple(row) for row in rows):
        return None
    words = caption[0]["c"] if caption else []
    name = [markdown(f"\n:name: {identifier}")] if identifier else []
    bare = {"t": "Table", "c": [["", [], []], [None, []], *node["c"][2:]]}
    opening = paragraph(markdown(f"{FENCE}{{table}} "), *words, *name)
    return [opening, bare, markdown_block(FENCE)]


def is_simple(row: list[Any]) -> bool:
    """Return whether the cells of a row are one line each, in one column and row."""
    return all(
        cell[2] == 1
        and cell[3] == 1
        and len(cell[4]) <= 1
        and all(block["t"] in ("Plain", "Para") for block in cell[4])
        and not any(inner["t"] == "LineBreak" for inner in nodes_in(cell[4]))
        for cell in row[1]
    )


def is_labelled(node: Node) -> bool:
    return node["t"] == "Math" and node["c"][0]["t"] == "DisplayMath" and bool(LABEL.search(node["c"][1]))


def with_formulas(node: Node) -> list[Node]:
    """Return a paragraph in parts, between which its labelled formulas stand as directives."""
    parts: list[Node] = []
    words: list[Node] = []
    for child in node["c"]:
        if is_labelled(child):
            parts += [{**node, "c": words}] if plain_text(words).strip() or words else []
            parts.append(formula(child["c"][1]))
            words = []
        elif words or child["t"] not in ("Space", "SoftBreak"):
            words.append(child)
    return [*parts, {**node, "c": words}] if words else parts


def formula(source: str) -> Node:
    """Return a formula as a directive with its label; a surrounding ``equation`` only says that it has a number."""
    label = LABEL.search(source)
    assert label is not None
    bare = LABEL.sub("", source, count=1)
    equation = EQUATION.match(bare)
    written = (equation["formula"] if equation else bare).strip()
    return markdown_block(f"{FENCE}{{math}}\n:label: {label['name']}\n\n{written}\n{FENCE}")
