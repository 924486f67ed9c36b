"""Declare the options of Fleuron in conf.py, check them, and set defaults of Sphinx's options for a publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sphinx.config import Config

from fleuron.diagnostics.similar_names import suggestion
from fleuron.look.print_settings import check_print
from fleuron.option_checks import (
    FILE_NAME,
    PAGE_SIZE,
    SCHEDULER_ADDRESS,
    check_boolean,
    check_cite_style,
    check_imprint,
    check_languages,
    check_look,
    check_names,
    check_note_style,
    check_rules,
    check_share,
    check_string,
    check_style_sheets,
    check_words,
    matching,
    one_of,
    wrong_type,
)
from fleuron.publication.document_names import CONTRIBUTOR_FOLDER, has_contributors
from fleuron.publication.language_tags import language_tag
from fleuron.publication.typefaces import DEFAULT_TYPEFACES, check_typefaces, typefaces_by_script
from fleuron.sphinx_defaults import (
    ARCHIVED_SOURCES,
    DEFAULTS_FOR_PUBLICATIONS,
    DEFAULTS_FOR_TEXTS,
    MARKUP_OF_PUBLICATIONS,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PREFIX = "fleuron_"


class ConfigurationError(SystemExit):
    """End the build with one message; Sphinx 9.0 would print a traceback for its own ConfigError."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"fleuron: conf.py: {problem}")


@dataclass(frozen=True)
class Option:
    """An option of Fleuron in conf.py.

    ``check`` returns what a value must be, or None if it is valid. ``rebuild`` is Sphinx's: after a change, ``env``
    reads all sources again, ``html`` writes all pages again, and the empty string does neither. ``meaning`` is Markdown
    for the reference of options. ``types`` are the types of a value, if the type of the default is not the only one.
    """

    name: str
    default: Any
    rebuild: Literal["", "env", "html"]
    check: Callable[[Any], str | None]
    meaning: str
    types: tuple[type, ...] = ()


