"""Render a citation: its cites, their delimiters, grouping and collapsing (CSL 1.0.2, “Cite Collapsing”)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fleuron.csl.rendering.compiled_style import Area, CompiledStyle
from fleuron.csl.rendering.context import Cite, Context, Position, suffix_letters
from fleuron.csl.text.punctuation import resolve_punctuation
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Mark, Run, Span, Text, plain, texts
from fleuron.csl.text.sentences import ends_sentence
from fleuron.csl.text.text_case import apply_text_case

PositionedCite = tuple[Cite, Position]
ContextOf = Callable[[Cite, Position], Context]
DASH = (Text("–"),)
BY_YEAR = ("year", "year-suffix", "year-suffix-ranged")
# A prefix that ends in a sentence, so that the cite after it begins with a capital.
SENTENCE = re.compile(r"\s\S*[.!?][”’»)]?\s*$")
# The ends of a prefix (an opening bracket or quotation mark, a dash) after which no space is added.
CLINGING = ("(", "[", "’", "'", "«", "“", "/", "-", "–", "—")


@dataclass(slots=True)
class RenderedCite:
    """A rendered cite, with the names by which cites are grouped and the delimiter before it, if it differs."""

    cite: Cite
    position: Position
    context: Context
    runs: tuple[Run, ...]
    names: str
    collapsed: bool = False
    delimiter: tuple[Run, ...] | None = None

    @property
    def has_content(self) -> bool:
        """Whether the style or the author has anything to print for this cite."""
        return bool(self.runs or self.cite.prefix or self.cite.suffix)


def render_citation(
    placed: Sequence[PositionedCite],
    compiled: CompiledStyle,
    context_of: ContextOf,
    address_of: Callable[[Cite], str] | None = None,
) -> tuple[Run, ...]:
    """Render one citation of cites with their positions; ``address_of`` returns the address that a cite links to."""
    area = compiled.citation
    rendered_cites = [render_cite(cite, position, area, context_of) for cite, position in placed]
    rendered_cites = [rendered for rendered in rendered_cites if rendered.has_content]
    collapse = area.option("collapse")
    if collapse == "citation-number":
        rendered_cites = collapse_numbers(rendered_cites, area)
    elif collapse in BY_YEAR or "cite-group-delimiter" in area.options:
        rendered_cites = group_by_names(rendered_cites)
        if collapse in BY_YEAR:
            rendered_cites = collapse_years(rendered_cites, area, collapse, context_of)
        else:
            set_group_delimiters(rendered_cites, area)
    if not rendered_cites:
        return ()
    rendered_cites = [rendered for rendered in rendered_cites if rendered.has_content]
    set_collapse_delimiters(rendered_cites, area, in_text=not compiled.style.is_note)
    runs: list[Run] = []
    for number, rendered in enumerate(rendered_cites):
        if number:
            runs.extend(delimiter_between(rendered_cites[number - 1], rendered, area))
        if rendered.runs and address_of and (address := address_of(rendered.cite)):
            rendered.runs = (Span(Mark.LINK, rendered.runs, address),)
        runs.extend(add_affixes(rendered, compiled, first=number == 0))
    if all(rendered.cite.author_only for rendered in rendered_cites):
        return resolve_punctuation(runs, compiled.locale)
    return resolve_punctuation(area.layout.format_layout(runs), compiled.locale)


def render_cite(cite: Cite, position: Position, area: Area, context_of: ContextOf) -> RenderedCite:
    """Render one cite, without its prefix and suffix."""
    context = context_of(cite, position)
    context.omit_names = cite.suppress_author
    runs = area.render(context)
    if cite.author_only:
        runs = context.first_names or ()
    return RenderedCite(cite, position, context, runs, plain(context.first_names or ()))


def delimiter_between(before: RenderedCite, rendered: RenderedCite, area: Area) -> tuple[Run, ...]:
    """Return the delimiter of two cites, unless the author's prefix or suffix has punctuation at this place."""
    if rendered.cite.prefix.lstrip()[:1] in (",", ";"):
        return ()
    between = rendered.delimiter if rendered.delimiter is not None else area.delimiter
    if before.cite.suffix.rstrip()[-1:] in (",", ";") or (before.cite.suffix.endswith(".") and between):
        return () if before.cite.suffix.endswith(" ") else (Text(" "),)
    return between


