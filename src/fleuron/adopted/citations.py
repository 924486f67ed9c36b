"""Leave the citations of another project (`{cite}`, `{bibliography}`) as sphinxcontrib-bibtex words them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.bibfile import parse_bibdata
from sphinxcontrib.bibtex.domain import BibtexDomain

from fleuron.adopted import is_other_project
from fleuron.sphinx_versions import application_of


def keeps_citations(env: BuildEnvironment) -> bool:
    """Return whether a project's citations and lists have the style that its options of bibtex say.

    It is one that has named sphinxcontrib-bibtex itself, and has chosen no style of ours for them.
    """
    app = application_of(env)
    is_own = "sphinxcontrib.bibtex" in app.config.extensions and not app.config.fleuron_cite_style
    return is_own and is_other_project(app)


@contextmanager
def entries_of_bibtex(domain: BibtexDomain) -> Iterator[None]:
    """Give a domain the entries as pybtex reads them, for its styles; ours are those of notes."""
    ours = domain.data["bibdata"]
    files = [Path(name) for name in ours.bibfiles if Path(name).is_file()]
    domain.data["bibdata"] = parse_bibdata(files, ours.encoding)
    try:
        yield
    finally:
        domain.data["bibdata"] = ours
