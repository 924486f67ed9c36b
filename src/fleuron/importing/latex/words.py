"""List the words of a LaTeX document, to prove that its article has them all; pandoc has no part in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

import latexcodec  # noqa: F401  # registers the codec “ulatex”

DOCUMENT = re.compile(r"\\begin\s*\{document\}(?P<body>.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)
HEAD = re.compile(r"\\(?:title|author|date|abstract|keywords)\s*(?=\{)")
# Commands of which neither the name nor the arguments are words.
WITHOUT_WORDS = re.compile(
    r"\\(?:label|ref|eqref|pageref|autoref|nameref|[cC]ref|vref|cite(?:author|year|title)\b|nocite|bibliography\w*"
    r"|addbibresource|usepackage|[vh]space|setlength|setcounter|addtocounter|pagestyle|thispagestyle|pagenumbering"
    r"|selectlanguage|index|hypersetup|graphicspath|addcontentsline|markboth|bibliographystyle|printbibliography"
    r"|begin|end|linespread|today|rule|color|definecolor|hyphenation|newtheorem|theoremstyle|input|include|cline"
    r"|cmidrule|phantom|vphantom|hphantom|newline|\\)(?![A-Za-z])\*?(?:\s*\([^)]*\))?(?:\s*\[[^\]]*\])*(?:\s*\{[^{}]*\})?"
)
# What follows the name of an environment: widths and columns, places of figures.
ENVIRONMENT = re.compile(
    r"\\begin\s*\{(?P<name>[A-Za-z]+)\*?\}(?P<options>(?:\s*\[[^\]]*\])*)(?P<columns>\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})?"
)
WITH_COLUMNS = {
    "tabular": 1,
    "tabularx": 2,
    "longtable": 1,
    "array": 1,
    "minipage": 1,
    "otherlanguage": 1,
    "multicols": 1,
}
DEFINITION = re.compile(r"\\(?:(?:re)?newcommand|providecommand|DeclareMathOperator|def|let)(?![A-Za-z])\*?")
# Commands whose first argument, in braces, is not a word: languages, colours, sizes, columns.
FIRST = re.compile(
    r"\\(?:foreignlanguage|textlang|textcolor|colorbox|multicolumn\s*\{[^{}]*\}|multirow\s*\{[^{}]*\}|resizebox\s*\{[^{}]*\}"
    r"|parbox|raisebox|fontsize\s*\{[^{}]*\}|hyperref\s*)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}"
)
PICTURE = re.compile(r"\\includegraphics\s*\*?\s*(?:\[[^\]]*\])?")
COMMAND = re.compile(r"\\[A-Za-z]+\*?|\\.")
FORMULA = re.compile(r"(?<!\\)\$\$?(?P<formula>.*?)(?<!\\)\$\$?|\\[\[(](?P<display>.*?)\\[\])]", re.DOTALL)
MATHEMATICS = ("equation", "align", "gather", "multline", "math", "displaymath", "eqnarray")
FORMULA_ENVIRONMENT = re.compile(
    rf"\\begin\{{(?P<name>(?:{'|'.join(MATHEMATICS)})\*?)\}}(?P<formula>.*?)\\end\{{(?P=name)\}}", re.DOTALL
)
# Commands that stand within words.
STYLE = re.compile(r"\\(?:emph|text(?:it|bf|sc|sf|tt|up|rm|sl|superscript|subscript)|underline|uline)\s*(?=\{)")
SPACING = re.compile(r"\\[,;:!> ]|~|\\/|\\-")


def latex_text(source: str) -> str:
    """Return the text of a document without comments: all that it prints, keys of sources, and formulas as written."""
    found = DOCUMENT.search(source)
    head = source[: found.start()] if found else ""
    body = found["body"] if found else source
    metadata = " ".join(group_at(head, match.end()) for match in HEAD.finditer(head))
    text = without_definitions(f"{metadata}\n\n{body}")
    formulas: list[str] = []

    def taken(match: re.Match[str]) -> str:
        groups = match.groupdict()
        formulas.append(groups.get("formula") or groups.get("display") or "")
        return f" \ue000{len(formulas) - 1}\ue001 "

    text = FORMULA.sub(taken, FORMULA_ENVIRONMENT.sub(taken, text))
    text = STYLE.sub("", text)
    text = decoded(SPACING.sub(lambda space: "" if space[0] in (r"\-", r"\/") else " ", text))
    text = ENVIRONMENT.sub(environment, text)
    text = PICTURE.sub(" ", FIRST.sub(" ", WITHOUT_WORDS.sub(" ", text)))
    text = re.sub(r"\}\s*\{", " ", text)  # two arguments of one command
    text = re.sub(r"[{}]", "", COMMAND.sub(command, text)).replace("&", " ")
    return re.sub(r"\ue000(\d+)\ue001", lambda match: formula_words(formulas[int(match[1])]), text)


def formula_words(formula: str) -> str:
    """Return a formula as it is written, without its label and number."""
    return re.sub(r"\\(?:label|tag)\s*\{[^{}]*\}|\\", " ", formula)


def command(match: re.Match[str]) -> str:
    """Return what stands in place of a command: an escaped sign, or a space."""
    return match[0][1] if match[0][1] in "&%$#_{}" else " "


def environment(match: re.Match[str]) -> str:
    """Return what is text after the beginning of an environment: nothing of columns, places and languages."""
    columns = match["columns"] or ""
    kept = "" if match["name"] in WITH_COLUMNS else columns
    return f" {kept} "


def without_definitions(text: str) -> str:
    """Return a text without the commands that it defines."""
    while found := DEFINITION.search(text):
        end = found.end()
        for _group in range(2):
            end = skip_group(text, end)
        text = text[: found.start()] + text[max(end, found.end()) :]
    return text


def skip_group(text: str, at: int) -> int:
    """Return the offset after the next group in braces, or command, with what is optional before it."""
    opening = re.compile(r"\s*(?:\\[A-Za-z]+\s*)?(?:\[[^\]]*\]\s*)*(?:#\d)*").match(text, at)
    start = opening.end() if opening else at
    return start + len(group_at(text, start)) + 2 if text[start : start + 1] == "{" else start


def group_at(text: str, at: int) -> str:
    """Return what stands in the braces that begin at an offset."""
    depth = 0
    for end in range(at, len(text)):
        if text[end] in "{}" and text[end - 1] != "\\":
            depth += 1 if text[end] == "{" else -1
            if not depth:
                return text[at + 1 : end]
    return text[at + 1 :]


def decoded(text: str) -> str:
    r"""Return a text with the letters that commands such as \"{o} and \c{c} stand for."""
    decode: Callable[[str, str], str] = codecs.decode  # type: ignore[assignment]  # from text to text
    return decode(text, "ulatex")
