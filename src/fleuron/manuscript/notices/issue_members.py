"""Add the articles that name their issue themselves to the contents of the issue, behind its own tables of contents."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from fleuron.editions.edition_project import source_file
from fleuron.manuscript.file_access import is_inside
from fleuron.manuscript.records import publication_records
from fleuron.publication.document_names import is_article
from fleuron.publication.front_matter import read_front_matter
from fleuron.publication.journal.issues import ISSUE_FOLDER
from fleuron.publication.journal.membership import articles_naming
from fleuron.publication.notebook import read_notebook


def find_members(app: Sphinx, env: BuildEnvironment, documents: list[str]) -> None:
    """Find which articles name which issue, and have the issues read again of which others than before do."""
    records = publication_records(env)
    named: dict[str, str] = {}
    if any(name.startswith(ISSUE_FOLDER) for name in env.found_docs):
        new = set(documents)
        known = {name: article.issue for name, article in records.articles.items() if name not in new}
        read = {name: issue_in_file(env, name) for name in documents if is_article(name)}
        named = {name: issue for name, issue in (known | read).items() if name in env.found_docs}
    before, now = records.naming_issue, articles_naming(named, env.found_docs)
    records.data["naming_issue"] = now
    changed = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    documents += sorted((changed & env.found_docs) - set(documents))


def issue_in_file(env: BuildEnvironment, document: str) -> str:
    """Return what the front matter of an article gives as its issue; "" if nothing can be read there."""
    path = source_file(env, document)
    if not is_inside(env, path):
        return ""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    if notebook := read_notebook(text, path):
        text = notebook.text
    entry = read_front_matter(text).entries.get("issue")
    return " ".join(str(entry.value).split()) if entry else ""


class AddIssueMembers(SphinxTransform):
    """Put a table of contents of the articles that name an issue at its end, without those that it lists itself."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        document, records = self.env.current_document.docname, publication_records(self.env)
        listed = {name for table in self.document.findall(addnodes.toctree) for name in table["includefiles"]}
        members = [name for name in records.naming_issue.get(document, ()) if name not in listed]
        section = self.document.next_node(nodes.section)
        if not members or section is None or document not in records.issues:
            return
        table = addnodes.toctree(
            "",
            parent=document,
            entries=[(None, name) for name in members],
            includefiles=members,
            maxdepth=-1,
            caption=None,
            glob=False,
            hidden=False,
            includehidden=False,
            numbered=0,
            titlesonly=True,
        )
        table.source, table.line = self.document["source"], 1
        section.append(nodes.compound("", table, classes=["toctree-wrapper"]))


def setup(app: Sphinx) -> None:
    # Behind the handlers that take documents out of those to read.
    app.connect("env-before-read-docs", find_members, priority=600)
    app.add_transform(AddIssueMembers)
