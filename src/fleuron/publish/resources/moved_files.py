"""Tell the server of a site where files lie that once had another address, in a file ``_redirects``.

The PDFs of articles lay in ``downloads/`` before they were put beside their pages. Netlify, Cloudflare Pages and others
read the file; what to write for Apache and nginx is in the handbook. A server that reads neither has them no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlsplit

from fleuron.content.downloads import DOWNLOADS
from fleuron.publication.document_names import article_name, is_article
from fleuron.publish.landing_page import PublishedEdition, published_editions
from fleuron.publish.replace_published import NewFormat

REDIRECTS = "_redirects"


def add_redirects(site: NewFormat, languages: Sequence[str]) -> None:
    """Prepare the file, if the site has an address and PDFs of articles; else have it deleted."""
    lines = [line for edition in published_editions(site, languages) for line in redirects_of(site, edition)]
    if lines:
        site.write(REDIRECTS, "".join(f"{line}\n" for line in lines).encode())
    else:
        site.delete(REDIRECTS)


def redirects_of(site: NewFormat, edition: PublishedEdition) -> Iterator[str]:
    """Yield a line for each PDF of an article: the old path, the new one, and that it has moved for good."""
    if not edition.address:
        return
    language = edition.edition.language
    folder = f"{urlsplit(edition.address).path}{language}/"
    for page in sorted(filter(is_article, edition.pages)):
        if site.path(f"{language}/{page}.pdf").is_file():
            yield f"{folder}{DOWNLOADS}/{quote(article_name(page))}.pdf {folder}{quote(page)}.pdf 301"
