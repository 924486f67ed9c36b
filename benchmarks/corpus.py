"""Generate a publication of any size, the same for the same size, whose articles share subjects.

Words are made of syllables. Each article is about one subject, one in eight about two. One in sixteen of its words
belongs to the subject; the others are common to all articles and as frequent as in a language (G. K. Zipf, 1949). So
about 150 of the 2,600 words of an article are characteristic of it, as in a real article.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

# Articles of a subject, its own words, and how many words all articles have.
OF_ONE_SUBJECT, OWN_WORDS, COMMON_WORDS = 20, 120, 6000
TELLING = 1 / 16
FEWEST_SUBJECTS = 8
# The sections of an article, and how many articles there are to a contributor.
SECTIONS, TO_AN_AUTHOR = (4, 7), 4
SOURCES_OF_SUBJECT, KEYWORDS_OF_SUBJECT, COMMON_KEYWORDS = 60, 6, 20

ONSETS = ("b", "br", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "w")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
CODAS = ("", "", "l", "m", "n", "nd", "r", "rk", "st", "t")
ENDINGS = ("", "", "", "s", "ed", "ing")

CONF = """project = "A Review of Everything"
author = "A Review of Everything"
extensions = ["fleuron"]
fleuron_languages = ["en"]
html_baseurl = "https://review.example/"
include_patterns = ["index.md", "articles/*", "authors/*"]
"""


@dataclass(frozen=True)
class Length:
    """How long articles are: the fewest and the most words, and the notes."""

    words: tuple[int, int]
    notes: int


LENGTH = Length((1500, 3700), 15)


@dataclass(frozen=True)
class Lexicon:
    """Words, the most frequent first, with their frequencies summed up for a quick choice."""

    words: tuple[str, ...]
    sums: tuple[float, ...]

    def choose(self, chance: random.Random, number: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self.sums, k=number)


@dataclass(frozen=True)
class Subject:
    """What articles are about: its words, its keywords, and the keys of its literature."""

    lexicon: Lexicon
    keywords: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Corpus:
    """What all articles have in common, the subjects, and which of them each article is about."""

    common: Lexicon
    subjects: tuple[Subject, ...]
    about: tuple[tuple[int, ...], ...]
    keywords: tuple[str, ...]
    length: Length = LENGTH

    @property
    def authors(self) -> int:
        return max(2, len(self.about) // TO_AN_AUTHOR)


def name_of(number: int) -> str:
    """Name an article's document."""
    return f"article-{number:04}"


def new_words(chance: random.Random, number: int, taken: set[str]) -> list[str]:
    """Make words of two or three syllables that there are not yet."""
    made: list[str] = []
    while len(made) < number:
        syllables = (
            chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS) for _ in range(chance.randint(2, 3))
        )
        word = "".join(syllables)
        if word not in taken:
            taken.add(word)
            made.append(word)
    return made


def lexicon(words: Sequence[str]) -> Lexicon:
    return Lexicon(tuple(words), tuple(accumulate(1 / rank for rank in range(3, len(words) + 3))))


