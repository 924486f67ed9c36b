"""Lists of names: how many are shown, in which order, and what stands between them (CSL 1.0.2, “Name”)."""

from __future__ import annotations

from collections.abc import Sequence

from fleuron.csl.names.name_options import ListForm, NamesForm
from fleuron.csl.names.person_names import is_spaced, write_person
from fleuron.csl.rendering.context import Context, NameList, Person
from fleuron.csl.style.compile_scope import joined
from fleuron.csl.text.runs import Run, Text, plain


def shown_number(persons: Sequence[Person], form: ListForm, context: Context) -> tuple[int, bool]:
    """Tell how many persons are shown, and whether the list is cut short."""
    least, first, use_last = form.least, form.first, form.use_last
    if not context.bibliography and not context.sorting and context.position.name != "first":
        least, first = form.subsequent_least, form.subsequent_first
    if context.sorting:
        limits = context.limits
        least = least if limits.least is None else limits.least
        first = first if limits.first is None else limits.first
        use_last = use_last if limits.use_last is None else limits.use_last == "true"
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


def render_list(variable: str, persons: tuple[Person, ...], form: NamesForm, context: Context) -> tuple[Run, ...]:
    """Render one variable of names, shortened as the style has it."""
    shown, cut = shown_number(persons, form.list, context)
    number = len(context.lists)
    context.lists.append(NameList(persons, shown, form.each.form, form.each.initialize_with is not None))
    givens = context.distinction.givens[number] if number < len(context.distinction.givens) else ()
    last = persons[-1:] if cut and form.list.use_last and not is_others(persons[-1]) and shown else ()
    written = []
    for index, person in enumerate((*persons[:shown], *last)):
        level = givens[index] if index < len(givens) else 0
        name = write_person(
            person,
            form.each,
            variable,
            context.item.language,
            inverted=is_inverted(index, form.list, context),
            level=level,
            sorting=context.sorting,
        )
        written.append(form.name.apply(name, context) if name else name)
    written = replaced(written, context)
    return join_names(written, persons, form.list, context, cut=cut, last=bool(last))


def is_inverted(index: int, form: ListForm, context: Context) -> bool:
    """Tell whether a name is written with the family name first."""
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
    if context.sorting:  # “et al.” and “and” are no part of a sort key (CSL 1.0.2, “Sorting”)
        return joined(written, delimiter)
    if cut and last:
        before = delimiter if len(written) > 2 else (Text(" "),)
        return (*joined(written[:-1], delimiter), *before, Text("… "), *written[-1])
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
    """Return “and” with the spaces that it needs: a sign of an ideographic script needs none."""
    if (
        word[-1:].isspace()
        or (len(word) == 1 and not word.isascii() and not word.isalpha())
        or (not is_spaced(persons[-1]) and not word.isascii())
    ):
        return word
    return f" {word} " if spaced else f"{word} "


def precedes(
    rule: str, several: bool, persons: Sequence[Person], before: int, form: ListForm, context: Context
) -> bool:
    """Tell whether the delimiter stands before the conjunction or et al. (`delimiter-precedes-…`)."""
    if rule == "after-inverted-name":
        person = persons[before] if before < len(persons) else {}
        return is_inverted(before, form, context) and not person.get("literal")
    return rule == "always" or (rule == "contextual" and several)
