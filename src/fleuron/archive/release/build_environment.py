"""Build a release in an environment that is independent of the day, the machine and the user, and describe it.

A version is built by the program and the packages that it names itself, if it does so, and else by those that are
running: a repository may contain Fleuron (``src/fleuron``), as Fleuron's own does, or have a ``requirements.lock`` that
pins it.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement

import fleuron
from fleuron.archive.bag.digests import sha512_of
from fleuron.archive.release.swhid import tree_of
from fleuron.fonts.font_list import listed_faces
from fleuron.paged.layout.program_versions import LIBRARIES, library_version
from fleuron.publish.build_processes import end_with_parent
from fleuron.publish.settings import CommandError

# The variables of this environment that a build has too: where programs are, and what its terminal can show.
KEPT_VARIABLES, TERMINAL_VARIABLES = ("PATH", "CHROMIUM"), ("TERM", "COLUMNS", "CI", "NO_COLOR")
LOCK = "requirements.lock"
# The package that is running.
RUNNING_PACKAGE = Path(fleuron.__file__).resolve().parent
# Prints, as the Python of a build, where Fleuron is, its version, and the packages that are installed.
DESCRIBE = """
import importlib.metadata, json, fleuron
packages = {found.name.lower(): found.version for found in importlib.metadata.distributions()}
packages.pop("fleuron", None)
print(json.dumps([fleuron.__file__, fleuron.__version__, packages]))
"""
# The option by which nothing of a publication runs while it is built.
UNTRUSTED = "--untrusted"
FORMATS = ("pdf", "epub", "records", "html")


@dataclass(frozen=True)
class BuildEnvironment:
    """The Python that builds a release, the folder that it imports Fleuron from, and the lock file it was made from.

    ``import_folder`` is empty if Fleuron is installed for that Python; ``lock`` is None if the version has none.
    """

    python: str
    import_folder: str
    lock: Path | None

    def variables(self) -> dict[str, str]:
        """Return the environment variables by which Python finds Fleuron."""
        return {"PYTHONPATH": self.import_folder} if self.import_folder else {}


def find_build_environment(tree: Path, publication: Path, folder: Path) -> BuildEnvironment:
    """Return the environment for a tree of sources; make a virtual environment in ``folder`` if its lock requires one.

    ``publication`` is the folder of the publication in the tree. Raise CommandError if the packages of the lock cannot
    be installed.
    """
    own_package = (tree / "src" / "fleuron" / "__main__.py").is_file()
    lock = next((path for path in (publication / LOCK, tree / LOCK) if path.is_file()), None)
    pins_fleuron = lock is not None and "fleuron" in {requirement.name.lower() for requirement in requirements_in(lock)}
    if not own_package and not pins_fleuron:
        return running_environment()
    import_folder = str(tree / "src") if own_package else ""
    if lock is None:
        return BuildEnvironment(sys.executable, import_folder, None)
    if is_installed(lock):
        return BuildEnvironment(sys.executable, import_folder or running_import_folder(), lock)
    python = install_lock(lock, folder / "venv", tree if own_package else None)
    return BuildEnvironment(python, import_folder, lock)


def running_environment() -> BuildEnvironment:
    """Return the environment of the Python and the Fleuron that are running."""
    return BuildEnvironment(sys.executable, running_import_folder(), None)


def running_import_folder() -> str:
    """Return the folder that Fleuron is imported from, or an empty string if every run of this Python finds it.

    A user's own packages count as not found, because a build has a home folder of its own.
    """
    folder = RUNNING_PACKAGE.parent
    site_packages = {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")}
    return "" if folder in site_packages else str(folder)


def requirements_in(lock: Path) -> Iterator[Requirement]:
    """Yield the requirements of a lock file that apply to this Python; ignore options and hashes."""
    for line in lock.read_text("utf-8").splitlines():
        text = line.partition(" --hash")[0].partition(" #")[0].strip().rstrip("\\").strip()
        if text and not text.startswith(("#", "-")):
            try:
                requirement = Requirement(text)
            except InvalidRequirement:
                continue
            if requirement.marker is None or requirement.marker.evaluate():
                yield requirement


def is_installed(lock: Path) -> bool:
    """Return whether every package of a lock file is installed for the running Python in a version that it allows."""
    try:
        return all(
            requirement.specifier.contains(importlib.metadata.version(requirement.name), prereleases=True)
            for requirement in requirements_in(lock)
        )
    except importlib.metadata.PackageNotFoundError:
        return False


def install_lock(lock: Path, venv: Path, checkout: Path | None) -> str:
    """Make a virtual environment from a lock file, by the script of a checkout of Fleuron if any; return its Python."""
    python = str(venv / "bin" / "python")
    if checkout and (script := checkout / "setup" / "venv").is_file():
        commands = [["sh", str(script), str(venv), str(lock)]]
    else:
        pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install"]
        commands = [[sys.executable, "-m", "venv", str(venv)], [*pip, "--requirement", str(lock)]]
    for command in commands:
        if subprocess.run(command, check=False, preexec_fn=end_with_parent).returncode:
            raise CommandError(f"the packages that {LOCK} of this version names cannot be installed")
    return python


def environment_variables(moment: int, home: Path) -> dict[str, str]:
    """Return the environment variables of a build: dates are those of the commit, and no cache is used.

    Those of the terminal are kept, by which a build only knows whether to show what it is doing.
    """
    kept = {name: os.environ[name] for name in (*KEPT_VARIABLES, *TERMINAL_VARIABLES) if name in os.environ}
    fixed = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    return kept | fixed | {"HOME": str(home), "SOURCE_DATE_EPOCH": str(moment), "FLEURON_CACHE": "off"}


def build_arguments(version: str, *, untrusted: bool = False) -> list[str]:
    """Return the arguments by which Python builds a version, without the folders of this machine."""
    options = f"-D version={version} -D release={version} -D fleuron_release={version}"
    checked = [UNTRUSTED] if untrusted else []
    return ["-P", "-m", "fleuron", "publish", *FORMATS, f"--options={options}", *checked]


def build(environment: BuildEnvironment, source: Path, target: Path, arguments: Sequence[str], moment: int) -> None:
    """Build all formats of all editions of a publication; raise CommandError if that fails."""
    target.mkdir(parents=True)
    home = target.parent / "home"
    home.mkdir(exist_ok=True)
    command = [environment.python, *arguments, "--source", str(source), "--build", str(target)]
    variables = environment_variables(moment, home) | environment.variables() | {"TMPDIR": str(home)}
    umask = os.umask(0o022)
    try:
        # In a session of its own, so that only this command reports Ctrl-C.
        done = subprocess.run(command, env=variables, check=False, preexec_fn=end_with_parent, start_new_session=True)
    finally:
        os.umask(umask)
    if done.returncode:
        raise CommandError("the version could not be built; the messages above say why")


def describe(environment: BuildEnvironment, families: Sequence[str]) -> dict[str, Any]:
    """Return what a build depends on beside its sources: programs, libraries and fonts, without a path."""
    variables = environment_variables(0, Path(os.devnull)) | environment.variables()
    command = [environment.python, "-P", "-c", DESCRIBE]
    found = subprocess.run(command, env=variables, check=True, capture_output=True)
    package, version, packages = json.loads(found.stdout)
    described = {
        "python": platform.python_version(),
        "program": {"name": "fleuron", "version": version, "identifier": package_identifier(Path(package).parent)},
        "packages": dict(sorted(packages.items())),
        "libraries": {name: library_version(name, function) for name, function in LIBRARIES.items()},
    }
    if environment.lock:
        described["lock"] = {"name": LOCK, "sha512": sha512_of(environment.lock)}
    return described | {"fonts": fonts_of(families)}


def package_identifier(package: Path) -> str:
    """Return the Software Heritage identifier of a Python package's files, whether installed or in a checkout.

    Compiled files are left out. The RECORD of an installation would not do: pip and uv write different ones.
    """
    paths = [path for path in package.rglob("*") if path.is_file() and path.suffix not in (".pyc", ".mo")]
    modes = {path.relative_to(package).as_posix(): "100644" for path in paths}
    return f"swh:1:dir:{tree_of(package, modes)}"


def fonts_of(families: Sequence[str]) -> list[Mapping[str, str]]:
    """Return the installed font files of typefaces, with their SHA-512."""
    wanted = {family.casefold() for family in families}
    paths = {face.path for face in listed_faces() if wanted & {name.casefold() for name in face.families}}
    ordered = sorted(paths, key=lambda path: (path.name, str(path)))
    return [{"name": path.name, "sha512": sha512_of(path)} for path in ordered]
