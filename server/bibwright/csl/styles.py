"""The citation styles that come with the package, found by id or by words, and compiled when they are asked for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from bibwright.csl.archive import open_archive
from bibwright.csl.errors import StyleError, UnknownStyleError
from bibwright.csl.style import Style, parse_style

#: What the official styles put before the name of their file to get an id.
_ADDRESSES = ("http://www.zotero.org/styles/", "https://www.zotero.org/styles/")
_WORD = re.compile(r"\w+")
#: So many compiled styles are kept: of a few hundred kilobytes each.
_KEPT = 32


class StyleInfo(NamedTuple):
    """A style that can be chosen.

    A dependent style is the style `parent` under another title, and in its own `locale`. `fields` are those of
    learning it is for (`medicine`), `citation_format` is how it cites (`author-date`, `numeric`, `note`, `author`,
    `label`). What is not known is empty.
    """

    id: str
    title: str
    short_title: str = ""
    parent: str = ""
    citation_format: str = ""
    fields: tuple[str, ...] = ()
    locale: str = ""


#: In the order of the formatted citations on an export page of the Korea Citation Index.
KCI_STYLES = (
    StyleInfo("kci-apa", "KCI APA"),
    StyleInfo("kci-harvard", "KCI Harvard"),
    StyleInfo("kci-mla", "KCI MLA"),
    StyleInfo("kci-vancouver", "KCI Vancouver"),
    StyleInfo("kci-chicago", "KCI Chicago"),
    StyleInfo("kci-acs", "KCI ACS"),
    StyleInfo("kci-ama", "KCI AMA"),
    StyleInfo("kci-nlm", "KCI NLM"),
    StyleInfo("kci-turabian", "KCI Turabian"),
)


def list_styles() -> tuple[StyleInfo, ...]:
    """Every built-in style: the nine of the Korea Citation Index in the order of its export page, then the official.

    There are more than ten thousand, so this is for showing all; who wants one of them asks `find_style`.
    """
    return (*KCI_STYLES, *map(_info, _official()))


def _numbered(number: int) -> StyleInfo:
    """One of `list_styles`, without making the others."""
    return KCI_STYLES[number] if number < len(KCI_STYLES) else _info(_official()[number - len(KCI_STYLES)])


def find_style(style_id: str) -> StyleInfo | None:
    """The built-in style with this id, in full (`http://www.zotero.org/styles/apa`) or not, or with this former one."""
    for address in _ADDRESSES:
        style_id = style_id.removeprefix(address)
    return _find_own(style_id) or _find_official(style_id)


def find_styles(query: str) -> list[StyleInfo]:
    """The styles in which every word of `query` is found, the best first; all of them when there is no word.

    Words are looked for in id, titles, fields and citation format; neither case nor accents nor what parts the words
    matter.
    """
    if not query.strip():
        return list(list_styles())
    words = _WORD.findall(_plain(query))
    if not words:
        return []
    ranked = [(rank, number) for number, text in enumerate(_searched()) if (rank := _rank(words, text)) is not None]
    return [_numbered(number) for _, number in sorted(ranked)]


def load_style(style_id: str, locale: str = "") -> Style:
    """The built-in style with this id, compiled. Raises `StyleError`, which is an `UnknownStyleError` for no such id.

    It speaks its own language; one that has none speaks `locale` (as in `de-AT`), or else American English.
    """
    info = find_style(style_id)
    if info is None:
        open_archive()  # where it is missing, that is the reason, and it says so
        raise UnknownStyleError(style_id)
    return _load(info, locale)


@lru_cache(maxsize=_KEPT)
def _load(info: StyleInfo, locale: str) -> Style:
    if _find_own(info.id):
        text = files("bibwright.csl").joinpath("data", "styles", f"{info.id}.csl").read_text(encoding="utf-8")
        return parse_style(text, info.id, lang=locale)
    official = open_archive().style(info.parent or info.id)
    if official is None:
        raise UnknownStyleError(info.id)
    if not info.parent:
        return parse_style(official, info.id, lang=locale)
    return replace(parse_style(official, info.id, lang=locale, own_lang=info.locale), title=info.title)


def _find_own(style_id: str) -> StyleInfo | None:
    return next((style for style in KCI_STYLES if style.id == style_id), None)


def _find_official(style_id: str) -> StyleInfo | None:
    numbers = _numbers()
    number = numbers.get(style_id)
    if number is None and numbers:
        number = numbers.get(open_archive().index["former"].get(style_id))
    return None if number is None else _info(_official()[number])


def _official() -> list[list[Any]]:
    """The rows of the archive's index; none where it is missing."""
    try:
        rows: list[list[Any]] = open_archive().index["styles"]
    except StyleError:
        return []
    return rows


@cache
def _numbers() -> dict[str, int]:
    return {row[0]: number for number, row in enumerate(_official())}


def _info(row: list[Any]) -> StyleInfo:
    style_id, title, short_title, citation_format, fields, locale, parent = row
    return StyleInfo(
        style_id, title, short_title, parent, citation_format, tuple(open_archive().index["fields"][fields]), locale
    )


class _Searched(NamedTuple):
    """What of a style is searched: its names, and with them what it is about. `former` are ids that it had."""

    id: str
    titles: tuple[str, ...]
    names: str
    all: str
    former: tuple[str, ...]
    is_dependent: bool
    is_general: bool


@cache
def _searched() -> tuple[_Searched, ...]:
    former: dict[str, list[str]] = {}
    if _official():
        for old, new in open_archive().index["former"].items():
            former.setdefault(new, []).append(old)
    return tuple(_make_searched(style, tuple(former.get(style.id, ()))) for style in list_styles())


def _make_searched(style: StyleInfo, former: tuple[str, ...]) -> _Searched:
    titles = tuple(_plain(title) for title in (style.title, style.short_title) if title)
    names = f" {style.id} {style.id.replace('-', ' ')} {' '.join(titles)}"
    fields = " ".join(f"{field} {field.replace('_', ' ')}" for field in style.fields)
    return _Searched(
        style.id,
        titles,
        names,
        f"{names} {fields} {style.citation_format}",
        former,
        bool(style.parent),
        "generic-base" in style.fields,
    )


def _rank(words: list[str], text: _Searched) -> tuple[int | bool, ...] | None:
    """How far down a style belongs in the answer to `words`; None when it does not belong there.

    Those for a whole field of learning come before those of one journal, and these before what depends on another.
    """
    query = "-".join(words)
    is_named = query == text.id or query in text.former or " ".join(words) in text.titles
    if not is_named and not all(word in text.all for word in words):
        return None
    if is_named:
        nearness = 0
    elif all(f" {word}" in text.names for word in words):
        nearness = 1
    elif all(word in text.names for word in words):
        nearness = 2
    else:
        return 3, -sum(f" {word}" in text.names for word in words), not text.is_general, text.is_dependent
    return nearness, not text.is_general, text.is_dependent, not text.id.startswith(query), len(text.id)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
