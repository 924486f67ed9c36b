"""The works of an edition as a file: what the build of an edition leaves for those who need all editions."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from fleuron.metadata.work import Copy, Person, Translation, Work
from fleuron.publication.licence import Licence

WORKS = "works.json"


def dumped(works: Iterable[Work]) -> str:
    """Write works as JSON; a day is written as ISO 8601 has it."""
    return json.dumps([asdict(work) for work in works], ensure_ascii=False, indent=2, default=str) + "\n"


def loaded(path: Path) -> list[Work]:
    """Read works as they were written."""
    return [
        Work(
            **{
                **facts,
                "authors": tuple(Person(**each) for each in facts["authors"]),
                "date": datetime.date.fromisoformat(facts["date"]) if facts["date"] else None,
                "keywords": tuple(facts["keywords"]),
                "licence": Licence(**facts["licence"]) if facts["licence"] else None,
                "copies": tuple(Copy(**each) for each in facts["copies"]),
                "records": tuple(Copy(**each) for each in facts["records"]),
                "translations": tuple(Translation(**each) for each in facts["translations"]),
            }
        )
        for facts in json.loads(path.read_text("utf-8"))
    ]


def works_of(build: Path, languages: Iterable[str]) -> list[Work]:
    """Read the works of all editions that were built, the source's first."""
    paths = [build / "editions" / language / "records" / WORKS for language in languages]
    return [work for path in paths if path.is_file() for work in loaded(path)]
