"""Citation keys: a source's own made valid, or one made by a pattern from names, year and title.

A pattern is text with markers in square brackets, as JabRef and Better BibTeX have them: `[auth:lower][year]`. Letters
of other scripts are written in Latin ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bibwright.model.names import OTHERS

if TYPE_CHECKING:
    from bibwright.model.names import Name
    from bibwright.model.record import Record

#: Family name, year and first word of weight: `suh2015reargument`.
DEFAULT_PATTERN = "[auth:lower][year][veryshorttitle:lower]"
#: What a key may not contain if every reader is to accept it.
_INVALID = re.compile(r"[\s,{}\"#%~\\()=']+")
_WORD = re.compile(r"[A-Za-z0-9]+")
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9_.:+*/@!?|^&;-]+")
_MARKER = re.compile(r"([A-Za-z.]+?)(\d+)?(?:_(\d+))?(?:\((\d+)\))?")
_BRACKETS = re.compile(r"\[((?:[^\[\]()]|\([^()]*\))*)\]")
_TRUNCATE = re.compile(r"truncate(\d+)")
#: Letters that stand for more than one, where the table of transliteration has only the first.
_LETTERS = str.maketrans({"þ": "th", "Þ": "Th"})
_WORDS = """
    a an the above about across against along among around at before behind below beneath beside between beyond by down
    during except for from in inside into like near of off on onto since to toward through under until up upon with
    within without and but nor or so yet
    der die das ein eine le la les un une el los il
"""
_FUNCTION_WORDS = frozenset(_WORDS.split())
#: Fields that a marker names as they are, by the variables that hold them.
_VARIABLES = {
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "shortjournal": "container-title-short",
    "series": "collection-title",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "page",
    "publisher": "publisher",
    "edition": "edition",
    "doi": "DOI",
    "isbn": "ISBN",
    "eprint": "eprint",
}


class PatternError(ValueError):
    """A pattern that cannot be understood; the message says which part of it, and what would be."""


class Person(NamedTuple):
    """Whom a key may name."""

    family: str
    given: str = ""
    particle: str = ""


@dataclass(frozen=True, slots=True)
class KeyParts:
    """What a key can be made of. `texts` has values by CSL variable, `more_authors` is `and others`."""

    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    year: str = ""
    month: str = ""
    day: str = ""
    title: str = ""
    type: str = ""
    more_authors: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()


class _Marker(NamedTuple):
    write: Callable[[KeyParts], str]
    modifiers: tuple[Callable[[str], str], ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """A pattern that was understood: text and markers in their order."""

    parts: tuple[str | _Marker, ...]

    def write(self, parts: KeyParts) -> str:
        """The key, in letters that every program accepts; empty when nothing of what it names is known."""
        written = [part if isinstance(part, str) else _write_marker(part, parts) for part in self.parts]
        if not any(text for text, part in zip(written, self.parts, strict=True) if not isinstance(part, str)):
            return ""
        return "".join(written)


def citation_key(record: Record) -> str:
    """The record's own key made valid, else one made for it."""
    return valid_key(record.key) or make_key(record)


def valid_key(key: str) -> str:
    """The key with hyphens for what may not stand in one."""
    return _INVALID.sub("-", key).strip("-")


def make_key(record: Record, pattern: str = DEFAULT_PATTERN) -> str:
    """A key for a record, which may have one already."""
    return valid_key(read_pattern(pattern).write(_parts_of(record))) or "entry"


def ascii_letters(text: str) -> str:
    """The text in ASCII: letters without accents, other scripts in Latin letters, and no signs that were not there."""
    if text.isascii():
        return text
    from anyascii import anyascii

    return "".join(
        character if character.isascii() else "".join(_WORD.findall(anyascii(character)))
        for character in text.translate(_LETTERS)
    )


@cache
def read_pattern(text: str) -> KeyPattern:
    """A pattern; raises PatternError."""
    parts: list[str | _Marker] = []
    at = 0
    for match in _BRACKETS.finditer(text):
        parts += [_plain(text, at, match.start()), _read_marker(match[1])]
        at = match.end()
    parts.append(_plain(text, at, len(text)))
    if not any(isinstance(part, _Marker) for part in parts):
        raise PatternError(f"a key pattern names something in square brackets, as {DEFAULT_PATTERN} does")
    return KeyPattern(tuple(part for part in parts if part))


def _plain(text: str, start: int, end: int) -> str:
    piece = text[start:end]
    if "[" in piece or "]" in piece:
        raise PatternError(f'"{piece}" has a square bracket without its partner')
    if (invalid := _INVALID.search(piece)) is not None:
        raise PatternError(f'"{invalid.group()}" cannot stand in a citation key')
    return piece


