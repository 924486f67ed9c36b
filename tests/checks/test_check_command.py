"""`fleuron check`: what it reports of a publication, its exit code, and what it writes."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread

import jsonschema
import pytest
import yaml

from fleuron.checks.sources import Document, Link, Sources
from fleuron.checks.structure.dead_link import find as find_dead_links
from fleuron.checks.violation import Place
from tests.support.publications import ROOT, SMALL, Publication, Result, run_in_process

ARTICLE = "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nFrom 1914-1918, two  words, [a page](tow.md).\n"


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    made = Publication(tmp_path / "source")
    for name, text in {**SMALL, "articles/one.md": ARTICLE}.items():
        made.write(name, text)
    return made


def check(publication: Publication, *options: str) -> Result:
    return run_in_process(["check", "--source", str(publication.source), *options])


def test_the_sample_has_nothing_to_correct() -> None:
    result = run_in_process(["check", "--source", str(ROOT)])
    assert (result.code, result.output) == (0, "nothing to correct\n")


def test_each_violation_is_a_line_with_its_place(publication: Publication) -> None:
    result = check(publication)
    assert result.code == 1
    assert result.output == (
        "articles/one.md:7:10: warning: “1914-1918” is a range; write 1914–1918, with an en dash [range-hyphen]\n"
        "articles/one.md:7:20: warning: there are 2 spaces between two words; write one [double-space]\n"
        "articles/one.md:7:29: error: there is no file “tow.md”; did you mean “one.md”? [broken-link]\n"
        "1 error, 2 warnings; fleuron check --fix corrects 2\n"
    )


def test_fix_writes_what_is_safe_and_reports_the_rest(publication: Publication) -> None:
    result = check(publication, "--fix")
    assert result.code == 1
    assert (publication.source / "articles/one.md").read_text("utf-8") == ARTICLE.replace("-1918", "–1918").replace(
        "two  words", "two words"
    )
    assert [line.rpartition("[")[2] for line in result.output.splitlines()] == [
        "broken-link]",
        "1 error",
        "corrected: 2",
    ]


def test_advice_is_shown_if_it_is_wanted_and_fails_no_check(publication: Publication) -> None:
    publication.write("articles/one.md", "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nSome 5 km away.\n")
    assert check(publication).output == "nothing to correct\n"
    result = check(publication, "--advice")
    assert result.code == 0
    assert "[unit-space]" in result.output
    assert check(publication, "--advice", "--fix").output == "nothing to correct\ncorrected: 1\n"
    assert "5\u00a0km" in (publication.source / "articles/one.md").read_text("utf-8")


def test_conf_py_turns_rules_off(publication: Publication) -> None:
    publication.write("conf.py", SMALL["conf.py"] + 'fleuron_checks_off = ["double-space", "broken-link"]\n')
    assert [line.rpartition("[")[2] for line in check(publication).output.splitlines()[:-1]] == ["range-hyphen]"]


def test_an_unknown_rule_in_conf_py_is_named_with_the_nearest(publication: Publication) -> None:
    publication.write("conf.py", SMALL["conf.py"] + 'fleuron_checks_off = ["duble-space"]\n')
    result = check(publication)
    assert result.code == 1
    assert result.output == (
        "fleuron: conf.py: fleuron_checks_off: there is no rule “duble-space”; did you mean “double-space”?\n"
    )


def test_only_the_named_files_are_reported(publication: Publication) -> None:
    publication.write("articles/two.md", "---\nauthors: [ada]\ndate: 2026-01-02\n---\n# Two\n\nTwo  words.\n")
    found = json.loads(check(publication, "articles/two.md", "--format", "json").output)
    assert [(each["file"], each["rule"]) for each in found] == [("articles/two.md", "double-space")]
    assert check(publication, "articles/tow.md").output == "fleuron: there is no file “articles/tow.md”\n"


def test_a_mistyped_format_is_named_with_the_nearest(publication: Publication) -> None:
    result = check(publication, "--format", "sarf")
    assert (result.code, result.output) == (2, "fleuron: there is no format “sarf”; did you mean “sarif”?\n")


def test_typed_quotation_marks_are_reported_where_nothing_replaces_them(publication: Publication) -> None:
    publication.write("articles/one.md", '---\nauthors: [ada]\ndate: 2026-01-02\n---\n# One\n\nSome "words".\n')
    assert check(publication).code == 0
    publication.write("conf.py", SMALL["conf.py"] + "smartquotes = False\n")
    assert check(publication).output.count("[quotation-marks]") == 2


def test_a_wrong_issn_of_the_imprint_is_reported_in_conf_py(publication: Publication) -> None:
    publication.write("articles/one.md", SMALL["articles/one.md"])
    publication.write("conf.py", SMALL["conf.py"] + 'fleuron_imprint = {"issn": "2049-3631"}\n')
    assert "conf.py: fleuron_imprint" in check(publication).output
    assert "“2049-3631” is not a valid ISSN: eight digits" in check(publication).output


class Answers(BaseHTTPRequestHandler):
    """Answers 404 for /gone, and 200 for all else."""

    def do_HEAD(self) -> None:
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def test_pages_that_are_gone_are_found_online() -> None:
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        links = tuple(Link(f"{address}/{name}", Place("a.md", line)) for line, name in enumerate(("here", "gone"), 1))
        found = list(find_dead_links(Sources(Path(), "en", (Document("a.md", "a", "en", links=links),))))
        server.shutdown()
    assert [violation.place.line for violation in found] == [2]
    assert found[0].message.startswith(f"{address}/gone: the server answers 404; ")


def test_the_action_and_the_hooks_call_the_command() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    schema = files("check_jsonschema.builtin_schemas.vendor").joinpath("github-actions.json").read_text("utf-8")
    jsonschema.Draft7Validator(json.loads(schema)).validate(action)
    assert '/fleuron" check --source "$SOURCE" --format "$FORMAT"' in action["runs"]["steps"][-1]["run"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["entry"] for hook in hooks] == ["fleuron check", "fleuron check --fix"]