OPTIONS = (
    Option(
        "fleuron_languages", [], "env", check_languages,
        "The languages of the publication, as BCP 47 tags, beginning with that of the sources: `[\"en\", \"tr\"]`. "
        "By default, Sphinx's `language` alone.",
    ),
    Option(
        "fleuron_edition_threshold", 0.9, "html", check_share,
        "The share of an article's words, from 0 to 1, that must be printed translated for an edition to offer it. "
        "Below it, the edition names the article as in the source's language only, and links the source's page. With "
        "0, each edition has all articles.",
        (int, float),
    ),
    Option(
        "fleuron_stale", "source", "env", one_of("source", "translation"),
        "What an edition prints of a text that has changed since it was translated (`fuzzy`): the `\"source\"`, or the "
        "older `\"translation\"`, marked as such.",
    ),
    Option(
        "fleuron_publication", "", "html",
        matching(FILE_NAME, "a file name of small Latin letters, digits and hyphens"),
        "The name of the publication in file names, in small Latin letters, digits and hyphens. "
        "By default, it is made from `project`.",
    ),
    Option(
        "fleuron_cite_style", "", "env", check_cite_style,
        "The citation style (CSL) of citations in the text (`{cite}`), and of the lists of sources with them: a name "
        "for all languages, or a dictionary of names by language. By default, they are letters and a year.",
        (str, dict),
    ),
    Option(
        "fleuron_note_style", "opcit", "env", check_note_style,
        "The citation style (CSL) of the notes: a name for all languages, or a dictionary of names by language, "
        "such as `{\"ru\": \"gost-note\"}`.",
        (str, dict),
    ),
    Option(
        "fleuron_typefaces", DEFAULT_TYPEFACES, "html", check_typefaces,
        "The typefaces of the text, of Arabic script and of code in PDFs, by the names of fonts that are installed on "
        "the machine that builds: `{\"text\": \"Vollkorn\", \"code\": \"DejaVu Sans Mono\"}`; and those of "
        "other scripts, by their English names or ISO 15924 codes: "
        "`{\"greek\": \"GFS Didot\", \"Hebr\": \"Frank Ruehl CLM\"}`. A letter that they "
        "lack is set in the first installed typeface that has it, of a list for its script that begins with Noto's.",
    ),
    Option(
        "fleuron_words", {}, "env", check_words,
        "Words of the interface in the publication's own wording, by language and English text: "
        "`{\"de\": {\"Sources\": \"Literatur\"}}`. They go before those of Fleuron, which has English, Turkish, "
        "Russian, Persian, German, French and Arabic; a language that it lacks can be given all of them.",
    ),
    Option(
        "fleuron_missing_characters", "refuse", "html", one_of("refuse", "box"),
        "What happens to a character that no installed typeface has: `\"refuse\"` ends the build of the PDFs, "
        "`\"box\"` prints its number in a box, as does a project with a theme of its own that has no contributors and "
        "does not set the option.",
    ),
    Option(
        "fleuron_folios", "volume", "html", one_of("volume", "issue", "article"),
        "How the pages of the PDFs are numbered: `\"volume\"` counts through the whole volume, in a journal through "
        "the issues of each volume, the oldest first; `\"issue\"` begins with 1 in each issue, and `\"article\"` in "
        "each article.",
    ),
    Option(
        "fleuron_openings", "recto", "html", one_of("recto", "any"),
        "On which pages of the volume articles begin: `\"recto\"`, after a blank page where one is needed, or on "
        "`\"any\"`. With `fleuron_folios = \"article\"`, each begins on a recto.",
    ),
    Option(
        "fleuron_numbering", "article", "env", one_of("article", "volume"),
        "How figures and tables are numbered: `\"article\"` begins with 1 in each article, `\"volume\"` counts "
        "through the whole publication, as in a monograph.",
    ),
    Option(
        "fleuron_pdf_executor", "processes", "", one_of("processes", "dask"),
        "Where the pages of the PDFs are laid out, and texts are read if there are many: in `\"processes\"` of this "
        "machine, or on a `\"dask\"` cluster, whose workers read texts if they have the same folder as this machine.",
    ),
    Option(
        "fleuron_pdf_scheduler", "", "",
        matching(SCHEDULER_ADDRESS, 'an address such as "tcp://10.0.0.5:8786"'),
        "The address of the scheduler of the Dask cluster: its protocol, host and port.",
    ),
    Option(
        "fleuron_page", "165mm 240mm", "html", matching(PAGE_SIZE, 'a size such as "165mm 240mm" or "A4"'),
        "The size of the pages of the PDFs: a width and a height, or a name such as `\"A4\"`.",
    ),
    Option(
        "fleuron_print", "screen", "", check_print,
        "Whether a file for a printer is made of each volume and issue, beside that for the screen: `\"pod\"` makes a "
        "PDF/X-4 of the same pages in black ink, in `pdf/print/`. In its place, a dictionary says more: `\"trim\"`, "
        "the size of the trimmed page, if it is not that of `fleuron_page`; `\"bleed\"` (`\"3mm\"`); `\"crop_marks\"`; "
        "`\"paper\"`, the thickness of a leaf (`\"0.1mm\"`) or the pages to the inch (`\"440ppi\"`), from which the "
        "width of the spine is reported; `\"profile\"`, an ICC profile in the publication's folder, for colours, and "
        "`\"condition\"`, the registered name of the printing condition that it describes (`\"FOGRA51\"`).",
        (str, dict),
    ),
    Option(
        "fleuron_pdf_css", [], "html", check_style_sheets,
        "Style sheets of the publication that are added to those of the PDFs: `[\"_static/pdf.css\"]`.",
    ),
    Option(
        "fleuron_imprint", {}, "html", check_imprint,
        "What the imprint says of the publication: `\"publisher\"` (by default `author`), `\"isbn\"`, `\"doi\"`, "
        "`\"place\"`, where that is, `\"license\"`, `\"series\"`, `\"number\"` and `\"issn\"`; "
        "`\"frequency\"`, how often it appears, such as `quarterly`, for catalogues; "
        "`\"version_doi\"`, a pattern such as `{doi}.{version}`, by which each released version has a DOI; and for "
        "Crossref `\"email\"`, the depositor's address, and `\"crossmark_policy\"`, the DOI of the policy on "
        "corrections, without which Crossref takes no corrections and retractions.",
    ),
    Option(
        "fleuron_theme", {}, "html", check_look,
        "The looks of the publication: `\"accent\"`, the colour of links and ornaments (`\"#8a2b1c\"`), and "
        "`\"accent-dark\"`, that of dark pages, by default a lighter one; `\"mark\"`, an SVG file of one colour in "
        "place of Fleuron's mark: before the title of the site, in the browser's tab, on covers and title pages; "
        "`\"logo\"`, a picture in place of mark and title at the head of the site; `\"footer\"`, a line of Markdown at "
        "the foot of its pages, or one for each language. Sphinx's `html_favicon` sets the icon in the browser's tab.",
    ),
    Option("fleuron_look", {}, "html", check_look, "An earlier name of `fleuron_theme`."),
    Option(
        "fleuron_editors", [], "html", check_names,
        "Who has edited the volume, by the names of files in authors/: `[\"ada\"]`. They are named on its title page, "
        "in place of the authors, and in its records.",
    ),
    Option(
        "fleuron_article", "", "", check_string,
        "The article whose PDF is built. By default, the PDFs of the volume and of all articles are built. "
        "`fleuron publish` sets it.",
    ),
    Option(
        "fleuron_issue", "", "", check_string,
        "The issue whose PDF or EPUB is built, by the name of its file in issues/. `fleuron publish` sets it.",
    ),
    Option(
        "fleuron_epub_fonts", True, "", check_boolean,
        "Whether the EPUBs contain the fonts, reduced to the characters that they use.",
    ),
    Option(
        "fleuron_epub_certifier", "", "", check_string,
        "Who certifies that the EPUBs conform to EPUB Accessibility 1.1 and WCAG 2.2 AA. By default, nobody does, and "
        "the EPUBs do not claim it.",
    ),
    Option(
        "fleuron_release", "", "html", check_string,
        "The released version that is being archived; its pages link the list of all versions. "
        "`fleuron archive` sets it.",
    ),
    Option(
        "fleuron_editions", [], "html", check_languages,
        "The editions that are built now, by language; their pages link each other. By default, it is only that of "
        "`language`. `fleuron publish` sets it.",
    ),
    Option(
        "fleuron_published", [], "", check_languages,
        "Published editions that are not built now, by language; a page links them where they have that page. "
        "`fleuron publish` sets it.",
    ),
    Option(
        "fleuron_checks_off", [], "", check_rules,
        "The rules that `fleuron check` does not apply: `[\"unused-entry\"]`.",
    ),
    Option(
        "fleuron_older_books", False, "html", check_boolean,
        "Whether the site offers a PDF or EPUB of an older text, with the day on which it was made. By default, it "
        "offers only those of the text that its pages have.",
    ),
    Option(
        "fleuron_keep_going", False, "", check_boolean,
        "Whether an edition with errors is published all the same, where it can be written. "
        "`fleuron publish --keep-going` sets it.",
    ),
    Option(
        "fleuron_untrusted", False, "env", check_boolean,
        "Whether HTML in texts is shown as text. `fleuron publish --untrusted` sets it.",
    ),
    Option(
        "fleuron_downloads", "", "", check_string,
        "The folder of `pdf/` and `epub/`, whose files the site offers for download. By default, there is none. "
        "`fleuron publish` sets it.",
    ),
)  # fmt: skip


