"""Make HTML that pandoc reads of the content of a post: paragraphs, notes, pictures, embedded media."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from lxml import html

from fleuron.importing.note_markup import note_call, notes_section, replace
from fleuron.importing.wordpress.export import Attachment, Post
from fleuron.importing.wordpress.shortcodes import ShortcodeReader

BLOCK_COMMENT = re.compile(r"<!--\s*/?wp:.*?-->", re.DOTALL)
# Blocks that WordPress fills when it shows a page, but not those that have no words.
DYNAMIC = re.compile(r"<!--\s*wp:(?P<name>[\w/-]+)[^>]*?/-->")
WITHOUT_WORDS = frozenset({"footnotes", "more", "nextpage", "spacer", "separator"})
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# What begins a block, which gets no paragraph around it.
BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header"
    r"|hr|iframe|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio|script|style)\b",
    re.IGNORECASE,
)
# The part of a picture's name that gives the size to which WordPress has scaled it.
SCALED = re.compile(r"-\d+x\d+(?=\.\w+$)")
MEDIA = ("iframe", "video", "audio", "embed", "object")


@dataclass(frozen=True)
class PostPage:
    """A post as HTML, and what is left out of it."""

    source: str
    told: tuple[str, ...]


def post_page(post: Post, attachments: Mapping[str, Attachment], folder: Path) -> PostPage:
    """Return the content of a post as HTML; pictures that stand in ``folder`` are named there, others are links."""
    of_post = [name for name, each in attachments.items() if each.parent == post.identifier]
    shortcodes = ShortcodeReader(attachments, of_post)
    content = shortcodes.replaced(COMMENT.sub("", BLOCK_COMMENT.sub("\n\n", post.content)))
    if "<!-- wp:" not in post.content:
        content = with_paragraphs(content)
    body = html.fragment_fromstring(content, create_parent="div")
    told = [*dynamic_blocks(post.content), *shortcodes.told]
    for element in list(body.iter("script", "style")):
        replace(element, None)
    add_notes(body, post, shortcodes.notes, told)
    for element in list(body.iter(*MEDIA)):
        show_media(element, told)
    for picture in list(body.iter("img")):
        show_picture(picture, folder, told)
    for figure in list(body.iter("figure")):
        show_figure(figure)
    return PostPage(html.tostring(body, encoding="unicode"), tuple(told))


def dynamic_blocks(content: str) -> list[str]:
    names = dict.fromkeys(match["name"] for match in DYNAMIC.finditer(content))
    return [
        f"the block “{name}” has no text of its own, and is left out" for name in names if name not in WITHOUT_WORDS
    ]


def with_paragraphs(content: str) -> str:
    """Return content with paragraphs where it has empty lines, as WordPress shows it."""
    parts = []
    for part in re.split(r"\n\s*\n", content.replace("\r\n", "\n")):
        text = part.strip()
        is_block = BLOCK.match(text) or not text
        parts.append(text if is_block else "<p>" + text.replace("\n", "<br>\n") + "</p>")
    return "\n\n".join(parts)


def add_notes(body: Any, post: Post, notes: list[str], told: list[str]) -> None:
    """Put the calls of notes into a post, and the notes after it."""
    found: list[Any] = []
    for element in list(body.iter("fleuron-note", "sup")):
        source = (
            notes[int(element.get("n"))]
            if element.tag == "fleuron-note"
            else post.notes.get(element.get("data-fn", ""))
        )
        if source is None and element.get("data-fn"):
            told.append(f"the note {element.get('data-fn')} is not in the export")
        if source is not None:
            replace(element, note_call(len(found)))
            found.append(html.fragment_fromstring(COMMENT.sub("", source), create_parent="li"))
    if found:
        body.append(notes_section(found))


def show_media(element: Any, told: list[str]) -> None:
    """Put a link in the place of what is embedded."""
    inner = element.find(".//source")
    address = element.get("src") or element.get("data") or (inner.get("src") if inner is not None else "") or ""
    told.append(f"what is embedded from {address} is a link now" if address else "an embedded object is left out")
    replace(element, linked(address, element.get("title") or address) if address else None)


def linked(address: str, words: str) -> Any:
    link = html.Element("a", {"href": f"https:{address}" if address.startswith("//") else address})
    link.text = words
    return link


def show_picture(picture: Any, folder: Path, told: list[str]) -> None:
    """Name a picture where its file stands beside the export; else put a link in its place."""
    address = picture.get("src", "")
    for name in ("srcset", "sizes", "class", "width", "height"):
        picture.attrib.pop(name, None)
    local = local_file(address, folder)
    if local:
        picture.set("src", quote(local))
        return
    told.append(
        f"the picture {address} is a link, since nothing is fetched; save it as {wanted_file(address)} to show it"
    )
    around = picture.getparent()
    words = picture.get("alt") or address.rpartition("/")[2]
    if around.tag == "a" and len(around) == 1:
        replace(picture, None)
        around.text = f"{(around.text or '').strip()}{words}"
    else:
        replace(picture, linked(address, words))


def wanted_file(address: str) -> str:
    """Return where the file of a picture would stand beside the export: the path of its address, if it is one."""
    try:
        path = unquote(urlsplit(address).path).lstrip("/")
    except ValueError:  # a bracket that does not end
        return ""
    return path[path.find("wp-content/") :] if "wp-content/" in path else path


def local_file(address: str, folder: Path) -> str:
    """Return the path of a picture in a folder, that of its full size first; nothing if it is not there."""
    wanted = wanted_file(address)
    for path in (SCALED.sub("", wanted), wanted):
        file = folder / path
        with suppress(OSError):  # a name that is too long
            if path and file.is_file() and file.resolve().is_relative_to(folder.resolve()):
                return path
    return ""


def show_figure(figure: Any) -> None:
    """Make blocks of a figure that has no single picture, such as a gallery or a table, and keep others."""
    caption = figure.find("figcaption")
    if figure.find(".//figure") is None and len(figure.findall(".//img")) == 1:
        around = figure.find("a")
        if around is not None and around.find("img") is not None:
            replace(around, around.find("img"))  # a link to the picture itself
        return
    table = figure.find(".//table")
    if table is not None and caption is not None and table.find("caption") is None:
        caption.tag = "caption"
        table.insert(0, caption)
    elif caption is not None:
        caption.tag = "p"
    figure.tag = "div"
    for child in figure:
        if child.tag == "a":
            child.addprevious(html.Element("p"))
            child.getprevious().append(child)
