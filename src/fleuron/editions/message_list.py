"""Write and read the list of a publication's messages, by which progress is counted without its texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from fleuron.atomic_files import write_file
from fleuron.editions.translation_progress import TextMessage, TextMessages

# The file beside the templates of catalogues.
MESSAGE_LIST = "messages.json"


def write_message_list(folder: Path, texts: Mapping[str, TextMessages]) -> None:
    """Write the messages of each text into a folder, in the order of the texts."""
    listed = {
        name: {"catalogue": text.catalogue, "messages": [(each.digest, each.words) for each in text.messages]}
        for name, text in texts.items()
    }
    write_file(Path(folder, MESSAGE_LIST), json.dumps(listed))


def read_message_list(folder: Path) -> dict[str, TextMessages]:
    """Read the messages of each text."""
    listed = json.loads(Path(folder, MESSAGE_LIST).read_text("utf-8"))
    return {
        name: TextMessages(text["catalogue"], [TextMessage(*message) for message in text["messages"]])
        for name, text in listed.items()
    }
