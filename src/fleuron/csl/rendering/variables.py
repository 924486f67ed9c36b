"""Compile the elements that render variables: `text` with a variable, `number` and `label` (CSL 1.0.2, “Number”)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from fleuron.csl.rendering.compile_scope import CompileScope, Renderer
from fleuron.csl.rendering.context import MISSING, Context, Output, VariableUse, suffix_letters
from fleuron.csl.rendering.formatting import Formatting, read_formatting
from fleuron.csl.text.labelled_numbers import (
    PAGE_VARIABLES,
    RANGE_VARIABLES,
    LocatorFormat,
    NumberFormat,
    is_own_label,
    split_labelled_numbers,
)
from fleuron.csl.text.numbers import is_plural
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Mark, Run, Span, Text

# The schemes of addresses that become links; items are untrusted input.
SCHEMES = ("http://", "https://", "mailto:")
FORMATTED_VARIABLES = RANGE_VARIABLES | PAGE_VARIABLES


def as_piece(runs: Sequence[Run], status: VariableUse = VariableUse.FILLED) -> Output:
    """Return runs as one piece of output, or no piece if there are none."""
    return ([tuple(runs)] if runs else []), status


def compile_variable(element: etree._Element, scope: CompileScope, formatting: Formatting) -> Renderer:
    """Compile `text` with a variable."""
    name = str(element.get("variable"))
    if element.get("form") == "short" and name in ("title", "container-title"):
        variables: tuple[str, ...] = (f"{name}-short", name)
    else:
        variables = (name,)
    if name == "year-suffix":
        return lambda context: render_suffix(context, formatting)
    if name == "citation-label":
        return lambda context: render_label(context, formatting)
    angle = "«" in scope.locale.quotes(0)[0]
    number_format = NumberFormat(scope.locale, scope.style_option("page-range-format"))
    locator_format = read_locator_format(element, scope) if name == "locator" else None

    def render(context: Context) -> Output:
        if locator_format is not None and context.cite.locators:
            return as_piece(formatting.apply(locator_runs(locator_format, context, angle), context))
        if name in context.suppressed:
            return MISSING  # the title was already rendered as a substitute
        for variable in variables:
            value = context.value(variable)
            if value is not None:
                break
        else:
            return MISSING
        context.mark_rendered(name)
        text = str(value)
        if variable in FORMATTED_VARIABLES:
            text = number_format.format(variable, text, paged=variable == "page" or context.locator_parts[0] == "page")
        runs = linked(variable, text, context, angle)
        return as_piece(formatting.apply(runs, context))

    return render


def read_locator_format(element: etree._Element, scope: CompileScope) -> LocatorFormat:
    """Read how a style labels locators: from the nearest `label` of one."""
    label = None
    for ancestor in element.iterancestors():
        label = next((each for each in ancestor.iter("{*}label") if each.get("variable") == "locator"), None)
        if label is not None:
            break
    ranges = scope.style_option("page-range-format")
    if label is None:
        return LocatorFormat(scope.locale, ranges)
    return LocatorFormat(
        scope.locale,
        ranges,
        str(label.get("form", "long")),
        str(label.get("plural", "contextual")),
        str(label.get("text-case", "")).startswith("capitalize"),
        label.get("strip-periods") == "true",
    )


def locator_runs(locator_format: LocatorFormat, context: Context, angle: bool) -> tuple[Run, ...]:
    """Return the runs of a locator of several parts: its numbers, and between them the labels."""
    runs: list[Run] = []
    for text, is_number in locator_format.format(context.cite.locators):
        runs.extend(read_text(text, "locator", context.item.language, angle) if is_number else (Text(text),))
    return tuple(runs)


def render_suffix(context: Context, formatting: Formatting) -> Output:
    """Render the year suffix."""
    suffix = context.disambiguation.year_suffix
    if suffix is None or context.year_suffix_shown or context.omit_year_suffix:
        # A year suffix that is not needed does not suppress its group, as in citeproc-js.
        return [], VariableUse.FILLED
    context.year_suffix_shown = True
    return as_piece(formatting.apply((Text(suffix_letters(suffix), "year-suffix"),)))


def render_label(context: Context, formatting: Formatting) -> Output:
    """Render the citation label, with the year suffix if there is one."""
    text = str(context.value("citation-label") or "")
    if not text:
        return MISSING
    suffix = context.disambiguation.year_suffix
    runs: tuple[Run, ...] = (Text(text, "citation-label"),)
    if suffix is not None and not context.year_suffix_shown and not context.omit_year_suffix:
        context.year_suffix_shown = True
        runs = (*runs, Text(suffix_letters(suffix), "year-suffix"))
    return as_piece(formatting.apply(runs, context))


def linked(variable: str, text: str, context: Context, angle: bool) -> tuple[Run, ...]:
    """Convert the text of a variable to runs; an address becomes a link if its scheme is safe."""
    if variable in ("URL", "DOI", "PMID", "PMCID"):
        address = {"DOI": "https://doi.org/", "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
                   "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/"}.get(variable, "") + text  # fmt: skip
        if variable == "DOI" and text.lower().startswith(("http://", "https://")):
            address = text
        if address.lower().startswith(SCHEMES):
            return (Span(Mark.LINK, (Text(text, variable),), address),)
        return (Text(text, variable),)
    if variable == "first-reference-note-number":
        return (Span(Mark.LINK, (Text(text, variable),), f"#note-{text}"),)
    return read_text(text, variable, context.item.language, angle)


def compile_number(element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile `number`: a numeric value in its form, any other value as it is."""
    formatting = read_formatting(element, scope.locale.language)
    variable, form = str(element.get("variable")), element.get("form", "numeric")
    gender = scope.locale.gender_of(variable)
    number_format = NumberFormat(scope.locale, scope.style_option("page-range-format"), form, gender)
    locator_format = read_locator_format(element, scope) if variable == "locator" else None
    angle = "«" in scope.locale.quotes(0)[0]

    def render(context: Context) -> Output:
        value = context.value(variable)
        if value is None:
            return MISSING
        context.mark_rendered(variable)
        if locator_format is not None and context.cite.locators:
            return as_piece(formatting.apply(locator_runs(locator_format, context, angle), context))
        text = number_format.format(variable, str(value))
        return as_piece(formatting.apply((Text(text, variable, context.item.language),), context))

    return render


