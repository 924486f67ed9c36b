"""Grow lists, quotations, code, formulas, pictures, directives and raw HTML."""

from __future__ import annotations

from tests.conservation.random_documents.grower import Grower, Piece, joined
from tests.conservation.random_documents.inline_text import (
    ANCHORS,
    BREAKS,
    COLONS,
    HTML,
    NOTES,
    PICTURES,
    Without,
    text,
    title,
    words,
)
from tests.conservation.random_documents.nesting import TOP, Block, Nesting, directive, indented
from tests.conservation.random_documents.tables import csv_table, list_table, pipe_table
from tests.conservation.random_documents.words import Note, OnScreen

FIELDS = "fields"


def listed(grower: Grower, without: Without, nested: Nesting) -> Piece:
    loose = grower.maybe()
    start = grower.choose(("-", "*", "+", "1.", "7.", "1)"))
    items = []
    for number in range(grower.number(1, 3)):
        sign = f"{int(start[:-1]) + number}{start[-1]}" if start[0].isdigit() else start
        inner = nested(grower, without, 3) if loose else text(grower, without)
        items.append(Piece(indented(inner.text, " " * (len(sign) + 1), sign + " "), inner.events))
    return joined(items, "\n\n" if loose else "\n")


def tasks(grower: Grower, without: Without, nested: Nesting) -> Piece:
    items = [text(grower, without | {BREAKS}) for _ in range(grower.number(1, 3))]
    return joined([Piece(f"- [{grower.choose(' x')}] {item.text}", item.events) for item in items], "\n")


def definitions(grower: Grower, without: Without, nested: Nesting) -> Piece:
    found = []
    for _ in range(grower.number(1, 2)):
        name = text(grower, without | {BREAKS}, 2)
        meanings = [nested(grower, without, 2) for _ in range(grower.number(1, 2))]
        shown = [Piece(indented(meaning.text, "  ", ": "), meaning.events) for meaning in meanings]
        found.append(joined([name, joined(shown, "\n\n")], "\n"))
    return joined(found, "\n\n")


def fields(grower: Grower, without: Without, nested: Nesting) -> Piece:
    found = []
    for _ in range(grower.number(1, 3)):
        name, body = text(grower, without | {BREAKS, PICTURES, COLONS}, 1), text(grower, without)
        if grower.maybe():
            body = joined([body, nested(grower, without, 2)], "\n\n")
        shown = Piece(f":{name.text}: " + indented(body.text, "  ", ""), (*name.events, *body.events))
        found.append(shown)
    return joined(found, "\n")


def quotation(grower: Grower, without: Without, nested: Nesting) -> Piece:
    inner = nested(grower, without, 3)
    quoted = "\n".join(f"> {line}".rstrip() for line in inner.text.split("\n"))
    source = grower.filled('{attribution="Q *Q*"}\n') if grower.maybe(3) else Piece("")
    return Piece(source.text + quoted, (*inner.events, *source.events))


def epigraph(grower: Grower, without: Without, nested: Nesting) -> Piece:
    """Grow quotations that may have their sources below them."""
    parts = [nested(grower, without, 2)]
    if grower.maybe():
        source = text(grower, without | {BREAKS}, 1)
        parts.append(Piece(f"-- {source.text}", source.events))
        parts += [nested(grower, without, 2)] if grower.maybe(3) else []
    inner = joined(parts, "\n\n")
    return Piece(directive(grower, grower.choose(("epigraph", "pull-quote", "highlights")), inner.text), inner.events)


