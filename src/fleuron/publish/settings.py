"""Read from conf.py what must be known of a publication before its editions are built."""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util.tags import Tags

from fleuron.config import ConfigurationError, check_types
from fleuron.diagnostics.similar_names import suggestion
from fleuron.look.print_settings import check_print
from fleuron.option_checks import check_imprint, check_languages, check_words
from fleuron.publication.document_names import slug
from fleuron.publication.language_tags import language_tag
from fleuron.publication.typefaces import check_typefaces, typefaces_by_script
from fleuron.publication.values.root_title import NO_TITLE, root_title

# Options that are read here, with what checks them.
MAPPINGS = {
    "fleuron_typefaces": check_typefaces,
    "fleuron_imprint": check_imprint,
    "fleuron_words": check_words,
    "fleuron_print": check_print,
}


# Options that name files and folders which the builds read.
FOLDERS = ("bibtex_bibfiles", "html_extra_path", "html_static_path", "locale_dirs", "templates_path")


class CommandError(SystemExit):
    """Ends a command with one message and exit code 1."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"fleuron: {problem}")


@dataclass(frozen=True)
class PublicationSettings:
    """A publication's folder, languages (that of the sources first), and folders of catalogues and templates.

    ``title`` is the heading of its table of contents if conf.py sets no ``project``; ``name`` is the publication's
    in file names, ``families`` are its typefaces, ``address`` is that of its site, ``imprint`` has the entries of
    ``fleuron_imprint``; ``root`` is the document of its table of contents, ``extensions`` are those of Sphinx.
    ``bibliographies`` are the names of its .bib files.
    ``excluded`` are the patterns of what is not a source, ``values`` is all that conf.py sets, as text; ``has_code``
    says whether it defines what Sphinx calls, ``reaches_outside`` whether it names folders that are not in its own.
    """

    source: Path
    title: str
    languages: tuple[str, ...]
    catalogues: Path
    templates: tuple[Path, ...]
    name: str
    publisher: str
    address: str
    families: tuple[str, ...]
    imprint: Mapping[str, str]
    root: str = "index"
    extensions: tuple[str, ...] = ("fleuron",)
    bibliographies: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    values: str = ""
    has_code: bool = False
    reaches_outside: bool = False

    def option(self, name: str, default: Any) -> Any:
        """Return what conf.py sets for an option of Sphinx or Fleuron, if that is plain data."""
        return json.loads(self.values).get(name, default)

    def chosen(self, wanted: Sequence[str]) -> list[str]:
        """Return the languages to build, in the publication's order: those wanted, or all if none is named."""
        for language in wanted:
            if language not in self.languages:
                raise CommandError(f"there is no edition “{language}” to build{suggestion(language, self.languages)}")
        return [language for language in self.languages if not wanted or language in wanted]


def read_values(source: Path) -> dict[str, Any]:
    """Read what the conf.py of a Sphinx project sets, by name; raise ConfigurationError for a fault in it."""
    try:
        # The folder is absolute, because Sphinx makes it the current one before it reads conf.py.
        config = Config.read(source.resolve(), overrides={}, tags=Tags())
    except SphinxError as error:  # a syntax error, or any exception that conf.py raises
        raise ConfigurationError(short_report(str(error))) from error
    check_types(config._raw_config)
    return config._raw_config


def read_settings(source: Path) -> PublicationSettings:
    """Read a publication's conf.py; raise ConfigurationError or CommandError for a fault in it."""
    if not (source / "conf.py").is_file():
        raise CommandError(f"there is no publication in {source}: it has no conf.py")
    values = read_values(source)
    if "fleuron" not in values.get("extensions", ()):
        near = difflib.get_close_matches("fleuron", values.get("extensions", ()), n=1)
        mistyped = f" (“{near[0]}” is mistyped)" if near else ""
        raise ConfigurationError(f'extensions does not name Fleuron{mistyped}: write extensions = ["fleuron"]')
    root = values.get("root_doc", values.get("master_doc", "index"))
    if not any((source / f"{root}{suffix}").is_file() for suffix in (".md", ".rst")):
        raise CommandError(
            f"{source} has no {root}.md, the publication's table of contents{similar_file(source, root)}"
        )
    languages = values.get("fleuron_languages") or [language_tag(str(values.get("language", "en")))]
    if expected := check_languages(languages):
        raise ConfigurationError(f"fleuron_languages = {languages!r}: the value must be {expected}")
    for name, check in MAPPINGS.items():
        if expected := check(values.get(name, {})):
            raise ConfigurationError(f"{name} = {values[name]!r}: the value must be {expected}")
    if words := values.get("fleuron_words"):
        from fleuron.editions.interface_words import use_own_words

        use_own_words(words)
    return PublicationSettings(
        source=source,
        title=values["project"] if "project" in values else root_title(source, root),
        languages=tuple(languages),
        catalogues=source / (values.get("locale_dirs") or ["locale"])[0],
        templates=tuple(source / folder for folder in values.get("templates_path", ())),
        name=values.get("fleuron_publication") or slug(values.get("project", NO_TITLE)),
        publisher=values.get("fleuron_imprint", {}).get("publisher") or values.get("author", ""),
        address=str(values.get("html_baseurl", "")).rstrip("/"),
        families=tuple(dict.fromkeys(typefaces_by_script(values.get("fleuron_typefaces", {})).values())),
        imprint=dict(values.get("fleuron_imprint", {})),
        root=root,
        extensions=tuple(values["extensions"]),
        bibliographies=tuple(values.get("bibtex_bibfiles", ("refs.bib",))),
        excluded=tuple(values.get("exclude_patterns", ("_build",))),
        values=simple_values(values),
        has_code=any(map(defines_code, values.values())),
        reaches_outside=any(is_outside(str(path)) for name in FOLDERS for path in values.get(name) or ()),
    )


def simple_values(values: Mapping[str, object]) -> str:
    """Return the settings in conf.py as text; of other values than texts, numbers, lists and mappings, the kind."""
    own = {name: value for name, value in values.items() if not name.startswith("__")}
    return json.dumps(own, sort_keys=True, skipkeys=True, default=lambda value: type(value).__name__)


def is_outside(path: str) -> bool:
    """Return whether a path in conf.py leads out of the publication's folder."""
    return Path(path).is_absolute() or os.path.normpath(path).startswith("..")


def defines_code(value: object) -> bool:
    """Return whether a setting is a function that conf.py itself defines."""
    return isinstance(value, FunctionType) and Path(value.__code__.co_filename).name == "conf.py"


def short_report(report: str) -> str:
    """Shorten Sphinx's report on a conf.py that cannot be run to its line number and the exception."""
    lines = [line.strip() for line in report.splitlines() if line.strip()]
    numbers = re.findall(r'conf\.py", line (\d+)', report)
    if len(lines) < 3:
        return " ".join(lines)
    return f"line {numbers[-1]}: {lines[-1]}" if numbers else f"{lines[0]} {lines[-1]}"


def similar_file(source: Path, root: str) -> str:
    """Suggest the Markdown file whose name is nearest to the table of contents."""
    near = difflib.get_close_matches(f"{root}.md", sorted(path.name for path in source.glob("*.md")), n=1)
    return f"; did you mean “{near[0]}”?" if near else ""
