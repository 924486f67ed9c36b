"""Turkish words are divided as in the spelling guide of the Turkish Language Association."""

from __future__ import annotations

import pyphen
import pytest

from fleuron.paged.layout import hyphenation

# As in Yazım Kılavuzu, “Hece Yapısı ve Satır Sonunda Kelimelerin Bölünmesi”, and by its rules. One letter
# alone stands at no line's end or start: müdafaa and uçurtma are not parted before or after it.
WORDS = """
ara-ba bi-çi-mi-ne in-sa-nın ka-ra-ca al-dı bir-lik sev-mek alt-lık Türk-çe kork-mak band-rol kont-rol port-re
prog-ram sant-ral sürp-riz tund-ra volf-ram elekt-rik ba-şöğ-ret-men il-ko-kul Ka-ra-os-ma-noğ-lu bay-ram sa-at
şi-ir mü-da-faa uçurt-ma dağ-lar-da öğ-ret-men-le-ri-miz yağ-mur ağaç-lar dip-not kay-nak-ça hü-kü-met-le-rin
Af-ga-nis-tan ko-ri-dor coğ-raf-ya te-le-viz-yon ta-rih-çi kâ-ğıt hi-kâ-ye İs-tan-bul İN-Gİ-LİZ IS-PAR-TA TÜR-Kİ-YE
Tür-ki-ye’nin Tür-ki-ye'nin Edir-ne’nin Mos-ko-va’da-ki İs-tan-bul’dan
""".split()  # noqa: SIM905 (to be read as words)


@pytest.mark.parametrize("parted", WORDS)
def test_a_word_is_divided_by_its_syllables(parted: str) -> None:
    hyphenation.register()
    assert pyphen.Pyphen(lang="tr", left=2, right=2).inserted(parted.replace("-", "")) == parted


def test_a_turkish_text_is_hyphenated_also_with_a_region_in_its_tag() -> None:
    hyphenation.register()
    assert pyphen.language_fallback("tr-TR") == "tr"


def test_other_languages_are_hyphenated_as_before() -> None:
    hyphenation.register()
    assert pyphen.Pyphen(lang="ru").inserted("границами") == "гра-ни-ца-ми"
