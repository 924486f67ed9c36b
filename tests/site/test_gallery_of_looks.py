"""Three looks of one small publication, a review, a monograph and an institute's: their first pages can be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import window
from tests.support.page_faults import page_faults
from tests.support.publications import SMALL, Publication

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
NIGHTLY = "FLEURON_NIGHTLY" in os.environ
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><rect width="9" height="3"/></svg>'
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TEXT = "---\nauthors: [{author}]\ndate: 2026-0{number}-01\nabstract: {abstract}\n---\n# {title}\n\nText.\n"
ROOT = {
    **SMALL,
    "articles/one.md": TEXT.format(author="ada", number=1, abstract="Its abstract. " * 40, title="One"),
    "articles/two.md": TEXT.format(author="bob", number=2, abstract="Another.", title=f"Of the {LONG}"),
    "authors/bob.md": "---\nname: Bob Writer\naffiliation: University of Somewhere\n---\nBob writes.\n",
}
CONTENTS = "\n```{{toctree}}\n{options}\n\n{documents}\n```\n"
REVIEW = {
    "conf.py": SMALL["conf.py"] + 'fleuron_theme = {"accent": "#0a5c8c"}\nfleuron_imprint = {"number": "7"}\n',
    "index.md": f"# A Review of {LONG}\n\nOf letters.\n"
    + CONTENTS.format(options=":caption: Issues", documents="issues/1\nissues/2"),
    "issues/1.md": "---\nvolume: 1\nissue: 1\ndate: 2026-01-01\n---\n# Winter\n"
    + CONTENTS.format(options="", documents="../articles/one"),
    "issues/2.md": "---\nvolume: 1\nissue: 2\ndate: 2026-02-01\neditors: [ada]\n---\n# Spring\n"
    + CONTENTS.format(options="", documents="../articles/two\n../articles/three"),
    "articles/three.md": "---\nauthors: [ada]\ndate: 2026-02-02\ncorrects: one\n---\n# Erratum\n\nText.\n",
}
MONOGRAPH = {
    "conf.py": SMALL["conf.py"]
    + 'fleuron_numbering = "volume"\nfleuron_editors = ["ada"]\n'
    + 'html_static_path = ["_static"]\nhtml_css_files = ["own.css"]\n',
    "_static/own.css": ":root { --paper: light-dark(#ffffff, #10141a); --ink: light-dark(#101418, #e6e9ee); }\n",
    "articles/two.md": TEXT.format(author="ada", number=1, abstract="Another.", title=f"Of the {LONG}"),
    "index.md": "# A Monograph\n\nIn two chapters.\n"
    + CONTENTS.format(options=":numbered:", documents="articles/one\narticles/two"),
}
INSTITUTE = {
    "conf.py": SMALL["conf.py"]
    + 'fleuron_theme = {"accent": "#3d5a1e", "logo": "_static/logo.svg", '
    + '"footer": "By [an institute](https://institute.example/)"}\n',
    "_static/logo.svg": LOGO,
    "pages/about.md": "# About\n\nThe institute.\n",
    "articles/one.md": ROOT["articles/one.md"].replace("date:", "featured: true\ndate:"),
    "index.md": "# Papers of an Institute\n\nSince 1895.\n"
    + CONTENTS.format(options=":caption: Papers", documents="articles/one\narticles/two"),
}
LOOKS = {"review": REVIEW, "monograph": MONOGRAPH, "institute": INSTITUTE}


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Publication]:
    found = {}
    for name, files in LOOKS.items():
        publication = found[name] = Publication(tmp_path_factory.mktemp(name) / "source")
        for path, text in {**ROOT, **files}.items():
            publication.write(path, text)
        result = publication.publish("html", languages="en", options="-W")
        assert result.code == 0, result.output
    return found


def pages(publication: Publication) -> list[Path]:
    """Return the first page, the landing page, and of each other kind what a look changes."""
    site = publication.build / "html"
    names = ("en/index", "index", "en/issues/index", "en/issues/2", "en/pages/about", "en/authors/bob")
    return [path for name in names if (path := site / f"{name}.html").is_file()]


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_their_pages_can_be_read_and_touched(gallery: dict[str, Publication], browser: Browser, width: int) -> None:
    with window(browser, width, has_touch=width < 800, is_mobile=width < 800) as page:
        for publication in gallery.values():
            for path in pages(publication):
                page.goto(path.as_uri())
                assert page_faults(page) == [], path


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_violation(gallery: dict[str, Publication], browser: Browser, dark: bool) -> None:
    with window(browser, 1440, dark=dark) as page:
        for publication in gallery.values():
            for path in pages(publication)[: None if NIGHTLY else 2]:
                page.goto(path.as_uri())
                page.add_script_tag(path=AXE)
                found = page.evaluate("axe.run(document, { preload: false }).then(report => report.violations)")
                assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == [], path


def test_chapters_of_one_day_have_no_latest_article_and_an_institute_has_its_choice(
    gallery: dict[str, Publication],
) -> None:
    heads = {
        name: [text.text_content() for text in publication.page("en", "index").cssselect("h2.kicker")]
        for name, publication in gallery.items()
    }
    assert heads == {
        "review": ["Current issue", "Latest article"],
        "monograph": [],
        "institute": ["Editors’ choice"],
    }


def test_pages_that_are_no_articles_stand_in_menu_and_footer(gallery: dict[str, Publication]) -> None:
    page = gallery["institute"].page("en", "index")
    for place in (".menu", ".foot .imprint"):
        assert "pages/about.html" in [link.get("href") for link in page.cssselect(f"{place} a")]
