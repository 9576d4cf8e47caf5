"""Telling the items of a document apart by their citations.

CSL's four methods are tried in order on items whose citations read alike: more names, given names, what the style
keeps for the purpose (`disambiguate="true"`), and a year suffix. Only steps that tell something apart are kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bibwright.csl.cite_form import FULL, INITIALS, NO_GIVEN, PLAIN_FORM, CiteForm, NameLevels, NameList
from bibwright.csl.name_form import initials

if TYPE_CHECKING:
    from bibwright.csl.style import Area
    from bibwright.model.names import Name

#: More names than this never tell anything apart, but trying each on each item takes its time.
_MOST_NAMES = 50
#: The same holds of items that read alike: with more renderings than this, what is left takes year suffixes.
_MOST_TRIALS = 50_000


class Spelling(NamedTuple):
    """How an item's citation reads in some form, and the name lists in it."""

    text: str
    name_lists: Sequence[NameList]
    #: Its first name list as it prints.
    authors: str = ""


Spell = Callable[[int, CiteForm], Spelling]


class _Methods(NamedTuple):
    add_names: bool
    by_cite: bool
    rule: str
    more_to_tell: bool
    year_suffix: bool


class _Step(NamedTuple):
    """A form to try, and the one detail by which it goes beyond the step before: a list's length, or a name's level."""

    trial: CiteForm
    name_list: int
    name: int | None = None


def _methods(area: Area) -> _Methods:
    get = area.attributes.get
    rule = get("givenname-disambiguation-rule", "by-cite")
    given = get("disambiguate-add-givenname") == "true"
    return _Methods(
        get("disambiguate-add-names") == "true",
        given and rule == "by-cite",
        rule if given else "",
        area.has_more_to_tell,
        get("disambiguate-add-year-suffix") == "true",
    )


def find_name_levels(area: Area, count: int, spell: Spell) -> NameLevels | None:
    """The given names that all citations show, since several persons share a family name; None when none is wanted.

    There are `count` items. Where names may be added to tell items apart, those count that could be.
    """
    methods = _methods(area)
    rule = methods.rule
    if not rule or rule == "by-cite":
        return None
    first_only = rule.startswith("primary-name")
    spellings = [spell(item, PLAIN_FORM) for item in range(count)]
    alike = Counter(_comparable(spelling.text) for spelling in spellings)
    names: dict[Name, None] = {}
    for spelling in spellings:
        may_grow = methods.add_names and alike[_comparable(spelling.text)] > 1
        for name_list in spelling.name_lists:
            shown = 1 if first_only else _MOST_NAMES if may_grow else name_list.shown
            names.update(dict.fromkeys(name for name in name_list.names[:shown] if name.family))
    by_family: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name in names:
        by_family[_family(name)][_initials(name)].add(" ".join(name.given.replace(".", " ").split()))
    only_initials = rule.endswith("with-initials")
    levels = {name: _level(name, by_family[_family(name)], only_initials=only_initials) for name in names}
    return NameLevels({name: level for name, level in levels.items() if level}, first_only)


def tell_apart(area: Area, ranks: Sequence[int], spell: Spell) -> list[CiteForm]:
    """The form of each item, by its number. `ranks` is its place in the bibliography, which orders year suffixes."""
    methods = _methods(area)
    forms = [PLAIN_FORM] * len(ranks)
    if not (methods.add_names or methods.by_cite or methods.more_to_tell or methods.year_suffix):
        return forms
    alike: dict[str, list[int]] = defaultdict(list)
    lists: list[Sequence[NameList]] = []
    for item in range(len(ranks)):
        spelling = spell(item, PLAIN_FORM)
        alike[_comparable(spelling.text)].append(item)
        lists.append(spelling.name_lists)
    for pool in alike.values():
        if len(pool) > 1:
            for group, form in _split(pool, lists, methods, spell):
                for item, own in _finish(group, form, ranks, methods):
                    forms[item] = own
    return forms


def _split(
    pool: list[int], lists: Sequence[Sequence[NameList]], methods: _Methods, spell: Spell
) -> list[tuple[list[int], CiteForm]]:
    """The pool as groups that read differently in their forms; a group of several cannot be told apart."""
    groups = [(pool, PLAIN_FORM)]
    trials = 0
    for step in _steps([lists[item] for item in pool], methods):
        groups = _try(groups, step, spell)
        trials += sum(len(group) for group, _ in groups if len(group) > 1)
        if all(len(group) == 1 for group, _ in groups):
            return groups
        if trials > _MOST_TRIALS:
            break
    # Year suffixes tell everything apart, as citeproc-js has it before what the style keeps.
    if methods.more_to_tell and not methods.year_suffix:
        told: list[tuple[list[int], CiteForm]] = []
        for group, form in groups:
            if len(group) > 1:
                told += _tell_more(group, form, [lists[item] for item in group], methods, spell)
            else:
                told.append((group, form))
        return told
    return groups


