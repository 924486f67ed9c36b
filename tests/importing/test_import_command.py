"""`fleuron import`: a Markdown file becomes an article, its notes citations, and no word is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fleuron.importing import markdown_notes
from fleuron.importing.markdown_notes import import_markdown, written_lines
from tests.importing.test_recognised_notes import FOLDER, SOURCES
from tests.support.publications import Publication, Result, run_in_process

ESSAY = """# My Essay

A first claim.[^1] A second.[^2] A remark.[^3] And `code[^1]`.

> A quotation.[^4]

```
code [^5]
```

Another.[^5] A link.[^6] Nobody.[^7] Turkish.[^8]

[^1]: Anthony Grafton, *The Footnote: A Curious History* (Cambridge, MA: Harvard University Press, 1997), 33.

[^2]: *Ibid.*, 45\\-47.

[^3]: This is a remark; see also Barfield, *Afghanistan*, p. 7.

[^4]: Grafton, *op. cit.*, p. 60.

[^5]: A note of two paragraphs.

    The second.

[^6]: See <https://example.org>.

[^7]: Ibid.

[^8]: Halil İnalcık, *Osmanlı İmparatorluğu: Klasik Çağ (1300-1600)*, çev. Ruşen Sezer, İstanbul 2003, s. 89.
"""
ARTICLE = """# My Essay

A first claim.{footcite}`grafton1997{p. 33}` A second.{footcite}`grafton1997{pp. 45-47}` A remark.[^3] And `code[^1]`.

> A quotation.{footcite}`grafton1997{p. 60}`

```
code [^5]
```

Another.[^5] A link.[^6] Nobody.[^7] Turkish.{footcite}`inalcik2003{p. 89}`

[^3]: This is a remark; see also {footcite}`barfield2010{p. 7}`.

[^5]: A note of two paragraphs.

    The second.

[^6]: See <https://example.org>.

<!-- fleuron import: it is not plain which source the note before cites -->
[^7]: Ibid.
"""


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    made = Publication(tmp_path / "source")
    made.write("conf.py", 'project = "Small"\nextensions = ["fleuron"]\n')
    made.write("index.md", "# Small\n\n```{toctree}\narticles/my-essay\n```\n")
    made.write("refs.bib", (FOLDER / "refs.bib").read_bytes())
    made.write("My Essay.md", ESSAY)
    return made


def import_file(publication: Publication, name: str, *options: str) -> Result:
    return run_in_process(["import", str(publication.source / name), "--source", str(publication.source), *options])


def test_notes_become_citations_and_the_others_stay(publication: Publication) -> None:
    result = import_file(publication, "My Essay.md")
    article = publication.source / "articles/my-essay.md"
    assert article.read_text("utf-8") == ARTICLE
    assert result.code == 0
    first, second, last = result.output.splitlines()
    assert first == f"{article}:22: it is not plain which source the note before cites: Ibid."
    assert second.startswith(f"{article}:11: the entry “inalcik2003” does not have “Ruşen”, “Sezer”: Halil İnalcık, ")
    assert last.endswith("articles/my-essay.md: 4 of 8 notes are citations now; index.md lists it already")


def test_an_article_is_only_replaced_on_demand(publication: Publication) -> None:
    import_file(publication, "My Essay.md")
    publication.write("articles/my-essay.md", "# Edited\n")
    assert import_file(publication, "My Essay.md").code == 1
    assert (publication.source / "articles/my-essay.md").read_text("utf-8") == "# Edited\n"
    assert import_file(publication, "My Essay.md", "--replace").code == 0
    assert (publication.source / "articles/my-essay.md").read_text("utf-8") == ARTICLE


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.md", "there is no file"),
        ("essay.docx", "pandoc"),
        ("latin.md", "is not UTF-8; save it as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_message(publication: Publication, name: str, message: str) -> None:
    publication.write("essay.docx", b"PK")
    publication.write("latin.md", "Größe".encode("latin-1"))
    result = import_file(publication, name)
    assert (result.code, len(result.output.splitlines())) == (1, 1)
    assert message in result.output


@pytest.mark.parametrize(
    ("old", "new"), [("claim", ""), ("claim", "claim claim"), ("    The second.", ""), ("first claim", "claim first")]
)
def test_the_proof_finds_what_is_lost_doubled_or_moved(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not import_markdown(ESSAY, SOURCES).lost

    def damaged(*arguments: Any) -> list[str]:
        return [line.replace(old, new) for line in written_lines(*arguments)]

    monkeypatch.setattr(markdown_notes, "written_lines", damaged)
    assert import_markdown(ESSAY, SOURCES).lost


def test_a_note_that_is_called_twice_stays(publication: Publication) -> None:
    text = "One.[^1] Two.[^1]\n\n[^1]: Grafton, *The Footnote*, 3.\n"
    assert import_markdown(text, SOURCES).text == text
