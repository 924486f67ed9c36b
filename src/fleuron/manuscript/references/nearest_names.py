"""Add the nearest name that exists to messages of Sphinx and MyST about one that does not exist."""

from __future__ import annotations

import difflib
import logging as standard_logging
import posixpath
import re
from collections.abc import Callable, Iterable
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import Any, cast

from docutils import nodes
from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.languages import en
from sphinx.application import Sphinx
from sphinx.domains.math import MathDomain
from sphinx.domains.std import StandardDomain
from sphinx.util import logging

from fleuron.diagnostics.nearest_settings import with_nearest_setting
from fleuron.diagnostics.similar_names import did_you_mean

# The unknown name in a message: in quotation marks, or at its end.
NAME = re.compile(r"""["'](?P<quoted>[^"']+)["'](?=\s*(?:\(|\.?\s*$|\s*\[))|:\s(?P<last>[^\s:]+)$""")
ALLOWED = re.compile(r"\(allowed: \[(?P<names>[^\]]*)\]\)")
Candidates = Callable[[Sphinx, str, str], Iterable[str]]


def names_in_domains(app: Sphinx, kind: str) -> set[str]:
    """Return the roles or directives of all domains, as an author writes them."""
    found: set[str] = set()
    for domain in app.env.domains.sorted():
        names = getattr(domain, kind)
        found.update(names if domain.name == "std" else ())
        found.update(f"{domain.name}:{name}" for name in names)
    return found


def known_roles(app: Sphinx, _word: str, _document: str) -> Iterable[str]:
    return {*roles._roles, *roles._role_registry, *en.roles} | names_in_domains(app, "roles")  # type: ignore[attr-defined]


def known_directives(app: Sphinx, _word: str, _document: str) -> Iterable[str]:
    known = {*directives._directives, *directives._directive_registry}  # type: ignore[attr-defined]
    return known | names_in_domains(app, "directives")


def known_labels(app: Sphinx, _word: str, _document: str) -> Iterable[str]:
    domain = cast(StandardDomain, app.env.get_domain("std"))
    return {*domain.labels, *domain.anonlabels}


def known_equations(app: Sphinx, _word: str, _document: str) -> Iterable[str]:
    return cast(MathDomain, app.env.get_domain("math")).equations


def known_terms(app: Sphinx, _word: str, _document: str) -> Iterable[str]:
    domain = cast(StandardDomain, app.env.get_domain("std"))
    return {name for kind, name in domain.objects if kind == "term"}


def known_documents(app: Sphinx, word: str, document: str) -> Iterable[str]:
    """Return the documents as their paths from the one that refers to them, and from the publication's folder."""
    folder = posixpath.dirname(document)
    near = {posixpath.relpath(name, folder or ".") for name in app.env.found_docs}
    return near | set(app.env.found_docs)


def known_files(app: Sphinx, word: str, _document: str) -> Iterable[str]:
    """Return the files of the folder that a path from the publication's folder names."""
    return files_named_like(word, Path(app.srcdir))


def known_pictures(app: Sphinx, word: str, document: str) -> Iterable[str]:
    """Return the pictures among the files of the folder that a path from the publication's folder names."""
    kinds = ((name, guess_type(name)[0] or "") for name in known_files(app, word, document))
    return [name for name, kind in kinds if kind.startswith("image/")]


def known_link_targets(app: Sphinx, word: str, document: str) -> Iterable[str]:
    """Return what a link of MyST may lead to: a file beside the document, or a label or heading in it."""
    if "." in word or "/" in word:
        return files_named_like(word, Path(app.srcdir, posixpath.dirname(document)))
    return {*known_labels(app, word, document), *app.env.metadata[document].get("myst_slugs", {})}


def files_named_like(path: str, root: Path) -> list[str]:
    """Return the files of a path's folder below ``root`` whose names, without endings, are similar to that of the path.

    Endings and folders are alike in all pictures of a folder, and would make any two of them similar.
    """
    folder, stem = root / posixpath.dirname(path), PurePosixPath(path).stem
    files = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    stems = difflib.get_close_matches(stem, {PurePosixPath(name).stem for name in files})
    return [posixpath.join(posixpath.dirname(path), name) for name in files if PurePosixPath(name).stem in stems]


CANDIDATES: dict[str, Candidates] = {
    "myst.role_unknown": known_roles,
    "myst.directive_unknown": known_directives,
    "myst.xref_missing": known_link_targets,
    "ref.ref": known_labels,
    "ref.numref": known_labels,
    "ref.doc": known_documents,
    "ref.eq": known_equations,
    "ref.term": known_terms,
    "toc.not_readable": known_documents,
    "image.not_readable": known_pictures,
    "download.not_readable": known_files,
}


class NearestNames(standard_logging.Filter):
    """Adds to a message about an unknown name the nearest one that is known."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__()
        self.app = app
        # Documents that a mistyped line of a table of contents stands for; the line is reported already.
        self.meant: set[str] = set()

    def filter(self, record: standard_logging.LogRecord) -> bool:
        kind = f"{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}"
        if kind == "toc.not_included" and getattr(record, "location", None) in self.meant:
            return False
        if (kind in CANDIDATES or kind == "myst.directive_option") and not hasattr(record, "has_nearest_name"):
            record.has_nearest_name = True
            message = record.getMessage()
            if advice := self.advice(kind, message, getattr(record, "location", None)):
                record.msg, record.args = f"{message.rstrip('.')}{advice}", ()
                if kind == "toc.not_readable":
                    self.meant.update(re.findall("“([^”]+)”", advice))
        elif not getattr(record, "location", None):
            message = record.getMessage()
            if (advised := with_nearest_setting(message, Path(self.app.srcdir))) != message:
                record.msg, record.args = advised, ()
        return True

    def advice(self, kind: str, message: str, location: Any) -> str:
        """Return the end of the message; "" if no name is near, or the message already has one."""
        names = list(NAME.finditer(message))
        if not names or "did you mean" in message:
            return ""
        found = names[-1]
        word = (found["quoted"] or found["last"]).strip("'\"")
        if kind == "myst.directive_option":
            allowed = ALLOWED.search(message)
            return did_you_mean(word, re.findall(r"'([^']+)'", allowed["names"])) if allowed else ""
        known = CANDIDATES[kind](self.app, word, self.document_at(location))
        return did_you_mean(word, (name for name in known if name != word))

    def document_at(self, location: Any) -> str:
        """Return the document of a message's location, which is a node, a document with a line, or a path."""
        if isinstance(location, nodes.Node):
            return str(location.get("refdoc", "")) if isinstance(location, nodes.Element) else ""
        if isinstance(location, tuple):
            return str(location[0])
        return self.app.env.path2doc(str(location).rpartition(":")[0]) or ""


def setup(app: Sphinx) -> None:
    nearest = NearestNames(app)
    for handler in standard_logging.getLogger(logging.NAMESPACE).handlers:
        handler.filters.insert(0, nearest)
