"""A message about a name that does not exist names the nearest one that does, whoever looks the name up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.publications import SMALL, Publication, Result

ARTICLE = """---
authors: [ada]
date: 2026-01-02
---
(first-part)=
# One

A role.{footcit}`roe2001` Its form.{footcite:tt}`roe2001` A key.{footcite}`roe2011`
A locator.{footcite}`roe2001{chp. 3}`

[A page](one.mdd), [a target](#frist-part), [words]{.language-persain}, {ref}`frist-part`, {doc}`oen`, {numref}`figg`,
{eq}`summ`, {term}`aparatus`, and a note.[^remrk]

```{figre} x.png
```

```{figure} ../_static/mpa.svg
:nmae: fig
:alt: A map
```

```{figure} ../_static/map.svg
:name: fig
:alt: A map

The caption.
```

```{glossary}
apparatus
    The notes.
```

$$a$$ (sum)

![A picture beside a text](oen.png)

[^remark]: A note.
"""
SOURCES = "@book{roe2001, author = {Roe, Jane}, title = {T}, publsher = {P}, year = 2001, langid = {englsh}}\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>A map</title></svg>'


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    publication = Publication(tmp_path_factory.mktemp("mistyped") / "source")
    files = {
        **SMALL,
        "index.md": SMALL["index.md"].replace("articles/one", "articles/one\narticles/tow"),
        "articles/one.md": ARTICLE,
        "articles/two.md": "---\nauthors: [aad]\ndaet: 2026-01-02\n---\n# Two\n\nText.\n",
        "authors/ada.md": "---\nname: Ada\nlang: trr\n---\nAda writes.\n",
        "refs.bib": SOURCES,
        "_static/map.svg": DRAWING,
        "conf.py": SMALL["conf.py"] + 'html_static_path = ["_statik"]\nhtml_logo = "_static/mpa.svg"\n',
    }
    for name, text in files.items():
        publication.write(name, text)
    return publication.publish("html", languages="en").output


@pytest.mark.parametrize(
    ("message", "nearest"),
    [
        ('role "footcit"', "footcite"),
        ('role "footcite:tt"', "footcite:t"),
        ("no source “roe2011” in the bibliography", "roe2001"),
        ("'one.mdd'", "one.md"),
        ("target not found: 'frist-part'", "first-part"),
        ("“language-persain” does not name a language", "language-fa"),
        ("undefined label: 'frist-part'", "first-part"),
        ("undefined label: 'figg'", "fig"),
        ("unknown document: 'oen'", "one"),
        ("equation not found: summ", "sum"),
        ("term not in glossary: 'aparatus'", "apparatus"),
        ("no note “[^remrk]:”", "remark"),
        ("Unknown directive type: 'figre'", "figure"),
        ("image file not readable: _static/mpa.svg", "_static/map.svg"),
        ("nonexisting document 'articles/tow'", "articles/two"),
        ("the author “aad” has no file in authors/", "ada"),
        ("unknown key “daet” in the front matter", "date"),
        ("the value must be a language tag, such as tr or pt-BR", "tr"),
        ("not a field of BibTeX or biblatex, and is not printed", "publisher"),
        ("html_static_path entry '_statik' does not exist", "_static"),
        ("logo file '_static/mpa.svg' does not exist", "_static/map.svg"),
        ("the language “englsh” is not known to babel or polyglossia", "english"),
    ],
)
def test_a_message_in_a_build_names_the_nearest(output: str, message: str, nearest: str) -> None:
    (line,) = (line for line in output.splitlines() if message in line)
    assert f"{message}; did you mean “{nearest}”?" in line


def test_no_text_is_named_for_a_picture(output: str) -> None:
    (line,) = (each for each in output.splitlines() if "articles/oen.png" in each)
    assert "did you mean" not in line


def test_a_text_whose_line_in_the_contents_is_mistyped_is_told_once(output: str) -> None:
    assert "articles/tow" in output
    assert "isn't included in any toctree" not in output


def test_an_option_of_a_directive_and_a_locator_are_named_too(output: str) -> None:
    (option,) = (line for line in output.splitlines() if "Unknown option key: 'nmae'" in line)
    assert option.endswith("); did you mean “name”? [myst.directive_option]")
    assert "“chp. 3” is not a valid locator or citation; write “chap. 3”" in output


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('fleuron_langauges = ["en"]', "no option “fleuron_langauges”; did you mean “fleuron_languages”?"),
        ('fleuron_languages = ["en", "trr"]', "“trr” is not the tag of a language; did you mean “tr”?"),
        ('fleuron_note_style = "opict"', "the style does not exist; did you mean “opcit”?"),
        ('fleuron_note_style = {"enn": "opcit"}', "did you mean “en”?"),
        ('fleuron_typefaces = {"txt": "X"}', "there is no “txt”; did you mean “text”?"),
        ('fleuron_imprint = {"lisence": "X"}', "there is no “lisence”; did you mean “license”?"),
        ('fleuron_imprint = {"isnb": "1"}', "there is no “isnb”; did you mean “isbn”?"),
        ('fleuron_folios = "volme"', "did you mean “volume”?"),
        ('fleuron_editors = ["aad"]', "has no file in authors/; did you mean “ada”?"),
        ('fleuron_words = {"trr": {"Sources": "X"}}', "“trr” is not the tag of a language; did you mean “tr”?"),
        ('fleuron_words = {"tr": {"Surces": "X"}}', "no text “Surces”; did you mean “Sources”?"),
        ('bibtex_bibfiles = ["refz.bib"]', "did you mean “refs.bib”?"),
        ('html_theme = "fleurno"', "no theme named 'fleurno' found; did you mean “fleuron”?"),
        ('extensions = ["fleuron", "sphinx.ext.graphvis"]', "did you mean “sphinx.ext.graphviz”?"),
        (
            'myst_enable_extensions = ["xyz", "colonfence"]',
            "myst_enable_extensions: there is no “colonfence”; did you mean “colon_fence”?; there is no “xyz”",
        ),
        ('extensions = ["fluron"]', '(“fluron” is mistyped): write extensions = ["fleuron"]'),
    ],
)
def test_a_message_about_conf_py_names_the_nearest(tmp_path: Path, setting: str, message: str) -> None:
    publication = Publication(tmp_path / "source")
    conf = 'project = "Small"\nextensions = ["fleuron"]\nfleuron_languages = ["en"]\n'
    for name, text in {**SMALL, "conf.py": f"{conf}{setting}\n", "refs.bib": SOURCES}.items():
        publication.write(name, text)
    result: Result = publication.publish("html", languages="en")
    assert result.code == 1
    assert message in result.output
