"""What a publication, or another extension, changes in its PDFs: templates, style sheets, and sheets before layout."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from fleuron.content.books.imprint import Imprint
from fleuron.option_checks import check_style_sheets
from fleuron.paged.sheets.page_style import StyleSheetError, read_style_sheet, style_of
from fleuron.paged.sheets.pdf_input import BackSection
from fleuron.paged.sheets.sheet_templates import SheetTemplateError, SheetTemplates
from fleuron.publication.edition import Edition
from tests.support.publications import SMALL, Maker, Publication, pdf_pages

pytestmark = pytest.mark.slow

OFFPRINT = """{% extends "!offprint.html" %}
{% block source %}<p class="series">Papers from {{ imprint.title }}</p>{{ super() }}{% endblock %}
"""
SETTINGS = 'templates_path = ["_templates"]\nfleuron_pdf_css = ["_static/pdf.css"]\n'
OVERRIDDEN = {
    "conf.py": SMALL["conf.py"] + SETTINGS,
    "_templates/pdf/offprint.html": OFFPRINT,
    "_static/pdf.css": ".series { color: #c00; font-size: 30pt }\n",
}
IMPRINT = Imprint("Small", "Ada", "", None, "")


def offprint(publication: Publication) -> Path:
    return publication.build / "pdf" / "en" / "one.pdf"


def build(publication: Publication) -> None:
    result = publication.publish("pdf", languages="en", options="-W")
    assert result.code == 0, result.output


def text_settings(path: Path) -> set[tuple[str, tuple[float, ...]]]:
    """Return the font sizes (Tf) and fill colours (rg) on the first page of a PDF, in CSS pixels and parts of 1."""
    with pikepdf.open(path) as pdf:
        found = set()
        for step in pikepdf.parse_content_stream(pdf.pages[0]):
            operands: list[Any] = list(step.operands)
            if str(step.operator) in ("Tf", "rg"):
                numbers = operands[1:] if str(step.operator) == "Tf" else operands
                found.add((str(step.operator), tuple(round(float(number), 2) for number in numbers)))
        return found


def test_a_publication_overrides_a_template_and_adds_a_style_sheet(make: Maker) -> None:
    publication = make(OVERRIDDEN)
    build(publication)
    first, *_ = pdf_pages(offprint(publication))
    assert "Papers from Small" in first and "Cite this article" in first, "the original is within its own"
    assert {("Tf", (40.0,)), ("rg", (0.8, 0.0, 0.0))} <= text_settings(offprint(publication))
    # Both are part of the key of the layout cache: no page of the last build is used again.
    publication.write("_static/pdf.css", ".series { color: #00c; font-size: 24pt }\n")
    publication.write("_templates/pdf/offprint.html", OFFPRINT.replace("Papers", "Studies"))
    build(publication)
    assert "Studies from Small" in pdf_pages(offprint(publication))[0]
    assert {("Tf", (32.0,)), ("rg", (0.0, 0.0, 0.8))} <= text_settings(offprint(publication))


MISTAKES: dict[str, tuple[dict[str, str | None], str]] = {
    "a missing file": (
        {"_static/pdf.css": None},
        "conf.py: fleuron_pdf_css: “_static/pdf.css” cannot be read: No such",
    ),
    "a file outside": (
        {"conf.py": SMALL["conf.py"] + 'fleuron_pdf_css = ["../secret.css"]\n'},
        "conf.py: fleuron_pdf_css: “../secret.css” is not in the publication's folder",
    ),
    "an option of another type": (
        {"conf.py": SMALL["conf.py"] + 'fleuron_pdf_css = "_static/pdf.css"\n'},
        "fleuron_pdf_css = '_static/pdf.css': the value must be a list of CSS files of the publication",
    ),
    "an address": (
        {"_static/pdf.css": "p { background: url(https://example.org/a.png) }"},
        "Failed to load image at 'https://example.org/a.png'",
    ),
    "an unknown variable": (
        {"_templates/pdf/offprint.html": "{{ imprint.title }}\n{{ publisher }}\n"},
        "_templates/pdf/offprint.html:2: 'publisher' is undefined",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_message_and_no_traceback(name: str, make: Maker) -> None:
    changes, message = MISTAKES[name]
    publication = make({**OVERRIDDEN, **changes})
    (publication.source.parent / "secret.css").write_text("p { color: red }", "utf-8")
    result = publication.publish("pdf", languages="en")
    assert result.code != 0 and message in result.output, result.output
    assert "Traceback" not in result.output and not publication.files()


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("p { color: red }\np { color red }\n", "pdf.css:2: CSS: "),
        ("p { color: red }\n}\n", "pdf.css:2: CSS: "),
        ("\n@page { size A4 }\n", "pdf.css:2: CSS: "),
        ('@import "other.css";', "pdf.css:1: @import is not supported; add the file to fleuron_pdf_css"),
        ("p { color: r\xe9d }".encode("latin-1"), "pdf.css:1: is not a valid UTF-8 file"),
    ],
)
def test_a_mistake_in_a_style_sheet_has_its_line(css: str | bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "pdf.css").write_bytes(css if isinstance(css, bytes) else css.encode())
    with pytest.raises(StyleSheetError) as raised:
        read_style_sheet(tmp_path, "pdf.css")
    assert str(raised.value).startswith(message)


def test_a_block_without_an_end_ends_with_its_style_sheet(tmp_path: Path) -> None:
    (tmp_path / "open.css").write_text("p { color: red", "utf-8")
    (tmp_path / "next.css").write_text("h1 { color: blue }", "utf-8")
    style = style_of("A5", tmp_path, ["open.css", "next.css"])
    assert "p { color: red}\n" in style and style.index("size: A5") < style.index("color: red") < style.index("blue")


def test_a_style_sheet_outside_the_publication_is_refused_even_by_a_link(tmp_path: Path) -> None:
    (tmp_path / "secret.css").write_text("p { color: red }", "utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source/linked.css").symlink_to(tmp_path / "secret.css")
    for name in ("linked.css", str(tmp_path / "secret.css")):
        with pytest.raises(StyleSheetError, match="is not in the publication's folder"):
            read_style_sheet(tmp_path / "source", name)


@pytest.mark.parametrize("value", ["a.css", ["a.txt"], [1], {"a.css"}, None])
def test_the_option_is_a_list_of_style_sheets(value: object) -> None:
    assert check_style_sheets(["_static/a.css"]) is check_style_sheets([]) is None
    assert "list of CSS files" in str(check_style_sheets(value))


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("\n{% if %}", "_templates/pdf/front.html:2: Expected an expression"),
        ('\n\n{% extends "other.html" %}', "_templates/pdf/front.html:3: there is no template “other.html”"),
        ("{{ imprint.name }}", "_templates/pdf/front.html:1: "),
        ("\n{{ 1 // 0 }}", "_templates/pdf/front.html:2: ZeroDivisionError: "),
        (
            '{% extends "!front.html" %}\n{% block sheet %}{{ no }}{% endblock %}',
            "_templates/pdf/front.html:2: 'no' is",
        ),
    ],
)
def test_a_mistake_in_a_template_has_its_file_and_line(template: str, message: str, tmp_path: Path) -> None:
    folder = tmp_path / "_templates" / "pdf"
    folder.mkdir(parents=True)
    (folder / "front.html").write_text(template, "utf-8")
    with pytest.raises(SheetTemplateError) as raised:
        SheetTemplates([folder], tmp_path).front(IMPRINT, [], Edition("en"))
    assert str(raised.value).startswith(message)


def test_a_template_of_the_publication_is_used_by_the_originals(tmp_path: Path) -> None:
    (tmp_path / "sheet.html").write_text("<html>{% block sheet %}{% endblock %}</html>", "utf-8")
    section = BackSection("Sources", "b-sources", "<p>S.</p>")
    sheet = SheetTemplates([tmp_path], tmp_path).back(IMPRINT, section, Edition("en"))
    assert sheet.startswith("<html><section") and "<p>S.</p>" in sheet


def test_titles_that_the_interface_lacks_are_marked_as_english() -> None:
    section = BackSection("Sources", "b-sources", "")
    in_hebrew = SheetTemplates().back(IMPRINT, section, Edition("he"))
    assert '<h1><span lang="en" dir="ltr">Sources</span></h1>' in in_hebrew
    own = SheetTemplates().back(IMPRINT, replace(section, has_own_title=True), Edition("he"))
    assert "<h1>Sources</h1>" in own and "<h1>Sources</h1>" in SheetTemplates().back(IMPRINT, section, Edition("en"))


LISTENER = """
def composed(app, docname, sheet):
    seen.append(docname)
    {change}