def verse(grower: Grower, without: Without, nested: Nesting) -> Piece:
    lines = [text(grower, without | {BREAKS, PICTURES}, 2) for _ in range(grower.choose((1, 2, 3, 4, 6)))]
    indents = [" " * grower.choose((0, 0, 2, 4)) if at else "" for at in range(len(lines))]
    shown = [Piece(indent + line.text, line.events) for indent, line in zip(indents, lines, strict=True)]
    if grower.maybe():
        bars = joined([Piece(f"| {line.text}", line.events) for line in shown], "\n")
        return Piece("{.numbered}\n" + bars.text, bars.events) if grower.maybe(2) else bars
    inner = joined(shown, "\n")
    if grower.maybe():
        return Piece(directive(grower, "line-block", inner.text), inner.events)
    parts = [joined(shown, grower.choose(("\n", "\\\n")))]
    if grower.maybe():
        source = text(grower, without | {BREAKS}, 1)
        parts.append(Piece(f"-- {source.text}", source.events))
    whole = joined(parts, "\n\n")
    return Piece(directive(grower, "verse", whole.text, "", grower.some((":numbered:",))), whole.events)


def conversation(grower: Grower, without: Without, nested: Nesting) -> Piece:
    """Grow paragraphs that begin with the name of who speaks, with other blocks between them."""
    parts = []
    for _ in range(grower.number(1, 3)):
        name, said = grower.filled("**X:** "), text(grower, without | {BREAKS})
        parts.append(Piece(name.text + said.text, (*name.events, *said.events)))
        parts += [nested(grower, without, 1)] if grower.maybe(3) else []
    inner = joined(parts, "\n\n")
    options = grower.some((":questions: Nobody",))
    return Piece(directive(grower, grower.choose(("interview", "dialogue")), inner.text, "", options), inner.events)


def attribution(grower: Grower, without: Without, nested: Nesting) -> Piece:
    source = text(grower, without | {BREAKS, PICTURES}, 1)
    return Piece(directive(grower, "attribution", source.text), source.events)


def container(*names: str) -> Block:
    """Grow a directive that contains blocks and has no argument."""

    def contained(grower: Grower, without: Without, nested: Nesting) -> Piece:
        inner = nested(grower, without, 3)
        return Piece(directive(grower, grower.choose(names), inner.text), inner.events)

    return contained


def titled(*names: str) -> Block:
    """Grow a directive that has a title and contains blocks."""

    def contained(grower: Grower, without: Without, nested: Nesting) -> Piece:
        head, inner = text(grower, without | {HTML, BREAKS, ANCHORS}, 2), nested(grower, without, 3)
        return Piece(directive(grower, grower.choose(names), inner.text, head.text), (*head.events, *inner.events))

    return contained


def line(*names: str) -> Block:
    """Grow a directive that has only a title."""

    def grown(grower: Grower, without: Without, nested: Nesting) -> Piece:
        head = text(grower, without | {HTML, BREAKS, ANCHORS}, 2)
        return Piece(directive(grower, grower.choose(names), "", head.text), head.events)

    return grown


def version_note(grower: Grower, without: Without, nested: Nesting) -> Piece:
    inner = nested(grower, without, 2)
    name = grower.choose(("versionadded", "versionchanged", "deprecated"))
    return Piece(directive(grower, name, inner.text, "1.2"), inner.events)


def described(grower: Grower, without: Without, nested: Nesting) -> Piece:
    """Grow the description of a program's part; Sphinx 9.0 takes fields in it for those of an interface."""
    inner = nested(grower, without | {FIELDS}, 2)
    name, form = grower.choose((("py:function", "X(a, b=1)"), ("option", "--X"), ("describe", "X")))
    argument = grower.filled(form)
    return Piece(directive(grower, name, inner.text, argument.text), (*argument.events, *inner.events))


def code(grower: Grower, without: Without, nested: Nesting) -> Piece:
    lines = ("if X < X:", "    return   'X'", "# X & </pre>")
    content = grower.filled("\n".join(lines[: grower.number(1, 3)]))
    form = grower.choose(("```python", "~~~", "```", "indented", "code-block", "parsed-literal"))
    if form == "code-block":
        caption = title(grower, without | {NOTES})[0] if grower.maybe() else Piece("")
        options = [f":caption: {caption.text}"] if caption.text else []
        options += grower.some((":linenos:", ":emphasize-lines: 1"))
        language = grower.choose(("python", "text"))
        return Piece(directive(grower, form, content.text, language, options), (*caption.events, *content.events))
    if form == "parsed-literal":
        marked = grower.filled("X *X*")
        return Piece(directive(grower, form, marked.text), marked.events)
    if form == "indented" and TOP not in without:
        return Piece(indented(content.text, "    ", "    "), content.events)
    fence = "```" if form == "indented" else form
    return Piece(f"{fence}\n{content.text}\n{fence[:3]}", content.events)


