"""The citation styles that come with the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bibwright.csl.errors import UnknownStyleError
from bibwright.csl.style import Style, parse_style


class StyleInfo(NamedTuple):
    """A style that can be chosen."""

    id: str
    title: str


#: In the order of the formatted citations on an export page of the Korea Citation Index.
_STYLES = (
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
    """Every built-in style, the nine of the Korea Citation Index in the order of its export page."""
    return _STYLES


@cache
def load_style(style_id: str) -> Style:
    """The built-in style with this id, compiled. Raises `UnknownStyleError`."""
    if all(info.id != style_id for info in _STYLES):
        raise UnknownStyleError(style_id)
    return parse_style(_read_data(f"styles/{style_id}.csl"), style_id)


def _read_data(path: str) -> str:
    return files("bibwright.csl").joinpath("data", path).read_text(encoding="utf-8")
