"""Add the nearest name that exists to messages of Sphinx and MyST about a setting in conf.py."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from fleuron.diagnostics.similar_names import did_you_mean

# MyST 5.2 has them within a function, and names what it does not know in no certain order.
MYST_EXTENSIONS = (
    *("alert", "amsmath", "attrs_block", "attrs_image", "attrs_inline", "colon_fence", "deflist", "dollarmath"),
    *("fieldlist", "gfm_autolink", "html_admonition", "html_image", "linkify", "replacements", "section_ref"),
    *("smartquotes", "strikethrough", "substitution", "tasklist"),
)
UNKNOWN_MYST_EXTENSIONS = re.compile(r"myst configuration invalid: 'enable_extensions' items not recognised: \{(.+)\}")


def known_themes(_word: str, _source: Path | None) -> Iterable[str]:
    """Return the themes of Fleuron, of Sphinx and of all installed packages."""
    sphinx = find_spec("sphinx")
    folders = (Path(place, "themes") for place in (sphinx.submodule_search_locations or () if sphinx else ()))
    own = (theme.name for folder in folders for theme in folder.iterdir() if (theme / "theme.toml").is_file())
    return {"fleuron", *own, *(point.name for point in entry_points(group="sphinx.html_themes"))}


def known_extensions(_word: str, _source: Path | None) -> Iterable[str]:
    """Return the extensions of Sphinx, and the installed modules that may be extensions."""
    names = {module.name for module in iter_modules() if module.ispkg}
    for parent in ("sphinx.ext", "sphinxcontrib"):
        found = find_spec(parent)
        places = found.submodule_search_locations if found else None
        names.update(f"{parent}.{module.name}" for module in iter_modules(places or ()))
    return names


def known_files(word: str, source: Path | None) -> Iterable[str]:
    """Return the files and folders of the publication that are where a path leads, as such paths."""
    if source is None:
        return []
    folder = posixpath.dirname(word)
    place = Path(source, folder).resolve()
    if not place.is_dir() or not place.is_relative_to(source.resolve()):
        return []
    return [posixpath.join(folder, each.name) for each in place.iterdir()]


# What a message says about an unknown name, and what it may have meant.
MESSAGES: tuple[tuple[re.Pattern[str], Callable[[str, Path | None], Iterable[str]]], ...] = (
    (re.compile(r"no theme named '([^']+)' found"), known_themes),
    (re.compile(r"Could not import extension (\S+)(?=:|$| )"), known_extensions),
    (re.compile(r"(?:html|epub)_\w+_path entry '([^']+)' does not exist"), known_files),
    (re.compile(r"(?:logo|favicon) file '([^']+)' does not exist"), known_files),
)


def with_nearest_setting(message: str, source: Path | None = None) -> str:
    """Return a message of Sphinx or MyST with the nearest name to an unknown one that conf.py has.

    ``source`` is the folder of conf.py, whose files are suggested if it is given. Other messages are returned as they
    are.
    """
    if unknown := UNKNOWN_MYST_EXTENSIONS.search(message):
        return f"{message[: unknown.start()]}{about_myst_extensions(unknown[1])}"
    for pattern, candidates in MESSAGES:
        if found := pattern.search(message):
            if advice := did_you_mean(found[1].rstrip(":"), candidates(found[1], source)):
                return f"{message.removesuffix(' (missing theme.toml?)').rstrip('.')}{advice}"
    return message


def about_myst_extensions(names: str) -> str:
    """Return the message about unknown extensions of MyST, given as Python writes a set of strings."""
    unknown = sorted(re.findall(r"'([^']+)'", names))
    told = "; ".join(f"there is no “{name}”{did_you_mean(name, MYST_EXTENSIONS)}" for name in unknown)
    return f"conf.py: myst_enable_extensions: {told}"
