"""The cache of laid-out pages: what it returns, what it refuses, and how large it grows."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fleuron.conservation.comparison import LostWord
from fleuron.diagnostics import Diagnostic
from fleuron.paged.layout.units import LaidOut
from fleuron.paged.run.layout_cache import Cache, open_cache
from fleuron.publication.page_breaks import PageBreak

LAID = LaidOut(
    b"%PDF-1.7\n\x00\xff\n%%EOF",
    3,
    {"one--b": 2, "one--a": 0},
    (),
    (PageBreak(2, 9, "ab"), PageBreak(4)),
    (LostWord(Diagnostic.WORD_DOUBLED, "twice", "it stands", "note 4"),),
    2,
)
LARGE = 2**30


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


ONE = digest("one")


def sized(content: int) -> LaidOut:
    return LaidOut(b"x" * content, 1, {})


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def test_what_one_build_caches_the_next_finds(tmp_path: Path) -> None:
    lossy = LaidOut(b"", 0, {}, ("a “picture” is missing",))
    Cache(tmp_path, LARGE).put(ONE, LAID)
    Cache(tmp_path, LARGE).put(digest("two"), lossy)
    found = Cache(tmp_path, LARGE).get(ONE)
    assert found == LAID
    assert list(found.places) == ["one--b", "one--a"]
    assert Cache(tmp_path, LARGE).get(digest("two")) == lossy
    assert Cache(tmp_path, LARGE).get(digest("three")) is None


def flipped(written: bytes, place: int) -> bytes:
    return written[:place] + bytes([written[place] ^ 1]) + written[place + 1 :]


def checked(head: object, form: bytes = b"fleuron pages 4") -> bytes:
    """An entry with a right checksum."""
    content = json.dumps(head).encode() + b"\n%PDF"
    return b"\n".join((form, hashlib.sha256(content).hexdigest().encode(), content))


FACTS = {"unit": ONE, "pages": 1, "places": {}, "losses": [], "breaks": [], "lost_words": [], "undescribed": 0}
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a bit of the PDF": lambda written: flipped(written, len(written) - 8),
    "a bit of the record": lambda written: flipped(written, written.index(b'"pages": 3') + 9),
    "a bit of the checksum": lambda written: flipped(written, 20),
    "truncated": lambda written: written[:-1],
    "truncated in the record": lambda written: written[:100],
    "empty": lambda _written: b"",
    "longer": lambda written: written + b"\n",
    "another format": lambda _written: checked(FACTS, b"fleuron pages 1"),
    "another unit": lambda _written: checked({**FACTS, "unit": digest("two")}),
    "no record": lambda _written: checked([]),
    "half a record": lambda _written: checked({"unit": ONE}),
    "a foreign file": lambda _written: b"\x80\x04cos\nsystem\n(S'true'\ntR.\n\n",
    "bytes that are not text": lambda _written: b"fleuron pages 4\n\xff\xff\n{}\n",
}


def test_the_entry_that_is_damaged_below_is_itself_valid(tmp_path: Path) -> None:
    Cache(tmp_path, LARGE).path(ONE).write_bytes(checked(FACTS))
    assert Cache(tmp_path, LARGE).get(ONE) == LaidOut(b"%PDF", 1, {})


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_foreign_entry_is_removed_and_counts_as_absent(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path, LARGE)
    cache.put(ONE, LAID)
    path = cache.path(ONE)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert cache.get(ONE) is None
    assert not path.exists()
    cache.put(ONE, LAID)
    assert cache.get(ONE) == LAID


def test_a_folder_with_the_name_of_an_entry_does_no_harm(tmp_path: Path) -> None:
    cache = Cache(tmp_path, LARGE)
    cache.path(ONE).mkdir()
    assert cache.get(ONE) is None
    cache.put(ONE, LAID)
    assert str(tmp_path) in cache.fault
    assert [path.name for path in tmp_path.iterdir()] == [cache.path(ONE).name]


def test_the_cache_never_exceeds_its_limit(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 10_000)
    for number in range(60):
        cache.put(digest(str(number)), sized(900))
        assert size(tmp_path) <= 10_000
    assert size(tmp_path) > 5_000
    assert cache.get(digest("59")) == sized(900)


def test_four_processes_in_turn_stay_within_the_limit(tmp_path: Path) -> None:
    caches = [Cache(tmp_path, 20_000) for _process in range(4)]
    for number in range(80):
        caches[number % 4].put(digest(str(number)), sized(800))
        assert size(tmp_path) <= 20_000


def test_the_least_recently_used_entry_is_removed_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 10_000)
    for number, name in enumerate(("first", "second", "third")):
        cache.put(digest(name), sized(2_500))
        os.utime(cache.path(digest(name)), (number, number))
    assert cache.get(digest("first"))  # so that it was used last
    cache.put(digest("fourth"), sized(2_500))
    kept = [name for name in ("first", "second", "third", "fourth") if cache.path(digest(name)).exists()]
    assert kept == ["first", "fourth"]


def test_only_the_cache_s_own_files_are_removed(tmp_path: Path) -> None:
    (tmp_path / "thesis.pages").write_bytes(b"x" * 5_000)
    (tmp_path / f".{'0' * 64}.pages.0123456789abcdef.part").write_bytes(b"x" * 5_000)
    os.utime(tmp_path / f".{'0' * 64}.pages.0123456789abcdef.part", (1, 1))
    cache = Cache(tmp_path, 6_000)
    cache.put(ONE, sized(2_000))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((cache.path(ONE).name, "thesis.pages"))


def test_an_entry_larger_than_the_whole_cache_is_not_written(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 1_000)
    cache.put(ONE, sized(700))
    cache.put(digest("two"), sized(1_000))
    assert cache.get(ONE)
    assert cache.get(digest("two")) is None


WRITER = """
import sys
from pathlib import Path
from fleuron.paged.run.layout_cache import Cache
from fleuron.paged.layout.units import LaidOut
from fleuron.publication.page_breaks import PageBreak
cache = Cache(Path(sys.argv[1]), 2**30)
laid = LaidOut(sys.argv[3].encode() * 200_000, 1, {})
for _time in range(60):
    cache.put(sys.argv[2], laid)
    found = cache.get(sys.argv[2])
    assert found is not None and len(set(found.pdf)) == 1, found
