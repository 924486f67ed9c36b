"""What is cached for later builds: answers that are JSON values, and compiled templates."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from fleuron.cache_folder import CacheFolder, cached_json
from fleuron.compiled_templates import cache_templates


def test_an_answer_is_made_once_for_each_question(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(question: str) -> dict[str, float]:
        def answer() -> dict[str, float]:
            asked.append(question)
            return {question: 0.1}

        return cached_json(CacheFolder(tmp_path, b"test 1", ".json", 1000), question, answer)

    assert [ask("a"), ask("b"), ask("a")] == [{"a": 0.1}, {"b": 0.1}, {"a": 0.1}]
    assert asked == ["a", "b"]
    for entry in tmp_path.iterdir():  # damaged
        entry.write_bytes(entry.read_bytes()[:-1] + b"!")
    assert ask("a") == {"a": 0.1}
    assert asked == ["a", "b", "a"]


def rendered(sources: dict[str, str], *, autoescape: bool = True) -> str:
    """Render the template “page” in an environment of its own."""
    environment = Environment(loader=DictLoader(sources), autoescape=autoescape)
    cache_templates(environment)
    return environment.get_template("page").render(value="<")


def test_compiled_templates_are_shared_by_environments_of_one_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLEURON_CACHE", str(tmp_path))
    for source, shown in (("{{ value }}", "&lt;"), ("{{ value }}!", "&lt;!"), ("{{ value }}", "&lt;")):
        assert rendered({"page": source}) == shown
    assert len(list((tmp_path / "templates").iterdir())) == 2
    assert rendered({"page": "{{ value }}"}, autoescape=False) == "<"
    with monkeypatch.context() as context:
        context.setattr(Environment, "compile", None)  # it is not called again
        assert rendered({"page": "{{ value }}"}) == "&lt;"
    monkeypatch.setenv("FLEURON_CACHE", "off")
    assert rendered({"page": "{{ value }}"}) == "&lt;"
