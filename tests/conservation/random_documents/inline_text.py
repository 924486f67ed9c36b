"""Grow the text of paragraphs, headings, captions and cells."""

from __future__ import annotations

from collections.abc import Callable

from tests.conservation.random_documents.grower import Events, Grower, Piece, joined
from tests.conservation.random_documents.words import Note, OnScreen

# What a text cannot have where it stands: names of groups of constructs, or signs that would be taken for others.
LINKS, NOTES, BREAKS, PIPES, PICTURES = "links", "notes", "line breaks", "pipes", "pictures"
HTML, BRACKETS, COLONS, ANCHORS = "raw HTML", "brackets", "colons", "anchors"
ROLES = "roles"
# What a text can have only where this is among what it cannot have.
WITHIN_NOTE = "within a note"
Without = frozenset[str]
NOTHING: Without = frozenset()
Inline = Callable[[Grower, Without], Piece]


def words(grower: Grower, most: int = 3) -> Piece:
    return grower.filled(" ".join("Q" * grower.number(1, most)))


def one_of(*forms: str) -> Inline:
    """Grow one of some forms, in which each Q is a word, and each X one that is not translated."""

    def chosen(grower: Grower, without: Without) -> Piece:
        return grower.filled(grower.choose(forms))

    return chosen


def on_screen(*forms: str) -> Inline:
    """Grow one of some forms whose words are text on the screen alone."""

    def chosen(grower: Grower, without: Without) -> Piece:
        piece = grower.filled(grower.choose(forms))
        return Piece(piece.text, (OnScreen(piece.events),) if piece.events else ())

    return chosen


def around(before: str, after: str) -> Inline:
    """Grow a text with marks around it, which is not within itself."""

    def surrounded(grower: Grower, without: Without) -> Piece:
        inner = text(grower, without | {BREAKS, before}, 2) if grower.maybe(3) else words(grower)
        return Piece(before + inner.text + after, inner.events)

    return surrounded


def link(grower: Grower, without: Without) -> Piece:
    inner = text(grower, without | {LINKS, NOTES, BREAKS, PICTURES}, 2)
    targets = ("https://example.org/a", "<https://example.org/a b>", 'https://example.org/ "A"', "mailto:a@example.org")
    return Piece(f"[{inner.text}]({grower.choose(targets)})", inner.events)


def autolink(grower: Grower, without: Without) -> Piece:
    return Piece("<https://example.org/" + "long/" * grower.number(0, 9) + ">")


def labelled_link(grower: Grower, without: Without) -> Piece:
    inner, label = words(grower), grower.label()
    grower.definitions.append(f"[{label}]: https://example.org/label 'A title'")
    return Piece(f"[{inner.text}][{label}]", inner.events)


def reference(grower: Grower, without: Without) -> Piece:
    """A link to a heading of the document, with its own text or the heading's."""
    if not grower.titled:
        return words(grower)
    label, title = grower.choose(grower.titled)
    inner = words(grower)
    form = grower.choose(("{ref}`TEXT <LABEL>`", "[TEXT](#LABEL)", "{ref}`LABEL`", "[](#LABEL)", "{page}`LABEL`"))
    events = inner.events if "TEXT" in form else (OnScreen(title),) if "page" in form else title
    return Piece(form.replace("TEXT", inner.text).replace("LABEL", label), events)


def numbered(grower: Grower, without: Without) -> Piece:
    """A reference to the number of a figure or formula."""
    if grower.figures and grower.maybe():
        label = grower.choose(grower.figures)
        piece = grower.filled(grower.choose(("{numref}`LABEL`", "{numref}`Q %s <LABEL>`")))
        return Piece(piece.text.replace("LABEL", label), piece.events)
    return Piece(f"{{eq}}`{grower.choose(grower.equations)}`") if grower.equations else words(grower)


def term(grower: Grower, without: Without) -> Piece:
    found = grower.choose(grower.terms) if grower.terms else ""
    return Piece(f"{{term}}`{found}`", (found,)) if found else words(grower)


def anchor(grower: Grower, without: Without) -> Piece:
    """Words that links may lead to, and a link to them."""
    first, second, label = grower.word(), grower.word(), grower.label()
    return Piece(f"[{first}]{{#{label}}} [{second}](#{label})", (first, second))


CITATIONS = (
    *("{footcite}`KEY`", "{footcite}`{Q}KEY{p. 4, Q}`", "{footcite}`KEY, grafton{vol. 2, Q}`", "{footcite:t}`KEY`"),
    *("[Q @KEY, p. 12]", "[@KEY]", "{footcite}`KEY{ff. 85r–88r}`"),
)


def citation(grower: Grower, without: Without) -> Piece:
    key = grower.choose(("ghubar", "grafton", "rashid", "anon"))
    piece = grower.filled(grower.choose(CITATIONS))
    return Piece(piece.text.replace("KEY", key), (Note(piece.events),))


def citation_in_note(grower: Grower, without: Without) -> Piece:
    """A citation within a note, which is a part of its text."""
    if WITHIN_NOTE not in without:
        return words(grower)
    piece = citation(grower, without)
    return Piece(piece.text, tuple(event for note in piece.events if isinstance(note, Note) for event in note.events))


