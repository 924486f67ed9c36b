"""Convert the rich text of CSL-JSON to LaTeX or to plain text."""

from __future__ import annotations

import re

from fleuron.csl.sources.latex.reader import JOINER

# The LaTeX of each opening tag. Tags still open at the end are closed; an unmatched closing tag is text.
COMMANDS = {
    "<i>": r"\emph{",
    "<b>": r"\textbf{",
    "<sup>": r"\textsuperscript{",
    "<sub>": r"\textsubscript{",
    "<sc>": r"\textsc{",
    '<span style="font-variant:small-caps;">': r"\textsc{",
    '<span style="font-variant: small-caps;">': r"\textsc{",
    '<span class="nocase">': "{",
}
CLOSING = re.compile("</(?:i|b|sup|sub|sc|span)>")
TAGS = re.compile("(" + "|".join((*map(re.escape, COMMANDS), CLOSING.pattern)) + ")")
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    "\u00a0": "~",
    **{character: f"\\{character}" for character in "&%$#_"},
}


def latex(text: str) -> str:
    """Convert rich text to LaTeX with balanced braces."""
    output: list[str] = []
    open_tags: list[str] = []
    for piece in TAGS.split(text):
        if piece in COMMANDS:
            open_tags.append(piece.split()[0].strip("<>"))
            output.append(COMMANDS[piece])
        elif CLOSING.fullmatch(piece) and open_tags and open_tags[-1] == piece[2:-1]:
            open_tags.pop()
            output.append("}")
        elif piece:
            escaped = escape(piece)
            # A group that begins with a command would be read as an accented letter, whose case is not protected.
            output.append("{}" + escaped if escaped.startswith("\\") and output and output[-1] == "{" else escaped)
    return "".join(output) + "}" * len(open_tags)


def escape(text: str) -> str:
    """Escape plain text for LaTeX, so that nothing in it is read as a command or ligature."""
    text = "".join(ESCAPES.get(character, character) for character in text.replace("<" + JOINER, "<"))
    return re.sub("(?<=-)(?=-)|(?<=')(?=')", "{}", text)


def plain_text(text: str) -> str:
    """Return rich text without its markup."""
    return TAGS.sub("", text).replace("<" + JOINER, "<")
