"""Documents of word processors and web pages become articles: their words, metadata, pictures and notes."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from fleuron.importing.conversion.pandoc import find_pandoc
from fleuron.importing.converted_files import copy_pictures, with_front_matter, without_unused_anchors
from fleuron.importing.document_words import embedded_objects, missing_words
from tests.importing.test_import_command import import_file
from tests.importing.test_recognised_notes import FOLDER
from tests.support.publications import ROOT, SMALL, Publication

PANDOC = find_pandoc(os.environ)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DOCUMENT = f"""<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>
<w:p><w:r><w:t>One wo</w:t></w:r><w:r><w:t>rd</w:t></w:r><w:r><w:tab/><w:t>two</w:t></w:r></w:p>
<w:p><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:ins><w:r><w:t>inserted</w:t></w:r></w:ins></w:p>
<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>boxed</w:t></w:r></w:p></mc:Choice>
<mc:Fallback><w:p><w:r><w:t>boxed</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:object/></w:body></w:document>"""
NOTES = f'<w:footnotes xmlns:w="{W}"><w:footnote><w:p><w:r><w:t>noted</w:t></w:r></w:p></w:footnote></w:footnotes>'
PAGE = """<html><head><title>Out</title><style>out</style></head><body><p>One <b>w</b>ord<a role="doc-noteref"
href="#n"><sup>1</sup></a></p><p>two</p><script>out</script></body></html>"""


def docx(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("word/document.xml", DOCUMENT)
        parts.writestr("word/footnotes.xml", NOTES)
    return path


def test_the_words_of_a_document_are_read_from_its_own_parts(tmp_path: Path) -> None:
    file = docx(tmp_path / "essay.docx")
    assert missing_words(file, "") == ["boxed", "inserted", "noted", "one", "two", "word"]
    assert missing_words(file, "One w*or*d &#116;wo ins<i>erted</i> boxed") == ["noted"]
    assert embedded_objects(file) == 1
    page = tmp_path / "essay.html"
    page.write_text(PAGE, "utf-8")
    assert missing_words(page, "") == ["one", "two", "word"] and embedded_objects(page) == 0


def test_metadata_become_front_matter_or_are_told() -> None:
    header = "---\ntitle: A *Life*\nauthor:\n- Ada\n- Grace Hopper\ndate: 20 May\nkeywords: a, b c\ngenerator: x\n---\n"
    made = with_front_matter(f"{header}\nText.\n", {"Ada": "ada"})
    assert made.text == "---\ntitle: A *Life*\nauthors:\n- ada\nkeywords:\n- a\n- b c\n---\n\nText.\n"
    assert [sentence[:36] for sentence in made.left_out] == [
        "the author “Grace Hopper” has no fil",
        "the date “20 May” is left out; write",
    ]
    assert with_front_matter("---\ndate: 2026-11-20\n---\n\nT", {}).text == "---\ndate: 2026-11-20\n---\n\nT"
    assert with_front_matter("Text.\n", {}).text == "Text.\n"


def test_pictures_beside_a_page_are_copied_and_no_others(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "made"
    (source / "p").mkdir(parents=True)
    folder.mkdir()
    (source / "p/a b.png").write_bytes(b"picture")
    (source / "a b.png").write_bytes(b"another")
    (tmp_path / "secret.png").write_bytes(b"secret")
    text = '![x](<p/a b.png>) <img class="y" src="p/a%20b.png"> ![z](../secret.png) ![w](https://example.org/w.png)'
    text += " ![v](<a b.png>)"
    expected = text.replace("p/a b.png", "essay/p/a%20b.png").replace('"p/a%20b.png', '"essay/p/a%20b.png')
    expected = expected.replace("<a b.png", "<essay/a%20b.png")
    assert copy_pictures(text, source, folder, "essay") == expected
    copied = {path.read_bytes() for path in (folder / "essay").rglob("*") if path.is_file()}
    assert copied == {b"picture", b"another"}, "two of one name, and none from outside"


def test_marks_of_places_are_kept_where_a_link_leads_there() -> None:
    text = '<span id="anchor"></span>A <span id="there"></span>b [c](#there)'
    assert without_unused_anchors(text) == 'A <span id="there"></span>b [c](#there)'


def test_without_pandoc_one_message_says_where_it_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publication = Publication(tmp_path / "source")
    publication.write("conf.py", SMALL["conf.py"])
    publication.write("index.md", SMALL["index.md"])
    docx(publication.source / "essay.docx")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("PANDOC", raising=False)
    monkeypatch.setattr("fleuron.importing.conversion.pandoc.find_spec", lambda _name: None)
    result = import_file(publication, "essay.docx")
    assert result.code == 1 and 'which is missing: pip install "fleuron[import]"' in result.output
    publication.write("essay.rtf", "x")
    assert "cannot be imported; these files can: .md" in import_file(publication, "essay.rtf").output


@pytest.mark.parametrize("kind", ["docx", "odt", "html"])
def test_a_document_becomes_an_article_with_citations_and_pictures(kind: str, tmp_path: Path) -> None:
    publication = Publication(tmp_path / "source")
    publication.write("conf.py", SMALL["conf.py"])
    publication.write("index.md", SMALL["index.md"])
    publication.write("refs.bib", (FOLDER / "refs.bib").read_bytes())
    publication.write("a.png", (ROOT / "docs/pictures/page.png").read_bytes())
    publication.write(
        "essay.txt",
        "---\ntitle: Essay\n---\n\nA *claim*.[^1] A remark.[^2]\n\n![Words](a.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
        "\n[^1]: Anthony Grafton, *The Footnote: A Curious History* (Cambridge, MA: Harvard UP, 1997), 3.\n"
        "[^2]: Nothing else.\n",
    )
    assert PANDOC
    command = [PANDOC, "-s", "-f", "markdown", "-o", f"essay.{kind}", "essay.txt"]
    subprocess.run(command, cwd=publication.source, check=True)
    result = import_file(publication, f"essay.{kind}")
    assert result.code == 0, result.output
    article = (publication.source / "articles/essay.md").read_text("utf-8")
    assert "*claim*.{footcite}`grafton1997{p. 3}`" in article and "[^2]: Nothing else." in article
    (picture,) = (path for path in (publication.source / "articles/essay").rglob("*") if path.is_file())
    assert picture.relative_to(publication.source / "articles").as_posix() in article
