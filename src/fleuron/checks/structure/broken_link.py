"""Report links and references to files, headings and labels that do not exist."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Document, Link, Sources
from fleuron.checks.violation import Level, Violation
from fleuron.diagnostics.similar_names import did_you_mean

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
# Roles that refer to a label of any document.
LABELLED = frozenset({"ref", "eq", "numref", "page"})


def find(sources: Sources) -> Iterator[Violation]:
    by_name = {document.name: document for document in sources.documents}
    targets = frozenset(target for document in sources.files for target in document.targets)
    others = {path.stem for path in sources.root.glob("*.rst")}  # whose labels are not read
    known = frozenset() if others else targets
    for document, link in placed_links(sources, by_name):
        if problem := problem_of(link, document, sources, by_name, known):
            yield Violation(link.place, problem)
    for language in dict.fromkeys(translation.language for translation in sources.translations):
        translated = dict(texts_in(language, sources, by_name))
        for text in translated.values():
            for link in text.links:
                if problem := problem_of(link, text, sources, {**by_name, **translated}, known):
                    yield Violation(link.place, problem)


def texts_in(language: str, sources: Sources, by_name: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    """Yield the names and the texts of whole-file translations, with the labels of their sources beside their own."""
    for translation in sources.translations:
        if translation.language == language and (source := by_name.get(translation.name)):
            targets, anchors = translation.targets | source.targets, translation.anchors | source.anchors
            yield translation.name, replace(translation, targets=targets, anchors=anchors)


def placed_links(sources: Sources, by_name: Mapping[str, Document]) -> Iterator[tuple[Document, Link]]:
    """Yield each link with the document that it leads from, and the pictures of translations.

    Other links of a translation are those of its source, or are reported by the rule differing-link.
    """
    for document in sources.documents:
        yield from ((document, link) for link in document.links)
    for catalogue in sources.catalogues:
        if catalogue.document in by_name:
            pictures = (link for link in catalogue.links if link.kind == "image")
            yield from ((by_name[catalogue.document], picture) for picture in pictures)


def problem_of(
    link: Link, document: Document, sources: Sources, by_name: Mapping[str, Document], targets: frozenset[str]
) -> str:
    """Return what is wrong with a link; "" if nothing is."""
    address = unquote(link.address)
    if link.kind in LABELLED:
        return "" if not targets or is_known(address, targets) else no_label(address, targets)
    if link.kind == "doc":
        name = resolved(address, document).removesuffix(".md")
        names = [*by_name, *map(posixpath.basename, by_name)]
        return "" if name in by_name or exists(sources, f"{name}.rst") else no_file(address, names)
    if not address or SCHEME.match(address) or "*" in address:  # a picture of which each format takes its own file
        return ""
    path, _, anchor = address.partition("#")
    target = document
    if path:
        name = resolved(path, document)
        found = by_name.get(name.removesuffix(".md"))
        if found is None:
            return "" if exists(sources, name) else no_file(address, files_near(sources, name))
        target = found
    if not anchor or anchor in target.anchors or is_known(anchor, target.targets):
        return ""
    if not path and is_known(anchor, targets):
        return ""
    known = target.anchors | target.targets
    return f"there is no heading or label “{anchor}” in {target.path}{did_you_mean(anchor, known)}"


def is_known(label: str, targets: frozenset[str]) -> bool:
    """Return whether a label is written anywhere; docutils compares them without case."""
    return label in targets or label.lower() in {target.lower() for target in targets}


def resolved(path: str, document: Document) -> str:
    """Return a path from the publication's folder, for one from a document's folder, or with a slash before it."""
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(document.name), path))


def exists(sources: Sources, path: str) -> bool:
    return (sources.root / path).exists() or path.endswith(".html")  # a page that only the site has


def files_near(sources: Sources, path: str) -> list[str]:
    folder = (sources.root / path).parent
    return [each.name for each in folder.iterdir()] if folder.is_dir() else []


def no_label(label: str, targets: frozenset[str]) -> str:
    return f"there is no label “{label}”{did_you_mean(label, targets)}"


def no_file(address: str, names: Sequence[str]) -> str:
    near = did_you_mean(address, names) or did_you_mean(posixpath.basename(address), names)
    return f"there is no file “{address}”{near}"


RULE = Rule(
    "broken-link",
    Level.ERROR,
    "Links and references lead to files, headings and labels that exist.",
    find,
)
