"""Render a list of names: how many are shown, delimiters, “and”, et al., repeated authors (CSL 1.0.2, “Name”)."""

from __future__ import annotations

from collections.abc import Sequence

from fleuron.csl.names.name_options import NameListOptions, NamesOptions
from fleuron.csl.names.person_names import is_space_separated, render_person
from fleuron.csl.rendering.context import Context, NameList, Person
from fleuron.csl.text.runs import Run, Text, join_pieces, plain


def count_shown(persons: Sequence[Person], form: NameListOptions, context: Context) -> tuple[int, bool]:
    """Return how many persons are shown, and whether the list is shortened."""
    least, first, use_last = form.et_al_min, form.et_al_use_first, form.et_al_use_last
    if not context.bibliography and not context.sorting and context.position.name != "first":
        least, first = form.subsequent_et_al_min, form.subsequent_et_al_use_first
    if context.sorting:
        limits = context.limits
        least = least if limits.names_min is None else limits.names_min
        first = first if limits.names_use_first is None else limits.names_use_first
        use_last = use_last if limits.names_use_last is None else limits.names_use_last == "true"
    number = len(context.name_lists)
    if number < len(context.disambiguation.names_shown):
        first = max(first, context.disambiguation.names_shown[number])
    others = bool(persons) and is_others(persons[-1])
    total = len(persons) - others
    if least and total >= least and first < total and not (use_last and first >= total - 1 and not others):
        return first, True
    return total, others


def is_others(person: Person) -> bool:
    """Return whether an entry of a list stands for “and others”."""
    return person.get("literal") == "others"


def replace_repeated(written: list[tuple[Run, ...]], context: Context) -> list[tuple[Run, ...]]:
    """Replace names that the preceding entry has in the same place (`subsequent-author-substitute-rule`)."""
    if context.first_names is not None or len(context.name_lists) != 1:
        return written
    context.first_name_texts = tuple(plain(name) for name in written)
    if context.replacement is None:
        return written
    substitute, rule, (_text, before) = context.replacement
    same = 0
    for mine, theirs in zip(context.first_name_texts, before, strict=False):
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


def render_name_list(
    variable: str, persons: tuple[Person, ...], form: NamesOptions, context: Context
) -> tuple[Run, ...]:
    """Render one name variable, shortened as the style requires."""
    shown, cut = count_shown(persons, form.name_list, context)
    number = len(context.name_lists)
    context.name_lists.append(NameList(persons, shown, form.person.form, form.person.initialize_with is not None))
    givens = (
        context.disambiguation.given_name_levels[number]
        if number < len(context.disambiguation.given_name_levels)
        else ()
    )
    last = persons[-1:] if cut and form.name_list.et_al_use_last and not is_others(persons[-1]) and shown else ()
    written = []
    for index, person in enumerate((*persons[:shown], *last)):
        level = givens[index] if index < len(givens) else 0
        name = render_person(
            person,
            form.person,
            variable,
            context.item.language,
            inverted=is_inverted(index, form.name_list, context),
            level=level,
            sorting=context.sorting,
        )
        written.append(form.name.apply(name, context) if name else name)
    written = replace_repeated(written, context)
    return join_names(written, persons, form.name_list, context, cut=cut, last=bool(last))


def is_inverted(index: int, form: NameListOptions, context: Context) -> bool:
    """Return whether a name is written with the family name first (`name-as-sort-order`)."""
    if context.sorting:
        return True
    return form.sort_order == "all" or (form.sort_order == "first" and index == 0)


def join_names(
    written: list[tuple[Run, ...]],
    persons: Sequence[Person],
    form: NameListOptions,
    context: Context,
    *,
    cut: bool,
    last: bool,
) -> tuple[Run, ...]:
    """Join names with delimiters and the conjunction, or with et al. or an ellipsis."""
    if not written:
        return ()
    delimiter: tuple[Run, ...] = (Text(form.delimiter),) if form.delimiter else ()
    if context.sorting:  # a sort key contains neither “et al.” nor “and” (CSL 1.0.2, “Sorting”)
        return join_pieces(written, delimiter)
    if cut and last:
        before = delimiter if len(written) > 2 else (Text(" "),)
        return (*join_pieces(written[:-1], delimiter), *before, Text("… "), *written[-1])
    if cut:
        names = join_pieces(written, delimiter)
        if not form.et_al:
            return names
        parted = has_delimiter_before(form.precedes_et_al, len(written) >= 2, persons, len(written) - 1, form, context)
        ideographic = plain(form.et_al)[:1] >= "\u2e80"
        space: tuple[Run, ...] = () if ideographic else (Text(" "),)
        return (*names, *(delimiter if parted else space), *form.et_al)
    if len(written) == 1 or not form.conjunction:
        return join_pieces(written, delimiter)
    parted = has_delimiter_before(form.precedes_last, len(written) > 2, persons, len(written) - 2, form, context)
    conjunction = conjunction_text(form.conjunction, spaced=not parted, persons=persons)
    head = join_pieces(written[:-1], delimiter)
    return (*head, *(delimiter if parted else ()), Text(conjunction), *written[-1])


def conjunction_text(word: str, *, spaced: bool, persons: Sequence[Person]) -> str:
    """Return “and” with spaces around it, which a symbol of an ideographic script does not take."""
    if (
        word[-1:].isspace()
        or (len(word) == 1 and not word.isascii() and not word.isalpha())
        or (not is_space_separated(persons[-1]) and not word.isascii())
    ):
        return word
    return f" {word} " if spaced else f"{word} "


def has_delimiter_before(
    rule: str, several: bool, persons: Sequence[Person], before: int, form: NameListOptions, context: Context
) -> bool:
    """Return whether the delimiter precedes the conjunction or et al. (`delimiter-precedes-last`, `…-et-al`)."""
    if rule == "after-inverted-name":
        person = persons[before] if before < len(persons) else {}
        return is_inverted(before, form, context) and not person.get("literal")
    return rule == "always" or (rule == "contextual" and several)
