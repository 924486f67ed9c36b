"""Make the file of an article or a contributor, and list it in the publication's table of contents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.authoring.contents_lines import with_entry
from fleuron.authoring.new_files import check_absent, file_name_for, write_new_files
from fleuron.authoring.new_publication import contributor_text, today
from fleuron.authoring.template_files import filled_in
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.document_names import CONTRIBUTOR_FOLDER, article_document, contributor_document
from fleuron.publish.settings import CommandError, PublicationSettings

ARTICLE_TEMPLATE = "article.md.jinja"


def make_article(settings: PublicationSettings, title: str, name: str, authors: Iterable[str]) -> tuple[Path, str]:
    """Write the file of an article, and return its path and what was done about the table of contents.

    ``name`` is that of the file, made from the title if it is "". An author who has no file raises CommandError.
    """
    signed = list(authors)
    known = contributors_of(settings.source)
    for author in signed:
        if author not in known:
            raise CommandError(
                f"the author “{author}” has no file in {CONTRIBUTOR_FOLDER}{suggestion(author, known)}; "
                f'for a new one: fleuron contributor "Name"'
            )
    if not signed and len(known) == 1:
        signed = known
    document = article_document(name or file_name_for(title))
    text = filled_in(ARTICLE_TEMPLATE, title=title, authors=signed, date=today())
    return write_document(settings, document, text)


def make_contributor(
    settings: PublicationSettings, name: str, *, organization: bool, orcid: str, affiliation: str
) -> tuple[Path, str]:
    """Write the file of a contributor, and return its path and what was done about the table of contents."""
    text = contributor_text(name, organization=organization, orcid=orcid, affiliation=affiliation)
    return write_document(settings, contributor_document(file_name_for(name)), text)


def contributors_of(source: Path) -> list[str]:
    """List the names of the contributors' files."""
    return sorted(path.stem for path in (source / CONTRIBUTOR_FOLDER).glob("*.md"))


def write_document(settings: PublicationSettings, document: str, text: str) -> tuple[Path, str]:
    """Write a new document, and list it in the root document where that lists others of its folder."""
    path = settings.source / f"{document}.md"
    check_absent([path], "choose another name")
    write_new_files({path: text})
    return path, list_in_contents(settings, document)


def list_in_contents(settings: PublicationSettings, document: str) -> str:
    """List a document in the root document where that lists others of its folder, and return what was done."""
    root = settings.source / f"{settings.root}.md"
    if not root.is_file():
        return f"add it to the table of contents in {settings.root}.rst: {document}"
    contents = root.read_text("utf-8")
    listed = with_entry(contents, document)
    if listed is None:
        return f"no table of contents of {root.name} names a text of its folder; add a line there: {document}"
    if listed == contents:
        return f"{root.name} lists it already"
    write_file(root, listed)
    return f"{root.name} lists it"