def corpus(articles: int, length: Length = LENGTH) -> Corpus:
    """Plan a publication of so many articles."""
    chance, taken = random.Random(f"{articles} articles"), set[str]()
    common = lexicon(new_words(chance, COMMON_WORDS, taken))
    subjects = [subject(chance, number, taken) for number in range(max(FEWEST_SUBJECTS, articles // OF_ONE_SUBJECT))]
    about = [tuple(chance.sample(range(len(subjects)), 2 if number % 8 == 7 else 1)) for number in range(articles)]
    keywords = new_words(chance, COMMON_KEYWORDS, taken)
    return Corpus(common, tuple(subjects), tuple(about), tuple(word.title() for word in keywords), length)


def subject(chance: random.Random, number: int, taken: set[str]) -> Subject:
    words = new_words(chance, OWN_WORDS, taken)
    keywords = [f"{word.title()} {other}" for word, other in zip(words[:KEYWORDS_OF_SUBJECT], words[20:], strict=False)]
    sources = [f"source{number}x{each}" for each in range(SOURCES_OF_SUBJECT)]
    return Subject(lexicon(words), tuple(keywords), tuple(sources))


def inflected(chance: random.Random, words: Sequence[str]) -> list[str]:
    return [word + chance.choice(ENDINGS) for word in words]


def text(chance: random.Random, made: Corpus, about: Sequence[int], number: int) -> list[str]:
    """Write so many words of an article, in sentences."""
    words = made.common.choose(chance, number)
    for place in range(number):
        if chance.random() < TELLING:
            words[place] = made.subjects[chance.choice(about)].lexicon.choose(chance, 1)[0]
    words = inflected(chance, words)
    place = 0
    while place < number:
        end = min(number, place + chance.randint(8, 30))
        words[place] = words[place].capitalize()
        words[end - 1] += "."
        place = end
    return words


def title(chance: random.Random, made: Corpus, about: Sequence[int]) -> str:
    own = made.subjects[about[0]].lexicon.choose(chance, 2)
    return " ".join(word.title() for word in (*made.common.choose(chance, 3), *own))


def body(chance: random.Random, made: Corpus, about: Sequence[int]) -> Iterator[str]:
    """Write the sections of an article, with its notes on their sentences."""
    length, sections = chance.randint(*made.length.words), chance.randint(*SECTIONS)
    each = length // sections
    for section in range(sections):
        if section:
            yield f"## {title(chance, made, about)}\n"
        words = text(chance, made, about, each)
        closes = [place for place, word in enumerate(words) if word.endswith(".")]
        for place in chance.sample(closes, min(len(closes), -(-made.length.notes // sections))):
            cited = chance.choice(made.subjects[chance.choice(about)].sources)
            locator = f"{{p. {chance.randint(1, 300)}}}" if chance.random() < 0.6 else ""
            words[place] += f"{{footcite}}`{cited}{locator}`"
        for start in range(0, each, 110):
            yield " ".join(words[start : start + 110]) + "\n"


def article(made: Corpus, number: int) -> str:
    """Write an article as its author would: the record, the title, the text."""
    chance, about = random.Random(f"article {number}"), made.about[number]
    own = chance.sample([word for each in about for word in made.subjects[each].keywords], chance.randint(2, 3))
    keywords = own + chance.sample(made.keywords, chance.randint(1, 2))
    authors = chance.sample(range(made.authors), min(made.authors, chance.choice((1, 1, 2, 3))))
    abstract = " ".join(text(chance, made, about, 60))
    facts = (
        f"authors: [{', '.join(f'author-{each:03}' for each in authors)}]",
        f"date: {date(2010, 1, 1) + timedelta(days=number * 3)}",
        f"abstract: >-\n  {abstract}",
        f"keywords: [{', '.join(keywords)}]",
        "license: CC-BY-4.0",
    )
    return "\n".join(("---", *facts, "---", f"# {title(chance, made, about)}\n", *body(chance, made, about)))


def source(chance: random.Random, key: str, words: Sequence[str]) -> str:
    """Write an entry of the bibliography."""
    kind, *more = chance.choice(
        (
            ("book", "publisher = {The Press}", "address = {Ankara}"),
            (
                "article",
                "journal = {The Journal of Borders}",
                f"volume = {{{chance.randint(1, 60)}}}",
                "pages = {9--31}",
            ),
        )
    )
    family, given = words[0].title(), chance.choice(("Ada", "Mehmet", "Olga", "John"))
    fields = [f"author = {{{family}, {given}}}", f"title = {{{{{' '.join(words).title()}}}}}", *more]
    return f"@{kind}{{{key},\n  " + ",\n  ".join((*fields, f"year = {{{chance.randint(1950, 2025)}}}")) + ",\n}\n"


def bibliography(made: Corpus) -> Iterator[str]:
    chance = random.Random("bibliography")
    for subject in made.subjects:
        for key in subject.sources:
            yield source(chance, key, [*subject.lexicon.choose(chance, 2), *made.common.choose(chance, 3)])


def author(made: Corpus, number: int) -> str:
    chance = random.Random(f"author {number}")
    name = " ".join(word.title() for word in chance.sample(made.common.words, 2))
    return f"---\nname: {name}\n---\n{' '.join(text(chance, made, [0], 40))}\n"


def contents(made: Corpus) -> str:
    articles = "\n".join(f"articles/{name_of(number)}" for number in range(len(made.about)))
    authors = "\n".join(f"authors/author-{number:03}" for number in range(made.authors))
    tables = (f"```{{toctree}}\n{documents}\n```\n" for documents in (articles, authors))
    return "\n".join(("# A Review of Everything\n", "It says nothing, at length.\n", *tables))


def write(made: Corpus, folder: Path) -> None:
    """Write a publication's sources into a folder."""
    files = {"conf.py": CONF, "index.md": contents(made), "refs.bib": "\n".join(bibliography(made))}
    files |= {f"articles/{name_of(number)}.md": article(made, number) for number in range(len(made.about))}
    files |= {f"authors/author-{number:03}.md": author(made, number) for number in range(made.authors)}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def write_catalogues(made: Corpus, folder: Path, language: str) -> None:
    """Write a translator's catalogue of each article: every message is translated, by a word in front of it."""
    for number in range(len(made.about)):
        path = folder / "locale" / language / "LC_MESSAGES" / "articles" / f"{name_of(number)}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(catalogue(article(made, number), language), "utf-8")


def catalogue(text: str, language: str) -> str:
    """Translate the titles and paragraphs of an article."""
    body = text.split("\n---\n", 1)[1]
    messages = dict.fromkeys(line.lstrip("# ") for line in body.splitlines() if line)
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    return "\n".join((head, *(f'msgid "{each}"\nmsgstr "Çeviri {each}"\n' for each in messages)))
