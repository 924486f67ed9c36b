"""Tables of biblatex's fields: the CSL variables they become, and those that CSL has no variable for."""

from __future__ import annotations

from fleuron.csl.vocabulary import split_words

# Fields that become one CSL variable, as text, by biblatex's names (see ALIASES in bib_file.py for others).
TEXTS = {
    "abstract": "abstract",
    "annotation": "annote",
    "chapter": "chapter-number",
    "keywords": "keyword",
    "origlocation": "original-publisher-place",
    "origpublisher": "original-publisher",
    "pagetotal": "number-of-pages",
    "part": "part-number",
    "venue": "event-place",
    "version": "version",
    "volume": "volume",
    "volumes": "number-of-volumes",
}
CODES = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID"}
# CSL variables for which biblatex has no field; their field names are those of CSL, without hyphens.
OWN_NAMES = {
    variable.replace("-", "").replace("_", "").lower(): variable
    for variable in split_words(
        "collection-number container-title publisher-place volume-title archive archive_collection "
        "archive_location archive-place authority call-number dimensions division jurisdiction license medium "
        "part-title printing-number references reviewed-genre reviewed-title scale section source "
        "supplement-number"
    )
}
OWN_TITLES = frozenset(("containertitle", "volumetitle", "parttitle", "reviewedtitle"))
OWN_DATES = {"availabledate": "available-date", "submitted": "submitted"}

# Known fields that do not describe the source: keys, sorting, files, and data that programs store for themselves.
IGNORED = frozenset(
    split_words(
        "ids options execute crossref xdata xref gender langidopts relatedtype relatedstring relatedoptions "
        "presort sortkey sortname sortshorthand sorttitle sortyear indextitle indexsorttitle file owner timestamp "
        "groups comment creationdate modificationdate date-added date-modified __markedentry priority ranking "
        "readstatus printed relevance qualityassured interhash intrahash biburl bibsource added-at username "
        "local-url uuid rating read citationkey shared posted-at citeulike-article-id internal-note hidenote"
    )
)
IGNORED_PREFIXES = ("bdsk-", "mendeley-", "opt", "jabref-", "citeulike-")

NO_VARIABLE = "CSL has no variable for this field, so no style can print it"
WITHOUT_VARIABLE = {
    "authortype": NO_VARIABLE,
    "bookpagination": NO_VARIABLE,
    "entryset": "CSL has no entry sets; cite each member of the set by its own key",
    "isan": NO_VARIABLE,
    "ismn": NO_VARIABLE,
    "isrn": NO_VARIABLE,
    "iswc": NO_VARIABLE,
    "nameaddon": NO_VARIABLE,
    "origlanguage": NO_VARIABLE,
    "pagination": NO_VARIABLE,
    "related": "CSL has no related entries; describe the related entry in note or addendum",
    "reprinttitle": NO_VARIABLE,
    "shortauthor": NO_VARIABLE,
    "shorteditor": NO_VARIABLE,
    "shorthandintro": NO_VARIABLE,
    "shortseries": NO_VARIABLE,
    **{f"{kind}{letter}": NO_VARIABLE for kind in ("list", "user") for letter in "abcdef"},
    **{f"verb{letter}": NO_VARIABLE for letter in "abc"},
}
UNKNOWN = "this is not a field of BibTeX or biblatex, and is not printed; is it misspelt?"
# For a known field in an entry that does not use it.
UNUSED = "this field is not used in this type of entry, and is not printed"
KNOWN = frozenset(
    split_words(
        "addendum author editortype editoratype editorbtype editorctype nameatype namebtype namectype "
        "booksubtitle booktitle booktitleaddon date day edition editor eid endday endmonth endyear "
        "entrysubtype eprint eprintclass eprinttype eventdate eventtitle eventtitleaddon howpublished institution "
        "issue issuesubtitle issuetitle issuetitleaddon journalsubtitle journaltitle journaltitleaddon label "
        "langid language library location mainsubtitle maintitle maintitleaddon month note number organization "
        "origdate origtitle pages publisher pubstate series shorthand shortjournal shorttitle subtitle title "
        "titleaddon type url urldate year"
    )
)


def message_for_unused(field: str) -> str | None:
    """Return the message for a field that no variable uses, or None if it should not be reported."""
    if field in IGNORED or field.startswith(IGNORED_PREFIXES):
        return None
    return WITHOUT_VARIABLE.get(field) or (UNUSED if field in KNOWN else UNKNOWN)
