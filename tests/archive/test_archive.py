"""A version archived: what is in its bag, that any day and any folder give the same, and that it can be built again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import fleuron
from fleuron.archive.bag.verification import find_faults
from fleuron.archive.bag.writing import root_hash
from fleuron.archive.release.build_environment import package_identifier
from fleuron.archive.release.swhid import tree_of
from tests.support.publications import Publication
from tests.support.tagged_releases import FILES, git, repository

# The archive of the version below holds the reports of all validators.
pytestmark = [pytest.mark.java, pytest.mark.node, pytest.mark.slow]

BAG = "archive/small-v1.0"


def archive(publication: Publication, version: str = "v1.0", *more: str, prefix: tuple[str, ...] = ()) -> str:
    done = publication.run("archive", version, *more, prefix=prefix)
    assert done.code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication with an archived version."""
    made = repository(tmp_path_factory.mktemp("released"))
    archive(made)
    return made


@pytest.fixture
def bag(released: Publication) -> Path:
    return released.source / BAG


def payload(bag: Path) -> list[str]:
    return sorted(path.relative_to(bag / "data").as_posix() for path in (bag / "data").rglob("*") if path.is_file())


def test_a_bag_has_all_that_readers_and_libraries_get(bag: Path) -> None:
    names = set(payload(bag))
    assert {
        "site/en/articles/one.html",
        "epub/small-en.epub",
        "pdf/small-en.pdf",
        "pdf/en/one.pdf",
        "records/en/one.jats.xml",
        "records/en/one.datacite.json",
        "records/en/one.inveniordm.json",
        "records/en/one.marc.xml",
        "records/en/one.oai_dc.xml",
        "reports/epubcheck-small-en.json",
        "reports/ace-small-en.json",
        "reports/pdf-small-en.json",
        "reports/pdf-en-one.json",
    } <= names
    assert {
        "records/one.crossref.xml",
        "reports/verapdf.json",
        "reports/links.json",
        "reports/accessibility.json",
    } <= names
    assert {"build.json", "CITATION.cff", "ro-crate-metadata.json", "site/lockss.html", "site/clockss.html"} <= names
    assert {"requirements.lock", "ro-crate-preview.html"} <= names
    assert {path.name for path in bag.iterdir()} - {"data"} == {
        *("bagit.txt", "bag-info.txt", "bagit-profile.json", "README.txt", "metadata"),
        *("manifest-sha512.txt", "tagmanifest-sha512.txt"),
    }
    assert {f"source/{name}" for name in FILES} == {name for name in names if name.startswith("source/")}
    assert find_faults(bag) == []


def test_the_reports_are_those_of_the_validators_and_tell_neither_time_nor_place(bag: Path) -> None:
    reports = {path.name: path.read_text("utf-8") for path in (bag / "data/reports").iterdir()}
    assert not [name for name, text in reports.items() if "not run" in text or "/tmp" in text]
    told = {name: json.loads(text) for name, text in reports.items()}
    assert told["links.json"]["faults"] == told["accessibility.json"]["violations"] == []
    assert told["links.json"]["links within"] > 50
    assert {each["id"] for each in told["epubcheck-small-en.json"]["messages"]} == {"CSS-028"}
    assert told["ace-small-en.json"]["outcome"] == "pass"
    failures = told["pdf-en-one.json"]["failures"]
    assert [each for name in ("pdfa-3a", "pdfua-1") for each in failures[name] if "proof" not in each] == []
    assert told["pdf-en-one.json"]["syntax"]["whole"] is True
    assert told["verapdf.json"]["files"] == ["pdf/en/one.pdf", "pdf/small-en.pdf"]
    assert told["verapdf.json"]["failures"] == {}


def test_the_sources_are_those_of_the_tag_by_their_software_heritage_identifier(
    released: Publication, bag: Path
) -> None:
    record = json.loads((bag / "data/build.json").read_text("utf-8"))
    tree = git(released.source, "rev-parse", "v1.0^{tree}")
    assert record["identifiers"]["tree"] == f"swh:1:dir:{tree}"
    assert tree_of(bag / "data/source", record["sources"]) == tree
    assert f"swh:1:dir:{tree}" in (bag / "bag-info.txt").read_text("utf-8")


