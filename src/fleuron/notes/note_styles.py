"""Find and compile the CSL styles of the notes, as `fleuron_note_style` in conf.py chooses them."""

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
from fleuron.diagnostics import did_you_mean
from fleuron.publication.language_tags import language_tag, primary_language

# The folder of a publication's own styles, beside conf.py.
STYLE_FOLDER = "styles"
DEFAULT_STYLE = "opcit"
STYLE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def style_name(config: Config, language: str) -> str:
    """Return the name of the note style of an edition."""
    chosen = config.fleuron_note_style
    if isinstance(chosen, Mapping):
        return str(chosen.get(language) or chosen.get(primary_language(language)) or DEFAULT_STYLE)
    return str(chosen or DEFAULT_STYLE)


class NoteStyles:
    """Compile each style once for each language."""

    def __init__(self) -> None:
        # The publication's own styles; `cited_sources.find_own_styles` sets it.
        self.folder = Path()
        self.compiled: dict[tuple[str, str], CompiledStyle] = {}

    def style_of(self, config: Config) -> CompiledStyle:
        """Return the compiled style of the edition that is being built."""
        language = language_tag(config.language)
        name = style_name(config, language)
        if (name, language) not in self.compiled:
            # CSL names its locale files by dialect.
            locale = PRIMARY.get(language, language)
            self.compiled[name, language] = compile_style(named_style(name, self.folder), locale)
        return self.compiled[name, language]

    def digest_of(self, config: Config) -> str:
        """Return a digest of the style of the edition that is being built, whose file its publication may change."""
        style = named_style(style_name(config, language_tag(config.language)), self.folder)
        content = etree.tostring(style.root.getroottree()) + style.default_locale.encode()
        return hashlib.sha256(content).hexdigest()


def named_style(name: str, folder: Path) -> Style:
    """Find a style by name: the publication's own, one that comes with Fleuron, or one of the public collection."""
    if not STYLE_NAME.fullmatch(name):
        raise ConfigurationError(
            f"fleuron_note_style: “{name}” is not the name of a style; write its name alone, without a folder"
        )
    return find_style(name.removesuffix(".csl"), folder)


def check_styles(app: Sphinx, config: Config) -> None:
    """End the build if a style is missing, cannot be used, or is made for citations in the text."""
    chosen = config.fleuron_note_style
    languages = languages_of(config)
    if isinstance(chosen, Mapping):
        for language in chosen:
            if language not in languages:
                raise ConfigurationError(
                    f"fleuron_note_style names the edition “{language}”; fleuron_languages = {languages!r}"
                    + did_you_mean(language, languages)
                )
    for name in sorted({style_name(config, language) for language in languages}):
        try:
            style = named_style(name, Path(app.confdir, STYLE_FOLDER))
        except StyleError as error:
            raise ConfigurationError(f"fleuron_note_style = {name!r}: {error}") from None
        if not style.is_note:
            raise ConfigurationError(
                f"fleuron_note_style = {name!r}: “{style.title or name}” is made for citations in the text; "
                "choose a style for notes"
            )


def setup(app: Sphinx) -> None:
    app.connect("config-inited", check_styles, priority=310)
