"""The press's profile of its bags, as the BagIt Profiles Specification 1.4.0 has it: profile.json, beside this file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

# Where the profile stands for others; a bag names it, and may name another place by its bag-info.txt.
PROFILE = "https://fleuron.example/bagit-profile.json"
PROFILE_FILE = Path(__file__).with_name("profile.json")


@dataclass(frozen=True)
class Tags:
    """The tags of bag-info.txt that the profile requires, and those that may be there once only."""

    required: tuple[str, ...]
    single: tuple[str, ...]


def profile_tags() -> Tags:
    tags = json.loads(PROFILE_FILE.read_text("utf-8"))["Bag-Info"]
    required = tuple(name for name, rule in tags.items() if rule["required"])
    return Tags(required, tuple(name for name, rule in tags.items() if not rule.get("repeatable", True)))
