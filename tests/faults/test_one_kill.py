"""A build is killed while it writes pages: what was published stays, and the next build is a clean one's."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.killed_commands import command_line, leftovers, published
from tests.support.publications import SMALL, Maker, Publication


def change(publication: Publication) -> None:
    publication.write("articles/one.md", SMALL["articles/one.md"] + "\nAnother line.\n")


@pytest.mark.parametrize("whole_group", [False, True])
def test_a_killed_build_changes_nothing_that_a_reader_sees(make: Maker, tmp_path: Path, whole_group: bool) -> None:
    publication = make({})
    assert publication.publish("html", languages="tr").code == 0
    old = published(publication.build)
    change(publication)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    line = command_line("publish", "html", "--languages=tr", "--source", publication.source)
    process = subprocess.Popen(
        [*line, "--build", str(publication.build)],
        env={**os.environ, "TMPDIR": str(temporary)},
        start_new_session=True,
    )
    output = publication.build / "editions" / "tr" / "html"
    shutil.rmtree(output)  # so that the first page that is there is of this build
    while process.poll() is None and not any(output.glob("*.html")):
        time.sleep(0.005)
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert published(publication.build) == old
    assert [path.name for path in temporary.iterdir()] == []
    assert list(leftovers(publication.build)) != []
    result = publication.publish("html", languages="tr")
    assert result.code == 0, result.output
    assert list(leftovers(publication.build)) == []
    killed_and_built = publication.files()
    shutil.rmtree(publication.build)
    assert publication.publish("html", languages="tr").code == 0
    assert publication.files() == killed_and_built != {}
