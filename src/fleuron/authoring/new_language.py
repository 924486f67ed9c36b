"""Add a language to a publication: its setting, and what the edition has and lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.authoring.settings_file import line_with, with_value
from fleuron.csl.style.locales import has_terms
from fleuron.editions.interface_words import missing_words
from fleuron.extras import missing_packages
from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.script_faces import ScriptFaces
from fleuron.fonts.script_families import package_of
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import script_of
from fleuron.publication.script_names import script_name
from fleuron.publication.typefaces import typefaces_by_script
from fleuron.publish.settings import CommandError, PublicationSettings

SETTING = "fleuron_languages"
# The scripts (ISO 15924) whose words are divided with hyphens.
HYPHENATED = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Geor"})
# How many of the interface's texts are shown that a language lacks.
SHOWN = 3


def add_to_settings(settings: PublicationSettings, language: str) -> str:
    """Add a language to fleuron_languages in conf.py; return the changed line.

    Raise CommandError, with what to write, if that is not a plain list of texts, and if it has the language.
    """
    if language in settings.languages:
        raise CommandError(f"{language} is a language of the publication already: {list(settings.languages)}")
    path = settings.source / "conf.py"
    text = path.read_bytes().decode("utf-8")
    changed = with_value(text, SETTING, language)
    if changed is None:
        wanted = str([*settings.languages, language]).replace("'", '"')
        raise CommandError(f"{path} is left as it is; write into it: {SETTING} = {wanted}")
    write_file(path, changed.encode("utf-8"))
    return line_with(changed, language)


def about_language(language: str, typefaces: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each thing that an edition in a language needs: words, those of notes, typeface, hyphenation.

    ``typefaces`` are those that conf.py names, by script.
    """
    yield f"Words of the interface: {words_of_interface(language)}"
    if not has_terms(language):
        yield "Words of notes, such as “p.”: in English, since there is no CSL locale of the language"
    yield f"Typeface: {typeface(language, typefaces)}"
    if hyphenation := hyphenation_of(language):
        yield f"Hyphenation in PDFs: {hyphenation}"


def words_of_interface(language: str) -> str:
    """Say which texts of the interface Fleuron does not have in a language, and where to write them."""
    words = missing_words(language)
    if not words:
        return "complete"
    shown = ", ".join(f"“{word}”" for word in words[:SHOWN])
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return (
        f"missing are {shown}{more}, which are in English until you write them into conf.py: "
        f'fleuron_words = {{"{language}": {{"{words[0]}": "…"}}}}'
    )


def typeface(language: str, typefaces: Mapping[str, str]) -> str:
    """Say which installed typeface has the letters of a language, or which package has one.

    The letters are those of the language's name for itself.
    """
    letters = "".join(letter for letter in Edition(language).name if letter.isalpha())
    families, code = typefaces_by_script(typefaces), script_of(language)
    script = script_name(code)
    runs = list(ScriptFaces(families, listed_faces(), language).runs(letters))
    if lacking := [run.text for run in runs if run.missing]:
        package = package_of(lacking[0][0])
        advice = f"; install one, in Debian's package {package}" if package else ""
        return f"no installed typeface has the letters of {script}{advice}. PDFs are refused until there is one"
    found = dict.fromkeys(run.face.family if run.face else text_family(code, families) for run in runs)
    return f"{', '.join(found)}, for {script} script"


def text_family(code: str, families: Mapping[str, str]) -> str:
    """Return the family that the text of a script is set in, if it needs no other."""
    return families["arabic" if code == "Arab" else "text"]


def hyphenation_of(language: str) -> str:
    """Say whether words are hyphenated in a language; "" for a script that has no hyphens, or without WeasyPrint."""
    if script_of(language) not in HYPHENATED or missing_packages("pdf"):
        return ""
    from fleuron.paged.layout.hyphenation import patterns_of

    name = patterns_of(language)
    return f"patterns of {name}" if name else "none, since pyphen has no patterns of the language"


def catalogue_folder(settings: PublicationSettings, language: str) -> Path:
    """Return the folder of a language's catalogues."""
    return settings.catalogues / language.replace("-", "_")
