"""The conditions of `choose`: tests on the item and on its place, compiled to one function."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bibwright.csl.context import Context
from bibwright.csl.number_fields import is_numeric_field

if TYPE_CHECKING:
    from bibwright.csl.xml_tree import Node

Condition = Callable[[Context], bool]


def compile_condition(node: Node) -> Condition:
    """The conditions of an `if` or `else-if`; with none at all it never holds."""
    tests = [make(value) for attribute, make in _TESTS.items() for value in node.get(attribute).split()]
    if types := frozenset(node.get("type").split()):
        # No item has two types: of several, any one will do, whatever `match` says.
        tests.append(lambda ctx: ctx.record.type in types)
    match node.get("match", "all"):
        case "any":
            return lambda ctx: any(test(ctx) for test in tests)
        case "none":
            return lambda ctx: not any(test(ctx) for test in tests)
        case _ if len(tests) == 1:
            return tests[0]
        case _:
            return lambda ctx: bool(tests) and all(test(ctx) for test in tests)


def _variable(value: str) -> Condition:
    return lambda ctx: ctx.has(value)


def _is_numeric(value: str) -> Condition:
    return lambda ctx: is_numeric_field(ctx.plain(value), value)


def _is_uncertain_date(value: str) -> Condition:
    def test(ctx: Context) -> bool:
        date = ctx.date(value)
        return date is not None and (date.circa or date.uncertain)

    return test


def _locator(value: str) -> Condition:
    wanted = value.replace("-", " ") if value == "sub-verbo" else value
    return lambda ctx: "locator" in ctx.given and ctx.locator_label in (value, wanted)


def _position(value: str) -> Condition:
    return lambda ctx: value in ctx.position


def _disambiguate(value: str) -> Condition:
    # True only where the item needs it to be told from others: never in a bibliography entry on its own.
    return lambda ctx: ctx.form.disambiguates is (value == "true")


_TESTS: dict[str, Callable[[str], Condition]] = {
    "variable": _variable,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _is_uncertain_date,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
