"""Runs rules over a block. Which rules there are it is told; it only sorts them by what they watch.

Most rules have nothing to say about most blocks, and many can tell by the characters in it. So the rules that are left
for a block are sorted once for each set of characters that matters, and each field's name leads straight to the rules
that want to see it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from bibwright.analysis.diagnostics import Diagnostic, Severity
from bibwright.analysis.options import LintOptions
from bibwright.analysis.rule import Context, Lookup, Rule
from bibwright.syntax.nodes import Entry, Text, Tree, field_name

logger = logging.getLogger(__name__)


class Linter:
    """The rules for one format, and what the user wants of them: other severities, options."""

    def __init__(
        self,
        rules: Iterable[Rule],
        format: str,
        *,
        severities: Mapping[str, Severity] | None = None,
        options: LintOptions | None = None,
    ) -> None:
        """Take the rules that apply to `format`; `severities` by rule code override what the rules say."""
        self.options = options or LintOptions()
        self._format = format
        self._rules = [rule for rule in rules if format in rule.formats]
        self.severities: Mapping[str, Severity] = dict(severities or {})
        self._codes = frozenset(rule.code for rule in self._rules)
        self._needed = frozenset("".join(rule.needs for rule in self._rules))
        self._calls: dict[tuple[bool, frozenset[str]], _Calls] = {}

    def has_rule(self, code: str) -> bool:
        """Whether the rule with this code is applied."""
        return code in self._codes

    def check(self, text: str, tree: Tree, lookup: Lookup) -> tuple[Diagnostic, ...]:
        """The diagnostics of one block, in the order of their places."""
        context = Context(text, tree, self._format, lookup, self.options)
        calls = self._calls_for(text)
        found: list[Diagnostic] = []
        for fault in tree.faults:
            rule = calls.faults.get(fault.code)
            if rule is not None:
                self._run(found, rule, context, fault)
        for rule in calls.blocks:
            self._run(found, rule, context)
        for node in tree.nodes:
            if isinstance(node, Entry):
                for rule in calls.entries:
                    self._run(found, rule, context, node)
                for field in node.fields:
                    for rule in calls.of_field(field_name(text, field).lower()):
                        self._run(found, rule, context, node, field)
            elif isinstance(node, Text):
                for rule in calls.texts:
                    self._run(found, rule, context, node)
        if len(found) > 1:
            found.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code))
        return tuple(found)

    def _calls_for(self, text: str) -> _Calls:
        present = (text.isascii(), self._needed.intersection(text))
        calls = self._calls.get(present)
        if calls is None:
            calls = self._calls[present] = _Calls(rule for rule in self._rules if _may_apply(rule, *present))
        return calls

    def _run(self, found: list[Diagnostic], rule: Rule, context: Context, *watched: object) -> None:
        try:
            for report in rule.check(context, *watched):
                span, message, fixes, related, severity = report
                if severity is None:
                    severity = rule.severity
                severity = self.severities.get(rule.code, severity)
                found.append(Diagnostic(rule.code, rule.name, severity, message, span, fixes, related))
        except Exception:
            # A fault of ours in one rule must not cost the user the findings of all the others.
            logger.exception("rule %s failed", rule.code)


def _may_apply(rule: Rule, is_ascii: bool, present: frozenset[str]) -> bool:
    if not rule.needs and not rule.non_ascii:
        return True
    return (rule.non_ascii and not is_ascii) or not present.isdisjoint(rule.needs)


class _Calls:
    """Rules by what they watch."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.faults: dict[str, Rule] = {}
        self.entries: list[Rule] = []
        self.texts: list[Rule] = []
        self.blocks: list[Rule] = []
        self._all_fields: list[Rule] = []
        self._by_name: dict[str, list[Rule]] = {}
        for rule in rules:
            self._add(rule)
        for name in self._by_name:
            self._by_name[name] += self._all_fields

    def _add(self, rule: Rule) -> None:
        match rule.watches.kind:
            case "faults":
                self.faults[rule.code] = rule
            case "entries":
                self.entries.append(rule)
            case "texts":
                self.texts.append(rule)
            case "blocks":
                self.blocks.append(rule)
            case "fields" if rule.watches.names:
                for name in rule.watches.names:
                    self._by_name.setdefault(name, []).append(rule)
            case "fields":
                self._all_fields.append(rule)
            case kind:
                raise ValueError(f"rule {rule.code} watches {kind!r}, which nothing calls")

    def of_field(self, name: str) -> list[Rule]:
        """The rules for fields with this name (lower case)."""
        return self._by_name.get(name, self._all_fields)
