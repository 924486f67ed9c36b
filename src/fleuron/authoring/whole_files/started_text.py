"""Make a whole-file translation of a source: each text of it is replaced by its translation in a catalogue.

What has no translation stays in the source's language, to be translated in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml
from markdown_it import MarkdownIt

from fleuron.checks.reading.markdown import MarkdownReader
from fleuron.checks.sources import Text
from fleuron.editions.whole_files.front_matter import TRANSLATED_FROM, TRANSLATORS
from fleuron.editions.whole_files.sections import TRANSLATED_KEYS, Section, sections_of
from fleuron.publication.front_matter import FrontMatter, read_front_matter

# The end of a line that the author breaks, in the source and in a message.
LINE_BREAK = re.compile(r"(?: {2,}|[ \t]*\\)\n")
SHOWN_BREAK = "\\ "
EMPTY_LINES = re.compile(r"[ \t]*\n(?:[ \t]*\n)+[ \t]*")
# A number that would begin a list.
ENUMERATOR = re.compile(r"\d+(?=[.)])")
# What stands before the text of a block's first line, and not before that of its others: all but marks of quotation.
FIRST_ONLY = re.compile(r"[^>\s]")
# What stands before a text that has a line of its own: the name of an option, or the beginning of a formula.
BEFORE_TEXT = r"[ \t]*(?::[\w-]+:|\w+:)?[ \t]*(?:\$\$)?"
# What stands before an entry of the index, and after it.
BEFORE_ENTRY = (
    r"[ \t]*(?:`{3,}|:{3,})?(?:\{index\}[ \t]*)?(?:(?:single|pair|triple|see|seealso)[ \t]*:)?(?:[^;]*;)*[ \t]*!?"
)
AFTER_ENTRY = r"[ \t]*(?:;.*)?"
INDEX_LINE = re.compile(r"[ \t]*(?:(?:`{3,}|:{3,})\{index\}|(?:single|pair|triple|see|seealso)[ \t]*:)")
# The width of lines in what is written: a paragraph is one line, as a message is.
YAML_WIDTH = 10_000


@dataclass
class StartedText:
    """A translation that was made: its text, how many texts it has, of those how many are translated.

    ``unplaced`` are the messages whose translation could not be put in; ``lines`` those of the source's file.
    """

    text: str = ""
    texts: int = 0
    translated: int = 0
    unplaced: list[str] = field(default_factory=list)


def folded(text: str) -> str:
    """Return a text of a source, or a message, as they are compared: on one line, without the marks of line breaks."""
    return " ".join(LINE_BREAK.sub("\n", text).replace(SHOWN_BREAK, " ").split())


class TextStarter:
    """Puts translations into the lines of a source."""

    def __init__(
        self, source: str, translations: Mapping[str, str], parser: MarkdownIt, translators: Sequence[str] = ()
    ) -> None:
        self.source = source
        self.translators = translators
        self.parser = parser
        self.translations = {folded(message): (message, text) for message, text in translations.items()}
        self.lines: list[str | None] = list(source.split("\n"))
        self.placed: set[str] = set()
        self.result = StartedText()

    def start(self) -> StartedText:
        """Return the translation, with what it was made from in its front matter."""
        front_matter = read_front_matter(self.source)
        document = MarkdownReader(self.parser, "", "", "", self.source).read()
        spans = {(text.pieces[0].line, text.pieces[0].column): text for text in document.texts if text.kind != "value"}
        for _place, text in sorted(spans.items(), reverse=True):
            self.place(text)
        self.place_others(front_matter)
        values = dict(self.front_matter_values(front_matter))
        if self.translators and TRANSLATORS not in front_matter.entries:
            values[TRANSLATORS] = list(self.translators)
        head = written_front_matter(values, sections_of(self.source))
        body = [line for line in self.lines[front_matter.height :] if line is not None]
        self.result.text = head + "\n".join(body)
        messages = " ".join(self.placed)
        left = {key: message for key, (message, _text) in self.translations.items() if key not in self.placed}
        self.result.unplaced = [message for key, message in left.items() if key not in messages]
        return self.result

    def place(self, text: Text) -> None:
        """Put the translation of a block in its place."""
        key = folded(text.source)
        if not key:
            return
        self.result.texts += 1
        found = self.translations.get(key)
        if found is None or not all(piece.column for piece in text.pieces):
            return
        parts = text.source.split("\n")
        first, last = text.pieces[0], text.pieces[-1]
        begin, end = self.lines[first.line - 1], self.lines[last.line - 1]
        if begin is None or end is None:
            return
        before, after = begin[: first.column - 1], end[last.column - 1 + len(parts[-1]) :]
        takes_breaks = not before.lstrip().startswith("#") and "|" not in before
        written = self.written(found[1], found[0], takes_breaks=takes_breaks)
        continued = FIRST_ONLY.sub(" ", before) if len(parts) == 1 else self.prefix(text, 1)
        self.lines[first.line - 1] = before + f"\n{continued}".join(written) + after.rstrip()
        for piece in text.pieces[1:]:
            self.lines[piece.line - 1] = None
        self.placed.add(key)
        self.result.translated += 1

    def prefix(self, text: Text, number: int) -> str:
        piece = text.pieces[number]
        return (self.lines[piece.line - 1] or "")[: piece.column - 1]

    def written(self, translation: str, message: str, *, takes_breaks: bool) -> list[str]:
        """Return the lines of a translation as Markdown reads them as text of one block."""
        text = translation.strip()
        if not takes_breaks:
            return [" ".join(text.replace(SHOWN_BREAK, " ").split())]
        text = EMPTY_LINES.sub("\\\\\n", text)
        if SHOWN_BREAK in message:
            text = text.replace(SHOWN_BREAK, "\\\n")
        return [self.as_text(" ".join(line.split())) for line in text.split("\n")]

    def as_text(self, line: str) -> str:
        """Return a line so that it begins no list, heading or quotation."""
        if is_paragraph(self.parser, line):
            return line
        if enumerator := ENUMERATOR.match(line):
            return f"{enumerator[0]}\\{line[enumerator.end() :]}"
        return f"\\{line}"

    def place_others(self, front_matter: FrontMatter) -> None:
        """Put in the translations of formulas, descriptions and entries of the index, which have lines of their own."""
        for key, (message, text) in self.translations.items():
            if key in self.placed:
                continue
            alone = re.compile(rf"({BEFORE_TEXT}){re.escape(message)}((?:\$\$)?\s*)")
            entry = re.compile(rf"({BEFORE_ENTRY}){re.escape(message)}({AFTER_ENTRY})")
            for number, line in enumerate(self.lines[front_matter.height :], front_matter.height):
                pattern = entry if line is not None and INDEX_LINE.match(line) else alone
                if line is not None and (found := pattern.fullmatch(line)):
                    self.lines[number] = f"{found[1]}{' '.join(text.split())}{found[2]}"
                    self.placed.add(key)

    def front_matter_values(self, front_matter: FrontMatter) -> Iterator[tuple[str, object]]:
        """Yield the texts of front matter of which any part is translated, and mark them as placed."""
        for key in TRANSLATED_KEYS:
            if key not in front_matter.entries:
                continue
            value = front_matter.entries[key].value
            entries = value if isinstance(value, list) else [value] if isinstance(value, Mapping) else None
            parts = [name_of(each) for each in entries] if entries is not None else str(value).split("\n\n")
            if key == "keywords" and not isinstance(value, list):
                parts = [part.strip() for part in str(value).split(",") if part.strip()]
            self.result.texts += len(parts)
            found = [self.translations.get(folded(part)) for part in parts]
            if not any(found):
                continue
            self.result.translated += sum(map(bool, found))
            self.placed |= {folded(part) for part, each in zip(parts, found, strict=True) if each}
            new = [each[1].strip() if each else folded(part) for part, each in zip(parts, found, strict=True)]
            if entries is not None and key != "keywords":
                yield key, [with_name(each, name) for each, name in zip(entries, new, strict=True)]
            else:
                yield key, new if key == "keywords" else "\n\n".join(new)


def name_of(entry: object) -> str:
    """Return the text of an entry of a list, which may be a name with an identifier."""
    return str(entry.get("name", "")) if isinstance(entry, Mapping) else str(entry)


def with_name(entry: object, name: str) -> object:
    """Return an entry of a list with another text, and the identifier that it has."""
    return {**entry, "name": name} if isinstance(entry, Mapping) else name


def is_paragraph(parser: MarkdownIt, text: str) -> bool:
    """Return whether Markdown reads a text as one paragraph that has it as it is."""
    tokens = parser.parse(text, {})
    kinds = [token.type for token in tokens]
    return kinds == ["paragraph_open", "inline", "paragraph_close"] and tokens[1].content == text


def written_front_matter(values: Mapping[str, object], sections: Sequence[Section]) -> str:
    """Return the front matter of a translation: its texts, and the sections that it was made from."""
    texts = yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=YAML_WIDTH) if values else ""
    return f"---\n{texts}{written_record(sections)}---\n"


def written_record(sections: Sequence[Section]) -> str:
    """Return the entry of front matter that says which sections of the source a translation follows."""
    entries = [section.entry for section in sections]
    quoted = (entry.replace("\\", "\\\\").replace('"', '\\"') for entry in entries)
    return f"{TRANSLATED_FROM}:\n" + "".join(f'- "{entry}"\n' for entry in quoted)
