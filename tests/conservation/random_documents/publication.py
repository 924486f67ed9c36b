"""Write a publication of random documents, and translate it."""

from __future__ import annotations

from collections.abc import Sequence

from babel.messages.pofile import read_po, write_po

from tests.conservation.random_documents.documents import Document
from tests.conservation.random_documents.words import ALPHABETS, translated
from tests.paged.test_layout import SQUARE
from tests.support.publications import SMALL, Publication

LANGUAGES = ("en", *ALPHABETS)
CONF = f"""
project = "Small"
author = "A. Author"
extensions = ["fleuron"]
fleuron_languages = {list(LANGUAGES)}
fleuron_edition_threshold = 0
fleuron_epub_fonts = False
html_baseurl = "https://example.org/"
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "strikethrough",
    "substitution", "tasklist",
]
myst_substitutions = {{"shared": "xshared"}}
"""
SOURCES = """
@book{ghubar, author = {غبار, میر غلام محمد}, title = {افغانستان در مسیر تاریخ}, publisher = {P}, address = {کابل},
  year = {1967}, langid = {persian}}
@book{grafton, author = {Grafton, Anthony}, title = {The Footnote: A Curious History}, publisher = {P}, address = {A},
  year = {1997}}
@article{rashid, author = {Rashid, Ahmed and Other, Ann}, title = {Of Notes}, journal = {Review}, volume = {3},
  number = {2}, pages = {1--9}, year = {2000}}
@misc{anon, title = {Письмо}, year = {1850}, langid = {russian}}
"""
# Two by two pixels.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f80000000c4944415478da6360f80f84"
    "00060001ffad2c37250000000049454e44ae426082"
)


def write(publication: Publication, documents: Sequence[Document]) -> None:
    """Write the sources of a publication that has an article of each document."""
    names = [f"articles/d{number}" for number in range(len(documents))]
    publication.write("conf.py", CONF)
    publication.write("index.md", "# Small\n\nA publication.\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")
    publication.write("authors/ada.md", SMALL["authors/ada.md"])
    publication.write("refs.bib", SOURCES)
    publication.write("articles/picture.svg", SQUARE)
    publication.write("articles/picture.png", PICTURE)
    for name, document in zip(names, documents, strict=True):
        publication.write(f"{name}.md", document.source)


def translate(publication: Publication) -> None:
    """Translate each message of each catalogue."""
    for path in (publication.source / "locale").rglob("*.po"):
        language = path.relative_to(publication.source / "locale").parts[0]
        with path.open("rb") as file:
            catalogue = read_po(file)
        for message in catalogue:
            if message.id:
                message.string = translated(str(message.id), language)
        with path.open("wb") as file:
            write_po(file, catalogue)