def test_the_record_names_what_the_build_depends_on(bag: Path) -> None:
    text = (bag / "data/build.json").read_text("utf-8")
    record = json.loads(text)
    assert record["environment"]["SOURCE_DATE_EPOCH"] == str(record["release"]["moment"]) == "1772600767"
    assert {"sphinx", "weasyprint", "lxml"} <= set(record["packages"])
    assert {font["name"] for font in record["fonts"]} >= {"Amiri-Regular.ttf"}
    assert all(len(font["sha512"]) == 128 for font in record["fonts"])
    assert "/tmp" not in text and str(Path.home()) not in text


def test_dates_are_those_of_the_commit(bag: Path) -> None:
    assert "Bagging-Date: 2026-03-04\n" in (bag / "bag-info.txt").read_text("utf-8")
    site = (bag / "data/site/en/colophon.html").read_text("utf-8")
    assert "v1.0" in site


def test_a_page_leads_to_the_latest_version_and_to_all(bag: Path) -> None:
    page: Any = etree.HTML((bag / "data/site/en/articles/one.html").read_bytes())
    history = page.xpath("//footer//a[@rel='version-history']/@href")
    assert history == ["../../versions/index.html"]
    assert page.xpath("//a[@rel='latest-version']/@href") == ["https://press.example/en/articles/one.html"]
    assert (bag / "data/site/en/articles" / history[0]).is_file()


def test_the_harvesters_find_their_permission_and_every_file(bag: Path) -> None:
    page: Any = etree.HTML((bag / "data/site/lockss.html").read_bytes())
    assert "LOCKSS system has permission to collect, preserve, and serve this Archival Unit" in page.xpath("string()")
    named = set(page.xpath("//li/a/@href"))
    assert {"en/articles/one.html", "en/articles/one.pdf", "en/downloads/small-en.epub"} <= named
    linkset = json.loads((bag / "data/site/linkset.json").read_text("utf-8"))["linkset"]
    article = next(each for each in linkset if each["anchor"] == "en/articles/one.html")
    assert article["cite-as"] == [{"href": "https://doi.org/10.5555/one"}]
    assert {each["type"] for each in article["item"]} == {"application/pdf"}


def test_the_tar_is_the_bag_and_its_checksum_is_told(released: Publication, bag: Path) -> None:
    tar = bag.with_name(f"{bag.name}.tar")
    said = bag.with_name(f"{tar.name}.sha512").read_text("utf-8")
    assert said == f"{hashlib.sha512(tar.read_bytes()).hexdigest()}  {tar.name}\n"
    done = released.run("verify", str(tar), "--expect", root_hash(bag))
    assert done.code == 0 and "all as listed in the bag" in done.output


@pytest.mark.nightly
def test_another_folder_and_another_day_give_the_same_bag_and_tar(
    released: Publication, bag: Path, tmp_path: Path
) -> None:
    other = Publication(tmp_path / "quite another" / "source")
    other.source.parent.mkdir()
    subprocess.run(["git", "clone", "--quiet", str(released.source), str(other.source)], check=True)
    archive(other, prefix=("faketime", "-f", "+50d"))
    again = other.source / BAG
    assert payload(again) == payload(bag)
    assert [
        name for name in payload(bag) if (again / "data" / name).read_bytes() != (bag / "data" / name).read_bytes()
    ] == []
    assert root_hash(again) == root_hash(bag)
    assert again.with_name("small-v1.0.tar").read_bytes() == bag.with_name("small-v1.0.tar").read_bytes()


def test_what_was_archived_is_never_written_again(released: Publication, bag: Path) -> None:
    before = root_hash(bag)
    done = released.run("archive", "v1.0")
    assert done.code == 1 and "never written again" in done.output
    assert root_hash(bag) == before and find_faults(bag) == []


def test_a_version_that_is_not_there_is_told_with_the_nearest(released: Publication) -> None:
    done = released.run("archive", "v1.O")
    assert done.code == 1 and "there is no tag “v1.O”; did you mean “v1.0”?" in done.output
    assert "Traceback" not in done.output


def test_a_tag_that_is_no_file_name_is_told(released: Publication) -> None:
    git(released.source, "tag", "release/1.0")
    done = released.run("archive", "release/1.0")
    assert done.code == 1 and "the tag “release/1.0” is not a valid file name" in done.output
    assert "Traceback" not in done.output


def test_a_changed_bag_is_told_file_by_file(released: Publication, bag: Path, tmp_path: Path) -> None:
    broken = tmp_path / bag.name
    shutil.copytree(bag, broken)
    (broken / "data/pdf/en/one.pdf").write_bytes(b"%PDF-1.7")
    done = released.run("verify", str(broken))
    assert done.code == 1 and "data/pdf/en/one.pdf: " in done.output
    done = released.run("verify", str(bag), "--expect", "sha512:" + "0" * 128)
    assert done.code == 1 and "tagmanifest-sha512.txt: " in done.output