def is_set(config: Config, name: str) -> bool:
    """Return whether conf.py or the command line sets an option."""
    return name in config._raw_config or name in config.overrides


def check_types(values: Mapping[str, Any]) -> None:
    """Raise ConfigurationError if one of Sphinx's own options has a value of the wrong type."""
    if problem := wrong_type(values):
        raise ConfigurationError(problem)


def check_options(config: Config) -> None:
    """Raise ConfigurationError for an unknown option or an invalid value."""
    check_types(config._raw_config)
    names = [option.name for option in OPTIONS]
    for name in (*config._raw_config, *config.overrides):
        if name.startswith(PREFIX) and name not in names:
            raise ConfigurationError(f"there is no option “{name}”{suggestion(name, names)}")
    check_values(config, names)
    check_editions(config)
    check_site_address(config)
    if config.fleuron_pdf_executor == "dask" and not config.fleuron_pdf_scheduler:
        raise ConfigurationError("fleuron_pdf_executor = 'dask' needs fleuron_pdf_scheduler, the scheduler's address")


def check_values(config: Config, names: Iterable[str]) -> None:
    """Raise ConfigurationError if one of the named options has an invalid value."""
    for option in OPTIONS:
        if option.name in names and (expected := option.check(config[option.name])):
            raise ConfigurationError(f"{option.name} = {config[option.name]!r}: the value must be {expected}")


def check_site_address(config: Config) -> None:
    """Raise ConfigurationError if html_baseurl is set and is not an http address of a folder."""
    value = config.html_baseurl
    if value and not re.fullmatch(r'https?://[^\s/?#<>"\\^`{|}]+(/[^\s?#<>"\\^`{|}]*)?', str(value)):
        raise ConfigurationError(
            f"html_baseurl = {value!r}: the value must be the address of the site, such as 'https://example.org/review/'"
        )


