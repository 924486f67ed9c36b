"""Add a language to a publication: its setting, and what the edition will lack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.authoring.settings_file import line_with, with_value
from fleuron.editions.interface_words import COMPLETE, ENGLISH, interface_catalogue
from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.script_faces import ScriptFaces
from fleuron.fonts.script_families import package_of
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import primary_language, script_of
from fleuron.publication.script_names import script_name
from fleuron.publication.typefaces import DEFAULT_TYPEFACES
from fleuron.publish.settings import CommandError, PublicationSettings

SETTING = "fleuron_languages"
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


def missing_words(language: str) -> list[str]:
    """List the texts of the interface that Fleuron does not have in a language, in English."""
    if primary_language(language) == ENGLISH:
        return []
    known = interface_catalogue(language)
    return [text for text in interface_catalogue(COMPLETE) if text not in known]


def missing_typeface(language: str) -> str:
    """Say which typeface the letters of a language lack on this machine; "" if they have one.

    The letters are those of the language's name for itself.
    """
    letters = [letter for letter in Edition(language).name if letter.isalpha()]
    faces = ScriptFaces(DEFAULT_TYPEFACES, listed_faces(), language)
    lacking = [run.text for run in faces.runs("".join(letters)) if run.missing]
    if not lacking:
        return ""
    script = script_name(script_of(language))
    package = package_of(lacking[0][0])
    return f"no installed typeface has the letters of {script}" + (f" (Debian: {package})" if package else "")


def needs_of_language(language: str) -> Iterator[str]:
    """Yield a line for each thing that the edition in a language lacks: words of the interface, and a typeface."""
    if words := missing_words(language):
        shown = ", ".join(f"“{word}”" for word in words[:SHOWN])
        more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
        yield (
            f"The interface has no texts in {Edition(language).name}, and is in English: write them into conf.py, "
            f'fleuron_words = {{"{language}": {{"{words[0]}": "…"}}}}, for {shown}{more}'
        )
    if problem := missing_typeface(language):
        yield f"{problem}: PDFs are refused until there is one"


def catalogue_folder(settings: PublicationSettings, language: str) -> Path:
    """Return the folder of a language's catalogues."""
    return settings.catalogues / language.replace("-", "_")
