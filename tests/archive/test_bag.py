"""A folder as a bag: what is written, that others read it as RFC 8493 has it, and that it is always the same."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from fleuron.archive.bag.bag_info import PROFILE, PROFILE_FILE, bag_info_text
from fleuron.archive.bag.file_names import decode_path, encode_path, printable
from fleuron.archive.bag.tarball import write_tar
from fleuron.archive.bag.unpacking import unpack
from fleuron.archive.bag.verification import find_faults
from fleuron.archive.bag.writing import root_hash, write_bag

MOMENT = 1_790_000_000
PLAIN = {
    "data/one/same.txt": b"the same",
    "data/one/two.txt": b"another" * 100,
    "data/tr/ışık ve İzmir.txt": "Işık, ığdır, İzmir.".encode(),
    "data/ru/Ёжик.html": "<p>Ёжик в тумане</p>".encode(),
    # With a zero-width non-joiner, as the word is written.
    "data/fa/نیم\u200cفاصله.txt": "نیم\u200cفاصله".encode(),
    "data/one.txt": b"beside a folder of that name",
    "data/empty": b"",
    "metadata/record.xml": b"<record/>\n",
    "bagit-profile.json": PROFILE_FILE.read_bytes(),
}
PER_CENT = {"data/50% off.txt": b"half", "data/100%25": b"all"}
FILES = {**PLAIN, **PER_CENT}
INFO: dict[str, str | list[str]] = {
    "Source-Organization": "Ünlü Yayınevi",
    "External-Identifier": ["https://doi.org/10.5555/12345678", "urn:issn:1234-5679"],
    "Internal-Sender-Identifier": "2026.1",
    "Bagging-Date": "2026-03-04",
    "Bag-Software-Agent": "Fleuron 0.1.0",
    "External-Description": "Makaleler",
}
REQUIRED = [*INFO, "BagIt-Profile-Identifier", "Payload-Oxum"]


def fill(folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def make(folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    """Make a good bag."""
    write_bag(fill(folder, files), INFO)
    return folder


def read(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sha512(content: bytes) -> str:
    return hashlib.sha512(content).hexdigest()


def listing(files: Mapping[str, bytes], paths: Sequence[str]) -> str:
    """A manifest as it should be, made by other means."""
    return "".join(f"{sha512(files[path])}  {path.replace('%', '%25')}\n" for path in sorted(paths))


def test_a_bag_is_what_the_rfc_describes(tmp_path: Path) -> None:
    found = read(make(tmp_path / "bag"))
    assert found["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    payload = [path for path in FILES if path.startswith("data/")]
    assert found["manifest-sha512.txt"].decode() == listing(FILES, payload)
    tags = ["bag-info.txt", "bagit-profile.json", "bagit.txt", "manifest-sha512.txt", "metadata/record.xml"]
    assert found["tagmanifest-sha512.txt"].decode() == listing(found, tags)
    assert set(found) == {*FILES, *tags, "tagmanifest-sha512.txt"}
    assert {path: found[path] for path in FILES} == FILES
    assert root_hash(tmp_path / "bag") == "sha512:" + sha512(found["tagmanifest-sha512.txt"])


def test_a_bag_says_what_it_is_told_in_order_and_how_large_it_is(tmp_path: Path) -> None:
    bag = fill(tmp_path / "bag")
    long = "çok uzun " * 60
    write_bag(bag, {**INFO, "External-Description": f"{long}\n  ve\r\n kısa\n", "Contact-Name": ["Ada", "Bob"]})
    size = sum(len(content) for path, content in FILES.items() if path.startswith("data/"))
    assert (bag / "bag-info.txt").read_bytes().decode().split("\n") == [
        "Source-Organization: Ünlü Yayınevi",
        "External-Identifier: https://doi.org/10.5555/12345678",
        "External-Identifier: urn:issn:1234-5679",
        "Internal-Sender-Identifier: 2026.1",
        "Bagging-Date: 2026-03-04",
        "Bag-Software-Agent: Fleuron 0.1.0",
        f"External-Description: {long.strip()} ve kısa",
        "Contact-Name: Ada",
        "Contact-Name: Bob",
        f"BagIt-Profile-Identifier: {PROFILE}",
        f"Payload-Oxum: {size}.9",
        "",
    ]
    assert find_faults(bag) == []


def test_what_ends_a_line_has_another_form_in_a_manifest(tmp_path: Path) -> None:
    names = {"data/a\nb": "data/a%0Ab", "data/a\r\nb": "data/a%0D%0Ab", "data/a%0Ab": "data/a%250Ab"}
    bag = make(tmp_path / "bag", dict.fromkeys(names, b"x"))
    lines = (bag / "manifest-sha512.txt").read_bytes().decode().split("\n")
    assert {line.partition("  ")[2] for line in lines if line} == set(names.values())
    assert find_faults(bag) == []
    for name, written in names.items():
        assert (encode_path(name), decode_path(written), decode_path(written.lower())) == (written, name, name.lower())
    for wrong in ("data/50% off", "data/%41", "data/%", "data/%2"):
        with pytest.raises(ValueError, match="does not encode"):
            decode_path(wrong)


def test_a_name_can_be_printed_whatever_is_in_it() -> None:
    assert printable("a\x1b[2Jb\n\u202e\udcff") == "a\\x1b[2Jb\\n\\u202e\\udcff"
    assert printable("نیم\u200cفاصله") == "نیم\u200cفاصله"
    assert len(printable("x" * 10_000)) < 400


# The judges are not ours: what they say is what a library will be told.


def judge(name: str) -> ModuleType:
    return importlib.import_module(name)


def complaints(bag: Path) -> list[str]:
    """What bagit.py, which most libraries have, says of a bag."""
    bagit = judge("bagit")
    try:
        bagit.Bag(str(bag)).validate(processes=1)
    except bagit.BagError as error:
        return [str(each) for each in getattr(error, "details", ())] or [str(error)]
    return []


def test_the_library_of_congress_s_program_finds_a_bag_valid(tmp_path: Path) -> None:
    bag = make(tmp_path / "bag", PLAIN)
    assert complaints(bag) == []
    (bag / "data/one.txt").write_bytes(b"beside a folder of this name")
    assert len(complaints(bag)) == 1
    assert "data/one.txt" in complaints(bag)[0]


def test_of_a_per_cent_it_knows_less_than_the_rfc(tmp_path: Path) -> None:
    # bagit 1.9.0 does not read %25: https://github.com/LibraryOfCongress/bagit-python/issues/157
    said = complaints(make(tmp_path / "bag"))
    assert len(said) == 2 * len(PER_CENT)
    assert all("%" in each for each in said)


def profile_errors(bag: Path, address: str = PROFILE) -> list[str]:
    """What the checker of BagIt profiles says of a bag, without a network."""
    profile = judge("bagit_profile").Profile(address, profile=json.loads(PROFILE_FILE.read_text("utf-8")))
    profile.validate(judge("bagit").Bag(str(bag)))
    return [str(error) for error in profile.report.errors]


def test_a_bag_keeps_to_the_profile_it_names(tmp_path: Path) -> None:
    bag = make(tmp_path / "bag", PLAIN)
    assert profile_errors(bag) == []
    profile = json.loads(PROFILE_FILE.read_text("utf-8"))
    assert profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"] == PROFILE
    assert profile["BagIt-Profile-Info"]["BagIt-Profile-Version"] == "1.4.0"
    checker = judge("bagit_profile").Profile(PROFILE, profile=profile)
    write_tar(bag, tmp_path / "bag.tar", MOMENT)
    assert checker.validate_serialization(str(tmp_path / "bag.tar"))
    (tmp_path / "bag.zip").write_bytes(b"PK")
    with pytest.raises(judge("bagit_profile").ProfileValidationError):
        checker.validate_serialization(str(tmp_path / "bag.zip"))


def test_the_profile_can_stand_elsewhere(tmp_path: Path) -> None:
    bag, address = fill(tmp_path / "bag", PLAIN), "https://press.example/profile.json"
    write_bag(bag, {**INFO, "BagIt-Profile-Identifier": address})
    assert profile_errors(bag, address) == []
    assert len(profile_errors(bag)) == 1


def without(tag: str) -> Callable[[Path], None]:
    def damage(bag: Path) -> None:
        lines = (bag / "bag-info.txt").read_text("utf-8").splitlines(keepends=True)
        (bag / "bag-info.txt").write_text("".join(line for line in lines if not line.startswith(tag)), "utf-8")

    return damage


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(bag: Path) -> None:
        text = (bag / path).read_text("utf-8")
        assert old in text
        (bag / path).write_text(text.replace(old, new), "utf-8")

    return damage


def added(path: str, content: str = "") -> Callable[[Path], None]:
    def damage(bag: Path) -> None:
        (bag / path).write_text(content, "utf-8")

    return damage


UNLIKE_THE_PROFILE: dict[str, tuple[Callable[[Path], None], str]] = {
    **{f"no {tag}": (without(tag), tag) for tag in REQUIRED},
    "two dates": (
        replaced("bag-info.txt", "Bagging-Date: ", "Bagging-Date: 2026-01-01\nBagging-Date: "),
        "Bagging-Date",
    ),
    "another version": (replaced("bagit.txt", "1.0", "0.97"), "0.97"),
    "a manifest of md5": (added("manifest-md5.txt"), "md5"),
    "a tag manifest of sha1": (added("tagmanifest-sha1.txt"), "sha1"),
    "a tag file of another name": (added("notes.txt"), "notes.txt"),
}


@pytest.mark.parametrize("damage", UNLIKE_THE_PROFILE)
def test_the_profile_asks_for_what_the_press_writes(tmp_path: Path, damage: str) -> None:
    bag = make(tmp_path / "bag", PLAIN)
    act, word = UNLIKE_THE_PROFILE[damage]
    act(bag)
    said = profile_errors(bag)
    assert said
    assert word in " ".join(said)


def linked(folder: Path) -> None:
    (folder / "data/link").symlink_to("one.txt")


def without_data(folder: Path) -> None:
    (folder / "data").rename(folder / "payload")


NO_BAG: dict[str, tuple[Callable[[Path], object], str]] = {
    "without a payload": (without_data, "data is missing"),
    "a link": (linked, "data/link is a symbolic link"),
    "a decomposed name": (added("data/u\u0308.txt"), "is not in Unicode normalization form NFC"),
    "names in two letter cases": (added("data/ONE.txt"), "differs from data/ONE.txt only in letter case"),
    "a backslash": (added("data/a\\b"), "backslash"),
    "a control character": (added("data/a\x1bb"), "control character"),
    "files to fetch": (added("fetch.txt"), "fetch.txt lists files to fetch"),
    "a weak manifest": (added("manifest-md5.txt"), "manifest-md5.txt is a manifest with “md5”"),
}


@pytest.mark.parametrize("reason", NO_BAG)
def test_what_can_be_no_bag_is_left_as_it_was(tmp_path: Path, reason: str) -> None:
    folder = fill(tmp_path / "bag")
    spoil, word = NO_BAG[reason]
    spoil(folder)
    before = read(folder)
    with pytest.raises(ValueError, match="cannot make a bag: ") as caught:
        write_bag(folder, INFO)
    assert word in str(caught.value)
    assert read(folder) == before


NO_INFO: dict[str, tuple[dict[str, str | list[str]], str]] = {
    **{f"no {tag}": ({**INFO, tag: []}, f"has no {tag}") for tag in INFO},
    "an empty value": ({**INFO, "Contact-Name": " "}, "Contact-Name"),
    "a label with a colon": ({**INFO, "Contact: Name": "Ada"}, "Contact: Name"),
    "a label with spaces around": ({**INFO, " Contact-Name": "Ada"}, "Contact-Name"),
    "a control character": ({**INFO, "Contact-Name": "A\x00da"}, "A\\x00da"),
    "two dates": ({**INFO, "bagging-date": "2026-01-01"}, "more than one Bagging-Date"),
    "a count that is given": ({**INFO, "payload-oxum": "1.1"}, "computed"),
}


@pytest.mark.parametrize("reason", NO_INFO)
def test_a_bag_that_would_say_too_little_or_nonsense_is_not_made(tmp_path: Path, reason: str) -> None:
    folder = fill(tmp_path / "bag")
    info, word = NO_INFO[reason]
    with pytest.raises(ValueError, match=r".") as caught:
        write_bag(folder, info)
    assert word in str(caught.value)
    assert read(folder) == FILES


def test_titles_in_two_scripts_keep_their_marks_of_direction() -> None:
    title = "A\u00a0B \u2067نیم\u200cفاصله\u2069"
    assert f"External-Description: {title}\n" in bag_info_text({**INFO, "External-Description": title}, "0.0")


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def test_the_same_files_are_the_same_bag_and_the_same_tar(tmp_path: Path, umask: Callable[[int], int]) -> None:
    one = make(tmp_path / "one/bag")
    write_tar(one, tmp_path / "one.tar", MOMENT)
    umask(0o077)
    two = fill(tmp_path / "two/elsewhere/bag", dict(reversed(FILES.items())))
    (two / "data/an/empty/folder").mkdir(parents=True)
    for path in two.rglob("*"):
        os.utime(path, (1, 1))
    (two / "data/empty").chmod(0o755)
    write_bag(two, INFO)
    write_tar(two, tmp_path / "two.tar", MOMENT)
    assert read(one) == read(two)
    assert (tmp_path / "one.tar").read_bytes() == (tmp_path / "two.tar").read_bytes()
    assert root_hash(one) == root_hash(two)


def test_another_process_makes_the_same_tar(tmp_path: Path) -> None:
    """With another seed of its sets."""
    write_tar(make(tmp_path / "bag"), tmp_path / "one.tar", MOMENT)
    code = (
        "import sys; from pathlib import Path; from fleuron.archive.bag.tarball import write_tar;"
        "write_tar(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))"
    )
    for seed in ("1", "2"):
        command = [sys.executable, "-P", "-c", code, str(tmp_path / "bag"), str(tmp_path / "two.tar"), str(MOMENT)]
        subprocess.run(
            command, check=True, env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Tehran"}
        )
        assert (tmp_path / "two.tar").read_bytes() == (tmp_path / "one.tar").read_bytes()


def test_a_bag_that_is_made_again_is_the_same_and_follows_its_files(tmp_path: Path) -> None:
    bag = make(tmp_path / "bag")
    before, hashed = read(bag), root_hash(bag)
    write_bag(bag, INFO)
    assert read(bag) == before
    for path in ("data/empty", "metadata/record.xml"):
        (bag / path).write_bytes(b"new")
        assert find_faults(bag)
        write_bag(bag, INFO)
        assert find_faults(bag) == []
        assert root_hash(bag) != hashed
        hashed = root_hash(bag)


def test_a_tar_holds_a_bag_in_order_and_nobody_s_name(tmp_path: Path) -> None:
    bag = make(tmp_path / "bag")
    write_tar(bag, tmp_path / "bag.tar", MOMENT)
    with tarfile.open(tmp_path / "bag.tar", "r:") as archive:
        members = archive.getmembers()
        content = {each.name: stream.read() for each in members if (stream := archive.extractfile(each))}
    assert content == {f"bag/{path}": each for path, each in read(bag).items()}
    assert [each.name for each in members] == sorted(each.name for each in members)
    assert {each.name for each in members if each.isdir()} >= {"bag", "bag/data", "bag/data/tr", "bag/metadata"}
    for each in members:
        assert each.mode == (0o755 if each.isdir() else 0o644)
        assert (each.uid, each.gid, each.uname, each.gname, each.mtime) == (0, 0, "", "", MOMENT)


def test_a_bag_comes_back_from_its_tar(tmp_path: Path) -> None:
    bag = make(tmp_path / "bag")
    write_tar(bag, tmp_path / "bag.tar", MOMENT)
    back = unpack(tmp_path / "bag.tar", tmp_path / "shelf")
    assert back == tmp_path / "shelf/bag"
    assert read(back) == read(bag)
    assert find_faults(back, root_hash(bag)) == []
    assert [path.name for path in (tmp_path / "shelf").iterdir()] == ["bag"]


def test_the_system_s_tar_reads_and_writes_the_same(tmp_path: Path) -> None:
    bag = make(tmp_path / "bag")
    write_tar(bag, tmp_path / "bag.tar", MOMENT)
    (tmp_path / "back").mkdir()
    subprocess.run(["tar", "-xf", tmp_path / "bag.tar", "-C", tmp_path / "back"], check=True)
    assert read(tmp_path / "back/bag") == read(bag)
    for form in ("pax", "gnu"):
        command = ["tar", f"--format={form}", "-cf", str(tmp_path / "other.tar"), "-C", str(tmp_path), "bag"]
        subprocess.run(command, check=True)
        assert read(unpack(tmp_path / "other.tar", tmp_path / form)) == read(bag)


def test_a_tar_that_cannot_be_made_leaves_the_one_that_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bag, target = make(tmp_path / "bag"), tmp_path / "bag.tar"
    target.write_bytes(b"the old one")

    def full(_archive: object, _member: object, _stream: object = None) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(tarfile.TarFile, "addfile", full)
        with pytest.raises(OSError, match="No space"):
            write_tar(bag, target, MOMENT)
    linked(bag)
    with pytest.raises(ValueError, match="data/link is a symbolic link"):
        write_tar(bag, target, MOMENT)
    (bag / "data/link").unlink()
    with pytest.raises(ValueError, match="within it"):
        write_tar(bag, bag / "data/bag.tar", MOMENT)
    assert target.read_bytes() == b"the old one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bag", "bag.tar"]
    (tmp_path / ".bag.tar.part").write_bytes(b"of a run that was killed")
    write_tar(bag, target, MOMENT)
    assert read(unpack(target, tmp_path / "shelf")) == read(bag)
    assert not (tmp_path / ".bag.tar.part").exists()