seen = []

def setup(app):
    app.connect("fleuron-sheet-composed", composed)
    app.connect("build-finished", lambda app, error: (app.outdir / "seen.txt").write_text(" ".join(sorted(set(seen)))))
"""
FORMULA = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nA formula, $\\frac{x^2}{2}$.[^n]\n\n[^n]: A note.\n"


def heard(publication: Publication) -> str:
    return next(publication.build.rglob("seen.txt")).read_text("utf-8")


def test_an_extension_changes_a_sheet_before_it_is_laid_out(make: Maker) -> None:
    change = 'if docname == "articles/one":\n        next(sheet.iter("h1", "p")).text = "Title by an extension"'
    publication = make({"conf.py": SMALL["conf.py"] + LISTENER.format(change=change)})
    build(publication)
    assert heard(publication) == "articles/one index"
    pages = pdf_pages(publication.build / "pdf" / "small-en.pdf")
    assert any("Title by an extension" in page for page in pages)


def test_an_extension_that_only_inspects_sheets_changes_no_byte(make: Maker) -> None:
    publication = make({"articles/one.md": FORMULA})
    build(publication)
    before = publication.files()
    change = "assert sheet.tag == 'html' and sheet.find('body') is not None"
    publication.write("conf.py", SMALL["conf.py"] + LISTENER.format(change=change))
    build(publication)
    assert {name: content for name, content in publication.files().items() if name.endswith(".pdf")} == before


def painted(path: Path) -> list[bytes]:
    """Return what paints each page."""
    with pikepdf.open(path) as pdf:
        return [
            pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)) if "/Contents" in page else b""
            for page in pdf.pages
        ]


def test_a_sheet_that_is_changed_keeps_its_formulas(make: Maker) -> None:
    publication = make({"articles/one.md": FORMULA})
    build(publication)
    before = painted(publication.build / "pdf" / "small-en.pdf")
    change = "sheet.set('data-seen', 'yes')"
    publication.write("conf.py", SMALL["conf.py"] + LISTENER.format(change=change))
    build(publication)
    assert painted(publication.build / "pdf" / "small-en.pdf") == before
