"""Report translations that are the words of their source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fleuron.checks.rule import Rule
from fleuron.checks.sources import Message, Sources
from fleuron.checks.violation import Level, Violation
from fleuron.notes.scripts import script_of, script_of_language
from fleuron.publication.language_tags import primary_language

WORD = re.compile(r"[^\W\d_]+")
# What is within the name of a file, an address or an identifier, and not within a word.
NAME = re.compile(r"\w[./@_:]+\w|^/")
# Words that a sentence or a title of a language has, and a name or a title in another language has not.
GRAMMAR = {
    "en": "the of and to is are was were with for that this from by it its as on at which has have not how why",
    "tr": "ve bir bu ile için olarak da de ki gibi daha çok olan değil nasıl neden",
    "de": "der die das und den dem des ein eine ist war mit von für zu auf nicht wie",
    "fr": "le la les et des du une est dans que qui pour sur avec par au aux",
    "es": "el la los las y del una es en que para con por al como",
    "ru": "и в не на с что как из по для от к о это",
}
FEWEST_WORDS, LONGEST_TERM = 3, 6


def find(sources: Sources) -> Iterator[Violation]:
    for message in sources.messages:
        if message.source.text.source.strip() == message.translation.text.source.strip() and is_prose(message):
            yield message.translation.text.violation(
                0, "the translation has the words of the source; translate it, or leave it empty until it is translated"
            )


def is_prose(message: Message) -> bool:
    """Return whether a message has words to translate: not a name, a number, nor a title in another language."""
    source, language = message.source.text.language, message.translation.text.language
    own = script_of_language(source)
    texts = (each for each in message.source.upright.split() if not NAME.search(each))
    words = [word for text in texts for word in WORD.findall(text) if script_of(word) in (own, "")]
    small = [word for word in words if word[0].islower() or not has_cases(word)]
    grammar = GRAMMAR.get(primary_language(source), "").split()
    is_grammatical = any(word.casefold() in grammar for word in words)
    if script_of_language(language) != own:
        # In its own script, one long word is enough; short ones may be Latin, “ibid.”, or a name.
        return is_grammatical or any(len(word) >= LONGEST_TERM for word in small)
    return is_grammatical and len(words) >= FEWEST_WORDS and len(small) >= FEWEST_WORDS - 1


def has_cases(word: str) -> bool:
    return word.lower() != word.upper()


RULE = Rule(
    "unchanged-translation",
    Level.WARNING,
    "A translation is not the text of its source. Names, numbers, code, formulas, emphasised titles and single words "
    "of the same script may stay as they are.",
    find,
)
