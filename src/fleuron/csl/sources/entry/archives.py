"""Read where a document is kept in an archive: fond, opis, delo and leaves, or box, folder and folios.

They become one text, `archive_location`, because CSL has no variables for them; its abbreviations are those of the
archive, as scholars cite them whatever language they write in. Their script is that in which the archive is named: an
English letter in РГАДА has «ф.», a Russian one in RGADA “f.”; else it is that of the entry's language (`langid`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fleuron.csl.sources.entry.bib_entry import FieldReader
from fleuron.csl.sources.entry.languages import language_tag
from fleuron.csl.sources.entry.titles import Texts

ARCHIVAL = "archival"
# The fields in their order, each with its abbreviations: that of one and that of several.
LATIN = {
    **{"fond": ("f.", "ff."), "opis": ("op.", "op."), "delo": ("d.", "dd.")},
    **{"box": ("box", "boxes"), "folder": ("folder", "folders")},
}
CYRILLIC = {
    **{"fond": ("ф.", "ф."), "opis": ("оп.", "оп."), "delo": ("д.", "д.")},
    **{"box": ("кор.", "кор."), "folder": ("папка", "папки")},
}
TURKISH = {**LATIN, "box": ("kutu", "kutu"), "folder": ("dosya", "dosya")}
FRENCH = {**LATIN, "box": ("boîte", "boîtes"), "folder": ("dossier", "dossiers")}
GERMAN = {**LATIN, "box": ("Karton", "Kartons"), "folder": ("Mappe", "Mappen")}
SLAVIC = ("ru", "uk", "be", "bg", "sr", "kk")
BY_LANGUAGE = {**dict.fromkeys(SLAVIC, CYRILLIC), "tr": TURKISH, "fr": FRENCH, "de": GERMAN}
# Leaves: of a delo, of anything else, and in Cyrillic.
LEAVES, FOLIOS, CYRILLIC_LEAVES = ("l.", "ll."), ("fol.", "fols."), ("л.", "л.")
CYRILLIC_LETTER, LATIN_LETTER = re.compile("[Ѐ-ӿ]"), re.compile("[A-Za-zÀ-ɏ]")
SEVERAL = re.compile(r"[,;–—-]")


def archive_details(reader: FieldReader, found: Texts) -> Texts:
    """Return the name, the place and the location of an archive; ``found`` are the publication details.

    The place of an entry of this type is that of the archive, and its library the archive itself.
    """
    details: Texts = {}
    location = ", ".join(parts_of(reader))
    if location and not reader.has("archivelocation"):
        details["archive_location"] = location
    if reader.entry.type == ARCHIVAL:
        place = found.pop("publisher-place", "")
        details |= {} if reader.has("archiveplace") else {"archive-place": place}
    return {variable: text for variable, text in details.items() if text}


def parts_of(reader: FieldReader) -> Iterator[str]:
    """Yield the fields that the entry has, each after its abbreviation."""
    labels = labels_of(reader)
    leaves = CYRILLIC_LEAVES if labels is CYRILLIC else LEAVES if reader.has("fond", "delo") else FOLIOS
    for field, (one, several) in {**labels, "folios": leaves}.items():
        if number := re.sub(r"(?<=[0-9])\s*-+\s*(?=[0-9])", "–", reader.text(field)):
            yield f"{several if SEVERAL.search(number) else one}\u00a0{number}"


def labels_of(reader: FieldReader) -> Mapping[str, tuple[str, str]]:
    """Return the abbreviations by the script of the archive's name, and by the language of the entry."""
    tag = (language_tag(reader.entry.fields["langid"].text) if reader.has("langid") else "") or ""
    labels = LATIN if "Latn" in tag else BY_LANGUAGE.get(tag.partition("-")[0], LATIN)
    archive = reader.text("library")
    if CYRILLIC_LETTER.search(archive):
        return CYRILLIC
    return LATIN if labels is CYRILLIC and LATIN_LETTER.search(archive) else labels
