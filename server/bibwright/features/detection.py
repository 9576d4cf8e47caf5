"""Guesses the encoding of bytes that are no UTF-8 and do not say what they are.

General detectors need running text. A bibliography often has little more than one name that is not ASCII, so every
likely codec reads the bytes here and the one that gives the most plausible letters wins: syllables and characters
that names and titles are made of, accented letters inside words of the Latin alphabet, whole words elsewhere. Where
nothing is plausible, the charset-normalizer library is asked, which knows many more encodings.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

#: Characters that are judged: more do not change the result.
_ENOUGH = 3000
#: Below this, a reading is not plausible.
_PLAUSIBLE = 0.3
_ENOUGH_FOR_LIBRARY = 24
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
#: Western Europe is where most bibliographies without a declaration come from.
_LIKELIER = {"cp1252": 0.18}
#: Wider and rarer codecs are tried only where the narrower one fails: they read the same letters.
_AFTER = {"gb18030": "gbk", "big5hkscs": "cp950"}


def detect_codecs(data: bytes) -> list[str]:
    """The codecs that fit, best first; empty when none does. Such a codec need not read every last byte."""
    sample = _sample(data)
    scores: dict[str, float] = {}
    for reading in _readings():
        text = sample.decode(reading.codec, "surrogateescape")
        score = reading.score(text, reading.codec) + _LIKELIER.get(reading.codec, 0)
        scores[reading.codec] = max(score, scores.get(reading.codec, score))
    ranked = sorted(scores, key=lambda codec: -scores[codec])
    plausible = [codec for codec in ranked if scores[codec] > _PLAUSIBLE]
    if plausible:
        return [wide for codec in plausible for wide in (codec, *(w for w, n in _AFTER.items() if n == codec))]
    # What the library says of a few bytes is as good as chance.
    return _ask_library(sample) if len(_HIGH_BYTE.findall(sample)) >= _ENOUGH_FOR_LIBRARY else []


def _sample(data: bytes) -> bytes:
    """The lines that are not ASCII; none of the codecs uses a line end inside a character."""
    kept: list[bytes] = []
    size = 0
    for whole in re.split(rb"[\r\n]+", data):
        # A whole file may be one line: what counts is from its first byte that is not ASCII.
        found = _HIGH_BYTE.search(whole)
        if found is None:
            continue
        start = max(0, found.start() - 4 * _ENOUGH)
        line = whole[start : start + 8 * _ENOUGH]
        kept.append(line)
        size += len(line)
        if size > 8 * _ENOUGH:
            break
    return b"\n".join(kept)


def _ask_library(sample: bytes) -> list[str]:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return [] if best is None or best.encoding.startswith("utf") else [best.encoding]


# --- The readings


class _Reading(NamedTuple):
    """A codec and how to judge, from -3 to 1, what it makes of the bytes."""

    codec: str
    score: Callable[[str, str], float]


@cache
def _readings() -> tuple[_Reading, ...]:
    table = tomllib.loads(files("bibwright.features").joinpath("letters.toml").read_text(encoding="utf-8"))
    readings: list[_Reading] = []
    for script in table["script"]:
        judge = _east_asian(frozenset(script["frequent"]) - {"\n"}, script["kind"])
        readings += (_Reading(codec, judge) for codec in script["codecs"] if codec not in _AFTER)
    for letters in table["letters"]:
        judge = _alphabetic(frozenset(letters["frequent"]), own_words=letters.get("own_words", False))
        readings += (_Reading(codec, judge) for codec in letters["codecs"])
    return tuple(readings)


def _mean(scores: Iterator[float]) -> float:
    total = count = 0.0
    for score in scores:
        total += score
        count += 1
        if count >= _ENOUGH:
            break
    return total / count if count else 0.0


# --- Scripts of two bytes a character

#: The plane of the character set in which the everyday characters are, as first bytes of a codec.
_EVERYDAY = {
    "hangul": ("euc_kr", 0xB0, 0xC8),
    "simplified": ("gb2312", 0xB0, 0xD7),
    "traditional": ("big5", 0xA4, 0xC6),
    "japanese": ("euc_jp", 0xB0, 0xCF),
}
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fc]")
#: Punctuation and full-width forms, which all of these scripts share.
_SHARED = re.compile(r"[\u3000-\u3011\u3014-\u301f\u30fb\uff01-\uff5e\u2010-\u2027\u00b7]")


@cache
def _everyday(kind: str) -> frozenset[str]:
    codec, first, last = _EVERYDAY[kind]
    codes = (bytes((high, low)) for high in range(first, last + 1) for low in range(0x40, 0xFF))
    return frozenset(code.decode(codec, "ignore") for code in codes) - {""}


def _east_asian(frequent: frozenset[str], kind: str) -> Callable[[str, str], float]:
    everyday = _everyday(kind)

    def judge(character: str) -> float:
        if character in frequent:
            return 1.0
        if character in everyday:
            return 0.3
        if kind == "japanese" and _KANA.match(character):
            return 0.9
        if _SHARED.match(character):
            return 0.2
        if "\udc80" <= character <= "\udcff":
            return -3.0
        category = unicodedata.category(character)
        if category in ("Co", "Cn"):
            return -2.0
        # Half-width kana are what every other two-byte text looks like in Shift JIS.
        return -1.0 if "\uff61" <= character <= "\uff9f" else -0.3 if "一" <= character <= "\u9fff" else -0.6

    def scores(text: str, codec: str) -> Iterator[float]:
        for match in re.finditer(r"[^\x00-\x7f]", text):
            character = match.group()
            score = judge(character)
            at = match.start()
            before = text[at - 1 : at]
            if before.isascii() and before.isalpha() and character.encode(codec, "surrogateescape")[-1:].isalpha():
                # An accented letter and the next letter of a Latin word, taken together.
                score = min(score, -1.0)
            yield score

    return lambda text, codec: _mean(scores(text, codec))


# --- Alphabets of one byte a letter

_WORD = re.compile(r"[^\W\d_]+")
_WORDS_ALONE = frozenset("àáâéèóòöåæøÀÁÉÈÓÖÅÆØ")
#: Capitals that stand together in Germanic words and names (`ÅÄÖ`), though in no Slavic or Greek one.
_CAPITALS_TOGETHER = frozenset("ÅÄÆÖØÜ")
#: The prefix of a unit (`12 µm`) is no letter of a word.
_MICRO = re.compile(r"(?<![^\W\d_])µ(?=(?:[msgGlLMAVWFKTNJ]|CT|Pa|Hz|mol|rad)?(?![^\W\d_]))")
_SHORT_WORDS = {1: 0.9, 2: 0.5, 3: 0.2}
#: Signs of these code pages that stand in bibliographies; the rest hardly ever does.
_SIGNS = frozenset("‘’‚“”„–—…•«»§°©®±µ·¿¡ªº\u00a0€£²³×№†")


def _alphabetic(frequent: frozenset[str], *, own_words: bool) -> Callable[[str, str], float]:
    def scores(text: str) -> Iterator[float]:
        text, units = _MICRO.subn(" ", text)
        yield from [1.0] * units
        for sign in re.findall(r"[^\x00-\x7f]", text):
            if not sign.isalpha():
                yield 0.6 if sign in _SIGNS else -3.0 if "\udc80" <= sign <= "\udcff" else -0.8
        for match in _WORD.finditer(text):
            word = match.group()
            if not word.isascii():
                yield from _word_scores(word)

    def _word_scores(word: str) -> Iterator[float]:
        foreign = sum(letter > "\x7f" for letter in word)
        if _CAPITALS_TOGETHER.issuperset(word):
            doubt = 0.0
        elif own_words:
            # Any three bytes look like a short word in an alphabet of which every code is a letter.
            doubt = 1.2 if foreign < len(word) else _SHORT_WORDS.get(len(word), 0.0)
        else:
            # In a word of the Latin alphabet, most letters are plain. Few letters are words by themselves.
            doubt = 1.2 if foreign * 2 > len(word) + 1 else 0.7 if len(word) == 1 and word not in _WORDS_ALONE else 0.0
        if not (word.islower() or word.isupper() or (word[0].isupper() and word[1:].islower())):
            doubt += 0.8
        for letter in word:
            if letter > "\x7f":
                yield (1.0 if letter in frequent else 0.3) - doubt

    return lambda text, codec: _mean(scores(text))
