"""Compile the element `choose` and the conditions of its branches (CSL 1.0.2, “Choose”)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from fleuron.csl.rendering.compile_scope import CompileScope, Renderer, local_name
from fleuron.csl.rendering.context import Context, Output, VariableUse
from fleuron.csl.text.labelled_numbers import PAGE_VARIABLES, is_own_label, split_labelled_numbers
from fleuron.csl.text.numbers import is_numeric
from fleuron.csl.text.runs import Run
from fleuron.csl.vocabulary import DATE_VARIABLES, NAME_VARIABLES

Test = Callable[[Context], bool]
MATCHES: dict[str, Callable[[Iterable[bool]], bool]] = {"all": all, "any": any, "none": lambda found: not any(found)}


def has_variable(context: Context, variable: str) -> bool:
    """Return whether a variable has content (`variable`)."""
    if variable in DATE_VARIABLES:
        return context.item.date(variable) is not None
    return context.stored_value(variable) is not None


def is_number(context: Context, variable: str) -> bool:
    """Return whether a variable is a number, with no label but its own (`is-numeric`)."""
    value = context.stored_value(variable)
    if value is None or variable in NAME_VARIABLES:
        return False
    head = split_labelled_numbers(str(value))[0]
    return is_numeric(head.text) and (
        not head.label or variable in PAGE_VARIABLES or is_own_label(variable, head.label)
    )


def is_uncertain_date(context: Context, variable: str) -> bool:
    """Return whether a date is approximate (`is-uncertain-date`)."""
    date = context.item.date(variable)
    return date is not None and date.circa


def at_position(context: Context, position: str) -> bool:
    """Return whether a cite has a position (`position`); an entry of the bibliography has none."""
    return not context.bibliography and context.position.holds(position)


def has_locator(context: Context, wanted_label: str) -> bool:
    """Return whether a cite has a locator with a label (`locator`)."""
    label, text = context.locator_parts
    return bool(text) and label == wanted_label


def disambiguates(context: Context, flag: str) -> bool:
    """Return whether this test is needed to disambiguate (`disambiguate`); tests are counted in the style's order."""
    context.disambiguate_tests += 1
    return (context.disambiguation.conditions_met >= context.disambiguate_tests) == (flag == "true")


TESTS: dict[str, Callable[[Context, str], bool]] = {
    "variable": has_variable,
    "is-numeric": is_number,
    "is-uncertain-date": is_uncertain_date,
    "position": at_position,
    "locator": has_locator,
    "disambiguate": disambiguates,
}


def condition(test: Callable[[Context, str], bool], value: str) -> Test:
    """Return a test of a context for one value of an attribute."""
    return lambda context: test(context, value)


def compile_test(element: etree._Element, scope: CompileScope) -> Test:
    """Compile the attributes of `if` or `else-if`.

    An item has one type, so that `type` with several values is one test; each value of any other attribute is a test.
    """
    tests: list[Test] = [
        condition(test, value)
        for name, test in TESTS.items()
        for value in str(element.get(name) or "").replace("sub verbo", "sub-verbo").split()
    ]
    kinds = frozenset(str(element.get("type") or "").split())
    if kinds:
        tests.insert(0, lambda context: context.item.type in kinds)
    match = element.get("match", "all")
    if match not in MATCHES:
        raise scope.error(element, f"match=“{match}” is not allowed; use one of: {', '.join(MATCHES)}")
    if not tests:
        raise scope.error(element, f"<{local_name(element)}> has no condition; add one of: type, {', '.join(TESTS)}")
    if len(tests) == 1 and match != "none":
        return tests[0]
    holds = MATCHES[match]
    if element.get("disambiguate"):  # this test counts its calls, so that none may be skipped
        return lambda context: holds([test(context) for test in tests])
    return lambda context: holds(test(context) for test in tests)


def compile_choose(element: etree._Element, scope: CompileScope) -> Renderer:
    """Compile `choose`; the enclosing element joins the pieces of the chosen branch with its delimiter."""
    branches: list[tuple[Test, list[Renderer]]] = []
    for child in element:
        test = (lambda _context: True) if local_name(child) == "else" else compile_test(child, scope)
        branches.append((test, scope.children(child)))

    def render(context: Context) -> Output:
        for test, renderers in branches:
            if test(context):
                return render_in_order(renderers, context)
        return [], VariableUse.NONE

    return render


def render_in_order(renderers: list[Renderer], context: Context) -> Output:
    """Render elements in order; return all their pieces."""
    pieces: list[tuple[Run, ...]] = []
    status = VariableUse.NONE
    for renderer in renderers:
        more, called = renderer(context)
        pieces.extend(more)
        status = max(status, called)
    return pieces, status
