r"""The same person seems to be written in another way than in an entry before it: `Knuth, D.` and `Knuth, Donald E.`.

Styles that print full first names then show both forms, and some sort them as two people. Names are compared by the
family name and the initials; where both first names are written out and differ, they are two people. Nobody can be sure
of it, so this is off unless you select it.

Bad::

    @book{knuth1984,
      author = {Knuth, Donald E.},
      title = {The {\TeX}book}
    }

    @book{knuth1986,
      author = {Knuth, D.},
      title = {Computer Modern Typefaces}
    }

Good::

    @book{knuth1984,
      author = {Knuth, Donald E.},
      title = {The {\TeX}book}
    }

    @book{knuth1986,
      author = {Knuth, Donald E.},
      title = {Computer Modern Typefaces}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, rule, stated
from bibwright.formats.format import Fact
from bibwright.model.works import comparable_text
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Tree
from bibwright.text.spans import Edit, Span, trim

_KIND = "name"
_FIELDS = frozenset(("author", "editor", "au", "a1", "a2", "ed"))
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_GIVEN = re.compile(r"[^\W\d_]+")
_MOST_NAMES = 100


def _facts(text: str, tree: Tree) -> Iterator[Fact]:
    for entry in tree.entries:
        for field in entry.fields:
            if text[field.name.start : field.name.end].lower() in _FIELDS and len(field.pieces) == 1:
                yield from _names(text, field.pieces[0].content)


def _names(text: str, content: Span) -> Iterator[Fact]:
    start = content.start
    for number, match in enumerate((*_AND.finditer(text, *content), None)):
        if number == _MOST_NAMES:
            return
        end = match.start() if match is not None else content.end
        span = trim(text, start, end)
        start = match.end() if match is not None else end
        name = span.of(text)
        # What has braces or commands in it is for a reader to take apart.
        if "{" in name or "\\" in name or name.count(",") > 1 or len(name) > 80:
            continue
        family, comma, given = name.partition(",")
        if not comma:
            given, _, family = name.rpartition(" ")
        initial = _GIVEN.search(given)
        key = comparable_text(family)
        if initial is not None and key:
            yield Fact(_KIND, f"{key} {initial.group()[0].lower()}", name, span, given.strip())


@rule(
    "C803",
    "inconsistent-name-form",
    Severity.HINT,
    watches=stated(_KIND),
    default=False,
    fixes=(UNSAFE,),
    facts=_facts,
)
def inconsistent_name_form(context: Context, fact: Fact) -> Iterator[Report]:
    """Reported at every name that differs from the first."""
    found = context.find_first(_KIND, fact.value)
    if found is None or not _is_other_form(fact.detail, found.fact.detail):
        return
    first = found.fact.text
    fix = unsafe_fix(f"Write {first}", Edit(*fact.span, first))
    message = f"{quoted(fact.text)} is written {quoted(first)} in another entry"
    yield Report(fact.span, message, (fix,), (Related("the other form", fact=(_KIND, fact.value)),))


def _is_other_form(one: str, other: str) -> bool:
    """Whether two given names may be those of one person and are not written in the same way."""
    ones, others = _GIVEN.findall(one.lower()), _GIVEN.findall(other.lower())
    if ones == others:
        return False
    return all(
        first == second or (min(len(first), len(second)) == 1 and first[0] == second[0])
        for first, second in zip(ones, others, strict=False)
    )
