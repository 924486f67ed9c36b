"""Run the programs that make and check signatures."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from fleuron.publish.settings import CommandError


def run(command: Sequence[str | Path], purpose: str, content: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run a program with a content as its input, in English; raise CommandError if it is not installed."""
    if not shutil.which(str(command[0])):
        raise CommandError(f"{command[0]} is not installed, which is needed {purpose}")
    done = subprocess.run(
        [str(part) for part in command],
        input=content,
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    output, errors = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    return subprocess.CompletedProcess(done.args, done.returncode, output, errors)


def sign_by(command: Sequence[str | Path], purpose: str) -> None:
    """Run a program that signs, on the terminal, where it may ask for a password; raise CommandError if it fails."""
    if not shutil.which(str(command[0])):
        raise CommandError(f"{command[0]} is not installed, which is needed {purpose}")
    done = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise CommandError(f"{command[0]} could not sign; its message is above")
