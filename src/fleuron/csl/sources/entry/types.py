"""The entry types of BibTeX and biblatex, and the item types of CSL 1.0.2 that they become."""

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
# The names of the types follow biblatex 3.20, section 2.1, then its non-standard types, then those of older styles.
TYPES = {
    **dict.fromkeys(BOOKS, "book"),
    **PARTS_OF_BOOKS,
    **ARTICLES,
    **{"booklet": "pamphlet", "dataset": "dataset", "misc": "document", "patent": "patent", "software": "software"},
    **dict.fromkeys(("online", "electronic", "www"), "webpage"),
    **dict.fromkeys(("report", "techreport"), "report"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **{"unpublished": "manuscript", "set": "document", "bibnote": "document"},
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
# Where an entry type says what kind of thesis or report it is (biblatex, 2.1.2): the localisation key of its genre.
GENRES = {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "techreport": "techreport"}
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}


def item_type(entry_type: str, subtype: str = "", event: bool = False) -> str | None:
    """Return the item type of an entry type; None if it is unknown.

    ``subtype`` is biblatex's `entrysubtype`: `magazine`, `newspaper`, or any type of CSL, which then counts.
    ``event`` tells that an unpublished work was given at an event, which makes it a speech.
    """
    if subtype in vocabulary.ITEM_TYPES or subtype in SUBTYPES:
        return SUBTYPES.get(subtype, subtype)
    if entry_type == "unpublished" and event:
        return "speech"
    return TYPES.get(entry_type)


# The entry type, and the subtype, under which an item type is written; all others are `misc` with their own name.
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
    """Return the biblatex type, and the subtype or "", that read back as an item type of CSL."""
    return ENTRY_TYPES.get(item_type, ("misc", item_type if item_type in vocabulary.ITEM_TYPES else ""))
