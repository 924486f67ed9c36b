"""Decide whether a text ends a sentence; the full stop of an abbreviation (“cf.”, “bkz.”, “см.”, “vgl.”) does not."""

from __future__ import annotations

import re
import unicodedata

from fleuron.csl.vocabulary import split_words

# A mark that ends a sentence, in any script, and the quotation marks and brackets that may close after it.
END = re.compile(r"[.!?…؟۔。！？]+[”’»“\"')\]]*\s*$")
LAST_WORD = re.compile(r"([^\s(\[{«“„\"'—–/]+?)\.[”’»“\"')\]]*\s*$")
# Abbreviations that stand before what they introduce, so that no sentence ends with them.
INTRODUCING = frozenset(
    split_words(
        # English, Latin
        "cf cfr cp viz vid vide sc scil e.g i.e esp espec incl excl ed eds trans transl tr vol vols nos p pp ch chap "
        "chs fig figs fn nn n.b nb ca sec sect st mr mrs ms dr prof al q.v s.v s.vv ap apud mss "
        # Turkish, Azerbaijani
        "bkz bk krş krs örn orn msl ör çev çvr haz hzl der derl nşr nşre akt aktr ss sy yay doç bax müq "
        # Russian, Ukrainian, Bulgarian, Serbian, Kazakh
        "см ср напр цит ред пер сост подг отв вст стр гл ст прим примеч рис табл проф акад див вж срв уп нпр қар "
        # Persian, Arabic, Hebrew
        "نک ن.ک رک ر.ک قس بنگ نگ صص راجع עמ ראו השוו "
        # German, Dutch, Scandinavian
        "vgl s.a s.o s.u z.b bzw sog zit hrsg hg bd bde nr anm abb kap bes d.h u.a ders dies jfr jf bijv blz "
        # French, Italian, Spanish, Portuguese
        "ex par.ex p.ex éd éds trad ej p.ej véase "
        # Polish, Czech, Hungarian, Greek
        "por zob np m.in srov např vö ld βλ πρβ πβ σσ "
    )
)


def ends_sentence(text: str) -> bool:
    """Return whether a text ends with the end of a sentence."""
    if END.search(text) is None:
        return False
    last = LAST_WORD.search(text)
    return last is None or not introduces(last[1])


def introduces(word: str) -> bool:
    """Return whether a word before a full stop is an initial, or an abbreviation that introduces what follows."""
    bare = unicodedata.normalize("NFC", word.casefold().replace("i\u0307", "i"))
    return (len(bare) == 1 and bare.isalpha()) or bare in INTRODUCING
