"""Report whole-file translations of texts that do not exist, and catalogues that are not used beside one."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import docname_to_domain

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import suggestion
from fleuron.editions.catalogue_reader import UNREADABLE, read_catalogue
from fleuron.editions.edition_project import EditionProject
from fleuron.reporting import report


def report_misnamed(app: Sphinx, env: BuildEnvironment, _documents: list[str]) -> None:
    """Report the files among the translations that have the name of no text."""
    project = env.project
    if not isinstance(project, EditionProject):
        return
    for name, path in sorted(project.whole_files().items()):
        if name not in env.found_docs:
            values = {"name": name, "suggestion": suggestion(name, env.found_docs)}
            report(Finding(Diagnostic.LOST_TRANSLATION, 1, values), env.srcdir / path)


def report_unused_catalogues(app: Sphinx, env: BuildEnvironment, _documents: list[str]) -> None:
    """Report the catalogues with translations of texts that have a whole-file translation."""
    config, project = env.config, env.project
    if not isinstance(project, EditionProject):
        return
    for name, used in sorted(project.translations.items()):
        domain = docname_to_domain(name, config.gettext_compact)
        for folder in config.locale_dirs if domain == name else ():
            path = Path(env.srcdir, folder, config.language, "LC_MESSAGES", f"{domain}.po")
            if path.is_file() and (line := first_translation(path)):
                report(Finding(Diagnostic.TWO_TRANSLATIONS, line, {"path": used.as_posix()}), path)


def first_translation(path: Path) -> int:
    """Return the line of the first translation that a catalogue has; 0 if it has none."""
    try:
        found = read_catalogue(path).translations.values()
    except UNREADABLE:
        return 0  # reported otherwise
    return min((each.line for each in found if each.text.strip() and not each.is_fuzzy), default=0)


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", report_misnamed)
    app.connect("env-before-read-docs", report_unused_catalogues)
