"""A line that begins with a percent sign is text, as Turkish writes the sign before a number."""

from __future__ import annotations

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH
from tests.support.publications import SMALL, Maker, text_of

ARTICLE = (
    f"{HEAD}Anketin sonuçlarına göre katılanların\n%60’ı bu soruya evet demiş.\n\n%40’ı hayır dedi.\n\n"
    "- Bir\n  %30’u iki\n\n```{note}\n%20’si not.\n```\n\n> %10’u alıntı.\n\n"
    "```{include} part.txt\n```\n\nThe source.\n"
)


def test_no_text_begins_a_comment(make: Maker) -> None:
    publication = make(
        {
            "articles/one.md": ARTICLE,
            "articles/part.txt": "%50’si eklendi.\n",
            "authors/ada.md": "---\nname: Ada\n---\n%70’i yazar.\n",
            "index.md": SMALL["index.md"].replace("A small", "%80’i\n\nA small"),
            TURKISH: f'{CATALOGUE}msgid "The source."\nmsgstr "%90’ı kaynak."\n',
        }
    )
    result = publication.publish("html", languages="tr", options="-W")
    assert result.code == 0, result.output
    text = text_of(publication.page("tr", "articles/one"))
    for number in range(10, 100, 10):
        assert f"%{number}’" in (text if number != 80 else text_of(publication.page("tr", "index")))


def test_other_pages_of_a_project_with_its_own_theme_keep_their_comments(make: Maker) -> None:
    publication = make(
        {
            "conf.py": SMALL["conf.py"] + 'html_theme = "basic"\n',
            "index.md": SMALL["index.md"] + "\n% A comment.\n",
            "articles/one.md": f"{HEAD}%60’ı evet.\n",
        }
    )
    result = publication.publish("html", languages="en")
    assert result.code == 0, result.output
    assert "%60’ı evet." in text_of(publication.page("en", "articles/one"))
    assert "A comment" not in text_of(publication.page("en", "index"))
