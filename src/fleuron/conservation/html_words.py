"""Read the words of a page's HTML or XHTML, without what the writer generates."""

from __future__ import annotations

from lxml import etree, html

from fleuron.conservation.words import BODY, Streams, note_stream

# Elements whose text no reader sees.
UNSEEN = frozenset({"script", "style", "template", "head", "annotation"})
# Where the text of a page is: in Fleuron's theme, and in those that are made like Sphinx's.
TEXT = (".//main//article", ".//*[@itemprop='articleBody']", ".//*[@role='main']", ".//main", ".//body")
# What is generated, as its element, and its class or role.
GENERATED = frozenset(
    {
        ("a", "headerlink"),
        ("a", "backlink"),
        ("a", "remote-file"),
        ("details", "full-source"),
        ("div", "lightbox"),
        ("section", "article-sources"),
        ("span", "citing-notes"),
        ("div", "full-source"),
        ("img", "poster"),
        ("p", "elsewhere"),
        ("a", "page-reference"),
        ("div", "article-actions"),
        ("span", "number"),
        ("span", "caption-number"),
        ("span", "cell-head"),
        ("span", "section-number"),
        ("span", "doc-pagebreak"),
        ("span", "eqno"),
        ("td", "eqno"),
        ("span", "line-number"),
        ("span", "linenos"),
        ("span", "backrefs"),
    }
)
# The attribute of the blocks of a note in a sheet of a PDF, with the id of its call (`paged.layout.structure_roles`).
BLOCKS_OF = "data-blocks-of"
LABELLED = frozenset({"footnote", "citation", "doc-footnote", "doc-biblioentry"})


def words_of_html(fragment: str) -> Streams:
    """Return the words of a fragment of HTML."""
    streams = Streams()
    for part in html.fragments_fromstring(f"<div>{fragment}</div>"):
        if isinstance(part, str):
            streams.add(BODY, part)
        else:
            add_element(part, BODY, streams)
            streams.add(BODY, part.tail or "")
    return streams


def words_of_page(page: str) -> Streams:
    """Return the words of the text of a whole page, as far as its theme marks where that is."""
    streams = Streams()
    root = html.document_fromstring(page.encode())
    add_element(next((found[0] for path in TEXT if (found := root.findall(path))), root), BODY, streams)
    return streams


def add_element(element: etree._Element, stream: str, streams: Streams) -> None:
    """Append the words of an element to a stream, and those of notes in it to theirs; its tail is not read."""
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSEEN:
        return
    names = names_of(element)
    if tag == "math":
        # The words of an alternative text stand for a formula that is there.
        is_drawn = len(element) > 0 or (element.text or "").strip()
        streams.add(stream, (element.get("alttext") if is_drawn else "") or "".join(map(str, element.itertext())))
        return
    if names:
        if is_generated(element):
            return
        if tag == "span" and "pagenote" in names:
            streams.add_call(stream, element.get("data-number") or "", element)
            stream = note_stream(element.get("data-number") or "")
        elif "doc-noteref" in names or (tag == "sup" and "again" in names):
            streams.add_call(stream, "".join(map(str, element.itertext())), element)
            return
        elif tag == "aside" and "doc-footnote" in names:
            stream = note_stream(label_of(element))
        elif tag == "span" and "label" in names and is_labelled(element):
            return
    if tag == "aside" and (note := element.get(BLOCKS_OF)):
        stream = note_stream(number_at_call(element, note))
    if tag == "svg" and "formula" in names:
        streams.add(stream, alternative_of(element))
        return
    if tag == "img":
        if element.get("alt") != element.get("src"):
            streams.add(stream, description_of(element))
        return
    if element.text:
        streams.add(stream, element.text, element)
    for child in element:
        add_element(child, stream, streams)
        if child.tail:
            streams.add(stream, child.tail, element)


def is_generated(element: etree._Element) -> bool:
    """Return whether an element is written by the press, and not by an author."""
    tag, names = element.tag, names_of(element)
    if tag == "a" and "doc-backlink" in names and "toc-backref" not in names:  # which is a heading
        return True
    return any((tag, name) in GENERATED for name in names)


def number_at_call(element: etree._Element, note: str) -> str:
    """Return the number of a note of a PDF's sheet, whose blocks are apart from its call."""
    root = element.getroottree().getroot()
    calls = (call for call in root.iter("span") if call.get("id") == note)
    return next((call.get("data-number") or "" for call in calls), "")


def alternative_of(picture: etree._Element) -> str:
    """Return the alternative text of a picture in SVG: its title, or its label."""
    title = next((child for child in picture.iter() if str(child.tag).rpartition("}")[2] == "title"), None)
    return (title.text or "") if title is not None else picture.get("aria-label") or ""


def description_of(picture: etree._Element) -> str:
    """Return the alternative text of a picture, and its title, which says something else."""
    return f"{picture.get('alt') or ''} {picture.get('title') or ''}".strip()


def names_of(element: etree._Element) -> list[str]:
    """Return the classes and the role of an element."""
    names = (element.get("class") or "").split()
    role = element.get("role")
    return [*names, role] if role else names


def is_labelled(element: etree._Element) -> bool:
    """Return whether the parent of an element is a note, or an entry of a bibliography."""
    parent = element.getparent()
    if parent is not None and parent.tag == "p":  # an EPUB has it in the first paragraph
        parent = parent.getparent()
    return parent is not None and not LABELLED.isdisjoint(names_of(parent))


def label_of(note: etree._Element) -> str:
    """Return the number of a note."""
    for child in note.iter():
        if "label" in (child.get("class") or "").split():
            return "".join(map(str, child.itertext()))
    return note.get("id") or ""
