"""Compare what a directive or role was given with the nodes that it made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from docutils import nodes
from docutils.utils import Reporter

from fleuron.conservation.comparison import compare, missing_words
from fleuron.conservation.raw_html import text_of_raw
from fleuron.conservation.reading.node_words import (
    LOCATOR_WORDS,
    WORD,
    plain_words,
    strings_in,
    strings_of,
    words_of_nodes,
)
from fleuron.conservation.reading.recorder import ParsedText, Part
from fleuron.conservation.reading.rst_syntax import (
    FIELD_NAMES,
    OPTION,
    PRINTED_OPTIONS,
    SETTINGS,
    WITHOUT_TEXT,
    text_lines,
)
from fleuron.conservation.reading.source_words import Loss, loss_of
from fleuron.conservation.reading.token_words import Lines, TokenReader
from fleuron.conservation.words import BODY, Streams
from fleuron.diagnostics import Diagnostic
from fleuron.notes.markup.note_call import note_call

YAML_OPTION = re.compile(r"([\w-]+)\s*:(?:\s+(.*))?")
# The packages whose directives put what they are given where it was written.
OWN_PACKAGES = frozenset({"docutils", "fleuron", "myst_parser", "sphinx"})
# Directives of sphinx.ext.doctest, and what it does not print of them: what is for the program that runs them.
DOCTESTS = frozenset({"doctest", "testcode", "testoutput"})
DOCTEST_FLAGS = re.compile(r"(?m)\s*<BLANKLINE>|#\s*doctest:.+$")
# Nodes that have their words as they were written.
LITERAL = (nodes.literal_block, nodes.doctest_block, nodes.math_block)
ADVICE = {
    "directive": "the directive “{name}” does not print it",
    "role": "the role “{name}” does not print it",
}
WHOLE = "it is not in the document that was read from this file"


def lost_in_part(part: Part, reader: TokenReader) -> Iterator[Loss]:
    """Yield what a part was given and its nodes lack; ``reader`` makes the words of its texts."""
    reason = ADVICE.get(part.kind, WHOLE).format(name=part.name)
    given, count = Lines(part.path, part.line, part.line + part.content.count("\n") + 1), len(part.nodes)
    if (
        part.kind == "substitution"
        or (part.kind == "directive" and part.directive is None)
        or any(map(is_error, part.nodes))
    ):
        return  # its value comes from elsewhere, or it is reported
    for text in texts_once(part):
        reader.read(text)
    found = words_of_nodes(part.nodes, part)
    compares = missing_words if makes_words(part) else compare
    for loss in compares(reader.streams, found):
        is_field_name = ":" in part.name and is_name_of_field(loss.words, part)
        is_moved = is_foreign(part) and loss.diagnostic == Diagnostic.WORD_OUT_OF_ORDER
        if not (is_field_name or is_moved):
            yield loss_of(loss, reason)
    written = list(literal_words(part))
    if not part.texts and count and all(isinstance(node, LITERAL) for node in part.nodes):
        wanted = Streams()
        wanted.add(BODY, "\n".join(written), given)
        yield from (loss_of(loss, reason) for loss in missing_words(wanted, found))
        return
    yield from unprinted(part, written, reader, given, reason)


def is_name_of_field(words: str, part: Part) -> bool:
    """Return whether words are the name of a field, with what Sphinx prints of it elsewhere: “:raises ValueError:”."""
    kind, *more = words.split()
    if kind not in FIELD_NAMES:
        return False
    others = {word for each in more for word in plain_words(each)} - FIELD_NAMES
    return others.issubset(word for text in strings_of(part.nodes) for word in plain_words(text))


def is_error(node: nodes.Node) -> bool:
    """Return whether a node is an error of a directive, which is reported."""
    return isinstance(node, nodes.system_message) and node["level"] >= Reporter.ERROR_LEVEL


def unprinted(part: Part, written: Sequence[str], reader: TokenReader, lines: Lines, reason: str) -> Iterator[Loss]:
    """Yield the words that a part has not had parsed, and that none of its nodes has, as text or in an attribute."""
    left = Counter(word for line in written for word in plain_words(line))
    left -= Counter(word for text in part.texts for word in plain_words(text.text))
    if left:
        left -= Counter(word for text in strings_of(part.nodes) for word in plain_words(text))
    if any(isinstance(node, note_call) for node in part.nodes):
        left = Counter({word: count for word, count in left.items() if word not in LOCATOR_WORDS})
    if left and not is_icon(part):
        words = [word for line in written for word in WORD.findall(line) if word.casefold() in left]
        yield Loss(" ".join(words[:8]) + (" …" if len(words) > 8 else ""), "", lines, reason)


def is_icon(part: Part) -> bool:
    """Return whether a role has made a drawing of HTML, of which it is given the name and the size.

    The drawing is the text of a node or, in sphinx-design 0.8, an attribute.
    """
    drawn = [node for node in part.nodes if any("<svg" in text for text in drawings_in(node))]
    return part.kind == "role" and bool(drawn) and len(drawn) == len(part.nodes)


def drawings_in(node: nodes.Node) -> Iterator[str]:
    """Yield what may be a drawing in a node without text for readers."""
    if isinstance(node, nodes.raw):
        yield node.astext()
    elif isinstance(node, nodes.Element) and not node.astext():
        yield from strings_in(node.attributes)


def texts_once(part: Part) -> Iterator[ParsedText]:
    """Yield the texts that a part had parsed, each as often as its content has it: some are parsed to try."""
    source, counts = f"{part.argument}\n{part.content}", Counter[str]()
    for text in part.texts:
        words = text.text.strip()
        counts[words] += 1
        if counts[words] <= max(source.count(words), 1):
            yield text


def makes_words(part: Part) -> bool:
    """Return whether a part may add words that its source has too, such as the signature of a function."""
    is_described = part.name in ("figure", "image")  # its alternative text may repeat the caption
    return part.kind != "directive" or ":" in part.name or "version" in part.name or is_described or is_foreign(part)


def is_foreign(part: Part) -> bool:
    """Return whether a part is a directive of another extension, which may set “Exercise” before the text of one."""
    return part.directive is not None and part.directive.__module__.partition(".")[0] not in OWN_PACKAGES


def literal_words(part: Part) -> Iterator[str]:
    """Yield what a part was given that must be printed: its argument, body, and texts among its options."""
    if part.kind in ("role", "citation", "div"):
        yield part.content
    elif part.kind == "rst":
        yield from text_lines(part.content)
    elif part.kind == "directive":
        if part.name not in SETTINGS and takes_text(part):
            yield part.argument
        values, body = options_and_body(part)
        yield from values
        if part.name in DOCTESTS:
            yield DOCTEST_FLAGS.sub("", "\n".join(body))
        elif part.name not in WITHOUT_TEXT:
            yield text_of_raw("\n".join(body)) if part.name == "raw" else "\n".join(body)


def takes_text(part: Part) -> bool:
    """Return whether the argument of a directive may have spaces, or is its first line of text."""
    kind = part.directive
    if kind is None:
        return False
    return kind.final_argument_whitespace or not (kind.required_arguments or kind.optional_arguments)


def options_and_body(part: Part) -> tuple[list[str], list[str]]:
    """Split the content of a directive into the values of options that are printed, and the lines of its body."""
    lines = part.content.split("\n")
    values: list[str] = []
    if part.directive is None or not part.directive.option_spec:
        return [], lines
    if lines and lines[0].startswith("---"):
        is_printed = False
        for number, line in enumerate(lines[1:], 1):
            if line.startswith("---"):
                return values, [line.lstrip("-"), *lines[number + 1 :]]
            option = YAML_OPTION.fullmatch(line)
            if option:
                is_printed = option[1] in PRINTED_OPTIONS
            if is_printed:
                values.append((option[2] or "").lstrip("|>-+") if option else line)
        return values, []
    at = 0
    while at < len(lines) and (option := OPTION.fullmatch(lines[at])):
        if option[1] in PRINTED_OPTIONS:
            values.append(option[2] or "")
        at += 1
    return values, lines[at:]
