"""Bags and tars that were made to do harm: they are refused, and nothing outside is read or written."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import socket
import stat
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import fleuron.archive.bag.unpacking
from fleuron.archive.bag.bag_files import Fault
from fleuron.archive.bag.file_names import DEEPEST, LONGEST
from fleuron.archive.bag.tarball import write_tar
from fleuron.archive.bag.unpacking import Limits, UnsafeTar, unpack
from fleuron.archive.bag.verification import find_faults
from fleuron.archive.bag.writing import root_hash, write_bag
from tests.archive.test_bag import INFO, MOMENT, added, fill, make, read, sha512
from tests.archive.test_bag_verification import MANIFEST, TAG_MANIFEST, Damage, covered, suffixed

SECRET = b"what stands outside"
FEW = {"data/one.txt": b"one", "data/two/three.txt": b"three", "metadata/record.xml": b"<record/>"}

# What Python opens while a bag is proved: no path of it may lead outside, whatever the module that opens it.
opened: list[str] = []
sys.addaudithook(lambda event, found: opened.append(os.fsdecode(found[0])) if watched(event, found) else None)
watching: list[bool] = []


def watched(event: str, found: tuple[object, ...]) -> bool:
    return bool(watching) and event in ("open", "os.scandir", "os.listdir") and isinstance(found[0], str | bytes | Path)


@pytest.fixture
def bag(tmp_path: Path) -> Iterator[Path]:
    """A good bag, and a canary beside it that nobody may touch."""
    (tmp_path / "canary").write_bytes(SECRET)
    (tmp_path / "aviary").mkdir()
    (tmp_path / "aviary/canary").write_bytes(SECRET)
    yield make(tmp_path / "bag", FEW)
    assert (tmp_path / "canary").read_bytes() == SECRET
    assert read(tmp_path / "aviary") == {"canary": SECRET}


def proved(bag: Path) -> list[Fault]:
    """The faults of a bag, of which only what is within was opened."""
    opened.clear()
    watching.append(True)
    try:
        found = find_faults(bag, root_hash(bag) if (bag / TAG_MANIFEST).is_file() else "")
    finally:
        watching.clear()
    within = os.fsencode(bag)
    # The profile is the press's own.
    outside = [path for path in opened if not os.fsencode(os.path.abspath(path)).startswith(within)]  # noqa: PTH100
    assert {Path(path).name for path in outside} <= {"profile.json"}, outside
    assert all(each.path.isprintable() or "\u200c" in each.path for each in found)
    assert not any(SECRET.decode() in str(each) for each in found)
    return found


def test_the_watch_sees_what_is_opened(bag: Path) -> None:
    proved(bag)
    assert any(path.endswith("data/one.txt") for path in opened)


PATHS = {
    "above": "../canary",
    "above the payload": "data/../../canary",
    "above, and back": "data/../../bag/data/one.txt",
    "here": "./data/one.txt",
    "within": "data/./one.txt",
    "nothing": "data//one.txt",
    "a folder": "data/two/",
    "absolute": "{outside}/canary",
    "absolute, twice": "//{outside}/canary",
    "a home": "~/canary",
    "someone's home": "~root/.profile",
    "a backslash": "data\\..\\..\\canary",
    "a drive": "C:/canary",
    "a drive within": "data/C:/canary",
    "a namespace": "\\\\?\\C:\\canary",
    "a share": "\\\\server\\canary",
    "a device": "/dev/zero",
    "a control character": "data/one\x1b[2J.txt",
    "a zero": "data/one.txt\x00",
    "a turn of direction": "data/\u202etxt.one",
    "a line of another kind": "data/one\u2028.txt",
    "a long path": "data/" + "x" * LONGEST,
    "many folders": "data/" + "x/" * DEEPEST + "y",
    "decomposed": "data/u\u0308",
}


@pytest.mark.parametrize("manifest", [MANIFEST, TAG_MANIFEST])
@pytest.mark.parametrize("kind", PATHS)
def test_no_path_of_a_manifest_leads_anywhere(bag: Path, kind: str, manifest: str) -> None:
    path = PATHS[kind].replace("{outside}", str(bag.parent)[1:] if "//" in PATHS[kind] else str(bag.parent))
    if manifest == TAG_MANIFEST:
        path = path.replace("data/", "metadata/")
    line = f"{sha512(SECRET)}  {path}\n".encode()
    (suffixed(TAG_MANIFEST, line) if manifest == TAG_MANIFEST else covered(suffixed(MANIFEST, line)))(bag)
    found = proved(bag)
    assert [each.path for each in found] == [manifest]
    assert "has a fault in line" in found[0].problem


def link_to_a_file(bag: Path) -> None:
    (bag / "data/odd").symlink_to(bag.parent / "canary")


def link_to_nothing(bag: Path) -> None:
    (bag / "data/odd").symlink_to("nothing")


def link_to_a_folder(bag: Path) -> None:
    (bag / "data/odd").symlink_to(bag.parent / "aviary", target_is_directory=True)


def link_to_itself(bag: Path) -> None:
    (bag / "data/odd").symlink_to(".", target_is_directory=True)


def link_within(bag: Path) -> None:
    (bag / "data/odd").symlink_to("one.txt")


def fifo(bag: Path) -> None:
    os.mkfifo(bag / "data/odd")


def device(bag: Path) -> None:
    try:
        os.mknod(bag / "data/odd", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


def listener(bag: Path) -> None:
    before = Path.cwd()
    os.chdir(bag / "data")  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("odd")
    finally:
        os.chdir(before)


ODD: dict[str, tuple[Damage, str]] = {
    "a link to a file": (link_to_a_file, "is a symbolic link"),
    "a link to nothing": (link_to_nothing, "is a symbolic link"),
    "a link to a folder": (link_to_a_folder, "is a symbolic link"),
    "a link to its folder": (link_to_itself, "is a symbolic link"),
    "a link to another file of the bag": (link_within, "is a symbolic link"),
    "a fifo": (fifo, "is a fifo"),
    "a device": (device, "is a device"),
    "a socket": (listener, "is a socket"),
}


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_told_and_not_opened(bag: Path, kind: str, listed: bool) -> None:
    act, problem = ODD[kind]
    act(bag)
    if listed:
        covered(suffixed(MANIFEST, f"{sha512(SECRET)}  data/odd\n".encode()))(bag)
    assert proved(bag) == [Fault("data/odd", f"{problem}, which is not allowed in a bag")]


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", MANIFEST, TAG_MANIFEST, "metadata/record.xml"])
def test_no_tag_file_is_a_link(bag: Path, name: str) -> None:
    (bag / name).rename(bag.parent / "moved")
    (bag / name).symlink_to(bag.parent / "moved")
    found = find_faults(bag, "sha512:" + "0" * 128)
    assert Fault(name, "is a symbolic link, which is not allowed in a bag") in found
    assert not [each for each in found if each.path == name and "missing" in each.problem]


def test_no_folder_of_a_path_is_a_link(bag: Path) -> None:
    (bag / "data/two").rename(bag.parent / "two")
    (bag / "data/two").symlink_to(bag.parent / "two", target_is_directory=True)
    assert [str(each) for each in proved(bag) if each.path != "bag-info.txt"] == [
        "data/two is a symbolic link, which is not allowed in a bag",
        "data/two/three.txt is missing",
    ]
    (bag / "data").rename(bag.parent / "payload")
    (bag / "data").symlink_to(bag.parent / "payload", target_is_directory=True)
    assert Fault("data", "is a symbolic link, which is not allowed in a bag") in proved(bag)


@pytest.mark.parametrize("kind", ["a link", "a fifo"])
def test_a_file_that_becomes_another_thing_while_it_is_looked_at_is_not_read(
    bag: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    really, path = os.open, bag / "data/one.txt"

    def late(asked: Path, flags: int) -> int:
        assert flags & os.O_NONBLOCK  # or this would wait for ever
        if Path(asked) == path:
            path.unlink()
            if kind == "a link":
                path.symlink_to(bag.parent / "canary")
            else:
                os.mkfifo(path)
        return really(asked, flags)

    monkeypatch.setattr(os, "open", late)
    found = find_faults(bag)
    assert [each.path for each in found] == ["data/one.txt"]
    assert found[0].problem.startswith("cannot be read: ")


def test_hard_links_are_files_as_any(bag: Path) -> None:
    content = (bag / "data/one.txt").read_bytes()
    (bag.parent / "kept").write_bytes(content)
    (bag / "data/one.txt").unlink()
    os.link(bag.parent / "kept", bag / "data/one.txt")
    assert proved(bag) == []
    (bag.parent / "kept").write_bytes(b"two")
    assert proved(bag) == [Fault("data/one.txt", "has changed")]


NAMES: dict[str, tuple[bytes, str, str]] = {
    "a backslash": (b"data/a\\..\\b", "data/a\\..\\b", "has a backslash"),
    "a control character": (b"data/a\x1b[2J", "data/a\\x1b[2J", "control character"),
    "a turn of direction": ("data/\u202etxt".encode(), "data/\\u202etxt", "control character"),
    "a drive": (b"data/C:", "data/C:", "names a drive"),
    "a home": (b"~root", "~root", "a home folder"),
    "a space before": (b" one", " one", "begins with a space"),
    "not UTF-8": (b"data/\xff\xfe", "data/\\udcff\\udcfe", "is not UTF-8"),
    "decomposed": ("data/u\u0308".encode(), "data/u\u0308", "NFC"),
    "another letter case": (b"data/One.txt", "data/one.txt", "differs from data/One.txt"),
    "another letter case, above": (b"DATA", "data", "differs from DATA"),
}


@pytest.mark.parametrize("kind", NAMES)
def test_names_that_harm_elsewhere_are_told(bag: Path, kind: str) -> None:
    name, path, problem = NAMES[kind]
    with open(os.path.join(os.fsencode(bag), name), "wb"):  # noqa: PTH118, PTH123 - octets that are not text
        pass
    found = find_faults(bag)
    assert [each for each in found if each.path == path and problem in each.problem], found
    assert all("\x1b" not in str(each) and "\u202e" not in str(each) for each in found)
    "".join(map(str, found)).encode("utf-8")


def test_names_in_two_unicode_forms_are_told(bag: Path) -> None:
    fill(bag, {"data/\u00fc": b"1", "data/u\u0308": b"2"})
    assert Fault("data/\u00fc", "differs from data/u\u0308 only in letter case or Unicode form") in find_faults(bag)


def test_of_two_folders_the_names_are_told_and_not_all_they_hold(bag: Path) -> None:
    fill(bag, {"data/TWO/three.txt": b"three", "data/TWO/four.txt": b"four"})
    assert [each.path for each in find_faults(bag) if "differs" in each.problem] == ["data/two"]


def test_letters_that_are_two_to_a_reader_are_two(bag: Path) -> None:
    """Dotted and dotless i, sharp s and two of them: no file system takes them for one."""
    fill(bag, {"data/kısa": b"", "data/kisa": b"", "data/Straße": b"", "data/Strasse": b""})
    write_bag(bag, INFO)
    assert proved(bag) == []
    fill(bag, {"data/STRAẞE": b"", "data/ΟΔΟΣ": b"", "data/οδος": b""})
    assert sum("differs" in each.problem for each in find_faults(bag)) == 2


def test_what_cannot_be_read_is_told(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if by a user who may not, for the tests may be run by one who may everything."""
    really, list_really = os.open, os.scandir
    closed = {"one.txt", "bag-info.txt", "record.xml"}

    def refused(path: Path, flags: int) -> int:
        if Path(path).name in closed:
            raise PermissionError(13, "Permission denied")
        return really(path, flags)

    def unlisted(path: Path) -> os._ScandirIterator[str]:  # type: ignore[name-defined, unused-ignore]
        if Path(path).name == "two":
            raise PermissionError(13, "Permission denied")
        return list_really(path)

    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(os, "scandir", unlisted)
    said = {str(each) for each in find_faults(bag)}
    assert said == {
        *(f"{path} cannot be read: Permission denied" for path in ("data/one.txt", "bag-info.txt", "data/two")),
        "metadata/record.xml cannot be read: Permission denied",
        "data/two/three.txt is missing",
    }


