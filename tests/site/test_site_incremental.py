"""A site that is built again after a change equals one that is built from scratch, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.publications import Publication

# Each change is built twice: upon what there was, and from nothing.
pytestmark = pytest.mark.slow

CONF = """\
project = "Small"
author = "A. Press"
extensions = ["fleuron"]
fleuron_languages = ["en"]
html_baseurl = "https://small.example/"
html_static_path = ["_static"]
html_css_files = ["one.css"]
"""
CATALOGUE = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
SOURCES = """\
@book{rahman2001, author = {Rahman, Sultan}, title = {The Great Game}, publisher = {House}, year = {2001}}
@book{ada1999, author = {Author, Ada}, title = {Waters}, publisher = {House}, year = {1999}}
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><circle r="{}"/></svg>'


def article(title: str, text: str, authors: str = "ada", date: str = "2026-01-02", keywords: str = "rivers") -> str:
    matter = f"authors: [{authors}]\ndate: {date}\nkeywords: [{keywords}]\nsubtitle: On {title}\nlicense: CC-BY-4.0\n"
    return f"---\n{matter}---\n# {title}\n\n{text}\n"


def contents(*names: str) -> str:
    entries = "\n".join(f"articles/{name}" for name in names)
    return f"# The Small Review\n\nA small review of waters.\n\n```{{toctree}}\n{entries}\n```\n"


RIVERS = "Water runs in the river to a dam.{footcite}`rahman2001{12}`\n\n## The dam\n\nMore water.{footcite}`ada1999`"
COURTS = (
    "{index}`judges`A court of judges hears a case.\n\n(verdict)=\n## The verdict\n\n"
    "The court has spoken.{footcite}`rahman2001`"
)
LINKS = (
    "See [](rivers.md), [the court](courts.md), [](#verdict) and {ref}`verdict`. Water and a dam, a river and water."
)
DAM = "\n\n```{figure} ../pictures/dam.svg\n:name: dam\n:alt: A dam\n\nA dam.\n```\n"
FILES: Mapping[str, str] = {
    "conf.py": CONF,
    "refs.bib": SOURCES,
    "index.md": contents("rivers", "courts", "links"),
    "pictures/dam.svg": PICTURE.format(3),
    "articles/rivers.md": article("Rivers", RIVERS + DAM, keywords="rivers, water"),
    "articles/courts.md": article("Courts", COURTS, "ada, bob", "2026-03-04", "law"),
    "articles/links.md": article("Links", LINKS, "bob", "2026-02-03", "rivers, law"),
    "authors/ada.md": "---\nname: Ada Author\n---\nAda writes.\n",
    "authors/bob.md": "---\nname: Bob Builder\n---\nBob builds.\n",
    "_static/one.css": "p { color: inherit }\n",
    "_static/two.css": "b { color: inherit }\n",
    "locale/tr/LC_MESSAGES/articles/rivers.po": CATALOGUE + '\nmsgid "Rivers"\nmsgstr "Irmaklar"\n',
}
NEW = article("Lakes", "A lake is water, a river runs into it. See [](#dam).", date="2026-05-06", keywords="lakes, Law")


@dataclass(frozen=True)
class Kept:
    """A publication that is built, and a copy of it, to begin from again."""

    publication: Publication
    copy: Path

    def anew(self) -> Publication:
        """Put everything back, with the times of its files, and forget what else was built."""
        folder = self.publication.source.parent
        shutil.rmtree(folder)
        shutil.copytree(self.copy, folder)
        return self.publication


