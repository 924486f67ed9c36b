"""Make the DOI of a released version from the pattern in ``fleuron_imprint``, such as ``{doi}.{version}``."""

from __future__ import annotations

from collections.abc import Mapping

VERSION_DOI = "version_doi"


def version_doi(imprint: Mapping[str, str], doi: str, version: str) -> str:
    """Return the DOI of a version of what has a DOI; "" without a pattern, a DOI or a version."""
    pattern = imprint.get(VERSION_DOI, "")
    return pattern.replace("{doi}", doi).replace("{version}", version) if pattern and doi and version else ""


def doi_of_version(imprint: Mapping[str, str], version: str) -> str:
    """Return the DOI of a version of the publication: its own, or else that of all versions."""
    doi = imprint.get("doi", "")
    return version_doi(imprint, doi, version) or doi
