"""The rendering element `names`: lists of persons, et al., labels and substitutes (CSL 1.0.2, “Names”)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from fleuron.csl.names.name_lists import render_list, shown_number
from fleuron.csl.names.name_options import NamesForm, read_form
from fleuron.csl.names.particles import parsed
from fleuron.csl.rendering.context import MISSING, Context, Output, Person, Status
from fleuron.csl.style.compile_scope import Renderer, Scope, joined, local
from fleuron.csl.style.xml import CSL
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Run, Text, plain

# Names as they are written, and their label.
Listed = tuple[tuple[Run, ...], tuple[Run, ...]]
# What stands in for names, and whether it is a `names` itself.
Substitute = tuple[Renderer, bool]


def compile_names(element: etree._Element, scope: Scope) -> Renderer:
    """Compile `names` with its substitutes, which are tried in their order when it is empty."""
    form = read_form(element, scope.inherited_names, scope)
    variables = str(element.get("variable", "")).split()
    delimiter = read_text(
        str(element.get("delimiter") or scope.options.get("names-delimiter") or scope.style_option("names-delimiter"))
    )
    substitutes = compile_substitutes(element, scope)

    def render(context: Context) -> Output:
        if context.drop_names and context.first_names is None:
            present = any(context.value(variable) for variable in variables)
            if present or substitutes:
                context.first_names = ()
                return [], Status.FULL if present else Status.EMPTY
        listed = render_variables(variables, form, context, scope)
        if listed:
            pieces = [with_label(names, label, form) for names, label in first_named(listed, context)]
            runs = joined(pieces, delimiter)
            # A repeated author may be replaced by nothing at all.
            return ([form.names.apply(runs, context)] if runs else []), Status.FULL
        return substituted(substitutes, form, context)

    return render


def compile_substitutes(element: etree._Element, scope: Scope) -> list[Substitute]:
    """Compile what is tried where a `names` is empty; other `names` among it take its children and affixes."""
    substitute = element.find(f"{CSL}substitute")
    if substitute is None:
        return []
    outer, scope.inherited_names = scope.inherited_names, element if len(element) > 1 else scope.inherited_names
    children = [child for child in substitute if isinstance(child.tag, str)]
    found = [(scope.compile(child, scope), local(child) == "names") for child in children]
    scope.inherited_names = outer
    return found


def substituted(substitutes: Sequence[Substitute], form: NamesForm, context: Context) -> Output:
    """Render the first substitute that is not empty, and keep its variables from being rendered again."""
    for substitute, is_names in substitutes:
        context.substituting += 1
        pieces, status = substitute(context)
        context.substituting -= 1
        if is_names and status is Status.FULL and not pieces:  # repeated names that nothing replaces
            return [], status
        if pieces:
            ((runs, _label),) = first_named([(joined(pieces, ()), ())], context)
            if not runs:  # a term that the locale leaves empty
                return [], Status.IDLE
            return [form.names.apply(runs, context) if is_names else runs], Status.FULL
    return MISSING


def first_named(listed: list[Listed], context: Context) -> list[Listed]:
    """Keep the names that come first, and replace them where the entry before has the same."""
    if context.first_names is not None:
        return listed
    context.first_names = tuple(run for names, _label in listed for run in names)
    if context.replacement is not None:
        substitute, rule, (before, _names) = context.replacement
        if (rule == "complete-all" or not context.lists) and plain(context.first_names) == before:
            return [(substitute, listed[0][1])]
    return listed


def render_variables(variables: Sequence[str], form: NamesForm, context: Context, scope: Scope) -> list[Listed]:
    """Render each variable of names with its label, or how many names there are (form “count”)."""
    lists: list[tuple[str, tuple[Person, ...]]] = []
    for variable in variables:
        persons = context.value(variable)
        if isinstance(persons, Sequence) and not isinstance(persons, str):
            lists.append((variable, tuple(parsed(person) for person in persons if isinstance(person, Mapping))))
    lists = combined(lists, form, scope)
    if form.each.form == "count":
        total = sum(shown_number(persons, form.list, context)[0] for _variable, persons in lists)
        return [((Text(str(total)),), ())] if total else []
    pieces = []
    for variable, persons in lists:
        if persons:
            piece = render_list(variable, persons, form, context)
            for each in variable.split("+"):
                context.touch(each)
            pieces.append((piece, label_of(variable, persons, form, context, scope)))
    return [piece for piece in pieces if piece[0]]


def combined(
    lists: list[tuple[str, tuple[Person, ...]]], form: NamesForm, scope: Scope
) -> list[tuple[str, tuple[Person, ...]]]:
    """Make one list of editors and translators who are the same persons, if there is a term for both."""
    roles = dict(lists)
    if {"editor", "translator"} <= roles.keys() and roles["editor"] == roles["translator"]:
        term = scope.locale.entry(
            "editortranslator", form.label.get("form", "long") if form.label is not None else "long"
        )
        if term is not None and (term.single or term.multiple):
            return [
                ("editor+translator", persons) if role == "editor" else (role, persons)
                for role, persons in lists
                if role != "translator"
            ]
    return lists


def with_label(names: tuple[Run, ...], label: tuple[Run, ...], form: NamesForm) -> tuple[Run, ...]:
    return (*label, *names) if form.label_first else (*names, *label)


def label_of(
    variable: str, persons: Sequence[Person], form: NamesForm, context: Context, scope: Scope
) -> tuple[Run, ...]:
    """Return the label of a list of names: the term for its role."""
    if form.label is None or context.sorting:
        return ()
    plural = form.label.get("plural", "contextual")
    many = plural == "always" or (plural == "contextual" and len(persons) > 1)
    name = "editortranslator" if "+" in variable else variable
    term = scope.locale.term(name, form.label.get("form", "long"), plural=many)
    return form.label_formatting.apply((Text(term),), context) if term else ()
