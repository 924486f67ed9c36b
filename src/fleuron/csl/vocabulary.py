"""The vocabulary of CSL 1.0.2: its variables (appendix IV), and the words that title case leaves small."""

# The date variables.
DATES = frozenset((
    "accessed", "available-date", "container", "event-date", "issued", "original-date", "submitted",
))  # fmt: skip
# The name variables.
NAMES = frozenset((
    "author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator",
    "director", "editor", "editor-translator", "editortranslator", "editorial-director", "executive-producer",
    "guest", "host", "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer",
    "producer", "recipient", "reviewed-author", "script-writer", "series-creator", "translator",
))  # fmt: skip
# The variables that are texts and numbers.
VARIABLES = frozenset((
    "abstract", "annote", "archive", "archive_collection", "archive_location", "archive-place", "authority",
    "call-number", "chapter-number", "citation-label", "collection-number", "collection-title", "container-title",
    "container-title-short", "dimensions", "division", "DOI", "edition", "event-place", "event-title", "genre",
    "ISBN", "ISSN", "issue", "jurisdiction", "keyword", "license", "medium", "number", "number-of-pages",
    "number-of-volumes", "original-publisher", "original-publisher-place", "original-title", "page", "page-first",
    "part-number", "part-title", "PMCID", "PMID", "printing-number", "publisher", "publisher-place", "references",
    "reviewed-genre", "reviewed-title", "scale", "section", "source", "status", "supplement-number", "title",
    "title-short", "URL", "version", "volume", "volume-title", "year-suffix",
))  # fmt: skip
# The words that English title case leaves small, unless they begin or end a title (“Title Case Conversion”),
# and the particles of names that it must not touch.
STOP_WORDS = frozenset((
    "a", "about", "across", "afore", "after", "against", "along", "alongside", "amid", "amidst", "among", "amongst",
    "an", "and", "anenst", "apropos", "around", "as", "aside", "astride", "at", "athwart", "atop", "barring",
    "before", "behind", "below", "beneath", "beside", "besides", "between", "beyond", "but", "by", "c", "ca",
    "circa", "d", "de", "despite", "down", "during", "et", "except", "for", "forenenst", "from", "given", "in",
    "inside", "into", "lest", "like", "minus", "modulo", "near", "next", "nor", "notwithstanding", "of", "off",
    "on", "onto", "opposite", "or", "out", "over", "pace", "past", "per", "plus", "pro", "qua", "round", "sans",
    "save", "since", "so", "than", "the", "through", "throughout", "thru", "till", "to", "toward", "towards",
    "under", "underneath", "unlike", "until", "up", "upon", "v", "van", "versus", "via", "vis-à-vis", "von", "vs",
    "vs.", "v.", "with", "within", "without", "worth", "yet",
))  # fmt: skip
