"""Variables of an item: as text, as a number, and with the label of what they count (CSL 1.0.2, “Number”)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from fleuron.csl.rendering.compile_scope import CompileScope, Renderer
from fleuron.csl.rendering.context import MISSING, Context, Output, VariableUse, suffix_letters
from fleuron.csl.rendering.formatting import Formatting, read_formatting
from fleuron.csl.text.labelled_numbers import (
    PAGE_VARIABLES,
    RANGE_VARIABLES,
    NumberFormat,
    is_own_label,
    split_labelled_numbers,
)
from fleuron.csl.text.numbers import is_plural
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Mark, Run, Span, Text

# Addresses that a link may lead to; an item comes from anywhere.
SCHEMES = ("http://", "https://", "mailto:")
FORMATTED_VARIABLES = RANGE_VARIABLES | PAGE_VARIABLES


def as_piece(runs: Sequence[Run], status: VariableUse = VariableUse.FILLED) -> Output:
    """Return runs as one piece, or no piece where there are none."""
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

    def render(context: Context) -> Output:
        if name in context.suppressed:
            return MISSING  # the short form of a title that stands in another's place already is the same title
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


def render_suffix(context: Context, formatting: Formatting) -> Output:
    """Render the letter that tells works of one author and year apart."""
    suffix = context.disambiguation.year_suffix
    if suffix is None or context.year_suffix_shown or context.omit_year_suffix:
        # A letter that is not needed keeps its group as one that is written would (citeproc-js has it so).
        return [], VariableUse.FILLED
    context.year_suffix_shown = True
    return as_piece(formatting.apply((Text(suffix_letters(suffix), "year-suffix"),)))


def render_label(context: Context, formatting: Formatting) -> Output:
    """Render the citation label, with the letter that tells works with the same one apart."""
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
    """Read the text of a variable; an address is not prose, and becomes a link where it is a safe one."""
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
    """Compile `number`: a numeric value in a form, any other value as it is."""
    formatting = read_formatting(element, scope.locale.language)
    variable, form = str(element.get("variable")), element.get("form", "numeric")
    gender = scope.locale.gender_of(variable)
    number_format = NumberFormat(scope.locale, scope.style_option("page-range-format"), form, gender)

    def render(context: Context) -> Output:
        value = context.value(variable)
        if value is None:
            return MISSING
        context.mark_rendered(variable)
        text = number_format.format(variable, str(value))
        return as_piece(formatting.apply((Text(text, variable, context.item.language),), context))

    return render


def compile_label(element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile `label` of a number or locator, in the plural where there are several."""
    formatting = read_formatting(element, scope.locale.language)
    variable, form = str(element.get("variable")), element.get("form", "long")
    plural = element.get("plural", "contextual")

    def render(context: Context) -> Output:
        value = context.value(variable)
        if value is None:
            return MISSING
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
    """Tell whether a number takes the plural of its label."""
    if variable in ("number-of-pages", "number-of-volumes"):
        return text.strip().lstrip("0") not in ("", "1")
    return is_plural(text)
