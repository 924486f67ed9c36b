"""Read who has translated an article, by language, from its front matter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from fleuron.diagnostics import Diagnostic, Finding
from fleuron.diagnostics.similar_names import suggestion
from fleuron.publication.edition import Edition
from fleuron.publication.language_tags import meant_language
from fleuron.publication.values.plain_values import BadValueError, as_texts

# The name of a file in authors/, which no name of a person looks like.
FILE_NAME = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def as_translators(value: Any) -> dict[str, tuple[str, ...]]:
    """Return the translators of each language, by its tag."""
    if not isinstance(value, dict):
        raise BadValueError("a list of names for each language, such as {tr: [ada]}")
    return {as_tag(language): as_texts(names) for language, names in value.items()}


def as_tag(value: Any) -> str:
    # YAML takes “no” for false.
    tag = "no" if value is False else str(value)
    try:
        Edition(tag).locale  # noqa: B018 (raises the error)
    except ValueError:
        raise BadValueError(f"names by language, and “{tag}” is not a tag of one{meant_language(tag)}") from None
    return tag


def unknown_translators(
    translators: Mapping[str, tuple[str, ...]], contributors: Collection[str], line: int
) -> Iterator[Finding]:
    """Yield the translators that look like files in authors/ but are not; they are printed as they are written."""
    for name in dict.fromkeys(name for names in translators.values() for name in names):
        if FILE_NAME.fullmatch(name) and name not in contributors:
            unknown = {"translator": name, "suggestion": suggestion(name, contributors)}
            yield Finding(Diagnostic.UNKNOWN_TRANSLATOR, line, unknown)
