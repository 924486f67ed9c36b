"""The architecture: which room may import which, that no two modules import each other, and how large they may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

import fleuron
from fleuron.publish.early_imports import BUILDERS, common_modules

SOURCE = Path(fleuron.__file__).parent
# A room imports only from those before it.
ROOMS = (
    "diagnostics",
    "build_results",
    "atomic_files",
    "cache_folder",
    "system_faults",
    "interruption",
    "compiled_templates",
    "progress",
    "extras",
    "deferred_builders",
    "look",
    "publication",
    "option_checks",
    "sphinx_defaults",
    "sphinx_versions",
    "csl",
    "formulas",
    "exception_findings",
    "reporting",
    "guarded_documents",
    "kept_doctrees",
    "config",
    "adopted",
    "cluster",
    "editions",
    "metadata",
    "manuscript",
    "notes",
    "paratexts",
    "fonts",
    "content",
    "conservation",
    "checks",
    "importing",
    "site",
    "epub",
    "paged",
    "library",
    "exporting",
    "publish",
    "archive",
    "machine",
    "authoring",
    "commands",
)
# Formats are siblings: none of them imports another.
FORMATS = {"site", "epub", "paged", "library"}
PURE = {
    "diagnostics",
    "build_results",
    "atomic_files",
    "cache_folder",
    "system_faults",
    "interruption",
    "compiled_templates",
    "look",
    "option_checks",
    "sphinx_defaults",
    "publication",
    "csl",
    "formulas",
    "metadata",
}
MODULES = sorted(SOURCE.rglob("*.py"))
# The longest a module may be, and the most modules of a folder.
LINES, SIBLINGS = 400, 16


def name_of(path: Path) -> str:
    """Return the dotted name of a module."""
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in MODULES}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path, nodes: Sequence[ast.stmt] | None = None) -> Iterator[str]:
    """Yield what a module imports, by dotted names; a module that is imported from its package by its own name."""
    for node in ast.walk(tree(path)) if nodes is None else nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in NAMES else node.module for name in modules)


def named(path: Path) -> Iterator[str]:
    """Yield the modules that a module names in its texts, to import them when they are set up."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and node.value in NAMES:
            yield str(node.value)


def imports_at_once(path: Path) -> Iterator[str]:
    """Yield what a module imports when it is itself imported, and not later."""
    yield from imports(path, tree(path).body)


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def circles(edges: Mapping[str, set[str]]) -> list[set[str]]:
    """Find the groups of modules that import each other (Tarjan's strongly connected components)."""
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []

    def visit(name: str) -> None:
        numbers[name] = lowest[name] = len(numbers)
        stack.append(name)
        for other in sorted(edges[name]):
            if other not in numbers:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in stack:
                lowest[name] = min(lowest[name], numbers[other])
        if lowest[name] == numbers[name]:
            at = stack.index(name)
            found.append(set(stack[at:]))
            del stack[at:]

    for name in sorted(edges):
        if name not in numbers:
            visit(name)
    return [group for group in found if len(group) > 1]


def test_every_room_has_its_place() -> None:
    assert {room_of(path) for path in MODULES} == {*ROOMS, "__init__", "__main__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_from_those_before_it(path: Path) -> None:
    room = room_of(path)
    if room in ROOMS:
        known = set(ROOMS[: ROOMS.index(room) + 1]) - (FORMATS - {room} if room in FORMATS else set())
        for name in imports(path):
            if name.startswith("fleuron."):
                assert name.split(".")[1] in known, f"{room} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_reads_the_data_of_no_other(path: Path) -> None:
    """`files("fleuron.site")` is as much of an import as `from fleuron.site import …`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            value = getattr(node.args[0], "value", "")
            if called in ("files", "PackageLoader", "as_file") and str(value).startswith("fleuron."):
                assert str(value).split(".")[1] == room_of(path), f"{path} reads {value}"


def test_no_two_modules_import_each_other() -> None:
    """Imports under TYPE_CHECKING and within functions count: who reads one module must read the other."""
    edges = {name: {other for other in imports(path) if other in NAMES} - {name} for name, path in NAMES.items()}
    # A package imports its modules to set them up, and they import it for nothing.
    assert not circles(edges)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_short_and_explains_itself(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LINES
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES}), ids=lambda path: path.name)
def test_a_folder_can_be_taken_in_at_a_glance(folder: Path) -> None:
    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= SIBLINGS


def test_the_core_knows_neither_sphinx_nor_docutils() -> None:
    for path in MODULES:
        if room_of(path) in PURE:
            assert not any(name.split(".")[0] in ("sphinx", "docutils", "myst_parser") for name in imports(path)), path


def test_the_citation_processor_is_of_use_by_itself() -> None:
    for path in MODULES:
        if room_of(path) == "csl":
            assert all(name.startswith("fleuron.csl") for name in imports(path) if name.startswith("fleuron")), path


def test_dask_is_known_to_one_module_alone() -> None:
    knowing = [path for path in MODULES if {"dask", "distributed"} & {name.split(".")[0] for name in imports(path)}]
    assert knowing == [SOURCE / "cluster" / "connection.py"]


def test_weasyprint_is_known_to_the_layout_alone() -> None:
    """What imports it cannot be imported where Pango is missing, so nothing else may import that at once."""
    layout = SOURCE / "paged" / "layout"
    engine = {"weasyprint", "pydyf", "pyphen"}
    knowing = {path for path in MODULES if engine & {name.split(".")[0] for name in imports(path)}}
    assert {path.parent for path in knowing} == {layout, *(layout / name for name in ("lines", "patches", "placement"))}
    needing = set(knowing)
    while more := {
        path for path in set(MODULES) - needing if {name_of(each) for each in needing} & set(imports_at_once(path))
    }:
        needing |= more
    assert {path.parent for path in needing} == {layout, *(layout / name for name in ("lines", "patches", "placement"))}


def test_the_extension_loads_without_weasyprint() -> None:
    """A machine without Pango must build the site and the EPUB."""
    rooms = ", ".join(f"fleuron.{name}.builder" for name in ("site", "epub", "paged"))
    code = f"import sys; sys.modules['weasyprint'] = None; import fleuron.__main__, {rooms}; print('loaded')"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("loaded\n", "")


def test_before_builds_only_what_a_build_may_use_is_imported() -> None:
    """Commands, and what only they use, must not make each build slower."""
    needed, new = set[str](), {"fleuron", "fleuron.publish.sphinx_process", *BUILDERS.values()}
    while new:
        needed |= new
        parents = {name.rpartition(".")[0] for name in new} - needed
        new = (
            {each for name in new for each in (*imports(NAMES[name]), *named(NAMES[name]))} | parents
        ) & NAMES.keys() - needed
    assert set(common_modules()) <= needed
