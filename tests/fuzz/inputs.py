"""What inputs for each parser are made of: the pieces of its grammar, and valid inputs that are changed."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tests.support.publications import ROOT

FOLDER = Path(__file__).parent
# How the pieces in the files write what is not a printable character, or would end a piece.
ESCAPES = {
    r"\s": " ", r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\x00": "\0", r"\u2028": "\u2028", r"\u00a0": "\u00a0",
    r"\ufeff": "\ufeff", r"\u202e": "\u202e", r"\u0301": "\u0301", r"\ud800": r"\ud800",
}  # fmt: skip
# Documents of the tests of imports.
IMPORTED = {"google-document": "google.html", "wordpress": "blog.xml"}


@cache
def pieces_of(name: str) -> list[bytes]:
    """Return the pieces of a parser's grammar."""
    found = []
    for written in (
        (FOLDER / "pieces" / f"{name.removeprefix('inline-').removeprefix('merged-')}.txt").read_text("utf-8").split()
    ):
        piece = written
        for escape, character in ESCAPES.items() if name != "formula" else ():
            piece = piece.replace(escape, character)
        found.append(piece.encode())
    return found


@cache
def valid_inputs(name: str) -> list[bytes]:
    """Return inputs that a parser reads: those in files of these tests, and of the sample."""
    found = [path.read_bytes() for path in sorted((FOLDER / "valid" / name).glob("*"))]
    if name == "bibliography":
        found.append((ROOT / "refs.bib").read_bytes())
    if name in ("catalogue", "merged-catalogue"):
        found.append((ROOT / "locale/tr/LC_MESSAGES/articles/footnote.po").read_bytes()[:3000])
    if name == "front-matter":
        found.append((ROOT / "articles/footnote.md").read_bytes()[:2000])
    if name == "style":
        found.append((ROOT / "src/fleuron/csl/style/house_styles/gost-note.csl").read_bytes())
    if name in IMPORTED:
        found.append((ROOT / "tests/importing/documents" / IMPORTED[name]).read_bytes())
    if name == "tar":
        found.append(tar())
    return found


def tar() -> bytes:
    """Return a small .tar with a folder, a long name and a name that is not ASCII."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as made:
        folder = tarfile.TarInfo("bag")
        folder.type = tarfile.DIRTYPE
        made.addfile(folder)
        for name in ("bag/a.txt", f"bag/{'x' * 120}.txt", "bag/é.txt"):
            member = tarfile.TarInfo(name)
            member.size = 1
            made.addfile(member, io.BytesIO(b"x"))
    return stream.getvalue()


def inputs(name: str) -> st.SearchStrategy[bytes]:
    """Any order of the pieces of a grammar, with anything between them; or a valid input with a few changes."""
    piece = st.sampled_from(pieces_of(name))
    odd = st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=4)
    many = st.builds(bytes.__mul__, piece, st.sampled_from([2, 3, 40, 1000]))
    written = st.lists(st.one_of(piece, piece, piece, odd, many), max_size=24).map(b"".join)
    change = st.tuples(
        st.integers(0, 2**16), st.sampled_from([0, 0, 1, 3, 20, 200]), st.one_of(piece, piece, odd, many)
    )
    changed = st.builds(with_changes, st.sampled_from(valid_inputs(name)), st.lists(change, max_size=5))
    return st.one_of(written, changed)


def with_changes(content: bytes, changes: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Return an input with pieces put in, each at a position and in place of a number of bytes."""
    for position, length, piece in changes:
        at = position % (len(content) + 1)
        content = content[:at] + piece + content[at + length :]
    return content