def compile_label(element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile the `label` of a number or locator, in the plural if it counts several."""
    formatting = read_formatting(element, scope.locale.language)
    variable, form = str(element.get("variable")), element.get("form", "long")
    plural = element.get("plural", "contextual")

    def render(context: Context) -> Output:
        value = context.value(variable)
        if value is None:
            return MISSING
        locator = context.cite.locators[0] if variable == "locator" and context.cite.locators else None
        if locator is not None:
            return as_piece(formatting.apply((Text(LocatorFormat(scope.locale, "", form, plural).label_of(locator)),)),
                            VariableUse.NONE)  # fmt: skip
        name = context.locator_parts[0] if variable == "locator" else variable
        head = split_labelled_numbers(str(value))[0]
        if variable == "page" and head.label and not is_own_label(variable, head.label):
            return [], VariableUse.NONE
        many = plural == "always" or (plural == "contextual" and names_several(variable, head.text))
        term = scope.locale.term(name, form, plural=many) or (
            scope.locale.term("sub verbo", form, plural=many) if name == "sub-verbo" else None
        )
        return as_piece(formatting.apply((Text(term),)) if term else (), VariableUse.NONE)

    return render


def names_several(variable: str, text: str) -> bool:
    """Return whether a number takes the plural of its label."""
    if variable in ("number-of-pages", "number-of-volumes"):
        return text.strip().lstrip("0") not in ("", "1")
    return is_plural(text)
