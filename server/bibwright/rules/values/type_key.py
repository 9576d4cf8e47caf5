"""The kind of a thesis or report is text where biblatex has a key for it.

A key (`phdthesis`, `techreport`) is printed in the language of the document, the text as it stands. Off by default:
the wording of a title page may be meant. In files for BibTeX the text is right.

Bad::

    @thesis{smith2020,
      type = {PhD thesis}
    }

Good::

    @thesis{smith2020,
      type = {phdthesis}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.schema import schema
from bibwright.rules.values.keys_of_values import report_unknown_key
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field

_MORE_KEYS = word_set("""
    patent patentde patenteu patentfr patentuk patentus patreq patreqde patreqeu patreqfr patrequk patrequs
""")
_MORE_MEANINGS = {
    "phd": "phdthesis",
    "phddissertation": "phdthesis",
    "doctoralthesis": "phdthesis",
    "doctoraldissertation": "phdthesis",
    "masterthesis": "mathesis",
    "mastersthesis": "mathesis",
    "mathesis": "mathesis",
    "bachelorthesis": "bathesis",
    "uspatent": "patentus",
}


@rule("V426", "type-key", Severity.HINT, watches=fields("type"), formats=("bibtex",), default=False, fixes=(UNSAFE,))
def type_key(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Any other text is a kind like others."""
    if context.dialect == "biblatex":
        keys, meanings = _table()
        yield from report_unknown_key(context, field, keys, meanings, strict=False)


@cache
def _table() -> tuple[frozenset[str], dict[str, str]]:
    kinds = schema().kinds
    meanings = {re.sub(r"[\W_]+", "", shown.lower()): key for key, shown in kinds.items()}
    return _MORE_KEYS | frozenset(kinds), {**meanings, **_MORE_MEANINGS}
