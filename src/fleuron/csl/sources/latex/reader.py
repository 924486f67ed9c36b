"""Convert LaTeX in bibliographies to the rich text of CSL-JSON.

Only commands produce tags: `<i>`, `<b>`, `<sup>`, `<sub>` and the spans for small capitals and for text whose case is
protected. If a literal `<` would begin one of these tags, it is followed by a WORD JOINER (U+2060), which is invisible
and keeps it from being read as a tag; every other character is kept as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from fleuron.csl.sources.latex import macros

NO_CASE = 'span class="nocase"'
JOINER = "\u2060"
MAX_DEPTH = 60  # the deepest nesting of groups and arguments; what is nested deeper is read as if it were not nested
ANGLE = "\x00"  # stands for a literal "<" until the whole text is known
TAG = re.compile(ANGLE + r"(?=/?(?:i|b|u|sup|sub|sc)>|/?span\b)")
TOKEN = re.compile(
    r"\\(?P<word>(?:enquote|foreignquote|mkbibquote)\*?|[A-Za-z]+)[ \t\n]*|\\(?P<sign>.)"
    r"|(?P<open>\{)|(?P<close>\})|(?P<script>[_^])|(?P<math>\$)"
    r"|(?P<ligature>---?|``|''|!`|\?`|[`'~])|(?P<text>[^\\{}$_^`'~!?-]+|.)",
    re.DOTALL,
)
# As in Pandoc, an amount in dollars is not a formula.
FORMULA = re.compile(r"\$(?=[^\s$])((?:\\.|[^$\\])*?(?:\\.|[^\s\\$]))\$(?![0-9])", re.DOTALL)
FOLD = re.compile(r"[ \t\n]{2,}|[\t\n]")

Report = Callable[[str], None]


def decode(source: str, report: Report | None = None, *, title: bool = False, markup: bool = True) -> str:
    """Convert LaTeX to CSL-JSON text.

    With ``title``, a group in braces becomes a span of class `nocase`, which protects its case, unless it is only an
    accented letter. Without ``markup`` there are no tags (for names). ``report`` gets a message for each unknown
    command. Never raises.
    """
    reader = _LatexReader(source.replace(ANGLE, ""), report or (lambda _message: None), title, markup)
    text = reader.read_all()
    text = FOLD.sub(" ", text).strip(" ")
    return TAG.sub("<" + JOINER, text).replace(ANGLE, "<")


class _LatexReader:
    """Recursive-descent reader of one LaTeX text; ``at`` is the position in it."""

    def __init__(self, source: str, report: Report, title: bool, markup: bool, math: bool = False) -> None:
        self.source, self.report, self.title, self.markup, self.math = source, report, title, markup, math
        self.at, self.depth, self.quotes = 0, 0, 0

    def read_all(self) -> str:
        """Read the whole text; unmatched closing braces are ignored."""
        parts = []
        while self.at < len(self.source):
            parts.append(self.sequence())
            self.at += 1  # an unmatched closing brace
        return "".join(parts)

    def sequence(self) -> str:
        """Read up to the closing brace of this group, without consuming it, or to the end."""
        parts: list[str] = []
        switches: list[tuple[int, str | None]] = []
        while (token := TOKEN.match(self.source, self.at)) and token.lastgroup != "close":
            if token["word"] in macros.SWITCHES:
                self.at = token.end()
                switches.append((len(parts), macros.SWITCHES[token["word"]]))
            else:
                parts.append(self.take(token))
        for start, tag in reversed(switches):
            parts[start:] = [self.tagged(tag, "".join(parts[start:]))]
        return "".join(parts)

    def take(self, token: re.Match[str]) -> str:
        """Convert one token, and what belongs to it, to text."""
        self.at = token.end()
        kind = token.lastgroup
        if kind == "open":
            return self.group()
        if kind in ("word", "sign"):
            return self.command(token[kind])
        if kind == "math":
            return self.formula(token)
        if kind == "script" and self.math:
            return self.tagged("sup" if token[0] == "^" else "sub", self.argument())
        if kind == "ligature" and not self.math:
            return macros.LIGATURES[token[0]]
        return self.plain(token[0])

    def plain(self, text: str) -> str:
        """Convert plain characters; in mathematics, hyphens are minus signs and apostrophes primes."""
        if self.math:
            text = text.replace("-", "\u2212").replace("'", "′")
        return text.replace("<", ANGLE)

    def tagged(self, tag: str | None, text: str) -> str:
        """Enclose a text in a tag, unless it is empty or tags are not wanted."""
        if not tag or not self.markup or not text.strip():
            return text
        return f"<{tag}>{text}</{tag.split()[0]}>"

    def group(self) -> str:
        """Read a group, whose opening brace has been consumed, including its closing brace."""
        start, title = self.at, self.title
        self.title = False
        text = self.inside()
        self.title = title
        letters = sum(not unicodedata.combining(character) for character in text)
        if not title or (self.source[start : start + 1] == "\\" and letters == 1):
            return text
        return self.tagged(NO_CASE, text)

    def inside(self) -> str:
        """Read the inside of a group and its closing brace."""
        if self.depth >= MAX_DEPTH:
            return ""
        self.depth += 1
        text = self.sequence()
        self.depth -= 1
        self.at += 1
        return text

    def argument(self) -> str:
        """Read the argument of a command: a group, a command with its own, or a single character."""
        while self.source[self.at : self.at + 1].isspace():
            self.at += 1
        token = TOKEN.match(self.source, self.at)
        if not token or token.lastgroup == "close" or self.depth >= MAX_DEPTH:
            return ""
        if token.lastgroup == "open":
            self.at += 1
            return self.inside()
        if token.lastgroup in ("word", "sign"):
            self.at, self.depth = token.end(), self.depth + 1
            text = self.command(token[token.lastgroup])
            self.depth -= 1
            return text
        self.at += 1
        return self.plain(token[0][0])

    def verbatim(self) -> str:
        """Read an argument verbatim, as for addresses."""
        start = self.at
        if self.source[start : start + 1] != "{":
            return self.argument()
        depth = 0
        for brace in re.finditer(r"[{}]", self.source[start:]):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                self.at = start + brace.end()
                return verbatim(self.source[start + 1 : self.at - 1]).replace("<", ANGLE)
        self.at = len(self.source)
        return verbatim(self.source[start + 1 :]).replace("<", ANGLE)

    def command(self, name: str) -> str:
        """Read the arguments of a command, and return what it prints."""
        plain_name = name.rstrip("*") or name
        if name in macros.ACCENTS:
            return self.accent(name)
        if name in macros.FORMATS:
            return self.tagged(macros.FORMATS[name], self.argument())
        if name in ("url", "path", "nolinkurl"):
            return self.verbatim()
        if name in macros.TRANSPARENT:
            return self.argument()
        if plain_name in macros.QUOTES or plain_name == "foreignquote":
            return self.quoted(name)
        if name in macros.BRACKETS:
            opening, closing = macros.BRACKETS[name]
            return opening + self.argument() + closing
        return self.other_command(name)

    def other_command(self, name: str) -> str:
        """Read the less frequent commands, and report unknown ones."""
        if name in macros.SILENT:
            return ""
        if name in macros.HIDDEN:
            self.argument()
            return ""
        if name in macros.SECOND:
            self.argument()
            return self.argument()
        if name == "href":
            self.report(f"the address {self.verbatim()} of a \\href is left out; only its text is kept")
            return self.argument()
        if name == "texorpdfstring":
            text = self.argument()
            self.argument()
            return text
        if name in ("uppercase", "MakeUppercase", "lowercase", "MakeLowercase"):
            text = self.argument()
            return text if "<" in text else (text.upper() if "pper" in name else text.lower())
        if name in ("ensuremath", "("):
            return self.inner_formula(name)
        if name in ("frac", "sqrt"):
            return self.argument() + "/" + self.argument() if name == "frac" else "√" + self.argument()
        printed = macros.symbol(name)
        if printed is not None:
            return printed.replace("<", ANGLE)
        self.report(f"the LaTeX command \\{name} is unknown; its argument is kept as text")
        if self.source[self.at : self.at + 1] == "{":
            return self.argument()
        return self.plain(f"\\{name} " if self.source[self.at - 1].isspace() else f"\\{name}")

    def accent(self, name: str) -> str:
        """Put an accent on the first letter of the argument."""
        text = self.argument()
        letter = {"ı": "i", "ȷ": "j"}.get(text[:1], text[:1])
        if not letter.strip() or letter == "<":
            return macros.SPACING.get(name, "") + text
        mark = macros.ACCENTS[name]
        end = next((n for n in range(1, len(text)) if not unicodedata.combining(text[n])), len(text))
        return unicodedata.normalize("NFC", letter + text[1:end] + mark) + text[end:]

    def quoted(self, name: str) -> str:
        """Enclose the argument in quotation marks, which alternate between double and single."""
        if name.startswith("foreign"):
            self.argument()
        single = self.quotes % 2 == 1 or name.endswith("*")
        self.quotes += 1
        text = self.argument()
        self.quotes -= 1
        return f"‘{text}’" if single else f"“{text}”"

    def formula(self, token: re.Match[str]) -> str:
        """Read a formula in dollar signs, or return the dollar sign if there is none."""
        whole = FORMULA.match(self.source, token.start())
        if not whole or self.math:
            return "$"
        self.at = whole.end()
        return self.mathematics(whole[1])

    def inner_formula(self, name: str) -> str:
        r"""Read the formula of `\(` or `\ensuremath`."""
        if name == "(":
            end = self.source.find("\\)", self.at)
            source = self.source[self.at : end if end >= 0 else len(self.source)]
            self.at = end + 2 if end >= 0 else len(self.source)
            return self.mathematics(source)
        math, self.math = self.math, True
        text = self.argument()
        self.math = math
        return text

    def mathematics(self, source: str) -> str:
        """Convert the source of a formula."""
        if self.depth >= MAX_DEPTH:
            return source.replace("<", ANGLE)
        inner = _LatexReader(source, self.report, False, self.markup, math=True)
        inner.depth = self.depth + 1
        return inner.read_all()


def verbatim(source: str) -> str:
    """Read an address, identifier or file name, in which LaTeX only escapes some characters."""
    text = re.sub(r"^\\(?:url|path|nolinkurl|href)\s*\{(.*)\}$", r"\1", source.strip(), flags=re.DOTALL)
    text = re.sub(r"\\textasciitilde\s*(?:\{\})?|\\~(?:\{\})?|\$\\sim\$", "~", text)
    text = re.sub(r"\\(?:textunderscore|_)\s*(?:\{\})?", "_", text)
    return re.sub(r"\\([%&#$])|[{}]", r"\1", text).replace("\\slash ", "/").strip()
