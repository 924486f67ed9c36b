"""Name all programs that determine the bytes of a laid-out page, as part of the layout cache's key.

These are Fleuron's own modules, by a digest of their files; the packages that these import, by version; Python; and
the libraries that WeasyPrint loads. What belongs to them is found by following imports, so no list can be out of date.
"""

from __future__ import annotations

import ast
import ctypes
import hashlib
import os
import platform
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from importlib.util import resolve_name
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fleuron.cache_folder import CacheFolder, cached_json, find_folder

# What a worker imports to lay out a unit, and what is imported to bind a PDF.
LAYOUT = "fleuron.paged.layout.weasyprint_layout"
BINDING = "fleuron.paged.binding.bind"
# The folder that `fleuron` is in.
SOURCE = Path(__file__).parents[3]
# The number goes up when programs are named otherwise than before.
FORMAT = b"fleuron programs 1"
LIMIT = 2**20
# The files of a package's metadata: of a wheel, and of setuptools.
METADATA = ("METADATA", "PKG-INFO")
# Libraries of the system, each with the function that returns its version.
LIBRARIES = {"pango-1.0.so.0": "pango_version_string", "harfbuzz.so.0": "hb_version_string"}


@cache
def layout_programs() -> str:
    """Name the programs that lay out a unit, with their versions; raises OSError where Pango is not installed."""
    libraries = [f"{name} {library_version(name, function)}" for name, function in LIBRARIES.items()]
    fontconfig = f"fontconfig.so.1 {load_library('fontconfig.so.1').FcGetVersion()}"
    return "; ".join([*libraries, fontconfig, cached_programs_of(LAYOUT)])


@cache
def binding_programs() -> str:
    """Name the programs that bind a PDF, with their versions."""
    return cached_programs_of(BINDING)


def cached_programs_of(module: str) -> str:
    """Return what `programs_of` does, from the cache: to follow all imports takes as long as to print an article."""
    folder, _reason = find_folder(os.environ, "programs", "programs")
    cache = None if folder is None else CacheFolder(folder, FORMAT, ".json", LIMIT)
    machine = (sys.version, sys.platform, platform.machine(), zlib.ZLIB_RUNTIME_VERSION)
    return cached_json(cache, (module, machine, digest_of_source(), installed_packages()), lambda: programs_of(module))


@cache
def digest_of_source(source: Path = SOURCE) -> str:
    """Return a digest of all files of Fleuron."""
    files = (path for path in (source / "fleuron").rglob("*") if path.is_file() and path.suffix != ".pyc")
    return digest_of({path.relative_to(source).as_posix(): path for path in files})


@cache
def installed_packages() -> tuple[tuple[str, int, int], ...]:
    """Name the metadata of all installed packages (the versions are in the names), with its size and time."""
    folders = [Path(name) for name in dict.fromkeys(sys.path) if Path(name).is_dir()]
    found = [path for folder in folders for path in sorted(folder.glob("*.*-info"))]
    files = [next((path / name for name in METADATA if (path / name).is_file()), path) for path in found]
    return tuple((str(path), status.st_size, status.st_mtime_ns) for path in files for status in [path.stat()])


def programs_of(module: str, source: Path = SOURCE) -> str:
    """Name Python, the packages that come with a module when it is imported, and the digest of Fleuron's files."""
    found = imports_of(module, source)
    python = f"python {sys.version_info.major}.{sys.version_info.minor}; zlib {zlib.ZLIB_RUNTIME_VERSION}"
    packages = [f"{name} {version}" for name, version in sorted(package_versions(found.packages).items())]
    return "; ".join([python, *packages, f"fleuron {digest_of(found.files)}"])


def load_library(name: str) -> ctypes.CDLL:
    """Load a library of the system by its name on Linux, without “lib”; raises OSError."""
    if sys.platform == "darwin":
        name = "{}.{}.dylib".format(*name.split(".so."))
    return ctypes.CDLL(f"lib{name}")


def library_version(name: str, function: str) -> str:
    """Return the version of a library, as a function of its own returns it; raises OSError if it is not installed."""
    version_string = getattr(load_library(name), function)
    version_string.restype = ctypes.c_char_p
    return bytes(version_string()).decode("ascii")


@dataclass
class Imports:
    """What is imported with a module: Fleuron's modules, the data files beside them that they name, and packages.

    ``files`` are paths by their names relative to the source folder; ``packages`` are the names that are imported.
    """

    modules: set[str] = field(default_factory=set)
    files: dict[str, Path] = field(default_factory=dict)
    packages: set[str] = field(default_factory=set)


def imports_of(module: str, source: Path = SOURCE) -> Imports:
    """Follow the imports of a module of Fleuron through all that it imports."""
    found = Imports()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        top = name.partition(".")[0]
        if top != module.partition(".")[0]:
            if top not in sys.stdlib_module_names:
                found.packages.add(top)
            continue
        path = file_of(name, source)
        if path is None or name in found.modules:  # None: a name within a module
            continue
        found.modules.add(name)
        tree = ast.parse(path.read_bytes())
        for file in (path, *data_files(tree, path.parent)):
            found.files[file.relative_to(source).as_posix()] = file
        waiting += imported_names(tree, name, is_package=path.name == "__init__.py")
        if "." in name:
            waiting.append(name.rpartition(".")[0])  # Python imports a package before its modules
    return found


def file_of(module: str, source: Path) -> Path | None:
    """Return the file of a module, or None if there is no such module."""
    place = source.joinpath(*module.split("."))
    return next((path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file()), None)


def imported_names(tree: ast.Module, module: str, *, is_package: bool) -> Iterator[str]:
    """Yield what a module imports; also within functions, but for those of packages, which only set up Sphinx."""
    package = module if is_package else module.rpartition(".")[0]
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            waiting += node.orelse
        elif not (is_package and isinstance(node, ast.FunctionDef)):
            waiting += ast.iter_child_nodes(node)


def data_files(tree: ast.Module, folder: Path) -> Iterator[Path]:
    """Yield the files in a module's folder that a string in the module names, such as a dictionary that it reads."""
    names = {path.name: path for path in folder.iterdir() if path.is_file() and path.suffix != ".py"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in names:
            yield names[node.value]


def digest_of(files: dict[str, Path]) -> str:
    """Return a digest of files and their names."""
    found = hashlib.sha256()
    for name in sorted(files):
        found.update(name.encode() + b"\0" + hashlib.sha256(files[name].read_bytes()).digest())
    return found.hexdigest()[:32]


def package_versions(imported: set[str]) -> dict[str, str]:
    """Return the versions of the packages with these import names, and of all that they require."""
    waiting = [Requirement(name) for top in sorted(imported) for name in packages_providing(top)]
    found: dict[str, str] = {}
    done: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        try:
            package = distribution(wanted.name)
        except PackageNotFoundError:
            continue  # another platform's, or of no effect
        if str(wanted) in done:
            continue
        done.add(str(wanted))
        found[canonicalize_name(wanted.name)] = package.version
        for requirement in map(Requirement, package.requires or ()):
            extras = ("", *wanted.extras)
            if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(requirement)
    return found


def packages_providing(module: str) -> list[str]:
    """Return the names of the packages that install a module: normally one of the same name."""
    try:
        return [distribution(module).name]
    except PackageNotFoundError:
        return packages_distributions().get(module, [])  # which reads the metadata of all packages: 0.3 seconds
