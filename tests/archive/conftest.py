"""A bag of a small version, described as an archived one is, without what builds it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fleuron.archive.bag.bag_info import PROFILE_FILE
from fleuron.archive.bag.writing import write_bag
from fleuron.archive.description.bag_description import describe_bag, describe_payload
from fleuron.archive.release.archiving import bag_info_of
from fleuron.archive.release.article_changes import NO_CHANGES
from fleuron.archive.release.build_record import write_build_record
from fleuron.archive.release.tagged_version import find_release, list_sources
from fleuron.publish.settings import read_settings
from tests.support.article_works import WHOLE
from tests.support.publications import Publication
from tests.support.tagged_releases import git, repository

PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>One</title>\n</head>\n<body>\n<p>One</p>\n</body>\n</html>\n'
PROGRAM = {"name": "fleuron", "version": "1.2.3", "identifier": f"swh:1:dir:{'1' * 40}"}
BUILT: Mapping[str, str | bytes] = {
    "site/en/index.html": PAGE,
    "site/en/articles/one.html": PAGE,
    "site/en/articles/50% of it.html": PAGE,
    "epub/small-en.epub": b"PK\3\4",
    "pdf/small-en.pdf": b"%PDF-1.7",
    "pdf/en/one.pdf": b"%PDF-1.7",
    "records/en/one.jats.xml": "<article/>",
}
REPORTS: Mapping[str, Any] = {
    "epubcheck-small-en": {
        "validator": "epubcheck 5.3.0",
        "messages": [{"id": "CSS-028", "severity": "USAGE", "message": "Use of Font-face declaration.", "places": []}],
    },
    "ace-small-en": {"not run": "Ace is not installed (npm install @daisy/ace)"},
    "pdf-en-one": {
        "validator": "page-validation 0.11.0",
        "failures": {"pdfa-3a": [{"rule": "6.1", "message": "wrong"}], "pdfua-1": []},
        "syntax": {"validator": "qpdf version 11.3.0", "whole": True},
    },
    "verapdf": {"validator": "veraPDF 1.31.207", "profiles": [], "files": ["pdf/small-en.pdf"], "failures": {}},
    "links": {"validator": "fleuron", "links within": 2, "links elsewhere": 0, "faults": []},
}


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A repository with a tag that has a message."""
    made = repository(tmp_path_factory.mktemp("described"))
    git(made.source, "tag", "--annotate", "--message", "The first", "v1.1")
    return made


def described_bag(publication: Publication, bag: Path) -> Path:
    """Write the bag of a version whose build is invented, and return it."""
    release = find_release(publication.source, "v1.1", ".")
    data = bag / "data"
    modes = {file.path: file.mode for file in list_sources(publication.source, release.commit)}
    for path in modes:
        (data / "source" / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(publication.source / path, data / "source" / path)
    reports = {f"reports/{name}.json": json.dumps(report) for name, report in REPORTS.items()}
    reports = {f"reports/{name}.json": json.dumps(report) for name, report in REPORTS.items()}
    for path, content in {**BUILT, **reports}.items():
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    dependencies = {"python": "3.11.7", "program": PROGRAM, "packages": {"sphinx": "9.1.0", "lxml": "6.1.3"}}
    write_build_record(data / "build.json", release, modes, [], {}, dependencies, NO_CHANGES)
    works = [replace(WHOLE, name="one", language="en")]
    description = describe_payload(data, read_settings(data / "source"), release, works)
    describe_bag(bag, description)
    shutil.copyfile(PROFILE_FILE, bag / "bagit-profile.json")
    write_bag(bag, bag_info_of(description))
    return bag


@pytest.fixture(scope="session")
def small_bag(small_release: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return described_bag(small_release, tmp_path_factory.mktemp("bags") / "small-v1.1")
