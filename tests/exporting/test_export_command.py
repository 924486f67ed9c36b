"""`fleuron export` writes a document of Word, and `fleuron import` reads what comes back."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from fleuron.exporting.word_document import data_address
from fleuron.importing.conversion.pandoc import ConversionError
from tests.importing.test_recognised_notes import FOLDER
from tests.support.publications import ROOT, Publication, Result, run_in_process

INDEX = "# Small\n\n```{toctree}\narticles/essay\n```\n"
ESSAY = """---
abstract: What it says.
authors: [ada]
date: 2026-11-20
---

# On *Notes*

Text with *stress*,{footcite}`{see}grafton1997{p. 33}` then.{footcite}`grafton1997{pp. 40-41}, rashid2000`

> A quotation with a note.[^1]

```{figure} page.png
:alt: A page

The caption
```

| a | b |
|---|---|
| 1 | 2 |

[کتاب]{.language-fa} and $a^2$.

## A section

1. one
2. two

[^1]: A remark, {footcite}`barfield2010`.
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    made = Publication(tmp_path_factory.mktemp("exported") / "source")
    made.write("conf.py", 'project = "Small"\nextensions = ["fleuron"]\n')
    made.write("index.md", INDEX)
    made.write("refs.bib", (FOLDER / "refs.bib").read_bytes())
    made.write("authors/ada.md", "---\nname: Ada Lovelace\n---\n\nShe writes.\n")
    made.write("articles/page.png", (ROOT / "docs/pictures/page.png").read_bytes())
    made.write("articles/essay.md", ESSAY)
    result = run("export", made, "essay", "--build", str(made.build), "--output", str(made.source / "essay-en.docx"))
    assert result.code == 0, result.output
    assert "2 notes are citations that fleuron import finds again" in result.output
    return made


def run(command: str, publication: Publication, *arguments: str) -> Result:
    return run_in_process([command, *arguments, "--source", str(publication.source)])


def part(file: Path, name: str) -> str:
    with zipfile.ZipFile(file) as parts:
        return parts.read(name).decode("utf-8")


def edited(publication: Publication, edit: Callable[[str], str]) -> Path:
    """Return a copy of the export whose text is edited."""
    file = publication.source / "returned.docx"
    with zipfile.ZipFile(publication.source / "essay-en.docx") as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name in ("word/document.xml", "word/footnotes.xml"):
                content = edit(content.decode("utf-8")).encode("utf-8")
            after.writestr(name, content)
    return file


def words(xml: str) -> str:
    return " ".join("".join(re.findall(r"<w:t[ >][^<]*|</w:p>", xml)).replace("</w:p>", " ").split())


def test_a_document_of_word_has_what_the_edition_prints(exported: Publication) -> None:
    file = exported.source / "essay-en.docx"
    text, notes = part(file, "word/document.xml"), part(file, "word/footnotes.xml")
    plain = re.sub(r"<[^>]+>", "", text)
    for shown in (
        "On",
        "Ada Lovelace",
        "What it says.",
        "A quotation with a note.",
        "Fig. 1: The caption",
        "A section",
        "one",
    ):
        assert shown in plain, shown
    assert text.count("<w:footnoteReference") == 3 and "<w:tbl>" in text and "<m:oMath>" in text
    assert 'w:val="fa"' in text and '<w:lang w:bidi="ar-SA"' not in text
    assert "see Anthony Grafton, " in re.sub(r"<[^>]+>", "", notes) and "p.\N{NO-BREAK SPACE}33" in notes
    assert "Sources" in plain and "Rashid, Ahmed" in plain, "the list of sources"
    with zipfile.ZipFile(file) as parts:
        assert [name for name in parts.namelist() if name.endswith(".png")]
        assert {info.date_time[:3] for info in parts.infolist()} == {(1980, 1, 1)}


def test_what_comes_back_unchanged_has_nothing_to_tell(exported: Publication) -> None:
    result = run("import", exported, str(exported.source / "essay-en.docx"))
    assert result.code == 0 and "comments: 0, changes: 0, other words in citations: 0" in result.output
    assert (exported.source / "articles/essay.md").read_text("utf-8") == ESSAY


def test_changes_are_listed_and_made_on_demand(exported: Publication) -> None:
    def edit(xml: str) -> str:
        xml = xml.replace(">A quotation with", ">A long quotation with").replace("40–41", "40–43")
        inserted = '<w:ins w:id="90" w:author="Eve"><w:r><w:t xml:space="preserve">much </w:t></w:r></w:ins>'
        return xml.replace(
            "<w:r><w:rPr><w:i /><w:iCs /></w:rPr><w:t", f"{inserted}<w:r><w:rPr><w:i /><w:iCs /></w:rPr><w:t", 1
        )

    file = edited(exported, edit)
    article = exported.source / "articles/essay.md"
    result = run("import", exported, str(file))
    assert f"{article}:11: change, not tracked: A {{+long+}}" in result.output
    assert (
        "“Grafton" in result.output or "other words in {footcite}`grafton1997{pp. 40-41}, rashid2000`" in result.output
    )
    assert "nothing is changed" in result.output and article.read_text("utf-8") == ESSAY
    result = run("import", exported, str(file), "--accept")
    assert result.code == 1, "the words of a citation are to be changed by hand"
    assert "> A long quotation with a note.[^1]" in article.read_text("utf-8")
    article.write_text(ESSAY, "utf-8")


def test_a_whole_document_comes_back_with_the_same_citations(exported: Publication) -> None:
    article = exported.source / "articles/essay.md"
    result = run("import", exported, str(exported.source / "essay-en.docx"), "--replace")
    made = exported.source / "articles/essay-en.md"
    text = made.read_text("utf-8")
    made.unlink()
    exported.write("index.md", INDEX)
    assert result.code == 0, result.output
    for cite in ("{footcite}`{see}grafton1997{p. 33}`", "{footcite}`grafton1997{pp. 40-41}, rashid2000`"):
        assert cite in text
    assert article.read_text("utf-8") == ESSAY


def test_an_unknown_article_is_one_message(exported: Publication) -> None:
    result = run("export", exported, "esay", "--build", str(exported.build))
    assert result.code == 1 and "the edition “en” has no article “esay”" in result.output
    assert "an article can be exported to docx" in run("export", exported, "essay", "--to", "odt").output


def test_a_drawing_shows_no_picture_from_outside(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9), (255, 0, 0)).save(tmp_path / "private.png")
    drawing = tmp_path / "drawing.svg"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#00f"/>'
        f'<image href="{tmp_path / "private.png"}" width="9" height="9"/></svg>',
        "utf-8",
    )
    kind, _, content = data_address(drawing).partition(",")
    assert kind == "data:image/png;base64"
    with Image.open(io.BytesIO(base64.b64decode(content))) as shown:
        assert shown.convert("RGB").getpixel((4, 4)) == (0, 0, 255)
    drawing.write_text("<svg", "utf-8")
    with pytest.raises(ConversionError, match=r"drawing\.svg cannot be drawn"):
        data_address(drawing)
