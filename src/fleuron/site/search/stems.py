"""Folding and stemming: what of a word is left when it is looked up, for each language.

The same tables serve the press and, written as JSON beside the search, the reader's browser.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

import Stemmer

from fleuron.publication.document_names import UNDECOMPOSED

# A word: letters and figures of any script, with the marks that stand on them. Written so that Python
# and JavaScript read it alike, but for the class of letters.
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
WORD = re.compile(rf"[\w{MARKS}]+")
# Marks on letters of the Latin script alone: й without its breve is another letter.
LATIN_MARKS = "([a-z\u00e6\u00f8\u0111\u0131\u0142\u0153])[\u0300-\u036f]+"

# Written or not as an author likes: soft hyphens, the modifier letters of transliteration, Arabic vowels.
UNHEARD = (*"\u00ad\u02be\u02bf\u02bb\u02bc\u0640", *map(chr, range(0x64B, 0x653)), "\u0670")
# Lower case as Turkic languages have it; elsewhere İ leaves a mark behind.
TURKIC = (("İ", "i"), ("I", "ı"))
AFTER_LOWER = {
    "ru": (("ё", "е"),),
    # Keyboards of the two languages write these letters of Arabic and Persian one for the other.
    "fa": (("ي", "ی"), ("ك", "ک")),
}

# Function words of languages for which Sphinx has no list, folded.
FUNCTION_WORDS = {
    "tr": "ama ancak artık bana bazı belki ben beni benim bile bir biri biz bizim bunu bunun bunlar böyle bütün çok "
    "çünkü daha dahi değil diğer diye dolayı eğer fakat gibi göre hangi hatta hem henüz hep hepsi her hiç için "
    "ile ise işte kadar karşı kendi kendisi kez kim kimi mı nasıl neden nerede olan olarak oldu olduğu "
    "olduğunu olması olmak olsa olup olur onlar onu onun onların orada oysa pek rağmen sadece sanki sen siz "
    "sonra şey şimdi şöyle şu şunu tüm üzere üzerinde var veya yalnız yani yerine yine yok zaten arasında "
    "birlikte böylece dair ettiği etmek eden eder edilen kendine önce tarafından içinde başka birkaç bunların "
    "iki üç",
    "fa": "این آن است بود شد می های که از به در با برای را تا هم بر یک خود دیگر نیز اما اگر ولی یا هر همه باید شده کرد "
    "کند شود بودند هستند وی ما شما آنها چون چه چند پس پیش روی زیرا بین مورد درباره توسط باشد دارد داشت کردن ها ای",
}


@dataclass(frozen=True)
class Folding:
    """Replacements that make the spellings of a word one: before and after lower case."""

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]

    def fold(self, text: str) -> str:
        """Lower a text as its language does; marks that tell words apart stay, for stemmers need them."""
        return replaced(replaced(unicodedata.normalize("NFC", text), self.before).lower(), self.after)

    def words(self, text: str) -> list[str]:
        """List the folded words of a text."""
        return WORD.findall(self.fold(text))


def replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def folding_of(language: str) -> Folding:
    """Return how a language, given as its tag, folds."""
    primary = re.split("[-_]", language)[0]
    unheard = tuple((letter, "") for letter in UNHEARD)
    before = TURKIC if primary in ("tr", "az") else ()
    return Folding((*unheard, *before), (("i\u0307", "i"), *AFTER_LOWER.get(primary, ())))


def bare(word: str) -> str:
    """Take the marks from Latin letters, so that Başaran is found as Basaran; for stems alone."""
    if word.isascii():
        return word
    letters = re.sub(LATIN_MARKS, r"\1", unicodedata.normalize("NFD", word))
    return replaced(unicodedata.normalize("NFC", letters), UNDECOMPOSED)


def stemming_of(language: str) -> Callable[[list[str]], list[str]]:
    """Return what stems folded words of a language; without a stemmer for it, they stay as they are."""
    try:
        stemmer = Stemmer.Stemmer(re.split("[-_]", language)[0])
    except KeyError:
        return list
    return lambda words: [str(stem) for stem in stemmer.stemWords(words)]


def stem_counts(text: str, language: str, stopwords: Set[str] = frozenset()) -> dict[str, int]:
    """Count the stems of a text's words of three letters and more, without stop words, in the order of stems."""
    folding = folding_of(language)
    stopped = {folding.fold(word) for word in stopwords} | set(FUNCTION_WORDS.get(language, "").split())
    told = [word for word in folding.words(text) if is_telling(word) and word not in stopped]
    # One object for a stem, however many articles have it: they are kept, and written to the disk, by the thousand.
    return {sys.intern(stem): count for stem, count in sorted(Counter(stemming_of(language)(told)).items())}


def is_telling(word: str) -> bool:
    """Tell whether a word has three letters or more, and no figure."""
    return len(word) >= 3 and not any(letter.isdigit() or letter == "_" for letter in word)
