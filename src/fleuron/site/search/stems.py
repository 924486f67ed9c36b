"""Fold and stem words by the rules of their language, for the search index and for similar articles.

The same tables are used here and, written as JSON into the script of the search, in the reader's browser.
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

# A word: letters and digits of any script, with their combining marks. Python and JavaScript read it in the same
# way, but for the class of letters.
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
WORD = re.compile(rf"[\w{MARKS}]+")
# Combining marks on Latin letters only: й without its breve is another letter.
LATIN_MARKS = "([a-z\u00e6\u00f8\u0111\u0131\u0142\u0153])[\u0300-\u036f]+"

# Characters that only some authors write: soft hyphens, modifier letters of transliteration, Arabic vowels.
OPTIONAL = (*"\u00ad\u02be\u02bf\u02bb\u02bc\u0640", *map(chr, range(0x64B, 0x653)), "\u0670")
# Lower case in Turkic languages; in others, İ leaves a combining dot behind.
TURKIC = (("İ", "i"), ("I", "ı"))
AFTER_LOWER = {
    "ru": (("ё", "е"),),
    # Arabic and Persian keyboards write these letters with different code points.
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
    """Replacements that give the spellings of a word one form: those before lower-casing and those after."""

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]

    def fold(self, text: str) -> str:
        """Lower-case a text by the rules of its language; diacritics stay, because stemmers need them."""
        return replaced(replaced(unicodedata.normalize("NFC", text), self.before).lower(), self.after)

    def words(self, text: str) -> list[str]:
        """List the folded words of a text."""
        return WORD.findall(self.fold(text))


def replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def folding_of(language: str) -> Folding:
    """Return the folding of a language, given as its tag."""
    primary = re.split("[-_]", language)[0]
    optional = tuple((letter, "") for letter in OPTIONAL)
    before = TURKIC if primary in ("tr", "az") else ()
    return Folding((*optional, *before), (("i\u0307", "i"), *AFTER_LOWER.get(primary, ())))


def without_diacritics(word: str) -> str:
    """Remove diacritics from the Latin letters of a stem, so that Başaran is found as Basaran."""
    if word.isascii():
        return word
    letters = re.sub(LATIN_MARKS, r"\1", unicodedata.normalize("NFD", word))
    return replaced(unicodedata.normalize("NFC", letters), UNDECOMPOSED)


def stemmer_of(language: str) -> Callable[[list[str]], list[str]]:
    """Return a function that stems folded words of a language; without a stemmer for it, they stay as they are."""
    try:
        stemmer = Stemmer.Stemmer(re.split("[-_]", language)[0])
    except KeyError:
        return list
    return lambda words: [str(stem) for stem in stemmer.stemWords(words)]


def stem_counts(text: str, language: str, stopwords: Set[str] = frozenset()) -> dict[str, int]:
    """Count the stems of a text's words of three letters and more, without stop words, in alphabetical order."""
    folding = folding_of(language)
    ignored = {folding.fold(word) for word in stopwords} | set(FUNCTION_WORDS.get(language, "").split())
    counted = [word for word in folding.words(text) if is_counted(word) and word not in ignored]
    # One string object for a stem, in however many articles: thousands are kept in memory and written to the disk.
    return {sys.intern(stem): count for stem, count in sorted(Counter(stemmer_of(language)(counted)).items())}


def is_counted(word: str) -> bool:
    """Return whether a word has three letters or more, and no digit."""
    return len(word) >= 3 and not any(letter.isdigit() or letter == "_" for letter in word)
