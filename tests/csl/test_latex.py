"""LaTeX in bibliographies, converted to the rich text of CSL-JSON and back."""

from __future__ import annotations

import unicodedata

import pytest

from fleuron.csl.sources.latex.reader import decode, verbatim
from fleuron.csl.sources.latex.writer import latex, plain_text
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Text

ACCENTS = {
    **{r"\"u": "ü", r"\"{u}": "ü", r"{\"u}": "ü", r"\'e": "é", r"\`a": "à", r"\^o": "ô", r"\~n": "ñ", r"\=a": "ā"},
    **{
        r"\u g": "ğ",
        r"\u{g}": "ğ",
        r"\v s": "š",
        r"\v{s}": "š",
        r"\c c": "ç",
        r"\c{S}": "Ş",
        r"\k a": "ą",
        r"\r a": "å",
    },
    **{r"\H{o}": "ő", r"\.I": "İ", r"\.{z}": "ż", r"\d{h}": "ḥ", r"\b{h}": "ẖ", r"\t{oo}": "o͡o", r"\'\i": "í"},
    **{r"\'{\i}": "í", r"{\'{\i}}": "í", r"\u\i": "ĭ", r"\v{\j}": "ǰ", r"\'{\^e}": "ế", r"\'\ae": "ǽ", r"\'": "´"},
    **{
        r"\textcommabelow{t}": "ț",
        r"\h{o}": "ỏ",
        r"\i": "ı",
        r"\j": "ȷ",
        r"\l": "ł",
        r"\aa": "å",
        r"\ss": "ß",
        r"\SS": "ẞ",
    },
    **{r"\ae": "æ", r"\OE": "Œ", r"\o": "ø", r"\dh": "ð", r"\th": "þ", r"\dj": "đ", r"\ng": "ŋ"},
}
SIGNS = {
    **{"``q''": "“q”", "`q'": "‘q’", "1--2": "1–2", "a---b": "a—b", "-{}-": "--", "a~b": "a\u00a0b", "don't": "don’t"},
    **{r"\&\%\$\#\_\{\}": "&%$#_{}", r"\ldots": "…", r"\dag": "†", r"\S": "§", r"\P": "¶", r"\copyright": "©"},
    **{r"\textbackslash": "\\", r"\textasciitilde": "~", r"\guillemotleft x\guillemotright": "«x»", r"\euro": "€"},
    **{
        r"\enquote{a \enquote{b} c}": "“a ‘b’ c”",
        r"\mkbibquote{a}": "“a”",
        r"\enquote*{a}": "‘a’",
        r"\LaTeX{} x": "LaTeX x",
    },
    **{
        r"\url{http://a.b/~c_d\%20}": "http://a.b/~c_d%20",
        r"\mkbibparens{a}": "(a)",
        r"\mbox{a}b": "ab",
        r"a\,b": "a\u202fb",
    },
    **{
        r"\noopsort{1}A": "A",
        r"\foreignlanguage{french}{mot}": "mot",
        r"a\-b\/c": "abc",
        r"a\\b": "a b",
        r"\ss b": "ßb",
    },
    **{
        "«Россия» и 中文 — فارسی": "«Россия» и 中文 — فارسی",
        "a & b % c # d": "a & b % c # d",
        r"\MakeUppercase{ab}": "AB",
    },
    **{"a\u00a0b\u3000c": "a\u00a0b\u3000c", " a  \n b ": "a b", r"\texorpdfstring{a}{b}": "a"},
}
SMALL_CAPS = '<span style="font-variant:small-caps;">a</span>'
MARKUP = {
    **{r"\emph{a}": "<i>a</i>", r"\textit{a}": "<i>a</i>", r"{\em a} b": "<i>a</i> b", r"{\it a}": "<i>a</i>"},
    **{
        r"\textbf{a}": "<b>a</b>",
        r"{\bf a \em b}": "<b>a <i>b</i></b>",
        r"\textsc{a}": SMALL_CAPS,
        r"{\sc a}": SMALL_CAPS,
    },
    **{
        r"\textsuperscript{a}": "<sup>a</sup>",
        r"\textsubscript{a}": "<sub>a</sub>",
        r"\texttt{a}": "a",
        r"\emph{}": "",
    },
    **{"H$_2$O": "H<sub>2</sub>O", "$H_{2n}O^-$": "H<sub>2n</sub>O<sup>\u2212</sup>", r"$\alpha$-ray": "α-ray"},
    **{
        r"\(x^2\)": "x<sup>2</sup>",
        r"\ensuremath{\leq}": "≤",
        r"$\frac{a}{b}$": "a/b",
        "from $5 to $10": "from $5 to $10",
    },
}
TITLES = {
    "The {NATO} Summit": 'The <span class="nocase">NATO</span> Summit',
    "{{The Whole}}": '<span class="nocase">The Whole</span>',
    "{The {NATO} Summit}": '<span class="nocase">The NATO Summit</span>',
    r"{\"U}ber {\ss} {\'{E}}tat": "Über ß État",
    r"{\.Istanbul}": '<span class="nocase">İstanbul</span>',
    r"{\emph{Homo sapiens}}": '<span class="nocase"><i>Homo sapiens</i></span>',
    r"\emph{On {Homo} sapiens}": '<i>On <span class="nocase">Homo</span> sapiens</i>',
    "a{}b": "ab",
}


