"""A small journal of three issues in three languages, with a correction, a retraction, a review and a withdrawal."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("en", "tr", "ru")
HEAD = "---\nauthors: [{}]\ndate: {}\n{}---\n# {}\n\n{}\n"
ISSUE = "---\nvolume: {}\nissue: {}\ndate: {}\neditors: [ada]\n{}---\n# {}\n\n{}\n"
FIGURE = "```{figure} ../../figure.svg\n:alt: A line.\n\nA line.\n```"
FILES = {
    "conf.py": (
        'project = "Test Review"\nauthor = "Test Press"\nextensions = ["fleuron"]\n'
        'fleuron_languages = ["en", "tr", "ru"]\nfleuron_publication = "review"\nfleuron_edition_threshold = 0\n'
        'html_baseurl = "https://review.example/"\nfleuron_imprint = {"issn": "2049-3630"}\n'
    ),
    "index.md": "# Test Review\n\nA review.\n\n```{toctree}\nissues/2027-1\nissues/2026-2\nissues/2026-1\n```\n",
    "refs.bib": "@book{grafton1997,\n author = {Grafton, Anthony},\n title = {The Footnote},\n year = {1997}\n}\n",
    "authors/ada.md": "---\nname: Ada Lovelace\n---\nAda writes.\n",
    "authors/bob.md": "---\nname: Bob van der Berg\n---\nBob writes.\n",
    "issues/2026-1.md": ISSUE.format(7, 1, "2026-05-01", "", "Beginnings", "The first issue."),
    "issues/2026-2.md": ISSUE.format(7, 2, "2026-11-01", "sections: [Articles, Reviews]\n", "Doubts", "The second."),
    "issues/2027-1.md": ISSUE.format(8, 1, "2027-05-01", "", "Ends", "The third."),
    "articles/2026-1/first.md": HEAD.format(
        "ada",
        "2026-05-01",
        "section: Articles\nchanges:\n  - date: 2026-11-01\n    text: For 5 read 6.\n",
        "The first article",
        "A sentence.{footcite}`grafton1997{p. 6}`",
    ),
    "articles/2026-1/disputed.md": HEAD.format(
        "bob", "2026-05-01", "section: Articles\nabstract: Claims.\n", "A disputed article", "Claims."
    ),
    "articles/2026-1/gone.md": HEAD.format(
        "bob",
        "2026-05-01",
        "withdrawn:\n  date: 2026-12-01\n  reason: The author asked for it.\n",
        "A withdrawn article",
        "Secret words.",
    ),
    "articles/2026-2/erratum.md": HEAD.format(
        "ada", "2026-11-01", "corrects: 2026-1/first\nsection: Notices\n", "Erratum", "For 5 read 6."
    ),
    "articles/2026-2/review.md": HEAD.format(
        "bob",
        "2026-11-01",
        "genre: review\nreviews: [grafton1997]\nsection: Reviews\n",
        "On footnotes",
        "A review, and a link to [the first](../2026-1/first.md).",
    ),
    "articles/2026-2/second.md": HEAD.format("ada", "2026-11-01", "section: Articles\n", "The second article", FIGURE),
    "figure.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>\n',
    "articles/2027-1/retraction.md": HEAD.format(
        "ada", "2027-05-01", "retracts: 2026-1/disputed\n", "Retraction notice", "It is retracted."
    ),
}


def catalogue(messages: Mapping[str, str]) -> str:
    """Return a translator's catalogue of messages."""
    entries = "".join(f'msgid "{text}"\nmsgstr "{translated}"\n\n' for text, translated in messages.items())
    return f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{entries}'


TRANSLATED = {
    "tr": {
        "articles/2026-1/disputed": {"A disputed article": "Tartışmalı bir makale", "Claims.": "İddialar."},
        "issues/2026-2": {"Doubts": "Şüpheler", "Reviews": "Kitap tanıtımları", "Articles": "Makaleler"},
    },
    "ru": {
        "articles/2026-1/disputed": {"A disputed article": "Спорная статья", "Claims.": "Утверждения."},
        "issues/2026-2": {"Doubts": "Сомнения", "Reviews": "Рецензии", "Articles": "Статьи"},
    },
}
CATALOGUES = {
    f"locale/{language}/LC_MESSAGES/{name}.po": catalogue(messages)
    for language, texts in TRANSLATED.items()
    for name, messages in texts.items()
}
JOURNAL = FILES | CATALOGUES
