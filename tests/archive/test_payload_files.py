"""The files of an archived payload name the article that they are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.archive.release.ro_crate import article_of


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
