"""Fit a citation into an author's own note: full stops, brackets and capitals, by the text before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docutils import nodes

from fleuron.csl.text.sentences import ends_sentence
from fleuron.notes.markup.note_call import note_call
from fleuron.publication.language_tags import primary_language

OPENING = "“„‘‚«‹([{—–-/¿¡"
CLOSING = ".,;:!?…)]}»›”’—–،؛؟۔%"
QUOTATION_MARKS = "“„‘‚«‹»›”’\"'"
# The languages that write every noun with a capital, which therefore begins no sentence.
CAPITAL_NOUNS = ("de", "gsw", "lb")


@dataclass(frozen=True)
class CitationSetting:
    """How a citation is set: what is put before and after it, and whether it begins and ends a sentence.

    ``in_brackets`` is true for a call in the middle of a sentence that is attached to a word, as a call in a text is.
    ``at_end`` is true if nothing stands after it in its block. ``joined`` is true if it directly follows a citation
    in the same sentence.
    """

    before: str = ""
    after: str = ""
    begins: bool = False
    ends: bool = False
    in_brackets: bool = False
    at_end: bool = False
    joined: bool = False


def citation_settings(block: nodes.Element, language: str) -> dict[int, CitationSetting]:
    """Return the setting of each call of sources in a block of text, by the id of its node."""
    texts, calls = split_at_calls(block)
    settings: list[CitationSetting] = []
    before = ""
    for number, call in enumerate(calls):
        before += texts[number]
        is_last = number == len(calls) - 1
        # A call with the author's name in the sentence is not part of a group.
        previous = settings[-1] if number and in_one_group(calls[number - 1], texts[number], call) else None
        before_call = not is_last and in_one_group(call, texts[number + 1], calls[number + 1])
        setting = setting_of(before, texts[number + 1], previous, language, is_last=is_last, before_call=before_call)
        if call.get("textual"):
            setting = replace(setting, before=setting.before.rstrip("("), after="", in_brackets=False)
        settings.append(setting)
        # A citation counts as a word, or as a sentence, before what follows it.
        before += "xx." if setting.ends else "xx"
    return {id(call): setting for call, setting in zip(calls, settings, strict=True)}


def in_one_group(call: note_call, text: str, next_call: note_call) -> bool:
    """Return whether two calls stand side by side and are set alike; ``text`` stands between them."""
    return not text.strip() and not call.get("textual") and not next_call.get("textual")


def split_at_calls(block: nodes.Element) -> tuple[list[str], list[note_call]]:
    """Split the text of a block at its calls of sources; there is one text more than calls."""
    texts, calls = [""], []
    for node in text_nodes_and_calls(block):
        if isinstance(node, note_call):
            texts.append("")
            calls.append(node)
        else:
            texts[-1] += node.astext() if isinstance(node, nodes.Text) else "x"
    return texts, calls


def text_nodes_and_calls(element: nodes.Element) -> Iterator[nodes.Node]:
    """Yield the texts, pictures and calls of sources of a block in reading order, without the numbers of notes."""
    for child in element.children:
        if isinstance(child, note_call):
            if "label" not in child:
                yield child
        elif isinstance(child, nodes.Text | nodes.image):
            yield child
        elif isinstance(child, nodes.Element) and (
            isinstance(child, nodes.Inline) or not isinstance(child, nodes.TextElement)
        ):
            yield from text_nodes_and_calls(child)


def setting_of(
    before: str,
    after: str,
    previous: CitationSetting | None,
    language: str,
    *,
    is_last: bool,
    before_call: bool,
) -> CitationSetting:
    """Return the setting of one citation; ``previous`` is that of the citation directly before it, if there is one."""
    joined = previous is not None and not previous.ends
    begins = not joined and (not before.strip() or ends_sentence(before))
    is_attached = bool(before) and not before[-1].isspace() and not opens(before)
    in_brackets = is_attached and not begins and before[-1] not in ",;:،؛"
    if joined and previous is not None:
        in_brackets, space = previous.in_brackets, "; "
    else:
        space = f"{' ' if is_attached else ''}{'(' if in_brackets else ''}"
    return CitationSetting(
        space,
        ")" if in_brackets and not before_call else "",
        begins,
        not in_brackets and ends(after, language, begins=begins, is_last=is_last),
        in_brackets,
        is_last and not after.strip(),
        joined,
    )


def opens(before: str) -> bool:
    """Return whether a text ends with a mark after which no space is due: a bracket, a quotation mark, a dash."""
    if before[-1] in "\"'":
        return len(before) == 1 or before[-2].isspace()
    return before[-1] in OPENING


def ends(after: str, language: str, *, begins: bool, is_last: bool) -> bool:
    """Return whether a citation ends its sentence, by the text after it.

    It does at the end of a block and before a capital. Before a figure, or in a script without capitals, a citation
    that begins a sentence is one of its own, unless one word joins it to the next citation.
    """
    words = after.lstrip()
    if not words:
        return is_last or begins
    if not after[0].isspace() or words[0] in CLOSING:
        return False
    first = next((letter for letter in words if letter not in QUOTATION_MARKS), "")
    if first.isupper():
        is_pronoun = language.startswith("en") and re.match(r"I\b", words) is not None
        return begins or not (is_pronoun or primary_language(language) in CAPITAL_NOUNS)
    joins = not is_last and len(words.split()) == 1
    return begins and first.isalnum() and not first.islower() and not joins
