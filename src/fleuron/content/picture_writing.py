"""Write pictures as HTML with the descriptions that their authors gave, and copy drawings without code in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder

from fleuron.atomic_files import write_file
from fleuron.diagnostics import Diagnostic, Finding
from fleuron.editions.bidirectional import BidirectionalTranslator
from fleuron.manuscript.pictures.picture_nodes import attributes_of_files
from fleuron.manuscript.pictures.svg_cleaning import BrokenSvg, CleanSvg, clean_svg, listed
from fleuron.reporting import report


class PictureTranslator(BidirectionalTranslator):
    """Write pictures; one that nobody has described has no ``alt``, which is empty for an ornament."""

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        if tagname == "img" and isinstance(node, nodes.image):
            attributes = self.picture_attributes(node, attributes)
        return str(super().starttag(node, tagname, suffix, empty, **attributes))

    def picture_attributes(self, node: nodes.image, attributes: dict[str, Any]) -> dict[str, Any]:
        """Return the attributes of a picture, with those that its author wrote as HTML."""
        own: dict[str, str] = dict(node.get("html_attributes", {}))
        style = "; ".join(filter(None, (attributes.get("style", "").rstrip("; "), own.pop("style", ""))))
        found = {**attributes, **own, **attributes_of_files(self, node)}
        if style:
            found["style"] = style
        if node.get("undescribed") or "alt" not in node:  # docutils 0.22 gives the name of the file
            found.pop("alt", None)
        if node.get("title"):
            found["title"] = node["title"]
        return found

    def depart_image(self, node: nodes.image) -> None:
        """Write nothing: the whole picture is written when it is visited."""


def picture_content(path: Path) -> bytes:
    """Read a picture, without code and outside references."""
    content = path.read_bytes()
    return clean_content(path, content).content


def clean_content(path: Path, content: bytes) -> CleanSvg:
    """Return a file without what a drawing may not have; any other file as it is."""
    if path.suffix.lower() != ".svg":
        return CleanSvg(content)
    try:
        return clean_svg(content)
    except BrokenSvg:  # reported where a text shows it
        return CleanSvg(content)


class CleanCopies(StandaloneHTMLBuilder):
    """A builder that copies pictures, downloads and static files, and no code in drawings among them."""

    def copy_image_files(self) -> None:
        super().copy_image_files()
        clean_copies(self._images_dir / name for name in self.images.values())

    def copy_download_files(self) -> None:
        super().copy_download_files()
        clean_copies(self._downloads_dir / name for _, name in self.env.dlfiles.values())
        for documents, name in self.env.dlfiles.values():
            if not documents & self.env.found_docs:  # of an article that the edition does not offer
                copy = self._downloads_dir / name
                copy.unlink(missing_ok=True)
                copy.parent.rmdir()

    def copy_static_files(self) -> None:
        """Copy static files, and report the drawings among them that had code, such as a logo."""
        super().copy_static_files()
        for source, name in self.own_static_files():
            if removed := clean_content(source, source.read_bytes()).removed:
                values = {"name": f" “{name}”", "what": listed(removed)}
                report(Finding(Diagnostic.UNSAFE_PICTURE, removed[0].line, values), source)
            clean_copies([self._static_dir / name])

    def own_static_files(self) -> Iterator[tuple[Path, str]]:
        """Yield the publication's own static drawings, and their names among the copies."""
        for folder in self.config.html_static_path:
            for path in sorted(Path(self.confdir, folder).rglob("*.svg")):
                yield path, path.relative_to(Path(self.confdir, folder)).as_posix()
        for name in (self.config.html_logo, self.config.html_favicon):
            if name and (path := Path(self.confdir, name)).is_file():
                yield path, path.name


def clean_copies(copies: Iterable[Path]) -> None:
    """Replace those of copied files that are drawings with code in them."""
    for copy in copies:
        if copy.suffix.lower() == ".svg" and copy.is_file():
            content = copy.read_bytes()
            cleaned = clean_content(copy, content).content
            if cleaned != content:
                write_file(copy, cleaned)
