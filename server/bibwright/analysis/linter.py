"""Runs rules over a block. Which rules there are it is told; it only sorts them by what they watch."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from bibwright.analysis.diagnostics import Diagnostic
from bibwright.analysis.rule import Context, Lookup, Report, Rule
from bibwright.syntax.nodes import Entry, Text, Tree, field_name

logger = logging.getLogger(__name__)


class Linter:
    """The rules for one format, sorted so that each is called only for what it watches."""

    __slots__ = ("_all_fields", "_blocks", "_entries", "_faults", "_fields", "_format", "_texts")

    def __init__(self, rules: Iterable[Rule], format: str) -> None:
        self._format = format
        self._faults: dict[str, Rule] = {}
        self._entries: list[Rule] = []
        self._texts: list[Rule] = []
        self._blocks: list[Rule] = []
        self._all_fields: list[Rule] = []
        self._fields: dict[str, list[Rule]] = {}
        for rule in rules:
            if format in rule.formats:
                self._add(rule)

    def _add(self, rule: Rule) -> None:
        match rule.watches.kind:
            case "faults":
                self._faults[rule.code] = rule
            case "entries":
                self._entries.append(rule)
            case "texts":
                self._texts.append(rule)
            case "blocks":
                self._blocks.append(rule)
            case "fields" if rule.watches.names:
                for name in rule.watches.names:
                    self._fields.setdefault(name, []).append(rule)
            case "fields":
                self._all_fields.append(rule)
            case kind:
                raise ValueError(f"rule {rule.code} watches {kind!r}, which nothing calls")

    def check(self, text: str, tree: Tree, lookup: Lookup) -> tuple[Diagnostic, ...]:
        """The diagnostics of one block, in the order of their places."""
        context = Context(text, tree, self._format, lookup)
        found = [_diagnostic(rule, report) for rule, report in self._reports(context)]
        if len(found) > 1:
            found.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code))
        return tuple(found)

    def _reports(self, context: Context) -> Iterator[tuple[Rule, Report]]:
        for fault in context.tree.faults:
            rule = self._faults.get(fault.code)
            if rule is not None:
                yield from _all(rule, rule.check(context, fault))
        for rule in self._blocks:
            yield from _all(rule, rule.check(context))
        for node in context.tree.nodes:
            if isinstance(node, Entry):
                for rule in self._entries:
                    yield from _all(rule, rule.check(context, node))
                yield from self._field_reports(context, node)
            elif isinstance(node, Text):
                for rule in self._texts:
                    yield from _all(rule, rule.check(context, node))

    def _field_reports(self, context: Context, entry: Entry) -> Iterator[tuple[Rule, Report]]:
        text, by_name = context.text, self._fields
        for field in entry.fields:
            for rule in by_name.get(field_name(text, field).lower(), ()):
                yield from _all(rule, rule.check(context, entry, field))
            for rule in self._all_fields:
                yield from _all(rule, rule.check(context, entry, field))


def _all(rule: Rule, reports: Iterable[Report]) -> Iterator[tuple[Rule, Report]]:
    try:
        for report in reports:
            yield rule, report
    except Exception:
        # A fault of ours in one rule must not cost the user the findings of all the others.
        logger.exception("rule %s failed", rule.code)


def _diagnostic(rule: Rule, report: Report) -> Diagnostic:
    severity = rule.severity if report.severity is None else report.severity
    return Diagnostic(rule.code, rule.name, severity, report.message, report.span, report.fixes, report.related)
