"""Convert our JATS to pandoc's trees, with notes in their places, languages, pictures and the list of sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from lxml import etree

from fleuron.exporting.inline_tree import InlineTree, words
from fleuron.importing.conversion.tree import Node, paragraph
from fleuron.library.jats.elements import LANG

NOTHING: list[Any] = ["", [], []]
ALIGNED = {"t": "AlignDefault"}
WIDTH = {"t": "ColWidthDefault"}
# What stands in the head of an article, and what has no words.
LEFT_OUT = frozenset({"label", "title", "alt-text", "front", "target"})
CONTAINERS = frozenset({"boxed-text", "bio", "caption", "ack", "body", "list-item", "def", "disp-quote", "fig"})
Wrap = Callable[[str, list[Node]], list[Node]]


class JatsTree(InlineTree):
    """Converts an article; ``wrap`` puts what is hidden around the words of a note, by its id."""

    def __init__(self, article: Any, pictures: Mapping[str, str], wrap: Wrap) -> None:
        super().__init__(pictures)
        self.article = article
        for note in article.iter("fn"):
            self.notes[note.get("id")] = partial(self.note, note, wrap)

    def note(self, note: Any, wrap: Wrap) -> list[Node]:
        return wrap(note.get("id"), self.blocks(note))

    def metadata(self) -> dict[str, Any]:
        """Return title, subtitle, authors, abstract, keywords and language."""
        meta = self.article.find("front/article-meta")
        found: dict[str, Any] = {"lang": inlines(words(self.article.get(LANG) or "en"))}
        for name, path in (("title", "title-group/article-title"), ("subtitle", "title-group/subtitle")):
            if (element := meta.find(path)) is not None:
                found[name] = inlines(self.line(element))
        names = [
            " ".join(name_of(each).split()) for each in meta.findall("contrib-group/contrib[@contrib-type='author']")
        ]
        if names:
            found["author"] = {"t": "MetaList", "c": [inlines(words(name)) for name in names]}
        if (date := meta.find("pub-date")) is not None and date.get("iso-8601-date"):
            found["date"] = inlines(words(date.get("iso-8601-date")))
        if (abstract := meta.find("abstract")) is not None:
            found["abstract"] = {"t": "MetaBlocks", "c": self.blocks(abstract)}
        keywords = [inlines(self.line(each)) for each in meta.findall("kwd-group/kwd")]
        return found | ({"keywords": {"t": "MetaList", "c": keywords}} if keywords else {})

    def content(self) -> list[Node]:
        """Return the body, what follows it, and the list of sources."""
        body = self.blocks(self.article.find("body"))
        if (thanks := self.article.find("back/ack")) is not None:
            body += [*self.heading(thanks, 1), *self.blocks(thanks)]
        if (sources := self.article.find("back/ref-list")) is not None:
            body += self.heading(sources, 1)
            body += [paragraph(*self.line(each)) for each in sources.iter("mixed-citation")]
        return body

    def blocks(self, parent: Any, level: int = 0) -> list[Node]:
        return [block for child in parent if child.tag not in LEFT_OUT for block in self.block(child, level)]

    def block(self, element: Any, level: int) -> list[Node]:
        """Return an element that is a block, with the mark of its language."""
        made = list(self.unmarked(element, level))
        language, identifier = element.get(LANG), element.get("id") or ""
        if not (language or identifier) or element.tag == "sec":
            return made
        return [{"t": "Div", "c": [[identifier, [], [["lang", language]] if language else []], made]}]

    def unmarked(self, element: Any, level: int) -> Iterator[Node]:
        tag = element.tag
        if tag == "sec":
            yield from self.heading(element, level + 1)
            yield from self.blocks(element, level + 1)
        elif tag == "list":
            yield self.listed(element)
        elif tag == "def-list":
            pairs = [
                [self.line(each.find("term")), [self.blocks(one) for one in each.iterfind("def")]]
                for each in element.iterfind("def-item")
            ]
            yield {"t": "DefinitionList", "c": pairs}
        elif tag == "disp-quote":
            yield {"t": "BlockQuote", "c": self.blocks(element)}
        elif tag == "verse-group":
            yield {"t": "LineBlock", "c": self.verses(element, 0)}
        elif tag == "preformat":
            yield {"t": "CodeBlock", "c": [NOTHING, "".join(element.itertext())]}
        elif tag == "table-wrap":
            yield from self.tables(element)
        elif tag == "fig":
            yield from self.figure(element)
        elif tag in CONTAINERS:
            yield from self.heading(element, level + 1) if element.find("title") is not None else ()
            yield from self.blocks(element, level)
        else:
            yield from self.paragraphs(element)

    def paragraphs(self, element: Any) -> Iterator[Node]:
        """Yield a paragraph in parts, between which stand the blocks that JATS has within it."""
        if element.tag in ("graphic", "disp-formula", "attrib"):
            yield paragraph(*self.inline(element))
            return
        here = words(element.text or "")
        for child in element:
            if child.tag in (*CONTAINERS, "list", "def-list", "verse-group", "preformat", "table-wrap"):
                if here:
                    yield paragraph(*here)
                yield from self.block(child, 0)
                here = words((child.tail or "").strip())
            else:
                here += [*(self.inline(child) if isinstance(child.tag, str) else []), *words(child.tail or "")]
        if here:
            yield paragraph(*here)

    def heading(self, element: Any, level: int) -> list[Node]:
        title = element.find("title")
        content = self.line(title) if title is not None else []
        return [{"t": "Header", "c": [min(level, 6), [element.get("id") or "", [], []], content]}] if content else []

    def listed(self, element: Any) -> Node:
        items = [self.blocks(item) for item in element.iterfind("list-item")]
        if element.get("list-type") == "bullet":
            return {"t": "BulletList", "c": items}
        first = next((label.text or "1" for label in element.iterfind("list-item/label")), "1").rstrip(".")
        kinds = {
            "alpha-lower": "LowerAlpha",
            "alpha-upper": "UpperAlpha",
            "roman-lower": "LowerRoman",
            "roman-upper": "UpperRoman",
        }
        kind = kinds.get(element.get("list-type") or "", "Decimal")
        return {
            "t": "OrderedList",
            "c": [[int(first) if first.isdecimal() else 1, {"t": kind}, {"t": "Period"}], items],
        }

    def verses(self, element: Any, depth: int) -> list[list[Node]]:
        """Return the lines of verses; those of a group within it are indented."""
        lines = []
        for child in element:
            if child.tag == "verse-group":
                lines += self.verses(child, depth + 1)
            else:
                lines.append([*words("\N{NO-BREAK SPACE}" * 4 * depth), *self.line(child)])
        return lines

    def figure(self, element: Any) -> Iterator[Node]:
        """Yield the pictures of a figure, its caption with its number, and what else it has."""
        label, caption = element.findtext("label"), element.find("caption")
        pictures = [node for each in element.iterfind("graphic") for node in self.picture(each)]
        shown = self.blocks(caption) if caption is not None else []
        if label and shown and shown[0]["t"] == "Para":
            shown[0] = paragraph(*words(f"{label}: "), *shown[0]["c"])
        elif label:
            shown = [paragraph(*words(label)), *shown]
        yield {"t": "Figure", "c": [NOTHING, [None, shown], [{"t": "Plain", "c": pictures}]]}
        others = [child for child in element if child.tag not in ("label", "caption", "graphic")]
        for child in others:
            yield from self.block(child, 0)

    def tables(self, element: Any) -> Iterator[Node]:
        label, title = element.findtext("label"), element.find("caption/title")
        caption = [
            *words(f"{label}: " if label and title is not None else label or ""),
            *(self.line(title) if title is not None else []),
        ]
        for number, table in enumerate(element.iterfind("table")):
            shown = [{"t": "Plain", "c": caption}] if caption and not number else []
            head = [self.row(row) for row in table.iterfind("thead/tr")]
            body = [self.row(row) for row in table.iterfind("tbody/tr")]
            width = max((sum(cell[3] for cell in row[1]) for row in (*head, *body)), default=1)
            yield {
                "t": "Table",
                "c": [
                    NOTHING,
                    [None, shown],
                    [[ALIGNED, WIDTH]] * width,
                    [NOTHING, head],
                    [[NOTHING, 0, [], body]],
                    [NOTHING, []],
                ],
            }

    def row(self, row: Any) -> list[Any]:
        return [NOTHING, [self.cell(cell) for cell in row]]

    def cell(self, cell: Any) -> list[Any]:
        is_line = not any(
            child.tag in ("p", "list", "def-list", "preformat", "disp-formula", "graphic") for child in cell
        )
        content = [{"t": "Plain", "c": self.line(cell)}] if is_line else self.blocks(cell)
        return [NOTHING, ALIGNED, int(cell.get("rowspan", 1)), int(cell.get("colspan", 1)), content]


def name_of(contributor: Any) -> str:
    parts = (
        contributor.findtext("name/given-names"),
        contributor.findtext("name/surname"),
        contributor.findtext("collab"),
    )
    return " ".join(filter(None, parts)) or "".join(contributor.xpath("string(string-name)"))


def inlines(content: list[Node]) -> Node:
    return {"t": "MetaInlines", "c": content}


def read_article(source: str) -> Any:
    """Return the article of our JATS; its document type is not fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(source.encode("utf-8"), parser)
