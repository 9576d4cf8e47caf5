"""Which rules apply to a file, and how serious what they find is.

A selector is a code (`S101`), a name (`entry-closed-after-key`), the beginning of codes (`S`, `S1`) or `ALL`. Where
one selects a rule and another ignores it, the more exact one counts, and of two equally exact ones that which
ignores. Every source of settings builds on the one before, unless it has a `select` of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Rule
from bibwright.analysis.settings import ALL, Glob, Selection, Settings, did_you_mean, shown
from bibwright.rules import all_rules

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class Selected(NamedTuple):
    """The rules that apply, by code in order, and by code the severities that are not the rules' own."""

    rules: tuple[Rule, ...]
    severities: Mapping[str, Severity]


def check_selector(selector: str) -> str | None:
    """A sentence on a selector that selects nothing; None for one that does."""
    if any(_exactness(selector, rule) is not None for rule in all_rules()):
        return None
    known = [word for rule in all_rules() for word in (rule.code, rule.name)]
    word = selector.upper() if selector[1:].isdigit() else selector.lower()
    return f'no rule is called "{shown(selector)}"{did_you_mean(word, known)}'


def select_rules(settings: Settings, path: str = "") -> Selected:
    """The rules for the file at `path`, which need not exist; without a path no pattern matches."""
    ignored = [codes for glob, codes in settings.per_file_ignores if matches([glob], path)]
    return _select(settings, tuple(selector for codes in ignored for selector in codes))


@lru_cache(maxsize=64)
def _select(settings: Settings, ignored: tuple[str, ...]) -> Selected:
    codes = {rule.code for rule in all_rules() if rule.default}
    for selection in settings.selections:
        codes = _narrowed(codes, selection)
    severities = {}
    rules = []
    for rule in all_rules():
        if rule.code not in codes or _most_exact(ignored, rule) >= 0:
            continue
        severity = _severity(settings, rule)
        if severity == _OFF:
            continue
        rules.append(rule)
        if isinstance(severity, Severity):
            severities[rule.code] = severity
    return Selected(tuple(rules), severities)


def matches(globs: Iterable[Glob], path: str) -> bool:
    """Whether a pattern matches a file, or a folder that it is in; the last pattern that says something decides."""
    decided = False
    for base, pattern in globs:
        relative = _relative(path, base)
        if relative is not None:
            found = _spec(pattern).check_file(relative).include
            decided = decided if found is None else found
    return decided


def _narrowed(codes: set[str], selection: Selection) -> set[str]:
    chosen = set() if selection.select is not None else set(codes)
    for rule in all_rules():
        select = _most_exact((*(selection.select or ()), *selection.extend_select), rule)
        ignore = _most_exact(selection.ignore, rule)
        if ignore >= 0 and ignore >= select:
            chosen.discard(rule.code)
        elif select >= 0:
            chosen.add(rule.code)
    return chosen


def _most_exact(selectors: Iterable[str], rule: Rule) -> int:
    return max((exact for selector in selectors if (exact := _exactness(selector, rule)) is not None), default=-1)


def _exactness(selector: str, rule: Rule) -> int | None:
    """How many characters of the code a selector names; None when it is about other rules."""
    if selector.upper() == ALL:
        return 0
    if selector.lower() == rule.name:
        return len(rule.code)
    return len(selector) if selector and rule.code.startswith(selector.upper()) else None


_OFF = "off"


def _severity(settings: Settings, rule: Rule) -> Severity | str | None:
    """What the most exact selector gives, of equally exact ones the last: a severity or `off`; None without any."""
    best = -1
    found: Severity | str | None = None
    for selector, severity in settings.severity:
        exact = _exactness(selector, rule)
        if exact is not None and exact >= best:
            best, found = exact, severity or _OFF
    return found


def _relative(path: str, base: str) -> str | None:
    """The path below `base`, as patterns see it; None when it is not below."""
    if not path:
        return None
    try:
        relative = os.path.relpath(path, base or os.curdir).replace(os.sep, "/")
    except ValueError:  # another drive
        return None
    return None if relative.startswith("../") or relative == ".." else relative


@lru_cache(maxsize=256)
def _spec(pattern: str) -> GitIgnoreSpec:
    """The pattern; one that is none matches nothing, as in git."""
    # Loaded here, since it takes a tenth of the time to start and few configurations have patterns.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return GitIgnoreSpec([])
