"""Let directives and pictures read no file outside the publication's folder, and none from the web."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.misc import Raw
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.directives.code import LiteralInclude
from sphinx.directives.other import Include
from sphinx.directives.patches import CSVTable
from sphinx.environment import BuildEnvironment

from fleuron.config import has_own_theme
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.source_positions import line_of
from fleuron.reporting import report

# The most characters of a file's name in a message.
LONGEST = 100
# The parsers by which reStructuredText may include a file. docutils 0.22 imports a module of any other name.
PARSERS = frozenset({"markdown", "myst", "myst_parser.sphinx_", "restructuredtext", "rst"})


def is_inside(env: BuildEnvironment, path: str | Path) -> bool:
    """Return whether a path, with its symbolic links resolved, is in the publication's folder.

    A project with a theme of its own may read what it has read without Fleuron, such as the README of its program,
    unless it is built as what somebody else has written. The outputs of notebooks are in the folder as well, which
    myst_nb writes to a folder of the build.
    """
    if reads_any_file(env.config):
        return True
    folders = [env.srcdir, getattr(getattr(env, "mystnb_config", None), "output_folder", None) or env.srcdir]
    return any(Path(env.srcdir, path).resolve().is_relative_to(Path(folder).resolve()) for folder in folders)


def reads_any_file(config: Config) -> bool:
    """Return whether texts may include files outside the folder, as Sphinx allows."""
    if "fleuron_untrusted" not in config:
        return True  # a project that has only our notes
    return has_own_theme(config) and not config.fleuron_untrusted


def fault_of_file(env: BuildEnvironment, name: str, line: int, *, is_utf8: bool = True) -> Finding | None:
    """Return what is wrong with a file that the document that is being read includes; None if it can be read."""
    if reads_any_file(env.config):
        return None  # Sphinx reports what is missing
    try:
        path = Path(env.relfn2path(name)[1])
        if not is_inside(env, path):
            return Finding(Diagnostic.OUTSIDE_PUBLICATION, line, {"path": name})
        if not path.is_file():
            return Finding(Diagnostic.MISSING_FILE, line, {"path": name})
        path.read_text("utf-8" if is_utf8 else "latin-1")
    except UnicodeDecodeError:
        return Finding(Diagnostic.UNREADABLE_FILE, line, {"name": name, "problem": "it is not valid UTF-8"})
    except (OSError, ValueError):  # the name is too long, or has a NUL
        return Finding(Diagnostic.MISSING_FILE, line, {"path": shortened(name)})
    return None


def shortened(name: str) -> str:
    """Return a file's name as a message shows it."""
    printable = name.replace("\0", "�")
    return printable if len(printable) <= LONGEST else f"{printable[:LONGEST]}…"


class RestrictedDirective:
    """A directive that reads files, limited to those of the publication; ``file_options`` are options with a path."""

    file_options: ClassVar[tuple[str, ...]] = ()
    argument_is_file: ClassVar[bool] = False
    arguments: list[str]
    options: dict[str, Any]
    lineno: int
    state: Any

    def run(self) -> list[nodes.Node]:
        env: BuildEnvironment = self.state.document.settings.env
        findings = list(self.check_files(env))
        for finding in findings:
            report(finding, self.state.document["source"])
        return [] if findings else super().run()  # type: ignore[misc]

    def check_files(self, env: BuildEnvironment) -> Iterator[Finding]:
        """Yield a finding for each file that is missing, is not in the publication or would have to be downloaded."""
        if "url" in self.options:
            yield Finding(Diagnostic.FETCHED_FILE, self.lineno, {"path": self.options["url"]})
        names = [self.options[name] for name in self.file_options if name in self.options]
        for name in [*self.arguments[:1], *names] if self.argument_is_file else names:
            if finding := fault_of_file(env, name, self.lineno, is_utf8="encoding" not in self.options):
                yield finding


class RestrictedLiteralInclude(RestrictedDirective, LiteralInclude):
    """``literalinclude`` within the publication."""

    file_options = ("diff",)
    argument_is_file = True


class RestrictedTable(RestrictedDirective, CSVTable):  # type: ignore[misc]  # the type of its run() is narrower
    """``csv-table`` within the publication."""

    file_options = ("file",)


class RestrictedRaw(RestrictedDirective, Raw):
    """``raw`` within the publication."""

    file_options = ("file",)


def parser_named(name: str) -> Any:
    """Return the class of a parser; raises ValueError for one that is not known, as docutils expects."""
    if name.strip().lower() not in PARSERS:
        raise ValueError(f"there is no parser “{name}”; choose from: markdown, restructuredtext")
    return directives.parser_name(name)


class RestrictedInclude(RestrictedDirective, Include):
    """``include`` within the publication; in Markdown, `RestrictedRenderer` asks for the file."""

    argument_is_file = True
    option_spec: ClassVar[dict[str, Any]] = {**(Include.option_spec or {}), "parser": parser_named}


def report_outside_files(app: Sphinx, doctree: nodes.document) -> None:
    """Report each picture, download or included file that is not in the publication's folder.

    Modules that Python has loaded are not among them: sphinx.ext.autodoc names those that it describes.
    """
    document = app.env.current_document.docname
    source = app.env.doc2path(document)
    modules = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    for path in sorted(map(str, app.env.dependencies[document])):
        if not is_inside(app.env, path) and str(Path(app.env.srcdir, path).resolve()) not in modules:
            name = Path(path).name
            line = line_of_reader(app.env, doctree, path) or line_that_names(source, name)
            report(Finding(Diagnostic.OUTSIDE_PUBLICATION, line, {"path": name}), source)
    forget_outside_files(app.env, app.env.images)
    forget_outside_files(app.env, app.env.dlfiles)


def forget_outside_files(env: BuildEnvironment, files: dict[Any, Any]) -> None:
    """Remove the files that are not in the publication's folder from what Sphinx copies."""
    for name in [name for name in files if not is_inside(env, name)]:
        del files[name]


def line_of_reader(env: BuildEnvironment, doctree: nodes.document, path: str) -> int:
    """Return the line of the picture or download whose file, links resolved, is ``path``; 0 if there is none."""
    wanted = Path(env.srcdir, path).resolve()
    for image in doctree.findall(nodes.image):
        if Path(env.srcdir, image.get("uri", "")).resolve() == wanted:
            return line_of(image)
    for download in doctree.findall(addnodes.download_reference):
        if Path(env.relfn2path(download["reftarget"])[1]).resolve() == wanted:
            return line_of(download)
    return 0


def line_that_names(source: Path, name: str) -> int:
    """Return the first line of a text that names a file: Sphinx does not keep the line of a dependency."""
    lines = source.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if name in line), 1)


def setup(app: Sphinx) -> None:
    app.add_directive("include", RestrictedInclude, override=True)
    app.add_directive("literalinclude", RestrictedLiteralInclude, override=True)
    app.add_directive("csv-table", RestrictedTable, override=True)
    app.add_directive("raw", RestrictedRaw, override=True)
    # After Sphinx has collected the pictures.
    app.connect("doctree-read", report_outside_files, priority=900)
