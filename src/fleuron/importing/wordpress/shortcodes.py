"""Replace WordPress's shortcodes by HTML: captions, galleries, notes of plugins, embedded addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from fleuron.importing.wordpress.export import Attachment

# Words of an attribute may have any quotation marks, which WordPress's editor curls.
ATTRIBUTE = re.compile(r"""(?P<name>[\w-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s\]"']+))""")
SHORTCODE = re.compile(r"\[(?P<escaped>\[?)(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:\s+[^\[\]]*?)?)\s*/?\]")
# The notes of plugins: Easy Footnotes, Modern Footnotes, Simple Footnotes, Footnotes Made Easy and others.
NOTE_CODES = ("efn_note", "easy_footnote", "footnote", "footnotes", "mfn", "modern_footnote", "ref", "fn", "note")
# Those that only say where the notes stand.
NOTE_LISTS = frozenset({"footnotes_list", "efn_notes", "references", "reflist", "footnote_list", "footnotes_here"})
LINKS = frozenset({"embed", "audio", "video", "youtube", "vimeo", "soundcloud", "playlist", "pdf", "gist", "tweet"})
# Notes that plugins read from double brackets, and from a number in brackets: ((words)), [1. words].
BRACKETED = re.compile(
    r"(?<=\S)\s?\(\((?P<note>(?:(?!\(\(|\)\)).)+)\)\)|\s?\[\d+\.\s(?P<numbered>[^\[\]]+)\]", re.DOTALL
)
CAPTION = re.compile(r"\[(?:wp_)?caption(?P<attributes>[^\]]*)\](?P<inner>.*?)\[/(?:wp_)?caption\]", re.DOTALL)
NOTE = '<fleuron-note n="{}"></fleuron-note>'


@dataclass
class ShortcodeReader:
    """Replaces shortcodes; ``notes`` get the HTML of notes, ``told`` what is left out."""

    attachments: Mapping[str, Attachment]
    of_post: Sequence[str] = ()
    notes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def replaced(self, content: str) -> str:
        """Return content in which shortcodes are HTML."""
        for name in NOTE_CODES:
            pattern = re.compile(rf"\s?\[{name}(?:\s[^\]]*)?\](?P<note>.*?)\[/{name}\]", re.DOTALL)
            content = pattern.sub(lambda match: self.note(match["note"]), content)
        content = BRACKETED.sub(self.bracketed, content)
        content = self.closed(CAPTION.sub(self.caption, content))
        names = {match["name"] for match in SHORTCODE.finditer(content)}
        return without_ends(SHORTCODE.sub(lambda match: self.other(match, content), content), sorted(names))

    def note(self, source: str) -> str:
        """Return the call of a note."""
        self.notes.append(source.strip())
        return NOTE.format(len(self.notes) - 1)

    def bracketed(self, match: re.Match[str]) -> str:
        words = match["note"] or match["numbered"]
        return self.note(words) if len(words.split()) > 1 else match[0]

    def caption(self, match: re.Match[str]) -> str:
        """Return a captioned picture as a figure; the caption stands after the picture, or is an attribute."""
        given = attributes(match["attributes"]).get("caption", "")
        inner = match["inner"].strip()
        picture = re.match(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", inner)
        after = inner[picture.end() :].strip() if picture else ""
        shown = picture[0] if picture else inner
        return f"\n\n<figure>{shown}<figcaption>{after or given}</figcaption></figure>\n\n"

    def closed(self, content: str) -> str:
        """Return content with addresses between shortcodes as links: [embed]https://…[/embed]."""
        names = "|".join(sorted(LINKS))
        pattern = re.compile(rf"\[(?P<name>{names})[^\]]*\]\s*(?P<address>https?://[^\s\[\]<]+)\s*\[/(?P=name)\]")
        return pattern.sub(lambda match: link(match["address"]), content)

    def other(self, match: re.Match[str], content: str) -> str:
        """Return what stands for a shortcode of any other kind."""
        name = match["name"]
        if match["escaped"]:
            return match[0]
        given = attributes(match["attributes"])
        if name == "gallery":
            return self.gallery(given)
        if name in NOTE_LISTS or (name in NOTE_CODES and not given):
            return ""
        address = given.get("src") or given.get("url") or given.get("mp3") or given.get("mp4")
        if name in LINKS and address:
            return link(address)
        is_pair = f"[/{name}]" in content
        if not (given or is_pair):
            return match[0]
        self.told.append(f"the shortcode {match[0]} is left out; what stands in it is kept")
        return ""

    def gallery(self, given: Mapping[str, str]) -> str:
        """Return the pictures of a gallery as figures: those that it names, or those of the post."""
        names = re.findall(r"\d+", given.get("ids", given.get("include", ""))) or list(self.of_post)
        missing = [name for name in names if name not in self.attachments]
        self.told += [f"the picture {name} of a gallery is not in the export" for name in missing]
        return (
            "\n\n" + "\n\n".join(figure(self.attachments[name]) for name in names if name in self.attachments) + "\n\n"
        )


def without_ends(content: str, names: Sequence[str]) -> str:
    """Return content without the ends of shortcodes."""
    return re.sub(rf"\[/(?:{'|'.join(map(re.escape, names))})\]", "", content) if names else content


def attributes(source: str) -> dict[str, str]:
    """Return the attributes of a shortcode."""
    plain = source.translate(str.maketrans("“”″‘’", '"""\'\''))
    return {
        match["name"].lower(): match["double"] or match["single"] or match["bare"] or ""
        for match in ATTRIBUTE.finditer(plain)
    }


def figure(attachment: Attachment) -> str:
    caption = attachment.caption or attachment.title
    return f'<figure><img src="{escape(attachment.address)}" alt=""><figcaption>{caption}</figcaption></figure>'


def link(address: str) -> str:
    return f'\n\n<p><a href="{escape(address)}">{escape(address)}</a></p>\n\n'
