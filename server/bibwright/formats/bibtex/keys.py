"""Citation keys: a source's own made valid, or one made from name, year and title."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bibwright.model.names import Name
    from bibwright.model.record import Record

#: What a key may not contain if every reader is to accept it.
_INVALID = re.compile(r"[\s,{}\"#%~\\()=']+")
_WORD = re.compile(r"[a-z0-9]+")
_LONG = 4


def citation_key(record: Record) -> str:
    """The record's own key made valid, else one made for it."""
    return valid_key(record.key) or make_key(record)


def valid_key(key: str) -> str:
    """The key with hyphens for what may not stand in one."""
    return _INVALID.sub("-", key).strip("-")


def make_key(record: Record) -> str:
    """Family name, year and first long word of the title, in lower-case ASCII: `suh2015reargument`."""
    names = record.names.get("author") or record.names.get("editor") or ()
    date = record.dates.get("issued")
    year = str(date.start.year) if date is not None and date.start is not None else ""
    words = _WORD.findall(_ascii(record.text("title") or record.text("container-title")))
    word = next((word for word in words if len(word) >= _LONG and not word.isdigit()), words[0] if words else "")
    return (_name_word(names[0]) if names else "") + year + word or "entry"


def _name_word(name: Name) -> str:
    """The family name; of a literal its first word, but of what may be a person the last one."""
    if name.family:
        return "".join(_WORD.findall(_ascii(name.family)))
    words = _WORD.findall(_ascii(name.literal))
    return words[-1 if name.unsure else 0] if words else ""


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore")
    return decomposed.decode("ascii")
