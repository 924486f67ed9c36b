"""The role ``{footcite}``, which answers for sources that its style cannot print."""

from __future__ import annotations

from typing import cast

from docutils import nodes
from pybtex.exceptions import PybtexError
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.foot_roles import FootCiteRole

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.reports import report


class NoteRole(FootCiteRole):
    """Set the notes of a citation."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        self.depend_on_bibliographies()
        try:
            return super().run()
        # sphinxcontrib-bibtex 2.7 lets pybtex's FieldIsMissing, its AttributeError for an entry type
        # that the style does not know, and latexcodec's ValueError pass through as a crash.
        except (PybtexError, AttributeError, ValueError) as error:
            source, line = self.get_source_info()
            report(Finding(Diagnostic.UNPRINTABLE_SOURCE, line, self.facts(error)), source)
            return [nodes.problematic(self.rawtext, self.rawtext)], []

    def depend_on_bibliographies(self) -> None:
        """Read the document again when a .bib file changes; stock, only {footbibliography} does so."""
        domain = cast(BibtexDomain, self.env.get_domain("cite"))
        for path in domain.bibdata.bibfiles:
            self.env.note_dependency(path)

    def facts(self, error: Exception) -> dict[str, object]:
        problem = str(error)
        if isinstance(error, AttributeError):
            problem = "the style has no form for this type of entry"
        if isinstance(error, ValueError):
            problem = "a backslash in it stands before nothing; write “\\textbackslash”"
        entries = cast(BibtexDomain, self.env.get_domain("cite")).bibdata.data.entries
        types = [entries[key.strip()].type for key in self.text.split(",") if key.strip() in entries]
        return {"key": self.text, "type": ", ".join(types), "problem": problem}


def setup(app: Sphinx) -> None:
    app.add_role("footcite", NoteRole(), override=True)
