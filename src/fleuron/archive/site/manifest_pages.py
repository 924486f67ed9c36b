"""Write the pages by which archives harvest a version: LOCKSS and CLOCKSS manifest pages, and a linkset (RFC 9264)."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import html

from fleuron.archive.release.tagged_version import Release
from fleuron.archive.site.page_templates import render_page
from fleuron.publication.edition import Edition
from fleuron.publish.settings import PublicationSettings

# The sentences that the crawlers look for; they must not be changed.
PERMISSIONS = {
    "lockss": "LOCKSS system has permission to collect, preserve, and serve this Archival Unit",
    "clockss": "CLOCKSS system has permission to ingest, preserve, and serve this Archival Unit",
}
LINKSET = "linkset.json"
# Link relations of an article's page that the linkset repeats (FAIR Signposting Profile 1.0).
RELATIONS = ("cite-as", "author", "license", "type", "describedby", "item")
MEDIA_TYPES = {
    ".epub": "application/epub+zip",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
}


def write_manifest_pages(site: Path, settings: PublicationSettings, release: Release) -> None:
    """Write ``lockss.html`` and ``clockss.html``, which list all files of a version's site, and ``linkset.json``."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    first_pages = [(Edition(language), first_page(site, language, settings.root)) for language in settings.languages]
    for system, permission in PERMISSIONS.items():
        page = render_page(
            "manifest.html",
            title=settings.title,
            version=release.version,
            day=release.day.isoformat(),
            system=system.upper(),
            permission=permission,
            editions=[(edition, address) for edition, address in first_pages if address],
            files=[(name, quote(name)) for name in names],
        )
        (site / f"{system}.html").write_text(page, "utf-8")
    contexts = [link_context(site, name) for name in names if name.endswith(".html")]
    linkset = {"linkset": [context for context in contexts if context]}
    (site / LINKSET).write_text(json.dumps(linkset, ensure_ascii=False, indent=2) + "\n", "utf-8")


def first_page(site: Path, language: str, root: str) -> str:
    """Return the address of the first page of an edition, or an empty string if the edition was not built."""
    page = f"{language}/{root}.html"
    return quote(page) if (site / page).is_file() else ""


def link_context(site: Path, page: str) -> dict[str, Any]:
    """Return the signposting links of a page as a link context object (RFC 9264, 4.2.2), empty if it has none."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for link in html.parse(BytesIO((site / page).read_bytes())).getroot().iter("link"):
        for relation in link.get("rel", "").split():
            if relation in RELATIONS and link.get("href"):
                found.setdefault(relation, []).append(target_of(link))
    return {"anchor": quote(page), **found} if "cite-as" in found or "item" in found else {}


def target_of(link: html.HtmlElement) -> Mapping[str, str]:
    """Return the target of a link with its media type."""
    address = str(link.get("href"))
    kind = link.get("type") or MEDIA_TYPES.get(Path(address).suffix) or mimetypes.guess_type(address)[0]
    return {"href": address, "type": kind} if kind else {"href": address}