FORMULAS = (
    "$$\nF\n$$",
    "$$\nF\n$$ (L)",
    "```{math}\nF\n```",
    "```{math}\n:label: L\n\nF\n```",
    "$$\na = b \\\\\nF\n$$",
)


def display_formula(grower: Grower, without: Without, nested: Nesting) -> Piece:
    formula, label, form = grower.filled(r"\sum_{i<n} a_i = \text{ X }"), grower.label(), grower.choose(FORMULAS)
    if "L" in form:
        grower.equations.append(label)
    return Piece(form.replace("F", formula.text).replace("L", label), (OnScreen(formula.events),))


def figure(grower: Grower, without: Without, nested: Nesting) -> Piece:
    alternative, label = words(grower), grower.label()
    options = [f":alt: {alternative.text}", f":name: {label}"]
    options += grower.some([":align: right", ":figclass: wide", grower.choose((":width: 30%", ":scale: 50"))])
    caption = title(grower, without)[0] if grower.maybe(5) is False else Piece("")
    legend = nested(grower, without, 2) if caption.text and grower.maybe() else Piece("")
    content = joined([piece for piece in (caption, legend) if piece.text], "\n\n")
    if caption.text:  # Only a figure with a caption has a number.
        grower.figures.append(label)
    text = directive(grower, "figure", content.text, grower.choose(("picture.svg", "picture.png")), options)
    return Piece(text, (OnScreen(alternative.events), *content.events))


def image(grower: Grower, without: Without, nested: Nesting) -> Piece:
    alternative = words(grower)
    options = [f":alt: {alternative.text}", *grower.some((":align: left", ":width: 30%", ":target: https://a.example"))]
    return Piece(directive(grower, "image", "", "picture.png", options), (OnScreen(alternative.events),))


RAW = (
    '<div class="box">X <b>X</b></div>',
    "<p>X</p><p>X</p>",
    "<table><tr><td>X</td><td>X</td></tr></table>",
    "<table><tr><td>X<td>X<tr><td>X</table>",
    "<details><summary>X</summary>X</details>",
    "<ul><li>X<li>X</ul>",
    "<blockquote>X<br>X</blockquote>",
    "<dl><dt>X<dd>X</dl>",
    "<h4>X</h4> X",
    "<pre>X\nX</pre>",
    '<figure><img src="picture.png" alt=""><figcaption>X X</figcaption></figure>',
    "<div><ruby>X<rt>X</rt></ruby></div>",
    "<address>X X</address>",
)


def raw(grower: Grower, without: Without, nested: Nesting) -> Piece:
    html = grower.filled(grower.choose(RAW))
    return Piece(grower.choose((html.text, f"```{{raw}} html\n{html.text}\n```")), html.events)


def html_around(grower: Grower, without: Without, nested: Nesting) -> Piece:
    inner = nested(grower, without, 2)
    start = grower.filled(grower.choose(("<div>", "<details>\n<summary>X</summary>", "<section>")))
    end = f"</{start.text[1:].partition('>')[0]}>"
    return Piece(f"{start.text}\n\n{inner.text}\n\n{end}", (*start.events, *inner.events))


UNSEEN = (
    "<!-- lost\nwords -->",
    "+++",
    "```{index} Paper; old\n```",
    "```{only} nothing\nlost\n```",
    "(L)=",
    "```{tabularcolumns} lll\n```",
    "```{raw} latex\nlost\n```",
)


