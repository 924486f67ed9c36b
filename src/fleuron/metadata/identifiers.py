"""What catalogues know things by: DOIs and licences, told only where they are well formed."""

from __future__ import annotations

import re

from fleuron.metadata.web_addresses import absolute
from fleuron.publication.licence import PUBLIC_DOMAIN, Licence

# The syntax that both Crossref and DataCite ask for, without the characters that no XML can carry.
DOI = re.compile("10\\.[0-9]{4,9}/[^\\s\x00-\x20\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
CREATIVE_COMMONS = re.compile(
    r"https://creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(1\.0|2\.0|2\.5|3\.0|4\.0)/"
)
SPDX = re.compile(r"https://spdx\.org/licenses/([A-Za-z0-9.+-]+)\.html")


def registered(doi: str) -> str:
    """Return a DOI; nothing for what is none."""
    return doi if DOI.fullmatch(doi) else ""


def spdx_identifier(licence: Licence | None) -> str:
    """Return a licence's identifier in SPDX's list, which `licence_of` made its address of; else nothing."""
    address = absolute(licence.address) if licence else ""
    if address == PUBLIC_DOMAIN:
        return "CC0-1.0"
    if found := CREATIVE_COMMONS.fullmatch(address):
        return f"CC-{found[1].upper()}-{found[2]}"
    found = SPDX.fullmatch(address)
    return found[1] if found else ""
