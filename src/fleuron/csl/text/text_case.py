"""Change the case of runs (CSL 1.0.2, “Text-case”) by the rules of each text's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from fleuron.csl.text.runs import Mark, Run, Span, Text
from fleuron.csl.vocabulary import STOP_WORDS

DOTTED_I = ("tr", "az", "crh", "kk-latn", "tt-latn")
WORD = re.compile(r"[^\s/—–“”‘’«»\"'()\[\]{}:;,.!?]+(?:[’'.](?=\w)[^\s/—–“”‘’«»\"'()\[\]{}:;,.!?]+)*")
VERSUS = re.compile(r"\bvs?\.\s+$")
ELIDED = re.compile("d[’']")
SENTENCE_END = re.compile(r"[:?!.]\W*$|—$")
# Spans in which the case of an item's text is never changed.
KEEPS_CASE = (Mark.NO_CASE, Mark.SUPERSCRIPT, Mark.SUBSCRIPT, Mark.SMALL_CAPS, Mark.NO_DECOR)


@dataclass(slots=True)
class Letter:
    """One character of a tree of runs, its language, and whether its case may be changed."""

    character: str
    language: str
    changeable: bool


def has_dotted_i(language: str) -> bool:
    """Return whether a language has a dotted and a dotless i, as Turkish has."""
    return language.lower().split("-")[0] in DOTTED_I or language.lower() in DOTTED_I


def upper(text: str, language: str) -> str:
    """Convert a text to upper case; in Turkish, i becomes İ."""
    return (text.replace("i", "İ") if has_dotted_i(language) else text).upper()


def lower(text: str, language: str) -> str:
    """Convert a text to lower case; in Turkish, I becomes ı, and İ becomes i without a combining dot."""
    if has_dotted_i(language):
        text = text.replace("I", "ı").replace("İ", "i")
    return text.replace("İ", "i").lower()


def letters_of(runs: Iterable[Run], language: str, changeable: bool = True) -> Iterator[Letter]:
    """Yield the letters of a tree of runs."""
    for run in runs:
        if isinstance(run, Text):
            own = run.language if run.field else language
            for character in run.text:
                yield Letter(character, own, changeable)
        else:
            keeps_case = run.mark in KEEPS_CASE and run.from_item
            yield from letters_of(run.runs, language, changeable and not keeps_case)


def rebuild_runs(runs: Sequence[Run], letters: Iterator[Letter]) -> tuple[Run, ...]:
    """Return the runs with their characters replaced by those of ``letters``, in order."""
    new: list[Run] = []
    for run in runs:
        if isinstance(run, Text):
            characters = "".join(next(letters).character for _ in run.text)
            new.append(Text(characters, run.field, run.language))
        else:
            new.append(Span(run.mark, rebuild_runs(run.runs, letters), run.value, run.from_item))
    return tuple(new)


def change_letter(letter: Letter, by: Callable[[str, str], str]) -> None:
    """Change the case of a letter if that is allowed."""
    if letter.changeable:
        letter.character = by(letter.character, letter.language)


def lowercase(letters: list[Letter]) -> None:
    """Convert to lower case."""
    for letter in letters:
        change_letter(letter, lower)


def uppercase(letters: list[Letter]) -> None:
    """Convert to upper case."""
    for letter in letters:
        change_letter(letter, upper)


def capitalize_first(letters: list[Letter]) -> None:
    """Capitalise the first letter, unless its word has a capital later (“iPhone”) or begins with a digit (“2-е”)."""
    text = to_string(letters)
    for match in re.finditer(r"[^\W_]", text):
        if match[0].isalpha() and letters[match.start()].changeable:
            word = re.match(r"\w+", text[match.start() :])
            if word and word[0][1:].lower() == word[0][1:]:
                change_letter(letters[match.start()], upper)
        return


def capitalize_all(letters: list[Letter]) -> None:
    """Capitalise each word that is in lower case."""
    for match in re.finditer(r"(?<![\w’'])[^\W\d_]\w*", to_string(letters)):
        if match[0] == match[0].lower():
            change_letter(letters[match.start()], upper)


def all_capitals(letters: list[Letter]) -> bool:
    """Return whether the text is in capitals."""
    text = to_string(letters)
    return text == text.upper() and text != text.lower()


def sentence(letters: list[Letter]) -> None:
    """Capitalise the first word; convert a text in capitals to lower case first."""
    if all_capitals(letters):
        lowercase(letters)
    capitalize_first(letters)


def title(letters: list[Letter]) -> None:
    """Apply English title case: capitalise words in lower case, except stop words and single letters.

    The first and the last word are capitalised even if they are stop words, as in citeproc-js, and so is a word after a
    colon, question mark, exclamation mark or full stop, but not after the “v.” of two parties.
    """
    text = to_string(letters)
    words = list(WORD.finditer(text))
    for number, word in enumerate(words):
        before = text[: word.start()]
        first = number == 0 or bool(SENTENCE_END.search(before.rstrip("“‘\"' ")) and not VERSUS.search(before))
        dashed = text[word.start() - 1 : word.start()] == "—"
        last = number == len(words) - 1
        if word[0].lower() in STOP_WORDS and ((not first and not last) or dashed):
            continue
        if not first and (len(word[0]) == 1 or ELIDED.match(word[0])):
            continue
        parts = re.split(r"(-)", word[0])
        start = word.start()
        for place, part in enumerate(parts):
            ends = last and place == len(parts) - 1
            small = part == part.lower() and (part not in STOP_WORDS or ends)
            if part[:1].isalpha() and ((place == 0 and part == part.lower()) or (small and len(part) > 1)):
                change_letter(letters[start], upper)
            start += len(part)


def to_string(letters: Sequence[Letter]) -> str:
    """Return letters as a string in which each has exactly one character."""
    return "".join(letter.character if len(letter.character) == 1 else letter.character[0] for letter in letters)


CASES: dict[str, Callable[[list[Letter]], None]] = {
    "lowercase": lowercase,
    "uppercase": uppercase,
    "capitalize-first": capitalize_first,
    "capitalize-all": capitalize_all,
    "sentence": sentence,
    "title": title,
}


def apply_text_case(runs: Sequence[Run], case: str, language: str, *, english: bool) -> tuple[Run, ...]:
    """Change the case of runs; ``language`` is that of texts that do not come from an item.

    ``english`` is whether the item is in English: title case applies to English only.
    """
    if case not in CASES or (case == "title" and not english) or not runs:
        return tuple(runs)
    letters = list(letters_of(runs, language))
    CASES[case](letters)
    return rebuild_runs(runs, iter(letters))
