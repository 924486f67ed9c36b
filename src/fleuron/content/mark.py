"""Read the publication's mark, an ornament that the site, the EPUB's cover and the PDF show."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from lxml import etree
from sphinx.application import Sphinx
from sphinx.config import Config

from fleuron.config import ConfigurationError, theme_of
from fleuron.manuscript.pictures.svg_cleaning import BrokenSvg, clean_svg

# Its name in every format, and that of Fleuron's own beside this module.
MARK = "fleuron.svg"
# What the mark's file consists of beside shapes.
WORDS = ("title", "desc", "metadata")


def publication_mark(config: Config, source: Path) -> bytes:
    """Return the mark as an SVG file: that of the publication in the folder ``source``, or else Fleuron's."""
    name = str(theme_of(config).get("mark", ""))
    return own_mark(source, name) if name else fleuron_mark()


def fleuron_mark() -> bytes:
    """Return Fleuron's mark."""
    return files(__package__).joinpath(MARK).read_bytes()


def own_mark(source: Path, name: str) -> bytes:
    """Return the mark of a publication, without what an SVG file may run or fetch; raise ConfigurationError."""
    path = source / name
    if not path.resolve().is_relative_to(source.resolve()):
        raise ConfigurationError(f"fleuron_theme: the mark “{name}” is not in the publication's folder")
    try:
        content = clean_svg(path.read_bytes()).content
        root = etree.fromstring(content)
    except OSError as error:
        raise ConfigurationError(f"fleuron_theme: the mark “{name}” cannot be read: {error.strerror}") from None
    except (BrokenSvg, etree.XMLSyntaxError) as error:
        raise ConfigurationError(f"fleuron_theme: the mark “{name}” is not a valid SVG file: {error}") from None
    if not root.get("viewBox"):
        raise ConfigurationError(f"fleuron_theme: the mark “{name}” has no viewBox, by which its size is known")
    return content


def has_own_look(config: Config) -> bool:
    """Return whether the publication has a mark or colours of its own."""
    return not {"accent", "accent-dark", "mark"}.isdisjoint(theme_of(config))


def shapes_of(mark: bytes) -> list[etree._Element]:
    """Return the shapes of a mark, without its title and descriptions."""
    root = etree.fromstring(mark)
    return [child for child in root if isinstance(child.tag, str) and etree.QName(child).localname not in WORDS]


def setup(app: Sphinx) -> None:
    """Report a mark that cannot be used before anything is read."""
    app.connect("config-inited", lambda app, config: publication_mark(config, Path(app.srcdir)), priority=320)
