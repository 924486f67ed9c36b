"""Compile the element `names`: its variables, labels and substitutes (CSL 1.0.2, “Names”)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree

from fleuron.csl.names.name_lists import count_shown, render_name_list
from fleuron.csl.names.name_options import NamesOptions, read_names_options
from fleuron.csl.names.particles import split_particles
from fleuron.csl.rendering.compile_scope import CompileScope, Renderer, local_name
from fleuron.csl.rendering.context import MISSING, Context, Output, Person, VariableUse
from fleuron.csl.style.xml import CSL
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Run, Text, join_pieces, plain

# Rendered names and their label.
LabelledNames = tuple[tuple[Run, ...], tuple[Run, ...]]
# The renderer of a substitute, and whether it is a `names` element.
Substitute = tuple[Renderer, bool]


def compile_names(element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile `names` with its substitutes, which are tried in order if it is empty."""
    form = read_names_options(element, scope.inherited_names, scope)
    variables = str(element.get("variable", "")).split()
    delimiter = read_text(
        str(element.get("delimiter") or scope.options.get("names-delimiter") or scope.style_option("names-delimiter"))
    )
    substitutes = compile_substitutes(element, scope)

    def render(context: Context) -> Output:
        if context.omit_names and context.first_names is None:
            present = any(context.value(variable) for variable in variables)
            if present or substitutes:
                context.first_names = ()
                return [], VariableUse.FILLED if present else VariableUse.EMPTY
        listed = render_variables(variables, form, context, scope)
        if listed:
            pieces = [with_label(names, label, form) for names, label in replace_first_names(listed, context)]
            runs = join_pieces(pieces, delimiter)
            # A repeated author may be replaced by an empty text.
            return ([form.names.apply(runs, context)] if runs else []), VariableUse.FILLED
        return render_substitutes(substitutes, form, context)

    return render


def compile_substitutes(element: etree._Element, scope: CompileScope) -> list[Substitute]:
    """Compile the children of `substitute`; a childless `names` among them takes the children of the outer one."""
    substitute = element.find(f"{CSL}substitute")
    if substitute is None:
        return []
    outer, scope.inherited_names = scope.inherited_names, element if len(element) > 1 else scope.inherited_names
    children = [single for child in substitute if isinstance(child.tag, str) for single in single_choices(child)]
    found = [(scope.compile(child, scope), local_name(child) == "names") for child in children]
    scope.inherited_names = outer
    return found


def single_choices(child: etree._Element) -> list[etree._Element]:
    """Split a `choose` in a substitute, of which only the first element with content is printed, as in citeproc-js.

    Each part has one element of each branch, so that the parts can be tried in order.
    """
    if local_name(child) != "choose":
        return [child]
    longest = max((len(branch) for branch in child), default=0)
    if longest < 2:
        return [child]
    parts = []
    for number in range(longest):
        part = deepcopy(child)
        for branch in part:
            for place, element in enumerate(list(branch)):
                if place != number:
                    branch.remove(element)
        parts.append(part)
    return parts


def render_substitutes(substitutes: Sequence[Substitute], form: NamesOptions, context: Context) -> Output:
    """Render the first substitute that is not empty, and suppress its variables in the rest of the cite."""
    for substitute, is_names in substitutes:
        context.substituting += 1
        pieces, status = substitute(context)
        context.substituting -= 1
        if is_names and status is VariableUse.FILLED and not pieces:  # repeated names, replaced by an empty text
            return [], status
        if pieces:
            ((runs, _label),) = replace_first_names([(join_pieces(pieces, ()), ())], context)
            if not runs:  # a term that the locale leaves empty
                return [], VariableUse.NONE
            return [form.names.apply(runs, context) if is_names else runs], VariableUse.FILLED
    return MISSING


def replace_first_names(listed: list[LabelledNames], context: Context) -> list[LabelledNames]:
    """Record the first names of a cite, and replace them if the preceding entry has the same."""
    if context.first_names is not None:
        return listed
    context.first_names = tuple(run for names, _label in listed for run in names)
    if context.replacement is not None:
        substitute, rule, (before, _names) = context.replacement
        if (rule == "complete-all" or not context.name_lists) and plain(context.first_names) == before:
            return [(substitute, listed[0][1])]
    return listed


def render_variables(
    variables: Sequence[str], form: NamesOptions, context: Context, scope: CompileScope
) -> list[LabelledNames]:
    """Render each name variable with its label, or the number of names (form “count”)."""
    lists: list[tuple[str, tuple[Person, ...]]] = []
    for variable in variables:
        persons = context.value(variable)
        if isinstance(persons, Sequence) and not isinstance(persons, str):
            lists.append(
                (variable, tuple(split_particles(person) for person in persons if isinstance(person, Mapping)))
            )
    lists = merge_editor_translator(lists, form, scope)
    if form.person.form == "count":
        total = sum(count_shown(persons, form.name_list, context)[0] for _variable, persons in lists)
        return [((Text(str(total)),), ())] if total else []
    pieces = []
    for variable, persons in lists:
        if persons:
            piece = render_name_list(variable, persons, form, context)
            for role in variable.split("+"):
                context.mark_rendered(role)
            pieces.append((piece, label_of(variable, persons, form, context, scope)))
    return [piece for piece in pieces if piece[0]]


def merge_editor_translator(
    lists: list[tuple[str, tuple[Person, ...]]], form: NamesOptions, scope: CompileScope
) -> list[tuple[str, tuple[Person, ...]]]:
    """Merge editors and translators who are the same persons into one list, if the locale has a term for it."""
    roles = dict(lists)
    if {"editor", "translator"} <= roles.keys() and roles["editor"] == roles["translator"]:
        term = scope.locale.find_term(
            "editortranslator", form.label.get("form", "long") if form.label is not None else "long"
        )
        if term is not None and (term.single or term.multiple):
            return [
                ("editor+translator", persons) if role == "editor" else (role, persons)
                for role, persons in lists
                if role != "translator"
            ]
    return lists


def with_label(names: tuple[Run, ...], label: tuple[Run, ...], form: NamesOptions) -> tuple[Run, ...]:
    """Put the label before or after the names."""
    return (*label, *names) if form.label_first else (*names, *label)


def label_of(
    variable: str, persons: Sequence[Person], form: NamesOptions, context: Context, scope: CompileScope
) -> tuple[Run, ...]:
    """Return the label of a list of names, which is the term for its role."""
    if form.label is None or context.sorting:
        return ()
    plural = form.label.get("plural", "contextual")
    many = plural == "always" or (plural == "contextual" and len(persons) > 1)
    name = "editortranslator" if "+" in variable else variable
    term = scope.locale.term(name, form.label.get("form", "long"), plural=many)
    return form.label_formatting.apply((Text(term),), context) if term else ()
