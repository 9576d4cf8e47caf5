"""Another key of an entry (`ids`) belongs to somebody else already.

biblatex lets an entry be cited under further keys. One that is the key of an entry, or is given by two entries, is
passed over by biber with a warning: the citation prints the other work.

Bad::

    @misc{doe2020,
      title = {On Leaves},
      ids = {doe2019, leaves}
    }

    @misc{doe2019,
      title = {On Roots}
    }

Good::

    @misc{doe2020,
      title = {On Leaves},
      ids = {leaves}
    }

    @misc{doe2019,
      title = {On Roots}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.facts import listed_keys
from bibwright.rules.places import delete_field
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit


@rule("X712", "ids-alias-clash", Severity.WARNING, watches=fields("ids"), formats=("bibtex",), fixes=(UNSAFE,))
def ids_alias_clash(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at the alias; where two entries give it, at the later one."""
    if context.dialect == "bibtex":
        return
    aliases = list(listed_keys(context.text, field))
    for number, (alias, span) in enumerate(aliases):
        lower = alias.lower()
        found = context.find_first("alias", lower)
        if context.first_text("key", lower) == alias:
            fact, message = "key", f"the alias {quoted(alias)} is the key of an entry"
        elif found is not None and not (found.here and found.fact.span == span) and found.fact.text == alias:
            fact, message = "alias", f"the alias {quoted(alias)} has been given before"
        else:
            continue
        if len(aliases) == 1:
            edit = delete_field(context.text, field)
        elif number + 1 < len(aliases):
            edit = Edit(span.start, aliases[number + 1][1].start, "")
        else:
            edit = Edit(aliases[number - 1][1].end, span.end, "")
        fix = unsafe_fix("Delete the alias", edit)
        yield Report(span, message, (fix,), (Related("where it stands", fact=(fact, lower)),))
