"""List the messages of all texts beside the templates of catalogues, for those who count what is translated."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from fleuron.editions.message_list import write_message_list
from fleuron.manuscript.records import text_messages


def list_messages(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.name == "gettext":
        write_message_list(Path(app.outdir), text_messages(app.env))


def setup(app: Sphinx) -> None:
    app.connect("build-finished", list_messages)
