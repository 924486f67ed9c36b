"""Check the values of options in conf.py: each check returns what the value must be, or None if it is valid."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from babel import Locale, UnknownLocaleError

from fleuron.diagnostics.similar_names import did_you_mean, suggestion
from fleuron.look.colours import LEAST_CONTRAST, PAPERS, contrast
from fleuron.publication.language_tags import meant_language
from fleuron.publication.values.plain_values import DOI

IMPRINT_KEYS = (
    *("crossmark_policy", "doi", "email", "frequency", "isbn", "issn", "license", "number", "place", "publisher"),
    *("series", "version_doi"),
)
LOOK_KEYS = ("accent", "accent-dark", "footer", "logo", "mark")
# A name, or a width and a height (CSS Paged Media Level 3, 7.1).
PAGE_SIZE = r"A[345]|B[45]|letter|legal|\d+(\.\d+)?(mm|cm|in|pt) \d+(\.\d+)?(mm|cm|in|pt)"

FILE_NAME = r"([a-z0-9]+(-[a-z0-9]+)*)?"
SCHEDULER_ADDRESS = r"(((tcp|tls|wss?)://)?[^\s/]+:\d+)?"

# Options of Sphinx and its extensions that authors set, and whose type Sphinx 9.0 does not check: it reads a string
# letter by letter, and a number ends in a traceback.
LIST_OPTIONS = (
    *("bibtex_bibfiles", "exclude_patterns", "extensions", "html_css_files", "html_extra_path", "html_static_path"),
    *("include_patterns", "locale_dirs", "myst_enable_extensions", "templates_path"),
)
STRING_OPTIONS = ("author", "html_theme", "html_title", "language", "project", "root_doc", "version")


def wrong_type(values: Mapping[str, Any]) -> str:
    """Return which of Sphinx's own options has a value of the wrong type, and what it must be; "" if none has."""
    for name in LIST_OPTIONS:
        value = values.get(name, [])
        if not isinstance(value, list | tuple | set) or not all(isinstance(item, str) for item in value):
            return f"{name} = {value!r}: the value must be a list of strings, such as [{str(value)!r}]"
    for name in STRING_OPTIONS:
        if not isinstance(values.get(name, ""), str):
            return f"{name} = {values[name]!r}: the value must be a string, such as {str(values[name])!r}"
    return ""


def check_languages(value: Any) -> str | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return 'a list of language tags, such as ["en", "tr"]'
    for language in value:
        try:
            Locale.parse(language, sep="-")
        except (UnknownLocaleError, ValueError):
            return f"a list of language tags; “{language}” is not the tag of a language{meant_language(language)}"
    return "a list that names each language once" if len(set(value)) != len(value) else None


def matching(pattern: str, expected: str) -> Callable[[Any], str | None]:
    """Return the check of an option that is a string of a certain form."""
    return lambda value: None if isinstance(value, str) and re.fullmatch(pattern, value) else expected


def check_string(value: Any) -> str | None:
    return None if isinstance(value, str) else "a string"


def check_names(value: Any) -> str | None:
    is_list = isinstance(value, list) and all(isinstance(name, str) and name for name in value)
    return None if is_list and len(set(value)) == len(value) else 'a list of names, each once, such as ["ada"]'


def check_note_style(value: Any) -> str | None:
    if isinstance(value, Mapping):
        strings = all(isinstance(item, str) for item in (*value, *value.values()))
        return None if strings else 'a style for each language, such as {"ru": "gost-note"}'
    return None if isinstance(value, str) and value else 'the name of a style, such as "opcit"'


def check_cite_style(value: Any) -> str | None:
    return None if value == "" or check_note_style(value) is None else 'the name of a style, such as "author-date"'


def check_imprint(value: Any) -> str | None:
    expected = 'a dictionary of strings, such as {"isbn": "978-3-16-148410-0"}'
    if not isinstance(value, Mapping) or not all(isinstance(item, str) for item in (*value, *value.values())):
        return expected
    for key in value:
        if key not in IMPRINT_KEYS:
            return f"{expected}; there is no “{key}”{suggestion(key, IMPRINT_KEYS)}"
    if value.get("isbn") and not is_isbn_13(value["isbn"]):
        return f"{expected}; “{value['isbn']}” is not a valid ISBN of 13 digits (ISO 2108)"
    if value.get("issn") and not is_issn(value["issn"]):
        return f"{expected}; “{value['issn']}” is not a valid ISSN: eight digits, such as 2049-3630 (ISO 3297)"
    for key in ("doi", "crossmark_policy"):
        if value.get(key) and not DOI.fullmatch(value[key]):
            return f"{expected}; “{key}” is not a DOI: “{value[key]}”; write 10.5555/12345678, without an address"
    pattern = value.get("version_doi", "")
    if pattern and ("{version}" not in pattern or not DOI.fullmatch(filled_in(pattern))):
        return (
            f"{expected}; “version_doi” makes no DOI: “{pattern}”; write {{doi}}.{{version}} or 10.5555/x.{{version}}"
        )
    return None


