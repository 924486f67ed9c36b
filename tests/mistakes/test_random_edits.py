"""Whatever is written into the sample's texts, catalogues and sources, a build ends with messages that have places."""

from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random

import pytest

from tests.mistakes.test_mistakes import CRASH_SIGNS
from tests.support.publications import Publication, copy_sample
from tests.support.random_edits import edit_files

pytestmark = pytest.mark.slow

# How many publications are built, in which formats; a nightly run tries more.
BUILDS = int(os.environ.get("FLEURON_EDITED_BUILDS", "2"))
FORMATS = os.environ.get("FLEURON_EDITED_FORMATS", "html").split()
LANGUAGES = ("tr", "fa", "en")
MESSAGE = re.compile(r"^(.*?)\b(?:WARNING|ERROR|CRITICAL): ", re.MULTILINE)
# Messages about no file: of the sample's contents, and at the end.
PLACE = re.compile(r"/\S.*\.\w+:(?:\d+:)? $")


@pytest.mark.parametrize("seed", range(BUILDS))
def test_a_random_edit_ends_in_a_message(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    (tmp_path / "source").mkdir()
    publication = Publication(copy_sample(tmp_path / "source"))
    files = [path for ending in ("md", "po", "bib") for path in publication.source.rglob(f"*.{ending}")]
    share, edits = random.choice(((0.1, 1), (0.5, 1), (0.5, 3), (1.0, 1)))
    edited = edit_files(files, random, share, edits)
    result = publication.publish(*FORMATS, languages=LANGUAGES[seed % len(LANGUAGES)])
    told = f"seed {seed}, {[path.name for path in edited]}:\n{result.output}"
    assert not [sign for sign in (*CRASH_SIGNS, "its own fault", "said nothing") if sign in result.output.lower()], told
    assert [match[0] for match in MESSAGE.finditer(result.output) if not PLACE.search(match[1])] == [], told
    assert (result.code == 0) == ("ERROR: " not in result.output), told
