"""What the cluster does not read is read here, with one message why; nothing is read otherwise than here."""

from __future__ import annotations

import pickle
import re
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fleuron.cluster import reading
from fleuron.cluster.connection import NoCluster
from fleuron.cluster.reading import ahead, names_again, parts_of, result_of
from fleuron.cluster.reading_process import application
from fleuron.cluster.reading_settings import ReadingSettings, difference, settings_of
from fleuron.cluster.reading_task import DocumentsRead, NotRead, read_on_worker, stamp
from tests.support.publications import Maker

NAMES = [f"articles/{number:03}" for number in range(300)]
PROGRAMS = {"Python": "3.11", "fleuron": "0.1"}


def settings(**changes: Any) -> ReadingSettings:
    values = {"source": Path("/source"), "configuration": Path("/source"), "builder": "html", "overrides": {}}
    values |= {"tags": (), "fails_on_warnings": False, "values": {"language": "en"}, "programs": PROGRAMS}
    values |= {"variables": {}, "errors": frozenset(), "places": frozenset()}
    return ReadingSettings(**{**values, **changes})


@pytest.mark.parametrize(("threads", "sizes"), [(1, [250, 50]), (2, [150, 150]), (100, [16] * 18 + [12])])
def test_parts_are_as_many_as_threads_but_neither_small_nor_large(threads: int, sizes: Sequence[int]) -> None:
    parts = parts_of(NAMES, threads)
    assert [len(part) for part in parts] == sizes
    assert [name for part in parts for name in part] == NAMES


def test_only_so_many_parts_are_sent_ahead() -> None:
    sent: list[int] = []
    results = ahead((sent.append(number) or number for number in range(9)), 2)  # type: ignore[func-returns-value]
    assert [(next(results), len(sent)) for _ in range(3)] == [(0, 3), (1, 4), (2, 5)]
    assert list(results) == [3, 4, 5, 6, 7, 8]


def environment(**labels: tuple[str, str]) -> Any:
    common = {"genindex": ("genindex", "")}
    return SimpleNamespace(domaindata={"std": {"labels": {**common, **labels}, "kinds": "text"}, "math": {}})


def test_a_label_that_another_document_has_is_found_again() -> None:
    known = environment(one=("articles/one", "one"))
    assert names_again(known, environment(one=("articles/two", "one")))
    assert not names_again(known, environment(two=("articles/two", "two")))


def test_files_that_a_worker_does_not_have_are_not_read_there(tmp_path: Path) -> None:
    source = tmp_path / "one.md"
    source.write_text("# One\n")
    size, time = stamp(source) or (0, 0)
    for stamps in ({source: (size, time + 1)}, {tmp_path / "two.md": (size, time)}):
        assert read_on_worker(b"", [], stamps) == NotRead(f"its workers do not have the same {next(iter(stamps))}")


def test_a_process_that_ends_is_reported_with_its_last_line() -> None:
    answer = read_on_worker(pickle.dumps("no settings"), [], {})
    assert isinstance(answer, NotRead)
    assert answer.reason.startswith("a process of its workers ended with exit code 1: AttributeError: ")


def test_what_dask_raises_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def raise_killed() -> bytes:
        raise RuntimeError("Attempted to run task\non 4 different workers")

    assert result_of(SimpleNamespace(result=raise_killed)) == NotRead(
        "of RuntimeError: Attempted to run task on 4 different workers"
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"programs": {**PROGRAMS, "fleuron": "0.2"}}, "fleuron is 0.1 on its workers, and 0.2 on this machine"),
        ({"programs": {"Python": "3.11"}}, "fleuron is 0.1 on its workers, and none on this machine"),
        ({"values": {"language": "tr"}}, "conf.py gives language another value on its workers"),
    ],
)
def test_workers_that_would_read_otherwise_do_not_read(
    changes: dict[str, Any], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fleuron.cluster.reading_settings.reading_programs", lambda _app: PROGRAMS)
    monkeypatch.setattr("fleuron.cluster.reading_settings.reading_values", lambda _config: {"language": "en"})
    assert difference(SimpleNamespace(config=None), settings(**changes)) == expected  # type: ignore[arg-type]


class Reader:
    """An application of Sphinx that records what it reads itself."""

    def __init__(self, executor: str = "dask") -> None:
        self.read: list[str] = []
        self.builder = SimpleNamespace(read_doc=self.read.append)
        self.config = SimpleNamespace(fleuron_pdf_executor=executor, fleuron_pdf_scheduler="tcp://127.0.0.1:9")
        self.env = SimpleNamespace(clear_doc=lambda _name: None)
        self.events = SimpleNamespace(emit=lambda *_arguments: None)
        self.extensions = {"one": SimpleNamespace(parallel_read_safe=True)}


def test_what_no_worker_reads_is_read_here_with_one_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def read_all(app: Any, documents: Sequence[str]) -> Any:
        for part in parts_of(documents, 2):
            yield "of a reason"
            reading.merge(app, part, DocumentsRead(b""), 0)

    monkeypatch.setattr(reading, "read_all", read_all)
    app, documents, reader = Reader(), list(NAMES), reading.ClusterReader()
    reader.read(app, app.env, documents)  # type: ignore[arg-type]
    assert (app.read, documents, reader.documents) == (NAMES, [], NAMES)
    message = "fleuron: not all texts are read on the Dask cluster, because of a reason\n"
    assert capsys.readouterr().err == message


def test_a_cluster_that_does_not_answer_ends_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(address: str) -> Any:
        raise NoCluster(f"no Dask scheduler answers at {address}")

    monkeypatch.setattr(reading, "connect", connect)
    monkeypatch.setattr(reading, "settings_of", lambda _app: settings())
    app = Reader()
    with pytest.raises(SystemExit, match=re.escape("fleuron: no Dask scheduler answers at tcp://127.0.0.1:9")):
        reading.ClusterReader().read(app, app.env, list(NAMES))  # type: ignore[arg-type]


@pytest.mark.parametrize(("executor", "number"), [("processes", 300), ("dask", 31)])
def test_few_documents_and_those_of_no_cluster_are_left_to_sphinx(executor: str, number: int) -> None:
    app, documents = Reader(executor), NAMES[:number]
    reading.ClusterReader().read(app, app.env, documents)  # type: ignore[arg-type]
    assert len(documents) == number


def test_a_worker_knows_which_articles_name_an_issue(make: Maker, tmp_path: Path) -> None:
    source = make({"issues/2.md": "---\nissue: 2\n---\n# Issue 2\n"}).source
    found = {"naming_issue": {"issues/2": ("articles/one",)}}
    app = application(settings(source=source, configuration=source, found_before=found), tmp_path)
    assert settings_of(app).found_before == found
