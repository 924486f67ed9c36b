"""The event `fleuron-record-ready`, for other extensions."""

from __future__ import annotations

import json

from tests.support.publications import SMALL, Maker

LISTENER = """
import json
from pathlib import Path

def note(app, docname, work):
    if app.builder.name == "html":
        line = json.dumps([docname, work.language, work.full_title, [each.language for each in work.translations]])
        with Path(app.outdir, "records.log").open("a") as log:
            log.write(line + "\\n")

def setup(app):
    app.connect("fleuron-record-ready", note)
"""


def test_each_record_is_announced_once_for_an_edition(make: Maker) -> None:
    """Also where pages are written by several processes, each of which uses the record."""
    publication = make(
        {
            "conf.py": SMALL["conf.py"] + LISTENER,
            "articles/two.md": "---\nauthors: [ada]\n---\n# Two\n\nThe second text.\n",
            "index.md": SMALL["index.md"].replace("articles/one", "articles/one\narticles/two"),
        }
    )
    result = publication.publish("html", options="-W -j 2")
    assert result.code == 0, result.output
    for language, other in (("en", "tr"), ("tr", "en")):
        log = publication.build / "editions" / language / "html" / "records.log"
        assert [json.loads(line) for line in log.read_text("utf-8").splitlines()] == [
            ["articles/one", language, "One", [other]],
            ["articles/two", language, "Two", [other]],
        ]
