"""The result of a bag: every damage is found, and its path is told."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

import fleuron.archive.bag.verification
from fleuron.archive.bag.bag_files import Fault
from fleuron.archive.bag.manifests import MOST_PROBLEMS
from fleuron.archive.bag.verification import find_faults, verify_files
from fleuron.archive.bag.writing import root_hash, write_bag
from tests.archive.test_bag import FILES, INFO, added, listing, make, read, replaced, without

MANIFEST, TAG_MANIFEST = "manifest-sha512.txt", "tagmanifest-sha512.txt"
TURKISH, RUSSIAN, PERSIAN = "data/tr/ışık ve İzmir.txt", "data/ru/Ёжик.html", "data/fa/نیم\u200cفاصله.txt"
EMPTY = hashlib.sha512(b"").hexdigest()

Damage = Callable[[Path], object]


def flipped(path: str) -> Damage:
    """Turn one bit of a file over, and keep its size and date."""

    def damage(bag: Path) -> None:
        content, status = bytearray((bag / path).read_bytes()), (bag / path).stat()
        content[len(content) // 2] ^= 1
        (bag / path).write_bytes(content)
        os.utime(bag / path, ns=(status.st_atime_ns, status.st_mtime_ns))

    return damage


def cut(path: str, octets: int = 1) -> Damage:
    return lambda bag: (bag / path).write_bytes((bag / path).read_bytes()[:-octets])


def emptied(path: str) -> Damage:
    return lambda bag: (bag / path).write_bytes(b"")


def removed(path: str) -> Damage:
    return lambda bag: (bag / path).unlink()


def renamed(path: str, new: str) -> Damage:
    return lambda bag: (bag / path).rename(bag / new)


def swapped(one: str, two: str) -> Damage:
    def damage(bag: Path) -> None:
        (bag / one).rename(bag / "data/aside")
        (bag / two).rename(bag / one)
        (bag / "data/aside").rename(bag / two)

    return damage


def prefixed(path: str, octets: bytes) -> Damage:
    return lambda bag: (bag / path).write_bytes(octets + (bag / path).read_bytes())


def suffixed(path: str, octets: bytes) -> Damage:
    return lambda bag: (bag / path).write_bytes((bag / path).read_bytes() + octets)


def line_of(path: str, change: Callable[[str], str]) -> Damage:
    """Change one line of the manifest."""

    def damage(bag: Path) -> None:
        lines = (bag / MANIFEST).read_text("utf-8").splitlines(keepends=True)
        assert sum(line.endswith(f"  {path}\n") for line in lines) == 1
        changed = [change(line) if line.endswith(f"  {path}\n") else line for line in lines]
        (bag / MANIFEST).write_text("".join(changed), "utf-8")

    return damage


def covered(damage: Damage) -> Damage:
    """Do damage, and write the tag manifest again, so that it tells nothing."""

    def act(bag: Path) -> None:
        damage(bag)
        found = read(bag)
        tags = [path for path in found if not path.startswith("data/") and path != TAG_MANIFEST]
        (bag / TAG_MANIFEST).write_text(listing(found, tags), "utf-8")

    return act


def doubled(line: str) -> str:
    return line + line


# What is done to a bag; the path that is told, and a part of what is told of it.
DAMAGES: dict[str, tuple[Damage, str, str]] = {
    "a bit of the payload": (flipped(TURKISH), TURKISH, "has changed"),
    "a bit of a page": (flipped(RUSSIAN), RUSSIAN, "has changed"),
    "a bit of a file with a per cent": (flipped("data/50% off.txt"), "data/50% off.txt", "has changed"),
    "a file is cut": (cut("data/one/two.txt", 300), "data/one/two.txt", "has changed"),
    "a file is longer": (suffixed(PERSIAN, b"\n"), PERSIAN, "has changed"),
    "a file is emptied": (emptied("data/one/same.txt"), "data/one/same.txt", "is empty now"),
    "an empty file is filled": (suffixed("data/empty", b"x"), "data/empty", "has changed"),
    "a file is removed": (removed(PERSIAN), PERSIAN, "is missing"),
    "an empty file is removed": (removed("data/empty"), "data/empty", "is missing"),
    "a folder is removed": (lambda bag: shutil.rmtree(bag / "data/one"), "data/one/two.txt", "is missing"),
    "the payload is removed": (lambda bag: shutil.rmtree(bag / "data"), "data", "is missing"),
    "a file is added": (added("data/new.txt", "new"), "data/new.txt", f"is not listed in {MANIFEST}"),
    "an empty file is added": (added("data/.keep"), "data/.keep", f"is not listed in {MANIFEST}"),
    "a file is renamed": (
        renamed(RUSSIAN, "data/ru/Ёж.html"),
        "data/ru/Ёж.html",
        f"it has the content that {RUSSIAN} had",
    ),
    "the old name of it": (renamed(RUSSIAN, "data/ru/Ёж.html"), RUSSIAN, "is missing"),
    "a folder is renamed": (
        renamed("data/tr", "data/az"),
        TURKISH.replace("/tr/", "/az/"),
        f"it has the content that {TURKISH} had",
    ),
    "a file moves out of the payload": (renamed("data/empty", "empty"), "empty", f"is not listed in {TAG_MANIFEST}"),
    "two files are swapped": (swapped(TURKISH, "data/one.txt"), TURKISH, "content that data/one.txt had"),
    "the other of them": (swapped(TURKISH, "data/one.txt"), "data/one.txt", f"it has the content that {TURKISH} had"),
    "a name is decomposed": (
        renamed(TURKISH, unicodedata.normalize("NFD", TURKISH)),
        unicodedata.normalize("NFD", TURKISH),
        "is not in Unicode normalization form NFC",
    ),
    "a name is a capital": (
        renamed("data/one.txt", "data/One.txt"),
        "data/One.txt",
        "it has the content that data/one.txt had",
    ),
    "a name in another case beside": (added("data/EMPTY"), "data/empty", "differs from data/EMPTY only in letter case"),
    "a record is changed": (flipped("metadata/record.xml"), "metadata/record.xml", "has changed"),
    "a record is emptied": (emptied("metadata/record.xml"), "metadata/record.xml", "is empty now"),
    "a record is removed": (removed("metadata/record.xml"), "metadata/record.xml", "is missing"),
    "a record is added": (added("metadata/new.xml"), "metadata/new.xml", f"is not listed in {TAG_MANIFEST}"),
    "the profile is cut": (cut("bagit-profile.json"), "bagit-profile.json", "has changed"),
    "bag-info is edited": (replaced("bag-info.txt", "2026.1", "2026.2"), "bag-info.txt", "has changed"),
    "bag-info is removed": (removed("bag-info.txt"), "bag-info.txt", "is missing"),
    "bag-info is not text": (covered(prefixed("bag-info.txt", b"\xff")), "bag-info.txt", "is not UTF-8"),
    "bag-info has a mark": (
        covered(prefixed("bag-info.txt", b"\xef\xbb\xbf")),
        "bag-info.txt",
        "begins with a byte-order mark",
    ),
    "bag-info lacks a tag": (covered(without("Bagging-Date")), "bag-info.txt", "has no Bagging-Date"),
    "bag-info lacks the count": (covered(without("Payload-Oxum")), "bag-info.txt", "has no Payload-Oxum"),
    "bag-info says a tag twice": (
        covered(suffixed("bag-info.txt", b"bagging-date: 2026-01-01\n")),
        "bag-info.txt",
        "has more than one Bagging-Date",
    ),
    "bag-info says nothing of a tag": (
        covered(replaced("bag-info.txt", ": Makaleler", ": ")),
        "bag-info.txt",
        "has no External-Description",
    ),
    "bag-info counts wrong": (
        covered(replaced("bag-info.txt", ".9\n", ".8\n")),
        "bag-info.txt",
        "says that Payload-Oxum is",
    ),
    "bag-info has a line of nothing": (
        covered(suffixed("bag-info.txt", b"nothing\n")),
        "bag-info.txt",
        "has a fault in line 10: “nothing”",
    ),
    "bag-info breaks off": (covered(cut("bag-info.txt")), "bag-info.txt", "its last line has no line end"),
    "the declaration is removed": (removed("bagit.txt"), "bagit.txt", "is missing"),
    "the declaration is removed, and unlisted": (covered(removed("bagit.txt")), "bagit.txt", "is missing"),
    "the declaration is emptied": (covered(emptied("bagit.txt")), "bagit.txt", "is not a bag declaration"),
    "the declaration is of another version": (
        covered(replaced("bagit.txt", "1.0", "0.97")),
        "bagit.txt",
        "declares BagIt 0.97, not 1.0",
    ),
    "the declaration is of another encoding": (
        covered(replaced("bagit.txt", "UTF-8", "ISO-8859-9")),
        "bagit.txt",
        "declares the encoding ISO-8859-9",
    ),
    "the declaration has a mark": (
        covered(prefixed("bagit.txt", b"\xef\xbb\xbf")),
        "bagit.txt",
        "begins with a byte-order mark",
    ),
    "the declaration says more": (
        covered(suffixed("bagit.txt", b"More: yes\n")),
        "bagit.txt",
        "is not a bag declaration",
    ),
    "the declaration is endless": (covered(suffixed("bagit.txt", b"\n" * 2000)), "bagit.txt", "is larger than"),
    "the manifest is removed": (removed(MANIFEST), MANIFEST, "is missing"),
    "the manifest is removed, and unlisted": (covered(removed(MANIFEST)), MANIFEST, "is missing"),
    "the manifest is emptied": (emptied(MANIFEST), MANIFEST, "is empty now"),
    "a checksum is changed": (
        covered(line_of("data/empty", lambda line: line.replace("c", "d", 1))),
        "data/empty",
        "is empty now",
    ),
    "a checksum of nothing": (line_of(TURKISH, lambda line: EMPTY + line[128:]), MANIFEST, "has changed"),
    "a line is removed": (covered(line_of(RUSSIAN, lambda _line: "")), RUSSIAN, f"is not listed in {MANIFEST}"),
    "a line is there twice": (covered(line_of(RUSSIAN, doubled)), RUSSIAN, f"is listed more than once in {MANIFEST}"),
    "a line is cut": (
        covered(line_of("data/empty", lambda line: line[1:])),
        MANIFEST,
        "is not a SHA-512 checksum and a path",
    ),
    "a line is blank": (covered(suffixed(MANIFEST, b"\n")), MANIFEST, "has a fault in line 10"),
    "a line is of md5sum's kind": (
        covered(line_of("data/empty", lambda line: line.replace("  ", " *"))),
        MANIFEST,
        "“*data/empty” is not a payload file",
    ),
    "a per cent is not encoded": (
        covered(replaced(MANIFEST, "50%25", "50%")),
        MANIFEST,
        "“data/50% off.txt” has a % that does not encode",
    ),
    "the manifest breaks off": (covered(cut(MANIFEST)), MANIFEST, "its last line has no line end"),
    "the manifest has a mark": (covered(prefixed(MANIFEST, b"\xef\xbb\xbf")), MANIFEST, "byte-order mark"),
    "the manifest is not text": (covered(suffixed(MANIFEST, b"\xff\n")), MANIFEST, "is not UTF-8"),
    "the manifest lists a tag file": (
        covered(suffixed(MANIFEST, f"{EMPTY}  metadata/record.xml\n".encode())),
        MANIFEST,
        "“metadata/record.xml” is not a payload file",
    ),
    "the manifest lists a folder": (
        covered(suffixed(MANIFEST, f"{EMPTY}  data/one\n".encode())),
        "data/one",
        "is missing",
    ),
    "the manifest is written again": (
        lambda bag: (bag / MANIFEST).write_text(listing({**FILES, TURKISH: b""}, [TURKISH]), "utf-8"),
        MANIFEST,
        "has changed",
    ),
    "the tag manifest is removed": (removed(TAG_MANIFEST), TAG_MANIFEST, "is missing"),
    "the tag manifest is emptied": (emptied(TAG_MANIFEST), MANIFEST, f"is not listed in {TAG_MANIFEST}"),
    "the tag manifest lists the payload": (
        suffixed(TAG_MANIFEST, f"{EMPTY}  data/empty\n".encode()),
        TAG_MANIFEST,
        "“data/empty” is a payload file",
    ),
    "the tag manifest lists itself": (
        suffixed(TAG_MANIFEST, f"{EMPTY}  {TAG_MANIFEST}\n".encode()),
        TAG_MANIFEST,
        "is a tag manifest itself",
    ),
    "a weak manifest beside": (covered(added("manifest-md5.txt")), "manifest-md5.txt", "is a manifest with “md5”"),
    "an unknown manifest beside": (
        covered(added("manifest-rot13.txt")),
        "manifest-rot13.txt",
        "is a manifest with “rot13”",
    ),
    "a strong manifest beside": (covered(added("manifest-sha256.txt")), "manifest-sha256.txt", "have only sha512"),
    "a tag manifest beside": (added("tagmanifest-sha1.txt"), "tagmanifest-sha1.txt", "is a manifest with “sha1”"),
    "a manifest in capitals": (covered(added("MANIFEST-SHA512.TXT")), "MANIFEST-SHA512.TXT", "have only sha512"),
    "files to fetch": (covered(added("fetch.txt")), "fetch.txt", "bags are complete"),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("good") / "bag")


@pytest.fixture
def bag(good: Path, tmp_path: Path) -> Path:
    """A copy of a good bag."""
    return Path(shutil.copytree(good, tmp_path / "bag"))


def test_a_good_bag_has_no_fault(good: Path) -> None:
    assert find_faults(good) == []
    assert find_faults(good, root_hash(good)) == []
    assert find_faults(good, f" {root_hash(good).upper()}\n") == []


def test_the_proof_tells_what_was_read(good: Path) -> None:
    found = read(good)
    del found[TAG_MANIFEST]  # it is read as a list
    result = verify_files(good)
    assert (result.files, result.size) == (len(found), sum(map(len, found.values())))


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_is_found_and_its_path_is_told(bag: Path, damage: str) -> None:
    act, path, problem = DAMAGES[damage]
    act(bag)
    found = find_faults(bag)
    assert found == sorted(set(found))
    assert [each for each in found if each.path == path and problem in each.problem], found


def test_a_damage_is_told_of_what_it_befell_alone(bag: Path) -> None:
    flipped(TURKISH)(bag)
    assert find_faults(bag) == [Fault(TURKISH, "has changed")]
    flipped(TURKISH)(bag)
    assert find_faults(bag) == []
    covered(removed(MANIFEST))(bag)
    assert find_faults(bag) == [Fault(MANIFEST, "is missing")]


def test_two_files_that_were_alike_are_told_apart(tmp_path: Path) -> None:
    bag = make(tmp_path / "bag", {"data/one": b"alike", "data/two": b"alike", "data/three": b"not"})
    renamed("data/two", "data/new")(bag)
    assert find_faults(bag) == [
        Fault("data/new", f"is not listed in {MANIFEST}; it has the content that data/two had"),
        Fault("data/two", "is missing"),
    ]


def test_a_copy_of_what_is_whole_was_not_moved(bag: Path) -> None:
    shutil.copy(bag / "data/one.txt", bag / TURKISH)
    shutil.copy(bag / "data/one.txt", bag / "data/new.txt")
    removed(RUSSIAN)(bag)
    assert [each for each in find_faults(bag) if each.path != "bag-info.txt"] == [
        Fault("data/new.txt", f"is not listed in {MANIFEST}"),
        Fault(RUSSIAN, "is missing"),
        Fault(TURKISH, "has changed"),
    ]


def test_an_order_or_letters_that_mean_the_same_are_no_fault(bag: Path) -> None:
    def otherwise(bag: Path) -> None:
        lines = (bag / MANIFEST).read_text("utf-8").splitlines()
        random.Random(1).shuffle(lines)
        written = (f"{line[:128].upper()}\t {line[130:]}\r\n" for line in lines)
        (bag / MANIFEST).write_bytes("".join(written).encode())
        info = (bag / "bag-info.txt").read_text("utf-8")
        info = info.replace("Bagging-Date", "bagging-DATE").replace("Ünlü ", "Ünlü\n\t ")
        (bag / "bag-info.txt").write_text(info, "utf-8", newline="\r")

    covered(otherwise)(bag)
    assert find_faults(bag) == []


def test_a_bag_of_nothing_is_a_bag(tmp_path: Path) -> None:
    (tmp_path / "bag/data").mkdir(parents=True)
    write_bag(tmp_path / "bag", INFO)
    assert "Payload-Oxum: 0.0\n" in (tmp_path / "bag/bag-info.txt").read_text("utf-8")
    assert find_faults(tmp_path / "bag") == []


def test_a_bag_that_was_written_again_is_known_by_its_root_hash_alone(bag: Path) -> None:
    known = root_hash(bag)
    (bag / TURKISH).write_bytes(b"another text")
    write_bag(bag, INFO)
    assert find_faults(bag) == []
    found = find_faults(bag, known)
    assert [each.path for each in found] == [TAG_MANIFEST]
    assert found[0].problem == f"is not the one that was expected: the root hash of the bag is {root_hash(bag)}"


@pytest.mark.parametrize("expected", ["sha512:", "sha512:" + "0" * 127, "md5:" + "0" * 32, "0" * 128, "\x1b[2J"])
def test_what_is_no_root_hash_proves_nothing(good: Path, expected: str) -> None:
    found = find_faults(good, expected)
    assert [each.path for each in found] == [TAG_MANIFEST]
    assert "which is not a root hash" in found[0].problem
    assert "\x1b" not in found[0].problem


def test_without_a_tag_manifest_there_is_nothing_to_expect(bag: Path) -> None:
    known = root_hash(bag)
    removed(TAG_MANIFEST)(bag)
    assert find_faults(bag, known) == [Fault(TAG_MANIFEST, "is missing")]


def test_every_bit_of_a_bag_counts(bag: Path) -> None:
    """Whatever file of a bag is changed, the bag is not what it was."""
    known = root_hash(bag)
    for path, content in read(bag).items():
        flipped(path)(bag) if content else suffixed(path, b"x")(bag)
        assert find_faults(bag, known), path
        (bag / path).write_bytes(content)
    assert find_faults(bag, known) == []


def test_of_many_bad_lines_the_first_are_told(bag: Path) -> None:
    covered(suffixed(MANIFEST, b"nonsense\n" * 1000))(bag)
    found = find_faults(bag)
    assert {each.path for each in found} == {MANIFEST}
    assert len(found) == MOST_PROBLEMS + 1
    assert Fault(MANIFEST, f"has {1000 - MOST_PROBLEMS} more faulty lines") in found


def test_a_manifest_that_would_fill_the_memory_is_not_read(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleuron.archive.bag.verification, "MANIFEST_LIMIT", 1000)
    assert find_faults(bag) == [Fault(MANIFEST, "is larger than 1000 bytes")]
    monkeypatch.undo()
    with (bag / TAG_MANIFEST).open("r+b") as stream:
        stream.truncate(2**40)  # of holes: there is no such disk
    assert Fault(TAG_MANIFEST, "is larger than 33554432 bytes") in find_faults(bag)
