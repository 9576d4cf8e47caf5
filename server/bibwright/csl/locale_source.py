"""Where the locale files come from, and which of them stands in for a language that has none of its own.

The engine does not care where: a source is any function from a name (`de-AT`) to the text of that locale file. The
packaged one is used unless another is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from bibwright.csl.archive import open_archive

#: The text of the locale file of a language; None when there is no such file.
LocaleSource = Callable[[str], str | None]

#: The last resort of every language.
DEFAULT_LANGUAGE = "en-US"

#: Languages whose principal country is not the one of the same letters, as CSL's `locales.json` has them.
_PRIMARY = {
    "af": "af-ZA", "ar": "ar", "bal": "bal-PK", "brh": "brh-PK", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB",
    "da": "da-DK", "el": "el-GR", "en": "en-US", "et": "et-EE", "eu": "eu", "fa": "fa-IR", "gl": "gl-ES",
    "he": "he-IL", "hi": "hi-IN", "hy": "hy-AM", "ja": "ja-JP", "km": "km-KH", "ko": "ko-KR", "la": "la",
    "lij": "lij-IT", "ms": "ms-MY", "nb": "nb-NO", "nn": "nn-NO", "no": "nb-NO", "pa": "pa-PK", "sl": "sl-SI",
    "sr": "sr-Latn-RS", "sv": "sv-SE", "tl": "tl-PH", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip


def packaged_locales(lang: str) -> str | None:
    """The official locale files, which come with the package. Raises `StyleError` when they are missing."""
    return open_archive().locale(lang)


def folder_source(folder: Path) -> LocaleSource:
    """The files `locales-xx-XX.xml` of a folder, as the official repository names them; then those of the package."""

    @cache
    def read(lang: str) -> str | None:
        file = folder / f"locales-{lang}.xml"
        if _is_name(lang) and file.is_file():
            return file.read_text(encoding="utf-8")
        return packaged_locales(lang)

    return read


def nearest_names(lang: str) -> Iterator[str]:
    """The names under which the locale of `lang` may be filed, the nearest first; American English at last."""
    lang = lang.strip().replace("_", "-")
    language, _, rest = lang.partition("-")
    language = language.lower()
    region = rest.partition("-")[0]
    if region:
        yield f"{language}-{rest}"
        yield f"{language}-{region.upper() if len(region) == 2 else region.title()}"
    yield language
    yield _PRIMARY.get(language, f"{language}-{language.upper()}")
    yield DEFAULT_LANGUAGE


def _is_name(lang: str) -> bool:
    """Whether this can be part of a file's name: a style says it, and could say `../..`."""
    return bool(lang) and len(lang) < 30 and lang.replace("-", "").isalnum()
