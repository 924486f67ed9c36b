"""The sample's pages in a browser: what readers see, on a phone and on a desk, by day and by night."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import visiting, window
from tests.support.page_faults import page_faults
from tests.support.publications import Publication

LANGUAGES = ("en", "tr", "ru", "fa")
# A page of each kind; the article has a table, a figure and notes, the other the most notes.
KINDS = (
    *("articles/wakhan-corridor", "articles/footnote", "index", "authors/editors", "search"),
    *("keywords/afghanistan", "colophon"),
)
# Seen in one language or two: the alphabetical index, issues, a notice, and two languages side by side.
OTHERS = (
    *("en/alphabet", "fa/alphabet", "en/issues/2026-1", "fa/issues/2026-1", "ru/issues/index"),
    *("en/articles/thirteen-months", "tr_en/articles/footnote", "fa_en/articles/footnote"),
)
# Set where tests of the night run.
NIGHTLY = "FLEURON_NIGHTLY"
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
WIDE, PHONE = 1440, 390


def pages(sample: Publication) -> list[Path]:
    site = sample.build / "html"
    names = [f"{language}/{name}" for language in LANGUAGES for name in KINDS]
    return [site / f"{name}.html" for name in ("index", *names, *OTHERS)]


def pages_by_day(sample: Publication) -> list[Path]:
    """Return a page of each kind, most of them in one language, with an article and the contents in the others."""
    site = sample.build / "html"
    english = [site / "en" / f"{name}.html" for name in KINDS]
    return [
        site / "index.html",
        *english,
        *(site / each / f"{kind}.html" for each in ("tr", "fa") for kind in KINDS[:2]),
        *(site / f"{name}.html" for name in OTHERS),
    ]


def article(sample: Publication, language: str = "en", name: str = "footnote") -> Path:
    return sample.build / "html" / language / "articles" / f"{name}.html"


@pytest.mark.parametrize("width", [320, PHONE, 820, WIDE])
def test_every_page_can_be_read_and_touched(sample: Publication, browser: Browser, width: int) -> None:
    with window(browser, width, has_touch=width < 800, is_mobile=width < 800) as page:
        for path in pages(sample):
            page.goto(path.as_uri())
            assert page_faults(page) == [], path


@pytest.mark.parametrize(
    ("width", "dark"),
    [
        (PHONE, True),
        (WIDE, False),
        pytest.param(PHONE, False, marks=pytest.mark.nightly),
        pytest.param(WIDE, True, marks=pytest.mark.nightly),
    ],
)
def test_axe_finds_no_violation(sample: Publication, browser: Browser, width: int, dark: bool) -> None:
    with window(browser, width, dark=dark) as page:
        for path in pages(sample) if NIGHTLY in os.environ else pages_by_day(sample):
            page.goto(path.as_uri())
            page.add_script_tag(path=AXE)
            found = page.evaluate("axe.run(document, { preload: false }).then(report => report.violations)")
            assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == [], path


# Each note with the box of its first call: [call top, note top, note bottom, note left, note right].
BOXES = """() => [...document.querySelectorAll("aside.footnote")].map((note) => {
  const call = document.querySelector(`a[role=doc-noteref][href="#${note.id}"]`).getBoundingClientRect();
  const box = note.getBoundingClientRect();
  return [call.top, box.top, box.bottom, box.left, box.right];
})"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    [
        "wakhan-corridor",
        pytest.param("footnote", marks=pytest.mark.nightly),
        pytest.param("moscow-format", marks=pytest.mark.nightly),
    ],
)
def test_notes_stand_in_the_margin_and_none_overlaps(
    sample: Publication, browser: Browser, language: str, name: str
) -> None:
    with visiting(browser, article(sample, language, name), WIDE) as page:
        boxes = page.evaluate(BOXES)
        text = page.evaluate("document.querySelector('article p').getBoundingClientRect().toJSON()")
        end = page.evaluate("document.querySelector('main').getBoundingClientRect().bottom")
    assert len(boxes) >= 2
    below = 0.0
    for call, top, bottom, left, right in boxes:
        assert top >= below, "a note lies over the one before it"
        assert (right < text["left"] and left >= 0) if language == "fa" else (left > text["right"] and right <= WIDE)
        # Beside its line, or pushed down by the note above, and then at once after it.
        assert abs(top - call) < 12 or top - below < 20
        below = bottom
    assert below <= end


def test_on_a_phone_a_note_opens_where_the_reader_is(sample: Publication, browser: Browser) -> None:
    with visiting(browser, article(sample), PHONE, has_touch=True) as page:
        call = page.locator("a[role=doc-noteref]").nth(3)
        call.tap()
        note = page.locator("aside.footnote:popover-open")
        assert note.locator(".label").inner_text() == "4"
        assert is_in_window(page, "aside.footnote:popover-open") and is_in_window(page, "#call-articles-footnote-4")
        page.keyboard.press("Escape")
        assert note.count() == 0
        page.wait_for_function("document.activeElement.id === 'call-articles-footnote-4'")
        call.tap()
        note.locator("[role=doc-backlink]").tap()
        assert note.count() == 0
        call.tap()
        call.tap()
        assert note.count() == 0, "a second tap closes the note"
        page.wait_for_function("document.querySelectorAll('aside.footnote[popover]').length === 0")
        assert page.locator("#note-articles-footnote-4").is_visible(), "the note is back at the end of the page"


