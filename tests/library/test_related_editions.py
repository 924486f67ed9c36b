"""The editions of an article, by what links them."""

from __future__ import annotations

from dataclasses import replace

from fleuron.metadata.related_editions import Relative, original, others, translations
from fleuron.metadata.work import Translation
from tests.support.article_works import IN_TURKISH, PAGE, RUSSIAN, TURKISH, WHOLE
from tests.support.library_articles import FROM_PERSIAN, IN_PERSIAN


def test_the_original_is_the_edition_in_its_language() -> None:
    work = replace(IN_TURKISH, translations=(RUSSIAN, Translation("en", PAGE)))
    assert original(work) == Relative("en", address=PAGE)
    assert translations(work) == []
    assert original(WHOLE) is None
    assert original(replace(work, translations=(RUSSIAN,))) is None


def test_each_other_edition_is_one() -> None:
    listed = (TURKISH, Translation("tr", PAGE), Translation("en", PAGE), RUSSIAN)
    assert [one.language for one in translations(replace(WHOLE, translations=listed))] == ["tr", "ru"]


def test_a_doi_will_do_without_an_address_if_it_is_one() -> None:
    there = replace(IN_PERSIAN, translations=(Translation("ru", "../ru/delta.html"),))
    assert list(others(there, [FROM_PERSIAN])) == [Relative("ru", doi="10.5555/ru", work=FROM_PERSIAN)]
    assert list(others(there, [replace(FROM_PERSIAN, doi="doi:x")])) == []
    assert list(others(there)) == []
