"""Make the nodes that name people: the lines of an article's authors, and lists of others who have worked on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.environment import BuildEnvironment

from fleuron.editions.bidirectional import LANGUAGE_CLASS, isolate, marked_language
from fleuron.manuscript.people.named_people import NamedPerson
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import contributor_document
from fleuron.publication.edition import Edition

ORCID = "https://orcid.org/"
# The classes of where an author works, in the line of her name, and of the link to her ORCID record.
WORKPLACE, ORCID_LINK = "workplace", "orcid-link"


def bylines(
    env: BuildEnvironment, authors: Sequence[str], edition: Edition, *, has_links: bool
) -> Iterator[nodes.paragraph]:
    """Yield the names of the authors in one line; where they work somewhere, or have ORCID iDs, in a line for each.

    The links to their ORCID records are left out where nobody follows them (``has_links``).
    """
    details = {author: list(author_details(env, author, edition, has_links=has_links)) for author in authors}
    if any(details.values()):
        for author in authors:
            yield nodes.paragraph("", "", signature(env, author), *details[author], classes=["byline"])
    else:
        yield nodes.paragraph("", "", *signatures(env, authors, edition), classes=["byline"])


def author_details(env: BuildEnvironment, author: str, edition: Edition, *, has_links: bool) -> Iterator[nodes.Node]:
    """Yield where an author works, as the edition names it, and a link to her ORCID record."""
    document = contributor_document(author)
    record = publication_records(env).contributors[document]
    blocks = env.get_doctree(document).findall(nodes.paragraph) if record.affiliation else ()
    for block in blocks:
        if "affiliation" in block["classes"]:
            language = marked_language(block)
            marks = [f"{LANGUAGE_CLASS}{language}"] if language else []
            words = [part.deepcopy() for part in block if not isinstance(part, nodes.footnote_reference)]
            yield nodes.inline("", edition.comma, isolate("", "", *words, classes=marks), classes=[WORKPLACE])
    if record.orcid and has_links:
        yield nodes.Text(" ")
        yield nodes.reference("", "ORCID", refuri=ORCID + record.orcid, classes=[ORCID_LINK])


def signatures(env: BuildEnvironment, authors: Sequence[str], edition: Edition) -> list[nodes.Node]:
    """Return the names of contributors, each a link to her page, with commas between them."""
    return with_commas([signature(env, author) for author in authors], edition.comma)


def signature(env: BuildEnvironment, author: str) -> nodes.Node:
    """Return the name of a contributor as a link to her page."""
    return pending_xref(
        "",
        nodes.inline("", "", *name_nodes(env, author)),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{contributor_document(author)}",
        refdoc=env.current_document.docname,
        refexplicit=True,
    )


def named_people(env: BuildEnvironment, people: Iterable[NamedPerson], edition: Edition) -> list[nodes.Node]:
    """Return the names of people, who have a page or not, with commas between them; who has a page is linked."""
    names = [
        signature(env, person.contributor) if person.contributor else nodes.inline("", person.name, classes=["name"])
        for person in people
    ]
    return with_commas(names, edition.comma)


def with_commas(names: Sequence[nodes.Node], comma: str) -> list[nodes.Node]:
    """Return names with what stands between the parts of a list."""
    listed = [part for name in names for part in (nodes.Text(comma), name)]
    return listed[1:]


def name_nodes(env: BuildEnvironment, author: str) -> list[nodes.Node]:
    """Return a contributor's name in the language of the edition: the title of the contributor's page."""
    title = env.titles.get(contributor_document(author))
    return [child.deepcopy() for child in title.children] if title else [nodes.Text(author)]
