"""With ``--untrusted``, HTML is text: every word of it is printed, nothing is an element, and each has a message."""

from __future__ import annotations

import re
import zipfile

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH
from tests.support.publications import SMALL, Maker, run_in_process, text_of

TEXT = f"""{HEAD}Words <b onclick="evil()">of a line</b> and <img src="x.png" onerror="evil()">.

<script>evil("block")</script>

<div class="box">

Words within.

</div>

<!-- A comment. -->

<!--
Another comment,

of two paragraphs. -->

A word.<!-- A comment within a line. -->

A line \\
that is broken.

```{{raw}} html
<iframe src="https://evil.example/"></iframe>
```

<svg xmlns="http://www.w3.org/2000/svg"><script>evil("drawing")</script></svg>

* <u>in</u> a list

To translate <i>x</i>.

[^a]: A note <s>x</s>.

A call.[^a]
"""
WRITTEN = (
    *('<b onclick="evil()">', "</b>", '<img src="x.png" onerror="evil()">', '<script>evil("block")</script>'),
    *('<div class="box">', "</div>", '<iframe src="https://evil.example/"></iframe>', "<u>", "</u>"),
    *('<svg xmlns="http://www.w3.org/2000/svg">', "<script>", "</script>", "</svg>", "<i>", "</i>", "<s>", "</s>"),
)


def test_html_is_printed_as_text_and_told(make: Maker) -> None:
    words = CATALOGUE + 'msgid "To translate <i>x</i>."\nmsgstr "Çeviri <i>x</i>."\n'
    conf = SMALL["conf.py"] + 'myst_enable_extensions = ["colon_fence", "attrs_inline"]\n'
    publication = make({"conf.py": conf, "articles/one.md": TEXT, TURKISH: words})
    arguments = ["--source", str(publication.source), "--build", str(publication.build), "--untrusted"]
    result = run_in_process(["publish", "html", "epub", *arguments])
    assert result.code == 0, result.output
    for language in ("en", "tr"):
        page = publication.page(language, "articles/one")
        text = text_of(page.cssselect("main")[0])
        assert not [each for each in WRITTEN if each not in text.replace("“", '"').replace("”", '"')]
        assert "comment" not in text
        body = page.cssselect("article")[0]
        assert not body.xpath(
            ".//script | .//iframe | .//*[@onclick or @onerror] | .//div[@class='box'] | .//u | .//em"
        )
        assert not page.xpath("//meta[@http-equiv]")
        assert body.cssselect("br"), "a broken line is Markdown"
        with zipfile.ZipFile(publication.build / f"epub/small-{language}.epub") as book:
            chapter = next(book.read(name) for name in book.namelist() if name.endswith("articles/one.xhtml"))
        assert b"<script" not in chapter and b"<iframe" not in chapter and b"&lt;iframe" in chapter
    told = re.findall(
        r"one\.md:(\d+): WARNING: --untrusted shows HTML as text; write it in Markdown: (.*?) \[", result.output
    )
    lines = TEXT.splitlines()
    for number, markup in told:
        assert markup in "".join(lines[int(number) - 1 : int(number) + 1]), (number, markup)
    assert {markup for _, markup in told} == {*WRITTEN}


def test_a_page_that_leads_on_to_another_stays(make: Maker) -> None:
    refresh = "---\nhtml_meta:\n  http-equiv=refresh: 0; url=https://evil.example/\n---\n"
    publication = make({"index.md": refresh + SMALL["index.md"]})
    arguments = ["--source", str(publication.source), "--build", str(publication.build), "--languages=en"]
    result = run_in_process(["publish", "html", *arguments])
    assert publication.page("en", "index").xpath("//meta[@http-equiv]"), result.output
    result = run_in_process(["publish", "html", "--untrusted", *arguments])
    assert not publication.page("en", "index").xpath("//meta[@http-equiv]")
    assert "index.md:1: WARNING: --untrusted shows HTML as text" in result.output
