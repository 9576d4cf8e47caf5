"""A field's name is a misprint of a field that the entry lacks.

No program complains about a field that it does not know, so the value is silently left out of the bibliography.
Programs and databases add hundreds of fields of their own, and nothing is wrong with them: only a name that differs
from a common one by a letter or two is reported, or that is a well-known slip such as `keyword`, and only where the
entry has no field of the right name. Fields of one's own style can be declared in the settings (`fields`).

Bad::

    @book{smith2020,
      autor = {Smith, Ann},
      title = {On Trees},
      publisher = {Wood Press},
      year = {2020}
    }

Good::

    @book{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      publisher = {Wood Press},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import ENTRIES, UNSAFE, Context, Report, rule
from bibwright.formats.bibtex.datamodel import data_model
from bibwright.formats.bibtex.schema import canonical_field, canonical_type, schema
from bibwright.rules.quoting import quoted
from bibwright.rules.spelling import edit_distance
from bibwright.syntax.nodes import Entry, field_name
from bibwright.text.spans import Edit

#: Two slips are believed in long names only: `server` is no misprint of `series`.
_SHORTEST, _LONG, _LONGEST = 4, 7, 24


@rule("M302", "unknown-field", Severity.WARNING, watches=ENTRIES, formats=("bibtex",), fixes=(UNSAFE,))
def unknown_field(context: Context, entry: Entry) -> Iterator[Report]:
    """Every unknown name is looked up once, however many entries have it."""
    if context.fields_by_name(entry).keys() <= data_model().known_fields:
        return
    text = context.text
    entry_type = entry.type.of(text).lower() if entry.type is not None else ""
    for field in entry.fields:
        name = field_name(text, field).lower()
        if name in data_model().known_fields or name in context.options.fields:
            continue
        meant = _meant(name)
        if meant is None:
            continue
        # The reader takes some slips for the field that is meant: such a name is no other field.
        if context.field_of(entry, *(other for other in _other_names(meant) if other != name)) is not None:
            continue
        meant = _as_called(meant, entry_type)
        fix = unsafe_fix(f"Write {meant}", Edit(*field.name, meant))
        written = quoted(field.name.of(text))
        yield Report(field.name, f"no style knows the field {written}, perhaps {meant} is meant", (fix,))


@lru_cache(maxsize=4096)
def _meant(name: str) -> str | None:
    """The common field that an unknown name (lower case) is a slip for."""
    model = data_model()
    if name in model.wrong_fields:
        return model.wrong_fields[name]
    if not (_SHORTEST <= len(name) <= _LONGEST and name.isalpha()) or name.startswith(model.field_prefixes):
        return None
    most = 2 if len(name) >= _LONG else 1
    distance, meant = min((edit_distance(name, common, most), common) for common in model.common_fields)
    # Hardly anybody misses the first letter and another one: `publdate` is no misprint of `urldate`.
    return meant if distance <= most and (distance == 1 or name[0] == meant[0]) else None


@lru_cache(maxsize=256)
def _other_names(name: str) -> tuple[str, ...]:
    """All names of the field that is meant."""
    canonical = canonical_field(name)
    wrong = data_model().wrong_fields
    aliases = (alias for alias, field in schema().aliases.items() if field == canonical and alias not in wrong)
    return (name, canonical, *aliases, *(("date",) if canonical in ("year", "month") else ()))


def _as_called(name: str, entry_type: str) -> str:
    """`school` where BibTeX calls the institution so."""
    schools = name == "institution" and canonical_type(entry_type) == "thesis" and entry_type != "thesis"
    return "school" if schools else name
