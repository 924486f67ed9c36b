"""Sphinx's own search, with words folded alike in the index and in the reader's browser.

Sphinx 9.0 lowers a word by the rules of no language: a Turkish İ becomes an i with a mark, a
Turkish I an i. And a language that it does not know is searched by the rules of English.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Set
from importlib import import_module
from importlib.resources import files
from typing import ClassVar

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.search import IndexBuilder, SearchLanguage, languages

from fleuron.publication.document_names import UNDECOMPOSED
from fleuron.site.search.stems import LATIN_MARKS, MARKS, Folding, bare, folding_of

# Sphinx 9.0 brings Snowball 3.0's stemmers for the browser, the index is made with 3.1's. They differ in English: 3.1
# counts “inter” as one of the beginnings that are no part of a suffix, as both do “gener”.
STAND_INS = {"en": {"inter": "gener"}}


class FoldedSearch(SearchLanguage):
    """Folds words before the stemmer of a language sees them, and takes the marks from the stems."""

    folding: ClassVar[Folding]

    def split(self, input: str) -> list[str]:
        return self.folding.words(input)

    def stem(self, word: str) -> str:
        return bare(super().stem(word))

    def word_filter(self, word: str) -> bool:
        """Keep years, which Sphinx drops with all numbers."""
        return word not in self.stopwords and not (word.isdigit() and len(word) < 3)


def stock_language(language: str) -> type[SearchLanguage]:
    """Find Sphinx's own class for a language as its index does, and the plain one where it has none."""
    found = languages.get(language) or languages.get(language.partition("_")[0]) or SearchLanguage
    if isinstance(found, str):
        module, name = found.rsplit(".", 1)
        found = getattr(import_module(module), name)
    assert isinstance(found, type)
    return found


def folded_language(language: str) -> type[SearchLanguage]:
    """Make the class for a language; where Sphinx finds words by a dictionary (ja, zh), it is Sphinx's."""
    stock = stock_language(language)
    if stock.split is not SearchLanguage.split:
        return stock
    folding = folding_of(language)
    stopped = {folding.fold(word) for word in stock.stopwords}
    members = {
        "lang": language,
        "folding": folding,
        "stopwords": frozenset(stopped | {bare(word) for word in stopped}),
        "js_splitter_code": script(folding, STAND_INS.get(language, {})),
    }
    return type(f"Folded{stock.__name__}", (FoldedSearch, stock), members)


def script(folding: Folding, stand_ins: dict[str, str]) -> str:
    """Write the tables of a folding into the script that folds in the browser."""
    tables = {
        "before": folding.before,
        "after": folding.after,
        "undecomposed": UNDECOMPOSED,
        "latinMarks": LATIN_MARKS,
        "marks": MARKS,
        "standIns": list(stand_ins.items()),
    }
    source = files(__package__).joinpath("folding.js").read_text("utf-8")
    return f"{source.rstrip()}({json.dumps(tables)});"


def search_language(config: Config) -> str:
    return str(config.html_search_language or config.language)


def stopwords_of(config: Config) -> Set[str]:
    """Return the words that the search of an edition passes over."""
    return stock_language(search_language(config)).stopwords


def forget_withdrawn(indexer: IndexBuilder, documents: Iterable[str]) -> None:
    """Drop the words that no document has any more: Sphinx 9.0 keeps them for ever in an index it adds to."""
    indexer.prune(documents)
    for words in (indexer._mapping, indexer._title_mapping):
        for word in [word for word, having in words.items() if not having]:
            del words[word]


def register(app: Sphinx, config: Config) -> None:
    # The one hook that Sphinx 9.0 has is the table of languages of its module `sphinx.search`; it is for the
    # process, which builds one edition.
    app.add_search_language(folded_language(search_language(config)))


def setup(app: Sphinx) -> None:
    app.connect("config-inited", register, priority=900)
