"""A publication whose conf.py sets no title has that of its table of contents."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.publication.values.root_title import NO_TITLE, root_title


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("index.md", "# *Marginalia* and more #\n\n## Two\n", "Marginalia and more"),
        ("index.md", "---\ntitle: 'Marginalia'\n---\n\n# Other\n", "Marginalia"),
        ("index.md", "---\ntitle: >-\n  Marginalia,\n  folded\n---\n", "Marginalia, folded"),
        ("index.md", "---\nlanguage: en\n---\n```{toctree}\n# comment\n```\n\n# Marginalia\n", "Marginalia"),
        ("index.rst", ".. _top:\n\n==========\nMarginalia\n==========\n\nText\n", "Marginalia"),
        ("index.md", "# {{ project }}\n", NO_TITLE),
        ("index.md", "Words.\n", NO_TITLE),
        ("other.md", "# Other\n", NO_TITLE),
    ],
)
def test_the_heading_of_the_table_of_contents_is_the_title(name: str, text: str, title: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert root_title(tmp_path, "index") == title
