"""An author's mistake: one message with its place, a non-zero exit for an error, never a traceback.

Here is what holds for every mistake: nothing that was published changes, no later build forgets
it, and the mended source is published. The files test_mistakes_*.py go through the mistakes.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Mapping

import pytest
from lxml import etree, html

from tests.support.publications import SMALL, Maker, Publication, Result, text_of

pytestmark = pytest.mark.slow

# Front matter and heading of an article; the text below them begins on line 7.
HEAD = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\n"
# The head of a catalogue; the messages below it begin on line 5.
CATALOGUE = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
TURKISH = "locale/tr/LC_MESSAGES/articles/one.po"
SOURCE = "@misc{basran2020,\n  author = {Basran, B.},\n  title = {Title},\n  year = {2020},\n}\n"
CRASH_SIGNS = ("traceback", "exception", "to report this error", "please report", "please also report")


def told(result: Result) -> list[str]:
    """Return what a command printed, line by line, with paths as they are in the publication's folder."""
    return [re.sub(r"/\S*/source/", "", line) for line in result.output.splitlines()]


def assert_no_crash(result: Result) -> None:
    """The command ended as it was meant to end."""
    output = "\n".join(told(result)).lower()
    assert not [sign for sign in CRASH_SIGNS if sign in output], result.output


def assert_told(result: Result, place: str, *words: str) -> None:
    """One line of the output names the place and all the words."""
    assert_no_crash(result)
    lines = [line for line in told(result) if place in line and all(word in line for word in words)]
    assert lines, f"no line names {place} and {words}:\n{result.output}"


def assert_refused(result: Result, place: str, *words: str) -> None:
    """Assert that the command failed, with a message about what is wrong and where."""
    assert result.code != 0, result.output
    assert_told(result, place, *words)


def documents(publication: Publication) -> dict[str, etree._Element]:
    """Parse every page of the site, and every document of the EPUBs, as the XML that it must be."""
    pages = sorted((publication.build / "html").rglob("*.html"))
    found: dict[str, etree._Element] = {
        str(page.relative_to(publication.build)): html.parse(str(page)).getroot() for page in pages
    }
    for book in sorted((publication.build / "epub").glob("*.epub")):
        with zipfile.ZipFile(book) as archive:
            for name in archive.namelist():
                if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                    found[f"{book.stem}/{name}"] = parsed(name, archive.read(name))
    return found


def parsed(name: str, document: bytes) -> etree._Element:
    """Parse a document of an EPUB."""
    try:
        return etree.fromstring(document)
    except etree.XMLSyntaxError as error:
        raise AssertionError(f"{name} is not XML: {error}") from error


def test_a_sound_publication_is_silent(make: Maker) -> None:
    publication = make({"conf.py": SMALL["conf.py"] + 'html_baseurl = "https://small.example/"\n'})
    result = publication.publish("html", options="-W --keep-going")
    assert result.code == 0
    *editions, published = result.output.splitlines()
    assert editions == ["English: html", "Türkçe: html"]
    assert published.startswith(f"html → {publication.build / 'html'}: ")


def test_a_sound_publication_is_silent_as_epub(make: Maker) -> None:
    publication = make({})
    result = publication.publish("epub", options="-W --keep-going", languages="en")
    published = f"epub → {publication.build / 'epub'}: one file has changed"
    assert result.output.splitlines() == ["English: epub", published]


def test_a_link_to_a_part_of_another_article_is_no_mistake(make: Maker) -> None:
    changes = {"articles/one.md": HEAD + "See [there](#part).\n", "index.md": "# Small\n\n(part)=\n## Part\n\nText.\n"}
    changes["index.md"] += "\n```{toctree}\narticles/one\n```\n"
    result = make(changes).publish("html", languages="en", options="-W")
    assert result.code == 0, result.output


CITING = HEAD + "The first text.{footcite}`basran2020`\n"
MENDED_CONF = SMALL["conf.py"].replace('"Small"', '"Mended"') + 'copyright = "Mended"\nfleuron_publication = "small"\n'
# A file, what is wrong with it, how it is mended, where the mistake is told, and the formats that are built.
RECOVERIES: Mapping[str, tuple[str, str, str, str, tuple[str, ...]]] = {
    "image": (
        *("articles/one.md", CITING + "\n![x](missing.png)\n", CITING + "\nMended\n", "articles/one.md:9:"),
        ("html", "epub"),
    ),
    "link": (
        *("articles/one.md", CITING + "\n[](missing.md)\n", CITING + "\nMended\n", "articles/one.md:9:"),
        ("html",),
    ),
    "source": (
        *("refs.bib", SOURCE + "@book{a,\n b 1\n}\n", SOURCE.replace("Title", "Mended"), "refs.bib:7:"),
        ("html", "epub"),
    ),
    "catalogue": (TURKISH, "rubbish\n", CATALOGUE + 'msgid "One"\nmsgstr "Mended"\n', f"{TURKISH}:1:", ("epub",)),
    "configuration": ("conf.py", SMALL["conf.py"] + "x = [\n", MENDED_CONF, "conf.py", ("html",)),
}


