"""A publication's own colours, mark and logo are those of all its pages, and what cannot be read is refused."""

from __future__ import annotations

from base64 import b64decode

import pytest
from lxml import etree, html

from fleuron.look.colours import LEAST_CONTRAST, PAPERS, contrast, lightened
from fleuron.look.footer import footer_in
from fleuron.option_checks import check_look
from fleuron.site.theme_files import look_style_sheet
from tests.support.publications import SMALL, Maker, Publication, text_of

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x()</script><circle cx="4" cy="4" r="4"/></svg>'
)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><rect width="9" height="3"/></svg>'
LOOK = 'fleuron_theme = {"accent": "#0a5c8c", "mark": "_static/mark.svg"}\n'


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"accent": "#0a5c8c", "accent-dark": "#8cc8ee", "mark": "a/b.svg"}, ""),
        ({"accent": "#aabbcc"}, "the contrast of #aabbcc to the paper of light pages is 1.9, and readers need 4.5"),
        ({"accent-dark": "#0a5c8c"}, "the contrast of #0a5c8c to the paper of dark pages is 2.5, and readers need 4.5"),
        ({"accent": "blue"}, "a colour is written with six hexadecimal digits"),
        ({"acent": "#0a5c8c"}, "there is no “acent”; did you mean “accent”?"),
        ({"logo": "a/b.png", "footer": "An *institute*"}, ""),
        ({"footer": {"en": "One", "tr": "Bir"}}, ""),
        ({"footer": {"en": 1}}, 'the footer is a text, or one for each language, such as {"en": "An institute"}'),
        ({"footer": {"turkish": "Bir"}}, "“turkish” is not the tag of a language; did you mean “tr”?"),
        ({"fotter": "One"}, "there is no “fotter”; did you mean “footer”?"),
        ({"mark": "mark.png"}, "the mark must be an SVG file"),
        ({"mark": 3}, 'such as {"accent": "#8a2b1c", "mark": "_static/mark.svg"}'),
    ],
)
def test_a_look_that_cannot_be_read_is_refused(value: object, problem: str) -> None:
    found = check_look(value)
    assert found is None if not problem else found is not None and found.endswith(problem)


@pytest.mark.parametrize("colour", ["#000000", "#0a5c8c", "#8a2b1c", "#ffffff"])
def test_a_colour_is_made_light_enough_for_dark_pages_and_no_lighter(colour: str) -> None:
    lighter = lightened(colour)
    assert lighter == colour or contrast(lighter, PAPERS["accent-dark"]) < LEAST_CONTRAST + 1
    assert contrast(lighter, PAPERS["accent-dark"]) >= LEAST_CONTRAST
    assert (lighter == colour) is (contrast(colour, PAPERS["accent-dark"]) >= LEAST_CONTRAST)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("tr", ("<em>Bir</em> &amp; iki", "tr")), ("fa", ("One &lt;b&gt;", "en")), ("en", ("One &lt;b&gt;", "en"))],
)
def test_an_edition_has_its_own_footer_or_that_of_the_sources(language: str, expected: tuple[str, str]) -> None:
    assert footer_in({"tr": "*Bir* & iki", "en": "One <b>"}, language, "en") == expected
    assert footer_in("", language, "en") == ("", "")


def test_a_footer_links_web_pages_and_mail_alone() -> None:
    links = "[a](https://a.example/) [b](mailto:b@example.org) [c](javascript:x()) [d](data:text/html,x) [e](x.html)"
    found = html.fromstring(f"<p>{footer_in(links, 'en', 'en')[0]}</p>")
    assert [link.get("href") for link in found] == ["https://a.example/", "mailto:b@example.org"]
    assert text_of(found).endswith("[c](javascript:x()) [d](data:text/html,x) [e](x.html)")


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48  # the grey that is known to be just too light


def test_only_what_is_set_has_rules() -> None:
    assert look_style_sheet({"accent": "#0a5c8c", "accent-dark": "#8cc8ee"}, b"<svg/>").splitlines() == [
        ":root{--accent:#0a5c8c}",
        "@supports (color: light-dark(black, white)){:root{--accent:light-dark(#0a5c8c, #8cc8ee)}}",
    ]


@pytest.mark.slow
def test_all_pages_of_a_site_have_them(make: Maker) -> None:
    publication = make(
        {
            "conf.py": SMALL["conf.py"] + LOOK[:-2] + ', "logo": "_static/logo.svg", "footer": "By *us*"}\n',
            "_static/mark.svg": MARK,
            "_static/logo.svg": LOGO,
        }
    )
    result = publication.publish("html", options="-W", languages="en")
    assert result.code == 0, result.output
    for page in (publication.page("en", "articles/one"), html.parse(str(publication.build / "html/index.html"))):
        assert [sheet for sheet in page.xpath("//link[@rel='stylesheet']/@href") if sheet.endswith("_static/look.css")]
    (logo,) = publication.page("en", "articles/one").cssselect(".masthead .brand img")
    assert (logo.get("src"), logo.get("alt")) == ("../_static/logo.svg", "Small")
    (footer,) = publication.page("en", "articles/one").cssselect(".publication-footer")
    assert (footer.text_content(), footer[0].tag, footer.get("lang")) == ("By us", "em", None)
    style = (publication.build / "html/en/_static/look.css").read_text("utf-8")
    drawn = etree.fromstring(b64decode(style.partition("base64,")[2].partition('"')[0]))
    assert [etree.QName(child).localname for child in drawn] == ["circle"]
    assert (
        etree.QName(etree.parse(publication.build / "html/en/_static/fleuron.svg").getroot()[0]).localname == "circle"
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read: No such file or directory"),
        ("<svg", "is not a valid SVG file"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "has no viewBox, by which its size is known"),
    ],
)
def test_a_mark_that_cannot_be_drawn_ends_the_build_with_one_message(
    make: Maker, content: str | None, problem: str
) -> None:
    publication: Publication = make({"conf.py": SMALL["conf.py"] + LOOK, "_static/mark.svg": content})
    result = publication.publish("html", languages="en")
    assert result.code == 1
    (line,) = [line for line in result.output.splitlines() if "fleuron:" in line]
    assert line.startswith("fleuron: conf.py: fleuron_theme: the mark “_static/mark.svg”") and problem in line
