"""Write the title list of a review for the knowledge bases of libraries (KBART phase II, NISO RP-9-2014)."""

from __future__ import annotations

from collections.abc import Sequence

from fleuron.metadata.identifiers import absolute_address
from fleuron.metadata.plain_text import one_line
from fleuron.metadata.work import Work

# The fields of the list, in their order (6.6).
FIELDS = (
    "publication_title",
    "print_identifier",
    "online_identifier",
    "date_first_issue_online",
    "num_first_vol_online",
    "num_first_issue_online",
    "date_last_issue_online",
    "num_last_vol_online",
    "num_last_issue_online",
    "title_url",
    "first_author",
    "title_id",
    "embargo_info",
    "coverage_depth",
    "notes",
    "publisher_name",
    "publication_type",
    "date_monograph_published_print",
    "date_monograph_published_online",
    "monograph_volume",
    "monograph_edition",
    "first_editor",
    "parent_publication_title_id",
    "preceding_publication_title_id",
    "access_type",
)


def kbart(works: Sequence[Work], title_id: str) -> str:
    """Write the list, of one title; empty if it has no title, no address on the web or no dated article.

    The last issue stays empty, which says that the review goes on. ``title_id`` is its name with its publisher.
    """
    dated = sorted((work for work in works if work.date), key=lambda work: (work.date, work.volume, work.issue))
    first = next((work for work in dated if work.is_original), None)
    if (
        not first
        or not first.date
        or not one_line(first.publication)
        or not absolute_address(first.publication_address)
    ):
        return ""
    values = {
        "publication_title": first.publication,
        "online_identifier": first.issn,
        "date_first_issue_online": first.date.isoformat(),
        "num_first_vol_online": first.volume,
        "num_first_issue_online": first.issue,
        "title_url": first.publication_address,
        "title_id": title_id,
        "coverage_depth": "fulltext",
        "publisher_name": first.publisher,
        "publication_type": "serial",
        "access_type": "F",
    }
    row = [one_line(values.get(field, "")) for field in FIELDS]
    return "\t".join(FIELDS) + "\n" + "\t".join(row) + "\n"
