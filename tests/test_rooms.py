"""The house: which room may know which, and how large a module may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import fleuron

PRESS = Path(fleuron.__file__).parent
# A room knows only those before it.
ROOMS = (
    "diagnostics",
    "reports",
    "checks",
    "config",
    "publication",
    "csl",
    "editions",
    "manuscript",
    "notes",
    "metadata",
    "site",
    "epub",
    "paged",
    "catalogue",
    "publish",
    "archive",
)
PURE = {"diagnostics", "checks", "publication", "csl", "metadata"}
MODULES = sorted(PRESS.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def imports_at_once(path: Path) -> Iterator[str]:
    """Yield what a module imports when it is itself imported, and not later."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(path: Path) -> str:
    return path.relative_to(PRESS).with_suffix("").parts[0]


def test_every_room_has_its_place() -> None:
    found = {room_of(path) for path in MODULES}
    assert found == {*ROOMS, "__init__", "__main__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PRESS)))
def test_a_room_imports_only_from_those_before_it(path: Path) -> None:
    room = room_of(path)
    if room in ROOMS:
        known = ROOMS[: ROOMS.index(room) + 1]
        for name in imports(path):
            if name.startswith("fleuron."):
                assert name.split(".")[1] in known, f"{room} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PRESS)))
def test_a_module_is_short_and_explains_itself(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 250
    assert ast.get_docstring(ast.parse(text))


def test_the_core_knows_neither_sphinx_nor_docutils() -> None:
    for path in MODULES:
        if room_of(path) in PURE:
            assert not any(name.split(".")[0] in ("sphinx", "docutils", "myst_parser") for name in imports(path)), path


def test_the_citation_processor_is_of_use_by_itself() -> None:
    for path in MODULES:
        if room_of(path) == "csl":
            assert all(name.startswith("fleuron.csl") for name in imports(path) if name.startswith("fleuron")), path


def test_weasyprint_is_known_to_the_layout_alone() -> None:
    """It, and the modules that nothing but the layout imports, may be missing parts of a machine."""
    paged = PRESS / "paged"
    names = ("layout", "assets", "conformance", "feet", "founts", "glyphs", "hyphenation", "tags")
    own = {paged / f"{name}.py" for name in names}
    engine = {"weasyprint", "pydyf", "pyphen"}
    knowing = {path for path in MODULES if engine & {name.split(".")[0] for name in imports(path)}}
    assert knowing == own
    own.remove(paged / "layout.py")
    for path in set(MODULES) - own - {paged / "layout.py"}:
        at_once = {name for name in imports_at_once(path) if name.startswith("fleuron.paged.")}
        assert not at_once & {f"fleuron.paged.{each.stem}" for each in own}, path


def test_the_extension_loads_without_weasyprint() -> None:
    """A machine without Pango must build the site and the EPUB."""
    rooms = ", ".join(f"fleuron.{name}.builder" for name in ("site", "epub", "paged"))
    code = f"import sys; sys.modules['weasyprint'] = None; import fleuron.__main__, {rooms}; print('loaded')"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("loaded\n", "")
