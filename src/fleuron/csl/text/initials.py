"""Find the letter of an alphabet under which a term is listed."""

from __future__ import annotations

import unicodedata

from fleuron.csl.text.collation import collation_key
from fleuron.csl.text.text_case import upper


def initial(term: str, language: str) -> str:
    """Return the letter under which a term is listed: a capital without diacritics, except letters of the alphabet."""
    letter = next((character for character in term if character.isalpha()), "")
    if not letter or not term.lstrip("“«‘\"'(")[:1].isalpha():
        return " "
    capital = upper(letter, language)
    bare = unicodedata.normalize("NFD", capital)[0]
    # “Ç” is a letter of its own in Turkish, and an accented C in French; the language's sort order shows which.
    is_own_letter = collation_key(capital, language)[:1] != collation_key(bare, language)[:1]
    return capital if is_own_letter else bare
