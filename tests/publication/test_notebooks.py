"""Notebooks: their front matter and, where myst_nb is installed, their outputs in all formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fleuron.publication.notebook import read_notebook
from tests.support.publications import Maker, pdf_pages, text_of

TITLE = {"cell_type": "markdown", "metadata": {}, "source": ["# One\n", "\n", "Words.{footcite}`roe`"]}


def code(*outputs: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": metadata,
        "source": "show()",
        "outputs": list(outputs),
    }


def shown(**data: str) -> dict[str, Any]:
    kinds = {kind.replace("_", "/"): text for kind, text in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": kinds}


def notebook(*cells: dict[str, Any], **metadata: Any) -> str:
    python = {"kernelspec": {"name": "python3", "display_name": "P"}, "language_info": {"pygments_lexer": "python3"}}
    return json.dumps({"cells": list(cells), "metadata": {**python, **metadata}, "nbformat": 4, "nbformat_minor": 4})


def test_metadata_or_the_first_cell_are_the_front_matter() -> None:
    read = read_notebook(notebook(TITLE, authors=["ada"], date="2026-01-02"), Path("one.ipynb"))
    assert read is not None
    assert read.text.startswith("---\nauthors:\n- ada\ndate: '2026-01-02'\n---\n\n# One\n")
    rest = json.loads(read.with_text("# Other"))
    assert [cell["source"] for cell in rest["cells"]] == ["# Other"]
    assert set(rest["metadata"]) == {"kernelspec", "language_info"}
    raw = {"cell_type": "raw", "metadata": {}, "source": "---\nauthors: [ada]\n---"}
    read = read_notebook(notebook(raw, TITLE, title="ignored"), Path("one.ipynb"))
    assert read is not None
    assert read.text == "---\nauthors: [ada]\n---"
    assert len(json.loads(read.with_text(""))["cells"]) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 1}', "# A text"])
def test_what_is_no_notebook_is_left_to_its_parser(text: str) -> None:
    assert read_notebook(text, Path("one.ipynb")) is None
    assert read_notebook(notebook(TITLE), Path("one.md")) is None


@pytest.mark.slow
def test_stored_outputs_are_in_all_formats(make: Maker) -> None:
    pytest.importorskip("myst_nb")
    cells = (
        code({"output_type": "stream", "name": "stdout", "text": "printed words"}, tags=["hide-input"]),
        code(shown(text_html="<table><tr><td>a cell</td></tr></table>", text_plain="plain")),
        code(shown(text_latex=r"$$\frac{a}{b}$$", text_plain="a/b")),
        code(shown(text_markdown="**bold words**")),
        code(shown(text_plain="a slider", application_javascript="alert(1)")),
        code({"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["ZeroDivisionError: by zero"]}),
    )
    publication = make(
        {
            "conf.py": 'project = "S"\nauthor = "A"\nextensions = ["myst_nb", "fleuron"]\nfleuron_languages = ["en"]\n',
            "refs.bib": "@book{roe, author={Roe, Jane}, title={Other}, year={2001}}\n",
            "articles/one.ipynb": notebook(TITLE, *cells, authors=["ada"], date="2026-01-02"),
        }
    )
    Path(publication.source, "articles/one.md").unlink()
    result = publication.publish("html", "epub", "pdf", "records", options="-W")
    assert result.code == 0, result.output
    page = publication.page("en", "articles/one")
    words = ["printed words", "a cell", "bold words", "a slider", "ZeroDivisionError: by zero", "Jane Roe"]
    printed = " ".join(pdf_pages(publication.build / "pdf/en/one.pdf"))
    for word in words:
        assert word in text_of(page) and word in " ".join(printed.split())
    assert "alert" not in text_of(page) and "Hide code" not in printed
    assert len(page.cssselect("math")) == 1
