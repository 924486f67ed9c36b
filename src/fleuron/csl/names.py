"""The rendering element `names`: lists of persons, et al., labels and substitutes (CSL 1.0.2, “Names”)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from fleuron.csl.context import MISSING, Context, NameList, Output, Person, Status
from fleuron.csl.fieldtext import read_text
from fleuron.csl.formatting import Formatting, read_formatting
from fleuron.csl.particles import parsed
from fleuron.csl.persons import NameForm, is_spaced, write_person
from fleuron.csl.runs import Run, Text, plain
from fleuron.csl.scope import Renderer, Scope, joined, local
from fleuron.csl.xml import CSL

INHERITED = (
    *("and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first"),
    *("et-al-subsequent-min", "et-al-subsequent-use-first", "et-al-use-last", "initialize", "initialize-with"),
    *("name-as-sort-order", "sort-separator"),
)


# Names as they are written, and their label.
Listed = tuple[tuple[Run, ...], tuple[Run, ...]]


@dataclass(frozen=True)
class ListForm:
    """How a list of names is written: what parts its names, and when it is cut short."""

    conjunction: str
    delimiter: str
    precedes_last: str
    precedes_et_al: str
    least: int
    first: int
    subsequent_least: int
    subsequent_first: int
    use_last: bool
    sort_order: str
    et_al: tuple[Run, ...]
    et_al_term: str


@dataclass(frozen=True)
class NamesForm:
    """The children of `names`, ready to write any of its variables."""

    each: NameForm
    list: ListForm
    name: Formatting
    names: Formatting
    label: etree._Element | None
    label_first: bool
    label_formatting: Formatting


def name_options(scope: Scope, names: etree._Element, name: etree._Element | None) -> dict[str, str]:
    """Collect the options of `name`: its own, or those it inherits from `names`, the area and the style."""
    options: dict[str, str] = {}
    for level in (scope.root.attrib, scope.options, names.attrib):
        options |= {key: str(level[key]) for key in INHERITED if key in level}
        options |= {
            key.removeprefix("name-"): str(level[key]) for key in ("name-form", "name-delimiter") if key in level
        }
    if name is not None:
        options |= {str(key): str(value) for key, value in name.attrib.items()}
    return options


def read_form(element: etree._Element, inherited: etree._Element | None, scope: Scope) -> NamesForm:
    """Read `names`; one without children takes those of the `names` that it is a substitute of."""
    language = scope.locale.language
    source = element if len(element) or inherited is None else inherited
    children = {local(child): child for child in source if isinstance(child.tag, str)}
    order = [local(child) for child in source if isinstance(child.tag, str)]
    name, label = children.get("name"), children.get("label")
    options = name_options(scope, element, name)
    label_first = "label" in order and "name" in order and order.index("label") < order.index("name")
    return NamesForm(
        read_name_form(options, name, scope),
        read_list_form(options, children.get("et-al"), scope),
        read_formatting(name, language) if name is not None else Formatting(),
        read_formatting(element, language),
        label,
        label_first,
        read_formatting(label, language) if label is not None else Formatting(),
    )


def read_name_form(options: Mapping[str, str], name: etree._Element | None, scope: Scope) -> NameForm:
    parts = {} if name is None else {str(part.get("name")): part for part in name.iterfind(f"{CSL}name-part")}
    read = {key: read_formatting(part, scope.locale.language) for key, part in parts.items()}
    return NameForm(
        options.get("form", "long"),
        options.get("initialize", "true") != "false",
        options.get("initialize-with"),
        scope.style_option("initialize-with-hyphen", "true") != "false",
        options.get("sort-separator", ", "),
        scope.style_option("demote-non-dropping-particle", "display-and-sort"),
        read.get("family", Formatting()),
        read.get("given", Formatting()),
    )


def read_list_form(options: Mapping[str, str], et_al: etree._Element | None, scope: Scope) -> ListForm:
    conjunction = {"text": scope.locale.term("and") or "", "symbol": scope.locale.term("and", "symbol") or "&"}
    number = {key: int(value) for key, value in options.items() if key.startswith("et-al-") and value.isdigit()}
    # A list is cut short only where the style says both from how many names and to how many.
    first = number.get("et-al-use-first", 0)
    least = number.get("et-al-min", 0) if "et-al-use-first" in number else 0
    term = (et_al.get("term") if et_al is not None else None) or "et-al"
    words = read_text(scope.locale.term(term) or "")
    if et_al is not None:
        words = read_formatting(et_al, scope.locale.language).apply(words) if words else ()
    return ListForm(
        conjunction.get(options.get("and", ""), ""),
        options.get("delimiter", ", "),
        options.get("delimiter-precedes-last", "contextual"),
        options.get("delimiter-precedes-et-al", "contextual"),
        least,
        first,
        number.get("et-al-subsequent-min", least),
        number.get("et-al-subsequent-use-first", first),
        options.get("et-al-use-last") == "true",
        options.get("name-as-sort-order", ""),
        words,
        term,
    )


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
                context.traced.extend(variables)
                return [], Status.FULL if present else Status.EMPTY
        listed = render_variables(variables, form, context, scope)
        if listed:
            pieces = [with_label(names, label, form) for names, label in first_named(listed, context)]
            return [form.names.apply(joined(pieces, delimiter), context)], Status.FULL
        return substituted(substitutes, form, context)

    return render


def compile_substitutes(element: etree._Element, scope: Scope) -> list[Renderer]:
    substitute = element.find(f"{CSL}substitute")
    if substitute is None:
        return []
    outer, scope.inherited_names = scope.inherited_names, element if len(element) > 1 else scope.inherited_names
    renderers = scope.children(substitute)
    scope.inherited_names = outer
    return renderers


def substituted(substitutes: Sequence[Renderer], form: NamesForm, context: Context) -> Output:
    """Render the first substitute that is not empty, and keep its variables from being rendered again."""
    for substitute in substitutes:
        context.substituting += 1
        pieces, _status = substitute(context)
        context.substituting -= 1
        if pieces:
            ((runs, _label),) = first_named([(joined(pieces, ()), ())], context)
            if not runs:  # a term that the locale leaves empty
                return [], Status.IDLE
            return [form.names.affixed(runs)], Status.FULL
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


def replaced(written: list[tuple[Run, ...]], context: Context) -> list[tuple[Run, ...]]:
    """Replace single names that the entry before has in the same place (`subsequent-author-substitute-rule`)."""
    if context.first_names is not None or len(context.lists) != 1:
        return written
    context.first_written = tuple(plain(name) for name in written)
    if context.replacement is None:
        return written
    substitute, rule, (_text, before) = context.replacement
    same = 0
    for mine, theirs in zip(context.first_written, before, strict=False):
        if mine != theirs:
            break
        same += 1
    if rule == "complete-each":
        same = same if same == len(written) == len(before) else 0
    elif rule == "partial-first":
        same = min(same, 1)
    elif rule != "partial-each":
        same = 0
    return [substitute] * same + written[same:]


def render_variables(variables: Sequence[str], form: NamesForm, context: Context, scope: Scope) -> list[Listed]:
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
            piece = render_list(variable, persons, form, context, scope)
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


def shown_number(persons: Sequence[Person], form: ListForm, context: Context) -> tuple[int, bool]:
    """Tell how many persons are shown, and whether the list is cut short."""
    least, first, use_last = form.least, form.first, form.use_last
    if not context.bibliography and not context.sorting and context.position.name != "first":
        least, first = form.subsequent_least, form.subsequent_first
    if context.sorting:
        limit_least, limit_first, limit_last = context.limits
        least, first = int(limit_least or least), int(limit_first or first)
        use_last = limit_last == "true" if limit_last else use_last
    number = len(context.lists)
    if number < len(context.distinction.names):
        first = max(first, context.distinction.names[number])
    others = bool(persons) and is_others(persons[-1])
    total = len(persons) - others
    if least and total >= least and first < total and not (use_last and first >= total - 1 and not others):
        return first, True
    return total, others


def is_others(person: Person) -> bool:
    """Tell whether an entry of a list stands for “and others”."""
    return person.get("literal") == "others"


def render_list(
    variable: str, persons: tuple[Person, ...], form: NamesForm, context: Context, scope: Scope
) -> tuple[Run, ...]:
    shown, cut = shown_number(persons, form.list, context)
    number = len(context.lists)
    record = NameList(persons, shown, form.each.form, form.each.initialize_with is not None)
    context.lists.append(record)
    givens = context.distinction.givens[number] if number < len(context.distinction.givens) else ()
    last = persons[-1:] if cut and form.list.use_last and not is_others(persons[-1]) and shown else ()
    written = []
    for index, person in enumerate((*persons[:shown], *last)):
        level = givens[index] if index < len(givens) else 0
        written.append(
            write_person(
                person,
                form.each,
                variable,
                context.item.language,
                inverted=is_inverted(index, person, form.list, context),
                level=level,
                sorting=context.sorting,
            )
        )
    written = replaced(written, context)
    runs = form.name.apply(join_names(written, persons, form.list, context, cut=cut, last=bool(last)), context)
    record.runs = runs
    return runs


def is_inverted(index: int, person: Person, form: ListForm, context: Context) -> bool:
    if context.sorting:
        return True
    return form.sort_order == "all" or (form.sort_order == "first" and index == 0)


def join_names(
    written: list[tuple[Run, ...]],
    persons: Sequence[Person],
    form: ListForm,
    context: Context,
    *,
    cut: bool,
    last: bool,
) -> tuple[Run, ...]:
    """Join names with delimiters and the conjunction, or with et al. or an ellipsis."""
    if not written:
        return ()
    delimiter: tuple[Run, ...] = (Text(form.delimiter),) if form.delimiter else ()
    if cut and last:
        return (*joined(written[:-1], delimiter), *delimiter, Text("… "), *written[-1])
    if cut:
        names = joined(written, delimiter)
        if not form.et_al:
            return names
        parted = precedes(form.precedes_et_al, len(written) >= 2, persons, len(written) - 1, form, context)
        ideographic = plain(form.et_al)[:1] >= "\u2e80"
        space: tuple[Run, ...] = () if ideographic else (Text(" "),)
        return (*names, *(delimiter if parted else space), *form.et_al)
    if len(written) == 1 or not form.conjunction:
        return joined(written, delimiter)
    parted = precedes(form.precedes_last, len(written) > 2, persons, len(written) - 2, form, context)
    conjunction = conjunction_text(form.conjunction, spaced=not parted, persons=persons)
    head = joined(written[:-1], delimiter)
    return (*head, *(delimiter if parted else ()), Text(conjunction), *written[-1])


def conjunction_text(word: str, *, spaced: bool, persons: Sequence[Person]) -> str:
    if (
        word[-1:].isspace()
        or len(word) == 1
        and not word.isascii()
        and not word.isalpha()
        or not is_spaced(persons[-1])
        and not word.isascii()
    ):
        return word
    return f" {word} " if spaced else f"{word} "


def precedes(
    rule: str, several: bool, persons: Sequence[Person], before: int, form: ListForm, context: Context
) -> bool:
    """Tell whether the delimiter stands before the conjunction or et al. (`delimiter-precedes-…`)."""
    if rule == "after-inverted-name":
        person = persons[before] if before < len(persons) else {}
        return is_inverted(before, person, form, context) and not person.get("literal")
    return rule == "always" or (rule == "contextual" and several)


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
