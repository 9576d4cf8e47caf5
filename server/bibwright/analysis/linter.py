"""Runs rules over a block. Which rules there are it is told; it only sorts them by what they watch.

Most rules have nothing to say about most blocks, and many can tell by the characters in it. So the rules that are left
for a block are sorted once for each set of characters that matters, and each field's name leads straight to the rules
that want to see it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from bibwright.analysis.diagnostics import Diagnostic, Severity
from bibwright.analysis.options import LintOptions
from bibwright.analysis.rule import SUPPRESSIONS, Context, Lookup, Report, Rule, Unless
from bibwright.analysis.suppressions import (
    apply_suppressions,
    ignore_file_facts,
    is_ignored_by_name,
    judge,
    without_ignored,
    words_of,
)
from bibwright.formats import FORMATS
from bibwright.formats.format import Fact
from bibwright.syntax.nodes import Entry, Field, Text, Tree, lower_names
from bibwright.syntax.suppressions import SIGN
from bibwright.text.spans import Span

logger = logging.getLogger(__name__)

#: What nearly every text has some of.
_USUAL = "".join(map(chr, range(0x20, 0x7F))) + "\t\r\n"
_USUAL_BYTES = _USUAL.encode()


class Linter:
    """The rules for one format, and what the user wants of them: other severities, options."""

    def __init__(
        self,
        rules: Iterable[Rule],
        format: str,
        *,
        severities: Mapping[str, Severity] | None = None,
        options: LintOptions | None = None,
        known: Mapping[str, str] | None = None,
    ) -> None:
        """Take the rules that apply to `format`; `severities` by rule code override what the rules say.

        `known` gives the code for the code and the name, in lower case, of every rule there is; without it no word of a
        suppression is called unknown.
        """
        self.options = options or LintOptions()
        self._format = format
        self._rules = [rule for rule in rules if format in rule.formats]
        self.severities: Mapping[str, Severity] = dict(severities or {})
        self._codes = frozenset(rule.code for rule in self._rules)
        # Rules may share what they have found.
        self._find_facts = list(dict.fromkeys(rule.facts for rule in self._rules if rule.facts is not None))
        self._known = known or {}
        #: Codes and names of the rules of which it can be said that they find nothing.
        self._judged = frozenset(
            word for rule in self._rules if rule.watches != SUPPRESSIONS for word in (rule.code.lower(), rule.name)
        )
        self._find_suppressions = FORMATS[format].find_suppressions
        #: A bit for each set of characters of which some rules need one, and by character the bits of its sets.
        self._bits = {needs: 1 << at for at, needs in enumerate(sorted({rule.needs for rule in self._rules} - {""}))}
        self._needed: dict[str, int] = {}
        for needs, bit in self._bits.items():
            for character in needs:
                self._needed[character] = self._needed.get(character, 0) | bit
        #: Of the usual characters those that some rules need: looked for one by one, which is faster than all at once.
        self._sought = [(character, bits) for character, bits in self._needed.items() if character in _USUAL]
        self._calls: dict[tuple[bool, int], _Calls] = {}

    def has_rule(self, code: str) -> bool:
        """Whether the rule with this code is applied."""
        return code in self._codes

    @property
    def fact_rules(self) -> frozenset[str]:
        """The codes of the rules that have facts of their own."""
        return frozenset(rule.code for rule in self._rules if rule.facts is not None)

    def find_facts(self, text: str, tree: Tree) -> tuple[Fact, ...]:
        """What a block states for the rules that have facts of their own, and of rules to be ignored in the file."""
        facts = tuple(fact for find in self._find_facts for fact in find(text, tree))
        if SIGN not in text:
            return facts
        return (*facts, *ignore_file_facts(text, self._find_suppressions(text, tree)))

    def check(self, text: str, tree: Tree, lookup: Lookup) -> tuple[Diagnostic, ...]:
        """The diagnostics of one block, in the order of their places."""
        context = Context(text, tree, self._format, lookup, self.options)
        calls = self._calls_for(text)
        found: list[Diagnostic] = []
        for fault in tree.faults:
            if fault.code in calls.faults:
                self._run(found, (calls.faults[fault.code],), context, fault)
        if calls.blocks:
            self._run(found, calls.blocks, context)
        if calls.by_fact:
            for fact in lookup.facts():
                if fact.kind in calls.by_fact:
                    self._run(found, calls.by_fact[fact.kind], context, fact)
        for node in tree.nodes:
            if isinstance(node, Entry):
                self._check_entry(found, calls, context, node)
            elif isinstance(node, Text):
                self._run(found, calls.texts, context, node)
        found = self._suppress(found, calls, context)
        if len(found) > 1:
            found.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code))
        return tuple(found)

    def _check_entry(self, found: list[Diagnostic], calls: _Calls, context: Context, entry: Entry) -> None:
        self._run(found, calls.entries, context, entry)
        by_name = calls.by_name
        for name, field in zip(lower_names(context.text, entry), entry.fields, strict=True):
            for unless, rules in by_name.get(name) or calls.for_field(name):
                if unless is None or not _holds(unless, context, field):
                    # As `_run` does it: to call that for each field takes as long as many a rule.
                    for rule in rules:
                        try:
                            for report in rule.check(context, entry, field):
                                self._add(found, rule, report)
                        except Exception:
                            _log_failure(rule)

    def _suppress(self, found: list[Diagnostic], calls: _Calls, context: Context) -> list[Diagnostic]:
        """Take away what the user wants ignored, and have the comments judged that say so."""
        text, lookup = context.text, context.lookup
        suppressions = list(self._find_suppressions(text, context.tree)) if SIGN in text else []
        used: Mapping[Span, set[str]] = {}
        if suppressions:
            found, used = apply_suppressions(text, found, suppressions)
        found, ignored = without_ignored(found, lookup)
        lookup.note_ignored(ignored)
        for suppression in suppressions:
            words = used.get(suppression.scope, set()) if suppression.scope is not None else set()
            if suppression.directive.whole_file:
                words = {word for word in words_of(text, suppression) if lookup.is_ignoring(word)}
            judged = judge(text, suppression, words, self._judged, self._known)
            rules = [rule for rule in calls.suppressions if not is_ignored_by_name(rule.code, rule.name, lookup)]
            self._run(found, rules, context, judged)
        return found

    def _calls_for(self, text: str) -> _Calls:
        present = 0
        for character, bits in self._sought:
            if character in text:
                present |= bits
        unusual = text.encode("utf-8", "surrogatepass").translate(None, _USUAL_BYTES)
        if unusual:
            for character in set(unusual.decode("utf-8", "surrogatepass")):
                present |= self._needed.get(character, 0)
        key = (text.isascii(), present)
        calls = self._calls.get(key)
        if calls is None:
            calls = self._calls[key] = _Calls(rule for rule in self._rules if self._may_apply(rule, *key))
        return calls

    def _may_apply(self, rule: Rule, is_ascii: bool, present: int) -> bool:
        if not rule.needs and not rule.non_ascii:
            return True
        return (rule.non_ascii and not is_ascii) or bool(self._bits.get(rule.needs, 0) & present)

    def _run(self, found: list[Diagnostic], rules: Iterable[Rule], *watched: object) -> None:
        for rule in rules:
            try:
                for report in rule.check(*watched):
                    self._add(found, rule, report)
            except Exception:
                _log_failure(rule)

    def _add(self, found: list[Diagnostic], rule: Rule, report: Report) -> None:
        span, message, fixes, related, severity = report
        severity = self.severities.get(rule.code, severity or rule.severity)
        found.append(Diagnostic(rule.code, rule.name, severity, message, span, fixes, related))


def _log_failure(rule: Rule) -> None:
    """A fault of ours in one rule must not cost the user the findings of all the others."""
    logger.exception("rule %s failed", rule.code)


_ForField: TypeAlias = "tuple[tuple[Unless | None, tuple[Rule, ...]], ...]"


class _Calls:
    """Rules by what they watch. `by_name` are those for fields, by names (lower case) that were asked for already."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.faults: dict[str, Rule] = {}
        self.entries: list[Rule] = []
        self.texts: list[Rule] = []
        self.blocks: list[Rule] = []
        self.suppressions: list[Rule] = []
        self.by_fact: dict[str, list[Rule]] = {}
        self.by_name: dict[str, _ForField] = {}
        self._watching: dict[str, list[Rule]] = {}
        self._watching_all: list[Rule] = []
        for rule in rules:
            self._add(rule)
        self._for_others = _by_unless(self._watching_all)

    def for_field(self, name: str) -> _ForField:
        """The rules for fields with this name, in lower case."""
        watching = self._watching.get(name)
        if watching is None:
            return self._for_others
        self.by_name[name] = found = _by_unless([*watching, *self._watching_all])
        return found

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
            case "facts":
                for name in rule.watches.names:
                    self.by_fact.setdefault(name, []).append(rule)
            case "suppressions":
                self.suppressions.append(rule)
            case "fields" if rule.watches.names:
                for name in rule.watches.names:
                    self._watching.setdefault(name, []).append(rule)
            case "fields":
                self._watching_all.append(rule)
            case kind:
                raise ValueError(f"rule {rule.code} watches {kind!r}, which nothing calls")


def _holds(unless: Unless, context: Context, field: Field) -> bool:
    try:
        return unless(context, field)
    except Exception:
        logger.exception("%s failed", unless.__name__)
        return False


def _by_unless(rules: Iterable[Rule]) -> _ForField:
    """Rules for one field by what spares them: it is asked once for all."""
    groups: dict[Unless | None, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.watches.unless, []).append(rule)
    return tuple((unless, tuple(group)) for unless, group in groups.items())
