"""Read the values of front matter that are texts, lists of texts, dates or identifiers; raise an error for others."""

from __future__ import annotations

import datetime
import re
from typing import Any

from fleuron.diagnostics.similar_names import did_you_mean

# ISO 26324 (DOI): the prefix “10.” with the registrant, a slash, and a suffix of printable characters.
DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/[!-~]+")
# An identifier of the SPDX License List, or a web address.
LICENSE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*|https?://\S+")
# Those of Creative Commons, also of one country; and the ones that are in use today.
CREATIVE_COMMONS = re.compile(
    r"CC0-1\.0|CC-PDDC|CC-PDM-1\.0|CC-SA-1\.0|CC-BY(-NC)?(-SA|-ND)?-[1-4]\.[05](-[A-Z]{2,3})?|CC-BY-ND-NC-1\.0"
)
CURRENT_LICENCES = ("CC0-1.0", *(f"CC-BY{terms}-4.0" for terms in ("", "-SA", "-ND", "-NC", "-NC-SA", "-NC-ND")))


class BadValueError(ValueError):
    """A value in front matter has the wrong type or form; the message says what it must be."""


def as_text(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return " ".join(value.split())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise BadValueError("a string")


def as_boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadValueError("true or false")
    return value


def as_paragraphs(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadValueError("a string")
    return value.strip()


def as_texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    try:
        return tuple(as_text(each) for each in values)
    except BadValueError:
        raise BadValueError("a list of strings") from None


def as_keywords(value: Any) -> tuple[str, ...]:
    """Return the keywords of a list, or of a string with commas between them."""
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    return as_texts(value)


def as_date(value: Any) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        # Not fromisoformat, which takes 2026-W01 and 20260102 as well.
        return datetime.datetime.strptime(str(value), "%Y-%m-%d").date()
    except ValueError:
        raise BadValueError("a date (year-month-day), such as 2022-11-18") from None


def as_doi(value: Any) -> str:
    text = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", str(value).strip())
    if not DOI.fullmatch(text):
        raise BadValueError("a DOI, such as 10.5555/12345678")
    return text


def as_license(value: Any) -> str:
    if not isinstance(value, str) or not LICENSE.fullmatch(value):
        raise BadValueError("an SPDX identifier of a licence, such as CC-BY-4.0, or its web address")
    if value.upper().startswith("CC") and not CREATIVE_COMMONS.fullmatch(value):
        near = did_you_mean(value.upper(), CURRENT_LICENCES)
        raise BadValueError(f"an SPDX identifier of a licence of Creative Commons, such as CC-BY-4.0{near}")
    return value