def check_editions(config: Config) -> None:
    """Raise ConfigurationError if an edition is to be built that is not in fleuron_languages."""
    languages = languages_of(config)
    for wanted in (language_tag(config.language), *config.fleuron_editions, *config.fleuron_published):
        if wanted not in languages:
            raise ConfigurationError(
                f"there is no edition “{wanted}”: it is not in fleuron_languages = {languages!r}"
                + suggestion(wanted, languages)
            )


def set_defaults(app: Sphinx, config: Config) -> None:
    """Set options of Sphinx that conf.py does not set, so that it need say no more than `extensions = ["fleuron"]`.

    This is the one place where Fleuron changes Sphinx's configuration as a whole: there is no public way to change the
    default of another extension's option. It runs before anything reads the values.
    """
    if has_own_theme(config):
        if has_contributors(Path(app.srcdir)):
            # A publication in another theme: without these, its translations and marks of languages would be lost.
            set_if_unset(config, DEFAULTS_FOR_TEXTS)
            enable_markup(config)
        return
    set_if_unset(config, DEFAULTS_FOR_PUBLICATIONS)
    config.exclude_patterns = [*config.exclude_patterns, *ARCHIVED_SOURCES]
    enable_markup(config)
    set_if_unset(config, {"html_title": config.project})
    if logo := theme_of(config).get("logo"):
        set_if_unset(config, {"html_logo": logo})
    if config.fleuron_numbering == "volume":
        # Otherwise those in a numbered table of contents would begin anew: 1, 2, 1.1, 3.
        set_if_unset(config, {"numfig_secnum_depth": 0})


def enable_markup(config: Config) -> None:
    """Enable the markup of MyST that every publication has."""
    enabled = sorted(config.myst_enable_extensions)
    config.myst_enable_extensions = [*enabled, *(name for name in MARKUP_OF_PUBLICATIONS if name not in enabled)]


def has_own_theme(config: Config) -> bool:
    """Return whether conf.py sets a theme other than Fleuron's: it is a project that has looks of its own."""
    return is_set(config, "html_theme") and config.html_theme != "fleuron"


def check_editors(app: Sphinx, config: Config) -> None:
    """Raise ConfigurationError for an editor without a file in authors/."""
    known = [path.stem for path in sorted(Path(app.srcdir, CONTRIBUTOR_FOLDER).glob("*.*"))]
    for editor in config.fleuron_editors:
        if editor not in known:
            raise ConfigurationError(
                f"fleuron_editors: the editor “{editor}” has no file in {CONTRIBUTOR_FOLDER}{suggestion(editor, known)}"
            )


def set_default_bibliography(app: Sphinx, config: Config) -> None:
    """Set bibtex_bibfiles to refs.bib, if that exists, unless conf.py sets it.

    sphinxcontrib-bibtex 2.7 ends with an ExtensionError if it is not set at all.
    """
    bibliography = Path(app.confdir, "refs.bib")
    set_if_unset(config, {"bibtex_bibfiles": [bibliography.name] if bibliography.is_file() else []})


def set_if_unset(config: Config, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if not is_set(config, name):
            setattr(config, name, value)


def site_address(config: Config) -> str:
    """Return the address of the site, the folder of all editions, with a slash at its end; "" if it is not known."""
    return str(config.html_baseurl).rstrip("/") + "/" if config.html_baseurl else ""


def languages_of(config: Config) -> list[str]:
    """Return the languages of the publication as BCP 47 tags, that of the sources first."""
    return list(config.fleuron_languages) or [language_tag(config.language)]


def theme_of(config: Config) -> dict[str, Any]:
    """Return the looks of the publication, by either name of their option."""
    return {**config.fleuron_look, **config.fleuron_theme}


def typefaces_of(config: Config) -> dict[str, str]:
    """Return the typeface of each role, by conf.py or by default, and of scripts by their ISO 15924 codes."""
    return typefaces_by_script(config.fleuron_typefaces)


def add_options(app: Sphinx, names: Iterable[str]) -> None:
    """Register the named options, except those that another of Fleuron's extensions has registered already."""
    for option in OPTIONS:
        if option.name in names and option.name not in app.config:
            app.add_config_value(option.name, option.default, option.rebuild, option.types, option.meaning)


def setup(app: Sphinx) -> None:
    add_options(app, [option.name for option in OPTIONS])
    # Before MyST and Sphinx read the values, at 500 and later (html_theme at 800).
    app.connect("config-inited", lambda _app, config: check_options(config), priority=100)
    app.connect("config-inited", set_defaults, priority=110)
    app.connect("config-inited", check_editors, priority=120)
