"""Pages and lists by which archives harvest a version: LOCKSS and CLOCKSS manifest pages, and linksets (RFC 9264)."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import html

from fleuron.archive.release.tagged_version import Release
from fleuron.archive.site.page_templates import rendered
from fleuron.publication.edition import Edition
from fleuron.publish.settings import PublicationSettings

# The sentences that the crawlers look for, word by word.
PERMISSIONS = {
    "lockss": "LOCKSS system has permission to collect, preserve, and serve this Archival Unit",
    "clockss": "CLOCKSS system has permission to ingest, preserve, and serve this Archival Unit",
}
LINKSET = "linkset.json"
# Relations of an article's page that a linkset repeats (FAIR Signposting Profile 1.0).
RELATIONS = ("cite-as", "author", "license", "type", "describedby", "item")
KINDS = {".epub": "application/epub+zip", ".bib": "application/x-bibtex", ".ris": "application/x-research-info-systems"}


def write_manifest_pages(site: Path, settings: PublicationSettings, release: Release) -> None:
    """Write ``lockss.html`` and ``clockss.html``, which name all files of a version's site, and ``linkset.json``."""
    listed = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    editions = [(Edition(language), beginning(site, language)) for language in settings.languages]
    for name, permission in PERMISSIONS.items():
        made = rendered(
            "manifest.html",
            title=settings.title,
            version=release.version,
            day=release.day.isoformat(),
            system=name.upper(),
            permission=permission,
            editions=[each for each in editions if each[1]],
            files=[(name, quote(name)) for name in listed],
        )
        (site / f"{name}.html").write_text(made, "utf-8")
    linksets = [linkset(site, path) for path in listed if path.endswith(".html")]
    told = {"linkset": [each for each in linksets if each]}
    (site / LINKSET).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")


def beginning(site: Path, language: str) -> str:
    """Name the first page of an edition; nothing where it was not built."""
    return f"{language}/index.html" if (site / language / "index.html").is_file() else ""


def linkset(site: Path, page: str) -> dict[str, Any]:
    """Collect the signposts of a page as a link context object (RFC 9264, 4.2.2); nothing of a page without."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for link in html.parse(str(site / page)).getroot().iter("link"):
        for relation in link.get("rel", "").split():
            if relation in RELATIONS and link.get("href"):
                found.setdefault(relation, []).append(target(link))
    context = {"anchor": quote(page)}
    return {**context, **found} if "cite-as" in found or "item" in found else {}


def target(link: html.HtmlElement) -> Mapping[str, str]:
    """Return the target of a link with its media type."""
    address = str(link.get("href"))
    kind = link.get("type") or KINDS.get(Path(address).suffix) or mimetypes.guess_type(address)[0]
    return {"href": address, "type": kind} if kind else {"href": address}
