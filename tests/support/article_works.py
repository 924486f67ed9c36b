"""Articles as catalogues see them: a whole one, its translations, a bare one and a hostile one."""

from __future__ import annotations

import datetime
from dataclasses import replace

from lxml import html

from fleuron.metadata.work import Copy, Person, Translation, Work, person
from fleuron.publication.licence import licence_of
from fleuron.publication.values.organizations import Affiliation

BASE = "https://example.org"
PAGE = f"{BASE}/en/articles/delta.html"
ADA = person(
    "Ada van der Lovelace",
    orcid="0000-0002-1825-0097",
    affiliations=(Affiliation("University of Somewhere"),),
    address=f"{BASE}/en/authors/ada.html",
)
DESK = person("The Editors, a Desk", is_organization=True, address=f"{BASE}/en/authors/editors.html")
OWN_PDF = Copy("application/pdf", f"{BASE}/en/downloads/delta.pdf", "This article as PDF", 84_000)
VOLUME_PDF = Copy("application/pdf", f"{BASE}/en/downloads/volume.pdf", "The volume as PDF", 2_000_000, of_volume=True)
EPUB = Copy("application/epub+zip", f"{BASE}/en/downloads/volume.epub", "The volume as EPUB", 1_000, of_volume=True)
RECORDS = (
    Copy("application/x-bibtex", f"{BASE}/en/articles/delta.bib", "BibTeX"),
    Copy("application/x-research-info-systems", f"{BASE}/en/articles/delta.ris", "RIS"),
)
TRANSLATOR = person(
    "Selin Kaya",
    orcid="0000-0001-5109-3700",
    affiliations=(Affiliation("Ankara"),),
    address=f"{BASE}/tr/authors/selin.html",
)
TRANSLATORS_DESK = person("Бюро переводов", is_organization=True)
TURKISH = Translation("tr", f"{BASE}/tr/articles/delta.html")
RUSSIAN = Translation("ru", f"{BASE}/ru/articles/delta.html")

WHOLE = Work(
    name="delta",
    language="en",
    title="The Delta",
    subtitle="A river’s end",
    abstract="What the river\nleaves behind.\n\nAnd what it takes.",
    authors=(ADA, DESK),
    date=datetime.date(2026, 11, 3),
    keywords=("rivers", "İstanbul", "дельта"),
    doi="10.5555/a<b>#1",
    licence=licence_of("CC-BY-4.0"),
    publication="Marginalia",
    publisher="The Press",
    publication_address=f"{BASE}/en/index.html",
    address=PAGE,
    copies=(VOLUME_PDF, OWN_PDF, EPUB),
    records=RECORDS,
    translations=(TURKISH, RUSSIAN),
    original_language="en",
)
IN_TURKISH = replace(
    WHOLE,
    language="tr",
    title="Iğdır’da ılık bir şölen",
    subtitle="İstanbul’dan bakış",
    authors=(person("Ömer Seyfettin Çağlayan"),),
    translators=(TRANSLATOR,),
    address=TURKISH.address,
    translations=(Translation("en", PAGE), RUSSIAN),
)
IN_RUSSIAN = replace(
    WHOLE,
    language="ru",
    title="Ёлка в дельте: «начало»",
    subtitle="",
    authors=(person("Лев Николаевич Толстой"),),
    translators=(TRANSLATORS_DESK, person("Ольга Кузнецова")),
    address=RUSSIAN.address,
    translations=(Translation("en", PAGE), TURKISH),
)
BARE = Work(name="bare", language="en", title="Bare")

# What would break out of HTML, XML, JSON, BibTeX, RIS or a script element; a control character and a lone surrogate.
EVIL = "</script><!-- \"x\" 'y' & <i>z</i> } @book{k, \r\nER  - \r\nTY  - BOOK\x00\x1b\ud800 \\input{x} %\u2028]]>"
# What is left of it: one line of characters that each format can carry.
TAMED = "</script><!-- \"x\" 'y' & <i>z</i> } @book{k, ER - TY - BOOK \\input{x} % ]]>"
SCRIPT = "javascript:alert(1)"
HOSTILE = Work(
    name="evil\udc80",
    language="en",
    title=EVIL,
    subtitle="T" * 400,
    abstract=EVIL,
    authors=(
        person(EVIL, orcid=SCRIPT, affiliations=(Affiliation(EVIL),), address=SCRIPT),
        person(EVIL, is_organization=True, address="java\nscript:alert(1)"),
        Person("\x00 \n", orcid="0000-0002-1825-0097", affiliations=(Affiliation("Nowhere"),)),
    ),
    translators=(person(EVIL, orcid=SCRIPT, address=SCRIPT), Person("\x00 \n")),
    keywords=(EVIL, "", "a/b"),
    publication=EVIL,
    publisher=EVIL,
    publication_address=SCRIPT,
    address=SCRIPT,
    licence=licence_of("https://[broken"),
    copies=(Copy("application/pdf", SCRIPT, EVIL), Copy("text/html", "data:text/html,x", EVIL)),
    records=(Copy("text/plain", "//evil.example/x", EVIL),),
    translations=(Translation("tr", SCRIPT),),
)
ALL = {"whole": WHOLE, "tr": IN_TURKISH, "ru": IN_RUSSIAN, "bare": BARE, "hostile": HOSTILE}


def parsed(page: str) -> html.HtmlElement:
    """Read a page as a browser does that was told it is UTF-8."""
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
