"""Records of all articles in all editions, as files for the catalogues that want them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from fleuron.metadata.deposits.crossref import Deposit, crossref
from fleuron.metadata.deposits.datacite import datacite
from fleuron.metadata.deposits.inveniordm import inveniordm
from fleuron.metadata.library.marcxml import marcxml
from fleuron.metadata.library.oai_dc import oai_dc
from fleuron.metadata.work import Work

Writer = Callable[[Work, Sequence[Work]], bytes | str]
# The records of an article in one edition, by what their files' names end with.
WRITERS: Mapping[str, Writer] = {
    ".datacite.json": datacite,
    ".inveniordm.json": inveniordm,
    ".marc.xml": marcxml,
    ".oai_dc.xml": oai_dc,
}


def write_records(works: Sequence[Work], folder: Path, deposit: Deposit) -> None:
    """Write ``<language>/<article>.<kind>``, and of an article that has a DOI ``<article>.crossref.xml``."""
    for name in dict.fromkeys(work.name for work in works):
        editions = [work for work in works if work.name == name]
        for work in editions:
            for ending, writer in WRITERS.items():
                put(folder / work.language / f"{name}{ending}", writer(work, editions))
        put(folder / f"{name}.crossref.xml", crossref(editions, deposit) if deposit.email else b"")


def put(path: Path, content: bytes | str) -> None:
    """Write a record, or take away what an older one has left where there is none."""
    if content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    else:
        path.unlink(missing_ok=True)
