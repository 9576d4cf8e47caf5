"""Name lists of BibTeX and biblatex: `von Last, Jr, First and {An Organization} and others`.

bibtexparser splits the names; what it does not know is biblatex's `family=..., given=...` form, and that a name in
braces is one piece.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bibwright.formats.bibtex.latex import decode_plain, encode_plain, strip_outer_braces
from bibwright.formats.bibtex.name_lists import split_names
from bibwright.model.names import OTHERS, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bibtexparser.middlewares.names import NameParts

_EXTENDED = re.compile(r"\s*\"?(family|given|middle|prefix|suffix|useprefix|id|hashid|[a-z]+-i)\s*=", re.IGNORECASE)
#: Braces as deep as accents within protected words of a value in braces need them.
_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}"
_EXTENDED_PART = re.compile(rf'([A-Za-z-]+)\s*=\s*("[^"]*"|(?:[^,{{]|{_GROUP})*)')
#: Code points of a name that is remembered.
_LONGEST_KNOWN = 100
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_TILDE = re.compile(r"(?<!\{)(\\~\s*(?:\{\\?[A-Za-z]\}|[A-Za-z]))")
#: A family name with a small word inside it (`Vázquez de Parga`), which is no particle.
_HIDDEN_PARTICLE = re.compile(r"[^\W\d_a-zß-öø-ÿ]\S*\s+(?:\S+\s+)*?[a-zß-öø-ÿ]\S*\s+\S")
#: Kana, Han and Hangul.
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]")


def read_names(value: str, *, particle_kept: bool = False) -> tuple[Name, ...]:
    """The names of a value; `others` at the end becomes `OTHERS`."""
    names = [span.of(value) for span in split_names(value)]
    found = (
        OTHERS if at == len(names) - 1 and _is_others(name) else read_name(name, particle_kept=particle_kept)
        for at, name in enumerate(names)
        if name.strip()
    )
    return tuple(name for name in found if name.literal or name.family)


def read_name(text: str, *, particle_kept: bool = False) -> Name:
    """One name; in braces as a whole it is a literal."""
    text = text.strip()
    # The same people write again and again.
    return (_read_known if len(text) <= _LONGEST_KNOWN else _read)(text, particle_kept)


def _read(text: str, particle_kept: bool) -> Name:
    if "\\~" in text:
        text = _TILDE.sub(r"{\1}", text)  # an accent: the library takes each tilde for a blank
    if is_extended(text):
        return _read_extended(text)
    if text.startswith("{") and (inner := strip_outer_braces(text)) != text:
        literal = decode_plain(inner)
        # In braces the word is a name like any other, but this literal means that the list goes on.
        return Name(family=literal) if literal == OTHERS.literal else Name(literal=literal)
    if _CJK.search(text) and "," not in text and len(text.split()) > 1:
        # Which part is the family name is a matter of language and habit.
        return Name(literal=decode_plain(text), unsure=True)
    parts = _library()(text, strict=False)
    family, given = _join(parts.last), _join(parts.first)
    particle, suffix = _join(parts.von), _join(parts.jr)
    if not family:
        # `de la Cruz` alone, or a name that is all commas: nothing says which part is the family name.
        return Name(literal=" ".join(part for part in (given, particle, suffix) if part) or decode_plain(text))
    return Name(
        family=family,
        given=given,
        dropping_particle="" if particle_kept else particle,
        non_dropping_particle=particle if particle_kept else "",
        suffix=suffix,
    )


_read_known = lru_cache(maxsize=4096)(_read)


def _is_others(text: str) -> bool:
    return text.lower().replace("~", " ").strip(". ") in ("others", "et al")


def is_extended(text: str) -> bool:
    """Whether a name is in biblatex's form of `part=value` pairs."""
    return "=" in text and _EXTENDED.match(text) is not None


def has_extended(names: str) -> bool:
    """Whether any name of a list is in that form."""
    return "=" in names and any(is_extended(span.of(names)) for span in split_names(names))


def write_names(names: Iterable[Name]) -> str:
    """A name list as BibTeX source."""
    return " and ".join("others" if name == OTHERS else write_name(name) for name in names)


def write_name(name: Name) -> str:
    """One name, family name first; a literal in braces, so that it stays one piece."""
    if name.literal:
        return "{" + encode_plain(name.literal) + "}"
    family = _guarded(name.family)
    if _HIDDEN_PARTICLE.match(name.family) and not family.startswith("{"):
        family = "{" + family + "}"  # BibTeX would take all up to the small word for a particle
    if name.particle:
        family = f"{encode_plain(name.particle)} {family}"
    if name.suffix:
        return f"{family}, {_guarded(name.suffix)}, {_guarded(name.given)}".rstrip(", ")
    if name.given:
        return f"{family}, {_guarded(name.given)}"
    if (" " in family or _is_others(family)) and not family.startswith("{"):
        return "{" + family + "}"
    return family


def _guarded(part: str) -> str:
    """A part in braces where its own commas or `and` would be taken for separators."""
    encoded = encode_plain(part)
    return "{" + encoded + "}" if "," in encoded or _AND.search(f" {encoded} ") else encoded


def _read_extended(text: str) -> Name:
    parts = {
        key.lower(): decode_plain(strip_outer_braces(value.strip().strip('"')))
        for key, value in _EXTENDED_PART.findall(text)
    }
    if not parts.get("family"):
        return Name(literal=parts.get("given") or decode_plain(text))
    prefix, kept = parts.get("prefix", ""), parts.get("useprefix", "").lower() == "true"
    return Name(
        family=parts["family"],
        given=" ".join(part for part in (parts.get("given"), parts.get("middle")) if part),
        dropping_particle="" if kept else prefix,
        non_dropping_particle=prefix if kept else "",
        suffix=parts.get("suffix", ""),
    )


def _join(words: list[str]) -> str:
    return decode_plain(" ".join(words)) if words else ""


@cache
def _library() -> Callable[..., NameParts]:
    """Bibtexparser's function, imported when the first name is read."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    return parse_single_name_into_parts
