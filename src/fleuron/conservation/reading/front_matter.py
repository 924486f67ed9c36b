"""Check that what front matter has for readers stands in the head of its document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes

from fleuron.conservation.reading.node_words import WORD, plain_words, strings_of
from fleuron.conservation.reading.source_words import NOT_PRINTED
from fleuron.conservation.reading.token_words import SYNTAX
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.notices.history import CHANGES, WITHDRAWAL
from fleuron.notes.markup.note_call import note_call
from fleuron.publication.article import FIELDS as ARTICLE_FIELDS
from fleuron.publication.contributor import FIELDS as CONTRIBUTOR_FIELDS
from fleuron.publication.front_matter import fenced_lines, read_front_matter
from fleuron.publication.values.plain_values import BadValueError
from fleuron.reporting import report

# The keys whose values are printed at the head of a text, and the class of their nodes; a title is one itself.
PRINTED = {
    "title": "",
    "name": "",
    "subtitle": "subtitle",
    "abstract": "abstract",
    "keywords": "keywords",
    "affiliation": "affiliation",
    "changes": CHANGES,
    "withdrawn": WITHDRAWAL,
    "reviews": "reviewed",
    "acknowledgements": "acknowledgements",
    "competing-interests": "competing-interests",
    "funding": "funding",
}
# The keys that are not printed of an article that is withdrawn.
LEFT_OUT = ("abstract", "keywords", "reviews", "acknowledgements", "competing-interests", "funding")
# A key whose values without a space are keys of the bibliography, which are not printed; and one whose lists are not
# texts, but records that are printed when the page is written.
KEYS_OF_SOURCES, RECORDS = "reviews", "funding"
# What entries have beside their text.
NOT_TEXTS = ("date", "ror")
# A tag of HTML; a “<” that begins none is text.
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
REASON = "the head of the text does not have it; look at how YAML reads the value, and put it into quotation marks"


def report_lost_fields(document: nodes.document) -> None:
    """Report each word of a document's front matter that its head lacks."""
    path = Path(document["source"])
    text = path.read_text("utf-8-sig", errors="replace") if path.is_file() else ""
    lines = fenced_lines(text)
    if not lines:
        return
    entries = read_front_matter(text).entries
    fields = fields_of(lines)
    left_out = LEFT_OUT if "withdrawn" in fields else ()
    for key, value in fields.items():
        if key in left_out:
            continue
        is_told = key not in entries or not is_valid(key, entries[key].value)
        if not is_told and (lost := list(lost_words(value, key, document))):
            line = next((number for number, text in enumerate(lines, 2) if text.startswith(key)), 1)
            values = {"words": " ".join(lost), "before": f" in “{key}”", "problem": NOT_PRINTED, "reason": REASON}
            report(Finding(Diagnostic.UNREAD_WORDS, line, values), path)


def is_valid(key: str, value: Any) -> bool:
    """Return whether a value can be printed; any other is reported as ignored."""
    try:
        {**ARTICLE_FIELDS, **CONTRIBUTOR_FIELDS}[key](value)
    except BadValueError:
        return False
    return True


def fields_of(lines: list[str]) -> Mapping[str, Any]:
    """Return the values of the keys that are printed, as a YAML reader has them; none if it is not valid."""
    try:
        found = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    printed = {key: value for key, value in found.items() if key in PRINTED} if isinstance(found, dict) else {}
    if KEYS_OF_SOURCES in printed:
        printed[KEYS_OF_SOURCES] = [text for text in texts_in(printed[KEYS_OF_SOURCES]) if len(text.split()) > 1]
    if not isinstance(printed.get(RECORDS, ""), str):
        del printed[RECORDS]
    return printed


def lost_words(value: Any, key: str, document: nodes.document) -> Iterator[str]:
    """Yield the words of a value that the nodes made from it have not."""
    texts = list(texts_in(value))
    # A name is text; in other fields there may be markup.
    source = " ".join(text if key == "name" else unescape(TAG.sub(" ", SYNTAX.sub(" ", text))) for text in texts)
    made = list(head_nodes(document, PRINTED[key]))
    # The label of a locator, “p.”, is written in the words of the edition, and of others only the source has it.
    calls = [call.rawsource for node in made for call in node.findall(note_call)]
    left = Counter(plain_words(source)) - Counter(
        word for text in (*strings_of(made), *calls) for word in plain_words(text)
    )
    yield from (word for word in WORD.findall(source) if word.casefold() in left)


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts of a value, without the days of changes, which are printed in the language of the edition."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, dict):
        yield from (text for key, text in value.items() if key not in NOT_TEXTS and isinstance(text, str))


def head_nodes(document: nodes.document, name: str) -> Iterator[nodes.Node]:
    """Yield the nodes of the head that have a class, or its title."""
    if not name:
        title = document.next_node(nodes.title)
        yield from [title] if title is not None else []
    else:
        yield from (node for node in document.findall(nodes.Element) if name in node["classes"])
