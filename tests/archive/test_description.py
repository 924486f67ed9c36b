"""What describes a bag to those who find it: README, PREMIS, RO-Crate with its page, and the packages that built it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree, html
from packaging.requirements import Requirement

from fleuron.archive.bag.verification import find_faults
from fleuron.archive.description.bag_description import PREMIS_FILE
from tests.archive.conftest import PROGRAM, REPORTS, described_bag
from tests.support.publications import Publication
from tests.support.tagged_releases import git

SCHEMA = Path(__file__).with_name("schemas") / "premis-v3-0.xsd"
PREMIS = {"p": "http://www.loc.gov/premis/v3"}


def test_the_same_version_is_described_by_the_same_bytes(
    small_release: Publication, small_bag: Path, tmp_path: Path
) -> None:
    assert find_faults(small_bag) == []
    again = described_bag(small_release, tmp_path / "elsewhere" / small_bag.name)
    names = [path.relative_to(small_bag) for path in small_bag.rglob("*") if path.is_file()]
    assert [name for name in names if (small_bag / name).read_bytes() != (again / name).read_bytes()] == []


def test_a_bag_names_the_press_and_its_sources(small_release: Publication, small_bag: Path) -> None:
    info = (small_bag / "bag-info.txt").read_text("utf-8")
    assert f"Bag-Software-Agent: Fleuron 1.2.3 {PROGRAM['identifier']}\n" in info
    names = ("v1.1", "v1.1^{}", "v1.1^{tree}")
    release, revision, tree = (git(small_release.source, "rev-parse", name) for name in names)
    assert f"Internal-Sender-Description: swh:1:rel:{release} swh:1:rev:{revision} swh:1:dir:{tree}\n" in info
    record = json.loads((small_bag / "data/build.json").read_text("utf-8"))
    assert record["identifiers"]["tag"] == f"swh:1:rel:{release}"
    told = {f"swh:1:rel:{release}", f"swh:1:rev:{revision}", f"swh:1:dir:{tree}", PROGRAM["identifier"]}
    for text in (info, (small_bag / "README.txt").read_text("utf-8")):
        assert set(re.findall(r"swh:\S+", text)) == told


def test_the_readme_says_how_to_read_check_and_rebuild(small_bag: Path) -> None:
    text = (small_bag / "README.txt").read_text("utf-8")
    assert text.startswith("Küçük\nVersion v1.1, 2026-03-04\n")
    assert max(map(len, text.splitlines())) <= 120
    named = set(re.findall(r"\b(?:data|metadata)/[\w./-]*[\w/]", text))
    assert {"data/site/en/index.html", "data/source/", "metadata/premis.xml", "data/requirements.lock"} <= named
    assert [name for name in named if not (small_bag / name).exists()] == []
    for standard in ("ISO 19005-3", "EPUB 3.3", "WHATWG HTML", "RFC 8493", "ISO/IEC 18670", "PREMIS 3.0", "fmt/479"):
        assert standard in text
    assert "Gettext" not in text  # a format that no file has


def test_the_sums_can_be_checked_by_the_command_that_the_readme_names(small_bag: Path) -> None:
    text = (small_bag / "README.txt").read_text("utf-8")
    commands = re.findall(r"^    (sha512sum -c \S+)$", text, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        done = subprocess.run(command.split(), cwd=small_bag, capture_output=True, text=True, check=False)
        assert done.stdout.count(": OK\n") > 3
        wrong = [line for line in done.stdout.splitlines() if not line.endswith(": OK")]
        # The name that the README warns of.
        warned = ["data/site/en/articles/50%25 of it.html: FAILED open or read"]
        assert wrong == ([] if "tag" in command else warned)


def test_the_packages_can_be_installed_again(small_bag: Path) -> None:
    lines = (small_bag / "data/requirements.lock").read_text("utf-8").splitlines()
    assert [str(Requirement(line)) for line in lines if not line.startswith("#")] == ["lxml==6.1.3", "sphinx==9.1.0"]
    assert "# Fleuron itself was 1.2.3" in "\n".join(lines)


@pytest.fixture(scope="module")
def premis(small_bag: Path) -> Any:
    record = etree.parse(small_bag / PREMIS_FILE)
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    assert schema.validate(record), schema.error_log
    return record.getroot()


def found(element: Any, path: str) -> list[str]:
    return [str(each) for each in element.xpath(path, namespaces=PREMIS)]


def test_each_file_has_its_checksum_size_and_format(premis: Any, small_bag: Path) -> None:
    told = {}
    for each in premis.xpath("p:object[p:objectCharacteristics]", namespaces=PREMIS):
        (name,) = found(each, "p:objectIdentifier/p:objectIdentifierValue/text()")
        told[name] = [found(each, f".//p:{part}/text()") for part in ("messageDigest", "size", "formatRegistryKey")]
    paths = {path.relative_to(small_bag).as_posix(): path for path in (small_bag / "data").rglob("*") if path.is_file()}
    assert told.keys() == paths.keys()
    for name, path in paths.items():
        assert told[name][:2] == [[hashlib.sha512(path.read_bytes()).hexdigest()], [str(path.stat().st_size)]]
    keys = {name: key for name, (_digest, _size, key) in told.items()}
    assert keys["data/pdf/en/one.pdf"] == ["fmt/479"]
    assert keys["data/source/refs.bib"] == ["fmt/1616"]


def test_what_happened_is_told_with_who_did_it(premis: Any) -> None:
    events = [
        (found(each, "p:eventType/text()")[0], *found(each, "p:eventDetailInformation/p:eventDetail/text()"))
        for each in premis.xpath("p:event", namespaces=PREMIS)
    ]
    assert [kind for kind, _detail in events] == [
        *["creation"] * 2,
        *["validation"] * (len(REPORTS) - 1 + 1),  # without Ace, which did not run; qpdf is in the report on a PDF
        "message digest calculation",
    ]
    assert not any("ace-small-en" in detail for _kind, detail in events)
    outcomes = {
        found(each, "p:linkingAgentIdentifier/p:linkingAgentIdentifierValue/text()")[0]: (
            found(each, ".//p:eventOutcome/text()"),
            found(each, "p:linkingObjectIdentifier/p:linkingObjectIdentifierValue/text()"),
        )
        for each in premis.xpath("p:event[p:eventType = 'validation']", namespaces=PREMIS)
    }
    assert outcomes == {
        "epubcheck 5.3.0": (["pass"], ["data/epub/small-en.epub"]),
        PROGRAM["identifier"]: (["pass"], ["small-v1.1"]),
        "page-validation 0.11.0": (["fail"], ["data/pdf/en/one.pdf"]),
        "qpdf version 11.3.0": (["pass"], ["data/pdf/en/one.pdf"]),
        "veraPDF 1.31.207": (["pass"], ["data/pdf/small-en.pdf"]),
    }
    agents = found(premis, "p:agent/p:agentIdentifier/p:agentIdentifierValue/text()")
    assert sorted(agents) == sorted({*outcomes, "A. Author"})
    assert set(found(premis, "//p:linkingAgentIdentifierValue/text()")) == set(agents)
    assert found(premis, "p:agent[p:agentName = 'Fleuron']/p:agentVersion/text()") == ["1.2.3"]
    # No clock: the day of the version, and no end.
    assert set(found(premis, "//p:eventDateTime/text()")) == {"2026-03-04/.."}


def test_the_preview_is_a_page_without_scripts_whose_links_lead_to_the_files(small_bag: Path) -> None:
    page = html.parse(small_bag / "data/ro-crate-preview.html").getroot()
    assert page.xpath("//script | //@onclick | //@style") == []
    links = [str(each) for each in page.xpath("//@href") if "://" not in each]
    assert {"ro-crate-metadata.json", "pdf/en/one.pdf", "site/en/articles/50%25%20of%20it.html"} < set(links)
    assert [link for link in links if not (small_bag / "data" / unquote(link)).is_file()] == []
    assert page.findtext(".//h1") == "Küçük, version v1.1"


def test_the_crate_lists_every_file_with_its_format(small_bag: Path) -> None:
    data = small_bag / "data"
    graph = json.loads((data / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    entities: dict[str, Any] = {each["@id"]: each for each in graph}
    files = {unquote(name) for name, each in entities.items() if each["@type"] == "File"}
    about = {"ro-crate-metadata.json", "ro-crate-preview.html"}
    assert files == {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()} - about
    assert entities["pdf/en/one.pdf"]["encodingFormat"] == [
        "application/pdf",
        {"@id": "https://www.nationalarchives.gov.uk/PRONOM/fmt/479"},
    ]
    program = f"https://archive.softwareheritage.org/{PROGRAM['identifier']}"
    assert entities[program]["softwareVersion"] == "1.2.3"


# Asks the validator, which fetches the context that a crate names: here it has that of the package rocrate.
VALIDATE = """
import io, json, sys, urllib.request
from email.message import Message
from importlib.resources import files

