"""Every option of the press, declared once, and what the press sets where conf.py is silent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from docutils.utils.smartquotes import smartchars
from sphinx.config import Config

from fleuron.diagnostics import nearest
from fleuron.option_checks import (
    NAME,
    PAGE,
    SCHEDULER,
    TYPEFACES,
    check_imprint,
    check_languages,
    check_note_style,
    check_style_sheets,
    check_switch,
    check_text,
    check_typefaces,
    one_of,
    shaped,
)
from fleuron.publication.language_tags import language_tag, primary_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PREFIX = "fleuron_"


class ConfigurationError(SystemExit):
    """Ends the build; Sphinx 9.0 would print a traceback for its own ConfigError."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"fleuron: conf.py: {problem}")


@dataclass(frozen=True)
class Option:
    """One option: its name, default, what it does, and what a change of it makes Sphinx do again.

    ``types`` are the value's, where they are others than the default's alone.
    ``check`` returns what would be right, or None for a good value. ``rebuild`` is Sphinx's:
    ``env`` reads all sources again, ``html`` writes all pages again, the empty text does nothing.
    """

    name: str
    default: Any
    rebuild: Literal["", "env", "html"]
    check: Callable[[Any], str | None]
    meaning: str
    types: tuple[type, ...] = ()


OPTIONS = (
    Option("fleuron_languages", [], "env", check_languages,
           "The languages of the publication, the source's first; by default Sphinx's `language` alone."),
    Option("fleuron_publication", "", "html", shaped(NAME, "a file name of small Latin letters, digits and hyphens"),
           "The name of the publication in file names; by default made from `project`."),
    Option("fleuron_note_style", "opcit", "env", check_note_style,
           "The CSL style of the notes, by name; or a style for each language, such as {\"ru\": \"gost-note\"}.",
           (str, dict)),
    Option("fleuron_typefaces", TYPEFACES, "html", check_typefaces,
           "The families, as installed here, of the site's text and Arabic script: {\"text\": \"Vollkorn\"}."),
    Option("fleuron_folios", "volume", "html", one_of("volume", "article"),
           "How the folios of the PDFs run: \"volume\", through it, or \"article\", from 1 in each article."),
    Option("fleuron_pdf_executor", "processes", "", one_of("processes", "dask"),
           "Where pages are laid out: \"processes\", on this machine, or \"dask\", on a cluster."),
    Option("fleuron_pdf_scheduler", "", "", shaped(SCHEDULER, 'an address such as "tcp://10.0.0.5:8786"'),
           "The address of the Dask cluster's scheduler, by its protocol, host and port."),
    Option("fleuron_page", "165mm 240mm", "html", shaped(PAGE, 'a size such as "165mm 240mm" or "A4"'),
           "The size of the PDFs' pages, width and height, or a name such as A4."),
    Option("fleuron_pdf_css", [], "html", check_style_sheets,
           "Style sheets of the publication that are added to the PDFs' own: [\"_static/pdf.css\"]."),
    Option("fleuron_imprint", {}, "html", check_imprint,
           "The imprint: \"isbn\", \"doi\", \"license\", \"series\", \"number\", \"issn\"; \"email\", for Crossref."),
    Option("fleuron_article", "", "", check_text,
           "The one article whose PDF is made; by default all, and the volume. The Makefile sets it."),
    Option("fleuron_epub_fonts", True, "", check_switch,
           "Whether the EPUBs bring the typefaces along, cut to the letters they use."),
    Option("fleuron_epub_certifier", "", "", check_text,
           "Who vouches that the EPUBs conform to EPUB Accessibility 1.1 and WCAG 2.2 AA; nobody does by default."),
    Option("fleuron_release", "", "html", check_text,
           "The released version that is being archived, whose pages lead to the list of all. The Makefile sets it."),
    Option("fleuron_editions", [], "html", check_languages,
           "The editions that are built, whose pages link each other; by default all languages. The Makefile sets it."),
    Option("fleuron_published", [], "", check_languages,
           "Editions published earlier and not built now; a page links those that have it. `fleuron publish` sets it."),
    Option("fleuron_downloads", "", "", check_text,
           "The folder of the `pdf/` and `epub/` that the site offers as downloads; none by default. "
           "`fleuron publish` sets it."),
)  # fmt: skip

# Options of Sphinx and its extensions that authors set, and that Sphinx 9.0 takes without a look at their
# type: a text is read letter by letter, a number ends in a traceback.
LISTS = (
    *("bibtex_bibfiles", "exclude_patterns", "extensions", "html_css_files", "html_extra_path", "html_static_path"),
    *("include_patterns", "locale_dirs", "myst_enable_extensions", "templates_path"),
)
TEXTS = ("author", "html_theme", "html_title", "language", "project", "root_doc", "version")

# What a publication would otherwise have to write in its conf.py, one line each.
LENT = {
    "author": "",  # Sphinx's own default, “Author name not set”, would be printed
    "exclude_patterns": ["_build", ".venv", "README.md"],
    "gettext_compact": False,  # one catalogue for each article
    "html_copy_source": False,
    "html_math_renderer": "mathml",  # the default fetches MathJax from a network
    "html_show_sourcelink": False,
    "epub_theme": "fleuron-epub",
    "html_domain_indices": False,
    "html_theme": "fleuron",
    "html_use_index": False,
    "myst_footnote_transition": False,
    "locale_dirs": ["locale"],
    "myst_enable_extensions": ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "strikethrough"],
    "numfig": True,
    "project": "Publication",
    "toc_object_entries": False,
    "version": "draft",  # Sphinx wants one for an EPUB
}