def _read_marker(text: str) -> _Marker:
    name, *rest = re.split(r":(?![^(]*\))", text)
    modifiers: list[Callable[[str], str]] = []
    otherwise = ""
    for modifier in rest:
        if modifier.startswith("(") and modifier.endswith(")"):
            otherwise = modifier[1:-1]
        elif (known := _MODIFIERS.get(modifier.lower())) is not None:
            modifiers.append(known)
        elif (match := _TRUNCATE.fullmatch(modifier.lower())) is not None:
            modifiers.append(_truncated(int(match[1])))
        else:
            known_ones = ", ".join(f":{one}" for one in (*_MODIFIERS, "truncateN", "(text)"))
            raise PatternError(f'":{modifier}" is no modifier of a key pattern; there are {known_ones}')
    return _Marker(_find_marker(name), tuple(modifiers), otherwise)


def _find_marker(name: str) -> Callable[[KeyParts], str]:
    match = _MARKER.fullmatch(name.strip())
    word = match[1].lower() if match is not None else ""
    number = int(match[2] or match[4]) if match is not None and (match[2] or match[4]) else 0
    place = int(match[3]) if match is not None and match[3] else 1
    if word in _VARIABLES and not number:
        variable = _VARIABLES[word]
        return lambda parts: parts.texts.get(variable, "")
    if (of_record := _OF_RECORD.get(word)) is not None and not number:
        return of_record
    if (of_title := _OF_TITLE.get(word)) is not None:
        return lambda parts: of_title(_words(parts.title), number)
    if word in ("keyword", "keywords") and number:
        first = number - 1 if word == "keyword" else 0
        return lambda parts: " ".join(map(_capital, parts.keywords[first:number]))
    found = _PEOPLE.get(re.sub(r"^(?:pure)?(?:auth|edtr|editor)", "auth", word))
    if found is not None and (number or word not in ("authini", "edtrini")):
        is_pure, is_editor = word.startswith("pure"), word.startswith("ed")
        return lambda parts: found(_people(parts, is_pure=is_pure, is_editor=is_editor), number, place)
    markers = ", ".join(f"[{one}]" for one in _COMMON.split())
    raise PatternError(f'"[{name}]" is no marker of a key pattern; the usual ones are {markers}')


def _write_marker(marker: _Marker, parts: KeyParts) -> str:
    value = ascii_letters(marker.write(parts))
    for modify in marker.modifiers:
        value = modify(value)
    return _NOT_IN_KEY.sub("", value) or marker.otherwise


# --- Modifiers, which get words with blanks between them


def _truncated(length: int) -> Callable[[str], str]:
    return lambda text: text.replace(" ", "")[:length]


def _abbreviated(text: str) -> str:
    return "".join(word[0] for word in text.split())


_MODIFIERS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "abbr": _abbreviated,
    "capitalize": lambda text: " ".join(map(str.capitalize, text.split())),
    "titlecase": lambda text: " ".join(
        word.lower() if word.lower() in _FUNCTION_WORDS else word.capitalize() for word in text.split()
    ),
    "sentencecase": str.capitalize,
}


# --- Markers


class _People(NamedTuple):
    names: tuple[Person, ...]
    has_more: bool

    @property
    def families(self) -> list[str]:
        return [person.family for person in self.names]


def _people(parts: KeyParts, *, is_pure: bool, is_editor: bool) -> _People:
    """The editors stand for authors that an entry does not have."""
    if is_editor:
        return _People(parts.editors, has_more=False)
    if parts.authors or is_pure:
        return _People(parts.authors, parts.more_authors)
    return _People(parts.editors, has_more=False)


def _auth(people: _People, length: int, place: int) -> str:
    family = people.families[place - 1] if 0 < place <= len(people.names) else ""
    return ascii_letters(family).replace(" ", "")[:length] if length else family


def _one_or_two(people: _People, between: str, more: str) -> str:
    """One name, or two, or the first one and a word for the others."""
    if people.names and (len(people.names) > 2 or people.has_more):
        return people.families[0] + more
    return between.join(people.families)


def _authors(people: _People, length: int, _: int) -> str:
    shown = people.families[:length] if length else people.families
    return " ".join(shown) + ("EtAl" if people.has_more or len(shown) < len(people.names) else "")


def _alpha(people: _People, _: int, __: int) -> str:
    families = [ascii_letters(family) for family in people.families]
    if len(families) == 1:
        return families[0][:3] + ("+" if people.has_more else "")
    initials = "".join(family[:1] for family in (families if len(families) <= 4 else families[:3]))
    return initials + ("+" if len(families) > 4 or people.has_more else "")


def _short(people: _People, _: int, __: int) -> str:
    families = [ascii_letters(family) for family in people.families]
    if len(families) < 2:
        return "".join(families)
    return "".join(family[:1] for family in families[:3]) + ("+" if len(families) > 3 else "")