context = files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()

class Answer(io.BytesIO):
    status_code, from_cache = 200, False
    def __init__(self, url):
        if not url.startswith("https://w3id.org/ro/crate/"):
            raise OSError("there is no network in the tests: " + url)
        super().__init__(context)
        self.url, self.headers = url, Message()
        self.headers["Content-Type"] = "application/ld+json"
    def json(self):
        return json.loads(context)
    def info(self):
        return self.headers
    def geturl(self):
        return self.url

import rdflib._networking, requests, requests_cache
for session in (requests.Session, requests_cache.CachedSession):
    session.request = lambda self, method, url, *args, **kwargs: Answer(url)
rdflib._networking.urlopen = lambda asked, *args, **kwargs: Answer(getattr(asked, "full_url", asked))
urllib.request.urlopen = rdflib._networking.urlopen

from rocrate_validator import services
from rocrate_validator.models import Severity
settings = services.ValidationSettings(
    rocrate_uri=sys.argv[1], profile_identifier="ro-crate-1.1", requirement_severity=Severity.REQUIRED, no_cache=True
)
for issue in services.validate(settings).get_issues():
    print(issue.message)
"""


@pytest.mark.nightly
@pytest.mark.skipif(not importlib.util.find_spec("rocrate_validator"), reason="roc-validator is not installed")
def test_roc_validator_accepts_the_crate(small_bag: Path, tmp_path: Path) -> None:
    def issues(folder: Path) -> list[str]:
        environment = {**os.environ, "HOME": str(tmp_path)}
        command = [sys.executable, "-c", VALIDATE, str(folder)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    assert issues(small_bag / "data") == []
    record = json.loads((small_bag / "data/ro-crate-metadata.json").read_text("utf-8"))
    del next(each for each in record["@graph"] if each["@id"] == "./")["license"]
    (tmp_path / "ro-crate-metadata.json").write_text(json.dumps(record), "utf-8")
    assert any("license" in issue for issue in issues(tmp_path))
