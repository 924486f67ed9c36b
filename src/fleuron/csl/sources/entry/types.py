"""Tables of types: entry types of BibTeX and biblatex to item types of CSL 1.0.2, and back."""

from __future__ import annotations

from fleuron.csl import vocabulary
from fleuron.csl.vocabulary import split_words

BOOKS = frozenset(
    split_words(
        "book mvbook collection mvcollection proceedings mvproceedings reference mvreference manual commentary",
    )
)
PARTS_OF_BOOKS = {
    **dict.fromkeys(("inbook", "bookinbook", "suppbook", "incollection", "suppcollection"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    "inreference": "entry-encyclopedia",
}
ARTICLES = {"article": "article-journal", "suppperiodical": "article-journal", "newspaper": "article-newspaper"} | {
    "periodical": "periodical",
    "review": "review",
}
# Types in the order of biblatex 3.20, section 2.1, then its non-standard types, then those of older styles.
TYPES = {
    **dict.fromkeys(BOOKS, "book"),
    **PARTS_OF_BOOKS,
    **ARTICLES,
    **{"booklet": "pamphlet", "dataset": "dataset", "misc": "document", "patent": "patent", "software": "software"},
    **dict.fromkeys(("online", "electronic", "www"), "webpage"),
    **dict.fromkeys(("report", "techreport"), "report"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **{"unpublished": "manuscript", "archival": "manuscript", "set": "document", "bibnote": "document"},
    **dict.fromkeys(("artwork", "image"), "graphic"),
    **dict.fromkeys(("audio", "music"), "song"),
    **dict.fromkeys(("movie", "video"), "motion_picture"),
    **{
        "jurisdiction": "legal_case",
        "legislation": "legislation",
        "legal": "treaty",
        "letter": "personal_communication",
    },
    **{"performance": "performance", "standard": "standard"},
}
# Entry types that imply the genre of a thesis or report (biblatex, 2.1.2), with its localisation key.
GENRES = {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport"}
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}


def item_type(entry_type: str, subtype: str = "", event: bool = False) -> str | None:
    """Return the item type of an entry type, or None if it is unknown.

    ``subtype`` is biblatex's `entrysubtype`: `magazine`, `newspaper`, or any type of CSL, which is then returned.
    ``event`` is whether the entry has an event, which makes an unpublished work a speech.
    """
    if subtype in vocabulary.ITEM_TYPES or subtype in SUBTYPES:
        return SUBTYPES.get(subtype, subtype)
    if entry_type == "unpublished" and event:
        return "speech"
    return TYPES.get(entry_type)


# The entry type and subtype as which an item type is written; all others are `misc` with their own name as subtype.
ENTRY_TYPES = {
    **{"article-journal": ("article", ""), "article-magazine": ("article", "magazine")},
    **{"article-newspaper": ("article", "newspaper"), "book": ("book", ""), "chapter": ("incollection", "")},
    **{"paper-conference": ("inproceedings", ""), "entry-encyclopedia": ("inreference", "")},
    **{"entry-dictionary": ("inreference", "entry-dictionary"), "entry": ("inreference", "entry")},
    **{"pamphlet": ("booklet", ""), "dataset": ("dataset", ""), "document": ("misc", ""), "webpage": ("online", "")},
    **{"post": ("online", "post"), "post-weblog": ("online", "post-weblog"), "patent": ("patent", "")},
    **{"periodical": ("periodical", ""), "report": ("report", ""), "software": ("software", "")},
    **{"thesis": ("thesis", ""), "manuscript": ("unpublished", ""), "speech": ("unpublished", "speech")},
    **{"graphic": ("artwork", ""), "figure": ("image", "figure"), "song": ("audio", "")},
    **{"motion_picture": ("movie", ""), "broadcast": ("video", "broadcast"), "performance": ("performance", "")},
    **{"legal_case": ("jurisdiction", ""), "hearing": ("jurisdiction", "hearing"), "treaty": ("legal", "")},
    **{
        "legislation": ("legislation", ""),
        "bill": ("legislation", "bill"),
        "regulation": ("legislation", "regulation"),
    },
    **{"personal_communication": ("letter", ""), "review": ("review", ""), "review-book": ("review", "review-book")},
    **{"standard": ("standard", ""), "classic": ("book", "classic"), "article": ("article", "article")},
}


def entry_type(item_type: str) -> tuple[str, str]:
    """Return the biblatex type and subtype ("" if none) that convert back to an item type of CSL."""
    return ENTRY_TYPES.get(item_type, ("misc", item_type if item_type in vocabulary.ITEM_TYPES else ""))