def add_affixes(rendered: RenderedCite, compiled: CompiledStyle, *, first: bool) -> tuple[Run, ...]:
    """Add the author's prefix and suffix to a cite, and capitalise a term at the beginning of a note or sentence."""
    language, angle = compiled.locale.language, "«" in compiled.locale.quotes(0)[0]
    written = rendered.cite.prefix
    if first and compiled.capitalizes_prefixes and compiled.citation.layout.suffix:
        written = capitalize_prefix(written, language)
    prefix = read_text(written, "prefix", "", angle)
    suffix = read_text(rendered.cite.suffix, "suffix", "", angle)
    runs = rendered.runs
    begins = first and not prefix and compiled.style.is_note
    if begins or (prefix and SENTENCE.search(rendered.cite.prefix) and ends_sentence(rendered.cite.prefix)):
        runs = capitalize_leading_term(runs, language)
    if prefix and runs and not rendered.cite.prefix.endswith(CLINGING):
        prefix = (*prefix, Text(" "))
    if suffix and rendered.cite.suffix[:1].isalnum():
        suffix = (Text(" "), *suffix)
    return (*prefix, *runs, *suffix)


def capitalize_prefix(prefix: str, language: str) -> str:
    """Capitalise the first word of an author's prefix, by the rules of the edition's language."""
    return plain(apply_text_case((Text(prefix),), "capitalize-first", language, english=True))


def capitalize_leading_term(runs: tuple[Run, ...], language: str) -> tuple[Run, ...]:
    """Capitalise the first word if it is a term of the locale; the text of an item is kept as it is."""
    first = next((text for text in texts(runs) if any(map(str.isalpha, text.text))), None)
    if first is None or first.field or not first.language:
        return runs
    return apply_text_case(runs, "capitalize-first", language, english=True)


def group_by_names(rendered_cites: Sequence[RenderedCite]) -> list[RenderedCite]:
    """Sort cites with the same names to the place of the first of them."""
    places: dict[str, int] = {}
    for number, rendered in enumerate(rendered_cites):
        places.setdefault(rendered.names or f"\0{number}", number)
    return sorted(rendered_cites, key=lambda rendered: places.get(rendered.names, rendered_cites.index(rendered)))


def set_group_delimiters(rendered_cites: Sequence[RenderedCite], area: Area) -> None:
    """Set `cite-group-delimiter` as the delimiter of cites in one group."""
    delimiter = read_text(area.option("cite-group-delimiter", ", "))
    for before, rendered in pairwise(rendered_cites):
        if rendered.names and rendered.names == before.names:
            rendered.delimiter = delimiter


def collapse_years(
    rendered_cites: Sequence[RenderedCite], area: Area, collapse: str, context_of: ContextOf
) -> list[RenderedCite]:
    """Remove names that repeat those of the preceding cite, and years that repeat its year."""
    letters = read_text(area.option("year-suffix-delimiter") or area.option("cite-group-delimiter")) or area.delimiter
    kept: list[RenderedCite] = []
    years: list[str] = []
    for number, rendered in enumerate(rendered_cites):
        before = rendered_cites[number - 1] if number else None
        same = before is not None and (rendered.names != "" or collapse != "year") and rendered.names == before.names
        years.append(render_year(rendered, area, context_of))
        if same and not rendered.cite.prefix and before is not None:
            suffix = rendered.context.disambiguation.year_suffix
            if collapse != "year" and suffix is not None and years[-1] == years[-2] and not before.cite.locator:
                rendered.runs, rendered.delimiter = (Text(suffix_letters(suffix), "year-suffix"),), letters
            else:
                rendered.runs = render_without_names(rendered, area, context_of)
            rendered.collapsed = True
        kept.append(rendered)
    if collapse == "year-suffix-ranged":
        return [rendered for row in split_into_sequences(kept, letter_follows) for rendered in collapse_to_range(row)]
    return kept


