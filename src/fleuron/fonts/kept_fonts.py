"""Keep what was found out about the fonts of pages, so that a build in which they would be the same leaves them.

Nothing here reads a font: to import what does takes longer than much of a build after a small change.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.cache_folder import stamp
from fleuron.extras import installed_version
from fleuron.fonts.font_list import listed_faces
from fleuron.fonts.page_letters import letters_in_bold, letters_of, marked_languages

# The number goes up when fonts are made otherwise than before.
FORMAT = "fleuron fonts 3"
PROGRAMS = ("fleuron", "fonttools", "brotli")
# Chinese characters, and punctuation beside them: their forms depend on the languages of elements.
EAST_ASIA = re.compile(
    "[\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00016fe0-\U00018fff\U00020000-\U000323af]"
)


def digest_of_fonts(outdir: Path, families: Mapping[str, str], language: str, letters_record: Path) -> str:
    """Return a digest of all that the fonts for the pages in ``outdir`` depend on."""
    letters, listed = sorted(letters_of(outdir, letters_record)), listed_faces()
    bold = sorted(letters_in_bold(outdir, letters_record))
    languages = sorted(marked_languages(outdir)) if any(map(EAST_ASIA.match, letters)) else []
    files = [(str(path), stamp(path)) for path in sorted({face.path for face in listed})]
    programs = [installed_version(name) for name in PROGRAMS]
    inputs = (programs, sorted(families.items()), language, letters, bold, languages, listed, files)
    return hashlib.sha256(repr(inputs).encode("utf-8", "surrogatepass")).hexdigest()


class KeptFonts:
    """A file that keeps answers to questions about fonts, each with the digest of what it depends on."""

    def __init__(self, record: Path, digest: str) -> None:
        self.record, self.digest = record, digest
        self.kept: dict[str, list[object]] = {}
        with suppress(OSError, ValueError, LookupError, TypeError):
            content = json.loads(record.read_bytes())
            if content["format"] == FORMAT:
                self.kept = dict(content["answers"])

    def find(self, question: str) -> tuple[str, ...] | None:
        """Return the answer of an earlier build; None if it may be another now, or its files are not as they were."""
        with suppress(ValueError, TypeError, AttributeError):
            digest, answer, files = self.kept.get(question, ("", (), {}))
            if digest == self.digest and all(stamp(Path(name)) == known for name, known in files.items()):  # type: ignore[attr-defined]
                return tuple(map(str, answer))  # type: ignore[call-overload]
        return None

    def keep(self, question: str, answer: Sequence[str], files: Iterable[Path] = ()) -> None:
        """Keep an answer, with the files that were written with it."""
        self.kept[question] = [self.digest, list(answer), {str(path): stamp(path) for path in files}]
        write_file(self.record, json.dumps({"format": FORMAT, "answers": self.kept}))
