"""What lies outside the publication's folder stays outside (`tests/untrusted` goes through all ways to name it)."""

from __future__ import annotations

from pathlib import Path

from tests.mistakes.test_mistakes import HEAD, assert_refused
from tests.support.publications import SMALL, Maker, text_of


def test_an_article_that_is_a_link_to_a_file_outside(make: Maker, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(f"{HEAD}SECRETWORD\n")
    publication = make({"articles/one.md": None})
    (publication.source / "articles").mkdir()
    (publication.source / "articles/one.md").symlink_to(tmp_path / "secret.md")
    result = publication.publish("html", languages="en", options="--keep-going")
    assert_refused(result, "articles/one.md:1:", "outside the publication’s folder")
    made = [path for path in publication.build.rglob("*") if path.is_file()]
    assert not [path for path in made if b"SECRETWORD" in path.read_bytes()]


def test_a_module_that_autodoc_describes(make: Maker) -> None:
    """It is code that an extension has loaded, and no file of the text."""
    conf = SMALL["conf.py"].replace('["fleuron"]', '["fleuron", "sphinx.ext.autodoc"]')
    text = f"{HEAD}A text.\n\n```{{eval-rst}}\n.. autofunction:: textwrap.shorten\n```\n"
    publication = make({"conf.py": conf, "articles/one.md": text})
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    assert "Collapse and truncate the given text" in text_of(publication.page("en", "articles/one"))
