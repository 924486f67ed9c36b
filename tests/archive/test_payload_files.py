"""The files of an archived payload name the article that they are of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fleuron.archive.description.payload_files import article_of
from fleuron.archive.release.payload import printer_files_of


@pytest.mark.parametrize(
    ("path", "article"),
    [
        ("pdf/en/2026-1/editorial.pdf", "2026-1/editorial"),
        ("pdf/en/editorial.pdf", "editorial"),
        ("records/en/2026-2/editorial.jats.xml", "2026-2/editorial"),
        ("site/en/articles/2026-1/editorial.html", "2026-1/editorial"),
        ("pdf/en/v1.0.pdf", "v1.0"),
        ("pdf/small-en.pdf", ""),
    ],
)
def test_an_article_is_named_by_its_whole_path(path: str, article: str) -> None:
    assert article_of(Path(path), {"editorial", "2026-1/editorial", "2026-2/editorial", "v1.0"}) == article


def test_printers_files_are_not_archived(tmp_path: Path) -> None:
    for name in ("pdf/small-en.pdf", "pdf/en/print/two.pdf", "pdf/print/en/small-en-print.pdf"):
        (tmp_path / "build" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "build" / name).write_bytes(b"1")
    ignored = printer_files_of(tmp_path / "build")
    shutil.copytree(tmp_path / "build/pdf", tmp_path / "data", ignore=ignored)
    found = {path.relative_to(tmp_path / "data").as_posix() for path in (tmp_path / "data").rglob("*.pdf")}
    assert found == {"small-en.pdf", "en/print/two.pdf"}