def _beginnings(people: _People, length: int, _: int) -> str:
    """The beginnings of all names, together so long."""
    families = [ascii_letters(family).replace(" ", "") for family in people.families[:length]]
    if not families:
        return ""
    each, rest = divmod(length, len(families))
    return "".join(family[: each + (at < rest)] for at, family in enumerate(families))


def _full_first(people: _People, _: int, __: int) -> str:
    return f"{people.names[0].particle} {people.names[0].family}".strip() if people.names else ""


_PEOPLE: dict[str, Callable[[_People, int, int], str]] = {
    "auth": _auth,
    "authetal": lambda people, _, __: _one_or_two(people, "", "EtAl"),
    "auth.etal": lambda people, _, __: _one_or_two(people, ".", ".etal"),
    "auth.auth.ea": lambda people, _, __: ".".join(people.families[:2]) + (".ea" if len(people.names) > 2 else ""),
    "auth.edtr.ea": lambda people, _, __: ".".join(people.families[:2]) + (".ea" if len(people.names) > 2 else ""),
    "authini": _beginnings,
    "authorini": lambda people, _, __: "".join(
        family[: 5 if at == 0 else 1] for at, family in enumerate(map(ascii_letters, people.families))
    ),
    "authorlast": lambda people, _, __: people.families[-1] if people.names else "",
    "authlast": lambda people, _, __: people.families[-1] if people.names else "",
    "authors": _authors,
    "auths": _authors,
    "authorsalpha": _alpha,
    "authshort": _short,
    "authforeini": lambda people, _, __: people.names[0].given[:1] if people.names else "",
    "authorlastforeini": lambda people, _, __: people.names[-1].given[:1] if people.names else "",
    "authfirstfull": _full_first,
}
_COMMON = (
    "auth authN authEtAl authorLast authors year shortyear title shorttitle veryshorttitle journal volume firstpage"
)


def _words(title: str) -> list[str]:
    return _WORD.findall(re.sub(r"(?<=\w)['’](?=\w)", "", ascii_letters(title.replace("’", "'"))))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _of_weight(words: list[str], number: int) -> str:
    """The first words that are no function words; if there are none, the first ones."""
    found = [word for word in words if word.lower() not in _FUNCTION_WORDS] or words
    return " ".join(map(_capital, found[:number]))


_OF_TITLE: dict[str, Callable[[list[str], int], str]] = {
    "title": lambda words, number: " ".join(
        word if word.lower() in _FUNCTION_WORDS and at else _capital(word)
        for at, word in enumerate(words[: number or None])
    ),
    "fulltitle": lambda words, number: " ".join(words[: number or None]),
    "camel": lambda words, number: " ".join(map(_capital, words[: number or None])),
    "shorttitle": lambda words, number: _of_weight(words, number or 3),
    "shorttitleini": lambda words, number: _abbreviated(_of_weight(words, number or 3)),
    "veryshorttitle": lambda words, number: _of_weight(words, number or 1),
}


def _page(parts: KeyParts, choose: Callable[[list[str]], str]) -> str:
    numbers = re.findall(r"\d+", parts.texts.get("page", ""))
    return choose(numbers) if numbers else ""


_OF_RECORD: dict[str, Callable[[KeyParts], str]] = {
    "year": lambda parts: parts.year,
    "shortyear": lambda parts: parts.year[-2:],
    "month": lambda parts: parts.month,
    "day": lambda parts: parts.day,
    "date": lambda parts: "-".join(part for part in (parts.year, parts.month, parts.day) if part),
    "entrytype": lambda parts: parts.type,
    "firstpage": lambda parts: _page(parts, lambda numbers: min(numbers, key=int)),
    "lastpage": lambda parts: _page(parts, lambda numbers: max(numbers, key=int)),
}


# --- Records


def _parts_of(record: Record) -> KeyParts:
    date = record.dates.get("issued")
    start = date.start if date is not None else None
    authors = record.names.get("author", ())
    return KeyParts(
        authors=tuple(_person(name) for name in authors if name != OTHERS),
        editors=tuple(_person(name) for name in record.names.get("editor", ()) if name != OTHERS),
        year=str(start.year) if start is not None else "",
        month=f"{start.month:02d}" if start is not None and start.month else "",
        day=f"{start.day:02d}" if start is not None and start.day else "",
        title=record.text("title") or record.text("container-title"),
        type=record.source_type or record.type,
        more_authors=OTHERS in authors,
        texts={variable: record.text(variable) for variable in record.texts},
        keywords=tuple("".join(run.text for run in value) for value in record.texts.get("keyword", ())),
    )


def _person(name: Name) -> Person:
    """A literal by its first word, but one that may be a person by the last."""
    if name.family:
        return Person(_one_word(name.family), name.given, name.particle)
    words = name.literal.split()
    return Person(_one_word(words[-1 if name.unsure else 0]) if words else "")


def _one_word(family: str) -> str:
    return "".join(_WORD.findall(ascii_letters(family)))
