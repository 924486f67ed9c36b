"""Released versions on a site: listed, never written again, and there or not there in one step."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from lxml import etree, html

from fleuron.archive.bag.writing import write_bag
from fleuron.archive.site.newer_versions import without_line
from fleuron.archive.site.versions import Version, VersionFile, publish_version, version_of
from fleuron.commands import release
from fleuron.metadata.feeds.sitemap import SITEMAP
from fleuron.metadata.harvest.resource_lists import RESOURCE_SYNC
from fleuron.publish.build_folder import locked
from fleuron.publish.settings import CommandError
from tests.support.tagged_releases import repository

INFO = {
    "Source-Organization": "A Press",
    "External-Identifier": "https://doi.org/10.5555/small",
    "Internal-Sender-Identifier": "small",
    "External-Description": "Small, version",
    "Bagging-Date": "2026-03-04",
    "Bag-Software-Agent": "Fleuron",
}
RELEASE = '{"version": "%s", "commit": "c", "tree": "t", "moment": %d, "folder": "."}'
BUILD = f'{{"release": {RELEASE}, "sources": {{}}, "command": ["python"]}}'


def bag(
    folder: Path, version: str, moment: int, pages: int = 3, others: Mapping[str, str] = MappingProxyType({})
) -> Path:
    """Make the bag of a small version, with ``others`` among the files of its site, by their paths."""
    made = folder / f"small-{version}"
    site = made / "data" / "site"
    for name in ["index.html", "versions/index.html", *(f"en/{number}.html" for number in range(pages))]:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"{name} of {version}", "utf-8")
    for name, text in others.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    (site / "en" / "downloads").mkdir(parents=True)
    (site / "en" / "downloads" / "small-en.pdf").write_bytes(b"%PDF " + version.encode())
    (made / "data" / "build.json").write_text(BUILD % (version, moment), "utf-8")
    write_bag(made, INFO)
    return made


def put(made: Path, site: Path) -> Version:
    version = version_of(made, "Small & <small>", "10.5555/small")
    publish_version(made, version, site)
    return version


def contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_latest_version_is_the_site_and_each_has_its_folder(tmp_path: Path) -> None:
    site = tmp_path / "site"
    one, two = bag(tmp_path, "v1.0", 100), bag(tmp_path, "v1.1", 200)
    put(one, site)
    before = contents(site / "versions" / "v1.0")
    assert before == contents(one / "data" / "site")
    assert (site / "en/1.html").read_text("utf-8") == "en/1.html of v1.0"
    put(two, site)
    assert contents(site / "versions" / "v1.0") == before
    assert contents(site / "versions" / "v1.1") == contents(two / "data" / "site")
    assert (site / "en/1.html").read_text("utf-8") == "en/1.html of v1.1"


def test_a_correction_of_an_old_version_is_listed_and_not_the_latest(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for version, moment in (("v1.0", 100), ("v2.0", 300), ("v1.0.1", 200)):
        put(bag(tmp_path, version, moment), site)
    assert (site / "index.html").read_text("utf-8") == "index.html of v2.0"
    page: Any = etree.HTML((site / "versions" / "index.html").read_bytes())
    assert page.xpath("//h2/@id") == ["v2.0", "v1.0.1", "v1.0"]


def test_the_list_tells_date_doi_formats_and_checksums(tmp_path: Path) -> None:
    version = put(bag(tmp_path, "v1.0", 100), tmp_path / "site")
    checksum = hashlib.sha512(b"%PDF v1.0").hexdigest()
    assert version.files == (VersionFile("en/downloads/small-en.pdf", "PDF", checksum),)
    page: Any = etree.HTML((tmp_path / "site" / "versions" / "index.html").read_bytes())
    assert page.xpath("string(//h1)") == "Small & <small>: all versions"
    assert page.xpath("//time/@datetime") == ["1970-01-01"]
    assert "https://doi.org/10.5555/small" in page.xpath("//a/@href")
    text = page.xpath("string()")
    assert checksum in text and version.root_hash in text and "swh:1:dir:t" in text
    for address in page.xpath("//a/@href[not(contains(., '://'))]"):
        assert (tmp_path / "site" / "versions" / address).resolve().is_file()


def test_a_version_that_stands_is_never_written_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    made = bag(tmp_path, "v1.0", 100)
    put(made, site)
    before = contents(site)
    with pytest.raises(CommandError, match="never written again"):
        put(made, site)
    assert contents(site) == before


def test_a_release_waits_for_another_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    publication, site = repository(tmp_path), tmp_path / "site"
    folder = publication.source / "archive"
    bag(folder, "v1.0", 100)
    arguments = Namespace(tag="v1.0", site=str(site), source=publication.source)
    releasing = threading.Thread(target=release.run, args=(arguments,))
    with locked(folder):
        releasing.start()
        while releasing.is_alive() and "waiting until it ends" not in capfd.readouterr().err:
            time.sleep(0.01)
        assert releasing.is_alive() and not site.exists()
    releasing.join()
    assert (site / "versions/v1.0/en/1.html").is_file()


def test_a_version_is_a_folder_of_the_site_and_no_way_out(tmp_path: Path) -> None:
    made = bag(tmp_path, "v1.0", 100)
    (made / "data" / "build.json").write_text(BUILD % ("../../out", 100), "utf-8")
    with pytest.raises(CommandError, match="not a valid build record"):
        version_of(made, "Small", "")


def test_an_edit_of_the_site_leaves_what_was_released(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(bag(tmp_path, "v1.0", 100), site)
    with (site / "index.html").open("a", encoding="utf-8") as page:
        page.write("edited in place")
    assert (site / "versions" / "v1.0" / "index.html").read_text("utf-8") == "index.html of v1.0"


def test_what_others_put_beside_the_versions_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(bag(tmp_path, "v1.0", 100), site)
    (site / "CNAME").write_text("press.example", "utf-8")
    put(bag(tmp_path, "v1.1", 200, pages=1), site)
    assert (site / "CNAME").read_text("utf-8") == "press.example"
    assert not (site / "en" / "2.html").exists(), "a page that the latest version has no more"


PUT = """import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.archive.test_versions import put
put(Path(sys.argv[2]), Path(sys.argv[3]))
"""


def files_in(folder: Path) -> int:
    """Count the files of a folder that comes and goes."""
    return sum(len(files) for _, _, files in os.walk(folder))


def test_a_site_is_the_old_one_or_the_new_one_whenever_the_press_is_killed(tmp_path: Path) -> None:
    """Killed as soon as there are so many files of the draft, from none to all of them."""
    site = tmp_path / "site"
    put(bag(tmp_path, "v1.0", 100, pages=40), site)
    later = bag(tmp_path, "v1.1", 200, pages=40)
    old = contents(site)
    killed, states = 0, set()
    for count in (0, 1, 30, 60, 90, 120, 150, 10_000):
        words = [sys.executable, "-P", "-c", PUT, str(Path(__file__).parents[2]), str(later), str(site)]
        draft = site.with_name(".site.part")
        with subprocess.Popen(words, stderr=subprocess.PIPE) as running:
            while running.poll() is None and files_in(draft) < count:
                time.sleep(0.0005)
            if running.poll() is None:
                os.kill(running.pid, signal.SIGKILL)
                killed += 1
        now = contents(site)
        states.add("new" if "versions/v1.1/index.html" in now else "old")
        assert now == old or now["index.html"] == b"index.html of v1.1"
        if now != old:
            assert {name: now[name] for name in old if name.startswith("versions/v1.0")} == {
                name: content for name, content in old.items() if name.startswith("versions/v1.0")
            }
            assert "versions/v1.1/en/39.html" in now and "en/39.html" in now
            break
    assert killed > 2 and "new" in states


PAGE = """<!DOCTYPE html>
<html lang="{}">
<body>
<a class="skip" href="#text">Text</a>
<header class="masthead"></header>
<main>{}</main>
</body>
</html>
"""


def bag_of_pages(folder: Path, version: str, moment: int, pages: Mapping[str, str]) -> Path:
    """Make the bag of a version with these pages, by their paths, and lists for those who harvest it."""
    made = {name: PAGE.format(name[:2], text) for name, text in pages.items()}
    return bag(folder, version, moment, 0, made | {"resourcesync/capabilitylist.xml": "<urlset/>"})


def older_line(site: Path, version: str, name: str) -> tuple[str, list[str]]:
    """Return what a page of a version says of newer ones, and where that leads."""
    path = site / "versions" / version / name
    page: Any = html.fromstring(path.read_bytes().decode())
    found = page.xpath("//body/aside[@class='newer-version']")
    assert len(found) < 2
    if not found:
        return "", []
    assert found[0].getnext().get("class") == "masthead", "after the link to the text"
    return " ".join(found[0].text_content().split()), [str(each) for each in found[0].xpath(".//a/@href")]


def test_a_page_of_an_older_version_says_so_in_its_language_and_leads_to_the_newest(tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = bag_of_pages(tmp_path, "v1.0", 100, {"en/a/x.html": "X", "tr/a/x.html": "X", "en/gone.html": "Gone"})
    kept = contents(first)
    put(first, site)
    assert older_line(site, "v1.0", "en/a/x.html") == ("", []), "it is the latest"
    put(bag_of_pages(tmp_path, "v1.1", 200, {"en/a/x.html": "New", "tr/a/x.html": "New"}), site)
    text, [address] = older_line(site, "v1.0", "en/a/x.html")
    assert text == "This is version v1.0. A newer version exists. Latest version"
    assert (site / "versions/v1.0/en/a" / address).resolve() == (site / "en/a/x.html").resolve()
    assert older_line(site, "v1.0", "tr/a/x.html")[0].startswith("Bu, v1.0 sürümüdür. Daha yeni bir sürüm var.")
    [listed] = older_line(site, "v1.0", "en/gone.html")[1]
    assert (site / "versions/v1.0/en" / listed).resolve() == (site / "versions/index.html").resolve()
    assert "newer-version" not in (site / "en/a/x.html").read_text("utf-8")
    assert older_line(site, "v1.1", "en/a/x.html") == ("", [])
    assert contents(first) == kept, "a bag is never written again"


def test_only_the_line_is_added_and_it_follows_pages_that_come_and_go(tmp_path: Path) -> None:
    site = tmp_path / "site"
    pages = {"en/x.html": "X", "en/y.html": "Y"}
    bags = {version: bag_of_pages(tmp_path, version, moment, pages) for version, moment in (("v1", 1), ("v2", 2))}
    for made in bags.values():
        put(made, site)
    put(bag_of_pages(tmp_path, "v3", 3, {"en/x.html": "X"}), site)
    for version, made in bags.items():
        assert older_line(site, version, "en/y.html")[1] == ["../../../versions/index.html"]
        assert older_line(site, version, "en/x.html")[1] == ["../../../en/x.html"]
        published = contents(site / "versions" / version)
        plain = {name: without_line(text) for name, text in published.items()}
        assert plain == contents(made / "data" / "site")
    put(bag_of_pages(tmp_path, "v1.9", 1, pages), site)
    assert older_line(site, "v1.9", "en/x.html")[0].startswith("This is version v1.9"), "released after a newer one"


def test_each_version_lists_what_it_has_changed(tmp_path: Path) -> None:
    site, rs = tmp_path / "site", {"s": SITEMAP, "rs": RESOURCE_SYNC}
    released = {
        "v1": {"en/same.html": "S", "en/new.html": "1", "en/gone.html": "G"},
        "v2": {"en/same.html": "S", "en/new.html": "2", "en/more.html": "M"},
        "v3": {"en/same.html": "S", "en/new.html": "3", "en/more.html": "M"},
    }
    for number, (version, pages) in enumerate(released.items(), 1):
        made = bag_of_pages(tmp_path, version, number * 100, pages)
        publish_version(made, version_of(made, "Small", ""), site, "https://press.example/")
    index = etree.parse(str(site / "resourcesync/changelist.xml"))
    lists = index.xpath("//s:sitemap/s:loc/text()", namespaces=rs)
    assert lists == [f"https://press.example/resourcesync/changes-{each}.xml" for each in ("100-200", "200-300")]
    assert index.xpath("//s:sitemap/rs:md/@from", namespaces=rs) == ["1970-01-01T00:01:40Z", "1970-01-01T00:03:20Z"]
    told: Any = etree.parse(str(site / "resourcesync/changes-100-200.xml"))
    addresses, kinds = (told.xpath(f"//s:url/{each}", namespaces=rs) for each in ("s:loc/text()", "rs:md/@change"))
    changes = zip(addresses, kinds, strict=True)
    assert {address.removeprefix("https://press.example/"): change for address, change in changes} == {
        **{"en/gone.html": "deleted", "en/more.html": "created", "en/new.html": "updated"},
        "en/downloads/small-en.pdf": "updated",
    }
    capabilities = etree.parse(str(site / "resourcesync/capabilitylist.xml"))
    assert capabilities.xpath("//s:url/rs:md/@capability", namespaces=rs) == ["resourcelist", "changelist"]