def write(publication: Publication, changes: Mapping[str, str | None]) -> None:
    for name, text in changes.items():
        if text is None:
            (publication.source / name).unlink()
        else:
            publication.write(name, text)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The publication above, its site built with warnings as errors."""
    folder = tmp_path_factory.mktemp("kept")
    publication = Publication(folder / "here" / "source")
    publish(publication, FILES)
    shutil.copytree(folder / "here", folder / "copy")
    return Kept(publication, folder / "copy")


def publish(publication: Publication, *changes: Mapping[str, str | None]) -> dict[str, bytes]:
    """Write files and build the site; return all that is published."""
    for files in changes:
        write(publication, files)
    result = publication.publish("html", options="-W --keep-going")
    assert result.code == 0, result.output
    return publication.files()


def assert_same(again: Mapping[str, bytes], fresh: Mapping[str, bytes]) -> None:
    assert sorted(set(again) ^ set(fresh)) == []
    assert [name for name in again if again[name] != fresh[name]] == []


CHANGES: Mapping[str, Mapping[str, str | None]] = {
    "a title": {"articles/rivers.md": FILES["articles/rivers.md"].replace("# Rivers", "# Great Rivers")},
    "a subtitle, and a biography": {
        "articles/courts.md": FILES["articles/courts.md"].replace("On Courts", "Of judges"),
        "authors/bob.md": "---\nname: Bob Builder\n---\nBob built.\n",
    },
    "a sentence": {"articles/rivers.md": FILES["articles/rivers.md"].replace("More water.", "Less water, and no dam.")},
    "a section's title": {"articles/courts.md": FILES["articles/courts.md"].replace("## The verdict", "## A verdict")},
    "a name": {"authors/bob.md": "---\nname: Robert Builder\n---\nBob builds.\n"},
    "a contributor's record": {
        "authors/bob.md": "---\nname: Bob Builder\norcid: 0000-0002-1825-0097\naffiliation: House\n---\nBob builds.\n"
    },
    "a keyword": {"articles/rivers.md": FILES["articles/rivers.md"].replace("rivers, water", "streams, water")},
    "a keyword that had the name of another's page": {
        "articles/rivers.md": FILES["articles/rivers.md"].replace("rivers, water", "rivers, Law")
    },
    "a date": {"articles/rivers.md": FILES["articles/rivers.md"].replace("2026-01-02", "2026-04-05")},
    "a new article": {"articles/lakes.md": NEW, "index.md": contents("rivers", "lakes", "courts", "links")},
    "an article that is withdrawn": {
        "articles/courts.md": None,
        "index.md": contents("rivers", "links"),
        "articles/links.md": article("Links", "See [](rivers.md). Water and a dam.", "bob", "2026-02-03"),
    },
    "another order": {"index.md": contents("courts", "links", "rivers")},
    "the review's title": {"index.md": FILES["index.md"].replace("The Small Review", "The Smaller Review")},
    "the review's summary": {"index.md": FILES["index.md"].replace("of waters", "of courts")},
    "a source": {"refs.bib": SOURCES.replace("The Great Game", "The Little Game")},
    "a picture that is gone": {
        "pictures/dam.svg": None,
        "articles/rivers.md": article("Rivers", RIVERS, keywords="rivers, water"),
    },
    "a stylesheet": {"_static/one.css": "p { color: red }\n"},
    "a stylesheet that is gone": {"_static/two.css": None},
    "the site's address": {"conf.py": CONF.replace("small.example", "other.example/review")},
    "no address": {"conf.py": CONF.replace("html_baseurl", "# ")},
    "another note style": {"conf.py": CONF + 'fleuron_note_style = "gost-note"\n'},
    "the press's name, and a version": {"conf.py": CONF.replace("A. Press", "B. Press") + 'version = "2.0"\n'},
}

# In a publication of two languages.
TRANSLATED: Mapping[str, str] = {**FILES, "conf.py": CONF.replace('["en"]', '["en", "tr"]')}
TRANSLATIONS: Mapping[str, str | None] = {
    "locale/tr/LC_MESSAGES/articles/rivers.po": CATALOGUE + '\nmsgid "Rivers"\nmsgstr "Nehirler"\n',
    "locale/tr/LC_MESSAGES/articles/courts.po": CATALOGUE + '\nmsgid "Courts"\nmsgstr "Mahkemeler"\n'
    '\nmsgid "The verdict"\nmsgstr "Karar"\n\nmsgid "law"\nmsgstr "hukuk"\n',
    "locale/tr/LC_MESSAGES/authors/ada.po": CATALOGUE + '\nmsgid "Ada Author"\nmsgstr "Ada Yazar"\n',
    "locale/tr/LC_MESSAGES/index.po": CATALOGUE + '\nmsgid "The Small Review"\nmsgstr "Küçük Dergi"\n',
}


# Each is built twice. By night there are also those that reach pages in a way that one by day does.
BY_NIGHT = {
    *("a subtitle, and a biography", "a section's title", "a contributor's record", "a date", "another order"),
    *("the review's summary", "a stylesheet that is gone", "no address", "another note style"),
    "the press's name, and a version",
}


@pytest.mark.parametrize(
    "change", [pytest.param(name, marks=[pytest.mark.nightly] * (name in BY_NIGHT)) for name in CHANGES]
)
def test_a_site_that_is_built_again_equals_one_that_is_built_from_scratch(
    kept: Kept, tmp_path: Path, change: str
) -> None:
    publication = kept.anew()
    before = publication.files()
    again = publish(publication, CHANGES[change])
    assert again != before, "the change shows"
    assert_same(again, publish(Publication(tmp_path / "source"), FILES, CHANGES[change]))


def test_a_changed_translation_changes_every_page_that_shows_it(tmp_path: Path) -> None:
    publication = Publication(tmp_path / "again" / "source")
    before = publish(publication, TRANSLATED)
    again = publish(publication, TRANSLATIONS)
    changed = {name for name in again if again[name] != before.get(name)}
    shares = {"html/en/colophon.html", "html/index.html", "html/resourcesync/resourcelist.xml"}
    assert {name for name in changed if not name.startswith("html/tr/")} == shares
    assert_same(again, publish(Publication(tmp_path / "fresh" / "source"), TRANSLATED, TRANSLATIONS))
