"""Edit files at random, as slips of authors and translators do; the same seed gives the same edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

# What is put in: markup that is not complete, and characters that are not seen.
FRAGMENTS = (
    *(
        "`",
        "``",
        "```",
        "~~~",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "[^",
        "^[",
        "[^x]",
        "[@x, p. 3]",
        "$",
        "$$",
        "*",
        "**",
        "_",
    ),
    *(
        ">",
        "- ",
        "1. ",
        "# ",
        "|",
        "| a | b |\n",
        "---\n",
        "***",
        "+++",
        "(x)=\n",
        "%",
        "\\",
        "\\frac{",
        "\\\\",
        "~",
        "^",
    ),
    *(
        "{ref}`",
        "{ref}`x`",
        "{doc}`/x`",
        "{term}`x`",
        "{footcite}`",
        "{footcite}`x`",
        "{eq}`x`",
        "{numref}`x`",
        "{x}`y`",
    ),
    *(":::{note}\n", "```{nothing}\n```\n", "```{math}\n", "```{figure} x.png\n```\n", "```{list-table}\n", "{.class}"),
    *(
        "```{include} x.md\n```\n",
        "```{code}\n",
        "```{glossary}\nx\n```\n",
        "{#x}",
        "![x](y.png)",
        "[x](y.md)",
        "[x](#y)",
    ),
    *("<b>", "</b>", "<div>", "<!--", "-->", "<a href=", "<img>", "&", "&amp;", "&#0;", "&x;", "<", "javascript:x"),
    *(
        "\t",
        "  ",
        "\n",
        "\n\n",
        "\r",
        "\x00",
        "\x0b",
        "\x85",
        "\u00a0",
        "\u00ad",
        "\u202e",
        "\u2028",
        "\ufeff",
        "\ufffe",
    ),
    *(
        '"',
        "'",
        "@",
        "=",
        ",",
        ":",
        "#~ ",
        "msgid ",
        "msgstr ",
        "@book{",
        "@string{x = ",
        "date: 2026-13-45\n",
        "? [a]\n",
    ),
    *("title: &a [*a]\n", "authors: {x: y}\n", "{{ x }}", "[" * 30, "> " * 30, "- " * 30, "א", "ع", "𝔘", "e\u0301"),
)


def insert(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice(FRAGMENTS) + text[place:]


def delete(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + text[place + random.choice((1, 1, 2, 5, 40)) :]


def repeat(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + text[place : place + random.choice((1, 3, 20, 200))] * 2 + text[place:]


def delete_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


def move_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    line = lines.pop(random.randrange(len(lines)))
    lines.insert(random.randrange(len(lines) + 1), line)
    return "\n".join(lines)


def indent_line(text: str, random: Random) -> str:
    lines = text.split("\n")
    place = random.randrange(len(lines))
    lines[place] = random.choice(("  ", "    ", "\t", "> ", "- ")) + lines[place]
    return "\n".join(lines)


EDITS: tuple[Callable[[str, Random], str], ...] = (
    insert,
    insert,
    insert,
    delete,
    repeat,
    delete_line,
    move_line,
    indent_line,
)


def edit_file(path: Path, random: Random) -> None:
    """Edit a text file once, or now and then break its encoding."""
    content = path.read_bytes()
    if random.randrange(40) == 0:
        place = random.randrange(len(content) + 1)
        path.write_bytes(content[:place] + bytes([random.randrange(128, 256)]) + content[place:])
        return
    text = random.choice(EDITS)(content.decode("utf-8", "replace"), random)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))


def edit_files(paths: Iterable[Path], random: Random, share: float, edits: int) -> list[Path]:
    """Edit a share of files, each so many times; return those that were edited."""
    edited = [path for path in sorted(paths) if random.random() < share]
    for path in edited:
        for _edit in range(edits):
            edit_file(path, random)
    return edited
