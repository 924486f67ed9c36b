"""``--untrusted`` refuses a conf.py that does more than assign values, and links that lead out of the folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fleuron.publish.untrusted_sources import check_untrusted, read_literals
from tests.support.publications import SMALL, Maker

GOOD = '''
"""The settings."""

from __future__ import annotations

# The languages.
LANGUAGES = ["en"] + ["tr"]
_NAME = "Small"
_SUBTITLE: str = "notes " "and " + "papers"
_SUBTITLE += "."
project = _NAME + ", " + _SUBTITLE
extensions = ["fleuron"]
extensions += ["myst_parser"]
fleuron_languages = LANGUAGES
fleuron_note_style = {"en": "opcit", "tr": "opcit"}
fleuron_epub_fonts = False
myst_heading_anchors = -1
locale_dirs = ("locale",)
bibtex_bibfiles = ["refs.bib", "more/../refs.bib"]
fleuron_pdf_css = ["_static/pdf.css"]
'''
# What a conf.py has in its second line, and what the message says.
CODE = [
    ("import os", "“import os” is code"),
    ("from os import path", "is code"),
    ("print('x')", "is code"),
    ("def setup(app):\n    pass", "is code"),
    ("class A:\n    pass", "is code"),
    ("for x in [1]:\n    y = x", "is code"),
    ("if True:\n    project = 'x'", "is code"),
    ("with x:\n    pass", "is code"),
    ("project = open('/etc/passwd').read()", "“open('/etc/passwd').read()” is code"),
    ("project = __import__('os').environ['HOME']", "is code"),
    ("project = f'{().__class__}'", "is code"),
    ("project = ''.join(['a'])", "is code"),
    ("project = [x for x in [1]]", "is code"),
    ("project = (lambda: 1)()", "is code"),
    ("project = 'a' * 9999999999", "is code"),
    ("project = 2 ** 99999999", "is code"),
    ("project = 'a' % 1", "is code"),
    ("project = unknown", "“unknown” is code"),
    ("project = {**{}}", "is code"),
    ("project = [*[1]]", "is code"),
    ("project = {[]: 1}", "unhashable"),
    ("project = 'a' + ['b']", "joins what is not"),
    ("(project := 'x')", "is code"),
    ("project, author = 'a', 'b'", "is code"),
    ("project.name = 'a'", "is code"),
    ("del project", "is code"),
    ("assert open('x')", "is code"),
    ("project: print('x') = 'y'", "is code"),
    ("a: int", "is code"),
    ("'a' 'b'.upper()", "is code"),
    ("project = (", "it cannot be read"),
    ("\0", "it cannot be read"),
    ("project = " + "(" * 5000 + ")" * 5000, "line"),
]
OPTIONS = [
    ('extensions = ["fleuron", "sphinx.ext.autodoc"]', "does not load the extension “sphinx.ext.autodoc”"),
    ('extensions = ["fleuron", "sphinx.ext.ifconfig"]', "does not load the extension"),
    ('extensions = ["fleuron", "sphinx.ext.intersphinx"]', "does not load the extension"),
    ('extensions = ["fleuron", "sphinx.ext.graphviz"]', "does not load the extension"),
    ('extensions = ["fleuron", "own"]', "does not load the extension “own”"),
    ('templates_path = ["_templates"]', "templates are code"),
    ('myst_heading_slug_func = "os.system"', "does not allow “myst_heading_slug_func”"),
    ('pygments_style = "own.Style"', "does not allow “pygments_style”"),
    ('html_theme_path = ["theme"]', "does not allow"),
    ('html_theme = "own"', "does not allow"),
    ('html_js_files = ["https://evil.example/x.js"]', "does not allow"),
    ('html_static_path = ["/etc/ssh"]', "does not allow"),
    ('html_extra_path = ["../.."]', "does not allow"),
    ('html_additional_pages = {"x": "x.html"}', "does not allow"),
    ('latex_elements = {"preamble": "x"}', "does not allow"),
    ('fleuron_pdf_executor = "dask"', "does not allow"),
    ('fleuron_pdf_scheduler = "tcp://10.0.0.5:1"', "does not allow"),
    ('fleuron_downloads = "/root"', "does not allow"),
    ("fleuron_untrusted = False", "does not allow"),
    ('bibtex_bibfiles = ["../refs.bib"]', "outside the publication’s folder"),
    ('bibtex_bibfiles = ["/etc/passwd"]', "outside the publication’s folder"),
    ('locale_dirs = ["../locale"]', "outside the publication’s folder"),
    ('fleuron_pdf_css = ["../pdf.css"]', "outside the publication’s folder"),
    ('fleuron_pages = "A4"', "did you mean “fleuron_page”?"),
    ('title = "x"', "write “_title” if it is not an option"),
]


def refusal(source: Path) -> str:
    """Return the message by which a publication is refused."""
    with pytest.raises(SystemExit) as refused:
        check_untrusted(source)
    return str(refused.value)


def test_a_conf_that_assigns_values_is_read_without_being_run(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(GOOD)
    check_untrusted(tmp_path)
    values = read_literals(GOOD.encode()).values
    assert values["project"] == "Small, notes and papers."
    assert values["extensions"] == ["fleuron", "myst_parser"]
    assert values["fleuron_languages"] == ["en", "tr"]
    expected: dict[str, object] = {}
    exec(GOOD, expected)  # what Sphinx would read
    assert values == {name: expected[name] for name in values}


@pytest.mark.parametrize(("code", "told"), [*CODE, *OPTIONS])
def test_any_other_conf_is_refused_at_its_line(tmp_path: Path, code: str, told: str) -> None:
    (tmp_path / "conf.py").write_text(f'"""Settings."""\n{code}\n')
    message = refusal(tmp_path)
    assert told in message, message
    assert message.startswith("fleuron: conf.py: ")
    assert told == "it cannot be read" or "line 2: " in message
    assert len(message.splitlines()) == 1


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("import os\nproject = 'x'\nprint(1)\n")
    assert [line.split(": ")[2] for line in refusal(tmp_path).splitlines()] == ["line 1", "line 3"]


def test_a_value_that_a_few_lines_double_is_refused(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("_a = 'aaaaaaaaaa'" + "\n_a = _a + _a" * 40)
    assert "line 15: this value has more than 100,000 letters" in refusal(tmp_path)


def test_links_that_lead_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "articles").mkdir(parents=True)
    (source / "conf.py").write_text('project = "x"\n')
    (source / "articles/a.md").write_text("# A\n")
    (source / "inside.md").symlink_to("articles/a.md")
    check_untrusted(source)
    (source / "refs.bib").symlink_to("/etc/passwd")
    (source / "locale").symlink_to(tmp_path)
    (source / "articles/gone.md").symlink_to("../../gone.md")
    (source / "articles/loop").symlink_to("loop")
    os.mkfifo(source / "articles/pipe.md")
    named = [line.split(": ")[1] for line in refusal(source).splitlines()]
    assert sorted(named) == ["articles/gone.md", "articles/loop", "articles/pipe.md", "locale", "refs.bib"]


def test_the_command_refuses_before_it_runs_anything(make: Maker, tmp_path: Path) -> None:
    publication = make({"conf.py": SMALL["conf.py"] + f"open({str(tmp_path / 'run')!r}, 'w')\n"})
    result = publication.run("publish", "html", "--untrusted")
    assert result.code == 1
    assert "fleuron: conf.py: line 6: " in result.output
    assert not (tmp_path / "run").exists()
    assert not publication.build.exists()
