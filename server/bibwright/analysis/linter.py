"""Runs rules over a block. Which rules there are it is told; it only sorts them by what they watch."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from bibwright.analysis.diagnostics import Diagnostic
from bibwright.analysis.rule import Context, Lookup, Rule
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
        found: list[Diagnostic] = []
        for fault in tree.faults:
            rule = self._faults.get(fault.code)
            if rule is not None:
                _run(found, rule, context, fault)
        for rule in self._blocks:
            _run(found, rule, context)
        for node in tree.nodes:
            if isinstance(node, Entry):
                self._check_entry(found, context, node)
            elif isinstance(node, Text):
                for rule in self._texts:
                    _run(found, rule, context, node)
        if len(found) > 1:
            found.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code))
        return tuple(found)

    def _check_entry(self, found: list[Diagnostic], context: Context, entry: Entry) -> None:
        for rule in self._entries:
            _run(found, rule, context, entry)
        text, by_name = context.text, self._fields
        for field in entry.fields:
            for rule in by_name.get(field_name(text, field).lower(), ()):
                _run(found, rule, context, entry, field)
            for rule in self._all_fields:
                _run(found, rule, context, entry, field)


def _run(found: list[Diagnostic], rule: Rule, context: Context, *watched: object) -> None:
    try:
        for report in rule.check(context, *watched):
            severity = rule.severity if report.severity is None else report.severity
            span, message, fixes, related, _ = report
            found.append(Diagnostic(rule.code, rule.name, severity, message, span, fixes, related))
    except Exception:
        # A fault of ours in one rule must not cost the user the findings of all the others.
        logger.exception("rule %s failed", rule.code)
