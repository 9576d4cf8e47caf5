"""What the user's comments take away from the findings of a block, and which of these comments do nothing.

A finding is taken away by a comment before its entry, or by one anywhere in the file that is about the whole file.
For the latter, blocks state facts of the kind `ignore-file`; their values are codes and names in lower case, and `all`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from bibwright.analysis.diagnostics import Diagnostic
from bibwright.formats.format import Fact
from bibwright.syntax.suppressions import Suppression
from bibwright.text.spans import Span

IGNORE_FILE = "ignore-file"
#: Stands for every rule.
EVERY = "all"
#: What is found not only by the rule but in the bytes of a file too: from the text nobody can say that it is not found.
_FOUND_ELSEWHERE = frozenset(("e901", "bom", "e902", "not-utf8", "e905", "declared-encoding-mismatch"))


class Stated(Protocol):
    """What blocks of the file state."""

    def states(self, kind: str, value: str) -> bool:
        """Whether any block states a fact."""


class Lookup(Stated, Protocol):
    """The same, for who must be told when it changes."""

    def states_any(self, kind: str) -> bool:
        """Whether any block states a fact of this kind."""


class JudgedSuppression(NamedTuple):
    """A suppression, and what of it does nothing.

    `unused` are codes of rules that were applied and found nothing there; `is_unused` tells that nothing of it has
    any effect. `unknown` are words that name no rule; `known` gives the code for each code and name in lower case.
    """

    suppression: Suppression
    unused: tuple[Span, ...]
    is_unused: bool
    unknown: tuple[Span, ...]
    known: Mapping[str, str]


def ignore_file_facts(text: str, suppressions: Iterable[Suppression]) -> Iterator[Fact]:
    """What a block states about the whole file."""
    for _, directive, _ in suppressions:
        if directive.whole_file:
            codes = [(EVERY, directive.keyword)] if directive.codes is None else _words(text, directive.codes)
            for word, place in codes:
                yield Fact(IGNORE_FILE, word, "", place)


class Applied(NamedTuple):
    """The findings that are left, and by the entry that suppressions are about the words that took some away."""

    left: list[Diagnostic]
    used: Mapping[Span, set[str]]


def apply_suppressions(text: str, found: list[Diagnostic], suppressions: list[Suppression]) -> Applied:
    """Take away what the suppressions of entries are about."""
    words: dict[Span, set[str]] = {}
    for suppression in suppressions:
        if suppression.scope is not None:
            words.setdefault(suppression.scope, set()).update(words_of(text, suppression))
    used: dict[Span, set[str]] = {scope: set() for scope in words}
    scopes = sorted(words)
    left = []
    for diagnostic in found:
        at = bisect_right(scopes, diagnostic.span.start, key=lambda scope: scope.start) - 1
        hits = words[scopes[at]] & names_of(diagnostic) if at >= 0 and diagnostic.span.start <= scopes[at].end else None
        if hits:
            used[scopes[at]] |= hits
        else:
            left.append(diagnostic)
    return Applied(left, used)


def without_ignored(found: list[Diagnostic], lookup: Lookup) -> tuple[list[Diagnostic], frozenset[str]]:
    """What comments about the whole file leave, and the words in them that took something away."""
    if not found or not lookup.states_any(IGNORE_FILE):
        return found, frozenset()
    left = []
    ignored: set[str] = set()
    for diagnostic in found:
        hits = {word for word in names_of(diagnostic) if lookup.states(IGNORE_FILE, word)}
        if hits:
            ignored |= hits
        else:
            left.append(diagnostic)
    return left, frozenset(ignored)


def is_ignored(diagnostic: Diagnostic, file: Stated) -> bool:
    """Whether a comment about the whole file takes away a diagnostic that no block has."""
    return any(file.states(IGNORE_FILE, word) for word in names_of(diagnostic))


def is_ignored_by_name(code: str, name: str, lookup: Lookup) -> bool:
    """Whether a comment about the whole file names a rule: one about all rules does not count."""
    if not lookup.states_any(IGNORE_FILE):
        return False
    return lookup.states(IGNORE_FILE, code.lower()) or lookup.states(IGNORE_FILE, name)


def words_of(text: str, suppression: Suppression) -> set[str]:
    """The codes and names of a suppression, in lower case, or `all`."""
    codes = suppression.directive.codes
    return {EVERY} if codes is None else {word for word, _ in _words(text, codes)}


def names_of(diagnostic: Diagnostic) -> frozenset[str]:
    """The words that a suppression may use for the rule that found something."""
    return frozenset((diagnostic.code.lower(), diagnostic.name, EVERY))


def judge(
    text: str, suppression: Suppression, used: set[str], applied_rules: frozenset[str], known: Mapping[str, str]
) -> JudgedSuppression:
    """What of a suppression does nothing. `applied_rules` are the codes and names, in lower case, that are judged.

    A code of a rule that is not applied now is left alone: another configuration may apply it.
    """
    codes = suppression.directive.codes
    if codes is None:
        return JudgedSuppression(suppression, (), EVERY not in used, (), known)
    unused, unknown = [], []
    is_dangling = suppression.scope is None and not suppression.directive.whole_file
    for word, place in _words(text, codes):
        if word == EVERY:
            if EVERY not in used:
                unused.append(place)
        elif known and word not in known:
            unknown.append(place)
        elif is_dangling or (word in applied_rules and word not in used and word not in _FOUND_ELSEWHERE):
            unused.append(place)
    is_unused = len(unused) == len(codes)
    return JudgedSuppression(suppression, tuple(unused), is_unused, tuple(unknown), known)


def _words(text: str, codes: Iterable[Span]) -> list[tuple[str, Span]]:
    return [(place.of(text).lower(), place) for place in codes]