@pytest.mark.parametrize("kind", ["nothing", "a file", "an empty folder", "a link to nothing"])
def test_what_is_no_bag_at_all_has_faults_too(tmp_path: Path, kind: str) -> None:
    bag = tmp_path / "bag"
    if kind == "a file":
        bag.write_bytes(b"no bag")
    elif kind == "an empty folder":
        bag.mkdir()
    elif kind == "a link to nothing":
        bag.symlink_to("elsewhere")
    said = [str(each) for each in find_faults(bag, "sha512:" + "0" * 128)]
    assert f"{MANIFEST} is missing" in said
    assert "data is missing" in said
    assert any(each.startswith(". cannot be read") for each in said) == (kind != "an empty folder")


def test_folders_in_folders_without_end_are_told(bag: Path) -> None:
    before, depth = Path.cwd(), 1500  # deeper than Python calls, and longer than a system opens
    os.chdir(bag / "data")
    try:
        for _folder in range(depth):
            Path("deep").mkdir()
            os.chdir("deep")
        problems = {each.problem for each in proved(bag)}
        for _folder in range(depth):  # pytest could not remove them
            os.chdir("..")
            Path("deep").rmdir()
    finally:
        os.chdir(before)
    assert "has a path that is too long" in problems
    assert any(problem.startswith("cannot be read") for problem in problems)


