"""Where words stand: the line of a source file, or of the catalogue that a translator wrote them in."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain


def line_with(source: str, line: int, words: str) -> int:
    """Find the line of a paragraph that has certain words; MyST 5.2 knows only where it begins."""
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
    """Map the messages of a catalogue to the lines (from 1) of their translations."""
    source = Path(path).read_bytes()
    catalogue = read_po(source.decode("utf-8-sig").splitlines(keepends=True))
    lines = source.decode("utf-8-sig").splitlines()
    found: dict[str, int] = {}
    for message in catalogue:
        if message.id and message.lineno:
            found[str(message.id)] = line_of_translation(lines, message.lineno)
    return found


def line_of_translation(lines: list[str], start: int) -> int:
    """Find the ``msgstr`` from the line at which a message begins."""
    for number in range(max(start, 1), len(lines) + 1):
        if lines[number - 1].startswith("msgstr"):
            return number
    return start


def in_catalogue(env: BuildEnvironment, document: str, message: str) -> tuple[Path, int] | None:
    """Find the catalogue and the line of a message's translation, or None where there is none."""
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
    """Return the block in which a node stands: the nearest element around it that is translated as a whole."""
    parent = node.parent
    while parent is not None and "translated" not in getattr(parent, "attributes", {}):
        parent = parent.parent
    return parent


def place_of(env: BuildEnvironment, document: str, node: nodes.Node, words: str) -> tuple[Path, int]:
    """Tell where certain words of a node were written: in the catalogue, if it is they that were translated."""
    block = block_of(node)
    if block is not None and block.get("translated") and block.rawsource and words not in block.rawsource:
        found = in_catalogue(env, document, str(block.get("message", block.rawsource)))
        if found is not None:
            return found
    while node.line is None and node.parent is not None:
        node = node.parent
    path = Path(env.doc2path(document))
    return path, line_with(str(path), node.line or 1, words)
