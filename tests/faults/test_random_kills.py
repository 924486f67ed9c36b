"""Kill commands at random moments: what is published is old or new, and the next build is a clean one's.

FLEURON_KILLS=50 kills each command as often; without it, there are none. FLEURON_KILLS_SEED repeats a run, as far as
the machine does; FLEURON_KILLS_OF=sample kills the builds of the sample.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from fleuron.archive.bag.tarball import write_tar
from fleuron.archive.bag.verification import find_faults
from fleuron.archive.bag.writing import write_bag
from tests.archive.test_bag import INFO, MOMENT
from tests.support.killed_commands import (
    command_line,
    is_either,
    leftovers,
    published,
    run,
    run_until,
    wait_until_empty,
)
from tests.support.publications import SMALL, Publication, copy_sample
from tests.support.tagged_releases import git, repository

KILLS = int(os.environ.get("FLEURON_KILLS", "0"))
SEED = os.environ.get("FLEURON_KILLS_SEED", "1")
SAMPLE = os.environ.get("FLEURON_KILLS_OF") == "sample"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not KILLS, reason="set FLEURON_KILLS to the number of kills")]

FORMATS = ("pdf", "epub", "html")
CATALOGUE = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "The first text."\nmsgstr "{}"\n'
)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="{}"><rect width="40" height="9"/></svg>'


def write_version(publication: Publication, version: int) -> None:
    """Change an article, a translation, a picture and the title of another text: what Sphinx keeps track of."""
    if SAMPLE:
        article = sorted((publication.source / "articles").rglob("*.md"))[0]
        text = article.read_text("utf-8").partition("\n\nVersion ")[0].rstrip("\n")
        article.write_text(f"{text}\n\nVersion {version} of this text.\n", "utf-8")
        return
    text = (
        SMALL["articles/one.md"].replace("# One", f"# One, {version}") + f"\n![A bar](bar.svg)\n\nVersion {version}.\n"
    )
    publication.write("articles/one.md", text)
    publication.write("articles/bar.svg", PICTURE.format(20 + version))
    publication.write("locale/tr/LC_MESSAGES/articles/one.po", CATALOGUE.format(f"{version}. metin."))


def new_publication(folder: Path) -> Publication:
    publication = Publication(folder / "source")
    publication.source.mkdir(parents=True)
    if SAMPLE:
        copy_sample(publication.source)
    else:
        for name, text in SMALL.items():
            publication.write(name, text)
    return publication


def test_a_killed_build_leaves_the_old_or_the_new_and_the_next_is_a_clean_one(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    publication, temporary = new_publication(tmp_path / "killed"), tmp_path / "temporary"
    command = command_line("publish", *FORMATS, "--source", publication.source, "--build", publication.build)
    clean = {}
    for version in (0, 1):
        write_version(publication, version)
        shutil.rmtree(publication.build, ignore_errors=True)
        ended = run(command, temporary)
        assert ended.code == 0, ended.output
        clean[version] = published(publication.build)
    run(command, temporary)
    seconds = run(command, temporary).seconds
    version = 1
    for number in range(KILLS):
        version = 1 - version
        write_version(publication, version)
        moment, whole_group = chance.uniform(0, seconds), chance.random() < 0.5
        killed = run_until(command, temporary, moment, whole_group=whole_group)
        left = published(publication.build)
        torn = [unit for unit in left if not is_either(left[unit], clean[0].get(unit), clean[1].get(unit))]
        missing = sorted(set(clean[0]) - set(left))
        ended = run(command, temporary)
        now = published(publication.build)
        different = [unit for unit in now if now[unit] != clean[version].get(unit)]
        stays = [*leftovers(publication.build), *(path.name for path in temporary.iterdir())]
        state = "".join("n" if left.get(unit) == clean[version][unit] else "o" for unit in clean[version])
        place = f"kill {number} after {moment:.2f} of {seconds:.2f} s, {'group' if whole_group else 'process'}"
        print(f"{place}: {killed.code} {state} then {ended.seconds:.1f} s", flush=True)
        assert (torn, missing, ended.code) == ([], [], 0), (place, killed.output, ended.output)
        assert (different, stays, set(now)) == ([], [], set(clean[version])), (place, ended.output)
        seconds = max(seconds * 0.8, ended.seconds * 0.9)


@pytest.mark.skipif(SAMPLE, reason="of the small publication only")
def test_a_killed_archive_leaves_no_bag_or_a_whole_one_and_the_next_is_a_clean_one(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    publication, temporary = repository(tmp_path), tmp_path / "temporary"
    command = command_line("archive", "v1.0", "--source", publication.source)
    archives = publication.source / "archive"
    clean = run(command, temporary)
    assert clean.code == 0, clean.output
    checksums = clean.output.splitlines()[-2:]
    names = sorted(path.name for path in archives.iterdir())
    for number in range(KILLS):
        shutil.rmtree(archives)
        moment, whole_group = chance.uniform(0, clean.seconds), chance.random() < 0.5
        killed = run_until(command, temporary, moment, whole_group=whole_group)
        place = f"kill {number} after {moment:.2f} of {clean.seconds:.2f} s, {'group' if whole_group else 'process'}"
        print(f"{place}: {killed.code}", flush=True)
        worktrees = git(publication.source, "worktree", "list", "--porcelain").count("worktree ")
        wait_until_empty(temporary)  # the process that supervises validators needs a moment
        assert worktrees == 1, place
        if (archives / "small-v1.0").exists():
            assert find_faults(archives / "small-v1.0") == [], place
            continue
        ended = run(command, temporary)
        assert (ended.code, ended.output.splitlines()[-2:]) == (0, checksums), (place, ended.output)
        assert sorted(path.name for path in archives.iterdir()) == names, place


@pytest.mark.skipif(SAMPLE, reason="of an invented bag only")
def test_a_killed_verification_leaves_its_unpacked_bag_to_the_next_at_most(tmp_path: Path) -> None:
    chance, temporary = random.Random(SEED), tmp_path / "temporary"
    bag = tmp_path / "bag"
    for number in range(200):
        (bag / "data").mkdir(parents=True, exist_ok=True)
        (bag / "data" / f"{number}.txt").write_bytes(chance.randbytes(100_000))
    write_bag(bag, INFO)
    write_tar(bag, tmp_path / "bag.tar", MOMENT)
    command = command_line("verify", tmp_path / "bag.tar")
    clean = run(command, temporary)
    assert clean.code == 0, clean.output
    for number in range(KILLS):
        moment, whole_group = chance.uniform(clean.seconds / 3, clean.seconds), chance.random() < 0.5
        killed = run_until(command, temporary, moment, whole_group=whole_group)
        left = len(list(temporary.iterdir()))
        print(f"kill {number} after {moment:.2f} of {clean.seconds:.2f} s: {killed.code}, {left} left", flush=True)
        assert left <= 1  # that of the last one that was killed
    assert run(command, temporary).output == clean.output
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(SAMPLE, reason="of the small publication only")
def test_a_killed_live_site_leaves_the_old_or_the_new_and_the_next_build_is_a_clean_one(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    publication, temporary = new_publication(tmp_path / "killed"), tmp_path / "temporary"
    places = ("--source", publication.source, "--build", publication.build)
    publish, live = command_line("publish", "html", *places), command_line("live", "--port", "0", *places)
    clean = {}
    for version in (0, 1):
        write_version(publication, version)
        shutil.rmtree(publication.build, ignore_errors=True)
        ended = run(publish, temporary)
        assert ended.code == 0, ended.output
        clean[version] = published(publication.build)
    version = 1
    for number in range(KILLS):
        version = 1 - version
        write_version(publication, version)
        moment, whole_group = chance.uniform(0, 1.5 * ended.seconds), chance.random() < 0.5
        killed = run_until(live, temporary, moment, whole_group=whole_group)
        left = published(publication.build)
        torn = [unit for unit in left if not is_either(left[unit], clean[0].get(unit), clean[1].get(unit))]
        ended = run(publish, temporary)
        now = published(publication.build)
        stays = [*leftovers(publication.build), *(path.name for path in temporary.iterdir())]
        place = f"kill {number} after {moment:.2f} s, {'group' if whole_group else 'process'}"
        print(f"{place}: {killed.code} then {ended.seconds:.1f} s", flush=True)
        assert (torn, ended.code, now == clean[version], stays) == ([], 0, True, []), (place, killed.output)
