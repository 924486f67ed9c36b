"""Notes in the margin, or at the end if they are too long for it; right-to-left pages are mirrored."""

from __future__ import annotations

import itertools
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Browser

from fleuron.site.margin_notes import call_style, fits_margin, mark_style, note_style
from tests.support.browser import visiting
from tests.support.persian_publication import FILES
from tests.support.publications import Maker

NOTE = " A note of many words, about a matter that the text beside it does not so much as touch upon."


def test_a_margin_has_room_for_less_than_the_text_beside_it() -> None:
    assert fits_margin(0, 0) and fits_margin(600, 1000)
    assert not fits_margin(601, 1000)


def test_a_note_is_anchored_at_its_call_and_at_the_note_before_it() -> None:
    assert call_style("2") == "anchor-name:--call-2"
    assert note_style("1", "") == "--call:--call-1;anchor-name:--note-1"
    assert note_style("2", "1") == "--call:--call-2;--above:--note-1;anchor-name:--note-2"


def test_two_pages_that_begin_on_one_line_have_their_numbers_below_each_other(tmp_path: Path, browser: Browser) -> None:
    sheet = files("fleuron.site").joinpath("theme", "static", "fleuron.css").read_text("utf-8")
    names = ["11", "12", "13"]
    marks = "word ".join(
        f'<span class="folio" data-folio="{name}" style="{mark_style(name, before)}"></span>'
        for before, name in itertools.pairwise(["", *names])
    )
    page = f"<!DOCTYPE html><html lang='en'><style>{sheet}</style><main><p>Text {marks} text.</p></main></html>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    with visiting(browser, tmp_path / "page.html", 1440) as opened:
        tops = opened.evaluate(
            "[...document.querySelectorAll('.folio')].map(mark => getComputedStyle(mark, '::before'))"
            ".map(style => [parseFloat(style.top), parseFloat(style.height)])"
        )
    assert len(tops) == 3
    assert all(below >= above + height - 1 for (above, height), (below, _) in itertools.pairwise(tops)), tops


def article(words: int, notes: int) -> str:
    text = " ".join(f"A sentence of the text.[^{number}]" for number in range(notes)) + " word" * words
    return "---\nauthors: [ada]\n---\n# One\n\n" + text + "".join(f"\n\n[^{n}]:{NOTE}" for n in range(notes)) + "\n"


# Three calls in one line, a table with a note, notes in two places, and one note called twice.
CROWDED = """\
---
authors: [ada]
---
# One

A sentence.[^a] Another.[^b] A third.[^c]

| what | who |
|---|---|
| a thing[^d] | somebody |

```{footbibliography}
```

## Two

A section.[^e] Again the same.[^e]

[^a]: NOTE
[^b]: NOTE
[^c]: NOTE
[^d]: NOTE
[^e]: NOTE
"""


def test_notes_that_stand_close_do_not_overlap(make: Maker, browser: Browser) -> None:
    crowded = CROWDED.replace(" NOTE", NOTE).replace("A section.", "A section." + " Words of it." * 90)
    publication = make({"articles/one.md": crowded})
    assert publication.publish("html", options="-W", languages="en").code == 0
    with visiting(browser, publication.build / "html/en/articles/one.html", 1440) as page:
        boxes = page.evaluate("""[...document.querySelectorAll("aside.footnote")].map(note => {
          const box = note.getBoundingClientRect();
          return [box.top, box.bottom, box.left];
        })""")
        right = page.evaluate("document.querySelector('article p').getBoundingClientRect().right")
    assert len(boxes) == 5
    for (_top, above, _left), (top, _bottom, left) in itertools.pairwise(boxes):
        assert top >= above and left > right


def test_a_page_with_more_notes_than_text_keeps_them_at_its_end(make: Maker, browser: Browser) -> None:
    publication = make({"articles/one.md": article(words=60, notes=12)})
    assert publication.publish("html", options="-W", languages="en").code == 0
    with visiting(browser, publication.build / "html/en/articles/one.html", 1440) as page:
        text = page.evaluate("document.querySelector('article > section').getBoundingClientRect().bottom")
        tops = page.evaluate(
            "[...document.querySelectorAll('aside.footnote')].map(note => note.getBoundingClientRect().top)"
        )
        assert len(tops) == 12 and all(top >= text for top in tops)
        # There a call opens its note as on a phone.
        page.locator("a[role=doc-noteref]").nth(11).click()
        assert page.locator("aside.footnote:popover-open .label").inner_text() == "12"


def test_a_right_to_left_page_is_mirrored(make: Maker, browser: Browser) -> None:
    publication = make({"articles/one.md": None, "authors/ada.md": None, **FILES})
    result = publication.publish("html", options="-W")
    assert result.code == 0, result.output
    for width in (320, 390, 1440):
        with visiting(browser, publication.build / "html/fa/articles/one.html", width) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            brand, lamp = (page.locator(each).bounding_box() for each in (".brand", ".lamp"))
            assert brand is not None and lamp is not None
            assert brand["x"] > lamp["x"] or brand["y"] + brand["height"] <= lamp["y"], "or on a line of its own"
            if width == 1440:
                note, text = (page.locator(each).first.bounding_box() for each in ("aside.footnote", "article p"))
                assert note is not None and text is not None and note["x"] + note["width"] < text["x"]
    root = publication.page("fa", "articles/one")
    assert (root.get("lang"), root.get("dir")) == ("fa", "rtl")
