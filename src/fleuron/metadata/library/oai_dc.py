"""Write an article's record in oai_dc, the format of OAI-PMH 2.0: the 15 elements of Dublin Core (DCMES 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from fleuron.metadata.identifiers import absolute_address, doi_address, valid_doi
from fleuron.metadata.journal_place import place_note
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.related_articles import identified_articles
from fleuron.metadata.related_editions import other_editions
from fleuron.metadata.work import Work
from fleuron.metadata.xml import xml_bytes

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LOCATION = f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
# The elements in the language of the edition; the rest are names and codes.
WITH_LANGUAGE = ("title", "subject", "description")


def oai_dc(work: Work, editions: Sequence[Work] = ()) -> bytes:
    """Write an article's record; ``editions`` may hold the records of its other editions, for their DOIs."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": INSTANCE})
    root.set(f"{{{INSTANCE}}}schemaLocation", LOCATION)
    # Each element once, in the order of its first occurrence.
    for name, text in dict.fromkeys((name, one_line(text)) for name, text in dublin_core_pairs(work, editions)):
        if text:
            element = etree.SubElement(root, f"{{{DC}}}{name}")
            element.text = text
            if name in WITH_LANGUAGE:
                element.set(LANG, work.language)
    return xml_bytes(root)


def dublin_core_pairs(work: Work, editions: Sequence[Work]) -> Iterator[tuple[str, str]]:
    yield "title", work.full_title
    for author in work.signed_by:
        yield "creator", author.inverted
    for translator in work.translated_by:
        yield "contributor", translator.inverted
    for keyword in work.keywords:
        yield "subject", keyword
    yield "description", work.withdrawn.reason if work.withdrawn else work.abstract
    yield "publisher", work.publisher
    yield "date", work.date.isoformat() if work.date else ""
    yield "type", "Text"  # of the DCMI Type Vocabulary
    yield "type", "info:eu-repo/semantics/article"  # of the vocabulary that OpenAIRE harvests by
    yield "format", "text/html" if absolute_address(work.address) else ""
    for copy in work.own_copies:
        yield "format", copy.media_type if absolute_address(copy.address) else ""
    yield "identifier", doi_address(valid_doi(work.doi))
    yield "identifier", absolute_address(work.address)
    for copy in work.own_copies:
        yield "identifier", absolute_address(copy.address)
    yield "source", ", ".join(filter(None, [one_line(work.publication), place_note(work)]))
    yield "source", f"ISSN {work.issn}" if work.issn else ""
    yield "language", work.original_language if work.untranslated else work.language
    # The 15 elements cannot express which is the original: each edition is related to all the others.
    for other in other_editions(work, editions):
        yield "relation", doi_address(other.doi) or other.address
    for related in identified_articles(work):
        yield "relation", doi_address(related.doi) or related.address
    if work.licence:
        yield "rights", work.licence.name
        yield "rights", absolute_address(work.licence.address)
