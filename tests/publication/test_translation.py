"""What a translator writes is printed, as what its source is; what cannot be printed is reported at its line."""

from __future__ import annotations

import pytest
from lxml import html

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH, told
from tests.support.publications import Maker, Publication, Result, text_of

SOURCE = HEAD + (
    "In the 19th century.\n\nSixty per cent.\n\nOne paragraph.\n\nA [link][there] by its label.\n\n"
    "$$\nf(x) = 1 \\text{ if } x > 0\n$$\n\n## Minus five\n\n- On 5 May.\n\nFirst line\\\nand second.\n\n"
    "Third line  \nand fourth.\n\nIn quotes.\n\n[there]: https://example.org/\n\n"
    "```{index} single: Paper; Size\n```\n\n"
    ":::{figure} map.svg\n:alt: A map\nThe caption.\n:::\n\nTerm\n: Meaning.\n\n| Head |\n|---|\n| Cell |\n"
)
MESSAGES = {
    "In the 19th century.": ("19. yüzyılda.", "p", "19. yüzyılda."),
    "Sixty per cent.": ("%60’ı gelmedi.", "p", "%60’ı gelmedi."),
    "One paragraph.": (r"Birinci.\n\nİkinci.", "p", "Birinci. İkinci."),
    "A [link][there] by its label.": ("Etiketiyle bir [bağ][there].", "p", "Etiketiyle bir bağ."),
    r"f(x) = 1 \\text{ if } x > 0": (r"f(x) = 1 \\text{ eğer } x > 0", "mtext", "eğer"),
    "Minus five": ("# 5 derece", "h2", "# 5 derece¶"),
    "On 5 May.": ("5. Mayıs’ta.", "li", "5. Mayıs’ta."),
    r"First line\\ and second.": (r"Birinci dize\\ ve ikincisi.", "p", "Birinci dize ve ikincisi."),
    "Third line and fourth.": (r"Üçüncü dize\\\nve dördüncüsü.", "p", "Üçüncü dize ve dördüncüsü."),
    "In quotes.": ("> Alıntı.", "p", "> Alıntı."),
    "Paper": ("Kâğıt", "", ""),
    "A map": ("1. harita", "", ""),
    "The caption.": ("```Resim altı```", "figcaption", "Şekil 1 Resim altı¶"),
    "Term": ("| Terim", "dt", "| Terim"),
    "Meaning.": ("[Anlam]: burada", "dd", "[Anlam]: burada"),
    "Cell": ("+ Hücre", "td", "+ Hücre"),
}
MAP = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def catalogue(**messages: str) -> str:
    return CATALOGUE + "\n".join(f'msgid "{source}"\nmsgstr "{target}"\n' for source, target in messages.items())


def translated(make: Maker, source: str, messages: dict[str, str], options: str = "") -> tuple[Publication, Result]:
    publication = make({"articles/one.md": source, TURKISH: catalogue(**messages), "articles/map.svg": MAP})
    return publication, publication.publish("html", languages="tr", options=options)


def body(publication: Publication) -> html.HtmlElement:
    (article,) = publication.page("tr", "articles/one").cssselect("article")
    return article


def test_a_message_is_what_its_source_is(make: Maker) -> None:
    messages = {source: target for source, (target, _tag, _text) in MESSAGES.items()}
    publication, result = translated(make, SOURCE, messages, "-W -D html_use_index=1")
    assert result.code == 0, result.output
    article = body(publication)
    for target, tag, text in MESSAGES.values():
        assert not tag or text in [text_of(element) for element in article.iter(tag)], target
    breaks = [text_of(element) for element in article.iter("p") if element.find("br") is not None]
    assert breaks == ["Birinci. İkinci.", "Birinci dize ve ikincisi.", "Üçüncü dize ve dördüncüsü."]
    (link,) = [link for link in article.iter("a") if link.text == "bağ"]
    assert link.get("href") == "https://example.org/"
    assert [image.get("alt") for image in article.iter("img") if image.getparent().tag != "div"] == ["1. harita"]
    index = text_of(publication.page("tr", "genindex"))
    assert "Kâğıt" in index
    assert "Paper" not in index


FAULTS = {
    "a role that does not exist": ("See {doc}`one`.", "Bkz. {dok}`one`.", "dok"),
    "a label that does not exist": ("See {ref}`second`.", "Bkz. {ref}`ikinci`.", "ikinci"),
    "a heading that does not exist": ("See [it](#second).", "Bkz. [onu](#ikinci).", "ikinci"),
    "a document that does not exist": ("See {doc}`one`.", "Bkz. {doc}`iki`.", "iki"),
    "a term that does not exist": ("See {doc}`one`.", "Bkz. {term}`aygıt`.", "aygıt"),
    "a note that does not exist": ("See {doc}`one`.", "Bkz.[^iki]", "iki"),
    "a source that does not exist": ("See {doc}`one`.", "Bkz.{footcite}`iki`", "iki"),
    "a picture that does not exist": ("See {doc}`one`.", "Bkz. ![iki](iki.png)", "iki.png"),
    "a link that is not defined": ("See {doc}`one`.", "Bkz. [bunu][iki].", "[bunu][iki]"),
}


@pytest.mark.parametrize(("source", "target", "word"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_reported_at_its_line_and_refuses_nothing(make: Maker, source: str, target: str, word: str) -> None:
    text = f"{HEAD}(second)=\n## Second\n\nLast.[^a] {source}\n\n[^a]: A note.\n"
    publication, result = translated(make, text, {f"Last.[^a] {source}": f"Son.[^a] {target}", "Second": "İkinci"})
    assert result.code == 0, result.output
    lines = [line for line in told(result) if "WARNING" in line or "ERROR" in line]
    assert lines, result.output
    assert all(line.startswith(f"{TURKISH}:6: WARNING: the translation is not used") for line in lines)
    assert any(word in line for line in lines)
    article = body(publication)
    (paragraph,) = [element for element in article.iter("p") if text_of(element).startswith("EN Last.")]
    assert paragraph.get("lang") == "en"
    assert "İkinci" in text_of(article)


def test_a_fault_is_reported_until_it_is_corrected_and_is_an_error_where_warnings_are(make: Maker) -> None:
    source, target, _word = FAULTS["a role that does not exist"]
    publication, result = translated(make, f"{HEAD}{source}\n", {source: target})
    assert result.code == 0, result.output
    assert publication.publish("html", languages="tr", options="-W").code != 0


def test_a_reference_that_only_the_translation_has(make: Maker) -> None:
    text = f"{HEAD}(second)=\n## Second\n\nThe text.\n\n```{{glossary}}\napparatus\n    Notes.\n```\n"
    target = "Metin: {ref}`second`, {term}`aygıt`, [burada](#second), {doc}`/index`."
    publication, result = translated(make, text, {"The text.": target, "apparatus": "aygıt", "Second": "İkinci"}, "-W")
    assert result.code == 0, result.output
    assert "Metin: İkinci, aygıt, burada, Small." in [text_of(element) for element in body(publication).iter("p")]


def test_progress_counts_what_is_printed(make: Maker) -> None:
    publication, result = translated(
        make, f"{HEAD}First.\n\nSecond.\n\n$$\nx\n$$\n", {"One": "Bir", "First.": "{dok}`Bir`", "Second.": "2. İkinci"}
    )
    assert result.code == 0
    # Of eleven words (three of the article, four of its author's page and four of the contents) two are printed.
    assert text_of(publication.page("tr", "colophon")).count("%18") == 1
