"""Find and compile the CSL styles of notes and of citations in the text, as conf.py chooses them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from lxml import etree
from sphinx.application import Sphinx
from sphinx.config import Config

from fleuron.config import ConfigurationError, languages_of
from fleuron.csl.rendering.compiled_style import CompiledStyle, compile_style
from fleuron.csl.style.locales import PRIMARY
from fleuron.csl.style.style_files import Style, find_style
from fleuron.csl.style.xml import StyleError
from fleuron.diagnostics.similar_names import did_you_mean
from fleuron.publication.language_tags import language_tag, primary_language

# The folder of a publication's own styles, beside conf.py.
STYLE_FOLDER = "styles"
DEFAULT_STYLE = "opcit"
OPTIONS = ("fleuron_note_style", "fleuron_cite_style")
STYLE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def style_name(config: Config, language: str, option: str = "fleuron_note_style") -> str:
    """Return the name of a style of an edition; "" if citations in the text have none."""
    chosen = config[option]
    default = DEFAULT_STYLE if option == "fleuron_note_style" else ""
    if isinstance(chosen, Mapping):
        return str(chosen.get(language) or chosen.get(primary_language(language)) or default)
    return str(chosen or default)


class NoteStyles:
    """Compile each style once for each language."""

    def __init__(self) -> None:
        # The publication's own styles; `cited_sources.find_own_styles` sets it.
        self.folder = Path()
        self.found: dict[str, Style] = {}
        self.compiled: dict[tuple[str, str], CompiledStyle] = {}

    def style_of(self, config: Config) -> CompiledStyle:
        """Return the compiled note style of the edition that is being built."""
        return self.compile(config, style_name(config, language_tag(config.language)))

    def cite_style_of(self, config: Config) -> CompiledStyle | None:
        """Return the compiled style of an edition's citations in the text; None if it has none."""
        name = style_name(config, language_tag(config.language), "fleuron_cite_style")
        return self.compile(config, name) if name else None

    def compile(self, config: Config, name: str) -> CompiledStyle:
        language = language_tag(config.language)
        if (name, language) not in self.compiled:
            # CSL names its locale files by dialect.
            locale = PRIMARY.get(language, language)
            self.compiled[name, language] = compile_style(self.named(name), locale)
        return self.compiled[name, language]

    def named(self, name: str) -> Style:
        """Return a style, which is read once."""
        if name not in self.found:
            self.found[name] = named_style(name, self.folder)
        return self.found[name]

    def digest_of(self, config: Config) -> str:
        """Return a digest of the styles of the edition that is being built, whose files its publication may change."""
        digest = hashlib.sha256()
        for option in OPTIONS:
            if name := style_name(config, language_tag(config.language), option):
                style = self.named(name)
                digest.update(etree.tostring(style.root.getroottree()) + style.default_locale.encode())
        return digest.hexdigest()


def named_style(name: str, folder: Path, option: str = "fleuron_note_style") -> Style:
    """Find a style by name: the publication's own, one that comes with Fleuron, or one of the public collection."""
    if not STYLE_NAME.fullmatch(name):
        raise ConfigurationError(
            f"{option}: “{name}” is not the name of a style; write its name alone, without a folder"
        )
    return find_style(name.removesuffix(".csl"), folder)


def check_styles(app: Sphinx, config: Config) -> None:
    """End the build if a style is missing, cannot be used, or is made for the other kind of citations."""
    languages = languages_of(config)
    for option in OPTIONS:
        if isinstance(config[option], Mapping):
            for language in config[option]:
                if language not in languages:
                    raise ConfigurationError(
                        f"{option} names the edition “{language}”; fleuron_languages = {languages!r}"
                        + did_you_mean(language, languages)
                    )
        for name in sorted({style_name(config, language, option) for language in languages} - {""}):
            check_style(name, option, Path(app.confdir, STYLE_FOLDER))


def check_style(name: str, option: str, folder: Path) -> None:
    """Raise ConfigurationError if a style cannot be used for the citations of an option."""
    try:
        style = named_style(name, folder, option)
    except StyleError as error:
        raise ConfigurationError(f"{option} = {name!r}: {error}") from None
    kinds = ("citations in the text", "notes")
    if style.is_note != (option == "fleuron_note_style"):
        made, wanted = (kinds[1], kinds[0]) if style.is_note else kinds
        raise ConfigurationError(
            f"{option} = {name!r}: “{style.title or name}” is made for {made}; choose a style for {wanted}"
        )


def setup(app: Sphinx) -> None:
    app.connect("config-inited", check_styles, priority=310)
