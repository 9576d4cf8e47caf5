"""The attributes of name lists, and how inner elements inherit them from outer ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from bibwright.csl.cite_form import FULL, INITIALS, NO_GIVEN

if TYPE_CHECKING:
    from bibwright.csl.xml_tree import Node


@dataclass(frozen=True, slots=True)
class NameOptions:
    """How a name list is written. `initialize_with` is None when given names are printed in full."""

    and_: str = ""
    delimiter: str = ", "
    delimiter_precedes_last: str = "contextual"
    delimiter_precedes_et_al: str = "contextual"
    et_al_min: int = 0
    et_al_use_first: int = 0
    et_al_use_last: bool = False
    et_al_subsequent_min: int = 0
    et_al_subsequent_use_first: int = 0
    form: str = "long"
    initialize: bool = True
    initialize_with: str | None = None
    name_as_sort_order: str = ""
    sort_separator: str = ", "
    names_delimiter: str = ""
    #: These two belong to the style as a whole.
    initialize_with_hyphen: bool = True
    demote_particle: str = "display-and-sort"


_TEXTS = {
    "and": "and_",
    "delimiter-precedes-last": "delimiter_precedes_last",
    "delimiter-precedes-et-al": "delimiter_precedes_et_al",
    "initialize-with": "initialize_with",
    "name-as-sort-order": "name_as_sort_order",
    "sort-separator": "sort_separator",
    "demote-non-dropping-particle": "demote_particle",
}
_COUNTS = {
    "et-al-min": "et_al_min",
    "et-al-use-first": "et_al_use_first",
    "et-al-subsequent-min": "et_al_subsequent_min",
    "et-al-subsequent-use-first": "et_al_subsequent_use_first",
}
_SWITCHES = {
    "et-al-use-last": "et_al_use_last",
    "initialize": "initialize",
    "initialize-with-hyphen": "initialize_with_hyphen",
}
#: `name` says `form` where `style`, `citation` and `bibliography` say `name-form`.
_OUTSIDE = {"name-form": "form", "name-delimiter": "delimiter", "names-delimiter": "names_delimiter"}
_INSIDE = {"form": "form", "delimiter": "delimiter"}
_SORT_KEY = {
    "names-min": "et_al_min",
    "names-use-first": "et_al_use_first",
    "names-use-last": "et_al_use_last",
}


def inherit_options(options: NameOptions, node: Node) -> NameOptions:
    """`options` with what `style`, `citation` or `bibliography` (`node`) says instead."""
    return _changed(options, node, _OUTSIDE)


def name_options(options: NameOptions, node: Node) -> NameOptions:
    """`options` with what a `name` element says instead."""
    return _changed(options, node, _INSIDE)


def sort_key_options(options: NameOptions, node: Node) -> NameOptions:
    """`options` with what a sort `key` says instead."""
    changes: dict[str, Any] = {}  # the fields differ in type; the tables above pair them rightly
    for attribute, field in _SORT_KEY.items():
        value = node.get(attribute)
        if value:
            changes[field] = value == "true" if field == "et_al_use_last" else _count(value)
    return replace(options, **changes) if changes else options


@cache
def options_at(options: NameOptions, level: int) -> NameOptions:
    """`options` for a name that shows its initials, or its given name in full, to be told from others."""
    if level == FULL or options.initialize_with is None:
        return replace(options, form="long", initialize_with=None)
    return replace(options, form="long")


def level_of(options: NameOptions) -> int:
    """How much of a given name the style shows anyway."""
    if options.form == "short":
        return NO_GIVEN
    return INITIALS if options.initialize_with is not None and options.initialize else FULL


def _changed(options: NameOptions, node: Node, special: dict[str, str]) -> NameOptions:
    changes: dict[str, Any] = {}  # the fields differ in type; the tables above pair them rightly
    for attribute, value in node.attributes.items():
        if field := _TEXTS.get(attribute) or special.get(attribute):
            changes[field] = value
        elif field := _COUNTS.get(attribute):
            changes[field] = _count(value)
        elif field := _SWITCHES.get(attribute):
            changes[field] = value == "true"
    return replace(options, **changes) if changes else options


def _count(value: str) -> int:
    digits = value.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0
