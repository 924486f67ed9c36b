"""Whatever a translator writes in a message is printed, or is reported at its line and the source is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.mistakes.test_mistakes import CATALOGUE, HEAD, TURKISH, told
from tests.support.publications import SMALL, Publication

# Markup around a word, and what begins a block in MyST, begins or ends a line, or is markup without its other half.
AROUND = (
    *("{}", "**{}**", "*{}*", "`{}`", "[{}](https://example.org/)", "[{}]{{.language-fa}}", "${}$", "~~{}~~", "“{}”"),
    *("{{ref}}`{}`", "{{index}}`{}`", "{{nothing}}`{}`", "[{}][label]", "[{}](#nowhere)", "![{}](no.png)", "[^{}]"),
    *("<b>{}</b>", "<!-- {} -->", "{{footcite}}`{}`", "{{abbr}}`{}`", "<https://example.org/{}>", "{{{}}}", "\\{}"),
)
LOOSE = (
    *(
        "19. ",
        "- ",
        "+ ",
        "# ",
        "> ",
        "% ",
        "%",
        "| ",
        ": ",
        "```",
        "```{note} ",
        ":::{note}\n",
        "+++ ",
        "(a)=\n",
        "[a]: ",
    ),
    *(
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\\\n",
        "  \n",
        "---\n",
        "\n===",
        "***",
        "*",
        "_",
        "`",
        "[",
        "](",
        "$$",
        "$",
        "<",
        "&amp;",
    ),
    *("{", "}", "\\", "{ref}", "<div>", "[^", "::", "# noqa", "~", "=", "^"),
)
PIECES = st.one_of(st.sampled_from(AROUND), st.sampled_from(AROUND), st.sampled_from(LOOSE))
MESSAGES = st.lists(st.lists(PIECES, min_size=1, max_size=7), min_size=40, max_size=40)


def translation(number: int, pieces: Sequence[str]) -> str:
    """Return a translation whose words are all different from those of every other one."""
    return " ".join(
        piece.format(f"kelime{number}x{index}") if "{}" in piece else piece for index, piece in enumerate(pieces)
    )


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\t", r"\t")


@pytest.mark.slow
@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(messages=MESSAGES)
def test_no_translation_is_lost(tmp_path_factory: pytest.TempPathFactory, messages: list[list[str]]) -> None:
    publication = Publication(tmp_path_factory.mktemp("translations") / "source")
    targets = [translation(number, pieces) for number, pieces in enumerate(messages)]
    sources = [f"Message {number} of the source." for number in range(len(targets))]
    lines = [f'msgid "{source}"\nmsgstr "{escaped(target)}"\n' for source, target in zip(sources, targets, strict=True)]
    files = {"articles/one.md": HEAD + "\n\n".join(sources) + "\n", TURKISH: CATALOGUE + "\n".join(lines)}
    for name, text in {**SMALL, **files}.items():
        publication.write(name, text)
    result = publication.publish("html", languages="tr")
    assert result.code == 0, result.output
    reported = {int(found[1]) for line in told(result) if (found := re.match(rf"{TURKISH}:(\d+): WARNING", line))}
    page = publication.page("tr", "articles/one")
    printed = [etree.tostring(part, encoding="unicode") for part in page.cssselect("article section > p")]
    printed = [text for text in printed if not re.match(r'<p class="(byline|dateline|translation-state)"', text)]
    assert len(printed) == len(targets)
    for number, (text, source, target) in enumerate(zip(printed, sources, targets, strict=True)):
        if source in text:
            assert not target.strip() or 6 + 3 * number in reported, target
        else:
            assert all(word in text for word in re.findall(r"kelime\d+x\d+", target)), (target, text)
