"""The name and web address of a licence, by its SPDX identifier."""

from __future__ import annotations

import re
from dataclasses import dataclass

CREATIVE_COMMONS = re.compile(r"CC[- ](BY(?:-NC)?(?:-SA|-ND)?)[- ](\d\.\d)")
PUBLIC_DOMAIN = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True)
class Licence:
    """A licence's name as readers see it, and its web address."""

    name: str
    address: str

    @property
    def is_creative_commons(self) -> bool:
        """Whether the licence is one of Creative Commons, which has a name in words."""
        return self.address.startswith("https://creativecommons.org/")


def licence_of(identifier: str) -> Licence | None:
    """Return a licence by its SPDX identifier, its name (“CC BY 4.0”) or its web address; None for an empty string."""
    if not identifier:
        return None
    if identifier.startswith(("http://", "https://")):
        return Licence(identifier, identifier)
    if identifier == "CC0-1.0":
        return Licence("CC0 1.0", PUBLIC_DOMAIN)
    if match := CREATIVE_COMMONS.fullmatch(identifier):
        terms, version = match.groups()
        return Licence(f"CC {terms} {version}", f"https://creativecommons.org/licenses/{terms.lower()}/{version}/")
    return Licence(identifier, f"https://spdx.org/licenses/{identifier}.html")
