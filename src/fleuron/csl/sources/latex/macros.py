"""Tables of the LaTeX and biblatex commands that occur in bibliographies, and of what they print."""

from __future__ import annotations

import codecs
from functools import lru_cache

import latexcodec  # noqa: F401  # registers the codec "ulatex"

from fleuron.csl.vocabulary import split_words

SMALL_CAPS = 'span style="font-variant:small-caps;"'

# Accents, as combining characters for the first letter of the argument (The LaTeX Companion, 2nd ed., table 7.33).
ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "h": "\u0309",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "U": "\u030e",
    "G": "\u030f",
    "d": "\u0323",
    "textcommabelow": "\u0326",
    "c": "\u0327",
    "k": "\u0328",
    "textogonekcentered": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
# What an accent without a letter prints.
SPACING = {"`": "`", "'": "´", "^": "^", "~": "~", "=": "¯", ".": "˙", '"': "¨", "u": "˘", "v": "ˇ", "H": "˝", "r": "˚"}
SPACING |= {"c": "¸", "k": "˛"}
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "`": "‘", "'": "’", "~": "\u00a0"}

FORMATS = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mkbibitalic", "mathit"), "i"),
    **dict.fromkeys(("textbf", "mkbibbold", "mathbf"), "b"),
    **dict.fromkeys(("textsc", "mkbibacro"), SMALL_CAPS),
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript"), "sup"),
    **dict.fromkeys(("textsubscript", "mkbibsubscript"), "sub"),
}
# Commands that change the font for the rest of their group; None if CSL-JSON has no tag for it.
SWITCHES = {
    **dict.fromkeys(("em", "it", "itshape", "sl", "slshape"), "i"),
    **dict.fromkeys(("bf", "bfseries"), "b"),
    **dict.fromkeys(("sc", "scshape"), SMALL_CAPS),
    **dict.fromkeys(("rm", "rmfamily", "sf", "sffamily", "tt", "ttfamily", "upshape", "mdseries", "normalfont")),
}
TRANSPARENT = frozenset(
    split_words(
        "mbox hbox text textrm textsf texttt textup textnormal textmd textlatin textcyrillic textgreek textarabic "
        "underline uline autocap midsentence mathrm mathsf mathtt mathnormal mathcal mathbb operatorname "
        "MakeSentenceCase MakeTitleCase ensureascii nohyphens lr rl LR RL"
    )
)
SILENT = frozenset(
    split_words(
        "protect relax noindent sloppy xspace nobreak allowbreak selectfont displaystyle textstyle left right "
        "leavevmode unskip null"
    )
)
# Commands whose argument is not printed.
HIDDEN = frozenset(split_words("noopsort SortNoop selectlanguage hspace vspace phantom hphantom index label"))
# Commands with two arguments, of which the second is the text.
SECOND = frozenset(split_words("foreignlanguage textcolor"))
QUOTES = frozenset(split_words("enquote mkbibquote textquote blockquote"))
BRACKETS = {
    "mkbibparens": ("(", ")"),
    "parentext": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
    "brackettext": ("[", "]"),
}
# Symbols that latexcodec does not know, or knows in mathematics only.
SYMBOLS = {
    **{"i": "ı", "j": "ȷ", "ss": "ß", "SS": "ẞ", "l": "ł", "L": "Ł", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å"},
    **{"ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ"},
    **{"ng": "ŋ", "NG": "Ŋ", "ij": "ĳ", "IJ": "Ĳ"},
    **{"ldots": "…", "dots": "…", "textellipsis": "…", "cdots": "⋯", "slash": "/", "hyphen": "-"},
    **{"textendash": "–", "textemdash": "—", "bibrangedash": "-", "bibrangessep": ", "},
    **{"textquotesingle": "'", "textquotedbl": '"', "textquoteleft": "‘", "textquoteright": "’", "lq": "‘", "rq": "’"},
    **{"textquotedblleft": "“", "textquotedblright": "”", "quotedblbase": "„", "quotesinglbase": "‚"},
    **{"glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›"},
    **{"guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«", "guillemetright": "»"},
    **{"guilsinglleft": "‹", "guilsinglright": "›", "og": "«\u00a0", "fg": "\u00a0»"},
    **{"textbackslash": "\\", "textbar": "|", "textless": "<", "textgreater": ">", "textunderscore": "_"},
    **{
        "textasciitilde": "~",
        "textasciigrave": "`",
        "textasciicircum": "^",
        "textbraceleft": "{",
        "textbraceright": "}",
        "lbrace": "{",
    },
    **{"rbrace": "}", "textdollar": "$", "texteuro": "€", "euro": "€", "textregistered": "®", "texttrademark": "™"},
    **{"P": "¶", "S": "§", "textnumero": "№", "textordfeminine": "ª", "textordmasculine": "º", "textmu": "µ"},
    **{"times": "×", "cdot": "·", "div": "÷", "ll": "≪", "gg": "≫", "le": "≤", "ge": "≥", "ne": "≠", "to": "→"},
    **{"quad": " ", "qquad": " ", "newline": " ", "par": " ", "linebreak": " ", "space": " ", "textvisiblespace": "␣"},
    **{"TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "LaTeXe": "LaTeX2e", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX"},
    **{"&": "&", "%": "%", "#": "#", "_": "_", "$": "$", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", "\\": " "},
    **{",": "\u202f", ";": " ", ":": " ", "!": "", "@": "", "-": "", "/": "", "*": "×", "|": "‖"},
}


@lru_cache(maxsize=1024)
def symbol(name: str) -> str | None:
    """Return what a command without arguments prints, or None if it is unknown."""
    if name in SYMBOLS:
        return SYMBOLS[name]
    for written in (f"\\{name} ", f"$\\{name}$"):
        printed = str(codecs.decode(written, "ulatex")).strip()  # type: ignore[call-overload]  # from text to text
        if printed and not any(character in printed for character in "\\$"):
            return printed
    return None
