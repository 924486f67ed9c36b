"""What must be known of a publication before its editions are built."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util.tags import Tags

from fleuron.config import ConfigurationError, check_types
from fleuron.diagnostics import nearest
from fleuron.option_checks import TYPEFACES, check_languages
from fleuron.publication.document_names import slug


class CommandError(SystemExit):
    """Ends a command with one message and exit code 1."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"fleuron: {problem}")


@dataclass(frozen=True)
class PublicationSettings:
    """A publication's folder, languages (the source's first) and folders for catalogues and templates.

    ``title`` is empty where conf.py names no ``project``; ``name`` is that in file names, ``families`` are its
    typefaces, ``address`` is that of its site, ``imprint`` what its imprint page says.
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

    def chosen(self, wanted: list[str]) -> list[str]:
        """The languages to build: those wanted, in the publication's order, or all."""
        for language in wanted:
            if language not in self.languages:
                raise CommandError(f"there is no edition “{language}” to build{nearest(language, self.languages)}")
        return [language for language in self.languages if not wanted or language in wanted]


def read_settings(source: Path) -> PublicationSettings:
    """Read a publication's conf.py; a mistake in it ends the command with one message."""
    if not (source / "conf.py").is_file():
        raise CommandError(f"there is no publication in {source}: it has no conf.py")
    try:
        config = Config.read(source.resolve(), overrides={}, tags=Tags())  # which goes there before it reads
    except SphinxError as error:  # a syntax error, or any exception that conf.py raises
        raise ConfigurationError(told(str(error))) from error
    values = config._raw_config
    check_types(values)
    if "fleuron" not in values.get("extensions", ()):
        raise ConfigurationError('the press is not among the extensions; write extensions = ["fleuron"]')
    root = values.get("root_doc", values.get("master_doc", "index"))
    if not any((source / f"{root}{suffix}").is_file() for suffix in (".md", ".rst")):
        raise CommandError(f"{source} has no {root}.md, the publication's table of contents{similar(source, root)}")
    languages = values.get("fleuron_languages") or [str(values.get("language", "en")).replace("_", "-")]
    if expected := check_languages(languages):
        raise ConfigurationError(f"fleuron_languages = {languages!r} is not {expected}")
    return PublicationSettings(
        source=source,
        title=values.get("project", ""),
        languages=tuple(languages),
        catalogues=source / (values.get("locale_dirs") or ["locale"])[0],
        templates=tuple(source / folder for folder in values.get("templates_path", ())),
        name=values.get("fleuron_publication") or slug(values.get("project", "Publication")),
        publisher=values.get("author", ""),
        address=str(values.get("html_baseurl", "")).rstrip("/"),
        families=tuple(dict.fromkeys((TYPEFACES | dict(values.get("fleuron_typefaces", {}))).values())),
        imprint=dict(values.get("fleuron_imprint", {})),
    )


def told(report: str) -> str:
    """Shorten what Sphinx says of a conf.py that cannot be run: its line, and the last word."""
    lines = [line.strip() for line in report.splitlines() if line.strip()]
    places = re.findall(r'conf\.py", line (\d+)', report)
    if len(lines) < 3:
        return " ".join(lines)
    return f"line {places[-1]}: {lines[-1]}" if places else f"{lines[0]} {lines[-1]}"


def similar(source: Path, root: str) -> str:
    near = difflib.get_close_matches(f"{root}.md", sorted(path.name for path in source.glob("*.md")), n=1)
    return f"; did you mean “{near[0]}”?" if near else ""
