"""A name is written in capitals.

Databases shout names, and citation styles print them as they are written: a style with small capitals for authors
cannot tell it. Acronyms, short names and organisations are left alone.

Bad::

    @book{smith2020,
      author = {SMITH, JOHN},
      title = {On Trees}
    }

Good::

    @book{smith2020,
      author = {Smith, John},
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.names.lists import NAME_FIELDS, NAME_TAGS, are_ordinary, name_list
from bibwright.rules.names.organisations import is_organisation
from bibwright.rules.names.parts import SUFFIX, is_initials
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_CAPITALS = re.compile(r"[A-Z\u00c0-\u00de]{4}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWEL = re.compile("[AEIOUY\u00c0-\u00de]")
_PARTICLE = re.compile(r"(?:(?:VON|VAN|DER|DEN|DE|DEL|DELLA|DI|DA|DU|TER|TEN|ZU|AL|EL)\s+)+")


@rule(
    "N506",
    "all-caps-name",
    Severity.HINT,
    watches=fields(*NAME_FIELDS, *NAME_TAGS, unless=are_ordinary),
    fixes=(UNSAFE,),
)
def all_caps_name(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Only names whose comma shows which part is the family name, and those that begin with initials."""
    if context.format == "ris":
        for piece in field.pieces:
            if context.text[piece.start : piece.end].isupper():
                yield from _report(context.text, piece.content, piece.content)
        return
    names = name_list(context, field)
    if _CAPITALS.search(names.value):
        for name in names.names:
            yield from _report(names.value, name, names.span(*name))


def _report(text: str, name: Span, span: Span) -> Iterator[Report]:
    written = text[name.start : name.end]
    if not written.isupper() or not _is_person(written):
        return
    new = _capitalized(written)
    yield Report(span, f"the name {quoted(written)} is in capitals", (unsafe_fix(f"Write {new}", Edit(*span, new)),))


def _is_person(name: str) -> bool:
    family, comma, given = name.partition(",")
    if not comma:
        initials, _, family = name.rpartition(". ")
        if not is_initials(f"{initials}."):
            return False
    elif not given.strip() or not _has_given(given.strip()):
        return False
    letters = [word for word in _WORD.findall(family) if len(word) > 3 and _VOWEL.search(word)]
    return bool(letters) and not any(sign in name for sign in "\\{}=&$") and not is_organisation(name)


def _has_given(given: str) -> bool:
    """Whether initials or a name stand behind the comma, and no acronym without a vowel."""
    words = given.replace("-", " ").replace(",", " ").split()
    return all(SUFFIX.fullmatch(word) or is_initials(word) or (len(word) > 2 and _VOWEL.search(word)) for word in words)


def _capitalized(name: str) -> str:
    family, comma, rest = name.partition(",")
    particle = _PARTICLE.match(family)
    at = particle.end() if particle else 0
    given = "" if not comma else ",".join(_words(part, given=True) for part in rest.split(","))
    return family[:at].lower() + _words(family[at:], given=not comma) + comma + given


def _words(text: str, *, given: bool) -> str:
    return _WORD.sub(lambda match: _word(match.group(), given=given), text)


def _word(word: str, *, given: bool) -> str:
    """`SMITH` as `Smith`, `O'NEILL` as `O'Neill`, `MCDONALD` as `McDonald`; initials (`JR`) stay."""
    if given and (len(word) < 3 or not _VOWEL.search(word)):
        return word.capitalize() if word in ("JR", "SR") else word
    if word.startswith("MC") and len(word) > 4:
        return f"Mc{word[2:].capitalize()}"
    return re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), word)
