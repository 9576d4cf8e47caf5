"""The particle of a name begins with a capital.

The case tells BibTeX and biblatex what a word is: `van der Berg` has a particle, and styles may sort by `Berg`; in
`Van der Berg` the word is the beginning of the family name. Many names are written so rightly (in Belgium, in the
United States), and therefore the rule is off by default.

Bad::

    @book{berg2020,
      author = {Van der Berg, Jan},
      title = {On Trees}
    }

Good::

    @book{berg2020,
      author = {van der Berg, Jan},
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, NAME_TAGS, name_list
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_PARTICLE = re.compile(r"(?:(?:Van|Von|Vom|Zu|Zur|Zum|De|Del|Della|Der|Den|Di|Da|Das|Dos|Du|Ter|Ten)\s(?=\S))")
_REST = re.compile(r"(?:(?:van|von|de|der|den|la|las|los|Der|Den|La|Las|Los)\s(?=\S))*")


@rule(
    "N512",
    "particle-case",
    Severity.HINT,
    watches=fields(*NAME_FIELDS, *NAME_TAGS),
    default=False,
    fixes=(UNSAFE,),
)
def particle_case(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Only where a comma shows that the word belongs to the family name."""
    if context.format == "ris":
        for piece in field.pieces:
            yield from _report(context.text, piece.content, 0)
        return
    names = name_list(context, field)
    for name, commas in zip(names.names, names.commas, strict=True):
        if commas:
            yield from _report(names.value, name, names.start)


def _report(text: str, name: Span, at: int) -> Iterator[Report]:
    first = _PARTICLE.match(text, *name)
    if first is None or "," not in text[first.end() : name.end]:
        return
    rest = _REST.match(text, first.end(), name.end)
    particle = text[first.start() : rest.end() if rest else first.end()].rstrip()
    span = Span(at + first.start(), at + first.start() + len(particle))
    fix = unsafe_fix(f"Write {particle.lower()}", Edit(*span, particle.lower()))
    yield Report(span, f"the particle {quoted(particle)} begins with a capital", (fix,))
