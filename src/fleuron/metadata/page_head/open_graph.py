"""Open Graph, which tells how a link to the page is shown elsewhere (https://ogp.me)."""

from __future__ import annotations

from collections.abc import Iterator

from babel.core import get_global, parse_locale

from fleuron.metadata.page_head.tags import Meta, metas
from fleuron.metadata.plain_text import shortened
from fleuron.metadata.web_addresses import absolute, orcid_address
from fleuron.metadata.work import Work
from fleuron.publication.edition import USAGE
from fleuron.publication.language_tags import locale_name

# “A one to two sentence description”; what is longer is cut by those who show it.
DESCRIPTION_LENGTH = 300


def open_graph(work: Work) -> list[Meta]:
    """Describe an article; what needs an absolute address is left out without one."""
    return metas(facts(work), "property")


def website(title: str, publication: str, address: str, language: str) -> list[Meta]:
    """Describe any other page of the site."""
    told = {"og:type": "website", "og:title": title, "og:url": absolute(address), "og:site_name": publication}
    return metas((told | {"og:locale": territorial(language)}).items(), "property")


def facts(work: Work) -> Iterator[tuple[str, str]]:
    yield "og:type", "article"
    yield "og:title", work.full_title
    yield "og:description", shortened(work.abstract, DESCRIPTION_LENGTH)
    yield "og:url", absolute(work.address)
    yield "og:site_name", work.publication
    own = territorial(work.language)
    yield "og:locale", own
    others = dict.fromkeys(territorial(translation.language) for translation in work.translations)
    for other in others:
        yield "og:locale:alternate", other if other != own else ""
    yield "article:published_time", work.date.isoformat() if work.date else ""
    for author in work.signed_by:
        yield "article:author", absolute(author.address) or orcid_address(author.orcid)
    for keyword in work.keywords:
        yield "article:tag", keyword


def territorial(language: str) -> str:
    """Return a language with the territory it is most likely of, ``tr_TR``; nothing for a tag that is unknown."""
    try:
        code, territory, script, *_ = parse_locale(locale_name(USAGE.get(language, language)))
        likely = get_global("likely_subtags")
        full = likely.get(f"{code}_{script}") or likely.get(code, "")
        territory = territory or parse_locale(full)[1]
    except ValueError:
        return ""
    return f"{code}_{territory}" if territory else ""
