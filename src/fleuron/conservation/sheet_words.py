"""Read the words of a sheet of HTML that is laid out as pages: all of them, as its style hides none."""

from __future__ import annotations

from collections.abc import Set

from lxml import etree, html

from fleuron.conservation.html_words import BLOCKS_OF, UNSEEN, alternative_of, description_of, number_at_call
from fleuron.conservation.words import BODY, Streams, note_stream

# Elements that a browser's style does not show (HTML, 15.3.1), and forms, whose values are not text of the page.
NOT_SHOWN = UNSEEN | {"area", "datalist", "noembed", "noframes", "param", "rp", "select", "textarea", "title"}


def words_of_sheet(root: html.HtmlElement, hidden: Set[etree._Element]) -> Streams:
    """Return the words of a sheet; ``hidden`` are the elements that its style does not show."""
    streams = Streams()
    add_element(root, BODY, streams, hidden)
    return streams


def add_element(element: etree._Element, stream: str, streams: Streams, hidden: Set[etree._Element]) -> None:
    """Append the words of an element to a stream, and those of notes in it to theirs; its tail is not read."""
    tag = element.tag
    if not isinstance(tag, str) or tag in NOT_SHOWN or element in hidden or element.get("aria-hidden") == "true":
        return
    if tag == "span" and "pagenote" in (element.get("class") or "").split():
        streams.add_call(stream, element.get("data-number") or "")
        stream = note_stream(element.get("data-number") or "")
    elif tag == "aside" and (note := element.get(BLOCKS_OF)):
        stream = note_stream(number_at_call(element, note))
    elif tag == "svg":
        streams.add(stream, alternative_of(element))
        return
    elif tag == "img":
        streams.add(stream, description_of(element))
        return
    if element.text:
        streams.add(stream, element.text)
    for child in element:
        add_element(child, stream, streams, hidden)
        if child.tail:
            streams.add(stream, child.tail)
