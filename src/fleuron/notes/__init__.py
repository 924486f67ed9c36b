"""Citation notes, for now as sphinxcontrib-bibtex sets them, made safe against an author's slips."""

from __future__ import annotations

from sphinx.application import Sphinx

from fleuron.notes import bibliographies, calls, role


def setup(app: Sphinx) -> None:
    # Before the extension below looks at them, in the set-up of its domain.
    app.connect("config-inited", bibliographies.check_bibliographies, priority=300)
    app.setup_extension("sphinxcontrib.bibtex")
    role.setup(app)
    calls.setup(app)