def short_note(grower: Grower, without: Without) -> Piece:
    inner = text(grower, without | {NOTES, WITHIN_NOTE, BREAKS, PICTURES, BRACKETS}, 2)
    return Piece(f"^[{inner.text}]", (Note(inner.events),))


def substitution(grower: Grower, without: Without) -> Piece:
    return Piece("{{ shared }}", ("xshared",))


PUNCTUATED = (
    *("“Q” (Q):", "Q’s Q…", "Q & Q;", r"\*Q Q\*", "Q — Q", "Q &amp; Q", "Q--Q", "Q 50 % Q", "Q &lt;b Q>", "1. Q Q"),
    *("§ Q/Q", "Q λόγος Q", "Q سلام Q", "Q слово Q", "Q abc (def) Q", "Q Á Q", "Q&nbsp;Q", "Q e\u0301 Q", "Q שלום Q"),
)
TAGS = ("b", "i", "sup", "sub", "kbd", "small", "mark", "cite", "q", "abbr", "u", "s", "ins", "del", "bdi")
ROLE_NAMES = ("sub", "sup", "kbd", "guilabel", "dfn", "file", "abbr", "strong", "title-reference", "command")
INLINE: tuple[tuple[Inline, Without], ...] = tuple(
    (function, frozenset(groups))
    for function, *groups in (
        (one_of("Q", "Q Q", "Q Q Q"),),
        (one_of("Q", "Q Q", "Q Q Q"),),
        (one_of(*PUNCTUATED), BRACKETS, COLONS),
        (one_of('Q\'s "Q"', "'Q' Q"), COLONS),
        (around("*", "*"), "*"),
        (around("**", "**"), "**"),
        (one_of("***Q***", "__Q _Q_ Q__"), "*", "**"),
        (around("~~", "~~"), "~~"),
        (around("[", "]{.aside}"), "[", LINKS),
        (one_of("[Q Q]{.language-fa}", "[Q]{.language-grc}", "[Q]{.small-caps}"), BRACKETS),
        (one_of("`X X`", "`` X`X ``", "`X  =<X>`", "{samp}`X{X}`", "{code}`X X`"), ROLES, BRACKETS),
        (link, LINKS, COLONS),
        (autolink, LINKS, COLONS),
        (labelled_link, LINKS, NOTES),
        (one_of("[Q](../index.md)", "{doc}`Q </index>`", "{download}`Q <picture.png>`"), LINKS, ROLES),
        (one_of("[Q](project:../index.md)", "[Q](picture.png)"), LINKS),
        (reference, LINKS, ROLES),
        (numbered, LINKS, ROLES),
        (term, LINKS, ROLES),
        (anchor, LINKS, ANCHORS),
        (citation, NOTES, ROLES, BRACKETS),
        (citation, NOTES, ROLES, BRACKETS),
        (citation_in_note, LINKS, ROLES, BRACKETS),
        (short_note, NOTES, ROLES, BRACKETS),
        (on_screen("$a^2 < b_{i}$", r"$\frac{a}{b} \text{ X }$", "{math}`x > y`"), PIPES, ROLES),
        (one_of("Q\\\nQ", "Q  \nQ", "Q\nQ"), BREAKS),
        (on_screen("![Q](picture.svg)", "![Q Q](picture.png)", "![Q](picture.png){width=20px}"), PICTURES),
        (on_screen("[![Q](picture.png)](https://example.org/)"), PICTURES, LINKS),
        (one_of("{index}`Q`", "{index}`Q <pair: paper; ink>`", "{index}`Q <!Paper>`"), ROLES, COLONS),
        (one_of(*(f"<{tag}>Q Q</{tag}>" for tag in TAGS), '<span lang="fa">Q</span>', "<!-- lost --> Q"), HTML),
        (one_of(*(f"{{{role}}}`Q Q`" for role in ROLE_NAMES), "{abbr}`Q (of paper)`"), ROLES),
        (one_of("{menuselection}`Q --> Q`"), ROLES),
        (substitution,),
    )
)


def text(grower: Grower, without: Without = NOTHING, most: int = 5) -> Piece:
    """Return a text that begins with a word, and ends with one or with a note's call.

    So nothing in it is taken for the beginning of a block.
    """
    possible = [function for function, groups in INLINE if not groups & without]
    pieces = [words(grower, 1)]
    for _ in range(grower.number(0, most)):
        pieces.append(grower.choose(possible)(grower, without))
    if NOTES not in without and ROLES not in without and grower.maybe(6):
        piece = joined(pieces, " ")
        label, events = grower.note(grower)
        return Piece(f"{piece.text}.[^{label}]", (*piece.events, Note(events)))
    return joined([*pieces, words(grower, 1)], " ")


def title(grower: Grower, without: Without = NOTHING) -> tuple[Piece, Events]:
    """Return the text of a heading or caption, and what it is without its notes, as links show it."""
    piece = text(grower, without | {HTML, BREAKS, PICTURES, LINKS, ANCHORS}, 2)
    return piece, tuple(event for event in piece.events if not isinstance(event, Note))
