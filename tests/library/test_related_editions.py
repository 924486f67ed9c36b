"""The other editions of an article that a record can link."""

from __future__ import annotations

from dataclasses import replace

from fleuron.metadata.related_editions import RelatedEdition, original_of, other_editions, translations_of
from fleuron.metadata.work import Translation
from tests.support.article_works import IN_TURKISH, PAGE, RUSSIAN, TURKISH, WHOLE
from tests.support.library_articles import FROM_PERSIAN, IN_PERSIAN


def test_the_original_is_the_edition_in_its_language() -> None:
    work = replace(IN_TURKISH, translations=(RUSSIAN, Translation("en", PAGE)))
    assert original_of(work) == RelatedEdition("en", address=PAGE)
    assert translations_of(work) == []
    assert original_of(WHOLE) is None
    assert original_of(replace(work, translations=(RUSSIAN,))) is None


def test_each_other_edition_is_listed_once() -> None:
    listed = (TURKISH, Translation("tr", PAGE), Translation("en", PAGE), RUSSIAN)
    assert [one.language for one in translations_of(replace(WHOLE, translations=listed))] == ["tr", "ru"]


def test_a_valid_doi_suffices_without_an_address() -> None:
    there = replace(IN_PERSIAN, translations=(Translation("ru", "../ru/delta.html"),))
    assert list(other_editions(there, [FROM_PERSIAN])) == [RelatedEdition("ru", doi="10.5555/ru", work=FROM_PERSIAN)]
    assert list(other_editions(there, [replace(FROM_PERSIAN, doi="doi:x")])) == []
    assert list(other_editions(there)) == []
