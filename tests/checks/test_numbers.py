"""Numbers and dates of translations: what languages write in their own ways is the same, and what is not is found."""

from __future__ import annotations

import pytest

from fleuron.checks.numbers.comparison import Difference, NumberText, difference

# The language and words of a source, and of its translation.
SAME = (
    ("en", "18 November 1907", "ru", "18 ноября 1907"),
    ("en", "18 November 1907", "tr", "18 Kasım 1907"),
    ("en", "18 November 1907", "fa", "۱۸ نوامبر ۱۹۰۷"),
    ("en", "18 November 1907", "fa", "۲۷ آبان ۱۲۸۶"),
    ("en", "On 7 November 1917 it", "ru", "25 октября (7 ноября) 1917 года"),
    ("en", "in the 19th century", "ru", "в XIX веке"),
    ("en", "in the 19th century", "tr", "19. yüzyılda"),
    ("en", "the nineteenth century", "tr", "19. yüzyıl"),
    ("en", "in the 19th century", "fa", "در قرن نوزدهم"),
    ("en", "in the 21st century", "fa", "در قرن بیست و یکم"),
    ("en", "in the 21st century", "de", "im einundzwanzigsten Jahrhundert"),
    ("en", "in 1,234 houses", "ru", "в 1234 домах"),
    ("en", "in 1,234 houses", "tr", "1.234 evde"),
    ("en", "1,500,000 men", "ru", "1,5 миллиона"),
    ("en", "12,300.5 km", "de", "12.300,5 km"),
    ("en", "12,300.5 km", "fr", "12\u202f300,5 km"),
    ("en", "12,300 km", "ar", "١٢٬٣٠٠ كم"),
    ("en", "3.5 per cent", "fa", "۳٫۵ درصد"),
    ("en", "the 1960s", "tr", "60’lı yıllar"),
    ("en", "the 1960s", "ru", "шестидесятые годы"),
    ("en", "the sixties", "tr", "1960’lar"),
    ("en", "1914–18", "ru", "1914–1918"),
    ("en", "pp. 123–7", "tr", "s. 123–127"),
    ("en", "at 3 p.m.", "tr", "saat 15.00’te"),
    ("en", "at 11:30", "tr", "11.30’da"),
    ("en", "11/18/1907", "ru", "18.11.1907"),
    ("en", "On 5 May it", "de", "Am 5. Mai"),
    ("en", "On 5 May 2020", "ru", "05.05.2020"),
    ("en", "two of the 5 men", "tr", "5 kişiden ikisi"),
    ("en", "two of the 5 men", "tr", "beş kişiden 2’si"),
    ("en", "World War II", "tr", "2. Dünya Savaşı"),
    ("en", "Louis XIV", "tr", "14. Louis"),
    ("en", "sixty per cent", "tr", "%60"),
    ("en", "60 per cent", "ru", "шестьдесят процентов"),
    ("en", "the 1800s", "tr", "19. yüzyıl"),
    ("en", "in May 1914 and March 1917", "ru", "в мае 1914 и марте 1917"),
    ("en", "a hundred and twenty", "tr", "120"),
    ("en", "25 men", "ru", "двадцать пять человек"),
    ("en", "in 1967", "fa", "در ۱۳۴۶"),
    ("en", "In 1967 it", "ar", "في عام 1387 هـ (1967 م)"),
    ("en", "18th of June, 1815", "fr", "le 18 juin 1815"),
    ("en", "June 18, 1815", "ar", "18 يونيو 1815"),
    ("en", "1st", "fr", "1er"),
    ("en", "On 18 November 1907, 1,250 people", "zh", "1907年11月18日，1250人"),
    ("en", "in the 19th century", "zh", "在19世纪"),
    ("en", "in the nineteenth century", "zh", "在十九世纪"),
    ("en", "twenty-five men", "zh", "25人"),
    ("en", "25 men", "ja", "二十五人"),
    ("en", "On 18 November 1907", "ja", "1907年11月18日に"),
    ("en", "On 18 November 1907", "pt-BR", "Em 18 de novembro de 1907"),
    ("en", "1,250.5 km", "pt-BR", "1.250,5 km"),
    ("en", "in the 19th century", "pt-BR", "no século XIX"),
    ("en", "On 18 November 1907", "pl", "18 listopada 1907 r."),
    ("en", "in the 1960s", "pl", "w latach 60. XX wieku"),
    ("en", "On 18 November 1907", "sr-Latn", "18. novembra 1907."),
    ("en", "on 18 November 1907", "uk", "18 листопада 1907 року"),
    ("en", "twenty-first century", "uk", "XXI століття"),
    ("en", "1.5 million", "zh-Hant", "150萬"),
    ("en", "1.5 million", "ja", "150万"),
    ("en", "100,000 men", "zh", "10万人"),
    ("en", "two million", "fa", "۲ میلیون"),
    ("tr", "18 Kasım 1907’de 1.250 kişi", "en", "On 18 November 1907, 1,250 people"),
    ("tr", "19. yüzyılda", "en", "in the nineteenth century"),
    ("tr", "%60", "en", "sixty per cent"),
    ("ru", "в XIX веке", "en", "in the 19th century"),
    ("ru", "в 1960-е годы", "en", "in the sixties"),
    ("fa", "در ۲۶ آبان ۱۲۸۶", "en", "On 18 November 1907"),
    ("fa", "در سال ۱۳۴۶", "en", "In 1967 (1346)"),
    ("fa", "قرن نوزدهم", "en", "19th century"),
    ("en", "from 5 to 10 May 1921", "ru", "с 5 по 10 мая 1921 года"),
    ("en", "in May 1921", "tr", "Mayıs 1921’de"),
    ("en", "The Second World War (1939–45)", "de", "Der Zweite Weltkrieg (1939–1945)"),
    ("en", "Chapter 3, section 2.4", "tr", "3. bölüm, 2.4. kısım"),
    ("en", "at 7.30 a.m.", "de", "um 7.30 Uhr"),
    ("en", "twice as many, 40", "ru", "вдвое больше, 40"),
    ("en", "COVID-19 and G20", "tr", "COVID-19 ve G20"),
    ("en", "a 25-year-old", "tr", "25 yaşında"),
    ("en", "the mid-19th century", "ar", "منتصف القرن التاسع عشر"),
    ("en", "in 1325 AH (1907)", "ar", "سنة ١٣٢٥ هـ (١٩٠٧ م)"),
    ("en", "a hundred pages", "ru", "100 страниц"),
    ("en", "half of them", "ru", "50 % из них"),
    ("en", "fifty-fifty", "tr", "yarı yarıya"),
    ("en", "24 hours", "fr", "vingt-quatre heures"),
    ("en", "80 houses", "fr", "quatre-vingts maisons"),
    ("en", "95 houses", "fr", "quatre-vingt-quinze maisons"),
    ("en", "72 houses", "fr", "soixante-douze maisons"),
    ("en", "30 years", "es", "treinta años"),
    ("en", "15 men", "tr", "on beş kişi"),
    ("en", "19 men", "tr", "on dokuz kişi"),
    ("en", "300 men", "ru", "триста человек"),
    ("en", "500 men", "ru", "пятьсот человек"),
    ("en", "200 men", "de", "zweihundert Mann"),
    ("en", "200 men", "fa", "دویست نفر"),
    ("en", "500 men", "tr", "beş yüz kişi"),
    ("en", "2000 men", "ru", "две тысячи человек"),
    ("en", "October 1917", "fa", "مهر ۱۲۹۶"),
    ("en", "No. 1,234", "fr", "n° 1234"),
    ("en", "1/2 of 30", "tr", "30’un yarısı"),
    ("en", "$5.00 and $10", "ru", "5 и 10 долларов"),
)
# English words, and the language and words of a translation with another number.
DIFFERENT = (
    ("18 November 1907", "ru", "18 октября 1907"),
    ("18 November 1907", "tr", "18 Kasım 1970"),
    ("5 km", "tr", "6 km"),
    ("5 km", "tr", "50 km"),
    ("1,234 men", "ru", "1,234 человека"),
    ("3.5 %", "tr", "35 %"),
    ("in 1914 it", "tr", "başladı"),
    ("it began", "tr", "1914’te başladı"),
    ("the 19th century", "ru", "XVIII век"),
    ("25 men", "ru", "двадцать человек"),
    ("12 May", "fa", "۱۲ ژوئن"),
    ("18 November 1907", "fa", "۱۹ نوامبر ۱۹۰۷"),
    ("between 1914 and 1918", "de", "zwischen 1914 und 1919"),
)


@pytest.mark.parametrize(("source_language", "source", "language", "translation"), SAME)
def test_what_a_language_writes_in_its_own_way_is_the_same(
    source_language: str, source: str, language: str, translation: str
) -> None:
    found = difference(NumberText(source, source_language), NumberText(translation, language))
    assert found == Difference()


@pytest.mark.parametrize(("source", "language", "translation"), DIFFERENT)
def test_another_number_is_found(source: str, language: str, translation: str) -> None:
    assert difference(NumberText(source, "en"), NumberText(translation, language)) != Difference()
