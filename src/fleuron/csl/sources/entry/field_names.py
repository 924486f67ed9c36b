"""Tables of biblatex's fields: the CSL variables they become, and those that CSL has no variable for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from fleuron.csl.vocabulary import ROLES, split_words

# Aliases of fields: those of BibTeX (biblatex manual, 2.2.5), then those of programs that write .bib files.
ALIASES = {
    **{"address": "location", "annote": "annotation", "archiveprefix": "eprinttype", "journal": "journaltitle"},
    **{
        "key": "sortkey",
        "pdf": "file",
        "primaryclass": "eprintclass",
        "school": "institution",
        "hyphenation": "langid",
    },
    **{"lastaccessed": "urldate", "lastchecked": "urldate", "accessdate": "urldate", "accessed": "urldate"},
    **{"keyword": "keywords", "bookauthors": "bookauthor", "lccn": "callnumber"},
    **{"articleno": "eid", "article-number": "eid", "art_number": "eid", "numpages": "pagetotal"},
}
# Fields that become one CSL variable, as text, by biblatex's names (see ALIASES for others).
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
        "local-url uuid rating read citationkey shared posted-at citeulike-article-id internal-note hidenote "
        # Web of Science, Scopus, ADS, INSPIRE and publishers' sites.
        "unique-id times-cited web-of-science-categories web-of-science-index author-email affiliation affiliations "
        "researcherid-numbers orcid-numbers funding-acknowledgement funding-text cited-references "
        "number-of-cited-references usage-count-last-180-days usage-count-since-2013 journal-iso doc-delivery-number "
        "keywords-plus research-areas da earlyaccessdate oa abbrev_source_title author_keywords coden document_type "
        "publication_stage correspondence_address1 funding_details page_count adsurl adsnote slaccitation "
        "issue_date copyright rights"
    )
)
IGNORED_PREFIXES = ("bdsk-", "mendeley-", "opt", "jabref-", "citeulike-", "zotero-")

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
UNKNOWN = "this is not a field of BibTeX or biblatex, and is not printed"
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
        "titleaddon type url urldate year fond opis delo box folder folios"
    )
)


# Fields that authors write for one of biblatex's with another name.
MEANT = {
    **dict.fromkeys(("shelfmark", "signature", "repository"), "library"),
    **{"place": "location", "city": "location", "link": "url", "website": "url", "magazine": "journal"},
}


def message_for_unused(field: str) -> str | None:
    """Return the message for a field that no variable uses, or None if it should not be reported."""
    if field in IGNORED or field.startswith(IGNORED_PREFIXES):
        return None
    if field in WITHOUT_VARIABLE:
        return WITHOUT_VARIABLE[field]
    if field in KNOWN:
        return UNUSED
    if field in MEANT:
        return f"{UNKNOWN}; did you mean “{MEANT[field]}”?"
    roles = (role.replace("-", "") for role in ROLES)
    return UNKNOWN + did_you_mean(field, (*KNOWN, *TEXTS, *CODES, *OWN_NAMES, *OWN_DATES, *ALIASES, *roles))


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return the end of a message about an unknown word: the most similar name; "" if none is similar."""
    similar = difflib.get_close_matches(word.lower(), sorted(names), n=1, cutoff=0.7)
    return f"; did you mean “{similar[0]}”?" if similar else ""
