"""The command itself, in processes of its own: exit codes, messages, no traceback; all other tests run it in theirs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import partial

import pytest

from tests.support.publications import SMALL, Maker, Publication

# Each build starts processes.
pytestmark = pytest.mark.slow

HEAD = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\n"


def command(publication: Publication, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell does, with standard output and error apart."""
    line = [sys.executable, "-P", "-m", "fleuron", "publish", *arguments]
    line += ["--source", str(publication.source), "--build", str(publication.build)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_a_sound_publication_is_published_in_all_editions(make: Maker) -> None:
    publication = make({"conf.py": SMALL["conf.py"] + 'html_baseurl = "https://small.example/"\n'})
    process = command(publication, "html", "--options=-W --keep-going")
    assert (process.returncode, process.stderr) == (0, "")
    folders = [publication.build / "html" / language for language in ("en", "tr", "tr_en")]
    number = sum(path.is_file() for folder in folders for path in folder.rglob("*"))
    result = f"html → {publication.build / 'html'}: {number} files have changed"
    assert process.stdout.splitlines() == ["English: html", "Türkçe: html", result]
    assert {path.parent.name for path in (publication.build / "html").glob("*/index.html")} == {"en", "tr"}


# What is wrong, and a part of the message on standard error; some faults are found before Sphinx starts,
# some end Sphinx, some are reported by Fleuron while Sphinx reads or writes.
MISTAKES: Mapping[str, tuple[Mapping[str, str | None], str]] = {
    "no conf.py": ({"conf.py": None}, "it has no conf.py"),
    "syntax of conf.py": ({"conf.py": SMALL["conf.py"] + "x = [\n"}, "conf.py"),
    "theme": ({"conf.py": SMALL["conf.py"] + 'html_theme = "none"\n'}, "fleuron: conf.py: "),
    "extension": ({"conf.py": SMALL["conf.py"].replace('["fleuron"]', '["fleuron", "none"]')}, "fleuron: conf.py: "),
    "option": ({"conf.py": SMALL["conf.py"] + "fleuron_imprint = 3\n"}, "fleuron_imprint"),
    "picture": ({"articles/one.md": HEAD + "![x](missing.png)\n"}, "one.md:7: "),
    "template": (
        {"conf.py": SMALL["conf.py"] + 'templates_path = ["t"]\n', "t/layout.html": "{% if"},
        "layout.html:1: ",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_message_on_standard_error_and_an_exit_code(make: Maker, mistake: str) -> None:
    changes, message = MISTAKES[mistake]
    publication = make(changes)
    process = command(publication, "html", "--languages=en")
    assert process.returncode == 1
    assert message in process.stderr
    assert "html →" not in process.stdout
    assert "traceback" not in (process.stdout + process.stderr).lower()
    assert not (publication.build / "html").exists()


def test_a_warning_is_an_error_for_who_asks_for_it(make: Maker) -> None:
    publication = make({"articles/one.md": HEAD.replace("date:", "dat:") + "Text.\n"})
    process = command(publication, "html", "--languages=en")
    assert process.returncode == 0
    assert "articles/one.md:3: WARNING: " in process.stderr
    process = command(publication, "html", "--languages=en", "--options=-W")
    assert process.returncode == 1
    assert "articles/one.md:3: " in process.stderr


@pytest.mark.parametrize(
    ("text", "formats", "languages"),
    [
        (HEAD + "Text.\n", ("html", "epub"), "en"),
        (HEAD.replace("date:", "dat:"), ("html",), ""),
        (HEAD + "![x](missing.png)\n", ("epub",), "tr"),
    ],
)
def test_the_command_in_the_tests_own_process_does_the_same(
    make: Maker, text: str, formats: tuple[str, ...], languages: str
) -> None:
    """The other tests rely on it: the same exit code, the same messages in the same order, the same bytes."""
    publication = make({"articles/one.md": text})
    outcomes = []
    for publish in (partial(publication.run, "publish"), publication.publish):
        outcomes.append((publish(*formats, languages=languages), publication.files()))
        shutil.rmtree(publication.build)
    assert outcomes[0] == outcomes[1]
