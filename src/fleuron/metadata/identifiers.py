"""Check identifiers and addresses (DOI, ORCID iD, ISBN, ISSN, SPDX licence, http).

A function that returns a text returns "" for an invalid one.
"""

from __future__ import annotations

import re
import uuid
from urllib.parse import quote, urlsplit

from fleuron.option_checks import digit_value, is_isbn_13
from fleuron.publication.contributor import ORCID
from fleuron.publication.licence import PUBLIC_DOMAIN, Licence
from fleuron.publication.values.organizations import ROR

# White space and control characters, which browsers drop and so read “java\nscript:” as a scheme; a backslash,
# which they read as a slash; and what RFC 3986 wants escaped.
UNFIT = re.compile(r'[\s\x00-\x20\x7f-\x9f\ud800-\udfff\\<>"^`{|}]')
# The syntax that both Crossref and DataCite require, without the characters that XML cannot carry.
DOI = re.compile("10\\.[0-9]{4,9}/[^\\s\x00-\x20\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
# Of the signs a DOI may have, those that need no escape in an address (DOI Handbook, 2.5.2.4).
PLAIN_IN_DOI = "/:;(),._-@!$&'*=~"
CREATIVE_COMMONS = re.compile(
    r"https://creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(1\.0|2\.0|2\.5|3\.0|4\.0)/"
)
# The namespace of all UUIDs that are made from names (RFC 9562, version 5).
UUID_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "fleuron")
SPDX = re.compile(r"https://spdx\.org/licenses/([A-Za-z0-9.+-]+)\.html")


def absolute_address(address: str) -> str:
    """Return an absolute http or https address, else an empty text."""
    if UNFIT.search(address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:  # “http://[”
        return ""
    return address if parts.scheme in ("http", "https") and parts.hostname else ""


def linkable_address(address: str) -> str:
    """Return an absolute address, or the relative one of another page or file of the site, else an empty text."""
    if absolute_address(address):
        return address
    if UNFIT.search(address) or address.startswith("//"):
        return ""
    # As a browser recognises a scheme: a colon before any slash (RFC 3986, 4.2).
    return "" if ":" in re.split("[/?#]", address, maxsplit=1)[0] else address


def valid_doi(doi: str) -> str:
    """Return a well-formed DOI, else an empty text."""
    return doi if DOI.fullmatch(doi) else ""


def doi_address(doi: str) -> str:
    """Return the address of a DOI, escaped; an empty text without one."""
    return f"https://doi.org/{quote(doi, safe=PLAIN_IN_DOI)}" if doi else ""


def is_isbn(text: str) -> bool:
    """Return whether a text is an ISBN of 13 digits (ISO 2108) or of 10, by its check digit."""
    digits = re.sub(r"^ISBN(?:-1[03])?:?\s*|[\s‐‑–-]", "", text, flags=re.IGNORECASE).upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        return sum((10 - number) * digit_value(digit) for number, digit in enumerate(digits)) % 11 == 0
    return is_isbn_13(digits)


def orcid_address(orcid: str) -> str:
    """Return the address of a well-formed ORCID iD, else an empty text."""
    found = ORCID.fullmatch(orcid)
    return f"https://orcid.org/{found[1]}" if found else ""


def ror_address(ror: str) -> str:
    """Return the address of a well-formed identifier of the Research Organization Registry, else an empty text."""
    found = ROR.fullmatch(ror)
    return f"https://ror.org/{found[1]}" if found else ""


def spdx_identifier(licence: Licence | None) -> str:
    """Return a licence's identifier in SPDX's list, by its address as `licence_of` makes it; else an empty text."""
    address = absolute_address(licence.address) if licence else ""
    if address == PUBLIC_DOMAIN:
        return "CC0-1.0"
    if found := CREATIVE_COMMONS.fullmatch(address):
        return f"CC-{found[1].upper()}-{found[2]}"
    found = SPDX.fullmatch(address)
    return found[1] if found else ""
