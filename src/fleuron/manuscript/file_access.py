"""Read no file from outside the publication and fetch none, whatever a picture or an include asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst.directives.misc import Raw
from sphinx.application import Sphinx
from sphinx.directives.code import LiteralInclude
from sphinx.directives.patches import CSVTable
from sphinx.environment import BuildEnvironment

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.manuscript.unsafe_markup import line_of
from fleuron.reporting import report


def is_inside(env: BuildEnvironment, path: str | Path) -> bool:
    """Tell whether a path, with every link in it followed, lies in the publication."""
    return Path(env.srcdir, path).resolve().is_relative_to(Path(env.srcdir).resolve())


class Guarded:
    """Keeps a directive that reads files from reading one that it may not; ``files`` are options with a path."""

    files: ClassVar[tuple[str, ...]] = ()
    argument_is_file: ClassVar[bool] = False
    arguments: list[str]
    options: dict[str, Any]
    lineno: int
    state: Any

    def run(self) -> list[nodes.Node]:
        env: BuildEnvironment = self.state.document.settings.env
        findings = list(self.faults(env))
        for finding in findings:
            report(finding, self.state.document["source"])
        return [] if findings else super().run()  # type: ignore[misc]

    def faults(self, env: BuildEnvironment) -> Iterator[Finding]:
        if "url" in self.options:
            yield Finding(Diagnostic.FETCHED_FILE, self.lineno, {"path": self.options["url"]})
        named = [self.options[name] for name in self.files if name in self.options]
        for name in [*self.arguments[:1], *named] if self.argument_is_file else named:
            path = Path(env.relfn2path(name)[1])
            facts = {"path": name}
            if not is_inside(env, path):
                yield Finding(Diagnostic.OUTSIDE_PUBLICATION, self.lineno, facts)
            elif not path.is_file():
                yield Finding(Diagnostic.MISSING_FILE, self.lineno, facts)


class GuardedLiteralInclude(Guarded, LiteralInclude):
    """``literalinclude`` within the publication."""

    files = ("diff",)
    argument_is_file = True


class GuardedTable(Guarded, CSVTable):  # type: ignore[misc]  # its run is typed more narrowly
    """``csv-table`` within the publication."""

    files = ("file",)


class GuardedRaw(Guarded, Raw):
    """``raw`` within the publication."""

    files = ("file",)


def check_borders(app: Sphinx, doctree: nodes.document) -> None:
    """Report each file from outside that Sphinx has noted: a picture, a download, an include."""
    document = app.env.current_document.docname
    source = app.env.doc2path(document)
    for path in sorted(map(str, app.env.dependencies[document])):
        if not is_inside(app.env, path):
            name = Path(path).name
            line = line_of_picture(app.env, doctree, path) or line_that_names(source, name)
            report(Finding(Diagnostic.OUTSIDE_PUBLICATION, line, {"path": name}), source)


def line_of_picture(env: BuildEnvironment, doctree: nodes.document, path: str) -> int:
    """Find the line of the picture that is the file at ``path``, perhaps by a link; 0 where none is."""
    for image in doctree.findall(nodes.image):
        if Path(env.srcdir, image.get("uri", "")).resolve() == Path(env.srcdir, path).resolve():
            return line_of(image)
    return 0


def line_that_names(source: Path, name: str) -> int:
    """Find the line on which a text names a file; what Sphinx notes has no place."""
    lines = source.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if name in line), 1)


def setup(app: Sphinx) -> None:
    app.add_directive("literalinclude", GuardedLiteralInclude, override=True)
    app.add_directive("csv-table", GuardedTable, override=True)
    app.add_directive("raw", GuardedRaw, override=True)
    # After Sphinx's collectors have noted the pictures.
    app.connect("doctree-read", check_borders, priority=900)