assert not cache.fault, cache.fault
"""


def test_two_processes_that_write_one_entry_leave_a_whole_one(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-c", WRITER, str(tmp_path), ONE]
    writers = [subprocess.Popen([*command, letter], stderr=subprocess.PIPE, text=True) for letter in "ab"]
    said = [writer.communicate()[1] for writer in writers]
    assert said == ["", ""]
    found = Cache(tmp_path, LARGE).get(ONE)
    assert found is not None
    assert found.pdf in (b"a" * 200_000, b"b" * 200_000)
    assert len(list(tmp_path.iterdir())) == 1


def test_the_folder_is_the_one_that_is_named_or_the_user_s(tmp_path: Path) -> None:
    home, named = str(tmp_path / "home"), str(tmp_path / "named")
    for environment, folder in (
        ({"FLEURON_CACHE": named, "HOME": home}, tmp_path / "named"),
        ({"XDG_CACHE_HOME": named, "HOME": home}, tmp_path / "named/fleuron/pages"),
        ({"XDG_CACHE_HOME": "relative", "HOME": home}, tmp_path / "home/.cache/fleuron/pages"),
        ({"HOME": home}, tmp_path / "home/.cache/fleuron/pages"),
    ):
        cache, notice = open_cache(environment)
        assert cache is not None, notice
        assert (cache.folder, notice) == (folder, "")
        assert folder.is_dir()
        assert not list(folder.iterdir())


@pytest.mark.parametrize("value", ["", "off", " "])
def test_a_cache_that_is_switched_off_gives_no_notice(tmp_path: Path, value: str) -> None:
    assert open_cache({"FLEURON_CACHE": value, "HOME": str(tmp_path)}) == (None, "")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("home", [None, "", "nothing", "file"])
def test_without_a_home_to_write_in_there_is_no_cache_and_one_notice(tmp_path: Path, home: str | None) -> None:
    (tmp_path / "file").write_text("")
    whole = str(tmp_path / "file") if home == "file" else home
    cache, notice = open_cache({} if whole is None else {"HOME": whole})
    assert cache is None
    assert "FLEURON_CACHE" in notice
    assert len(notice.splitlines()) == 1


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder that nobody may write in is known on Linux alone")
def test_a_folder_that_cannot_be_written_to_is_not_used() -> None:
    cache, notice = open_cache({"FLEURON_CACHE": "/proc/self"})
    assert cache is None
    assert "/proc/self" in notice