OCTETS = some.one_of(
    some.binary(max_size=300), some.text(max_size=100).map(lambda text: text.encode("utf-8", "replace"))
)


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", MANIFEST, TAG_MANIFEST])
@given(octets=OCTETS, before=some.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_tag_file_holds_is_told_and_nothing_raised(
    bag: Path, name: str, octets: bytes, before: bool
) -> None:
    content = (bag / name).read_bytes()
    try:
        (bag / name).write_bytes(octets + content if before else content + octets)
        assert bool(proved(bag)) == bool(octets)
    finally:
        (bag / name).write_bytes(content)


# Tars.


def member(
    name: str, kind: bytes = tarfile.REGTYPE, link: str = "", size: int = 0, records: dict[str, str] | None = None
) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size, info.pax_headers = kind, link, size, records or {}
    return info


def tar_of(*members: tarfile.TarInfo, form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar that begins as a good bag does."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=form, encoding="utf-8", errors="surrogateescape") as archive:
        archive.addfile(member("bag", tarfile.DIRTYPE))
        archive.addfile(member("bag/bagit.txt", size=5), io.BytesIO(b"bagit"))
        for each in members:
            archive.addfile(each, io.BytesIO(SECRET * (each.size // len(SECRET) + 1)) if each.isreg() else None)
    return written.getvalue()


def sized(content: bytes, name: str, field: bytes) -> bytes:
    """Write another size in the header of a member."""
    place = content.index(name.encode() + b"\0")
    header = bytearray(content[place : place + 512])
    header[124:136] = field
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return content[:place] + bytes(header) + content[place + 512 :]


def number(value: int) -> bytes:
    """A size as GNU tar writes those that are large, or negative."""
    return (b"\xff" if value < 0 else b"\x80") + value.to_bytes(11, "big", signed=True)


def headers_in_headers(count: int) -> bytes:
    info = tarfile.TarInfo("bag/one")
    head = info.create_pax_header({**info.get_info(), "name": "bag/ü"}, "utf-8")[:1024]
    return head * count + tar_of()


def folder(name: str) -> tarfile.TarInfo:
    return member(name, tarfile.DIRTYPE)


GOOD = tar_of(member("bag/data/one", size=700))
TARS: dict[str, tuple[bytes, str]] = {
    "a symbolic link": (tar_of(member("bag/odd", tarfile.SYMTYPE, "../canary")), "is a link"),
    "a file by way of a link": (
        tar_of(member("bag/odd", tarfile.SYMTYPE, ".."), member("bag/odd/canary", size=3)),
        "is a link",
    ),
    "a hard link": (tar_of(member("bag/odd", tarfile.LNKTYPE, "bag/bagit.txt")), "is a link"),
    "a hard link outside": (tar_of(member("bag/odd", tarfile.LNKTYPE, "../canary")), "is a link"),
    "a fifo": (tar_of(member("bag/odd", tarfile.FIFOTYPE)), "a device or the like"),
    "a device": (tar_of(member("bag/odd", tarfile.CHRTYPE)), "a device or the like"),
    "a disk": (tar_of(member("bag/odd", tarfile.BLKTYPE)), "a device or the like"),
    "a contiguous file": (tar_of(member("bag/odd", tarfile.CONTTYPE)), "or the like"),
    "an unknown kind": (tar_of(member("bag/odd", b"Q")), "or the like"),
    "an absolute path": (tar_of(member("/canary", size=3)), "is an absolute path"),
    "a path above": (tar_of(member("bag/../canary", size=3)), "leads out of its folder"),
    "a path above all": (tar_of(member("../canary", size=3)), "leads out of its folder"),
    "a folder above": (tar_of(folder("bag/../aviary")), "leads out of its folder"),
    "a path above by a record": (tar_of(member("bag/one", records={"path": "../canary"})), "leads out of its folder"),
    "a backslash": (tar_of(member("bag\\..\\canary")), "backslash"),
    "a drive": (tar_of(member("C:/canary")), "names a drive"),
    "a dot": (tar_of(member("./bag/one")), "an empty part or “.”"),
    "a control character": (tar_of(member("bag/a\x1bb")), "bag/a\\x1bb has a control character"),
    "a line": (tar_of(member("bag/a\nb"), member("bag/a\nb")), "bag/a\\nb is in it more than once"),
    "a name that is not UTF-8": (tar_of(member("bag/\udcff"), form=tarfile.GNU_FORMAT), "is not UTF-8"),
    "a decomposed name": (tar_of(member("bag/u\u0308")), "NFC"),
    "a long path": (tar_of(member("bag/" + "x" * LONGEST)), "too long"),
    "a long name": (tar_of(member("bag/" + "x" * 300)), "File name too long"),
    "many folders": (tar_of(member("bag/" + "x/" * DEEPEST + "x")), "too long"),
    "a second top": (tar_of(member("other/one")), "not all in one folder"),
    "a file as the top": (tar_of(member("other")), "not all in one folder"),
    "a file twice": (tar_of(member("bag/bagit.txt", size=3)), "bag/bagit.txt is in it more than once"),
    "a folder twice": (tar_of(folder("bag")), "bag is in it more than once"),
    "a file and a folder": (tar_of(member("bag/one"), folder("bag/one")), "bag/one is in it more than once"),
    "a file within a file": (tar_of(member("bag/bagit.txt/one")), "as a file and as a folder"),
    "two letter cases": (tar_of(member("bag/BAGIT.TXT")), "differ only in letter case"),
    "two letter cases of folders": (tar_of(member("bag/one/a"), member("bag/One/b")), "differ only in letter case"),
    "a sparse file": (tar_of(member("bag/odd", tarfile.GNUTYPE_SPARSE), form=tarfile.GNU_FORMAT), "is a sparse file"),
    "a sparse file by records": (
        tar_of(member("bag/odd", size=512, records={"GNU.sparse.map": "0,1", "GNU.sparse.size": "1000000"})),
        "is a sparse file",
    ),
    "larger than the tar": (sized(GOOD, "bag/data/one", b"00000100000\0"), "is cut off in bag/data/one"),
    "larger than any disk": (sized(GOOD, "bag/data/one", number(2**60)), "is larger than"),
    "less than nothing": (sized(GOOD, "bag/data/one", number(-1024)), "an impossible size"),
    "back to the start": (sized(GOOD, "bag/data/one", number(-(2**20))), "an impossible size"),
    "a folder with a size": (sized(GOOD, "bag/", b"00000001000\0"), "an impossible size"),
    "larger by a record": (tar_of(member("bag/odd", size=5, records={"size": str(2**30)})), "is cut off"),
    "headers in headers": (headers_in_headers(5000), "its headers are nested"),
    "compressed by gzip": (gzip.compress(GOOD), "or it is compressed"),
    "compressed by bzip2": (bz2.compress(GOOD), "or it is compressed"),
    "compressed by xz": (lzma.compress(GOOD), "or it is compressed"),
    "a zip": (b"PK\x03\x04" + bytes(1024), "it is not a .tar"),
    "nothing": (b"", "it is not a .tar"),
    "noise": (random.Random(1).randbytes(4096), "it is not a .tar"),
    "zeros": (bytes(10240), "not all in one folder"),
    "another tar after": (GOOD + GOOD, "follows its end"),
    "zeros without end": (GOOD + bytes(2**20), "follows its end"),
    "noise after a member": (GOOD[:1536] + b"\1" * 512 + GOOD[2048:], "not a member"),
    "no end": (GOOD[: GOOD.rindex(b"what") // 512 * 512 + 512], "is cut off before its end"),
}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Path]:
    """A folder to unpack in, with a canary in it and one beside it; only these may be there when all is done."""
    shelf = tmp_path / "shelf"
    fill(tmp_path, {"canary": SECRET, "shelf/canary": SECRET, "shelf/aviary/canary": SECRET})
    yield shelf
    (tmp_path / "a.tar").unlink(missing_ok=True)
    assert read(tmp_path) == {"canary": SECRET, "shelf/canary": SECRET, "shelf/aviary/canary": SECRET}
    assert sorted(path.name for path in shelf.iterdir()) == ["aviary", "canary"]


def refusal(content: bytes, shelf: Path, limits: Limits | None = None) -> str:
    tar = shelf.parent / "a.tar"
    tar.write_bytes(content)
    with pytest.raises(UnsafeTar) as caught:
        unpack(tar, shelf, limits or Limits())
    return str(caught.value)


def test_a_good_tar_of_the_same_making_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(GOOD)
    assert set(read(unpack(tmp_path / "a.tar", tmp_path / "shelf"))) == {"bagit.txt", "data/one"}


@pytest.mark.parametrize("kind", TARS)
def test_a_hostile_tar_is_refused_in_a_sentence_and_leaves_nothing(shelf: Path, kind: str) -> None:
    content, reason = TARS[kind]
    said = refusal(content, shelf)
    assert said.startswith("a.tar is not unpacked: ")
    assert reason in said
    assert said.isprintable()


def test_a_folder_that_is_hidden_is_not_unpacked(shelf: Path) -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        archive.addfile(member(".ssh/keys"))
    assert "its folder .ssh is hidden" in refusal(written.getvalue(), shelf)


def test_a_tar_is_not_unpacked_over_what_is_there(shelf: Path, tmp_path: Path) -> None:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        archive.addfile(member("aviary/canary"))
    assert "aviary exists already" in refusal(written.getvalue(), shelf)
    (shelf / "bag").symlink_to(tmp_path / "elsewhere")
    assert "bag exists already" in refusal(GOOD, shelf)
    (shelf / "bag").unlink()


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(members=2), "more than 2 members"),
        (Limits(size=699), "bag/data/one is larger than 699 bytes"),
        (Limits(total=704), "have more than 704 bytes"),
    ],
)
def test_a_tar_has_its_limits(shelf: Path, limits: Limits, reason: str) -> None:
    assert reason in refusal(GOOD, shelf, limits)


def test_a_tar_within_its_limits_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(GOOD)
    assert unpack(tmp_path / "a.tar", tmp_path, Limits(members=3, size=700, total=705)) == tmp_path / "bag"


@pytest.mark.parametrize("size", [2**21, 2**33])
@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK])
def test_a_header_that_would_fill_the_memory_is_not_read(shelf: Path, kind: bytes, size: int) -> None:
    info = member("bag/long", kind, size=size)
    tar = shelf.parent / "a.tar"
    with tar.open("wb") as stream:
        stream.write(info.tobuf(tarfile.GNU_FORMAT))
        stream.truncate(2**34)  # of holes: there is no such disk
    with pytest.raises(UnsafeTar, match="its headers are too large"):
        unpack(tar, shelf)


def test_all_headers_together_have_a_limit(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleuron.archive.bag.unpacking.BoundedFile, "left", 20 * 512)
    assert "its headers are too large" in refusal(tar_of(*(member(f"bag/{each}") for each in range(40))), shelf)


def test_a_tar_that_is_cut_anywhere_is_refused(shelf: Path) -> None:
    whole = GOOD.rstrip(b"\0")
    end = -(-len(whole) // 512) * 512
    for length in [*range(0, end + 1024, 128), end + 1023]:
        assert refusal(GOOD[:length], shelf)


def test_a_tar_that_shrinks_while_it_is_unpacked_leaves_nothing(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tar = shelf.parent / "a.tar"
    check_members = fleuron.archive.bag.unpacking.check_members

    def late(stream: fleuron.archive.bag.unpacking.BoundedFile, limits: Limits) -> list[tarfile.TarInfo]:
        members = check_members(stream, limits)
        os.truncate(tar, 2600)
        return members

    monkeypatch.setattr(fleuron.archive.bag.unpacking, "check_members", late)
    assert "it is cut off in bag/data/one" in refusal(GOOD, shelf)


@pytest.mark.parametrize("kind", ["nothing", "a folder", "a fifo"])
def test_what_is_no_file_is_no_tar(shelf: Path, kind: str) -> None:
    tar = shelf.parent / "a.tar"
    if kind == "a folder":
        tar = shelf
    elif kind == "a fifo":
        os.mkfifo(tar)
    with pytest.raises(UnsafeTar, match="is not unpacked"):
        unpack(tar, shelf)


def test_whatever_is_changed_in_a_tar_nothing_else_is_raised_or_written(tmp_path: Path) -> None:
    chance = random.Random(8493)
    bag = make(tmp_path / "bag", FEW)
    write_tar(bag, tmp_path / "good.tar", MOMENT)
    good, known, outcomes = (tmp_path / "good.tar").read_bytes(), root_hash(bag), set()
    for attempt in range(400):
        content = bytearray(good)
        for _change in range(chance.randint(1, 4)):
            place = chance.randrange(len(good.rstrip(b"\0")))
            content[place] = chance.randrange(256)
        (tmp_path / "a.tar").write_bytes(content)
        shelf = tmp_path / "shelf" / str(attempt)
        try:
            back = unpack(tmp_path / "a.tar", shelf)
        except UnsafeTar:
            outcomes.add("refused")
            assert not shelf.exists() or not list(shelf.iterdir())
        else:
            assert [path.name for path in shelf.iterdir()] == [back.name]
            same = read(back) == read(bag)
            outcomes.add("same" if same else "damaged")
            assert bool(find_faults(back, known)) != same
    assert outcomes == {"refused", "same", "damaged"}
    assert {path.name for path in tmp_path.iterdir()} == {"bag", "good.tar", "a.tar", "shelf"}


def test_no_bag_is_made_of_what_is_no_bag(bag: Path) -> None:
    """Nor does the making follow a link."""
    for act in (link_to_a_file, fifo):
        act(bag)
        with pytest.raises(ValueError, match="data/odd is a"):
            write_bag(bag, INFO)
        (bag / "data/odd").unlink()
    (bag / "bagit.txt").unlink()
    (bag / "bagit.txt").symlink_to(bag.parent / "canary")
    with pytest.raises(ValueError, match=r"bagit\.txt is a symbolic link"):
        write_bag(bag, INFO)


def test_a_record_more_that_is_rightly_listed_is_no_fault(bag: Path) -> None:
    covered(added("metadata/more.xml"))(bag)
    assert proved(bag) == []