@pytest.mark.parametrize("mistake", RECOVERIES)
def test_a_failed_build_changes_nothing_and_is_not_forgotten(make: Maker, mistake: str) -> None:
    file, wrong, mended, place, formats = RECOVERIES[mistake]
    language = "tr" if file == TURKISH else "en"
    publication = make({"articles/one.md": CITING, "refs.bib": SOURCE})
    assert publication.publish(*formats, languages=language).code == 0
    before = publication.files()
    publication.write(file, wrong)
    for _ in range(2):
        assert_refused(publication.publish(*formats, languages=language), place)
        assert publication.files() == before
    publication.write(file, mended)
    result = publication.publish(*formats, languages=language)
    assert result.code == 0, result.output
    shown = [name for name, tree in documents(publication).items() if "Mended" in text_of(tree)]
    folders = {"html": "html", "epub": f"small-{language}"}
    assert {name.split("/")[0] for name in shown} == {folders[form] for form in formats}


def test_a_mistake_is_reported_once_for_all_editions_and_formats(make: Maker) -> None:
    publication = make({"articles/one.md": HEAD.replace("date:", "dat:") + "Text.\n"})
    result = publication.publish("epub", "html")
    assert result.code == 0
    assert result.output.count("articles/one.md:3:") == 1
    publication.write("articles/one.md", HEAD + "Text.\n\n![x](missing.png)\n")
    result = publication.publish("epub", "html")
    assert_refused(result, "articles/one.md:9:", "missing.png")
    assert result.output.count("missing.png") == 1
    assert "Türkçe: html: failed (reported above)" in told(result)


def test_the_mended_file_may_be_an_older_one(make: Maker) -> None:
    """An author who puts a kept copy back gets its text, though it is older than the failed build."""
    publication = make({})
    assert publication.publish("epub", languages="en").code == 0
    path = publication.source / "articles/one.md"
    kept, times = path.read_bytes(), path.stat()
    publication.write("articles/one.md", HEAD + "The wrong text, {unknown}`x`.\n")
    assert_refused(publication.publish("epub", languages="en"), "articles/one.md:7:")
    publication.write("articles/one.md", kept)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert publication.publish("epub", languages="en").code == 0
    text = text_of(documents(publication)["small-en/articles/one.xhtml"])
    assert "The first text." in text
    assert "wrong" not in text


def test_a_warning_that_is_an_error_is_not_forgotten(make: Maker) -> None:
    publication = make({"articles/one.md": HEAD.replace("date:", "dat:") + "Text.\n"})
    for _ in range(2):
        assert_refused(publication.publish("html", languages="en", options="-W"), "articles/one.md:3:", "“date”")


def test_an_article_that_is_deleted_but_named_in_the_contents(make: Maker) -> None:
    publication = make({"index.md": SMALL["index.md"].replace("one\n", "one\narticles/two\n"), "articles/two.md": HEAD})
    assert publication.publish("html", languages="en").code == 0
    (publication.source / "articles/two.md").unlink()
    assert_refused(publication.publish("html", languages="en"), "index.md:5:", "articles/two")
    publication.write("index.md", SMALL["index.md"])
    assert publication.publish("html", languages="en").code == 0
    assert not (publication.build / "html/en/articles/two.html").exists()


def test_an_article_that_is_deleted_but_linked(make: Maker) -> None:
    contents = "# Small\n\n```{toctree}\n:glob:\n\narticles/*\n```\n"
    files = {"index.md": contents, "articles/one.md": HEAD + "See {doc}`two`.\n", "articles/two.md": HEAD}
    publication = make(files)
    assert publication.publish("html", languages="en").code == 0
    (publication.source / "articles/two.md").unlink()
    assert_refused(publication.publish("html", languages="en"), "articles/one.md:7:", "two")


def test_an_author_whose_page_is_added_after_the_warning(make: Maker) -> None:
    publication = make({"articles/one.md": HEAD.replace("[ada]", "[bob]") + "Text.\n"})
    assert_told(publication.publish("html", languages="en"), "articles/one.md:2:", "“bob”")
    publication.write("authors/bob.md", "---\nname: Bob Builder\n---\nBob builds.\n")
    assert publication.publish("html", languages="en").code == 0
    assert "Bob Builder" in text_of(publication.page("en", "articles/one"))
