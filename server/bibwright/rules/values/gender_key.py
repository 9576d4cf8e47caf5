"""The gender of an author or editor is not one of biblatex's keys.

Styles choose between "idem" and "eadem" by it. The first letter says how many there are (`s`, `p`), the second which
gender (`f`, `m`, `n`; `pp` for several of different genders). Off by default, since few styles use the field.

Bad::

    @book{smith2020,
      gender = {female}
    }

Good::

    @book{smith2020,
      gender = {sf}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.values.keys_of_values import report_unknown_key
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field

_KEYS = word_set("sf sm sn pf pm pn pp")
_MEANINGS = {"female": "sf", "f": "sf", "male": "sm", "m": "sm", "neuter": "sn", "n": "sn"}


@rule(
    "V425", "gender-key", Severity.HINT, watches=fields("gender"), formats=("bibtex",), default=False, fixes=(UNSAFE,)
)
def gender_key(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Any text that is no key."""
    yield from report_unknown_key(context, field, _KEYS, _MEANINGS, strict=True)
