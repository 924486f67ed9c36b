"""Find the line on which words were written, in a source file or in a translator's catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import GNUTranslations
from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from fleuron.editions.translation_progress import MessageState, fold_breaks, translations_in


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


@dataclass(frozen=True)
class MessageTranslation:
    """A translation of a message that is used, with its place in a catalogue."""

    text: str
    path: Path
    line: int
    is_stale: bool = False


class DocumentCatalogue:
    """The translations of a document into the language of the edition, from all folders of catalogues.

    ``stale`` are those of an earlier source (fuzzy), also if they are printed.
    """

    def __init__(
        self, translations: Mapping[str, MessageTranslation], stale: Mapping[str, MessageTranslation] | None = None
    ) -> None:
        self.translations, self.stale = translations, stale or {}

    def find(self, message: str) -> MessageTranslation | None:
        """Return the translation of a message; a catalogue may lack the line breaks that the message shows."""
        return find_message(self.translations, message)

    def with_text(self, text: str) -> MessageTranslation | None:
        """Return the first translation that has a text."""
        return next((found for found in self.translations.values() if found.text == text), None)

    def state(self, message: str, *, is_printed: bool) -> MessageState:
        """Return the state of a message whose translation is printed or not."""
        if find_message(self.stale, message):
            return MessageState.STALE
        return MessageState.TRANSLATED if is_printed else MessageState.MISSING


def find_message(translations: Mapping[str, MessageTranslation], message: str) -> MessageTranslation | None:
    found = translations.get(message)
    if found is None and "\\ " in message:
        folded = fold_breaks(message)
        found = next((found for text, found in translations.items() if fold_breaks(text) == folded), None)
    return found


def document_catalogue(env: BuildEnvironment, document: str) -> DocumentCatalogue:
    """Return the translations of a document; where folders have several catalogues, the first has precedence."""
    config = env.config
    domain = docname_to_domain(document, config.gettext_compact)
    found: dict[str, MessageTranslation] = {}
    stale: dict[str, MessageTranslation] = {}
    for folder in reversed(config.locale_dirs):
        path = Path(env.srcdir, folder, config.language, "LC_MESSAGES", f"{domain}.po")
        if path.is_file():
            for message, translation in translations_in(path).items():
                if translation.text.strip():
                    kind = stale if translation.is_fuzzy else found
                    kind[message] = MessageTranslation(translation.text, path, translation.line, translation.is_fuzzy)
        elif (compiled := path.with_suffix(".mo")).is_file():
            found |= compiled_translations(compiled)
    folded = set(map(fold_breaks, found))
    stale = {message: translation for message, translation in stale.items() if fold_breaks(message) not in folded}
    prints_stale = config.fleuron_stale == "translation" or config.gettext_allow_fuzzy_translations
    return DocumentCatalogue(stale | found if prints_stale else found, stale)


def has_catalogue(env: BuildEnvironment, document: str) -> bool:
    """Return whether a folder has a catalogue of a document in the language of the edition."""
    name = docname_to_domain(document, env.config.gettext_compact)
    folders = (Path(env.srcdir, folder, env.config.language, "LC_MESSAGES") for folder in env.config.locale_dirs)
    return any((folder / f"{name}{suffix}").is_file() for folder in folders for suffix in (".po", ".mo"))


def compiled_translations(path: Path) -> dict[str, MessageTranslation]:
    """Read the translations of a compiled catalogue, which has no lines."""
    with path.open("rb") as stream:
        messages: dict[object, str] = GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
    return {
        message: MessageTranslation(text, path, 1)
        for message, text in messages.items()
        if isinstance(message, str) and message and text.strip()
    }


def position_in_catalogue(env: BuildEnvironment, document: str, message: str) -> tuple[Path, int] | None:
    """Return the catalogue and the line of a message's translation; None if there is none."""
    found = document_catalogue(env, document).find(message)
    return (found.path, found.line) if found else None


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
    if block is not None and block.get("translated"):
        node = block  # what is in it has the lines of the catalogue
    while node.line is None and node.parent is not None:
        node = node.parent
    path = Path(env.doc2path(document))
    return path, line_with(str(path), node.line or 1, words)


def position_of_printed_words(env: BuildEnvironment, document: str, node: nodes.Node, words: str) -> tuple[Path, int]:
    """Return the file and line of the words that a node prints: the catalogue's wherever a translation is printed.

    Words such as names are in the source as well, but whoever looks for what a translation lacks opens the catalogue.
    """
    block = node if "translated" in getattr(node, "attributes", {}) else block_of(node)
    if isinstance(block, nodes.Element) and block.get("translated"):
        catalogue = document_catalogue(env, document)
        # Of a description, a formula and code only the translation is kept.
        kept = str(block.get("alt", block.astext()))
        if found := catalogue.find(str(block.get("message", block.rawsource))) or catalogue.with_text(kept):
            return found.path, found.line
    return position_of_words(env, document, node, words)


def line_of(node: nodes.Node | None) -> int:
    """Return the line of a node or of its nearest ancestor that has one; else 1."""
    while node is not None and not node.line:
        node = node.parent
    return node.line or 1 if node is not None else 1


def position_of(node: nodes.Node, source: str) -> tuple[str, int]:
    """Return the file and line of a node in a document: those of a catalogue, if it comes from a translation."""
    found: nodes.Node | None = node
    while found is not None and not found.line:
        found = found.parent
    if found is None:
        return source, 1
    return (found.source if str(found.source).endswith(".po") else source) or source, found.line or 1
