"""What a layout may read: the pictures and fonts of its unit, by address, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from fleuron.paged.layout.picture_checks import carried, vetted

# Addresses that exist nowhere (RFC 2606), and do not tell the folder that anything lies in: WeasyPrint 70
# names a picture by the hash of its address.
ASSETS = "https://assets.invalid/"
FACES = "https://faces.invalid/"


class Refused(ValueError):
    """An address that is not among the unit's."""


class UnitFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves what it is given from memory: it opens neither a file nor a connection."""

    def __init__(self, assets: Mapping[str, bytes], faces: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=[])
        self.assets = assets
        self.faces = faces

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """Serve an asset or a face; raises ValueError for any other address, and for a picture that is no good."""
        address = unquote(url.partition("#")[0])
        if address.removeprefix(FACES) in self.faces:
            return URLFetcherResponse(url, self.faces[address.removeprefix(FACES)])
        if url.startswith("data:"):
            kind, content = vetted(carried(url))
            return URLFetcherResponse("data:", content, {"Content-Type": kind})
        name = address.removeprefix(ASSETS)
        if not address.startswith(ASSETS) or name not in self.assets:
            raise Refused(f"{url} is not among the publication's pictures")
        kind, content = vetted(self.assets[name])
        return URLFetcherResponse(url, content, {"Content-Type": kind})