def is_set(config: Config, name: str) -> bool:
    """Tell whether conf.py or the command line sets a value."""
    return name in config._raw_config or name in config.overrides


def check_types(values: Mapping[str, Any]) -> None:
    """Stop at a value of conf.py that is not of the type Sphinx expects."""
    for name in LISTS:
        value = values.get(name, [])
        if not isinstance(value, list | tuple | set) or not all(isinstance(each, str) for each in value):
            raise ConfigurationError(f"{name} = {value!r} is not a list of texts, such as [{str(value)!r}]")
    for name in TEXTS:
        if not isinstance(values.get(name, ""), str):
            raise ConfigurationError(f"{name} = {values[name]!r} is not a text, such as {str(values[name])!r}")


def check_options(config: Config) -> None:
    """Stop at a misspelt option or a wrong value, with one message."""
    check_types(config._raw_config)
    names = [option.name for option in OPTIONS]
    for name in (*config._raw_config, *config.overrides):
        if name.startswith(PREFIX) and name not in names:
            raise ConfigurationError(f"there is no option “{name}”{nearest(name, names)}")
    check_values(config, names)
    check_editions(config)
    check_address(config)
    if config.fleuron_pdf_executor == "dask" and not config.fleuron_pdf_scheduler:
        raise ConfigurationError("fleuron_pdf_executor = 'dask' needs fleuron_pdf_scheduler, its scheduler's address")


def check_values(config: Config, names: Iterable[str]) -> None:
    """Stop at the first of some options that has a wrong value."""
    for option in (option for option in OPTIONS if option.name in names):
        value = config[option.name]
        expected = option.check(value)
        if expected:
            raise ConfigurationError(f"{option.name} = {value!r} is not {expected}")


def check_address(config: Config) -> None:
    value = config.html_baseurl
    if value and not re.fullmatch(r'https?://[^\s/?#<>"\\^`{|}]+(/[^\s?#<>"\\^`{|}]*)?', str(value)):
        raise ConfigurationError(
            f"html_baseurl = {value!r} is not the address of the site, such as 'https://example.org/review/'"
        )


def check_editions(config: Config) -> None:
    languages = languages_of(config)
    for wanted in (language_tag(config.language), *config.fleuron_editions, *config.fleuron_published):
        if wanted not in languages:
            raise ConfigurationError(
                f"there is no edition “{wanted}”: fleuron_languages = {languages!r} does not name it"
                + nearest(wanted, languages)
            )


def lend_defaults(app: Sphinx, config: Config) -> None:
    """Set what conf.py leaves unset, so that `extensions = ["fleuron"]` is all it must say.

    This is the one place where the press writes to Sphinx's configuration: other extensions'
    options have no other public way to another default. It happens before anything reads them.
    """
    lend(config, LENT)
    lent: dict[str, Any] = {"html_title": config.project}
    # Sphinx warns of an EPUB without rights or people; the press writes none where conf.py names none.
    lent["epub_author"] = lent["epub_publisher"] = config.author or config.project
    lent["epub_copyright"] = config.copyright or config.author or config.project
    # docutils 0.22 warns of every text in a language whose quotation marks it does not know.
    lent["smartquotes"] = all(primary_language(language) in smartchars.quotes for language in languages_of(config))
    lend(config, lent)


def lend_bibliography(app: Sphinx, config: Config) -> None:
    """Set `bibtex_bibfiles` to refs.bib, if it exists, where conf.py does not set it.

    sphinxcontrib-bibtex 2.7 ends with an ExtensionError if it is not set at all.
    """
    bibliography = Path(app.confdir, "refs.bib")
    lend(config, {"bibtex_bibfiles": [bibliography.name] if bibliography.exists() else []})


def lend(config: Config, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if not is_set(config, name):
            setattr(config, name, value)


def site_address(config: Config) -> str:
    """Return the address of the folder of all editions, with a slash at its end, or an empty text."""
    return str(config.html_baseurl).rstrip("/") + "/" if config.html_baseurl else ""


def languages_of(config: Config) -> list[str]:
    """List the publication's languages, the source's first."""
    return list(config.fleuron_languages) or [language_tag(config.language)]


def typefaces_of(config: Config) -> dict[str, str]:
    """Return the family of each role; one that conf.py does not name is the default's."""
    return {**TYPEFACES, **config.fleuron_typefaces}


def add_options(app: Sphinx, names: Iterable[str]) -> None:
    """Register options by name, but those that an extension loaded earlier has registered."""
    for option in OPTIONS:
        if option.name in names and option.name not in app.config:
            app.add_config_value(option.name, option.default, option.rebuild, option.types, option.meaning)


def setup(app: Sphinx) -> None:
    add_options(app, [option.name for option in OPTIONS])
    # Before MyST and Sphinx read the values, at 500 and later (html_theme at 800).
    app.connect("config-inited", lambda _app, config: check_options(config), priority=100)
    app.connect("config-inited", lend_defaults, priority=110)
