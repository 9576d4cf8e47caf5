"""Packs citation styles and locales into the archive that `bibwright.csl.archive` reads."""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).parents[1]))
from bibwright.csl.archive import SIGN, SIZES, WINDOW_BITS

#: What texts are compressed with: the end of styles that many others resemble.
_TYPICAL = ("nlm-citation-sequence", "elsevier-harvard")
_WINDOW = 1 << 15
_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Sources(NamedTuple):
    """What an archive is made of: the texts of styles by id, of locales by name, and former ids with the present ones.

    `origin` says in one line where they come from.
    """

    origin: str
    styles: Mapping[str, bytes]
    locales: Mapping[str, bytes]
    former: Mapping[str, str]


class _Described(NamedTuple):
    """What the head of a style says of it."""

    id: str
    title: str
    short_title: str
    citation_format: str
    fields: tuple[str, ...]
    locale: str
    parent: str


def first_line(origin: str) -> bytes:
    """The line that an archive of this origin begins with."""
    return SIGN + b"; " + origin.encode() + b"\n"


def pack(sources: Sources) -> bytes:
    """The archive. The same sources give the same bytes. Raises `ValueError` where a style's parent is not there."""
    described = sorted(
        (_describe(style_id, text) for style_id, text in sources.styles.items()),
        key=lambda style: (style.title.casefold(), style.id),
    )
    parents = {style.id for style in described if not style.parent}
    for style in described:
        if style.parent and style.parent not in parents:
            raise ValueError(f"the style {style.id} depends on {style.parent}, which is not there")
    dictionary = b"".join(sources.styles.get(style_id, b"") for style_id in _TYPICAL)[-_WINDOW:]
    body = BytesIO()
    texts = _write_texts(
        body, ((style.id, sources.styles[style.id]) for style in described if not style.parent), dictionary
    )
    locales = _write_texts(body, sorted(sources.locales.items()), dictionary)
    known = {style.id for style in described}
    fields = sorted({style.fields for style in described})
    numbers = {each: number for number, each in enumerate(fields)}
    index = {
        "styles": [style._replace(fields=numbers[style.fields]) for style in described],  # type: ignore[arg-type]
        "fields": fields,
        "former": {old: new for old, new in sorted(sources.former.items()) if new in known and old not in known},
        "texts": texts,
        "locales": locales,
    }
    packed_index = zlib.compress(json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    packed_dictionary = zlib.compress(dictionary, 9)
    head = first_line(sources.origin) + SIZES.pack(len(packed_index), len(packed_dictionary))
    return head + packed_index + packed_dictionary + body.getvalue()


def _write_texts(body: BytesIO, texts: Iterable[tuple[str, bytes]], dictionary: bytes) -> dict[str, tuple[int, int]]:
    """Append each text; where each of them stands."""
    places = {}
    for name, text in texts:
        deflate = zlib.compressobj(9, zlib.DEFLATED, WINDOW_BITS, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
        offset = body.tell()
        body.write(deflate.compress(text) + deflate.flush())
        places[name] = (offset, body.tell() - offset)
    return places


def _describe(style_id: str, text: bytes) -> _Described:
    """What the `info` element of a style says; what follows it is not parsed."""
    events = ElementTree.iterparse(BytesIO(text), events=("start", "end"))
    _, style = next(events)
    info = next(element for event, element in events if event == "end" and element.tag == f"{_CSL}info")
    categories = info.findall(f"{_CSL}category")
    links = info.findall(f"{_CSL}link")
    parents = [link.get("href", "") for link in links if link.get("rel") == "independent-parent"]
    return _Described(
        id=style_id,
        title=_text(info, "title") or style_id,
        short_title=_text(info, "title-short"),
        citation_format=next((found for each in categories if (found := each.get("citation-format"))), ""),
        fields=tuple(sorted({found for each in categories if (found := each.get("field"))})),
        locale=style.get("default-locale", ""),
        parent=parents[0].rpartition("/")[2] if parents else "",
    )


def _text(info: ElementTree.Element, tag: str) -> str:
    """The text of a child; of several the one in English, for a title may stand there in two languages."""
    found = info.findall(f"{_CSL}{tag}")
    chosen = [each for each in found if each.get(_LANG, "en").startswith("en")] or found
    return " ".join("".join(chosen[0].itertext()).split()) if chosen else ""
