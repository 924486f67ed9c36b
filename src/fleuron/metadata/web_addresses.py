"""Addresses that a catalogue may follow; whatever else stands in their place is none."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from fleuron.publication.contributor import ORCID

# White space and control characters, which browsers drop and so read “java\nscript:” as a scheme; a backslash,
# which they read as a slash; and what RFC 3986 wants escaped.
UNFIT = re.compile(r'[\s\x00-\x20\x7f-\x9f\ud800-\udfff\\<>"^`{|}]')
# Of the signs a DOI may have, those that need no escape in an address (DOI Handbook, 2.5.2.4).
PLAIN_IN_DOI = "/:;(),._-@!$&'*=~"


def absolute(address: str) -> str:
    """Return an address of the web, or nothing if it is none."""
    if UNFIT.search(address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:  # “http://[”
        return ""
    return address if parts.scheme in ("http", "https") and parts.hostname else ""


def linkable(address: str) -> str:
    """Return an address of the web, or the way to another page or file of the site; else nothing."""
    if absolute(address):
        return address
    if UNFIT.search(address) or address.startswith("//"):
        return ""
    # As a browser tells a scheme: a colon before any slash (RFC 3986, 4.2).
    return "" if ":" in re.split("[/?#]", address, maxsplit=1)[0] else address


def doi_address(doi: str) -> str:
    """Return the address of a DOI, escaped; nothing without one."""
    return f"https://doi.org/{quote(doi, safe=PLAIN_IN_DOI)}" if doi else ""


def orcid_address(orcid: str) -> str:
    """Return the address of an ORCID iD; nothing for what is none."""
    found = ORCID.fullmatch(orcid)
    return f"https://orcid.org/{found[1]}" if found else ""