def unseen(grower: Grower, without: Without, nested: Nesting) -> Piece:
    return Piece(grower.choose(UNSEEN).replace("L", grower.label()))


RESTRUCTURED = (
    "Q *Q* ``xx`` Q",
    "+---------+---------+\n| Q | Q |\n+---------+---------+\n| Q           |\n+-------------------+",
    "Q\n    Q\n\n    Q",
    "| Q\n|   Q\n| Q",
    "1. Q\n\n   * Q\n\n2. Q",
    ".. note::\n\n   Q\n\n   - Q\n\n.. rubric:: Q",
    ":Q: Q",
)


def restructured(grower: Grower, without: Without, nested: Nesting) -> Piece:
    """Grow reStructuredText, which imported texts have."""
    piece = grower.filled(grower.choose(RESTRUCTURED))
    return Piece(f"```{{eval-rst}}\n{piece.text}\n```", piece.events)


def with_attributes(grower: Grower, without: Without, nested: Nesting) -> Piece:
    inner = text(grower, without)
    return Piece(f"{{.aside #{grower.label()}}}\n{inner.text}", inner.events)


def transition(grower: Grower, without: Without, nested: Nesting) -> Piece:
    return joined([text(grower, without), Piece(grower.choose(("---", "***", "* * *"))), text(grower, without)], "\n\n")


def glossary(grower: Grower, without: Without, nested: Nesting) -> Piece:
    found = []
    for _ in range(grower.number(1, 2)):
        name, meaning = grower.word(), nested(grower, without, 2)
        grower.terms.append(name)
        found.append(Piece(f"{name}\n{indented(meaning.text, '  ', '  ')}", (name, *meaning.events)))
    inner = joined(found, "\n\n")
    return Piece(directive(grower, "glossary", inner.text), inner.events)


def horizontal_list(grower: Grower, without: Without, nested: Nesting) -> Piece:
    items = [text(grower, without | {BREAKS}, 2) for _ in range(grower.number(1, 4))]
    inner = joined([Piece(f"- {item.text}", item.events) for item in items], "\n")
    return Piece(directive(grower, "hlist", inner.text, "", [":columns: 2"]), inner.events)


def called_twice(grower: Grower, without: Without, nested: Nesting) -> Piece:
    """Grow two calls of one note."""
    label, events = grower.note(grower)
    first, second = grower.word(), grower.word()
    return Piece(f"{first}[^{label}] {second}[^{label}]", (first, Note(events), second))


def heading(grower: Grower, without: Without, nested: Nesting) -> Piece:
    piece, shown = title(grower, without)
    label = grower.label()
    grower.titled.append((label, shown))
    return Piece(f"({label})=\n{grower.heading()} {piece.text}", piece.events)


def place_of_notes(grower: Grower, without: Without, nested: Nesting) -> Piece:
    return Piece("```{footbibliography}\n```")


KINDS: tuple[tuple[Block, Without], ...] = tuple(
    (function, frozenset(groups))
    for function, *groups in (
        *(
            (listed,),
            (listed,),
            (tasks,),
            (definitions,),
            (fields, FIELDS),
            (quotation,),
            (quotation,),
            (epigraph,),
            (verse,),
        ),
        (container("note", "warning", "tip", "seealso", "attention", "hint", "danger", "important"),),
        (container("compound", "container", "dedication", "dramatis", "abbreviations"),),
        *((titled("admonition"),), (titled("topic", "sidebar"), TOP), (line("rubric", "centered"),)),
        *((version_note,), (described,), (code,), (display_formula,), (figure,), (image,)),
        *((pipe_table,), (list_table,), (csv_table,), (raw,), (html_around,), (unseen,), (restructured,)),
        *((with_attributes, ANCHORS), (transition, TOP), (glossary,), (horizontal_list,), (called_twice, NOTES)),
        *((heading, TOP), (heading, TOP), (place_of_notes, TOP)),
        *((conversation,), (attribution,), (titled("dramatis", "abbreviations"),)),
    )
)
