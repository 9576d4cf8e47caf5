"""A journal is spelled in another way than in an entry before it.

`Phys. Rev. B` in one entry and `Physical Review B` in another, or `Military history` and `Military History`, look like
two journals in the bibliography. Braces, blanks and string macros make no difference, and neither does a full name that
is abbreviated without dots.

Bad::

    @article{doe2020,
      title = {On Leaves},
      journal = {Physical Review B}
    }

    @article{roe2021,
      title = {On Roots},
      journal = {Phys. Rev. B}
    }

Good::

    @article{doe2020,
      title = {On Leaves},
      journal = {Physical Review B}
    }

    @article{roe2021,
      title = {On Roots},
      journal = {Physical Review B}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bibwright.analysis.diagnostics import Related, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, rule, stated
from bibwright.formats.format import Fact
from bibwright.model.works import comparable_text
from bibwright.rules.quoting import quoted
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field, PieceKind, Tree, field_name, lower_names
from bibwright.text.spans import Edit

_SPELLING = "journal"
_FULL = "full journal"
_FIELDS = frozenset(("journal", "journaltitle"))
_TAGS = frozenset(("JF", "JO", "T2"))
_NAMES = _FIELDS.union(tag.lower() for tag in _TAGS)
#: Reference types of which T2 is the journal.
_IN_JOURNALS = frozenset(("JOUR", "EJOUR", "MGZN", "NEWS", "INPR"))
_LONGEST = 160
_WORD = re.compile(r"[^\W_]+'?\.?")
#: Left out of abbreviations.
_LITTLE = word_set("the of and for in on de la le les des du et und der die das fur dell della di y del e an a der al")


def _facts(text: str, tree: Tree) -> Iterator[Fact]:
    for entry in tree.entries:
        field = _journal_field(text, entry)
        if field is None or len(field.pieces) != 1:
            continue
        start, end, kind, closed = field.pieces[0]
        if kind is PieceKind.MACRO or end - start > _LONGEST or not closed:
            continue
        content = field.pieces[0].content
        name, letters, initials = _spelled(content.of(text))
        if letters:
            yield Fact(_SPELLING, letters, name, content)
        if initials:
            yield Fact(_FULL, initials, name, content)


@lru_cache(maxsize=4096)
def _spelled(written: str) -> tuple[str, str, str]:
    """The name without braces, its letters, and the initials of a full name; a library has few journals."""
    name = " ".join(written.replace("{", "").replace("}", "").split())
    if "\\" in name.replace("\\&", "") or not name:
        return "", "", ""
    words = [] if "." in name else _weighty(name)
    return name, _letters(name), "".join(word[0] for word in words) if len(words) > 1 else ""


def _journal_field(text: str, entry: Entry) -> Field | None:
    names = lower_names(text, entry)
    if _NAMES.isdisjoint(names):
        return None
    found: Field | None = None
    for lower, field in zip(names, entry.fields, strict=True):
        if lower in _FIELDS:
            return field
        # A record may have the full name and the abbreviation: then the full one counts.
        name = field_name(text, field)
        if name in _TAGS and (found is None or name != "JO") and entry.type and entry.type.of(text) in _IN_JOURNALS:
            found = field
    return found


@rule("C802", "inconsistent-journal-name", Severity.HINT, watches=stated(_SPELLING), fixes=(UNSAFE,), facts=_facts)
def inconsistent_journal_name(context: Context, fact: Fact) -> Iterator[Report]:
    """Reported at every name that differs from the first; of an abbreviation and a full name, at the abbreviation."""
    first, kind, value = context.first_text(_SPELLING, fact.value), _SPELLING, fact.value
    if first == fact.text and "." in fact.text:
        value = "".join(word[0] for word in _weighty(fact.text))
        first, kind = context.first_text(_FULL, value), _FULL
        if first is not None and not _abbreviates(fact.text, first):
            first = None
    if first is None or first == fact.text:
        return
    fix = unsafe_fix(f"Write {first}", Edit(*fact.span, first))
    message = f"the journal {quoted(fact.text)} is called {quoted(first)} in another entry"
    yield Report(fact.span, message, (fix,), (Related("the other spelling", fact=(kind, value)),))


def _letters(name: str) -> str:
    """What two spellings of one name have in common."""
    plain = name.replace("\\&", " and ").replace("&", " and ").lower().removeprefix("the ")
    return comparable_text(plain.replace(" and ", " "))


def _weighty(name: str) -> list[str]:
    """The words of a name, lower case and with their dots, without those that abbreviations leave out."""
    return [word for word in _WORD.findall(name.lower()) if word.rstrip(".'") not in _LITTLE]


def _abbreviates(short: str, full: str) -> bool:
    parts, words = _weighty(short), _weighty(full)
    return len(parts) == len(words) and all(_stands_for(part, word) for part, word in zip(parts, words, strict=True))


def _stands_for(part: str, word: str) -> bool:
    """Whether a word with a dot is made of letters of the other in their order; one without must be the same."""
    if not part.endswith("."):
        return part == word
    letters = iter(word)
    return part[0] == word[0] and all(letter in letters for letter in part.rstrip(".'"))
