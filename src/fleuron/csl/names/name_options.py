"""Read the options of `names` and `name`, inherited and their own (CSL 1.0.2, “Inheritable Name Options”)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from fleuron.csl.names.person_names import PersonNameOptions
from fleuron.csl.rendering.compile_scope import CompileScope, local_name
from fleuron.csl.rendering.formatting import Formatting, read_formatting
from fleuron.csl.style.xml import CSL
from fleuron.csl.text.rich_text import read_text
from fleuron.csl.text.runs import Run

INHERITED = (
    *("and", "delimiter-precedes-et-al", "delimiter-precedes-last", "et-al-min", "et-al-use-first"),
    *("et-al-subsequent-min", "et-al-subsequent-use-first", "et-al-use-last", "initialize", "initialize-with"),
    *("name-as-sort-order", "sort-separator"),
)


@dataclass(frozen=True)
class NameListOptions:
    """Options of a list of names: its delimiters, its sort order, and when it is shortened."""

    conjunction: str
    delimiter: str
    precedes_last: str
    precedes_et_al: str
    et_al_min: int
    et_al_use_first: int
    subsequent_et_al_min: int
    subsequent_et_al_use_first: int
    et_al_use_last: bool
    sort_order: str
    et_al: tuple[Run, ...]


@dataclass(frozen=True)
class NamesOptions:
    """The options of a `names` element and of its children, which apply to each of its variables."""

    person: PersonNameOptions
    name_list: NameListOptions
    name: Formatting
    names: Formatting
    label: etree._Element | None
    label_first: bool
    label_formatting: Formatting


def name_options(scope: CompileScope, names: etree._Element, name: etree._Element | None) -> dict[str, str]:
    """Collect the options of `name`: its own, and those that it inherits from `names`, the area and the style."""
    options: dict[str, str] = {}
    for level in (scope.root.attrib, scope.options, names.attrib):
        options |= {key: str(level[key]) for key in INHERITED if key in level}
        options |= {
            key.removeprefix("name-"): str(level[key]) for key in ("name-form", "name-delimiter") if key in level
        }
    if name is not None:
        options |= {str(key): str(value) for key, value in name.attrib.items()}
    return options


def read_names_options(element: etree._Element, inherited: etree._Element | None, scope: CompileScope) -> NamesOptions:
    """Read `names`; without children, it takes those of the `names` of which it is a substitute."""
    language = scope.locale.language
    source = element if len(element) or inherited is None else inherited
    children = {local_name(child): child for child in source if isinstance(child.tag, str)}
    order = [local_name(child) for child in source if isinstance(child.tag, str)]
    name, label = children.get("name"), children.get("label")
    options = name_options(scope, element, name)
    label_first = "label" in order and "name" in order and order.index("label") < order.index("name")
    return NamesOptions(
        read_person_name_options(options, name, scope),
        read_name_list_options(options, children.get("et-al"), scope),
        replace(read_formatting(name, language), case="") if name is not None else Formatting(),
        replace(read_formatting(element, language), case=""),
        label,
        label_first,
        read_formatting(label, language) if label is not None else Formatting(),
    )


def read_person_name_options(
    options: Mapping[str, str], name: etree._Element | None, scope: CompileScope
) -> PersonNameOptions:
    """Read how one person's name is written: the options of `name`, and its `name-part` children."""
    parts = {} if name is None else {str(part.get("name")): part for part in name.iterfind(f"{CSL}name-part")}
    read = {key: read_formatting(part, scope.locale.language) for key, part in parts.items()}
    return PersonNameOptions(
        options.get("form", "long"),
        options.get("initialize", "true") != "false",
        options.get("initialize-with"),
        scope.style_option("initialize-with-hyphen", "true") != "false",
        options.get("sort-separator", ", "),
        scope.style_option("demote-non-dropping-particle", "display-and-sort"),
        read.get("family", Formatting()),
        read.get("given", Formatting()),
    )


def read_name_list_options(
    options: Mapping[str, str], et_al: etree._Element | None, scope: CompileScope
) -> NameListOptions:
    """Read how a list of names is written: the options of `name`, and `et-al`."""
    conjunction = {"text": scope.locale.term("and") or "", "symbol": scope.locale.ampersand}
    number = {key: int(value) for key, value in options.items() if key.startswith("et-al-") and value.isdecimal()}
    # A list is shortened only if the style has both et-al-min and et-al-use-first.
    first = number.get("et-al-use-first", 0)
    least = number.get("et-al-min", 0) if "et-al-use-first" in number else 0
    term = (et_al.get("term") if et_al is not None else None) or "et-al"
    et_al_runs = read_text(scope.locale.term(term) or "")
    if et_al is not None:
        et_al_runs = read_formatting(et_al, scope.locale.language).apply(et_al_runs) if et_al_runs else ()
    return NameListOptions(
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
        et_al_runs,
    )
