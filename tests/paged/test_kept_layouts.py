"""What a layout keeps for the next, or from a page that stays, changes no byte of what it writes."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from weasyprint import CSS, HTML
from weasyprint.css import ComputedStyle
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout import inline

from fleuron.paged.layout.footnote_patch import KeepNotesDocument
from fleuron.paged.layout.lines import planned_lines
from fleuron.paged.layout.patches import known_styles
from fleuron.paged.layout.placement import remade_pages
from fleuron.paged.layout.placement.page_floats import PageFloats
from fleuron.paged.layout.unit_resources import FACES, kept_fonts
from fleuron.paged.layout.units import LaidOut
from fleuron.paged.layout.weasyprint_layout import lay_out
from tests.paged.test_layout import LINE, STYLE, font_set, pages_of, saved, unit
from tests.support.printed_lines import printed_lines
from tests.support.publications import pdf_pages

WORDS = f"<p>{LINE * 3}<em>Emphasised</em>, and a note<span class='pagenote'>It is a note of some words.</span>.</p>"
FIGURE = (
    "<figure><img style='height:{height}mm' src='https://assets.invalid/a.svg' alt='Square'>"
    "<figcaption>Figure. A square.</figcaption></figure>"
)
# A face of the publication's own: an italic, for what is upright.
OWN_FACE = f"@font-face{{font-family:Own;src:url({FACES}2)}} p{{margin-inline-start:3%;width:calc(100% - 1em)}}"


def article(paragraphs: int, figures: dict[int, int]) -> str:
    """Return an article of so many paragraphs, with figures of a height in mm after some of them."""
    blocks = (WORDS + (FIGURE.format(height=figures[place]) if place in figures else "") for place in range(paragraphs))
    return f'<article class="chapter"><h1>One</h1>{"".join(blocks)}</article>'


def test_that_a_unit_has_the_same_bytes_after_any_other() -> None:
    style = STYLE + "p{font-family:Own,Vollkorn}"
    plain, own = unit(article(6, {}), style=style), unit(article(4, {}), style=style + OWN_FACE)
    kept_fonts.cache_clear()
    first, other = lay_out(plain), lay_out(own)
    assert first.losses == other.losses == () and first.pdf != other.pdf
    assert lay_out(plain) == first, "neither the faces nor the words of the other unit"
    kept_fonts.cache_clear()
    assert lay_out(own) == other and lay_out(plain) == first


def test_that_words_are_forgotten_when_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts, _ = kept_fonts(font_set(), threading.get_ident())
    first = lay_out(unit(article(6, {})))
    known = {word for face in fonts.words.faces.values() for word in face.extents}
    assert {"Emphasised", "Words"} <= known
    monkeypatch.setattr(planned_lines, "MOST_WORDS", 20)
    assert not lay_out(unit("<p>Other text.</p>")).losses
    assert "Emphasised" not in {word for face in fonts.words.faces.values() for word in face.extents}
    assert lay_out(unit(article(6, {}))) == first


STYLES = """
article { width: 80%; min-width: calc(2em + 1px); column-gap: 2em; border-inline-start: 2pt solid; float: left }
em { float: right; position: relative }
p { padding: calc(1em + 2%) 1ex; text-decoration: underline; font-size: 110%; --own: 3mm; margin-left: var(--own) }
[dir=rtl] { margin-inline-start: 5mm; padding-inline-end: 1em; border-inline-end-width: thick; border-style: solid }
i { font: inherit; width: inherit; display: inline-block; inset-inline-start: 1em } b { page: other }
"""
SHEET = """<html lang="en"><article><p>One <em>two <b>three</b></em> <i>four</i></p>
<div dir="rtl"><p>Five <em>six <i>seven</i></em></p><table><tr><td>Eight</td></tr></table></div></article></html>"""


def test_that_computed_styles_are_those_of_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    page, rules = HTML(string=SHEET), CSS(string=STYLES)

    def values() -> dict[tuple[str, str, str], Any]:
        context = KeepNotesDocument._build_layout_context
        monkeypatch.setattr(KeepNotesDocument, "line_setter", None, raising=False)
        options = {"cache": None, "stylesheets": [rules], "presentational_hints": False, "pdf_forms": None}
        fonts, _ = kept_fonts(font_set(), 0)
        style_for = context(page, fonts, None, {}, options).style_for
        return {
            (element.tag, element.get("dir", ""), name): style_for(element)[name]
            for element in page.etree_element.iter()
            for name in INITIAL_VALUES
        }

    ours = values()
    monkeypatch.setattr(ComputedStyle, "__missing__", known_styles.compute)
    theirs = values()
    assert len(ours) > 2000 and {key: value for key, value in ours.items() if value != theirs[key]} == {}


PLANNED = f"{WORDS * 3}<blockquote style='margin-inline: 5%'>{WORDS}</blockquote>"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_that_planned_lines_stand_where_weasyprint_would_have_them(
    direction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = unit(f'<article dir="{direction}"><h1>One</h1>{PLANNED}</article>')
    ours = lay_out(sheet)

    def theirs(context: Any, box: Any, containing_block: Any, outer: bool = True) -> tuple[float, float, float]:
        x, y, width = planned_lines.ORIGINAL.avoid_collisions(context, box, containing_block, outer=outer)
        is_planned = context.line_setter.line is not None and isinstance(box, LineBox)
        return x, y, width + (planned_lines.ROOM if is_planned else 0)

    def measure(style: Any) -> Any:
        style.__dict__.pop("strut", None)
        return known_styles.measure_strut(style)

    with monkeypatch.context() as patched:
        patched.setattr(inline, "avoid_collisions", theirs)
        for module in (inline, planned_lines):
            patched.setattr(module, "strut", measure)
        assert lay_out(sheet) == ours
    assert ours.losses == () and ours.pages


def laid_out_at_once(body: str, short: dict[int, float], monkeypatch: pytest.MonkeyPatch) -> LaidOut:
    """Lay out an article of which some pages are shorter from the beginning."""
    begin = PageFloats.__init__

    def begin_with(floats: PageFloats) -> None:
        begin(floats)
        floats.short = short

    with monkeypatch.context() as patched:
        patched.setattr(PageFloats, "__init__", begin_with)
        patched.setattr(remade_pages, "MOST_TRIES", 0)
        return lay_out(unit(body))


FIGURES = {5: 45, 14: 60, 19: 90, 26: 35}


@pytest.mark.parametrize(
    ("body", "pages_kept", "is_better"),
    [
        (article(32, FIGURES), 3, True),
        (article(40, FIGURES), 6, True),
        (article(18, {5: 90, 11: 30, 12: 45, 16: 30}), 1, False),
    ],
)
def test_that_pages_made_again_are_as_if_all_were(
    body: str, pages_kept: int, is_better: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[tuple[int, dict[int, float]]] = []
    make_again = remade_pages.make_again

    def watch(context: Any, root_box: Any, html: Any, kept: Any, floats: PageFloats) -> Any:
        tries.append((len(kept), floats.short))
        return make_again(context, root_box, html, kept, floats)

    with monkeypatch.context() as patched:
        patched.setattr(remade_pages, "make_again", watch)
        made = lay_out(unit(body))
    kept, short = tries[0]
    assert len(tries) == (1 if is_better else 2), "and once more as it was"
    assert made.losses == () and made.lost_words == () and kept == pages_kept
    assert made == laid_out_at_once(body, short if is_better else {}, monkeypatch)


def test_that_pages_are_made_again_before_a_note_that_goes_on_behind_the_text(tmp_path: Path) -> None:
    note = f"<span class='pagenote'>{'Words of a long note. ' * 900}And so it ends.</span>"
    body = article(8, {2: 60, 5: 70}).replace("</article>", f"<p>The end.{note}</p></article>")
    laid = lay_out(unit(body))
    assert laid.losses == () and laid.lost_words == ()
    pages = pdf_pages(saved(laid, tmp_path))
    text_end = next(number for number, page in enumerate(pages) if "The end." in page)
    assert len(pages) > text_end + 2 and "And so it ends." in " ".join(pages[-1].split())


def test_that_a_page_whose_notes_lack_a_part_of_a_line_is_a_little_longer(tmp_path: Path) -> None:
    note = f"<span class='pagenote'>{'Words of a note. ' * 74}</span>"
    first = f"<p>{LINE * 3} Then a call{note}. {LINE} And another<span class='pagenote'>Short.</span>.</p>"
    body = f'<article class="chapter"><h1>One</h1><div style="height: 70mm"></div>{first}{WORDS * 12}</article>'
    laid = lay_out(unit(body))
    assert laid.losses == () and laid.lost_words == ()
    lines = [line for line in printed_lines(saved(laid, tmp_path)) if line.page == 0]
    (call,) = [line for line in lines if "And another" in line.text]
    first_note = next(line for line in lines if "Words of a note" in line.text)
    assert first_note.y - call.y > call.glyphs[0].size, "baselines, from the page's head down"


@pytest.mark.parametrize("listed", ["<ul><li>item</li></ul>", "<ol><li>item</li><li>another</li></ol>"])
def test_lists_in_figures_and_tables_that_are_moved_have_their_markers(listed: str, tmp_path: Path) -> None:
    figure = FIGURE.format(height=20).replace("</figure>", f"{listed}</figure>")
    table = f"<table><caption>Table. Some.</caption><tr><td>{listed}</td><td>cell</td></tr></table>"
    laid = lay_out(unit(f'<article class="chapter"><h1>One</h1>{WORDS}{figure}{WORDS}{table}{WORDS}</article>'))
    assert laid.losses == ()
    text = "\n".join(pages_of(laid, tmp_path))
    assert text.count("item") == 2
    assert text.count("1." if "<ol>" in listed else "•") >= 2
