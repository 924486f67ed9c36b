"""Make citation notes: one note for each call, worded in a CSL style and in the language of the edition.

This is a Sphinx extension that can be loaded alone, in a project with any theme: ``extensions = ["myst_parser",
"fleuron.notes"]``. It then registers what notes need, and nothing else: its options, the node visitors, the
`{footcite}` roles and the domain of cited sources. `fleuron` loads it for a publication.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from fleuron.adopted import keeps_its_pages
from fleuron.config import add_options, check_values
from fleuron.extras import installed_version
from fleuron.notes import (
    bibliography_files,
    biography_notes,
    cited_sources,
    foreign_words,
    html_notes,
    note_placement,
    note_styles,
    notes_transform,
    source_list,
    text_citations,
)
from fleuron.notes.markup import calls, parsers, translated_calls

# The options that notes read; `fleuron.config` declares them.
OPTIONS = ("fleuron_note_style", "fleuron_cite_style", "fleuron_languages")


def setup_for_project(app: Sphinx, config: Config) -> None:
    """Set up what depends on whether the project is a Fleuron publication.

    A publication has biographies with notes, and isolates foreign words everywhere; in another project only notes
    and lists of sources are ours to change.
    """
    if "fleuron" in app.extensions:
        biography_notes.setup(app)
        app.add_directive("bibliography", source_list.BibliographyOfArticle, override=True)
        if keeps_its_pages(app):
            app.add_post_transform(foreign_words.IsolateNotes)
    else:
        check_values(config, OPTIONS)
        foreign_words.setup(app)


def setup(app: Sphinx) -> ExtensionMetadata:
    add_options(app, OPTIONS)
    bibliography_files.setup(app)
    app.setup_extension("sphinxcontrib.bibtex")
    note_styles.setup(app)
    calls.setup(app)
    parsers.setup(app)
    cited_sources.setup(app)
    translated_calls.setup(app)
    html_notes.setup(app)
    notes_transform.setup(app)
    note_placement.setup(app)
    source_list.setup(app)
    text_citations.setup(app)
    # After the checks of a publication's options at 100, before anything reads them.
    app.connect("config-inited", setup_for_project, priority=200)
    # The version of what it stores is `NotesDomain.data_version`.
    return {"version": installed_version("fleuron"), "parallel_read_safe": True, "parallel_write_safe": True}
