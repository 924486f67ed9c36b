"""Mistakes in conf.py and in the command: one message, and nothing is built."""

from __future__ import annotations

import pytest

from tests.mistakes.test_mistakes import assert_refused
from tests.support.publications import SMALL, Maker

CONF = SMALL["conf.py"]

MISTAKES = [
    pytest.param(CONF + 'fleuron_langauges = ["en"]\n', ("“fleuron_langauges”", "“fleuron_languages”"), id="option"),
    pytest.param(CONF.replace('["en", "tr"]', '"en"'), ("fleuron_languages = 'en'", "a list"), id="text-for-list"),
    pytest.param(CONF + "fleuron_publication = 3\n", ("fleuron_publication = 3", "a file name"), id="number-for-text"),
    pytest.param(CONF + "fleuron_edition_threshold = 90\n", ("= 90", "a number from 0 to 1"), id="share"),
    pytest.param(CONF + "fleuron_edition_threshold = True\n", ("= True", "a number from 0 to 1"), id="no-share"),
    pytest.param(CONF + 'fleuron_folios = "volumes"\n', ('"article"; did you mean', "“volume”"), id="one-of"),
    pytest.param(
        CONF + 'fleuron_pdf_executor = ["dask"]\n', ("fleuron_pdf_executor", '"processes" or "dask"'), id="where"
    ),
    pytest.param(CONF + 'fleuron_pdf_executor = "dask"\n', ("needs fleuron_pdf_scheduler",), id="dask-without-address"),
    pytest.param(CONF + 'fleuron_pdf_scheduler = "tcp://host"\n', ("fleuron_pdf_scheduler", "8786"), id="scheduler"),
    pytest.param(CONF.replace('"tr"', '"turkish"'), ("“turkish” is not the tag of a language",), id="tag"),
    pytest.param(CONF + "x = [\n", ("line 6", "never closed"), id="syntax"),
    pytest.param(CONF + 'x = 1\nraise ValueError("no good")\n', ("no good", "line 7"), id="error"),
    pytest.param(CONF + "import missing_module\n", ("missing_module", "line 6"), id="import"),
    pytest.param(CONF.replace('"fleuron"', ""), ('extensions = ["fleuron"]',), id="no-extension"),
    pytest.param(CONF.replace('"fleuron"', '"fleuron", "missing_one"'), ("missing_one",), id="extension"),
    pytest.param(CONF + 'html_theme = "missing_theme"\n', ("missing_theme",), id="theme"),
    pytest.param(CONF + 'exclude_patterns = "drafts"\n', ("exclude_patterns",), id="pattern"),
    pytest.param(CONF + 'bibtex_bibfiles = "refs.bib"\n', ("bibtex_bibfiles", "list"), id="bibliography"),
]


@pytest.mark.parametrize(("conf", "words"), MISTAKES)
def test_conf_py(make: Maker, conf: str, words: tuple[str, ...]) -> None:
    publication = make({"conf.py": conf})
    assert_refused(publication.publish("html", languages="en"), "conf.py", *words)
    assert not publication.files()


def test_an_edition_that_is_not_there(make: Maker) -> None:
    assert_refused(make({}).publish("html", languages="en de"), "“de”", "en, tr")


def test_no_contents_page(make: Maker) -> None:
    assert_refused(make({"index.md": None}).publish("html"), "index.md")


def test_no_conf_py(make: Maker) -> None:
    publication = make({"conf.py": None})
    assert_refused(publication.publish("html"), "conf.py", str(publication.source))


TEMPLATES = CONF + 'templates_path = ["_templates"]\n'
BROKEN_TEMPLATES = {
    "landing.html": ("<p>\n{% block %}", "_templates/landing.html:2:", "block"),
    "layout.html": ("<p>\n{% block %}", "_templates/layout.html:2:", "block"),
}


@pytest.mark.parametrize("name", BROKEN_TEMPLATES)
def test_a_template_with_a_syntax_error(make: Maker, name: str) -> None:
    text, place, word = BROKEN_TEMPLATES[name]
    publication = make({"conf.py": TEMPLATES, f"_templates/{name}": text})
    assert_refused(publication.publish("html", languages="en"), place, word)
    assert not publication.files()


def test_a_landing_template_that_asks_for_what_there_is_not(make: Maker) -> None:
    publication = make({"conf.py": TEMPLATES, "_templates/landing.html": "<p>\n\n{{ nothing.at.all }}"})
    assert_refused(publication.publish("html", languages="en"), "_templates/landing.html:3:", "nothing")
    assert "html/index.html" not in publication.files()
