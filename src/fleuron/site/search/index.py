"""Let Sphinx's search fold words in the same way in the index and in the reader's browser.

Sphinx 9.0 lower-cases a word without regard to its language: a Turkish İ becomes an i with a combining dot, a
Turkish I an i. A language that it does not know is searched by the rules of English.
"""

from __future__ import annotations

import json
from collections.abc import Set
from importlib import import_module
from importlib.resources import files
from typing import ClassVar

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.search import SearchLanguage, languages

from fleuron.config import has_own_theme
from fleuron.publication.document_names import UNDECOMPOSED
from fleuron.site.search.stems import LATIN_MARKS, MARKS, Folding, folding_of, without_diacritics

# Sphinx 9.0 has Snowball 3.0's stemmers for the browser, but makes the index with 3.1's. They differ in English: 3.1
# treats “inter” as a beginning that no suffix includes, as both treat “gener”. So the browser stems the latter instead.
REPLACED_BEGINNINGS = {"en": {"inter": "gener"}}


class FoldedSearch(SearchLanguage):
    """Folds words before they are stemmed, and removes diacritics from the stems."""

    folding: ClassVar[Folding]

    def split(self, input: str) -> list[str]:
        return self.folding.words(input)

    def stem(self, word: str) -> str:
        return without_diacritics(super().stem(word))

    def word_filter(self, word: str) -> bool:
        """Return whether to index a word: also years, which Sphinx leaves out with all numbers."""
        return word not in self.stopwords and not (word.isdigit() and len(word) < 3)


def stock_language(language: str) -> type[SearchLanguage]:
    """Return Sphinx's own class for a language, found as its index finds it, or the general one if it has none."""
    found = languages.get(language) or languages.get(language.partition("_")[0]) or SearchLanguage
    if isinstance(found, str):
        module, name = found.rsplit(".", 1)
        found = getattr(import_module(module), name)
    assert isinstance(found, type)
    return found


def folded_language(language: str) -> type[SearchLanguage]:
    """Make the class for a language; where Sphinx divides words by a dictionary (ja, zh), return Sphinx's."""
    stock = stock_language(language)
    if stock.split is not SearchLanguage.split:
        return stock
    folding = folding_of(language)
    folded = {folding.fold(word) for word in stock.stopwords}
    members = {
        "lang": language,
        "folding": folding,
        "stopwords": frozenset(folded | {without_diacritics(word) for word in folded}),
        "js_splitter_code": folding_script(folding, REPLACED_BEGINNINGS.get(language, {})),
    }
    return type(f"Folded{stock.__name__}", (FoldedSearch, stock), members)


def folding_script(folding: Folding, replaced_beginnings: dict[str, str]) -> str:
    """Return the script that folds words in the browser, with the tables of a folding."""
    tables = {
        "before": folding.before,
        "after": folding.after,
        "undecomposed": UNDECOMPOSED,
        "latinMarks": LATIN_MARKS,
        "marks": MARKS,
        "replacedBeginnings": list(replaced_beginnings.items()),
    }
    source = files(__package__).joinpath("folding.js").read_text("utf-8")
    return f"{source.rstrip()}({json.dumps(tables)});"


def search_language(config: Config) -> str:
    """Return the language whose rules the search follows."""
    return str(config.html_search_language or config.language)


def stopwords_of(config: Config) -> Set[str]:
    """Return the words that the search of an edition ignores."""
    return stock_language(search_language(config)).stopwords


def add_language(app: Sphinx, config: Config) -> None:
    if has_own_theme(config):
        return
    # Sphinx 9.0 has no other hook than the table of languages of its module `sphinx.search`. It belongs to the
    # process, which builds one edition.
    app.add_search_language(folded_language(search_language(config)))


def setup(app: Sphinx) -> None:
    app.connect("config-inited", add_language, priority=900)
