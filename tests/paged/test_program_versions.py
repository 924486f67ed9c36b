"""The layout cache's key has every program that determines a page: each of our modules that laying it out imports."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fleuron.paged.layout import program_versions
from fleuron.paged.layout.program_versions import (
    BINDING,
    LAYOUT,
    SOURCE,
    digest_of,
    imports_of,
    layout_programs,
    package_versions,
    programs_of,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of all of Fleuron's modules, with the files beside them."""
    source = tmp_path_factory.mktemp("source")
    kept = shutil.ignore_patterns("__pycache__", "*.js", "*.html", "*.css", "*.csl", "*.json", "*.po")
    shutil.copytree(SOURCE / "fleuron", source / "fleuron", ignore=kept)
    return source


@contextmanager
def changed(source: Path, *names: str) -> Iterator[None]:
    """Give some files one line more."""
    before = {source / name: (source / name).read_bytes() for name in names}
    for path, content in before.items():
        path.write_bytes(content + b"\n# changed\n")
    yield
    for path, content in before.items():
        path.write_bytes(content)


@pytest.fixture(scope="module")
def unchanged(copied: Path) -> str:
    return programs_of(LAYOUT, copied)


def test_a_copy_of_the_modules_has_the_same_digest(unchanged: str) -> None:
    assert unchanged == programs_of(LAYOUT)
    assert unchanged in layout_programs()


def test_a_change_of_what_lays_out_a_page_changes_the_digest(copied: Path, unchanged: str) -> None:
    for name in ("fleuron/paged/layout/footnote_patch.py", "fleuron/paged/layout/hyph_tr.dic"):
        with changed(copied, name):
            assert programs_of(LAYOUT, copied) != unchanged, name


def test_each_file_that_is_found_is_in_the_digest(copied: Path, unchanged: str) -> None:
    """Without following the imports anew for each, which takes a second."""
    found = imports_of(LAYOUT, copied).files
    assert len(found) > 50 and unchanged.endswith(digest_of(found))
    for name in found:
        with changed(copied, name):
            assert not unchanged.endswith(digest_of(found)), name


def test_a_change_elsewhere_leaves_the_digest_as_it_is(copied: Path, unchanged: str) -> None:
    elsewhere = (
        "fleuron/site/builder.py",
        "fleuron/paged/builder.py",
        "fleuron/paged/sheets/fragments.py",
        "fleuron/paged/run/workers.py",
        "fleuron/paged/binding/bind.py",
        "fleuron/publication/page_plan.py",
    )
    with changed(copied, *elsewhere):
        assert programs_of(LAYOUT, copied) == unchanged


def test_modules_are_found_in_other_folders_and_data_files_as_well() -> None:
    """Among the modules and files are some that no list would have: of another folder, and no module at all."""
    found = imports_of(LAYOUT).files
    assert {
        "fleuron/__init__.py",
        "fleuron/paged/binding/folios.py",
        "fleuron/paged/binding/prepared_parts.py",
        "fleuron/paged/layout/footnote_patch.py",
        "fleuron/paged/layout/hyph_tr.dic",
        "fleuron/publication/page_breaks.py",
    } <= set(found)
    assert not [name for name in found if name.startswith(("fleuron/paged/run/", "fleuron/paged/sheets/"))]


def test_a_module_that_is_imported_anew_is_part_of_the_digest(tmp_path: Path) -> None:
    for name, text in {
        "fleuron/__init__.py": "def setup():\n    from fleuron import site\n",
        "fleuron/site.py": "",
        "fleuron/start.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from fleuron import types\n",
        "fleuron/types.py": "",
        "fleuron/late.py": "import json\nimport pikepdf.settings\nNAME = 'late.txt'\n",
        "fleuron/late.txt": "read by late.py",
        "fleuron/other.txt": "read by nothing",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    found = imports_of("fleuron.start", tmp_path)
    assert set(found.files) == {"fleuron/__init__.py", "fleuron/start.py"} and found.packages == set()
    (tmp_path / "fleuron/start.py").write_text("def run():\n    from . import late\n", "utf-8")
    found = imports_of("fleuron.start", tmp_path)
    assert set(found.files) == {"fleuron/__init__.py", "fleuron/start.py", "fleuron/late.py", "fleuron/late.txt"}
    assert found.packages == {"pikepdf"}


def test_packages_are_named_with_all_that_they_require() -> None:
    versions = package_versions({"weasyprint", "fontTools", "no_such_package"})
    assert {"weasyprint", "pydyf", "pyphen", "tinycss2", "tinyhtml5", "fonttools", "pillow", "brotli"} <= set(versions)
    assert "pytest" not in versions, "what is for tests or documentation alone has no effect"


@pytest.mark.parametrize("what", ["pango-1.0", "harfbuzz", "fontconfig", "zlib", "python", "weasyprint 70"])
def test_libraries_are_named_with_their_versions(what: str) -> None:
    assert what in layout_programs()


def test_what_binds_a_pdf_is_in_the_key_of_bound_pdfs() -> None:
    assert {"fleuron/paged/binding/bind.py", "fleuron/publication/edition.py"} <= set(imports_of(BINDING).files)
    assert programs_of(BINDING) == program_versions.binding_programs()