def set_collapse_delimiters(rendered_cites: Sequence[RenderedCite], area: Area, *, in_text: bool) -> None:
    """Set the delimiters of cites whose names or years were collapsed, by the rules of citeproc-js."""
    collapse = area.option("collapse")
    if collapse not in BY_YEAR:
        return
    group, after = read_text(area.option("cite-group-delimiter")), read_text(area.option("after-collapse-delimiter"))
    for before, rendered in pairwise(rendered_cites):
        if rendered.delimiter is not None:
            continue
        if after:
            plain_change = not rendered.collapsed and (before.collapsed or collapse != "year-suffix")
            rendered.delimiter = after if before.cite.locator or plain_change else area.delimiter
        elif rendered.collapsed and group:
            rendered.delimiter = group
        elif rendered.collapsed and in_text:
            rendered.delimiter = (Text(", "),)


def render_without_names(rendered: RenderedCite, area: Area, context_of: ContextOf) -> tuple[Run, ...]:
    """Render a cite again without its names."""
    context = context_of(rendered.cite, rendered.position)
    context.omit_names = True
    return area.render(context)


def render_year(rendered: RenderedCite, area: Area, context_of: ContextOf) -> str:
    """Return the text of a cite without its names and without its year suffix."""
    context = context_of(rendered.cite, rendered.position)
    context.omit_names = context.omit_year_suffix = True
    return plain(area.render(context))


def split_into_sequences(
    rendered_cites: Sequence[RenderedCite], follows: Callable[[RenderedCite, RenderedCite], bool]
) -> Iterator[list[RenderedCite]]:
    """Split cites into sequences in which each cite follows the preceding one by ``follows``."""
    row: list[RenderedCite] = []
    for rendered in rendered_cites:
        if row and not follows(row[-1], rendered):
            yield row
            row = []
        row.append(rendered)
    if row:
        yield row


def collapse_to_range(row: list[RenderedCite]) -> list[RenderedCite]:
    """Reduce a sequence of three or more cites to a range: the first and the last, with a dash between them."""
    if len(row) < 3:
        return row
    row[-1].delimiter = DASH
    return [row[0], row[-1]]


def letter_follows(one: RenderedCite, other: RenderedCite) -> bool:
    """Return whether a cite that consists of a year suffix only has the next letter after ``one``."""
    first, second = one.context.disambiguation.year_suffix, other.context.disambiguation.year_suffix
    return (
        first is not None
        and second == first + 1
        and len(other.runs) == 1
        and isinstance(other.runs[0], Text)
        and other.runs[0].field == "year-suffix"
        and not one.cite.locator
        and not other.cite.locator
    )


def collapse_numbers(rendered_cites: Sequence[RenderedCite], area: Area) -> list[RenderedCite]:
    """Collapse consecutive citation numbers to a range: 1–3."""
    after = read_text(area.option("after-collapse-delimiter")) or area.delimiter
    kept: list[RenderedCite] = []
    for row in split_into_sequences(rendered_cites, number_follows):
        if kept and (kept[-1].delimiter == DASH or kept[-1].cite.locator):
            row[0].delimiter = after
        kept.extend(collapse_to_range(row))
    return kept


def number_follows(one: RenderedCite, other: RenderedCite) -> bool:
    """Return whether a cite has the next number after ``one``, and no prefix, suffix or locator prevents a dash."""
    bare = not (one.cite.locator or other.cite.locator or one.cite.suffix or other.cite.prefix)
    return bare and other.context.citation_number == one.context.citation_number + 1
