"""Conditions: `choose` and the tests of its branches (CSL 1.0.2, “Choose”)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from fleuron.csl.context import Context, Output, Status
from fleuron.csl.figures import PAGED, own_label, read_figures
from fleuron.csl.numbers import is_numeric
from fleuron.csl.runs import Run
from fleuron.csl.scope import Renderer, Scope, local
from fleuron.csl.vocabulary import DATES, NAMES

Test = Callable[[Context], bool]
MATCHES: dict[str, Callable[[Iterable[bool]], bool]] = {"all": all, "any": any, "none": lambda found: not any(found)}


def has_variable(context: Context, variable: str) -> bool:
    if variable in DATES:
        return context.item.date(variable) is not None
    return context.given(variable) is not None


def numeric(context: Context, variable: str) -> bool:
    value = context.given(variable)
    if value is None or variable in NAMES:
        return False
    head = read_figures(str(value))[0]
    return is_numeric(head.text) and (not head.label or variable in PAGED or own_label(variable, head.label))


def uncertain(context: Context, variable: str) -> bool:
    date = context.item.date(variable)
    return date is not None and date.circa


def at_position(context: Context, position: str) -> bool:
    return not context.bibliography and context.position.holds(position)


def has_locator(context: Context, label: str) -> bool:
    own, text = context.located
    return bool(text) and own == label.replace("sub verbo", "sub-verbo")


def of_type(context: Context, kind: str) -> bool:
    return context.item.kind == kind


def disambiguates(context: Context, wanted: str) -> bool:
    context.asked_disambiguate += 1
    return (context.distinction.disambiguate >= context.asked_disambiguate) == (wanted == "true")


TESTS: dict[str, Callable[[Context, str], bool]] = {
    "type": of_type,
    "variable": has_variable,
    "is-numeric": numeric,
    "is-uncertain-date": uncertain,
    "position": at_position,
    "locator": has_locator,
    "disambiguate": disambiguates,
}


def compile_test(element: etree._Element, scope: Scope) -> Test:
    """Compile the attributes of `if` or `else-if`; a branch without any test is never taken."""
    pairs = [
        (test, value)
        for name, test in TESTS.items()
        for value in str(element.get(name) or "").replace("sub verbo", "sub-verbo").split()
    ]
    match = element.get("match", "all")
    if match not in MATCHES:
        raise scope.error(element, f"match=“{match}” is none of: {', '.join(MATCHES)}")
    if not pairs:
        raise scope.error(element, f"<{local(element)}> has no test; add one of: {', '.join(TESTS)}")
    tests = {test for test, _value in pairs}
    if tests == {of_type} and (match != "all" or len(pairs) == 1):
        kinds, wanted = frozenset(kind for _test, kind in pairs), match != "none"
        return lambda context: (context.item.kind in kinds) == wanted
    if len(pairs) == 1 and match != "none":
        (test, value), *_rest = pairs
        return lambda context: test(context, value)
    holds = MATCHES[match]
    if disambiguates in tests:  # these count how often they are asked, so that none may be passed over
        return lambda context: holds([test(context, value) for test, value in pairs])
    return lambda context: holds(test(context, value) for test, value in pairs)


def compile_choose(element: etree._Element, scope: Scope) -> Renderer:
    """Compile `choose`: its pieces are parted by the delimiter of the element around it."""
    branches: list[tuple[Test, list[Renderer]]] = []
    for child in element:
        test = (lambda _context: True) if local(child) == "else" else compile_test(child, scope)
        branches.append((test, scope.children(child)))

    def render(context: Context) -> Output:
        for test, renderers in branches:
            if test(context):
                return in_turn(renderers, context)
        return [], Status.IDLE

    return render


def in_turn(renderers: list[Renderer], context: Context) -> Output:
    """Render elements one after the other."""
    pieces: list[tuple[Run, ...]] = []
    status = Status.IDLE
    for renderer in renderers:
        more, called = renderer(context)
        pieces.extend(more)
        status = max(status, called)
    return pieces, status
