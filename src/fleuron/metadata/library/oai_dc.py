"""An article as a record of OAI-PMH 2.0 in its format oai_dc: the 15 elements of Dublin Core (DCMES 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from fleuron.metadata.identifiers import registered
from fleuron.metadata.plain_text import folded
from fleuron.metadata.related_editions import others
from fleuron.metadata.web_addresses import absolute, doi_address
from fleuron.metadata.work import Work
from fleuron.metadata.xml import written

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LOCATION = f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
# What is said in the language of the edition; the rest are names and codes.
IN_WORDS = ("title", "subject", "description")


def oai_dc(work: Work, editions: Sequence[Work] = ()) -> bytes:
    """Write an article's record; ``editions`` may hold the records of its other editions, for their DOIs."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": INSTANCE})
    root.set(f"{{{INSTANCE}}}schemaLocation", LOCATION)
    # Each fact once, in the order in which it is told.
    for name, fact in dict.fromkeys((name, folded(fact)) for name, fact in facts(work, editions)):
        if fact:
            element = etree.SubElement(root, f"{{{DC}}}{name}")
            element.text = fact
            if name in IN_WORDS:
                element.set(LANG, work.language)
    return written(root)


def facts(work: Work, editions: Sequence[Work]) -> Iterator[tuple[str, str]]:
    yield "title", work.full_title
    for author in work.signed_by:
        yield "creator", author.inverted
    for keyword in work.keywords:
        yield "subject", keyword
    yield "description", work.abstract
    yield "publisher", work.publisher
    yield "date", work.date.isoformat() if work.date else ""
    yield "type", "Text"  # of the DCMI Type Vocabulary
    yield "type", "info:eu-repo/semantics/article"  # of the vocabulary that OpenAIRE harvests by
    yield "format", "text/html" if absolute(work.address) else ""
    for copy in work.own_copies:
        yield "format", copy.media_type if absolute(copy.address) else ""
    yield "identifier", doi_address(registered(work.doi))
    yield "identifier", absolute(work.address)
    for copy in work.own_copies:
        yield "identifier", absolute(copy.address)
    yield "source", work.publication
    yield "language", work.language
    # The 15 elements cannot say which is the original: each edition is related to all the others.
    for other in others(work, editions):
        yield "relation", doi_address(other.doi) or other.address
    if work.licence:
        yield "rights", work.licence.name
        yield "rights", absolute(work.licence.address)
