"""Pages of policies from templates: each edition has them in its language, or in English that is marked as such."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from fleuron.authoring.policies import POLICIES, make_policies, messages, page_text, template_in
from fleuron.authoring.template_files import filled_in
from fleuron.publish.settings import CommandError, read_settings
from tests.support.publications import SMALL, Maker, run_in_process, text_of

TRANSLATED = ("tr", "ru", "fa")
IN_GERMAN = SMALL["conf.py"].replace('["en", "tr"]', '["de", "tr", "fa"]').replace("Small", 'A \\"Small\\" Review')


@pytest.mark.parametrize("name", POLICIES)
def test_a_template_says_the_same_in_each_language(name: str) -> None:
    english = messages(filled_in(template_in("en", name), title="The Review"))
    assert len(english) > 4 and any("The Review" in each for each in english) and any("[" in each for each in english)
    for language in TRANSLATED:
        translated = messages(filled_in(template_in(language, name), title="The Review"))
        assert len(translated) == len(english), language
        for one, other in zip(english, translated, strict=True):
            assert one != other
            for sign in "[]:":
                assert one.count(sign) == other.count(sign) or sign == ":", (language, other)
            assert one.count("The Review") == other.count("The Review"), (language, other)


def test_each_edition_has_the_pages_in_its_language(make: Maker) -> None:
    publication = make({"conf.py": IN_GERMAN})
    made = run_in_process(["policy", "--source", str(publication.source)])
    assert made.code == 0 and "pages/preservation.md" in made.output, made.output
    result = publication.publish("html", options="-W --keep-going")
    assert result.code == 0, result.output
    for language in ("tr", "fa"):
        for name in POLICIES:
            main = publication.page(language, f"pages/{name}").xpath("//main")[0]
            shown = text_of(main).replace("’", "'")
            expected = filled_in(template_in(language, name), title='A "Small" Review').splitlines()
            words = [line.lstrip("#- ") for line in expected if line and '"' not in line]
            assert [line for line in words if line.replace("’", "'") not in shown] == []
    german = publication.page("de", "pages/corrections")
    paragraphs = [each for each in german.xpath("//main//article//*[self::p or self::ul]") if text_of(each)]
    assert {str(each.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")) for each in paragraphs} == {"en"}
    menu = [text_of(each) for each in german.xpath("//footer//a")]
    assert {"Corrections and retractions", "Preservation"} <= set(menu)


def test_what_exists_is_not_written_again_and_one_page_may_be_made(make: Maker) -> None:
    publication = make({"conf.py": SMALL["conf.py"], "pages/corrections.md": "# Ours\n\nOurs.\n"})
    settings = read_settings(publication.source)
    with pytest.raises(CommandError, match=r"corrections\.md exists already"):
        make_policies(settings, list(POLICIES))
    assert not (publication.source / "pages/editorial.md").exists()
    written = [path.relative_to(publication.source).as_posix() for path in make_policies(settings, ["preservation"])]
    assert written == ["pages/preservation.md", "locale/tr/LC_MESSAGES/pages/preservation.po"]
    with Path(publication.source, written[1]).open("rb") as stream:
        catalogue = read_po(stream)
    assert [str(each.id) for each in catalogue if each.id] == messages(page_text(settings, "preservation"))
    wrong = run_in_process(["policy", "preservaton", "--source", str(publication.source)])
    assert wrong.code == 1 and "did you mean “preservation”?" in wrong.output
