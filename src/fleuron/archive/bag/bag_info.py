"""bag-info.txt: what a bag says of itself (RFC 8493, 2.2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from fleuron.archive.bag.file_names import shown
from fleuron.archive.bag.manifests import lines_of, told
from fleuron.archive.bag.profile import PROFILE, profile_tags

OXUM = "Payload-Oxum"
IDENTIFIER = "BagIt-Profile-Identifier"
LIMIT = 2**20
# A label, a colon and one space or tab; spaces before and after the label are refused since BagIt 1.0.
ELEMENT = re.compile(r"([^:\s](?:[^:]*[^:\s])?):[ \t](.*)")

# What no value may hold; the marks of direction are welcome, titles in two scripts need them.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def oxum(sizes: Iterable[int]) -> str:
    """Return the octets and the number of the payload files."""
    counted = list(sizes)
    return f"{sum(counted)}.{len(counted)}"


def info_text(info: Mapping[str, str | Sequence[str]], payload: str) -> str:
    """Write bag-info.txt in the order of ``info``, which may mean something, and then the Payload-Oxum.

    Each value is a line, however long: folded at 79 octets, words of other scripts would be broken.
    A value that its author wrote on several lines is joined. Raise ValueError if a tag is missing or no tag.
    """
    if any(label.lower() == OXUM.lower() for label in info):
        raise ValueError(f"{OXUM} is counted, not given")
    values = {label: [value] if isinstance(value, str) else list(value) for label, value in info.items()}
    if not any(label.lower() == IDENTIFIER.lower() for label in info):
        values[IDENTIFIER] = [PROFILE]
    pairs = [(label, one_line(value)) for label, each in values.items() for value in each]
    pairs.append((OXUM, payload))
    for label, value in pairs:
        element = ELEMENT.fullmatch(f"{label}: {value}")
        if not value or CONTROL.search(label + value) or not element or element[1] != label:
            raise ValueError(f"“{shown(label)}: {shown(value)}” can be no tag of a bag")
    if problems := tag_problems(pairs, payload):
        raise ValueError(f"bag-info.txt {'; it '.join(problems)}")
    return "".join(f"{label}: {value}\n" for label, value in pairs)


def one_line(value: str) -> str:
    return " ".join(line.strip() for line in value.strip().splitlines())


def info_problems(text: str, payload: str) -> list[str]:
    """Say what is wrong with a bag-info.txt, beside a payload of this Payload-Oxum."""
    elements: list[tuple[str, list[str]]] = []
    lines, broken = lines_of(text)

    def bad_lines() -> Iterator[str]:
        for number, line in enumerate(lines, 1):
            if line[:1] in (" ", "\t") and elements:
                elements[-1][1].append(line.strip())
            elif element := ELEMENT.fullmatch(line):
                elements.append((element[1], [element[2]]))
            else:
                yield f"has a fault in line {number}: “{shown(line)}” is no label and value"

    problems = told(chain(broken, bad_lines()))
    return [*problems, *tag_problems([(label, " ".join(value)) for label, value in elements], payload)]


def tag_problems(pairs: Sequence[tuple[str, str]], payload: str) -> list[str]:
    """Say what the profile, and RFC 8493 of the Payload-Oxum, find wrong with tags; their case does not matter."""
    given: dict[str, list[str]] = {}
    for label, value in pairs:
        given.setdefault(label.lower(), []).append(value.strip())
    rules = profile_tags()
    problems = [f"has no {name}" for name in rules.required if not any(given.get(name.lower(), ()))]
    problems += [f"has more than one {name}" for name in rules.single if len(given.get(name.lower(), ())) > 1]
    for found in given.get(OXUM.lower(), ()):
        if found and found != payload:
            problems.append(f"says that {OXUM} is {shown(found)}, and it is {payload}")
    return problems
