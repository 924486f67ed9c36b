"""A release says which articles it has changed since the last one, by their text."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from fleuron.archive.release.article_changes import (
    NO_CHANGES,
    ArticleChange,
    ReleaseChanges,
    changes_from_record,
    changes_since_last,
    changes_to_record,
)
from fleuron.archive.release.tagged_version import find_release
from fleuron.archive.site.page_templates import write_pointer_page
from fleuron.archive.site.versions import Version, versions_page
from tests.support.publications import Publication, text_of
from tests.support.tagged_releases import FILES, commit, git, repository

ARTICLE = "---\ndate: 2026-01-02\n{}---\n# {}\n\n{}\n"
CHANGES = ReleaseChanges(
    "v1.0",
    (
        ArticleChange("2026/new", "New & *old*", "new"),
        ArticleChange("gone", "Gone", "removed"),
        ArticleChange("one", "One", "changed", ("The <year> is corrected.",)),
        ArticleChange("same-words", "Words", "changed"),
        ArticleChange("wrong", "Wrong", "withdrawn"),
    ),
)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    texts = {
        "one": ARTICLE.format("", "One", "It was 1895."),
        "broken": ARTICLE.format("", "Broken", "Words in\none line."),
        "gone": ARTICLE.format("", "Gone", "Text."),
        "same-words": ARTICLE.format("subtitle: Old\n", "Words", "Text."),
        "wrong": ARTICLE.format("", "Wrong", "Text."),
    }
    files = FILES | {f"articles/{name}.md": text for name, text in texts.items()}
    publication = repository(tmp_path_factory.mktemp("released"), files)
    note = "changes:\n  - date: 2026-02-03\n    text: The <year> is corrected.\n"
    publication.write("articles/one.md", ARTICLE.format(note, "One", "It was 1896."))
    publication.write("articles/broken.md", ARTICLE.format("keywords: [x]\n", "Broken", "Words\nin one line."))
    publication.write("articles/same-words.md", ARTICLE.format("subtitle: New\n", "Words", "Text."))
    withdrawal = "withdrawn:\n  date: 2026-03-01\n  reason: The author asked for it.\n"
    publication.write("articles/wrong.md", ARTICLE.format(withdrawal, "Wrong", ""))
    publication.write("articles/2026/new.md", ARTICLE.format("title: New & *old*\n", "x", "Text."))
    publication.source.joinpath("articles/gone.md").unlink()
    commit(publication, "v1.1")
    publication.write("index.md", "# Another\n")
    commit(publication, "v1.2")
    return publication


def changes_of(publication: Publication, version: str) -> ReleaseChanges:
    return changes_since_last(publication.source, find_release(publication.source, version, "."))


def test_articles_are_new_changed_withdrawn_or_removed_since_the_tag_before(released: Publication) -> None:
    assert changes_of(released, "v1.0") == NO_CHANGES
    assert changes_of(released, "v1.1") == CHANGES
    assert changes_of(released, "v1.2") == ReleaseChanges("v1.1")


def test_a_tag_that_is_no_ancestor_is_no_last_release(released: Publication) -> None:
    git(released.source, "checkout", "--quiet", "--orphan", "other")
    commit(released, "v9.0")
    assert changes_of(released, "v9.0") == NO_CHANGES


def test_changes_are_read_as_they_were_written() -> None:
    assert changes_from_record(json.loads(json.dumps(changes_to_record(CHANGES)))) == CHANGES
    assert changes_from_record(None) == NO_CHANGES
    with pytest.raises((KeyError, TypeError)):
        changes_from_record({"since": "v1.0", "articles": [{"name": "one"}]})


def test_the_list_of_versions_and_the_page_in_the_bag_say_what_has_changed(tmp_path: Path) -> None:
    first = Version("v1.0", "Small", "2026-03-04", 1, "", "sha512:a", "swh:1:dir:a", ())
    second = replace(first, version="v1.1", moment=2, changes=CHANGES)
    listed = html.document_fromstring(versions_page([second, first]))
    write_pointer_page(tmp_path, "Small", "v1.1", CHANGES)
    told = html.document_fromstring((tmp_path / "versions/index.html").read_text("utf-8"))
    newest, oldest = listed.cssselect("section")
    assert not oldest.cssselect("li")
    for page in (newest, told):
        assert "Changes since v1.0:" in [text_of(each) for each in page.cssselect("p")]
        kinds = [str(each.text) for each in page.cssselect("p") if str(each.text).endswith("articles")]
        assert kinds == ["New articles", "Changed articles", "Withdrawn articles", "Removed articles"]
        items = [[str(line).strip() for line in item.itertext()] for item in page.cssselect("li")]
        assert items == [["New & *old*"], ["One", "The <year> is corrected."], ["Words"], ["Wrong"], ["Gone"]]
    none = versions_page([replace(second, changes=ReleaseChanges("v1.0"))])
    assert "Changes since v1.0: no text of an article." in none
