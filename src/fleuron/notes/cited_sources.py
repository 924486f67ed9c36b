"""Keep what each document cites (Sphinx domain “note”), and read a document again when one of its sources changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any, ClassVar, cast

from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain

from fleuron.csl.rendering.compiled_style import CompiledStyle
from fleuron.notes.note_styles import STYLE_FOLDER, NoteStyles
from fleuron.notes.sources import Item, bibliography_of, item_digest, report_source_problems, source_problems


class NotesDomain(Domain):
    """Store a digest of each source that a document cites, by key, and the order of those that are cited in texts."""

    name = "note"
    label = "Notes"
    data_version = 7
    initial_data: ClassVar[dict[str, Any]] = {
        "cited": {},
        "bibliography": "",
        "problems": {},
        "style": "",
        "cite_order": {},
    }

    def setup(self) -> None:
        super().setup()
        self.styles = NoteStyles()
        # Those of citations in the text, which `text_citations` makes.
        self.cite_groups: Any = None

    @property
    def items(self) -> Mapping[str, Item]:
        """The items of all bibliographies, by key."""
        return bibliography_of(self.env)

    @property
    def cited(self) -> dict[str, dict[str, str]]:
        """The digests of the sources that each document cites, by document and key."""
        return cast(dict[str, dict[str, str]], self.data["cited"])

    def clear_doc(self, docname: str) -> None:
        self.cited.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        self.cited.update({name: digests for name, digests in otherdata["cited"].items() if name in docnames})

    def resolve_any_xref(self, *_arguments: Any) -> list[Any]:
        return []


def notes_domain(env: BuildEnvironment) -> NotesDomain:
    return cast(NotesDomain, env.get_domain("note"))


def keys_in_order(env: BuildEnvironment, document: str) -> list[str]:
    """List the sources that a document cites and its bibliographies have, each once, in the order of first citation.

    Those of notes come before those that only `{cite}` names in the text.
    """
    domain = cast(BibtexDomain, env.get_domain("cite"))
    targets = (target for each in domain.citation_refs if each.docname == document for target in each.targets)
    items = notes_domain(env).items
    return [key for key in dict.fromkeys(str(target.key) for target in targets) if key in items]


def compiled_style(env: BuildEnvironment) -> CompiledStyle:
    """Return the compiled note style of the edition that is being built."""
    return notes_domain(env).styles.style_of(env.config)


def documents_with_changed_sources(_app: Sphinx, env: BuildEnvironment, *_changes: Set[str]) -> Iterable[str]:
    """List the documents that cite a source which was changed, added or removed since they were read.

    If the file of the style has changed, these are all that cite.
    """
    domain = notes_domain(env)
    before, domain.data["style"] = domain.data["style"], domain.styles.digest_of(env.config)
    if before not in ("", domain.data["style"]):
        return domain.cited.keys() & env.found_docs
    if domain.data["bibliography"] == bibliography_of(env).digest:
        return set()
    keys = {key for digests in domain.cited.values() for key in digests}
    digests_now = {key: item_digest(domain.items.get(key)) for key in keys}
    return {
        document
        for document, digests in domain.cited.items()
        if document in env.found_docs and any(digests_now[key] != known for key, known in digests.items())
    }


def check_cited_sources(_app: Sphinx, env: BuildEnvironment) -> None:
    """Report what is wrong with the sources that are cited; each is looked at again if a bibliography has changed."""
    domain, bibliography = notes_domain(env), bibliography_of(env)
    if domain.data["bibliography"] != bibliography.digest:
        domain.data["bibliography"], domain.data["problems"] = bibliography.digest, {}
    problems = domain.data["problems"]
    cited = {key for digests in domain.cited.values() for key in digests if key in bibliography}
    for key in cited - {*problems}:
        problems[key] = list(source_problems(key, bibliography))
    report_source_problems({key: problems[key] for key in sorted(cited)}, bibliography)


def find_own_styles(app: Sphinx) -> None:
    """Set the folder of the publication's own styles, beside conf.py, which the environment does not know."""
    notes_domain(app.env).styles.folder = Path(app.confdir, STYLE_FOLDER)


def setup(app: Sphinx) -> None:
    app.add_domain(NotesDomain)
    app.connect("builder-inited", find_own_styles)
    app.connect("env-get-outdated", documents_with_changed_sources)
    app.connect("env-updated", check_cited_sources)
