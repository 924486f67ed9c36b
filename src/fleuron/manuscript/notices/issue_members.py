"""Add the articles that name their issue themselves to the contents of the issue, by section."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.i18n import PreserveTranslatableMessages

from fleuron.editions.edition_project import source_file
from fleuron.manuscript.file_access import is_inside
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import is_article
from fleuron.publication.front_matter import read_front_matter
from fleuron.publication.journal.issues import ISSUE_FOLDER
from fleuron.publication.journal.membership import by_section, members_of_issues
from fleuron.publication.notebook import read_notebook


def find_members(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Find which articles name which issue, and have the issues read again of which others than before do."""
    records = publication_records(env)
    named: dict[str, tuple[str, str]] = {}
    if any(name.startswith(ISSUE_FOLDER) for name in env.found_docs):
        new = set(documents)
        kept = {name: article for name, article in records.articles.items() if name not in new}
        known = {name: (article.issue, article.section) for name, article in kept.items()}
        read = {name: place_in_file(env, name) for name in documents if is_article(name)}
        named = {name: place for name, place in (known | read).items() if name in env.found_docs}
    before, now = records.naming_issue, members_of_issues(named, env.found_docs)
    records.data["naming_issue"] = now
    changed = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    documents += sorted((changed & env.found_docs) - set(documents))


def place_in_file(env: BuildEnvironment, document: str) -> tuple[str, str]:
    """Return what the front matter of an article gives as its issue and as its section there; "" for what it lacks."""
    path = source_file(env, document)
    if not is_inside(env, path):
        return "", ""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    if notebook := read_notebook(text, path):
        text = notebook.text
    entries = read_front_matter(text).entries
    issue, section = (
        " ".join(str(entries[key].value).split()) if key in entries else "" for key in ("issue", "section")
    )
    return issue, section


class AddIssueMembers(SphinxTransform):
    """Put the articles that name an issue into its contents, without those that it lists itself.

    They follow the others of their section: a table of contents with its name as caption, or a new one at the end.
    """

    # Before the captions are translated.
    default_priority = PreserveTranslatableMessages.default_priority - 5

    def apply(self, **kwargs: Any) -> None:
        document, records = self.env.current_document.docname, publication_records(self.env)
        tables = list(self.document.findall(addnodes.toctree))
        listed = {name for table in tables for name in table["includefiles"]}
        members = [member for member in records.naming_issue.get(document, ()) if member.article not in listed]
        section = self.document.next_node(nodes.section)
        if not members or section is None or document not in records.issues:
            return
        own = {table.get("caption"): table for table in tables if table.get("caption")}
        for name, articles in by_section(members, records.issues[document].sections).items():
            if name in own:
                own[name]["entries"] += [(None, article) for article in articles]
                own[name]["includefiles"] += articles
            else:
                section.append(self.table_of(document, name, articles))

    def table_of(self, document: str, section: str, articles: list[str]) -> nodes.compound:
        """Return the table of contents of a section of an issue, or of the articles that are in none."""
        table = addnodes.toctree(
            "",
            parent=document,
            entries=[(None, name) for name in articles],
            includefiles=articles,
            maxdepth=-1,
            caption=section or None,
            glob=False,
            hidden=False,
            includehidden=False,
            numbered=0,
            titlesonly=True,
        )
        table.source, table.line = self.document["source"], 1
        return nodes.compound("", table, classes=["toctree-wrapper"])


def setup(app: Sphinx) -> None:
    # After the handlers that take documents out of those to read.
    app.connect("env-before-read-docs", find_members, priority=600)
    app.add_transform(AddIssueMembers)