def filled_in(pattern: str) -> str:
    """Return the DOI that a pattern makes for a version, to check it."""
    return pattern.replace("{doi}", "10.5555/x").replace("{version}", "v1.0")


def is_issn(text: str) -> bool:
    """Return whether a text is an ISSN, by its check digit (ISO 3297)."""
    digits = re.sub(r"^ISSN:?\s*|[\s‐‑–-]", "", text, flags=re.IGNORECASE).upper()
    if not re.fullmatch(r"[0-9]{7}[0-9X]", digits):
        return False
    return sum((8 - number) * digit_value(digit) for number, digit in enumerate(digits)) % 11 == 0


def digit_value(digit: str) -> int:
    """Return the value of a digit, or of the “X” that stands for ten."""
    return 10 if digit == "X" else int(digit)


def is_isbn_13(text: str) -> bool:
    """Return whether a text is an ISBN of 13 digits, by its check digit (ISO 2108)."""
    digits = text.replace("-", "").replace(" ", "")
    weighted = sum(int(digit) * (3 if number % 2 else 1) for number, digit in enumerate(digits) if digit.isdecimal())
    return re.fullmatch(r"[0-9]{13}", digits) is not None and weighted % 10 == 0


def check_look(value: Any) -> str | None:
    expected = 'a dictionary of strings, such as {"accent": "#8a2b1c", "mark": "_static/mark.svg"}'
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        return expected
    for key, text in value.items():
        if key not in LOOK_KEYS:
            return f"{expected}; there is no “{key}”{suggestion(key, LOOK_KEYS)}"
        if key == "footer" and not isinstance(text, str):
            if problem := footer_problem(text):
                return f"{expected}; {problem}"
            continue
        if not isinstance(text, str):
            return expected
        if key == "mark" and not text.endswith(".svg"):
            return f"{expected}; the mark must be an SVG file"
        if key in PAPERS and not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
            return f"{expected}; a colour is written with six hexadecimal digits"
        if key in PAPERS and (ratio := contrast(text, PAPERS[key])) < LEAST_CONTRAST:
            kind = "dark" if key == "accent-dark" else "light"
            return (
                f"{expected}; the contrast of {text} to the paper of {kind} pages is {ratio:.1f}, "
                f"and readers need {LEAST_CONTRAST}"
            )
    return None


def footer_problem(value: Any) -> str:
    """Return what is wrong with the footers of languages."""
    if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
        return 'the footer is a text, or one for each language, such as {"en": "An institute"}'
    return (check_languages(list(value)) or "").partition("; ")[2]


def check_words(value: Any) -> str | None:
    expected = 'texts of the interface by language, such as {"de": {"Sources": "Literatur"}}'
    if not isinstance(value, Mapping):
        return expected
    if (problem := check_languages(list(value))) and "; " in problem:
        return f"{expected}; {problem.partition('; ')[2]}"
    texts = (texts for texts in value.values() if isinstance(texts, Mapping))
    strings = [isinstance(text, str) and text for words in texts for text in (*words, *words.values())]
    return None if all(strings) and all(isinstance(words, Mapping) for words in value.values()) else expected


def check_rules(value: Any) -> str | None:
    is_list = isinstance(value, list) and all(isinstance(name, str) for name in value)
    return None if is_list else 'a list of rules of “fleuron check”, such as ["unused-entry"]'


def check_style_sheets(value: Any) -> str | None:
    is_list = isinstance(value, list) and all(isinstance(name, str) and name.endswith(".css") for name in value)
    return None if is_list else 'a list of CSS files of the publication, such as ["_static/pdf.css"]'


def check_boolean(value: Any) -> str | None:
    return None if isinstance(value, bool) else "True or False"


def check_share(value: Any) -> str | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return None if is_number and 0 <= value <= 1 else "a number from 0 to 1, such as 0.9"


def one_of(*values: str) -> Callable[[Any], str | None]:
    """Return the check of an option that has one of a few values."""
    expected = " or ".join(f'"{value}"' for value in values)
    return lambda value: None if value in values else expected + did_you_mean(str(value), values)
