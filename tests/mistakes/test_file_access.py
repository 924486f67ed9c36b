"""What lies outside the publication's folder stays outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mistakes.test_mistakes import HEAD, assert_refused
from tests.support.publications import SMALL, Maker, Publication, text_of

SECRET = "SECRETWORD"

READERS = [
    pytest.param("![x](../../secret.txt)", id="image"),
    pytest.param("![x]({folder}/secret.txt)", id="image-absolute"),
    pytest.param("{{download}}`x <../../secret.txt>`", id="download"),
    pytest.param("[x](../../secret.txt)", id="link"),
    pytest.param("```{{include}} ../../secret.txt\n```", id="include"),
    pytest.param("```{{literalinclude}} ../../secret.txt\n```", id="literal"),
    pytest.param("```{{literalinclude}} {folder}/secret.txt\n```", id="literal-absolute"),
    pytest.param("```{{literalinclude}} /conf.py\n:diff: ../../secret.txt\n```", id="difference"),
    pytest.param("```{{csv-table}} x\n:file: ../../secret.txt\n```", id="table"),
    pytest.param("```{{csv-table}} x\n:url: file://{folder}/secret.txt\n```", id="table-address"),
    pytest.param("```{{raw}} html\n:url: file://{folder}/secret.txt\n```", id="raw-address"),
]


def leaks(publication: Publication) -> list[Path]:
    """List what was made, beside Sphinx's own cache, that holds the secret or is named by it."""
    made = [path for path in publication.build.rglob("*") if path.is_file() and "doctrees" not in path.parts]
    return [path for path in made if SECRET.encode() in path.read_bytes() or "secret" in path.name]


@pytest.mark.parametrize("text", READERS)
def test_a_file_outside(make: Maker, tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.txt").write_text(f"{SECRET}, 1\n")
    publication = make({"articles/one.md": f"{HEAD}A text.\n\n{text.format(folder=tmp_path)}\n"})
    result = publication.publish("html", languages="en")
    assert not leaks(publication)
    assert_refused(result, "articles/one.md:9:")


def test_a_link_in_the_file_system_that_leads_outside(make: Maker, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_text(SECRET)
    publication = make({"articles/one.md": f"{HEAD}A text.\n\n![x](picture.png)\n"})
    (publication.source / "articles/picture.png").symlink_to(tmp_path / "secret.png")
    result = publication.publish("html", languages="en")
    assert not leaks(publication)
    assert_refused(result, "articles/one.md:9:")


def test_a_module_that_autodoc_describes(make: Maker) -> None:
    """It is code that an extension has loaded, and no file of the text."""
    conf = SMALL["conf.py"].replace('["fleuron"]', '["fleuron", "sphinx.ext.autodoc"]')
    text = f"{HEAD}A text.\n\n```{{eval-rst}}\n.. autofunction:: textwrap.shorten\n```\n"
    publication = make({"conf.py": conf, "articles/one.md": text})
    result = publication.publish("html", languages="en", options="-W")
    assert result.code == 0, result.output
    assert "Collapse and truncate the given text" in text_of(publication.page("en", "articles/one"))
