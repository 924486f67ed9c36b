"""Exports of WordPress and of Google Docs become articles, and no word of theirs is lost."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from fleuron.importing.conversion.pandoc import ConversionError
from fleuron.importing.document_words import document_text, lacking_words
from fleuron.importing.google_documents import class_styles, read_google_document, unpacked, unwrapped
from fleuron.importing.wordpress.content import with_paragraphs
from fleuron.importing.wordpress.export import read_export
from fleuron.importing.wordpress.shortcodes import ShortcodeReader
from fleuron.importing.wordpress.words import post_text
from tests.importing.test_import_command import import_file
from tests.importing.test_recognised_notes import FOLDER
from tests.support.publications import ROOT, SMALL, Publication

DOCUMENTS = FOLDER / "documents"


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    made = Publication(tmp_path / "source")
    made.write("conf.py", SMALL["conf.py"])
    made.write("index.md", SMALL["index.md"])
    made.write("refs.bib", (FOLDER / "refs.bib").read_bytes())
    made.write("authors/ada.md", "---\nname: Ada Lovelace\n---\n\nShe writes.\n")
    return made


def test_posts_of_wordpress_become_articles(publication: Publication) -> None:
    publication.write("blog.xml", (DOCUMENTS / "blog.xml").read_bytes())
    picture = (ROOT / "docs/pictures/page.png").read_bytes()
    publication.write("wp-content/uploads/2020/01/page.png", picture)
    result = import_file(publication, "blog.xml")
    articles = publication.source / "articles"
    assert result.code == 0, result.output
    first, second = (articles / "notes-and-margins.md").read_text("utf-8"), (articles / "zametka.md").read_text("utf-8")
    assert first == (DOCUMENTS / "blog-1.md").read_text("utf-8")
    assert second == (DOCUMENTS / "blog-2.md").read_text("utf-8")
    assert (articles / "notes-and-margins/wp-content/uploads/2020/01/page.png").read_bytes() == picture
    for told in (
        'the shortcode [fancybox color="red"] is left out; what stands in it is kept',
        "the picture 7 of a gallery is not in the export",
        "the picture https://blog.example/wp-content/uploads/2020/01/far.jpg is a link, since nothing is fetched",
        "what is embedded from https://maps.example/2 is a link now",
        "only published posts are imported; the export has besides: 1 × draft post, 1 × page",
        "the author “boris” has no file in authors/",
        "the block “latest-posts” has no text of its own, and is left out",
    ):
        assert told in result.output
    assert "secret" not in first + second


def test_the_words_of_a_post_are_read_from_the_export() -> None:
    first, second = read_export(DOCUMENTS / "blog.xml").posts
    article = (DOCUMENTS / "blog-1.md").read_text("utf-8")
    known = (
        f"{article} Anthony Grafton, The Footnote: A Curious History (Cambridge, MA: Harvard University Press, 1997) 33"
    )
    assert lacking_words(post_text(first), known) == []
    assert lacking_words(post_text(first), known.replace("Within", "")) == ["within"]
    assert (first.author, first.date, first.tags, first.name) == (
        "Ada Lovelace",
        "2020-01-02",
        ("notes",),
        "notes-and-margins",
    )
    assert second.notes == {"aa-1": "Of the <em>block</em>."} and "Of the block" in post_text(second)


def test_untitled_posts_have_names_of_their_own_that_lead_nowhere_else(tmp_path: Path) -> None:
    source = (DOCUMENTS / "blog.xml").read_text("utf-8")
    without = re.sub(r"(<(title|wp:post_name)>).*?(</\2>)", r"\1\3", source, flags=re.DOTALL)
    numbers = iter(("../../7", "8"))
    changed = re.sub(r"(<wp:post_id>).*?(</)", lambda found: f"{found[1]}{next(numbers, '9')}{found[2]}", without)
    (tmp_path / "blog.xml").write_text(changed, "utf-8")
    names = [post.name for post in read_export(tmp_path / "blog.xml").posts]
    assert len(set(names)) == len(names) == 2 and all(re.fullmatch(r"post-\d+", name) for name in names), names


def test_an_export_with_entities_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "blog.xml"
    file.write_text('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item>&x;</item></rss>', "utf-8")
    with pytest.raises(ConversionError, match="document type"):
        read_export(file)
    file.write_text("<rss><item></rss>", "utf-8")
    with pytest.raises(ConversionError, match="not XML"):
        read_export(file)


@pytest.mark.parametrize(
    ("content", "expected", "notes"),
    [
        ("a[ref]b c[/ref] d", 'a<fleuron-note n="0"></fleuron-note> d', ["b c"]),
        ("a [1. b c] d", 'a<fleuron-note n="0"></fleuron-note> d', ["b c"]),
        ("a[footnotes] [[ref]] [x] arr[0]", "a [[ref]] [x] arr[0]", []),
        ("[box]a[/box]", "a", []),
    ],
)
def test_shortcodes(content: str, expected: str, notes: list[str]) -> None:
    reader = ShortcodeReader({})
    assert reader.replaced(content) == expected
    assert reader.notes == notes


def test_empty_lines_make_paragraphs() -> None:
    assert with_paragraphs("a\nb\n\n<h2>c</h2>\n\n\nd") == "<p>a<br>\nb</p>\n\n<h2>c</h2>\n\n<p>d</p>"


@pytest.mark.parametrize("name", ["essay.html", "essay.zip"])
def test_a_google_document_becomes_an_article(publication: Publication, name: str) -> None:
    picture = (ROOT / "docs/pictures/page.png").read_bytes()
    page = (DOCUMENTS / "google.html").read_bytes()
    if name.endswith("zip"):
        with zipfile.ZipFile(publication.source / name, "w") as parts:
            parts.writestr("Essay.html", page)
            parts.writestr("images/image1.png", picture)
    else:
        publication.write(name, page)
        publication.write("images/image1.png", picture)
    result = import_file(publication, name)
    assert result.code == 0, result.output
    assert (publication.source / "articles/essay.md").read_text("utf-8") == (DOCUMENTS / "google.md").read_text("utf-8")
    assert (publication.source / "articles/essay/images/image1.png").read_bytes() == picture
    assert "a comment: Please check this. (at “" in result.output


def test_its_styles_links_and_comments_are_read() -> None:
    styles = dict(class_styles(".a{font-weight:700;font-style:italic}.b{font-weight:400}.c-1 {vertical-align:super}"))
    assert styles == {"a": {"strong", "em"}, "c-1": {"sup"}}
    assert unwrapped("https://www.google.com/url?q=https://e.org/%3Fa%3Db&sa=D") == "https://e.org/?a=b"
    assert unwrapped("https://e.org/url?q=x") == "https://e.org/url?q=x"
    document = read_google_document((DOCUMENTS / "google.html").read_bytes())
    assert (document.title, document.subtitle) == ("A Google Essay", "With notes")
    assert "Please check this" not in document.source and "ftnt" not in document.source
    assert "check" in document_text(DOCUMENTS / "google.html"), "the proof reads comments too"


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as parts:
        parts.writestr("a.txt", "x")
    with pytest.raises(ConversionError, match="one web page"):
        unpacked(tmp_path / "a.zip", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as parts:
        parts.writestr("../../b.html", "x")
    (tmp_path.parent / "b.html").write_text("secret", "utf-8")
    with pytest.raises(ConversionError, match="leads out of it"):
        unpacked(tmp_path / "b.zip", tmp_path / "out")
