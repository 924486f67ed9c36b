"""Find the line on which words were written, in a source file or in a translator's catalogue."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain


def line_with(source: str, line: int, words: str) -> int:
    """Return the line of a paragraph that has certain words; MyST 5.2 keeps only the paragraph's first line."""
    path = Path(source)
    if not path.is_file():
        return line
    lines = path.read_text("utf-8", errors="replace").splitlines()
    for number in range(max(line, 1), min(line + 60, len(lines)) + 1):
        if words in lines[number - 1]:
            return number
        if number > line and not lines[number - 1].strip():
            break
    return line


@lru_cache(maxsize=64)
def lines_of_catalogue(path: str, _changed: float) -> dict[str, int]:
    """Return the lines (from 1) of the translations in a catalogue, by message."""
    source = Path(path).read_bytes()
    catalogue = read_po(source.decode("utf-8-sig").splitlines(keepends=True))
    lines = source.decode("utf-8-sig").splitlines()
    found: dict[str, int] = {}
    for message in catalogue:
        if message.id and message.lineno:
            found[str(message.id)] = line_of_translation(lines, message.lineno)
    return found


def line_of_translation(lines: list[str], start: int) -> int:
    """Return the line of the ``msgstr`` of a message that begins at a line."""
    for number in range(max(start, 1), len(lines) + 1):
        if lines[number - 1].startswith("msgstr"):
            return number
    return start


def position_in_catalogue(env: BuildEnvironment, document: str, message: str) -> tuple[Path, int] | None:
    """Return the catalogue and the line of a message's translation; None if there is none."""
    config = env.config
    domain = docname_to_domain(document, config.gettext_compact)
    for folder in config.locale_dirs:
        path = Path(env.srcdir, folder, config.language, "LC_MESSAGES", f"{domain}.po")
        if path.is_file():
            line = lines_of_catalogue(str(path), path.stat().st_mtime).get(message)
            if line is not None:
                return path, line
    return None


def block_of(node: nodes.Node) -> nodes.Element | None:
    """Return the block of a node: the nearest ancestor that is translated as a whole."""
    parent = node.parent
    while parent is not None and "translated" not in getattr(parent, "attributes", {}):
        parent = parent.parent
    return parent


def position_of_words(env: BuildEnvironment, document: str, node: nodes.Node, words: str) -> tuple[Path, int]:
    """Return the file and line on which words of a node were written: a catalogue, if only the translation has them."""
    block = block_of(node)
    if block is not None and block.get("translated") and block.rawsource and words not in block.rawsource:
        found = position_in_catalogue(env, document, str(block.get("message", block.rawsource)))
        if found is not None:
            return found
    while node.line is None and node.parent is not None:
        node = node.parent
    path = Path(env.doc2path(document))
    return path, line_with(str(path), node.line or 1, words)


def line_of(node: nodes.Node | None) -> int:
    """Return the line of a node or of its nearest ancestor that has one; else 1."""
    while node is not None and not node.line:
        node = node.parent
    return node.line or 1 if node is not None else 1
