"""Numbers: telling them from text, and writing them as ordinals or roman numerals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bibwright.csl.locale import Locale

_ONE = r"(?:[^\W\d_]{0,3}\d+[^\W\d_]{0,3}|[ivxlcdm]{1,15}\b)"
_BETWEEN = r"(?:\s*(?:,\s+and\b|[&;/]|-{1,3}|–|\band\b)\s*|\s*,\s+)"
_NUMERIC = re.compile(rf"\s*{_ONE}(?:{_BETWEEN}{_ONE})*\s*")
_SEVERAL = re.compile(rf"\d\w{{0,3}}{_BETWEEN}\w{{0,3}}\d|[ivxlcdm]\s*[-–,&]\s*[ivxlcdm]")
#: Longer ones are identifiers, and Python refuses to read the longest.
_DIGITS = re.compile(r"(?<![\w.:/])[1-9]\d{0,17}(?![\w:/])(?!\.\d)")
_RANGE = re.compile(r"(?<=\d)-(?=\d)|(?<=[ivxlcdm])-(?=[ivxlcdm]+\b)")
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
#: How much of a number an ordinal term looks at; by default 0-9 the last digit, the others the last two.
_LAST_DIGIT, _LAST_TWO, _WHOLE = "last-digit", "last-two-digits", "whole-number"


def is_numeric(text: str) -> bool:
    """Numbers alone, with short prefixes and suffixes (`D2`, `2b`), joined by comma, hyphen or ampersand."""
    return _NUMERIC.fullmatch(text) is not None


def is_several(text: str) -> bool:
    """More than one number, so that a label stands in the plural."""
    return _SEVERAL.search(text) is not None


def format_number(text: str, form: str, locale: Locale, gender: str = "") -> str:
    """`text`, which is numeric, with its numbers in `form`: numeric, ordinal, long-ordinal or roman."""
    spaced = re.sub(r"\s*([,;])\s*", r"\1 ", re.sub(r"\s*([-–])\s*", r"\1", text.strip()))
    spaced = re.sub(r"\s*&\s*", " & ", spaced)
    spaced = _RANGE.sub(locale.term("page-range-delimiter") or "–", spaced)
    match form:
        case "ordinal":
            return _DIGITS.sub(lambda found: ordinal(int(found[0]), locale, gender), spaced)
        case "long-ordinal":
            return _DIGITS.sub(lambda found: _long_ordinal(int(found[0]), locale, gender), spaced)
        case "roman":
            return _DIGITS.sub(lambda found: _roman(int(found[0])), spaced)
        case _:
            return spaced


def ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """The number with its ordinal suffix; the longest of the locale's rules that matches wins."""
    last_two, last = f"ordinal-{number % 100:02}", f"ordinal-{number % 10:02}"
    whole = locale.find_term(f"ordinal-{number:02}", gender=gender) if number < 100 else None
    if whole and whole.match == _WHOLE:
        return f"{number}{whole.single}"
    term = locale.find_term(last_two, gender=gender)
    if term and term.match in (("", _LAST_TWO) if number % 100 >= 10 else (_LAST_TWO,)):
        return f"{number}{term.single}"
    term = locale.find_term(last, gender=gender)
    if term and term.match in ("", _LAST_DIGIT):
        return f"{number}{term.single}"
    return f"{number}{locale.term('ordinal', gender=gender) or ''}"


def _long_ordinal(number: int, locale: Locale, gender: str) -> str:
    word = locale.term(f"long-ordinal-{number:02}", gender=gender) if 1 <= number <= 10 else None
    return word or ordinal(number, locale, gender)


def _roman(number: int) -> str:
    if not 0 < number < 6000:
        return str(number)
    digits = ""
    for value, letters in _ROMAN:
        while number >= value:
            digits += letters
            number -= value
    return digits
