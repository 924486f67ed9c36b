"""Versions in an OCFL storage root: each whole, equal files once."""

from __future__ import annotations

import json
from pathlib import Path

import ocfl  # type: ignore[import-untyped]  # ocfl-py 2.1 has none

from fleuron.archive.release.ocfl import add_version
from tests.archive.test_versions import bag, contents

IDENTIFIER = "https://doi.org/10.5555/small"


def object_of(root: Path) -> Path:
    (found,) = root.rglob("0=ocfl_object_1.1")
    return found.parent


def test_two_versions_are_one_object_in_which_equal_files_are_once(tmp_path: Path) -> None:
    root = tmp_path / "root"
    one, two = bag(tmp_path, "v1.0", 100), bag(tmp_path, "v1.1", 200)
    for made in (one, two):  # the same pages, so that they are equal
        (made / "data" / "site" / "index.html").write_text("equal", "utf-8")
    assert add_version(root, one) == f"{IDENTIFIER} v1"
    assert add_version(root, two) == f"{IDENTIFIER} v2"
    inventory = json.loads((object_of(root) / "inventory.json").read_text("utf-8"))
    assert (inventory["id"], inventory["head"]) == (IDENTIFIER, "v2")
    stored = [paths for paths in inventory["manifest"].values() if any("index.html" in path for path in paths)]
    assert ["v1/content/data/site/index.html"] in stored
    assert inventory["versions"]["v1"]["created"] == "1970-01-01T00:01:40Z"
    passed, validator = ocfl.Object().validate(str(object_of(root)))
    assert passed, str(validator)


def test_a_version_comes_out_as_it_went_in(tmp_path: Path) -> None:
    root = tmp_path / "root"
    one = bag(tmp_path, "v1.0", 100)
    add_version(root, one)
    add_version(root, bag(tmp_path, "v1.1", 200))
    ocfl.Object().extract(objdir=str(object_of(root)), version="v1", dstdir=str(tmp_path / "out"))
    assert contents(tmp_path / "out") == contents(one)


def test_the_same_version_is_added_once(tmp_path: Path) -> None:
    root = tmp_path / "root"
    one = bag(tmp_path, "v1.0", 100)
    add_version(root, one)
    before = contents(root)
    assert add_version(root, one) == f"{IDENTIFIER} has this version already"
    assert contents(root) == before
