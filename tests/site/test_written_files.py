"""Files of the site that are written from records, not from a page, are written again only if these have changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fleuron.content.written_files import WrittenFiles
from tests.support.publications import Maker, Publication, text_of


def test_a_file_is_current_while_its_source_and_the_program_are_the_same(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    (tmp_path / "a.bib").write_text("x", "utf-8")

    def build(source: object, program: str = "1", name: str = "a.bib") -> bool:
        files = WrittenFiles(tmp_path, record, program)
        current = files.is_current(name, source)
        files.save()
        return current

    assert [build("one"), build("one"), build("two"), build("two")] == [False, True, False, True]
    assert [build("two", "2"), build("two", "2")] == [False, True]
    assert [build("two", "2", "b.bib"), build("two", "2", "b.bib")] == [False, False], "b.bib is not there"
    for damaged in ("", "[]", '{"program": "2", "files": 3}'):
        record.write_text(damaged, "utf-8")
        assert not build("two", "2")


def test_what_was_not_finished_is_written_again(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("x", "utf-8")
    for _ in range(2):
        assert not WrittenFiles(tmp_path, tmp_path / "record.json", "1").is_current("a.bib", "one")


@pytest.fixture
def publication(make: Maker) -> Publication:
    matter = "---\nauthors: [ada]\nkeywords: [{}]\n---\n# {}\n\nText.\n"
    toctree = "# Small\n\nText.\n\n```{toctree}\narticles/one\narticles/two\n```\n"
    texts = {f"articles/{name.lower()}.md": matter.format(name, name) for name in ("One", "Two")}
    made = make({"conf.py": 'project = "Small"\nextensions = ["fleuron"]\n', "index.md": toctree, **texts})
    result = made.publish("html", options="-W")
    assert result.code == 0, result.output
    return made


def test_only_the_records_and_keyword_pages_of_a_changed_article_are_written(publication: Publication) -> None:
    folder = publication.build / "editions/en/html"
    names = [f"articles/{name}.{suffix}" for name in ("one", "two") for suffix in ("bib", "ris", "json")]
    names += ["keywords/one.html", "keywords/two.html", "colophon.html"]
    before = {name: (folder / name).stat().st_mtime_ns for name in names}
    article = publication.source / "articles/one.md"
    article.write_text(article.read_text("utf-8").replace("# One", "# First"), "utf-8")
    assert publication.publish("html", options="-W").code == 0
    written = [name for name in names if (folder / name).stat().st_mtime_ns != before[name]]
    assert written == ["articles/one.bib", "articles/one.ris", "articles/one.json", "keywords/one.html"]
    assert "First" in (folder / "articles/one.bib").read_text("utf-8")
    assert text_of(publication.page("en", "keywords/one").cssselect(".cards a")[0]) == "First"


def test_records_and_pages_that_are_gone_are_written_again(publication: Publication) -> None:
    folder = publication.build / "editions/en/html"
    for name in ("articles/two.bib", "keywords/two.html"):
        (folder / name).unlink()
    before = publication.files()
    assert publication.publish("html", options="-W").code == 0
    assert publication.files() == before


def test_a_new_template_writes_the_pages_of_keywords_again(publication: Publication) -> None:
    publication.write(
        "_templates/keyword.html", '{% extends "!keyword.html" %}{% block after %}<p id="own">{% endblock %}'
    )
    publication.write("conf.py", 'project = "Small"\nextensions = ["fleuron"]\ntemplates_path = ["_templates"]\n')
    assert publication.publish("html", options="-W").code == 0
    assert publication.page("en", "keywords/two").cssselect("#own")
