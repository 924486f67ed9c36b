"""Render a list of names: how many are shown, delimiters, “and”, et al., repeated authors (CSL 1.0.2, “Name”)."""

from __future__ import annotations

from collections.abc import Sequence

from fleuron.csl.names.name_options import NameListOptions, NamesOptions
from fleuron.csl.names.person_names import is_space_separated, render_person
from fleuron.csl.rendering.context import Context, NameList, Person
from fleuron.csl.text.runs import Run, Text, join_pieces, plain


def count_shown(persons: Sequence[Person], form: NameListOptions, context: Context) -> tuple[int, bool]:
    """Return how many persons are shown, and whether the list is shortened."""
    minimum, use_first, use_last = form.et_al_min, form.et_al_use_first, form.et_al_use_last
    if not context.bibliography and not context.sorting and context.position.name != "first":
        minimum, use_first = form.subsequent_et_al_min, form.subsequent_et_al_use_first
    if context.sorting:
        limits = context.limits
        minimum = minimum if limits.names_min is None else limits.names_min
        use_first = use_first if limits.names_use_first is None else limits.names_use_first
        use_last = use_last if limits.names_use_last is None else limits.names_use_last == "true"
    list_index = len(context.name_lists)
    if list_index < len(context.disambiguation.names_shown):
        use_first = max(use_first, context.disambiguation.names_shown[list_index])
    others = bool(persons) and is_others(persons[-1])
    total = len(persons) - others
    if minimum and total >= minimum and use_first < total and not (use_last and use_first >= total - 1 and not others):
        return use_first, True
    return total, others


def is_others(person: Person) -> bool:
    """Return whether an entry of a list stands for “and others”."""
    return person.get("literal") == "others"


def replace_repeated(names: list[tuple[Run, ...]], context: Context) -> list[tuple[Run, ...]]:
    """Replace names that the preceding entry has in the same place (`subsequent-author-substitute-rule`)."""
    if context.first_names is not None or len(context.name_lists) != 1:
        return names
    context.first_name_texts = tuple(plain(name) for name in names)
    if context.replacement is None:
        return names
    substitute, rule, (_text, previous_names) = context.replacement
    repeated = 0
    for name_text, previous_text in zip(context.first_name_texts, previous_names, strict=False):
        if name_text != previous_text:
            break
        repeated += 1
    if rule == "complete-each":
        repeated = repeated if repeated == len(names) == len(previous_names) else 0
    elif rule == "partial-first":
        repeated = min(repeated, 1)
    elif rule != "partial-each":
        repeated = 0
    return [substitute] * repeated + names[repeated:]


def render_name_list(
    variable: str, persons: tuple[Person, ...], form: NamesOptions, context: Context
) -> tuple[Run, ...]:
    """Render one name variable, shortened as the style requires."""
    shown, shortened = count_shown(persons, form.name_list, context)
    list_index = len(context.name_lists)
    context.name_lists.append(NameList(persons, shown, form.person.form, form.person.initialize_with is not None))
    levels = (
        context.disambiguation.given_name_levels[list_index]
        if list_index < len(context.disambiguation.given_name_levels)
        else ()
    )
    last_person = (
        persons[-1:] if shortened and form.name_list.et_al_use_last and not is_others(persons[-1]) and shown else ()
    )
    names = []
    for index, person in enumerate((*persons[:shown], *last_person)):
        level = levels[index] if index < len(levels) else 0
        name = render_person(
            person,
            form.person,
            variable,
            context.item.language,
            inverted=is_inverted(index, form.name_list, context),
            level=level,
            sorting=context.sorting,
        )
        names.append(form.name.apply(name, context) if name else name)
    names = replace_repeated(names, context)
    return join_names(names, persons, form.name_list, context, shortened=shortened, ends_with_last=bool(last_person))


def is_inverted(index: int, form: NameListOptions, context: Context) -> bool:
    """Return whether a name is written with the family name first (`name-as-sort-order`)."""
    if context.sorting:
        return True
    return form.sort_order == "all" or (form.sort_order == "first" and index == 0)


def join_names(
    names: list[tuple[Run, ...]],
    persons: Sequence[Person],
    form: NameListOptions,
    context: Context,
    *,
    shortened: bool,
    ends_with_last: bool,
) -> tuple[Run, ...]:
    """Join names with delimiters and the conjunction, or with et al. or an ellipsis."""
    if not names:
        return ()
    delimiter: tuple[Run, ...] = (Text(form.delimiter),) if form.delimiter else ()
    if context.sorting:  # a sort key contains neither “et al.” nor “and” (CSL 1.0.2, “Sorting”)
        return join_pieces(names, delimiter)
    if shortened and ends_with_last:
        delimiter_before = delimiter if len(names) > 2 else (Text(" "),)
        return (*join_pieces(names[:-1], delimiter), *delimiter_before, Text("… "), *names[-1])
    if shortened:
        joined = join_pieces(names, delimiter)
        if not form.et_al:
            return joined
        has_delimiter = has_delimiter_before(
            form.precedes_et_al, len(names) >= 2, persons, len(names) - 1, form, context
        )
        ideographic = plain(form.et_al)[:1] >= "\u2e80"
        space: tuple[Run, ...] = () if ideographic else (Text(" "),)
        return (*joined, *(delimiter if has_delimiter else space), *form.et_al)
    if len(names) == 1 or not form.conjunction:
        return join_pieces(names, delimiter)
    has_delimiter = has_delimiter_before(form.precedes_last, len(names) > 2, persons, len(names) - 2, form, context)
    conjunction = conjunction_text(form.conjunction, spaced=not has_delimiter, persons=persons)
    all_but_last = join_pieces(names[:-1], delimiter)
    return (*all_but_last, *(delimiter if has_delimiter else ()), Text(conjunction), *names[-1])


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
    rule: str, has_several: bool, persons: Sequence[Person], index: int, form: NameListOptions, context: Context
) -> bool:
    """Return whether the delimiter precedes the conjunction or et al. (`delimiter-precedes-last`, `…-et-al`)."""
    if rule == "after-inverted-name":
        person = persons[index] if index < len(persons) else {}
        return is_inverted(index, form, context) and not person.get("literal")
    return rule == "always" or (rule == "contextual" and has_several)
