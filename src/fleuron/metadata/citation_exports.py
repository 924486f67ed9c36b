"""Describe an article as a CSL-JSON item, and write it as the BibTeX, RIS and CSL-JSON files that readers download."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from fleuron.csl.sources.entry.names import split_particle
from fleuron.csl.sources.export.bibtex import to_bibtex
from fleuron.csl.sources.export.ris import to_ris
from fleuron.csl.sources.latex.reader import JOINER
from fleuron.metadata.identifiers import absolute_address
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Person, Work

Item = dict[str, Any]
MEDIA_TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}
# CSL-JSON has markup in its texts: a “<” that would begin a tag is kept as text in the way of `csl.sources.latex`.
TAG = re.compile("<(?=/?(?:i|b|u|sup|sub|sc)>|/?span\\b)")


def csl_item(work: Work, pages: str = "") -> Item:
    """Return an article as an item without empty variables; its id contains the edition's language.

    ``pages`` are those of the article in a printed volume, unless it names its own.
    """
    texts = {
        "title": work.full_title,
        "container-title": work.publication,
        "publisher": work.publisher,
        "abstract": work.abstract,
        "keyword": ", ".join(filter(None, map(one_line, work.keywords))),
    }
    texts |= {"volume": work.volume, "issue": work.issue, "number": work.elocation_id}
    codes = {
        "language": work.language,
        "DOI": work.doi,
        "ISSN": work.issn,
        "URL": absolute_address(work.address),
        "page": work.pages.joined("-") or pages,
    }
    item: Item = {"id": f"{one_line(work.name)}-{work.language}", "type": "article-journal"}
    item |= {variable: literal(text) for variable, text in texts.items()} | codes
    item["author"] = [name_of(author) for author in work.signed_by]
    item["editor"] = [name_of(editor) for editor in work.editors]
    item["translator"] = [name_of(translator) for translator in work.translated_by]
    if work.date:
        item["issued"] = {"date-parts": [[work.date.year, work.date.month, work.date.day]]}
    return {variable: value for variable, value in item.items() if value}


def exported_item(work: Work) -> Item:
    """Return an article as the item that readers take with them: with its licence and, if it is released, its version.

    CSL has no variable for a licence; as ``copyright`` of ``custom``, BibTeX and RIS have it too.
    """
    item = csl_item(work) | ({"custom": {"copyright": licence}} if (licence := licence_text(work)) else {})
    of_version = {"version": work.version, "DOI": work.version_doi, "URL": absolute_address(work.version_address)}
    return item | {
        variable: value for variable, value in {"section": literal(work.section), **of_version}.items() if value
    }


def licence_text(work: Work) -> str:
    """Return the name of a licence with its address: “CC BY 4.0, https://creativecommons.org/licenses/by/4.0/”."""
    parts = (work.licence.name, absolute_address(work.licence.address)) if work.licence else ()
    return ", ".join(dict.fromkeys(filter(None, map(one_line, parts))))


def literal(text: str) -> str:
    """Return a text as CSL-JSON's rich text, with nothing in it that would be markup."""
    return TAG.sub("<" + JOINER, one_line(text))


def name_of(author: Person) -> Item:
    if author.is_organization or not author.family:
        return {"literal": literal(author.name)}
    particle, family = split_particle(literal(author.family))
    name = {"family": family, "given": literal(author.given), "non-dropping-particle": particle}
    return {part: text for part, text in name.items() if text}


def with_kept_capitals(item: Mapping[str, Any]) -> Item:
    """Return an item whose title BibTeX’s styles print as it stands (`{{…}}`), which lower its capitals otherwise."""
    title = item.get("title")
    return {**item, "title": f'<span class="nocase">{title}</span>'} if title else dict(item)


def citation_files(item: Mapping[str, Any]) -> dict[str, str]:
    """Write an item as the files ``bib``, ``ris`` and ``json`` (CSL-JSON); `MEDIA_TYPES` says what they are."""
    listed = json.dumps([item], ensure_ascii=False, indent=2, sort_keys=True)
    return {"bib": to_bibtex([with_kept_capitals(item)]), "ris": to_ris([item]), "json": f"{listed}\n"}
