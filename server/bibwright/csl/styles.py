"""The citation styles that come with the package, found by id or by words, and compiled when they are asked for."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from bibwright.csl.errors import UnknownStyleError
from bibwright.csl.style import Style, parse_style

#: What the official styles put before the name of their file to get an id.
_ADDRESSES = ("http://www.zotero.org/styles/", "https://www.zotero.org/styles/")
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
_KCI = (
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

    There are more than ten thousand. Who wants one of them asks `find_style`.
    """
    return _KCI


def find_style(style_id: str) -> StyleInfo | None:
    """The built-in style with this id, in full (`http://www.zotero.org/styles/apa`) or not, or with this former one."""
    return _by_id().get(_short_id(style_id))


def find_styles(query: str) -> list[StyleInfo]:
    """The styles in which every word of `query` is found, the best first; all of them when there is no word.

    Words are looked for in id, titles, fields and citation format; neither case nor accents matter.
    """
    words = _plain(query).split()
    ranked = [(rank, number) for number, text in enumerate(_searched()) if (rank := _rank(words, text)) is not None]
    styles = list_styles()
    return [styles[number] for _, number in sorted(ranked)]


def load_style(style_id: str, locale: str = "") -> Style:
    """The built-in style with this id, compiled. Raises `UnknownStyleError`.

    It speaks its own language; one that has none speaks `locale` (as in `de-AT`), or else American English.
    """
    return _load(_short_id(style_id), locale)


@lru_cache(maxsize=_KEPT)
def _load(style_id: str, locale: str) -> Style:
    info = find_style(style_id)
    if info is None:
        raise UnknownStyleError(style_id)
    return parse_style(_read_data(f"styles/{info.id}.csl"), info.id, lang=locale)


def _short_id(style_id: str) -> str:
    for address in _ADDRESSES:
        style_id = style_id.removeprefix(address)
    return style_id


@cache
def _by_id() -> dict[str, StyleInfo]:
    return {style.id: style for style in list_styles()}


class _Searched(NamedTuple):
    """What of a style is searched: its names, and with them what it is about."""

    id: str
    titles: tuple[str, ...]
    names: str
    all: str


@cache
def _searched() -> tuple[_Searched, ...]:
    return tuple(map(_make_searched, list_styles()))


def _make_searched(style: StyleInfo) -> _Searched:
    titles = tuple(_plain(title) for title in (style.title, style.short_title) if title)
    names = f" {style.id} {style.id.replace('-', ' ')} {' '.join(titles)}"
    fields = " ".join(f"{field} {field.replace('_', ' ')}" for field in style.fields)
    return _Searched(style.id, titles, names, f"{names} {fields} {style.citation_format}")


def _rank(words: list[str], text: _Searched) -> tuple[int, int] | None:
    """How far down a style belongs in the answer to `words`; None when it does not belong there."""
    if not all(word in text.all for word in words):
        return None
    query = " ".join(words)
    if query == text.id or query.replace(" ", "-") == text.id or query in text.titles:
        nearness = 0
    elif any(title.startswith(query) for title in (text.id, *text.titles)):
        nearness = 1
    elif all(f" {word}" in text.names for word in words):
        nearness = 2
    elif all(word in text.names for word in words):
        nearness = 3
    else:
        nearness = 4
    return nearness, len(text.id) if nearness in (1, 2, 3) else 0


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _read_data(path: str) -> str:
    return files("bibwright.csl").joinpath("data", path).read_text(encoding="utf-8")
