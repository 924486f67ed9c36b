"""What commands change in an author's files: one entry of a table of contents, one value of a setting, and no more."""

from __future__ import annotations

import pytest

from fleuron.authoring.contents_lines import with_entry
from fleuron.authoring.language_choice import chosen_language
from fleuron.authoring.new_files import file_name_for
from fleuron.authoring.settings_file import with_value
from fleuron.publish.settings import CommandError

CONTENTS = (
    "# A\n\n```{toctree}\n:caption: B\n\narticles/one\nTwo <articles/two.md>\n```\n\n:::{toctree}\nauthors/ada\n:::\n"
)


@pytest.mark.parametrize(
    ("text", "document", "changed"),
    [
        (CONTENTS, "articles/new", CONTENTS.replace("two.md>\n", "two.md>\narticles/new\n")),
        (CONTENTS, "authors/new", CONTENTS.replace("authors/ada\n", "authors/ada\nauthors/new\n")),
        (CONTENTS, "articles/two", CONTENTS),
        (CONTENTS, "pages/new", None),
        ("```{toctree}\n:glob:\n\narticles/*\n```\n", "articles/new", "```{toctree}\n:glob:\n\narticles/*\n```\n"),
        ("```{toctree}\n  articles/one\n```", "articles/new", "```{toctree}\n  articles/one\n  articles/new\n```"),
        ("articles/one\n", "articles/new", None),
    ],
)
def test_an_entry_stands_after_the_last_of_its_folder(text: str, document: str, changed: str | None) -> None:
    assert with_entry(text, document) == changed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('names = ["en"]  # ş, "fa"\n', 'names = ["en", "fa"]  # ş, "fa"\n'),
        ("names = [\n    'ş',\n    'tr',\n]\nx = 1\n", "names = [\n    'ş',\n    'tr', \"fa\",\n]\nx = 1\n"),
        ('x = "ş"; names = ["ş"]\r\n', 'x = "ş"; names = ["ş", "fa"]\r\n'),
        ('names = ["en"] + more\n', None),
        ('names = ["en", more]\n', None),
        ('names = ["en"]\nnames.append("tr")\n', None),
        ('if x:\n    names = ["en"]\n', None),
        ("names = []\n", None),
        ("names = [\n", None),
    ],
)
def test_a_value_is_added_to_a_plain_list_and_to_no_other(before: str, after: str | None) -> None:
    assert with_value(before, "names", "fa") == after


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("История Афганистана. XX век", "istoriya-afganistana-xx-vek"),
        ("Şimşir’in “ışığı”", "simsir-in-isigi"),
        ("افغانستان", "fghnstn"),
        ("a" * 70, "a" * 60),
        ("word " * 20, "-".join(["word"] * 12)),
    ],
)
def test_files_are_named_after_titles_in_any_script(title: str, name: str) -> None:
    assert file_name_for(title) == name


@pytest.mark.parametrize(("word", "tag"), [("tr", "tr"), ("pt_br", "pt-BR"), ("zh-hant", "zh-Hant"), ("TR", "tr")])
def test_a_tag_is_written_as_bcp_47_has_it(word: str, tag: str) -> None:
    assert chosen_language(word) == tag


@pytest.mark.parametrize(
    ("word", "hint"), [("persian", "“fa”"), ("Turkish", "“tr”"), ("rusian", "“ru”"), ("x", "a tag")]
)
def test_what_is_no_tag_is_answered_with_one(word: str, hint: str) -> None:
    with pytest.raises(CommandError, match=hint):
        chosen_language(word)
