"""A clock that was set back, and files that a backup has put back: what has changed is older than what was built."""

from __future__ import annotations

import os

from tests.support.publications import SMALL, Maker, Publication

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CATALOGUE = HEADER + 'msgid "The first text."\nmsgstr "İlk metin."\n'
BOOK = "@book{grafton,\n author = {Grafton, Anthony},\n title = {The Footnote},\n year = {1997}\n}\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><title>Old bar</title></svg>'
TEMPLATE = '{% extends "!layout.html" %}{% block extrahead %}{{ super() }}<meta name="old-mark">{% endblock %}'
FILES = {
    "conf.py": SMALL["conf.py"] + 'templates_path = ["_templates"]\n',
    "_templates/layout.html": TEMPLATE,
    "refs.bib": BOOK,
    "articles/one.md": SMALL["articles/one.md"] + "\n![A bar](bar.svg)\n\nOwed.{footcite}`grafton`\n",
    "articles/bar.svg": PICTURE,
    "locale/tr/LC_MESSAGES/articles/one.po": CATALOGUE,
}
# The file that is saved, what it had and has, and where a reader sees that.
CHANGES = {
    "article": ("articles/one.md", "Owed.", "Borrowed.", "html/tr/articles/one.html"),
    "catalogue": ("locale/tr/LC_MESSAGES/articles/one.po", "İlk metin.", "Birinci metin.", "html/tr/articles/one.html"),
    "bibliography": ("refs.bib", "The Footnote", "The Margin", "html/tr/articles/one.html"),
    "template": ("_templates/layout.html", "old-mark", "new-mark", "html/tr/articles/one.html"),
    "author": ("authors/ada.md", "Ada Author", "Ada Writer", "html/tr/articles/one.html"),
    "picture": ("articles/bar.svg", "Old bar", "New bar", "html/tr/_images/bar.svg"),
}


def save(publication: Publication, name: str, text: str) -> None:
    """Save a file as at a time long ago."""
    publication.write(name, text)
    os.utime(publication.source / name, (10**9, 10**9))


def test_what_is_saved_while_the_clock_is_behind_is_published(make: Maker) -> None:
    publication = make(FILES)
    assert publication.publish("html", languages="tr").code == 0
    missed = []
    for kind, (name, old, new, place) in CHANGES.items():
        assert old in (publication.build / place).read_text("utf-8"), place
        save(publication, name, (publication.source / name).read_text("utf-8").replace(old, new))
        result = publication.publish("html", languages="tr")
        assert result.code == 0, result.output
        page = (publication.build / place).read_text("utf-8")
        missed += [kind] if old in page or new not in page else []
    assert missed == []