@pytest.mark.parametrize(("source", "text"), {**ACCENTS, **SIGNS, **MARKUP}.items())
def test_latex_becomes_rich_text(source: str, text: str) -> None:
    faults: list[str] = []
    assert decode(source, faults.append) == text
    assert unicodedata.is_normalized("NFC", text)
    assert faults == []


@pytest.mark.parametrize(("source", "text"), TITLES.items())
def test_braces_protect_case_in_titles_only(source: str, text: str) -> None:
    assert decode(source, title=True) == text
    assert 'class="nocase"' not in decode(source)


@pytest.mark.parametrize("source", ["a <i>b</i>", "</span>", '<span class="nocase">x</span>', "<sup>", "{<}i>x<{}/i>"])
def test_what_looks_like_a_tag_stays_text(source: str) -> None:
    text = decode(source)
    assert all(isinstance(run, Text) for run in read_text(text))
    assert plain_text(text) == source.replace("{<}", "<").replace("{}", "")


def test_other_angle_brackets_and_ampersands_are_kept() -> None:
    assert decode("a < b & c > d <em>e</em> &lt;") == "a < b & c > d <em>e</em> &lt;"


@pytest.mark.parametrize(("source", "text"), [(r"\foo{bar}{baz}", "barbaz"), (r"a \foo b", r"a \foo b")])
def test_an_unknown_command_is_reported_and_loses_no_text(source: str, text: str) -> None:
    faults: list[str] = []
    assert decode(source, faults.append) == text
    assert len(faults) == 1
    assert "\\foo" in faults[0]


def test_names_have_no_markup() -> None:
    assert decode(r"\textsc{Knuth} {\em D.}", markup=False) == "Knuth D."


@pytest.mark.parametrize("source", ["{" * 5000, "}" * 5000, r"\emph" * 5000, r"{\em " * 3000, r"\'" * 5000, "$" * 999])
def test_nesting_is_limited(source: str) -> None:
    assert isinstance(decode(source + "x", title=True), str)


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (r"\url{http://a.b/c}", "http://a.b/c"),
        (r"http://a.b/\_c\%20\&d\#e", "http://a.b/_c%20&d#e"),
        (r"http://a.b/{\textasciitilde}c", "http://a.b/~c"),
        (r"http://a.b/\~{}c", "http://a.b/~c"),
        ("10.1002/(SICI)1096<377::AID>3.0.CO;2-P", "10.1002/(SICI)1096<377::AID>3.0.CO;2-P"),
    ],
)
def test_addresses_are_read_verbatim(source: str, address: str) -> None:
    assert verbatim(source) == address


@pytest.mark.parametrize(
    "text",
    [
        "a & b % c $ d # e _ f ^ g ~ h \\ i { j } k ` l",
        "<i>a</i> <b>b</b> <sup>c</sup> <sub>d</sub>",
        SMALL_CAPS,
        'A <span class="nocase">NATO <i>b</i></span> c',
        '<span class="nocase">&</span>',
        "a -- b --- c",
        "a\u00a0b «c» “d” ‘e’ ’f",
        "<\u2060i>a<\u2060/i>",
        "Коргун 中文 غبار",
    ],
)
def test_rich_text_survives_latex(text: str) -> None:
    written = latex(text)
    assert written.count("{") == written.count("}")
    assert decode(written, title=True) == text


@pytest.mark.parametrize("text", ["<i>never closed", "closed</i> <b>a</i>", "</span>"])
def test_tags_out_of_order_still_give_balanced_braces(text: str) -> None:
    written = latex(text)
    assert written.count("{") == written.count("}")
