"""An entry lacks a field that its type demands.

Styles print such an entry with a hole: no journal, no year, a label made of nothing. What is demanded depends on the
dialect; when it is not known, only what both BibTeX and biblatex demand is reported. Fields under their other names
(`journal` and `journaltitle`) count, and so does what the entry inherits through `crossref` and `xdata`; what the
parent lacks as well is said. What biblatex's manual asks for although its styles print well without, such as the
editor of a collection or the author of what has a title, is only pointed out. A field whose value is empty or a
placeholder is missing too.

There is no fix, since nobody but the author knows the value: an empty field in its place would be as wrong.

Bad::

    @article{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Trees}
    }

Good::

    @article{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Trees},
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bibwright.analysis.diagnostics import Related, Severity
from bibwright.analysis.rule import ENTRIES, Context, Report, rule
from bibwright.formats.bibtex.datamodel import Demand, demands_of
from bibwright.formats.bibtex.schema import Dialect, canonical_type, field_name_in, schema
from bibwright.rules.model.inherited import find_parent, inherited_fields
from bibwright.rules.placeholders import LONGEST_PLACEHOLDER, says_nothing
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, value_text

#: biblatex's options for entries that only serve others.
_NEVER_PRINTED = ("dataonly", "skipbib")
_DIALECTS = ("", "bibtex", "biblatex")
#: One name, in braces of its own.
_CORPORATE = re.compile(r'[{"]\s*\{[^{}]*\}\s*[}"]')


@rule("M303", "missing-required-field", Severity.WARNING, watches=ENTRIES, formats=("bibtex",))
def missing_required_field(context: Context, entry: Entry) -> Iterator[Report]:
    """Reported once an entry, at its type; apart from that what is only recommended."""
    if entry.type is None:
        return
    entry_type = entry.type.of(context.text).lower()
    # Most entries have all that any dialect may ask for: then nobody need know which it is.
    if _has_plainly_all(context, entry, entry_type):
        return
    demands = demands_of(entry_type, context.dialect)
    required, recommended = (_missing(context, entry, group) for group in demands)
    if (required or recommended) and _is_never_printed(context, entry):
        return
    if required or recommended:
        inherited = inherited_fields(context, entry)
        if inherited is None:
            return
        required, recommended = (
            [demand for demand in group if inherited.isdisjoint(demand.names)] for group in (required, recommended)
        )
    if required and set(required) == {_JOURNAL} and context.field_of(entry, "eprint") is not None:
        # What is in a repository alone is often an article without a journal.
        required, recommended = [], [*required, *recommended]
    asked = {name for demand in required for name in demand.names}
    recommended = [demand for demand in recommended if asked.isdisjoint(demand.names)]
    if context.dialect == "biblatex" and not any("title" in demand.fields for demand in required):
        # Laws, encyclopedias and news have no author, and biblatex puts the title in the place of one. What an
        # organisation reports by itself has it as the author, and some citation styles want it only once.
        soft = {"author", "institution"} if _has_corporate_author(context, entry) else {"author"}
        recommended = [*(demand for demand in required if not soft.isdisjoint(demand.fields)), *recommended]
        required = [demand for demand in required if soft.isdisjoint(demand.fields)]
    if required:
        yield _report(context, entry, required, Severity.WARNING)
    if recommended:
        yield _report(context, entry, recommended, Severity.INFORMATION)


_JOURNAL = Demand(("journaltitle",))


def _has_plainly_all(context: Context, entry: Entry, entry_type: str) -> bool:
    """Whether the first field that may meet a demand says something, for each demand. Every entry is asked."""
    text, by_name = context.text, context.fields_by_name(entry)
    meeting = _first_of_each(entry_type, tuple(by_name))
    if meeting is None:
        return False
    for name in meeting:
        start, end = by_name[name].value
        if end - start <= LONGEST_PLACEHOLDER and says_nothing(name, text[start:end]):
            return False
    return True


@lru_cache(maxsize=4096)
def _first_of_each(entry_type: str, names: tuple[str, ...]) -> tuple[str, ...] | None:
    """The field that may meet each demand, where there is one: a library has few different sets of fields."""
    demanded = _names_in_any_dialect(entry_type)
    meeting = tuple(next((name for name in group if name in names), "") for group in demanded)
    return None if "" in meeting else meeting


@lru_cache(maxsize=1024)
def _names_in_any_dialect(entry_type: str) -> tuple[tuple[str, ...], ...]:
    every = (demands_of(entry_type, dialect) for dialect in _DIALECTS)
    return tuple(dict.fromkeys(_written_names(demand) for demands in every for group in demands for demand in group))


@lru_cache(maxsize=256)
def _written_names(demand: Demand) -> tuple[str, ...]:
    """All names under which a field that meets the demand may stand in a file."""
    aliases = schema().aliases
    names = [name for field in demand.names for name in (field, *(old for old, new in aliases.items() if new == field))]
    return tuple(dict.fromkeys(names))


def _has_all(context: Context, entry: Entry, demanded: Iterable[tuple[str, ...]]) -> bool:
    """Whether of each group one field is there and says something."""
    text, by_name = context.text, context.fields_by_name(entry)
    for names in demanded:
        for name in names:
            field = by_name.get(name)
            if field is None:
                continue
            start, end = field.value
            if end - start > LONGEST_PLACEHOLDER or not says_nothing(name, text[start:end]):
                break
        else:
            return False
    return True


def _missing(context: Context, entry: Entry, group: Iterable[Demand]) -> list[Demand]:
    return [demand for demand in group if not _has_all(context, entry, (_written_names(demand),))]


def _is_never_printed(context: Context, entry: Entry) -> bool:
    options = context.field_of(entry, "options")
    return options is not None and any(option in value_text(context.text, options) for option in _NEVER_PRINTED)


def _has_corporate_author(context: Context, entry: Entry) -> bool:
    """Nothing else says who published it: a publisher would have to be the institution to be printed."""
    author = context.field_of(entry, "author")
    return (
        author is not None
        and context.field_of(entry, "publisher") is None
        and _CORPORATE.fullmatch(context.text, *author.value) is not None
    )


def _report(context: Context, entry: Entry, missing: list[Demand], severity: Severity) -> Report:
    assert entry.type is not None
    written = entry.type.of(context.text)
    entry_type = written.lower()
    parts = [_named(demand, entry_type, context.dialect) for demand in missing]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    if severity is Severity.INFORMATION:
        return Report(entry.type, f"@{written} should have {listed}", severity=severity)
    parent = find_parent(context, entry)
    if parent is None:
        return Report(entry.type, f"@{written} lacks {listed}")
    related = Related("the parent that it inherits from", fact=("key", parent.value))
    message = f"@{written} lacks {listed}, and inherits none from its parent {quoted(parent.text)}"
    return Report(entry.type, message, (), (related,))


def _named(demand: Demand, entry_type: str, dialect: str) -> str:
    """The fields that would do, under the names that the dialect has for them."""
    names_of = Dialect.BIBLATEX if dialect == "biblatex" else Dialect.BIBTEX
    names = [field_name_in(name, canonical_type(entry_type), names_of) for name in demand.fields]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