def programs(folder: Path, *names: str) -> str:
    """Return a PATH of a new folder, with these programs alone."""
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(str(shutil.which(name)))
    return str(folder)


REBUILD = """import sys
from pathlib import Path
from fleuron.archive.release.rebuild import rebuild
rebuild(Path(sys.argv[1]))
"""


def test_a_version_is_built_again_in_another_folder_on_another_day_and_compared(bag: Path, tmp_path: Path) -> None:
    """Here a bag that tells of another font, and has a page that nothing builds, where most validators are missing."""
    changed = tmp_path / bag.name
    shutil.copytree(bag, changed)
    record = json.loads((bag / "data/build.json").read_text("utf-8"))
    record["fonts"][0]["sha512"] = "0" * 128
    (changed / "data/build.json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (changed / "data/site/en/more.html").write_text("More", "utf-8")
    path = programs(tmp_path / "bin", "git", "fc-list", "qpdf")
    done = subprocess.run(
        [str(shutil.which("faketime")), "-f", "+50d", sys.executable, "-P", "-c", REBUILD, str(changed)],
        env={**os.environ, "PATH": path, "CHROMIUM": "", "FLEURON_NODE_MODULES": ""},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    told = dict(line.split(": ", 1) for line in done.stdout.splitlines() if line.startswith("data/"))
    assert told.pop("data/site/en/more.html") == "was not built"
    differ = {name for name, state in told.items() if state != "identical"}
    validators = ("accessibility", "ace-small-en", "epubcheck-small-en", "verapdf")
    reports = {f"data/reports/{name}.json" for name in validators}
    crate = {"data/ro-crate-metadata.json", "data/ro-crate-preview.html"}
    assert differ == {*reports, "data/build.json", *crate}
    assert "the validator did not run here, because Ace is not installed" in told["data/reports/ace-small-en.json"]
    assert "as it describes 6 other files that differ" in told["data/ro-crate-metadata.json"]
    assert {"data/pdf/small-en.pdf", "data/epub/small-en.epub", "data/site/en/articles/one.html"} < set(told)
    assert f"possible reason: the font {record['fonts'][0]['name']} has changed" in done.stdout.splitlines()


def test_a_program_without_a_checkout_archives_and_verifies_whatever_validators_it_has(tmp_path: Path) -> None:
    """A copy of the package, as an installation has it, on a machine with Git and fonts and no validator's program."""
    installed = tmp_path / "installed" / "fleuron"
    shutil.copytree(Path(fleuron.__file__).parent, installed, ignore=shutil.ignore_patterns("__pycache__"))
    made = repository(tmp_path / "publication")
    variables = {name: value for name, value in os.environ.items() if name not in ("CHROMIUM", "FLEURON_NODE_MODULES")}
    variables |= {"PATH": programs(tmp_path / "bin", "git", "fc-list"), "PYTHONPATH": str(installed.parent)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "fleuron", *arguments]
        return subprocess.run(command, env=variables, cwd=tmp_path, capture_output=True, text=True, check=False)

    archived = run("archive", "v1.0", "--source", str(made.source))
    assert archived.returncode == 0, archived.stderr
    notices = [line for line in archived.stderr.splitlines() if "not all validators ran" in line]
    assert len(notices) == 1
    for reason in ("Java", "Ace is not installed", "axe-core is not installed", "qpdf is not installed"):
        assert reason in notices[0]
    bag = made.source / BAG
    record = json.loads((bag / "data/build.json").read_text("utf-8"))
    assert record["program"] == {
        "name": "fleuron",
        "version": fleuron.__version__,
        "identifier": package_identifier(installed),
    }
    assert "lock" not in record and str(tmp_path) not in json.dumps(record)
    reports = {path.stem: json.loads(path.read_text("utf-8")) for path in (bag / "data/reports").iterdir()}
    assert {name for name, report in reports.items() if "not run" in report} == {
        "epubcheck-small-en",
        "ace-small-en",
        "accessibility",
        "verapdf",
    }
    assert reports["links"]["faults"] == []
    verified = run("verify", str(bag), "--expect", root_hash(bag))
    assert (verified.returncode, verified.stderr) == (0, "")