def _tell_more(
    group: list[int], form: CiteForm, lists: Sequence[Sequence[NameList]], methods: _Methods, spell: Spell
) -> list[tuple[list[int], CiteForm]]:
    """The group, told apart by what the style keeps for the purpose, with names and given names if need be."""
    more = form._replace(disambiguates=True)
    groups = _try([(group, more)], _Step(more, 0), spell)
    for step in _steps(lists, methods):
        if all(len(part) == 1 for part, _ in groups):
            break
        groups = _try(groups, step._replace(trial=step.trial._replace(disambiguates=True)), spell)
    return groups


def _try(groups: list[tuple[list[int], CiteForm]], step: _Step, spell: Spell) -> list[tuple[list[int], CiteForm]]:
    """The groups, split where the step's form tells their items apart; those that it helps keep its detail."""
    result: list[tuple[list[int], CiteForm]] = []
    for group, form in groups:
        if len(group) == 1:
            result.append((group, form))
            continue
        parts: dict[str, list[int]] = defaultdict(list)
        for item in group:
            parts[_comparable(spell(item, step.trial).text)].append(item)
        kept = _with_detail(form, step) if len(parts) > 1 else form
        result += [(part, kept) for part in parts.values()]
    return result


def _with_detail(form: CiteForm, step: _Step) -> CiteForm:
    """`form` with the one detail of the step, and as many names as show it."""
    at, trial = step.name_list, step.trial
    names = [*form.names, *[0] * (at + 1 - len(form.names))]
    names[at] = max(names[at], trial.names_of(at))
    if step.name is None:
        return form._replace(names=tuple(names))
    givens = [list(levels) for levels in form.givens] + [[] for _ in range(at + 1 - len(form.givens))]
    givens[at] += [NO_GIVEN] * (step.name + 1 - len(givens[at]))
    givens[at][step.name] = trial.given_of(at, step.name)
    return form._replace(names=tuple(names), givens=tuple(tuple(levels) for levels in givens))


def _steps(lists: Sequence[Sequence[NameList]], methods: _Methods) -> Iterator[_Step]:
    """Ever fuller forms: the given name of a name, then one name more, list by list."""
    if not (methods.add_names or methods.by_cite):
        return
    count = min(len(item) for item in lists)
    names = [max(item[at].shown for item in lists) for at in range(count)]
    givens: list[list[int]] = [[] for _ in range(count)]

    def trial() -> CiteForm:
        return CiteForm(tuple(names), tuple(tuple(levels) for levels in givens))

    for at in range(count):
        most = min(max(len(item[at].names) for item in lists), _MOST_NAMES)
        shown = names[at]
        # Without more names, citeproc-js tries the first of each list alone.
        for name in range(most if methods.add_names else min(shown, 1)):
            if name >= shown:
                names[at] = name + 1
                yield _Step(trial(), at)
            givens[at].append(NO_GIVEN)
            for level in (INITIALS, FULL) if methods.by_cite else ():
                givens[at][name] = level
                yield _Step(trial(), at, name)


def _finish(
    group: list[int], form: CiteForm, ranks: Sequence[int], methods: _Methods
) -> Iterator[tuple[int, CiteForm]]:
    """The items of a group with their forms; several that are still alike take year suffixes."""
    if len(group) == 1 or not methods.year_suffix:
        yield from ((item, form) for item in group)
        return
    for number, item in enumerate(sorted(group, key=lambda item: ranks[item]), 1):
        yield item, form._replace(suffix=number)


def _family(name: Name) -> str:
    return f"{name.non_dropping_particle} {name.family}".replace(".", " ").strip()


def _initials(name: Name) -> str:
    return initials(name.given.replace(".", " "), ".", hyphen=True, shorten=True)


def _level(name: Name, by_initials: dict[str, set[str]], *, only_initials: bool) -> int:
    """How much of the given name tells this one from others of the family name."""
    if len(by_initials[_initials(name)]) > 1 and not only_initials:
        return FULL
    return INITIALS if len(by_initials) > 1 else NO_GIVEN


def _comparable(text: str) -> str:
    """Initials are the same with and without blanks between them."""
    return text.replace(". ", ".")
