"""Parse the XML of CSL styles and locales without external entities, entity expansion or network access."""

from __future__ import annotations

from typing import Any

from lxml import etree

CSL = "{http://purl.org/net/xbiblio/csl}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NO_ENTITIES = "the file declares entities, which is not allowed: write their text instead"


class StyleError(ValueError):
    """A style or locale that cannot be used; the message names the file, and the line unless that is 0."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}" if line else f"{path}: {problem}")
        self.path, self.line, self.problem = path, line, problem


def line_of(element: etree._Element) -> int:
    """Return the line (from 1) on which an element begins."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


def read_xml(source: bytes, path: str) -> etree._Element:
    """Parse the text of a file; ``path`` is for messages.

    Raises
    ------
    StyleError
        The file is not well-formed, or declares entities.
    """
    if b"<!DOCTYPE" in source and b"<!ENTITY" in source:
        raise StyleError(path, source[: source.index(b"<!ENTITY")].count(b"\n") + 1, NO_ENTITIES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise StyleError(path, line, f"the file is not well-formed XML: {error.msg}") from None
    etree.strip_tags(root, etree.ProcessingInstruction)  # those within the root; one before it may be for Fleuron
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and any(declared.iterentities()):
        raise StyleError(path, 1, NO_ENTITIES)  # in another encoding
    return root
