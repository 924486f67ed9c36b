"""The rules, in the order of their names; a new one is a module, a line here, and a folder of cases in tests/checks."""

from __future__ import annotations

from collections.abc import Iterator

from fleuron.checks.bibliography import (
    duplicate_entry,
    incomplete_source,
    malformed_identifier,
    missing_access_date,
    unknown_source,
    unused_entry,
)
from fleuron.checks.catalogues import (
    catalogue_entry,
    differing_link,
    differing_markup,
    differing_note,
    differing_number,
    glossary_term,
    keyword_translation,
    unchanged_translation,
)
from fleuron.checks.citing import adjacent_notes, doubled_cite, note_position, unknown_note, unreadable_citation
from fleuron.checks.languages import unknown_language, unmarked_language
from fleuron.checks.records import front_matter, missing_metadata, whole_file_translation
from fleuron.checks.rule import Rule
from fleuron.checks.sources import Sources
from fleuron.checks.structure import (
    bare_url,
    broken_link,
    dead_link,
    missing_alternative_text,
    second_title,
    skipped_heading_level,
)
from fleuron.checks.typography import (
    double_space,
    ellipsis,
    french_space,
    minus_sign,
    quotation_marks,
    range_hyphen,
    short_word_space,
    spaced_hyphen,
    unbalanced_quotation,
    unit_space,
)
from fleuron.checks.violation import Level, Violation


def nothing(_sources: Sources) -> Iterator[Violation]:
    """Yield nothing: what this rule reports is found where comments are read."""
    return iter(())


UNKNOWN_RULE = Rule(
    "unknown-rule",
    Level.WARNING,
    "A comment that turns a rule off names one that exists.",
    nothing,
)
MODULES = (
    *(duplicate_entry, incomplete_source, malformed_identifier, missing_access_date, unknown_source, unused_entry),
    *(catalogue_entry, adjacent_notes, doubled_cite, note_position, unknown_note, unreadable_citation),
    *(unknown_language, unmarked_language, front_matter, missing_metadata, whole_file_translation),
    *(bare_url, broken_link, dead_link),
    *(
        missing_alternative_text,
        second_title,
        skipped_heading_level,
        double_space,
        ellipsis,
        minus_sign,
        quotation_marks,
    ),
    *(range_hyphen, short_word_space, spaced_hyphen, unit_space, french_space, unbalanced_quotation),
    *(differing_link, differing_markup, differing_note, differing_number, glossary_term, keyword_translation),
    unchanged_translation,
)
RULES = tuple(sorted((*(module.RULE for module in MODULES), UNKNOWN_RULE), key=lambda rule: rule.name))
