"""The vocabulary of CSL 1.0.2: types of items, variables, roles of people, and the stop words of English title case."""

from __future__ import annotations


def split_words(text: str) -> tuple[str, ...]:
    """Split a text at white space; long lists of words are easier to write as one text."""
    return tuple(text.split())


# The types of items (CSL 1.0.2, appendix III).
ITEM_TYPES = frozenset(
    split_words(
        "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection "
        "dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case "
        "legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance "
        "periodical personal_communication post post-weblog regulation report review review-book software song speech "
        "standard thesis treaty webpage"
    )
)
# The date variables (appendix IV).
DATE_VARIABLES = frozenset((
    "accessed", "available-date", "container", "event-date", "issued", "original-date", "submitted",
))  # fmt: skip
# The roles of people, each of which is a variable (appendix IV, “Name Variables”).
ROLES = split_words(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer "
    "original-author performer producer recipient reviewed-author script-writer series-creator translator"
)
# The name variables, with the older name of `editor-translator`.
NAME_VARIABLES = frozenset((*ROLES, "editortranslator"))
# The variables that hold text or numbers (appendix IV).
TEXT_VARIABLES = frozenset((
    "abstract", "annote", "archive", "archive_collection", "archive_location", "archive-place", "authority",
    "call-number", "chapter-number", "citation-label", "collection-number", "collection-title", "container-title",
    "container-title-short", "dimensions", "division", "DOI", "edition", "event-place", "event-title", "genre",
    "ISBN", "ISSN", "issue", "jurisdiction", "keyword", "license", "medium", "number", "number-of-pages",
    "number-of-volumes", "original-publisher", "original-publisher-place", "original-title", "page", "page-first",
    "part-number", "part-title", "PMCID", "PMID", "printing-number", "publisher", "publisher-place", "references",
    "reviewed-genre", "reviewed-title", "scale", "section", "source", "status", "supplement-number", "title",
    "title-short", "URL", "version", "volume", "volume-title", "year-suffix",
))  # fmt: skip
# The words that English title case leaves in lower case, unless they begin or end a title (“Title Case Conversion”):
# those of citeproc-js 1.4.61, as editors of English expect them.
STOP_WORDS = frozenset((
    "a", "about", "above", "across", "afore", "after", "against", "al", "along", "alongside", "amid", "amidst", "among",
    "amongst", "an", "and", "anenst", "apropos", "apud", "around", "as", "aside", "astride", "at", "athwart", "atop",
    "barring", "before", "behind", "below", "beneath", "beside", "besides", "between", "beyond", "but", "by", "c",
    "ca", "circa", "d", "de", "despite", "down", "during", "et", "except", "for", "forenenst", "from", "given", "in",
    "inside", "into", "lest", "like", "modulo", "near", "next", "nor", "notwithstanding", "of", "off", "on", "onto",
    "or", "out", "over", "per", "plus", "pro", "qua", "sans", "since", "so", "than", "the", "through", "throughout",
    "thruout", "till", "to", "toward", "towards", "under", "underneath", "until", "unto", "up", "upon", "v", "v.",
    "van", "versus", "via", "vis-à-vis", "von", "vs", "vs.", "with", "within", "without", "yet",
))  # fmt: skip