def is_in_window(page: Page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 801


def test_without_scripts_a_note_is_a_link(sample: Publication, browser: Browser) -> None:
    with visiting(browser, article(sample), PHONE, java_script_enabled=False) as page:
        page.locator("a[role=doc-noteref]").nth(3).click()
        assert page.url.endswith("#note-articles-footnote-4")
        assert page.locator("#note-articles-footnote-4").is_visible()
        assert page.locator(".lamp, button.copy").locator("visible=true").count() == 0


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_a_reader_may_have_it_light_or_dark(sample: Publication, browser: Browser) -> None:
    with visiting(browser, article(sample), PHONE) as page:
        light = paper(page)
        lamp = page.locator("button.lamp")
        assert lamp.get_attribute("aria-pressed") == "false"
        lamp.click()
        dark = paper(page)
        assert dark != light and lamp.get_attribute("aria-pressed") == "true"
        page.goto((sample.build / "html" / "tr" / "index.html").as_uri())
        assert paper(page) == dark, "the choice holds for other pages"
    with visiting(browser, article(sample), PHONE, dark=True) as page:
        assert paper(page) == dark
        page.locator("button.lamp").click()
        assert paper(page) == light


def test_a_section_leads_to_the_same_section_in_another_language(sample: Publication, browser: Browser) -> None:
    with visiting(browser, article(sample), WIDE) as page:
        head = page.locator(".section-head").nth(1)
        title = head.locator("h2").inner_text()
        head.hover()
        head.locator("a[hreflang=tr]").click()
        assert page.url.endswith("tr/articles/footnote.html#what-a-note-owes")
        there = page.locator("#what-a-note-owes h2")
        assert is_in_window(page, "#what-a-note-owes h2") and there.inner_text() != title
        assert page.locator("html").get_attribute("lang") == "tr"


def test_the_citation_can_be_copied(sample: Publication, browser: Browser) -> None:
    with visiting(browser, article(sample), WIDE, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.locator("button.copy").click()
        page.wait_for_function("document.querySelector('.copied').textContent")
        copied = page.evaluate("navigator.clipboard.readText()")
        shown = page.locator("#citation").inner_text()
    assert copied == " ".join(shown.split())
    assert "https://marginalia.example/en/articles/footnote.html" in copied


def test_in_print_the_notes_stand_at_the_end_and_nothing_is_to_be_clicked(
    sample: Publication, browser: Browser
) -> None:
    with visiting(browser, article(sample), WIDE) as page:
        page.emulate_media(media="print")
        boxes = page.evaluate(BOXES)
        text = page.evaluate("document.querySelector('article > section').getBoundingClientRect().bottom")
        assert all(top >= text for _call, top, _bottom, _left, _right in boxes)
        hidden = page.locator(".masthead, .also, .elsewhere, .downloads, .actions, .backlink, summary, .foot nav")
        assert hidden.count() > 10 and hidden.locator("visible=true").count() == 0


def test_the_landing_page_marks_the_readers_language_and_sends_nobody_anywhere(
    sample: Publication, browser: Browser
) -> None:
    landing = sample.build / "html" / "index.html"
    for locale, marked in (("tr-TR", ["tr"]), ("fa-IR", ["fa"]), ("de-DE", [])):
        with visiting(browser, landing, PHONE, locale=locale) as page:
            assert page.url == landing.as_uri()
            shown = page.locator("li:has(.yours:not([hidden]))")
            assert [shown.nth(number).get_attribute("lang") for number in range(shown.count())] == marked
            for language in LANGUAGES:
                assert is_in_window(page, f".edition-names a[lang={language}]")


def test_a_long_line_holds_about_seventy_letters(sample: Publication, browser: Browser) -> None:
    with visiting(browser, article(sample), WIDE) as page:
        page.evaluate("document.fonts.ready")
        letters = page.evaluate("""() => {
          const paragraph = document.querySelector("article > section > p:not([class])");
          const lines = paragraph.getClientRects()[0].height / parseFloat(getComputedStyle(paragraph).lineHeight);
          return paragraph.textContent.length / Math.round(lines);
        }""")
    assert 60 <= letters <= 74  # the last line is short, so the mean is below the measure


def test_the_title_leaves_room_on_a_phones_first_screen(sample: Publication, browser: Browser) -> None:
    with window(browser, PHONE) as page:
        for language in LANGUAGES:
            for name in ("footnote", "moscow-format", "wakhan-corridor"):
                page.goto(article(sample, language, name).as_uri())
                box = page.locator("h1").bounding_box()
                assert box is not None and box["height"] < 200
                assert is_in_window(page, ".dateline")
