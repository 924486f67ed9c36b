"""Who translated an edition, as its catalogues name them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from fleuron.editions.progress import catalogues

# What gettext's tools write where nobody has signed.
UNSIGNED = "FULL NAME"
ADDRESS = re.compile(r"\s*<[^<>]*>\s*$")


def translators(source: Path, folders: Sequence[str], language: str, documents: Collection[str]) -> tuple[str, ...]:
    """Name those who were the last to translate one of the documents, each once, without their addresses."""
    return tuple(dict.fromkeys(signatures(source, folders, language, documents)))


def signatures(source: Path, folders: Sequence[str], language: str, documents: Collection[str]) -> Iterator[str]:
    for name, path in catalogues(source, folders, language):
        if name.removesuffix(".po") in documents:
            try:
                with path.open("rb") as stream:
                    signed = ADDRESS.sub("", str(read_po(stream).last_translator)).strip()
            except (PoFileError, ValueError, LookupError):
                continue  # it is told when the edition is read
            if signed and signed != UNSIGNED:
                yield signed
