"""Write the OpenSearch description of an edition's search, which a browser can add (OpenSearch 1.1, draft 6)."""

from __future__ import annotations

from lxml import etree

from fleuron.metadata.identifiers import absolute_address
from fleuron.metadata.plain_text import shortened
from fleuron.metadata.xml import add_element, xml_bytes

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# The longest texts that the elements may have.
SHORT_NAME, LONG_NAME, DESCRIPTION = 16, 48, 1024


def opensearch_description(
    *,
    name: str,
    summary: str,
    language: str,
    search_address: str,
    parameter: str = "q",
    icon_address: str = "",
    icon_type: str = "",
) -> bytes:
    """Write the description of a search page that takes its words in a ``parameter`` of its address.

    The result is empty without an absolute address of that page: a browser keeps the description elsewhere.
    """
    base = search_address.partition("#")[0].replace("{", "%7B").replace("}", "%7D")
    if not absolute_address(base):
        return b""
    root = etree.Element(f"{{{OPENSEARCH}}}OpenSearchDescription", nsmap={None: OPENSEARCH})  # type: ignore[dict-item]  # lxml-stubs 0.5 knows no default
    add_element(root, "ShortName", shortened(name, SHORT_NAME))
    add_element(root, "LongName", shortened(name, LONG_NAME))
    add_element(root, "Description", shortened(summary or name, DESCRIPTION))
    joint = "&" if "?" in base else "?"
    add_element(root, "Url", type="text/html", template=f"{base}{joint}{parameter}={{searchTerms}}")
    if absolute_address(icon_address):
        add_element(root, "Image", icon_address, type=icon_type)
    for element, value in (("Language", language), ("InputEncoding", "UTF-8"), ("OutputEncoding", "UTF-8")):
        add_element(root, element, value)
    return xml_bytes(root)
