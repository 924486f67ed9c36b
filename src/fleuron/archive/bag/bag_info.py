"""Read and write bag-info.txt (RFC 8493, 2.2.2), by the rules of Fleuron's BagIt profile.

The profile, ``profile.json``, follows the BagIt Profiles Specification 1.4.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from fleuron.archive.bag.file_names import printable
from fleuron.archive.bag.manifests import limit_problems, lines_of

# The address at which others find the profile; bag-info.txt may name another one.
PROFILE = "https://fleuron.example/bagit-profile.json"
PROFILE_FILE = Path(__file__).with_name("profile.json")

PAYLOAD_OXUM = "Payload-Oxum"
IDENTIFIER = "BagIt-Profile-Identifier"
LIMIT = 2**20
# A label, a colon and one space or tab; BagIt 1.0 does not allow spaces before and after the label.
ELEMENT = re.compile(r"([^:\s](?:[^:]*[^:\s])?):[ \t](.*)")

# Characters that no value may contain; marks of text direction are allowed, because titles in two scripts need them.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def payload_oxum(sizes: Iterable[int]) -> str:
    """Return the Payload-Oxum of files of these sizes: the number of octets and the number of files."""
    listed = list(sizes)
    return f"{sum(listed)}.{len(listed)}"


def bag_info_text(info: Mapping[str, str | Sequence[str]], payload: str) -> str:
    """Return bag-info.txt with the tags of ``info`` in their order, then the Payload-Oxum.

    Each value is one line, however long, because folding at 79 octets would break words of other scripts; the lines
    of a value are joined. Raise ValueError if a tag is missing or invalid.
    """
    if any(label.lower() == PAYLOAD_OXUM.lower() for label in info):
        raise ValueError(f"{PAYLOAD_OXUM} is computed and must not be given")
    values = {label: [value] if isinstance(value, str) else list(value) for label, value in info.items()}
    if not any(label.lower() == IDENTIFIER.lower() for label in info):
        values[IDENTIFIER] = [PROFILE]
    pairs = [(label, one_line(value)) for label, listed in values.items() for value in listed]
    pairs.append((PAYLOAD_OXUM, payload))
    for label, value in pairs:
        element = ELEMENT.fullmatch(f"{label}: {value}")
        if not value or CONTROL.search(label + value) or not element or element[1] != label:
            raise ValueError(f"“{printable(label)}: {printable(value)}” is not a valid tag")
    if problems := tag_problems(pairs, payload):
        raise ValueError(f"bag-info.txt {'; it '.join(problems)}")
    return "".join(f"{label}: {value}\n" for label, value in pairs)


def one_line(value: str) -> str:
    return " ".join(line.strip() for line in value.strip().splitlines())


def bag_info_problems(text: str, payload: str) -> list[str]:
    """Return what is wrong with a bag-info.txt; ``payload`` is the Payload-Oxum of the files."""
    elements: list[tuple[str, list[str]]] = []
    lines, cut_off = lines_of(text)

    def bad_lines() -> Iterator[str]:
        for number, line in enumerate(lines, 1):
            if line[:1] in (" ", "\t") and elements:
                elements[-1][1].append(line.strip())
            elif element := ELEMENT.fullmatch(line):
                elements.append((element[1], [element[2]]))
            else:
                yield f"has a fault in line {number}: “{printable(line)}” is not a label and a value"

    problems = limit_problems(chain(cut_off, bad_lines()))
    return [*problems, *tag_problems([(label, " ".join(value)) for label, value in elements], payload)]


def tag_problems(pairs: Sequence[tuple[str, str]], payload: str) -> list[str]:
    """Return what is wrong with tags by the profile, and with the Payload-Oxum; ignore the case of labels."""
    given: dict[str, list[str]] = {}
    for label, value in pairs:
        given.setdefault(label.lower(), []).append(value.strip())
    rules = profile_tag_rules()
    problems = [f"has no {name}" for name in rules.required if not any(given.get(name.lower(), ()))]
    problems += [f"has more than one {name}" for name in rules.single if len(given.get(name.lower(), ())) > 1]
    for found in given.get(PAYLOAD_OXUM.lower(), ()):
        if found and found != payload:
            problems.append(f"says that {PAYLOAD_OXUM} is {printable(found)}, but it is {payload}")
    return problems


def read_bag_info(bag: Path) -> dict[str, str]:
    """Return the tags of a bag that Fleuron wrote and that was found valid."""
    lines = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    return {name: value for name, _, value in (line.partition(": ") for line in lines)}


@dataclass(frozen=True)
class TagRules:
    """The tags that the profile requires, and those that must not be repeated.

    bagit-profile 1.3.1 checks these rules only in a bag on the disk that bagit.py has opened, and only if the bag names
    the profile by its first address; here they are checked before a bag is written, and in a hostile one. The tests
    ask bagit-profile as well.
    """

    required: tuple[str, ...]
    single: tuple[str, ...]


def profile_tag_rules() -> TagRules:
    tags = json.loads(PROFILE_FILE.read_text("utf-8"))["Bag-Info"]
    required = tuple(name for name, rule in tags.items() if rule["required"])
    return TagRules(required, tuple(name for name, rule in tags.items() if not rule.get("repeatable", True)))
