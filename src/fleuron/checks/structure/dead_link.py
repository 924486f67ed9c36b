"""Report links to pages that the network does not have (only with --online)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.violation import Level, Place, Violation

# How many addresses are asked at once, and how long an answer may take, in seconds.
CONNECTIONS, PATIENCE = 8, 15
# Answers that say that a page is gone; others may be a server's way with programs.
GONE = frozenset({404, 410})


def find(sources: Sources) -> Iterator[Violation]:
    places = dict(addresses(sources))
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for (address, place), problem in zip(places.items(), pool.map(problem_of, places), strict=True):
            if problem:
                yield Violation(place, f"{address}: {problem}; correct the address, or cite an archived copy")


def addresses(sources: Sources) -> Iterator[tuple[str, Place]]:
    """Yield the addresses of texts and of sources that are cited, each with a place where it stands."""
    for document in sources.files:
        yield from ((link.address, link.place) for link in document.links if link.address.startswith("http"))
    bibliography = sources.bibliography
    for key in bibliography:
        field = bibliography.entry(key).fields.get("url")
        if key.casefold() in sources.cited and field and field.text.startswith("http"):
            yield field.text, Place(bibliography.places[key][0].name, field.line or 1)


def problem_of(address: str) -> str:
    """Return why an address cannot be read; "" if it can, or if the server does not say."""
    request = Request(address, method="HEAD", headers={"User-Agent": "fleuron check"})
    try:
        with urlopen(request, timeout=PATIENCE):
            return ""
    except HTTPError as error:
        return f"the server answers {error.code}" if error.code in GONE else ""
    except (OSError, HTTPException, ValueError) as error:
        return f"no answer ({getattr(error, 'reason', None) or error})"


RULE = Rule(
    "dead-link",
    Level.WARNING,
    "Pages that texts link and cited sources name can be read. It is only looked for with `--online`.",
    find,
    is_online=True,
)
